//===- Defaults.cpp - findings without any configuration ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd has a list of the checks that it shows when nobody chose any, and
// leaves out checks of which it does not know that they are fast.
//
//===----------------------------------------------------------------------===//
#include "Catalogue.h"
#include "clangd/ClangdVersion.h"
#include <optional>
#include <string>

using clang::tidy::ClangTidyOptions;

namespace pooltidy::clangd {

std::optional<bool> clangdIsFast(llvm::StringRef Check)
    POOLTIDY_ORIGINAL(POOLTIDY_IS_FAST_TIDY_CHECK);
std::optional<bool> isFast(llvm::StringRef Check)
    POOLTIDY_WRAPPER(POOLTIDY_IS_FAST_TIDY_CHECK);
TidyDefaults clangdDefaults()
    POOLTIDY_ORIGINAL(POOLTIDY_PROVIDE_DEFAULT_CHECKS);
TidyDefaults defaults() POOLTIDY_WRAPPER(POOLTIDY_PROVIDE_DEFAULT_CHECKS);

std::optional<bool> isFast(llvm::StringRef Check) {
  return findCheck(Check) ? true : clangdIsFast(Check);
}

/// The checks of the default level, as a list of globs.
static const std::string &defaultChecks() {
  static const std::string List = [] {
    std::string Made;
    for (const CheckInfo &C : catalogue())
      if (C.Level == CheckLevel::Default)
        Made += C.Slug.str() + ",";
    return Made;
  }();
  return List;
}

/// clangd asks for the defaults after the user's files were read. Globs that
/// come later win, so ours stand before the user's, as clang-tidy's own
/// defaults do: `-*,bugprone-*` and `-pool-double-put` mean what they say.
static void addDefaults(ClangTidyOptions &Options, llvm::StringRef File) {
  static const TidyDefaults Clangds = clangdDefaults();
  Clangds(Options, File);
  Options.Checks = defaultChecks() + Options.Checks.value_or("");
  // An editor is where a guess can be looked at.
  Options.CheckOptions.try_emplace("PoolConfidence", "possible");
}

TidyDefaults defaults() { return addDefaults; }

} // namespace pooltidy::clangd

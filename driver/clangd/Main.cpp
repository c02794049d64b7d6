//===- Main.cpp - clangd with the checks inside ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd's own program, which takes all of clangd's options and one of
// clang-tidy's: --load=FILE, for checks of others. What else is added stands in
// the other files of this directory.
//
//===----------------------------------------------------------------------===//
#include "clangd/Installed.h"
#include "plugin/PoolTidyModule.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <optional>
#include <vector>

namespace clang::clangd {
int clangdMain(int Argc, char *Argv[]);
} // namespace clang::clangd

namespace {

/// The value of an argument if it is that option, empty when it has none.
std::optional<llvm::StringRef> valueOf(llvm::StringRef Argument,
                                       llvm::StringRef Option) {
  if (!Argument.consume_front("-"))
    return std::nullopt;
  Argument.consume_front("-");
  if (!Argument.consume_front(Option))
    return std::nullopt;
  if (Argument.empty() || Argument.consume_front("="))
    return Argument;
  return std::nullopt;
}

bool load(llvm::StringRef Plugin) {
  std::string Why;
  bool Failed = llvm::sys::DynamicLibrary::LoadLibraryPermanently(
      Plugin.str().c_str(), &Why);
  if (Failed)
    llvm::errs() << "pool-clangd: error: --load: " << Why << '\n';
  return !Failed;
}

} // namespace

int main(int Argc, char **Argv) {
  pooltidy::plugin::registerModule(pooltidy::plugin::Host::Editor);

  // clangd reads more options from here.
  const char *More = std::getenv("CLANGD_FLAGS");
  bool HasResources = llvm::StringRef(More ? More : "").contains("-resource-dir");
  std::vector<char *> ForClangd = {Argv[0]};
  for (char *Argument : llvm::ArrayRef(Argv + 1, Argc - 1)) {
    if (auto Plugin = valueOf(Argument, "load")) {
      if (!load(*Plugin))
        return 1;
      continue;
    }
    HasResources |= valueOf(Argument, "resource-dir").has_value();
    if (valueOf(Argument, "version"))
      llvm::outs() << "pool-clangd " POOL_TIDY_VERSION
                      " (LLVM " LLVM_VERSION_STRING "), which is clangd with "
                      "the checks of pool-tidy:\n";
    ForClangd.push_back(Argument);
  }

  std::string Resources = pooltidy::clangd::resourceDirectory();
  if (!HasResources && !Resources.empty()) {
    Resources.insert(0, "--resource-dir=");
    ForClangd.insert(ForClangd.begin() + 1, Resources.data());
  }
  int Count = static_cast<int>(ForClangd.size());
  ForClangd.push_back(nullptr);
  return clang::clangd::clangdMain(Count, ForClangd.data());
}

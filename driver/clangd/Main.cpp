//===- Main.cpp - clangd with the checks inside ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd's own program, which takes all of clangd's options. What is added
// stands in the other files of this directory.
//
//===----------------------------------------------------------------------===//
#include "clangd/Installed.h"
#include "plugin/PoolTidyModule.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <vector>

namespace clang::clangd {
int clangdMain(int Argc, char *Argv[]);
} // namespace clang::clangd

namespace {

/// Whether an argument is that option, with or without a value.
bool is(llvm::StringRef Argument, llvm::StringRef Option) {
  return Argument.consume_front("-") &&
         (Argument.consume_front("-"), Argument.consume_front(Option)) &&
         (Argument.empty() || Argument.front() == '=');
}

} // namespace

int main(int Argc, char **Argv) {
  pooltidy::plugin::registerModule(pooltidy::plugin::Host::Editor);

  std::vector<char *> Arguments(Argv, Argv + Argc);
  // clangd reads more options from here.
  llvm::StringRef More = std::getenv("CLANGD_FLAGS") ?: "";
  bool Given = More.contains("-resource-dir");
  for (llvm::StringRef Argument : llvm::drop_begin(Arguments)) {
    Given |= is(Argument, "resource-dir");
    if (is(Argument, "version"))
      llvm::outs() << "pool-clangd " POOL_TIDY_VERSION
                      " (LLVM " LLVM_VERSION_STRING "), clangd with the checks "
                      "of pool-tidy\n";
  }
  std::string Option = pooltidy::clangd::resourceDirectory();
  if (!Given && !Option.empty()) {
    Option.insert(0, "--resource-dir=");
    Arguments.insert(Arguments.begin() + 1, Option.data());
  }
  int Count = static_cast<int>(Arguments.size());
  Arguments.push_back(nullptr);
  return clang::clangd::clangdMain(Count, Arguments.data());
}

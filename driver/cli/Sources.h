//===- Sources.h - what to lint, and how it is compiled ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_SOURCES_H
#define POOLTIDY_CLI_SOURCES_H

#include "clang/Tooling/CompilationDatabase.h"
#include <optional>
#include <string>
#include <vector>

namespace pooltidy::cli {

/// What the user asked for.
struct SourceOptions {
  std::vector<std::string> Paths; ///< files and directories; may be empty
  std::string Build;              ///< -p: a directory or a database file
  /// What stands after `--`, when there is a `--`.
  std::optional<std::vector<std::string>> CompilerArguments;
};

/// The translation units, sorted by file, or what is wrong with the request,
/// ready to print.
struct SourceList {
  std::vector<clang::tooling::CompileCommand> Commands;
  std::string Error;
};

/// Finds compile commands: in the database that -p names, else in
/// compile_commands.json (or build/compile_commands.json) in the directory of
/// each path or above it. Where there is none, files get default arguments.
SourceList findSources(const SourceOptions &Options);

/// \p Path as seen from the directory \p Base, absolute and without dots.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Base = "");

} // namespace pooltidy::cli

#endif

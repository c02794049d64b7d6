//===- OneCommand.h - a compilation database of one command -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_ONECOMMAND_H
#define POOLTIDY_CLI_ONECOMMAND_H

#include "cli/Arguments.h"
#include "clang/Tooling/CompilationDatabase.h"

namespace pooltidy::cli {

/// Knows one TU, by a command that is adapted to this clang.
class OneCommand : public clang::tooling::CompilationDatabase {
public:
  explicit OneCommand(clang::tooling::CompileCommand C)
      : Command(std::move(C)) {
    Command.CommandLine = adapt(std::move(Command.CommandLine));
  }
  std::vector<clang::tooling::CompileCommand>
  getCompileCommands(llvm::StringRef) const override {
    return {Command};
  }
  std::vector<std::string> getAllFiles() const override {
    return {Command.Filename};
  }

private:
  clang::tooling::CompileCommand Command;
};

} // namespace pooltidy::cli

#endif

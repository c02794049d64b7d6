//===- Commands.h - what pool-tidy can be told to do ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Each gives the exit code of the process.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_COMMANDS_H
#define POOLTIDY_CLI_COMMANDS_H

#include "cli/Options.h"
#include "llvm/ADT/StringRef.h"

namespace pooltidy::cli {

int runCheck(const CheckOptions &Options);
int runModel(const CheckOptions &Options);
int runExplain(llvm::StringRef Slug);
int runList(Format As);

/// Says what is wrong on standard error, as `pool-tidy: error: …`.
void complain(llvm::StringRef Message);

/// The model files as absolute paths; after a complaint about one that cannot
/// be read or is wrong, none.
std::optional<std::vector<std::string>>
checkModels(const std::vector<std::string> &Models, Level UpTo);

/// \p File as seen from the working directory when it is below it.
std::string shownPath(llvm::StringRef File);

} // namespace pooltidy::cli

#endif

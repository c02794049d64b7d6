//===- Options.h - the command line -----------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_OPTIONS_H
#define POOLTIDY_CLI_OPTIONS_H

#include "cli/Sources.h"
#include <string>
#include <vector>

namespace pooltidy::cli {

/// What a process answers with.
enum ExitCode { Clean = 0, Findings = 1, BadRequest = 2, Incomplete = 3 };

enum class Format { Text, Json };
enum class Level { Default, Strict, All };
enum class Confidence { Definite, Possible };
enum class FailOn { Definite, Possible, Never };

struct CheckOptions {
  SourceOptions Sources;
  std::vector<std::string> Models;
  std::string Checks; ///< glob list, may be empty
  std::string Output; ///< empty: standard output
  std::string HeaderFilter;
  Format As = Format::Text;
  Level UpTo = Level::Default;
  Confidence Shown = Confidence::Definite;
  FailOn Gate = FailOn::Definite;
  unsigned Jobs = 1, Timeout = 120;
  bool AllowIncomplete = false, Fix = false;
};

/// A parsed command line.
struct CommandLine {
  enum Command { None, Check, Explain, List, Model } What = None;
  CheckOptions Options;     ///< Check; Model uses Sources, Models and UpTo
  std::string Slug;         ///< Explain
  Format As = Format::Text; ///< List
};

/// Parses and, where that fails, says why on standard error and gives none.
/// --help and --version end the process.
std::optional<CommandLine> parse(int Argc, const char **Argv);

} // namespace pooltidy::cli

#endif

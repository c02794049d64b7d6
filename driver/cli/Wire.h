//===- Wire.h - what parent and workers say to each other -------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One line of JSON for each request and each reply.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_WIRE_H
#define POOLTIDY_CLI_WIRE_H

#include "render/Render.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace pooltidy::cli {

/// How to lint, equal for all TUs of a run.
struct LintOptions {
  std::vector<std::string> Checks; ///< slugs
  std::string Models;              ///< PoolModels, absolute paths
  std::string Level;               ///< PoolLevel
  std::string Confidence;          ///< PoolConfidence
  std::string HeaderFilter;
};

/// Lint one TU. The command's file name is absolute.
struct Request {
  clang::tooling::CompileCommand Command;
  LintOptions Options;
};

/// What came of it. File names are absolute.
struct Reply {
  std::vector<render::Finding> Findings;
  std::vector<render::SkippedFunction> Skipped;
  std::vector<std::string> ModelErrors; ///< lines, ready to print
  std::vector<std::string> Warnings;    ///< likewise
  std::string NotAnalysed;              ///< why not; empty when it was
  unsigned Functions = 0;
};

std::string toLine(const Request &R);
std::string toLine(const Reply &R);
std::optional<Request> readRequest(llvm::StringRef Line);
std::optional<Reply> readReply(llvm::StringRef Line);

} // namespace pooltidy::cli

#endif

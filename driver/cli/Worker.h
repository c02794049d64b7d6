//===- Worker.h - lints one TU after the other ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_WORKER_H
#define POOLTIDY_CLI_WORKER_H

#include "cli/Wire.h"

namespace pooltidy::cli {

/// The argument that makes this command a worker.
inline constexpr char WorkerFlag[] = "--worker";
/// Where a worker writes its replies: what it runs may print to the others.
inline constexpr int ReplyFd = 3;

/// Answers requests on standard input until it ends; the exit code.
int runWorker();

/// Lints one TU in this process.
Reply lint(const Request &R);

} // namespace pooltidy::cli

#endif

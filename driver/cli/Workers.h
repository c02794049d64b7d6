//===- Workers.h - many TUs in processes of their own -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_WORKERS_H
#define POOLTIDY_CLI_WORKERS_H

#include "cli/Wire.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pooltidy::cli {

/// Gives each request to one of \p Parallel worker processes and its reply to
/// \p OnReply, with the request's index, in no order. A request whose worker
/// crashes or needs more than \p Seconds costs that worker only: its reply
/// says so in NotAnalysed, and a new worker goes on. \p OnWait is called at
/// least once a second.
void runWorkers(llvm::ArrayRef<Request> Requests, unsigned Parallel,
                unsigned Seconds,
                llvm::function_ref<void(size_t, Reply)> OnReply,
                llvm::function_ref<void()> OnWait);

} // namespace pooltidy::cli

#endif

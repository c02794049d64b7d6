//===- PoolTidyModule.h - the checks as a clang-tidy module -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_PLUGIN_POOLTIDYMODULE_H
#define POOLTIDY_PLUGIN_POOLTIDYMODULE_H

#include "llvm/ADT/StringRef.h"

namespace pooltidy::plugin {

/// Where diagnostics are read. An editor shows none that has no place in the
/// file, so there what is wrong with options and models stands at its start.
/// The command tells of functions that were skipped in its own way.
enum class Host { Terminal, Editor, Command };

/// Puts the checks into clang-tidy's registry of this process. Call it once,
/// before any check is made.
void registerModule(Host ReadIn = Host::Terminal);

/// At the end of a message: the engine is not sure.
inline constexpr llvm::StringLiteral PossibleSuffix = " (possible)";

} // namespace pooltidy::plugin

#endif

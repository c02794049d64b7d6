//===- Dump.h - facts as text, for whoever works on the engine --*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_DUMP_H
#define POOLTIDY_ENGINE_DUMP_H

#include "Facts.h"
#include "llvm/Support/raw_ostream.h"

namespace pooltidy {

/// Blocks, facts, edges and callee summaries of \p F, one fact a line.
void dump(const FunctionFacts &F, const PlaceTable &Places,
          llvm::raw_ostream &Out);

} // namespace pooltidy

#endif

//===- Nulls.h - where a function returns null ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_NULLS_H
#define POOLTIDY_ENGINE_NULLS_H

#include "Places.h"
#include "Range.h"
#include "Summary.h"
#include "clang/AST/Decl.h"
#include <vector>

namespace pooltidy {

class Tu;
struct Operand;

/// True for the address of something, as that of what a reference is bound to.
bool isNeverNull(const PlaceTable &Places, const Operand &O);

/// One return that gives null, with what the null comes from: a null constant,
/// an allocation that tells its failure so, a function that returns null.
struct NullReturn {
  clang::SourceLocation Return, From;
  /// What its parameters are known to be then.
  llvm::SmallVector<std::pair<PlaceId, Range>, 2> Given;
};

/// The returns of \p F, which has a body in user code, that can give null on a
/// path that the code shows; by place, each once. What nothing is known of is
/// not null, nor without \p NoMemory what is null for want of memory only.
std::vector<NullReturn> nullReturns(Tu &T, const clang::FunctionDecl &F,
                                    bool NoMemory = true);

/// The test of \p Answer that tells where a parameter was filled, if there is one.
Predicate telling(PlaceId Answer, const OutAnswers &Out);

} // namespace pooltidy

#endif

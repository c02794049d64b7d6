//===- Indices.h - functions that find an object by its number ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_INDICES_H
#define POOLTIDY_ENGINE_INDICES_H

#include "clang/AST/Decl.h"

namespace pooltidy {

/// True where all that \p F does is to give the element of an array or vector that
/// its argument \p I says, so that the argument must be one: `return slots_[i];`.
bool indexesBy(const clang::FunctionDecl &F, unsigned I);

} // namespace pooltidy

#endif

//===- Scratch.h - members that only matter within a call --------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_SCRATCH_H
#define POOLTIDY_ENGINE_SCRATCH_H

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace pooltidy {

/// The private views among the members that nobody reads as \p F, a method that
/// others call, has left them: whoever reads one has set it first. Needs all
/// bodies of the class.
llvm::SmallVector<const clang::FieldDecl *, 1>
scratchViews(const clang::FunctionDecl &F);

} // namespace pooltidy

#endif

//===- ClassUses.h - where objects of a class live --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLASSUSES_H
#define POOLTIDY_CLASSUSES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include <vector>

namespace pooltidy {

/// What a TU shows of the objects of one class.
struct ClassUses {
  std::vector<const clang::VarDecl *> Variables; ///< that are objects of it
  bool Elsewhere = false; ///< others are members, bases, elements, or on the heap
};

/// Looks through the user code of the TU, once for each call.
ClassUses usesOf(clang::ASTContext &Context, const clang::CXXRecordDecl &R);

} // namespace pooltidy

#endif

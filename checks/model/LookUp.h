//===- LookUp.h - what a qualified name means -------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_LOOKUP_H
#define POOLTIDY_MODEL_LOOKUP_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallVector.h"

namespace pooltidy::model {

/// What `ns::Class::name` declares in this TU, in its order; overloads are
/// several. Names are those of model files: inline namespaces are looked
/// through, unnamed ones are not.
llvm::SmallVector<clang::NamedDecl *, 2> lookUp(const clang::ASTContext &Context,
                                                llvm::StringRef Name);

} // namespace pooltidy::model

#endif

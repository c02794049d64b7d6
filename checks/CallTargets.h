//===- CallTargets.h - which functions an expression may be -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CALLTARGETS_H
#define POOLTIDY_CALLTARGETS_H

#include "engine/Functions.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SetVector.h"

namespace pooltidy {

/// Finds the functions, of those that have bodies in user code, which a lambda,
/// a name, a function object or an object with a method of a certain name lead
/// to. What cannot be told gives none.
class CallTargets {
public:
  using Found = llvm::SmallSetVector<const clang::FunctionDecl *, 4>;

  CallTargets(clang::ASTContext &Context, const FunctionSet &Functions)
      : Context(Context), Functions(Functions) {}

  /// The functions that calling \p E calls, or the method \p Call of it.
  void value(const clang::Expr *E, llvm::StringRef Call, Found &Out,
             unsigned Steps = 0);
  /// The method \p Call of a class, or its operator() when that is empty.
  void type(clang::QualType T, llvm::StringRef Call, Found &Out);
  /// What a model calls `ns::Class::name`.
  void named(llvm::StringRef Full, Found &Out);

private:
  void add(const clang::FunctionDecl &F, Found &Out);
  void declared(const clang::ValueDecl &D, llvm::StringRef Call, Found &Out,
                unsigned Steps);

  clang::ASTContext &Context;
  const FunctionSet &Functions;
};

} // namespace pooltidy

#endif

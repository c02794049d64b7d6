//===- ArrayNames.h - which arrays an expression names ----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_ARRAYNAMES_H
#define POOLTIDY_MODEL_ARRAYNAMES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace pooltidy::model {

/// Arrays, and what holds or leads to one.
bool isArrayLike(clang::QualType T);
/// Members and variables that an expression names.
using Named = llvm::SmallSetVector<const clang::ValueDecl *, 4>;

/// Reads expressions of one body for the members of array kind that they are,
/// lead into, or tell the size of. Whoever walks the body notes in Aliases which
/// variables lead where.
class ArrayNames {
protected:
  /// The array that \p E is, or leads into; null for the value of an element.
  const clang::FieldDecl *arrayOf(const clang::Expr *E);
  /// The array that \p E is an element of, or itself.
  const clang::FieldDecl *elementOf(const clang::Expr *E);
  /// \p E tells how large an array is: `sizeof data`, `data.size()`.
  const clang::FieldDecl *sizeOf(const clang::Expr *E);
  /// What \p S is made of, but for what elements hold.
  Named names(const clang::Stmt *S);

  llvm::DenseMap<const clang::ValueDecl *, const clang::FieldDecl *> Aliases;

private:
  void names(const clang::Stmt *S, Named &All);

  unsigned Depth = 0; ///< of methods whose bodies are read for what they name
};

} // namespace pooltidy::model

#endif

//===- Contents.h - what members are given ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A type does not say which deleter a shared pointer has, what an std::any
// holds or where a future comes from; the code that fills the member does.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_CONTENTS_H
#define POOLTIDY_MODEL_CONTENTS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <vector>

namespace pooltidy::model {

class Contents {
public:
  /// \p Elsewhere are read beside the members of a member's own class.
  explicit Contents(llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere)
      : Elsewhere(Elsewhere) {}

  /// What \p F is initialised with, assigned, or given by `reset` and
  /// `emplace`; for a call the call itself.
  llvm::ArrayRef<const clang::Expr *> of(const clang::FieldDecl &F);

private:
  friend class ContentsReader;
  void read(const clang::CXXRecordDecl &R);

  llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere;
  bool ReadElsewhere = false;
  llvm::DenseSet<const clang::CXXRecordDecl *> Read;
  llvm::DenseMap<const clang::FieldDecl *, std::vector<const clang::Expr *>>
      Given;
};

/// The deleters that \p Value gives a smart pointer: second arguments of its
/// constructors and of `reset`, also behind one call of user code.
std::vector<const clang::Expr *> deletersIn(const clang::Expr &Value);

/// The classes that \p Value makes objects of, by `new` or `std::make_unique`.
std::vector<const clang::CXXRecordDecl *> madeIn(const clang::Expr &Value);

/// The function that \p E names or the call operator of the lambda or function
/// object that it is; null when that is not known.
const clang::FunctionDecl *functionOf(const clang::Expr &E);

/// Without casts, moves, copies and what else gives the same object.
const clang::Expr *sameObject(const clang::Expr *E);

} // namespace pooltidy::model

#endif

//===- NameUses.h - every use of a raw name, by its form --------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// For fixes that give a local pointer another type: what is done with it in its
// function, so that each use can be rewritten, or that none is.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_NAMEUSES_H
#define POOLTIDY_RULES_NAMEUSES_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <set>
#include <string>
#include <vector>

namespace pooltidy {

/// One use of a local pointer.
struct NameUse {
  enum Form {
    Behind, ///< `b->x`, `*b`
    Test,   ///< `if (b)`, `!b`, `(void)b`
    Null,   ///< `b != nullptr`
    Nulled, ///< `b = nullptr;`
    Value,  ///< given to a call, compared, indexed
    Put,    ///< put by Call
    Other   ///< anything else
  } Is = Other;
  const clang::DeclRefExpr *Ref = nullptr;
  const clang::Expr *Call = nullptr; ///< Put: the whole call
  bool Statement = false;            ///< Put: nobody looks at its result
  const clang::Stmt *Block = nullptr; ///< Put: the block around it
};

/// All uses of one variable, in source order.
struct NameUses {
  std::vector<NameUse> All;
  const clang::DeclStmt *Declared = nullptr; ///< declares it, as a statement
};

/// What a rewriter must know of one function: read in one walk, for all of its
/// variables.
class NamesIn {
public:
  explicit NamesIn(const clang::FunctionDecl &F);

  /// The local variable that \p Acquire is the initialiser of, or null.
  const clang::VarDecl *initialisedBy(const clang::Stmt &Acquire) const {
    return Initialised.lookup(&Acquire);
  }
  /// \p IsPut tells whether an expression puts its argument.
  NameUses usesOf(const clang::VarDecl &V,
                  llvm::function_ref<bool(const clang::Expr &)> IsPut) const;
  /// True when the name stands anywhere in the function.
  bool has(const std::string &Name) const { return Names.count(Name); }
  /// True when \p V is assigned, or its address taken.
  bool changes(const clang::VarDecl &V) const { return Changed.contains(&V); }

private:
  void visit(const clang::Stmt &S, const clang::Stmt *Parent);
  void note(const clang::Stmt &S, const clang::Stmt *Parent);
  void noteChange(const clang::Expr &E);

  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::Stmt *, const clang::VarDecl *> Initialised;
  llvm::DenseMap<const clang::VarDecl *, const clang::DeclStmt *> Declared;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<const clang::DeclRefExpr *, 4>>
      Refs;
  llvm::DenseSet<const clang::VarDecl *> Changed;
  std::set<std::string> Names;
};

} // namespace pooltidy

#endif

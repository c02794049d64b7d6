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
#include "llvm/ADT/STLFunctionalExtras.h"
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

/// All uses of one variable, and what else a rewriter must know of the body.
struct NameUses {
  std::vector<NameUse> All;      ///< in source order
  std::set<std::string> Names;   ///< that stand anywhere in the body
  std::set<const clang::VarDecl *> Changed; ///< assigned, or their address taken
  const clang::DeclStmt *Declared = nullptr; ///< declares it, as a statement
};

/// \p IsPut tells whether an expression puts its argument.
NameUses usesOf(const clang::VarDecl &V, const clang::Stmt &Body,
                llvm::function_ref<bool(const clang::Expr &)> IsPut);

} // namespace pooltidy

#endif

//===- HeldLocks.h - which locks a function holds ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Variables that hold a lock as long as they live, and locks made of an atomic:
// whoever gets past `while (flag.test_and_set()) {}`, or into a branch of that
// kind, is alone until the flag is changed again.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_HELDLOCKS_H
#define POOLTIDY_HELDLOCKS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

namespace pooltidy {

/// True for a variable that keeps all others out until its scope ends: not for
/// a lock of readers.
bool holdsLock(const clang::VarDecl &V);

/// What a condition takes; no Lock when it takes none.
struct Taking {
  const clang::ValueDecl *Lock = nullptr; ///< the variable or member
  bool WhenTrue = false; ///< it is taken where the condition holds
};

/// What \p Condition takes: `!busy.exchange(true)`.
Taking takenBy(const clang::Expr *Condition);

/// The atomic that is taken, or whose turn has come, behind \p Loop; null for
/// none. \p Body is what the loop stands in.
const clang::ValueDecl *takenBehind(const clang::Stmt &Loop,
                                    const clang::Stmt *Body,
                                    const clang::SourceManager &Sources);

/// The atomic that \p E changes: `flag.clear()`, `atomic_store(&busy, 0)`.
const clang::ValueDecl *atomicChangedBy(const clang::Expr &E);

/// The variable or member that \p E names, or has the address of.
const clang::ValueDecl *namedIn(const clang::Expr *E);

} // namespace pooltidy

#endif

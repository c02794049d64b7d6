//===- Locks.h - mutexes that are held while somebody waits -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Taking a mutex is quick, unless whoever has it waits for something else.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_LOCKS_H
#define POOLTIDY_MODEL_LOCKS_H

#include "Classifier.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

namespace pooltidy::model {

/// The member or variable that is the mutex which \p V locks for as long as it
/// lives; null when it is no such lock.
const clang::ValueDecl *mutexOf(const clang::VarDecl &V);
/// The same for a call: `m.lock()`, `pthread_mutex_lock(&m)`.
const clang::ValueDecl *mutexLockedBy(const clang::CallExpr &C);

/// A call that may block while a mutex is held.
struct HeldAcross {
  const clang::FunctionDecl *Callee = nullptr; ///< null: there is none
  clang::SourceLocation Loc;
};

class Locks {
public:
  /// \p Elsewhere are functions beside the members of the mutex's class.
  Locks(Classifier &Classes, llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere)
      : Classes(Classes), Elsewhere(Elsewhere) {}

  /// The first call, in the functions that are known to use \p Mutex, that may
  /// block while it is held.
  const HeldAcross &heldAcross(const clang::ValueDecl &Mutex);

private:
  Classifier &Classes;
  llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere;
  llvm::DenseMap<const clang::ValueDecl *, HeldAcross> Known;
};

} // namespace pooltidy::model

#endif

//===- Callbacks.h - what a pool's bodies call for their users --*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The heuristics' answer to a model's `factory` and `reset_callback`: what the
// acquire of a pool calls to make an object, and what is called to reset one.
// Read in bodies as they are written, as in Bodies.h.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_CALLBACKS_H
#define POOLTIDY_MODEL_CALLBACKS_H

#include "Classifier.h"

namespace pooltidy::model {

struct FoundCallbacks {
  std::vector<Callback> Factory, Reset;
  bool Seen = false;         ///< some body was there to read
  bool Synchronised = false; ///< a lock or an atomic is used
};

/// What \p Pool, a class of user code, calls.
FoundCallbacks readCallbacks(const clang::CXXRecordDecl &Pool,
                             Classifier &Classes);

/// True for locks, mutexes, atomics and the like, by name.
bool isSynchronisation(const clang::CXXRecordDecl &R);
/// True when a member of \p R, or one of its bases, is such a thing.
bool isSynchronised(const clang::CXXRecordDecl &R);
/// True for a variable that holds a lock until its scope ends.
bool isLockVariable(const clang::VarDecl &V);

/// Which parameter of \p F, a constructor or setter, ends up in the member
/// called \p Member; -1 when none does.
int parameterFor(const clang::FunctionDecl &F, llvm::StringRef Member);

} // namespace pooltidy::model

#endif

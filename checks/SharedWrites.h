//===- SharedWrites.h - what a function changes for all ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_SHAREDWRITES_H
#define POOLTIDY_SHAREDWRITES_H

#include "model/Classifier.h"
#include <string>
#include <vector>

namespace pooltidy {

/// One write of what every caller of a function shares.
struct SharedWrite {
  clang::SourceLocation At;
  std::string Object;
  clang::SourceLocation Declared;
  bool Unsure = false; ///< a call that may write, or may lock itself
  bool OfCopy = false; ///< it lies in the callable, of which each owner has its own
  /// Of writesOfMaking: where the object is made, of which class, and whether the
  /// function holds a lock there.
  clang::SourceLocation MadeAt;
  const clang::CXXRecordDecl *Made = nullptr;
  bool MadeLocked = false;
};

/// The writes in \p F, and in functions of user code that it calls, of static,
/// global, captured and member variables, outside of locks. Atomics,
/// thread_local variables, what synchronises itself, and what is initialised
/// once are no such writes.
std::vector<SharedWrite> sharedWrites(const clang::FunctionDecl &F,
                                      model::Classifier &Classes);

/// Of those, the ones that the constructors of \p Object, or of what derives from
/// it, make where \p F, or what it calls on its own object, makes one.
std::vector<SharedWrite> writesOfMaking(const clang::FunctionDecl &F,
                                        const clang::CXXRecordDecl &Object,
                                        model::Classifier &Classes);

} // namespace pooltidy

#endif

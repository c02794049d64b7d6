//===- Questions.h - what a read is for -------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_QUESTIONS_H
#define POOLTIDY_ENGINE_QUESTIONS_H

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"

namespace pooltidy {

struct Generated;
class PlaceTable;
class Tu;

/// Marks the reads of conditions that do no more than decide about a reset (Read
/// and Apply facts get the flag Asks), and says on the other way what needed none
/// (a Read of it with the flag NoResetNeeded).
void markQuestions(Generated &G, const PlaceTable &Places);

/// What a copy of an object of class \p Ty reads.
llvm::SmallVector<const clang::FieldDecl *, 8> copiedFields(const Tu &T,
                                                            clang::QualType Ty);

/// Members of standard types that tell of their storage and not of what is in
/// it.
inline bool isStorageName(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("capacity", "max_size", "get_allocator", "bucket_count", true)
      .Cases("reserve", "shrink_to_fit", true)
      .Default(false);
}

} // namespace pooltidy

#endif

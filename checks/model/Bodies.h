//===- Bodies.h - what a pool's own functions do ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_BODIES_H
#define POOLTIDY_MODEL_BODIES_H

#include "Model.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"

namespace pooltidy::model {

/// What one body, with those of its class that it calls, does to the object
/// that it hands out or takes back. Bodies of templates are read as they are
/// written, by names, since members that nobody calls are never instantiated.
struct BodyFacts {
  bool Seen = false;        ///< a body was there to read
  bool ReturnsNull = false; ///< some return gives null, an empty handle, 0, or no
  bool ReturnsNegative = false; ///< some return gives a number below 0
  bool ReturnsOther = false; ///< some return gives a value that is no constant
  bool Throws = false, Waits = false;
  bool ResetsObject = false;   ///< calls something reset-like on it
  bool TouchesObject = false;  ///< changes members, but for links and marks
  bool PassesObject = false;   ///< to code that is not seen
  bool Creates = false;        ///< new T, make_unique, …
  bool Constructs = false;     ///< placement new, construct_at
  bool Destroys = false;       ///< x->~T(), destroy_at
  bool Deletes = false;        ///< delete x
  bool CountsReferences = false;
  bool LimitsCapacity = false; ///< asks how large it is, or shrinks it
  bool LimitsCount = false;    ///< compares how many there are
  /// Members of the object that it sets or clears, on whichever way: what the
  /// last user left there nobody sees. Not what an acquire sets in a new one.
  llvm::StringSet<> Clears;
  llvm::StringSet<> Fills;  ///< members that it adds to
  llvm::StringSet<> Drains; ///< members that it takes from
};

/// Reads the body of \p F. The object is parameter \p Object, or with -1 each
/// local variable of the type that \p F returns. \p Resets reset one, beside what
/// is named so.
BodyFacts readBody(const clang::FunctionDecl &F, int Object,
                   llvm::ArrayRef<Operation> Resets = {});

/// True when the body of \p F asks for a capacity, or gives storage back.
bool asksCapacity(const clang::FunctionDecl &F);

} // namespace pooltidy::model

#endif

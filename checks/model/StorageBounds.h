//===- StorageBounds.h - what says how much of an array counts --*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An array of plain values is no state once the member that bounds it is set
// anew. Which member that is, code tells that uses both: in an index, a length
// that goes with the array, a loop, a comparison. Without paths, and not by
// object: a member of one object and of another of its class are the same.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_STORAGEBOUNDS_H
#define POOLTIDY_MODEL_STORAGEBOUNDS_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace pooltidy::model {

class StorageBounds {
public:
  /// Takes in what the body of \p F shows. \p Uses: it is no part of the making
  /// and clearing of objects, so that what it reads matters.
  void read(const clang::FunctionDecl &F, bool Uses);

  /// True when \p Bound is used to tell how much of \p Array counts, or which
  /// of its elements.
  bool isBoundedBy(const clang::FieldDecl &Array,
                   const clang::FieldDecl &Bound) const;
  /// True when whoever fills \p Array learns by the result of a call how much it
  /// is: `n = read(fd, buffer, sizeof buffer)`.
  bool isCountedByResult(const clang::FieldDecl &Array) const;
  /// True when all code that reads \p Array, or members of that union, asks
  /// \p Guard first, or at least in the same function.
  bool isReadBelow(const clang::FieldDecl &Array,
                   const clang::FieldDecl &Guard) const;

private:
  friend class BoundsWalk;
  using Fields = llvm::SmallPtrSet<const clang::FieldDecl *, 4>;
  llvm::DenseMap<const clang::FieldDecl *, Fields> Bounds; ///< by array
  Fields Counted;
  /// By array: members that every function that reads it asks.
  llvm::DenseMap<const clang::FieldDecl *, Fields> Guards;
};

} // namespace pooltidy::model

#endif

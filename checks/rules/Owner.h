//===- Owner.h - a raw name becomes an owner --------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_OWNER_H
#define POOLTIDY_RULES_OWNER_H

#include "../Analysis.h"
#include "NameUses.h"
#include <map>
#include <optional>

namespace pooltidy {

/// The fixes that make a raw name an owner. What they read of a function, of the
/// leases and of a file is read once for all of them.
class OwnerFixes {
public:
  explicit OwnerFixes(const Analysis &A) : A(A) {}

  /// Adds the fix that makes the local pointer which \p F's acquire initialises an
  /// owner: the model's handle, else a `std::unique_ptr` that puts. Its uses and
  /// puts in the function are rewritten with it; nothing is added where one of
  /// them has no such form, or where the object may have another owner.
  void add(const Finding &F, Report &R);

private:
  const LeaseOf *fateOf(const Finding &F);

  const Analysis &A;
  std::map<std::pair<const clang::Stmt *, const model::Pool *>, const LeaseOf *> Fates;
  std::map<const clang::FunctionDecl *, NamesIn> Functions;
  std::map<clang::FileID, std::optional<clang::FixItHint>> Includes; ///< of <memory>
};

} // namespace pooltidy

#endif

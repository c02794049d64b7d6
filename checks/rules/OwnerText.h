//===- OwnerText.h - which owner, and how it is spelled ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_OWNERTEXT_H
#define POOLTIDY_RULES_OWNERTEXT_H

#include "../Analysis.h"
#include "NameUses.h"
#include <optional>

namespace pooltidy {

/// An owner as a declaration spells it: `Before` (a statement, or nothing), then
/// `Type name(acquire Argument)`.
struct Owner {
  std::string Before = {}, Type = {}, Argument = {};
  std::string Get = {}, Reset = {}, Release = {}; ///< its members; empty where it has none
  bool LooksBehind = true;         ///< it has `->` and `*`
  bool Tests = true;               ///< it is true when it holds something
  bool Standard = true;            ///< a std::unique_ptr
};

/// Owners for what \p V holds, the best first: the model's handle, where it has
/// one that takes the raw pointer and that this TU declares; a std::unique_ptr
/// with the function's own put as its deleter, or the model's where it has none.
std::vector<Owner> ownersFor(const Analysis &A, const Finding &F,
                             const clang::VarDecl &V, const NamesIn &Names,
                             const NameUses &Uses);

/// Inserts `#include <Header>` into \p File; nothing where it is there.
std::optional<clang::FixItHint> includeOf(llvm::StringRef Header, clang::FileID File,
                                          const clang::SourceManager &Sources);

} // namespace pooltidy

#endif

//===- FieldTraits.h - what a member can hold -------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which members of an object are state that a reset owes its next user: asked
// of types and names alone, by the engine and by checks over declarations.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_FIELDTRAITS_H
#define POOLTIDY_MODEL_FIELDTRAITS_H

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"

namespace pooltidy::model {

/// A number, or a class of nothing but numbers: it owns and points to nothing.
bool isPlain(clang::QualType T);
/// An array of plain values: no state once a length or cursor bounds it.
bool isTrivialStorage(clang::QualType T);
/// A length or cursor that can bound storage.
bool boundsStorage(clang::QualType T);
/// A container or pointer that holds plain values elsewhere, or an array of such:
/// storage too, where a length beside it says how much of it counts.
bool isPlainElsewhere(clang::QualType T);

/// Containers, strings, smart and plain pointers, callbacks: whatever can own
/// something, or point into somebody's life.
bool ownsOrPoints(clang::QualType T);
/// unique_ptr, optional and their like: what is behind belongs to the object.
bool ownsOne(clang::QualType T);

/// What a unique_ptr has, as in a class that hides its members; null for other
/// types.
const clang::RecordDecl *ownedAlone(clang::QualType T);

/// Members that no reset needs to look at, by type and name: constants,
/// references, locks, padding, counts of references.
bool isNoState(const clang::FieldDecl &F);
/// A pointer to the pool, the list or the neighbours in it.
bool isBackLink(const clang::FieldDecl &F, const clang::RecordDecl &Object);
/// Words of \p Name say that it tells whether or how much of \p Of counts:
/// `has_name`, `name_len`, `num_names` beside `name`.
bool saysHowMuch(llvm::StringRef Name, llvm::StringRef Of);
/// \p Name says no more than that something counts: `valid`, `is_set`.
bool saysWhether(llvm::StringRef Name);
/// \p Name says which member of a union counts: `kind`, `type_tag`.
bool saysWhich(llvm::StringRef Name);

} // namespace pooltidy::model

#endif

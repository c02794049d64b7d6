//===- Heuristics.h - classes that look like pools --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Takes a class for a pool by its name, an acquire and a put whose types
// agree, and what their bodies do. Knows no model and keeps no state.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_HEURISTICS_H
#define POOLTIDY_MODEL_HEURISTICS_H

#include "Classifier.h"
#include <optional>

namespace pooltidy::model {

/// A member function with a role in a family that was found in the code.
struct FoundMember {
  const clang::FunctionDecl *Function; ///< of a template: the templated one
  Role What;
  Operation Op;
};

/// A class whose destructor puts: exactly this specialisation.
struct FoundHandle {
  const clang::CXXRecordDecl *Type;
  Handle How;
  const clang::CXXRecordDecl *Deleter = nullptr; ///< of a unique_ptr
};

/// One family of a class: what it hands out of one type.
struct FoundPool {
  Pool Family;
  std::vector<FoundMember> Members;
  std::vector<FoundHandle> Handles;
};

/// The families of \p R, the surest first; none when it is no pool. With
/// \p Forced its name and habits are not asked: the code says it is a pool.
std::vector<FoundPool> findPools(const clang::CXXRecordDecl &R,
                                 bool Forced = false);

/// The handle that a result of type \p T is, when its destructor does more
/// than free memory.
std::optional<FoundHandle> findHandle(clang::QualType T);

/// Fills in what the bodies of \p Found tell: failures, convention.
/// True when they show a free list that put fills and acquire drains.
bool readBodies(FoundPool &Found);

/// How the put \p F tells that it took nothing, by what it answers.
void answersPut(const clang::FunctionDecl &F, Operation &Op);

/// What a family of such objects is: by the type's name and the class's.
Kind kindOf(clang::QualType Object, llvm::StringRef PoolClass);
/// The word for messages: `Buffer`, `block`.
std::string familyName(clang::QualType Object);

} // namespace pooltidy::model

#endif

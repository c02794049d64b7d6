//===- ResetStorage.cpp - what nobody reads in a reset object -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Values that may stay: a length, a flag or a tag that the reset sets says that
// they do not count, or whoever uses them sets them first.
//
//===----------------------------------------------------------------------===//
#include "FieldTraits.h"
#include "Names.h"
#include "ResetGapsImpl.h"

using namespace clang;

namespace pooltidy::model {

/// A tag tells which member of a union counts, and a flag whether the values
/// beside it do, where all code that touches them goes by the flag.
bool MemberUses::isToldBySibling(Asked &Q, const FieldDecl &F) {
  QualType T = F.getType();
  bool Union = T->isUnionType();
  if (!Union && !isPlain(T))
    return false;
  auto TouchedWith = [&](const FieldDecl &Flag) {
    const Use &Whose = Uses[{&Flag, nullptr}];
    return llvm::all_of(Uses[{&F, nullptr}].By, [&](const auto &Each) {
      return isLifeCode(*Each.first, Q.Object) || Whose.By.count(Each.first);
    });
  };
  return llvm::any_of(Q.Reset.All, [&](const Access &A) {
    if (A.Path.size() != 1 || A.How < Touch::Change || A.Inside ||
        A.Path.front() == &F ||
        !A.Path.front()->getType()->isIntegralOrEnumerationType())
      return false;
    const FieldDecl &Flag = *A.Path.front();
    if (Union)
      return Flag.getType()->isEnumeralType() || saysWhich(Flag.getName());
    return saysWhether(Flag.getName()) && TouchedWith(Flag);
  });
}

/// Plain values that a length bounds, wherever they lie, and the capacity that
/// is set where the storage is made.
bool MemberUses::isStorage(Asked &Q, const FieldDecl &F,
                           llvm::ArrayRef<const Write *> Writers) {
  QualType T = F.getType();
  if (isToldBySibling(Q, F))
    return true;
  if (isPlain(T) || isTrivialStorage(T))
    for (const Access &A : Q.Reset.All)
      if (A.Path.size() == 1 && A.How >= Touch::Change &&
          saysHowMuch(A.Path.front()->getName(), F.getName()))
        return true;
  if (!Q.Bounded)
    return false;
  // Who fills it is not seen: a buffer with a length beside it.
  if (Writers.empty() && !isTrivialStorage(T))
    return Q.HasLength && F.getAccess() != AS_public && isPlainElsewhere(T);
  if (isTrivialStorage(T))
    return true;
  if (T->isIntegerType())
    return llvm::all_of(Writers, [&](const Write *W) {
      return W->Allocates && isOf(*W->By, Q.Object);
    });
  return isPlainElsewhere(T) && llvm::all_of(Writers, [](const Write *W) {
           return !W->How.Grows && !W->How.Alters &&
                  (W->How.Inside || W->Allocates);
         });
}

/// Whoever uses it sets it first: nobody reads what is left there.
bool MemberUses::isScratch(Asked &Q, const FieldDecl &F) {
  if (F.getAccess() == AS_public)
    return false;
  bool Any = false;
  for (const auto &[By, How] : Uses[{&F, nullptr}].By) {
    if (isLifeCode(*By, Q.Object))
      continue;
    if (How.first != Touch::Overwrite || How.second < 2)
      return false;
    Any = true;
  }
  return Any;
}

} // namespace pooltidy::model

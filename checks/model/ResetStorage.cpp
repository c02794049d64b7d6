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
#include "Shapes.h"

using namespace clang;

namespace pooltidy::model {

/// In an array of vectors or buffers one of them becomes another, and not only
/// what is in it.
static bool setsHolder(QualType Array, const Access &How) {
  const CXXRecordDecl *R = recordOf(Array);
  bool OfHolders = Array->isArrayType() || (R && isStd(*R, "array"));
  return OfHolders && How.At && How.At->isGLValue() && !isPlain(How.At->getType());
}

/// All code here that reads members of \p Union asks a number, an enumerator or a
/// truth first which of them counts, and that is set anew.
bool MemberUses::isToldByTag(Asked &Q, const FieldDecl &Union) {
  auto Tells = [&](const FieldDecl *Tag) {
    return Tag != &Union && Tag->getType()->isIntegralOrEnumerationType() &&
           bounds().isReadBelow(Union, *Tag);
  };
  return Q.anyCaredFor(Tells) ||
         llvm::any_of(Q.Reset.All, [&](const Access &A) {
           return A.How >= Touch::Change && !A.Inside && !A.Path.empty() &&
                  Tells(A.Path.back());
         });
}

/// A tag tells which member of a union counts, and a flag whether the values
/// beside it do, where all code that touches them goes by the flag.
bool MemberUses::isToldBySibling(Asked &Q, const FieldDecl &F) {
  QualType T = F.getType();
  bool Union = T->isUnionType();
  if (Union && isToldByTag(Q, F))
    return true;
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
  if (isTrivialStorage(T))
    return isBounded(Q, F, Writers);
  if (!Q.Bounded)
    return false;
  // Who fills it is not seen: a buffer with a length beside it.
  if (Writers.empty())
    return Q.HasLength && F.getAccess() != AS_public && isPlainElsewhere(T);
  if (T->isIntegerType())
    return llvm::all_of(Writers, [&](const Write *W) {
      return W->Allocates && isOf(*W->By, Q.Object);
    });
  return isPlainElsewhere(T) &&
         llvm::all_of(Writers,
                      [&](const Write *W) {
                        return !W->How.Grows && !W->How.Alters &&
                               (W->Allocates ||
                                (W->How.Inside && !setsHolder(T, W->How)));
                      }) &&
         isBounded(Q, F, Writers);
}

const StorageBounds &MemberUses::bounds() {
  if (!Bounds) {
    Bounds = std::make_unique<StorageBounds>();
    for (const auto &[F, A] : Bodies)
      Bounds->read(*F, !isa<CXXConstructorDecl, CXXDestructorDecl>(F) &&
                           !Classes.isReset(*F));
  }
  return *Bounds;
}

/// What the reset sets says how much of \p Array counts: the code shows it, or
/// there is a length, and nothing is added up without it.
bool MemberUses::isBounded(Asked &Q, const FieldDecl &Array,
                           llvm::ArrayRef<const Write *> Writers) {
  if (bounds().isCountedByResult(Array))
    return true;
  auto Tells = [&](const FieldDecl *F) {
    return F != &Array && (bounds().isBoundedBy(Array, *F) ||
                           (F->getType()->isIntegralOrEnumerationType() &&
                            bounds().isReadBelow(Array, *F)));
  };
  for (const Access &A : Q.Reset.All)
    if (A.How >= Touch::Unsure && llvm::any_of(A.Path, Tells))
      return true;
  if (Q.anyCaredFor(Tells))
    return true;
  return Q.HasLength && llvm::none_of(Writers, [](const Write *W) {
           return W->How.Steps && W->How.Inside;
         });
}

/// Whoever uses it sets it first: nobody reads what is left there.
bool MemberUses::isScratch(Asked &Q, const FieldDecl &F) {
  // A buffer that is seen to be used so is one, even where all can reach it.
  if (F.getAccess() == AS_public && !isTrivialStorage(F.getType()))
    return false;
  const auto &Users = Uses[{&F, nullptr}].By;
  auto SetsFirst = [&](const FunctionDecl &By, auto &&Self, unsigned Depth) {
    if (isLifeCode(By, Q.Object))
      return true;
    auto It = Users.find(&By);
    if (It != Users.end() && It->second.first == Touch::Overwrite &&
        It->second.second > 1)
      return true;
    // A helper of those that do.
    const auto *M = dyn_cast<CXXMethodDecl>(&By);
    if (!M || M->getAccess() == AS_public || Depth > 3)
      return false;
    auto Called = Callers.find(M->getCanonicalDecl());
    return Called != Callers.end() &&
           llvm::all_of(Called->second, [&](const FunctionDecl *Each) {
             return Each == &By || Self(*Each, Self, Depth + 1);
           });
  };
  bool Any = false;
  for (const auto &[By, How] : Users) {
    if (isLifeCode(*By, Q.Object))
      continue;
    if (!SetsFirst(*By, SetsFirst, 0))
      return false;
    Any = true;
  }
  return Any;
}

} // namespace pooltidy::model

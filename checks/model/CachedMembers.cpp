//===- CachedMembers.cpp - members that follow from others ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `int ByteSize() const { return cached_size_ = …; }`: no user of the object can
// leave anything there of their own. A const method that asks first what is there
// is another matter: `if (!hash_valid_)` in the next lease believes the last one,
// and a cursor or count goes on from where it was. `if (seen_ != version_)` believes
// nothing where the reset counts the version on.
//
//===----------------------------------------------------------------------===//
#include "CachedMembers.h"
#include "FieldTraits.h"
#include "ResetGaps.h"
#include "Shapes.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace pooltidy::model {

/// Numbers, alone, together, or one that several threads may set. A truth is there
/// to be asked by somebody before it is set.
static bool ownsNothing(QualType T) {
  const CXXRecordDecl *R = recordOf(T);
  if (R && isStd(*R, "atomic"))
    T = templateArgument(T, 0);
  return !T.isNull() && !T->isBooleanType() && isPlain(T);
}

/// The methods of \p Class that work on a lease, with their bodies: not those that
/// make, end, copy or reset an object.
static llvm::SmallVector<std::pair<const CXXMethodDecl *, const FunctionDecl *>, 8>
methodsInUse(const CXXRecordDecl &Class, Classifier &Classes) {
  llvm::SmallVector<std::pair<const CXXMethodDecl *, const FunctionDecl *>, 8> Out;
  for (const CXXMethodDecl *M : Class.methods()) {
    const FunctionDecl *Body = nullptr;
    if (M->isInstance() && M->hasBody(Body) && !Body->isDependentContext() &&
        !isa<CXXConstructorDecl, CXXDestructorDecl>(M) &&
        !M->isCopyAssignmentOperator() && !M->isMoveAssignmentOperator() &&
        !Classes.isReset(*M))
      Out.push_back({M, Body});
  }
  return Out;
}

/// The member of the same object that \p E names; null where it is none.
static const FieldDecl *memberNamed(const Expr *E) {
  const auto *M = E ? dyn_cast<MemberExpr>(E->IgnoreUnlessSpelledInSource()) : nullptr;
  return M && isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts())
             ? dyn_cast<FieldDecl>(M->getMemberDecl())
             : nullptr;
}

bool isVersioned(const FieldDecl &F, const Accesses &Reset, FieldReader &Reader,
                 Classifier &Classes) {
  const auto *Class = dyn_cast<CXXRecordDecl>(F.getParent());
  if (!Class || !F.isMutable() || F.getAccess() == AS_public)
    return false;
  auto Counts = [&](const FieldDecl *Version) {
    return Version && llvm::any_of(Reset.All, [&](const Access &A) {
             return A.Steps && A.Path.size() == 1 && A.Path.front() == Version;
           });
  };
  bool IsSet = false;
  for (auto [M, Body] : methodsInUse(*Class, Classes)) {
    const Accesses All = Reader.ofAny(*Body);
    bool Changes = false, Follows = false;
    llvm::SmallPtrSet<const FieldDecl *, 4> Asked;
    for (const Access &A : All.All) {
      if (A.Path.empty())
        continue;
      const FieldDecl *At = A.Path.front();
      Changes |= At == &F && A.How > Touch::Shown;
      if (A.How == Touch::Read)
        Asked.insert(At);
      else if (A.How == Touch::Overwrite && At->isMutable() && Asked.count(At))
        if (const FieldDecl *Version = memberNamed(A.Value))
          Follows |= Asked.count(Version) && Counts(Version);
    }
    if (Changes && (!M->isConst() || !Follows))
      return false;
    IsSet |= Changes;
  }
  return IsSet;
}

bool isCached(const FieldDecl &F, FieldReader &Reader, Classifier &Classes,
              ASTContext &Context) {
  const auto *Class = dyn_cast<CXXRecordDecl>(F.getParent());
  if (!Class || !F.isMutable() || F.getAccess() == AS_public ||
      !ownsNothing(F.getType()))
    return false;
  bool IsSet = false;
  for (auto [M, Body] : methodsInUse(*Class, Classes)) {
    bool First = true, SetFirst = false;
    for (const Access &A : Reader.ofAny(*Body).All) {
      if (!llvm::is_contained(A.Path, &F))
        continue;
      bool Sets = A.How == Touch::Overwrite && !A.Inside && A.Path.back() == &F;
      if (First)
        SetFirst = Sets;
      First = false;
      if (A.How == Touch::Read)
        continue;
      // To empty it is to say that it no longer follows.
      bool Empties = Sets && A.Value && isNullOrEmpty(A.Value, Context);
      if (!SetFirst || A.How == Touch::Shown || (!M->isConst() && !Empties))
        return false;
      IsSet |= M->isConst();
    }
  }
  return IsSet;
}

} // namespace pooltidy::model

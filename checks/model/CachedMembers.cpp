//===- CachedMembers.cpp - members that follow from others ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `int ByteSize() const { return cached_size_ = …; }`: no user of the object can
// leave anything there of their own. A const method that asks first what is there
// is another matter: `if (!hash_valid_)` in the next lease believes the last one,
// and a cursor or count goes on from where it was.
//
//===----------------------------------------------------------------------===//
#include "CachedMembers.h"
#include "FieldTraits.h"
#include "ResetGaps.h"
#include "Shapes.h"

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

bool isCached(const FieldDecl &F, FieldReader &Reader, Classifier &Classes,
              ASTContext &Context) {
  const auto *Class = dyn_cast<CXXRecordDecl>(F.getParent());
  if (!Class || !F.isMutable() || F.getAccess() == AS_public ||
      !ownsNothing(F.getType()))
    return false;
  bool IsSet = false;
  for (const CXXMethodDecl *M : Class->methods()) {
    const FunctionDecl *Body = nullptr;
    if (!M->isInstance() || !M->hasBody(Body) || Body->isDependentContext() ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(M) ||
        M->isCopyAssignmentOperator() || M->isMoveAssignmentOperator() ||
        Classes.isReset(*M))
      continue;
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

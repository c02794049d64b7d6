//===- pool-dirty-acquire.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Where whoever acquires an object resets it: one that is read before. Settings
// and what the pool sets itself are not what a user left.
//
//===----------------------------------------------------------------------===//
#include "../model/ResetGaps.h"
#include "Wording.h"

using namespace clang;

namespace pooltidy {

static const FieldDecl *fieldNamed(const CXXRecordDecl &R,
                                   llvm::StringRef Name) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition)
    return nullptr;
  for (const FieldDecl *F : Definition->fields())
    if (F->getName() == Name)
      return F;
  for (const CXXBaseSpecifier &B : Definition->bases())
    if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
      if (const FieldDecl *F = fieldNamed(*Base, Name))
        return F;
  return nullptr;
}

void checkDirtyAcquire(const Analysis &A, Reporter &Out) {
  std::unique_ptr<model::MemberUses> Uses;
  std::set<SourceLocation>
      Told; // acquires: other paths read it first elsewhere
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::DirtyAcquire || F.What.Dirty.empty())
      continue;
    const std::string &Name = F.What.Dirty.front();
    const FieldDecl *Field =
        F.ObjectType ? fieldNamed(*F.ObjectType, Name) : nullptr;
    if (Field) {
      if (!Uses) {
        Uses = std::make_unique<model::MemberUses>(A.context(), A.classifier());
        Uses->read(A.functions().Defined);
      }
      if (!Uses->isLeaseState(*Field, *F.ObjectType->getDefinition(),
                              *F.Family))
        continue;
    }
    if (!F.Path.empty() && F.Path.front().Loc.isValid() &&
        !Told.insert(F.Path.front().Loc).second)
      continue;
    Report R = reportOf(F);
    R.Message = quoted(F) + " is read before it was reset, its '" + Name +
                "' is what the last user left";
    Out.report(R);
  }
}

} // namespace pooltidy

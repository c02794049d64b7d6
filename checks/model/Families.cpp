//===- Families.cpp - families that attributes make -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ClassifierImpl.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace pooltidy::model {

static std::string objectName(QualType Object) {
  const CXXRecordDecl *R = recordOf(Object);
  return R && R->getIdentifier() ? modelName(*R) : std::string();
}

Pool *Classifier::Impl::classFamily(const CXXRecordDecl &R) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition)
    return nullptr;
  Marks OfClass = readMarks(R);
  FoundPool Found;
  QualType Object;
  bool IsPool = OfClass.IsPool || OfClass.Resets;
  for (const Decl *D : Definition->decls()) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    const auto *F = dyn_cast<CXXMethodDecl>(D);
    if (!F || F->isImplicit())
      continue;
    auto A = readOperation(*F);
    // What is done to the object itself belongs to the object's family.
    if (!A || A->From != AttributeOp::Annotation ||
        A->Op.Object.Where == Slot::This)
      continue;
    IsPool |= A->What != Role::Reset;
    if (Object.isNull())
      Object = A->Object;
    if (A->What == Role::Acquire)
      if (auto H = findHandle(F->getReturnType()))
        Found.Handles.push_back(std::move(*H));
    Found.Members.push_back({F, A->What, std::move(A->Op)});
  }
  if (!IsPool)
    return nullptr;

  Pool *Family = nullptr;
  if (Found.Members.empty()) {
    for (FoundPool &Guess : findPools(*Definition, /*Forced=*/true)) {
      Guess.Family.Source = "attribute";
      Guess.Family.Possible = false;
      if (OfClass.What)
        Guess.Family.What = *OfClass.What;
      if (OfClass.Resets)
        Guess.Family.Resets = *OfClass.Resets;
      Pool *P = adopt(std::move(Guess), &R);
      Family = Family ? Family : P;
    }
    if (Family)
      return Family;
  }
  Found.Family.Name = familyName(Object);
  Found.Family.Type = modelName(R);
  Found.Family.Object = objectName(Object);
  Found.Family.What = OfClass.What.value_or(kindOf(Object, R.getName()));
  Found.Family.Source = "attribute";
  Found.Family.Resets = OfClass.Resets.value_or(Convention::Unknown);
  readBodies(Found);
  Family = adopt(std::move(Found), &R);
  if (!Object.isNull())
    ByObject.try_emplace(Object.getTypePtr(), Family);
  return Family;
}

Pool &Classifier::Impl::familyFor(const FunctionDecl &F,
                                  const AttributeOp &A) {
  Pool **Known = nullptr;
  if (A.From != AttributeOp::Annotation) {
    bool Tagged = A.From == AttributeOp::Handle;
    Known = &ByTag[(Tagged ? "handle " : "module ") + A.Tag];
  } else {
    // A function given a pool belongs to that pool.
    for (const ParmVarDecl *P : F.parameters()) {
      QualType T = P->getType();
      if (QualType To = T->getPointeeType(); !To.isNull())
        T = To;
      const CXXRecordDecl *R = recordOf(T);
      if (const Pool *Of = R ? type(*R).PoolOf : nullptr)
        for (Pool &Owned : Families)
          if (&Owned == Of)
            return Owned;
    }
    // A class may hand out the same type; all of them are looked at, so that
    // the order of questions does not matter.
    if (!AllSeen) {
      AllSeen = true;
      forEachUserDecl([&](const NamedDecl &D) {
        if (const auto *R = dyn_cast<CXXRecordDecl>(&D))
          type(*R);
      });
    }
    Known = &ByObject[A.Object.isNull() ? nullptr : A.Object.getTypePtr()];
  }
  if (*Known)
    return **Known;

  Pool &P = Families.emplace_back();
  *Known = &P;
  P.Source = "attribute";
  P.Object = objectName(A.Object);
  if (A.From == AttributeOp::Annotation) {
    P.Name = familyName(A.Object);
    Marks Said = readMarks(F);
    P.What = Said.What.value_or(kindOf(A.Object, ""));
    P.Resets = Said.Resets.value_or(Convention::Unknown);
    return P;
  }
  P.Name = A.Tag;
  P.What = Kind::Resource;
  if (A.From == AttributeOp::Ownership && A.Tag == "malloc") {
    P.Name = "block";
    P.What = Kind::Memory;
    P.At = Level::Strict;
  }
  return P;
}

CallMeaning Classifier::Impl::attributeCall(const FunctionDecl &F,
                                            AttributeOp A) {
  CallMeaning M;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (A.From == AttributeOp::Annotation && Method &&
      A.Op.Object.Where != Slot::This) {
    type(*Method->getParent());
    const FunctionDecl *Key = &F;
    if (const FunctionTemplateDecl *T = F.getPrimaryTemplate())
      Key = T->getTemplatedDecl();
    auto It = Members.find(Key->getCanonicalDecl());
    return It == Members.end() ? M : It->second;
  }
  // A reset of an object is no call on its pool, see isReset().
  if (A.What == Role::Reset)
    return M;
  Pool &P = familyFor(F, A);
  Operation &Op = Operations.emplace_back(std::move(A.Op));
  Op.Call = modelName(F);
  auto &List = A.What == Role::Acquire ? P.Acquire
               : A.What == Role::Put   ? P.Put
                                       : P.Use;
  List.push_back(Op);
  M.What = A.What;
  M.Family = &P;
  M.Op = &Op;
  return M;
}

} // namespace pooltidy::model

//===- ViewTypes.cpp - types that own, and types that look ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "ViewTypes.h"
#include "../model/Shapes.h"
#include "CallNames.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
template <typename A> bool has(const CXXRecordDecl &R) {
  if (R.hasAttr<A>())
    return true;
  // An instantiation may have been made before its template had the attribute.
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return Spec && Spec->getSpecializedTemplate()->getTemplatedDecl()->hasAttr<A>();
}

bool isIterator(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return false;
  ASTContext &Context = R.getASTContext();
  auto Declares = [&](const CXXRecordDecl &C) {
    return !C.lookup(&Context.Idents.get("iterator_category")).empty();
  };
  if (Declares(*R.getDefinition()))
    return true;
  for (const CXXBaseSpecifier &B : R.getDefinition()->bases())
    if (const auto *Base = B.getType()->getAsCXXRecordDecl();
        Base && Base->hasDefinition() && Declares(*Base->getDefinition()))
      return true;
  return false;
}

/// The attribute stands behind the function's type: `f() [[…]]`.
bool saysBound(const FunctionDecl &F) {
  const TypeSourceInfo *Info = F.getTypeSourceInfo();
  if (!Info)
    return false;
  AttributedTypeLoc At;
  for (TypeLoc L = Info->getTypeLoc(); (At = L.getAsAdjusted<AttributedTypeLoc>());
       L = At.getModifiedLoc())
    if (At.getAttrAs<LifetimeBoundAttr>())
      return true;
  return false;
}
} // namespace

bool isViewClass(const CXXRecordDecl *R) {
  return R && !R->isLambda() && (has<PointerAttr>(*R) || isIterator(*R));
}

bool isOwnerClass(const CXXRecordDecl *R) { return R && has<OwnerAttr>(*R); }

bool isViewType(QualType T) {
  if (T->isPointerType())
    return !T->getPointeeType()->isFunctionType();
  if (T->isReferenceType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (isViewClass(R))
    return true;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!Spec || !isWithinStd(*Spec) || !Spec->getIdentifier() ||
      !llvm::is_contained({"pair", "optional", "tuple", "subrange", "min_max_result"},
                          Spec->getName()))
    return false;
  return llvm::any_of(model::typeArguments(*Spec), [](QualType Each) {
    return isViewClass(Each->getAsCXXRecordDecl());
  });
}

bool isBoundToThis(const FunctionDecl &F) {
  for (const FunctionDecl *D : F.redecls())
    if (saysBound(*D))
      return true;
  const FunctionDecl *Pattern = F.getTemplateInstantiationPattern();
  return Pattern && saysBound(*Pattern);
}

bool isBoundTo(const FunctionDecl &F, unsigned I) {
  for (const FunctionDecl *D : F.redecls())
    if (I < D->getNumParams() && D->getParamDecl(I)->hasAttr<LifetimeBoundAttr>())
      return true;
  return false;
}

} // namespace pooltidy

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
    return !C.lookup(&Context.Idents.get("iterator_category")).empty() ||
           !C.lookup(&Context.Idents.get("iterator_concept")).empty();
  };
  if (Declares(*R.getDefinition()))
    return true;
  for (const CXXBaseSpecifier &B : R.getDefinition()->bases())
    if (const auto *Base = B.getType()->getAsCXXRecordDecl();
        Base && Base->hasDefinition() && Declares(*Base->getDefinition()))
      return true;
  return false;
}

bool isNamed(const CXXRecordDecl &R, StringRef Name) {
  return R.getIdentifier() && R.getName() == Name;
}

/// By its bases a view of a range, as the library has it; by a member one that
/// leads elsewhere: `owning_view`, `single_view` and `iota_view` have none.
bool isRangeView(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return false;
  const CXXRecordDecl &D = *R.getDefinition();
  // The functions that all of them have, in a base that knows its class.
  if (isNamed(D, "view_interface"))
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&D))
      return llvm::any_of(model::typeArguments(*Spec), [&](QualType T) {
        const CXXRecordDecl *Of = T->getAsCXXRecordDecl();
        return Of && !isNamed(*Of, "view_interface") && isRangeView(*Of);
      });
  bool Says = llvm::any_of(D.bases(), [](const CXXBaseSpecifier &B) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    return Base && (isNamed(*Base, "view_interface") || isNamed(*Base, "view_base"));
  });
  return Says && llvm::any_of(D.fields(), [](const FieldDecl *F) {
           return isViewType(F->getType());
         });
}

/// The type that \p Name stands for in \p R.
QualType typeIn(const CXXRecordDecl &R, StringRef Name) {
  for (const NamedDecl *D : R.lookup(&R.getASTContext().Idents.get(Name)))
    if (const auto *T = dyn_cast<TypedefNameDecl>(D))
      return T->getUnderlyingType();
  return {};
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
  return R && !R->isLambda() && (has<PointerAttr>(*R) || isIterator(*R) || isRangeView(*R));
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
      !llvm::is_contained({"pair", "optional", "tuple", "min_max_result"},
                          Spec->getName()))
    return false;
  return llvm::any_of(model::typeArguments(*Spec), [](QualType Each) {
    return Each->isReferenceType() || isViewClass(Each->getAsCXXRecordDecl());
  });
}

const ClassTemplateSpecializationDecl *holderOfViews(QualType T) {
  T = T.getNonReferenceType();
  const auto *Spec =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(T->getAsCXXRecordDecl());
  return Spec && !isViewClass(Spec) && isViewType(T) ? Spec : nullptr;
}

QualType elementOf(const CXXRecordDecl *R) {
  if (!R || !R->hasDefinition() || !isWithinStd(*R) || !isOwnerClass(R) ||
      isNamed(*R, "optional") || isNamed(*R, "basic_string"))
    return {};
  return typeIn(*R->getDefinition(), "value_type");
}

bool isPositionIn(const CXXRecordDecl &R, QualType T) {
  auto Is = [&](StringRef Name) {
    QualType Position = typeIn(R, Name);
    return !Position.isNull() &&
           R.getASTContext().hasSameUnqualifiedType(Position, T.getNonReferenceType());
  };
  return Is("const_iterator") || Is("iterator");
}

const FieldDecl *mappedView(const CXXRecordDecl *R) {
  QualType Element = elementOf(R);
  QualType Mapped =
      Element.isNull() ? QualType() : typeIn(*R->getDefinition(), "mapped_type");
  if (Mapped.isNull() ||
      !(isViewClass(Mapped->getAsCXXRecordDecl()) ||
        isViewClass(typeIn(*R->getDefinition(), "key_type")->getAsCXXRecordDecl())))
    return nullptr;
  const CXXRecordDecl *Pair = Element->getAsCXXRecordDecl();
  return Pair ? model::memberOfPair(*Pair, 1) : nullptr;
}

bool isMadeOf(QualType View, QualType Of) {
  Of = Of.getNonReferenceType();
  if (View->isPointerType())
    return Of->isPointerType() || Of->isArrayType();
  const CXXRecordDecl *R = Of->getAsCXXRecordDecl();
  return isViewClass(View->getAsCXXRecordDecl()) &&
         (isViewClass(R) || isOwnerClass(R) || Of->isPointerType() ||
          Of->isArrayType());
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

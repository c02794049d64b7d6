//===- Shapes.cpp - how a lease travels through a type ----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace pooltidy::model {

const CXXRecordDecl *recordOf(QualType T) {
  if (T.isNull())
    return nullptr;
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl())
    return R;
  if (const auto *S = T->getAs<TemplateSpecializationType>())
    if (const auto *C = dyn_cast_or_null<ClassTemplateDecl>(
            S->getTemplateName().getAsTemplateDecl()))
      return C->getTemplatedDecl();
  return nullptr;
}

static QualType typeAt(llvm::ArrayRef<TemplateArgument> Args, unsigned Index) {
  return Index < Args.size() && Args[Index].getKind() == TemplateArgument::Type
             ? Args[Index].getAsType()
             : QualType();
}

QualType templateArgument(const CXXRecordDecl &R, unsigned Index) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return S ? typeAt(S->getTemplateArgs().asArray(), Index) : QualType();
}

QualType templateArgument(QualType T, unsigned Index) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (isa_and_nonnull<ClassTemplateSpecializationDecl>(R))
    return templateArgument(*R, Index);
  const auto *S = T->getAs<TemplateSpecializationType>();
  return S ? typeAt(S->template_arguments(), Index) : QualType();
}

llvm::SmallVector<QualType, 4>
typeArguments(const ClassTemplateSpecializationDecl &S) {
  llvm::SmallVector<QualType, 4> Out;
  auto Add = [&](const TemplateArgument &A) {
    if (A.getKind() == TemplateArgument::Type)
      Out.push_back(A.getAsType());
  };
  for (const TemplateArgument &A : S.getTemplateArgs().asArray())
    if (A.getKind() == TemplateArgument::Pack)
      llvm::for_each(A.pack_elements(), Add);
    else
      Add(A);
  return Out;
}

const CXXRecordDecl *definitionOf(const CXXRecordDecl &R) {
  if (const CXXRecordDecl *Own = R.getDefinition())
    return Own;
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return S ? S->getSpecializedTemplate()->getTemplatedDecl()->getDefinition()
           : nullptr;
}

const FieldDecl *memberOfPair(const CXXRecordDecl &R, unsigned I) {
  const CXXRecordDecl *Pair = isStd(R, "pair") ? definitionOf(R) : nullptr;
  if (Pair)
    for (const FieldDecl *Member : Pair->fields())
      if (Member->getName() == (I ? "second" : "first"))
        return Member;
  return nullptr;
}

bool isStd(const CXXRecordDecl &R, llvm::StringRef Name) {
  return R.getIdentifier() && R.getName() == Name && R.isInStdNamespace();
}

const CXXRecordDecl *patternOf(const CXXRecordDecl &R) {
  const CXXRecordDecl *P = R.getTemplateInstantiationPattern();
  return P ? P : &R;
}

const FunctionDecl *patternOf(const FunctionDecl &F) {
  if (const FunctionDecl *P =
          F.getTemplateInstantiationPattern(/*ForDefinition=*/false))
    return P;
  // A member template of a specialisation is no instantiation itself.
  const FunctionTemplateDecl *T = F.getDescribedFunctionTemplate();
  while (T && T->getInstantiatedFromMemberTemplate())
    T = T->getInstantiatedFromMemberTemplate();
  return T ? T->getTemplatedDecl() : &F;
}

const Stmt *bodyOf(const FunctionDecl &F, const FunctionDecl *&Definition) {
  if (F.hasBody(Definition) && Definition->getBody())
    return Definition->getBody();
  if (patternOf(F)->hasBody(Definition))
    return Definition->getBody();
  return nullptr;
}

static QualType plain(QualType T) {
  return T.getCanonicalType().getUnqualifiedType();
}

/// What `x->` shows for a class with operator->, null without one.
static QualType arrowTarget(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return {};
  for (const CXXMethodDecl *M : R.getDefinition()->methods())
    if (M->getOverloadedOperator() == OO_Arrow) {
      QualType P = M->getReturnType()->getPointeeType();
      if (!P.isNull())
        return P;
    }
  for (const CXXBaseSpecifier &B : R.getDefinition()->bases())
    if (const CXXRecordDecl *Base = recordOf(B.getType()))
      if (QualType P = arrowTarget(*Base); !P.isNull())
        return P;
  return {};
}

static Shape shapeOfClass(QualType T, const CXXRecordDecl &R) {
  Shape S;
  if (isStd(R, "optional") || isStd(R, "expected")) {
    QualType Inner = templateArgument(T, 0);
    return Inner.isNull() ? S : shapeOfResult(Inner);
  }
  QualType Object;
  if (isStd(R, "unique_ptr") || isStd(R, "shared_ptr"))
    Object = templateArgument(T, 0);
  else
    Object = arrowTarget(R);
  if (Object.isNull()) {
    S.As = Shape::Value;
    S.Object = plain(T);
    return S;
  }
  S.As = Shape::Smart;
  S.Object = plain(Object);
  S.Holder = &R;
  return S;
}

const CXXMethodDecl *okOf(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  R = R ? R->getDefinition() : nullptr;
  if (R)
    for (const CXXMethodDecl *M : R->methods())
      if (M->isConst() && M->getNumParams() == 0 &&
          M->getReturnType()->isBooleanType() && M->getIdentifier() &&
          llvm::is_contained({"ok", "Ok", "isOk", "is_ok", "IsOk", "IsOK"},
                             M->getName()))
        return M;
  return nullptr;
}

bool isStatusClass(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  R = R ? R->getDefinition() : nullptr;
  // A std::function tells whether there is one.
  if (!R || shapeOfResult(T).As == Shape::Smart ||
      llvm::any_of(R->methods(), [](const CXXMethodDecl *M) {
        return M->getOverloadedOperator() == OO_Call;
      }))
    return false;
  return okOf(T) ||
         llvm::any_of(R->getVisibleConversionFunctions(), [](const NamedDecl *D) {
           const auto *C = dyn_cast<CXXConversionDecl>(D);
           return C && C->getConversionType()->isBooleanType();
         });
}

Shape shapeOfResult(QualType T) {
  Shape S;
  if (T->isVoidType() || T->isBooleanType())
    return S;
  if (T->isPointerType() || T->isReferenceType()) {
    QualType Object = T->getPointeeType();
    if (Object->isFunctionType() ||
        (T->isReferenceType() && Object.isConstQualified()))
      return S;
    if (T->isReferenceType())
      if (const CXXRecordDecl *R = recordOf(Object))
        if (Shape Inner = shapeOfClass(Object, *R); Inner.As == Shape::Smart)
          return Inner;
    S.As = T->isPointerType() ? Shape::Pointer : Shape::Reference;
    S.Object = plain(Object);
    return S;
  }
  if (T->isIntegralOrEnumerationType()) {
    S.As = Shape::Integer;
    S.Object = plain(T);
    return S;
  }
  if (const CXXRecordDecl *R = recordOf(T))
    return shapeOfClass(T, *R);
  if (T->isTemplateTypeParmType()) { // may turn out to be a pointer
    S.As = Shape::Value;
    S.Object = plain(T);
  }
  return S;
}

Shape shapeOfParameter(QualType T) {
  if (T->isReferenceType()) {
    QualType To = T->getPointeeType();
    if (To->isPointerType()) {
      Shape S = shapeOfResult(To);
      S.Indirect = S.As == Shape::Pointer && !To.isConstQualified();
      return S;
    }
    if (const CXXRecordDecl *R = recordOf(To)) {
      Shape S = shapeOfClass(To, *R);
      if (S.As == Shape::Smart)
        return S;
      if (S.As == Shape::Value && T->isRValueReferenceType())
        return S;
    }
    return shapeOfResult(T);
  }
  if (T->isPointerType() && T->getPointeeType()->isPointerType()) {
    Shape S = shapeOfResult(T->getPointeeType());
    S.Indirect = bool(S);
    return S;
  }
  return shapeOfResult(T);
}

const FunctionDecl *calleeOf(const CallExpr &C) {
  if (const FunctionDecl *F = C.getDirectCallee())
    return F;
  const auto *O = dyn_cast<OverloadExpr>(C.getCallee()->IgnoreParenImpCasts());
  if (!O || O->getNumDecls() != 1)
    return nullptr;
  const NamedDecl *D = (*O->decls_begin())->getUnderlyingDecl();
  if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
    return T->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

} // namespace pooltidy::model

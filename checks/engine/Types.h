//===- Types.h - the type behind a type -------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TYPES_H
#define POOLTIDY_ENGINE_TYPES_H

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/APSInt.h"
#include <optional>

namespace pooltidy {

/// What a pointer, reference or smart pointer leads to; else the type itself.
inline clang::QualType pointee(clang::QualType T) {
  if (T.isNull())
    return T;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return T->getPointeeType();
  if (const auto *R = T->getAsCXXRecordDecl())
    if (const auto *Spec = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(R))
      for (const clang::TemplateArgument &A : Spec->getTemplateArgs().asArray())
        if (A.getKind() == clang::TemplateArgument::Type)
          return A.getAsType();
  return T;
}

/// \p T without a reference and qualifiers, so that equal types are the same.
inline clang::QualType plain(clang::QualType T) {
  return T.getNonReferenceType().getCanonicalType().getUnqualifiedType();
}

/// The class that \p Ty is, refers or points to, where it is defined.
inline const clang::CXXRecordDecl *recordAt(clang::QualType Ty) {
  Ty = Ty.getNonReferenceType();
  if (Ty->isPointerType())
    Ty = Ty->getPointeeType();
  const clang::CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
  return R && R->hasDefinition() ? R->getDefinition() : nullptr;
}

/// \p E as it is written: without parentheses, implicit casts and temporaries.
inline const clang::Expr *spelled(const clang::Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    const auto *B = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(E);
    if (!B)
      return E;
    E = B->getSubExpr();
  }
}

/// A constant as the solver compares it, the large ones of 64 bits without a sign
/// by their bits; nothing for what has more.
inline std::optional<int64_t> asNumber(const llvm::APSInt &V) {
  if (V.isSigned())
    return V.tryExtValue();
  if (V.getActiveBits() > 64)
    return std::nullopt;
  return int64_t(V.getZExtValue());
}

} // namespace pooltidy

#endif

//===- Types.h - the type behind a type -------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TYPES_H
#define POOLTIDY_ENGINE_TYPES_H

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"

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

/// The class that \p Ty is, refers or points to, where it is defined.
inline const clang::CXXRecordDecl *recordAt(clang::QualType Ty) {
  Ty = Ty.getNonReferenceType();
  if (Ty->isPointerType())
    Ty = Ty->getPointeeType();
  const clang::CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
  return R && R->hasDefinition() ? R->getDefinition() : nullptr;
}

} // namespace pooltidy

#endif

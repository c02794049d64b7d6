//===- Limits.cpp - pools that keep nothing large ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Bodies.h"
#include "Classifier.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace pooltidy::model {

namespace {
bool hasCapacity(const CXXRecordDecl *R) {
  R = R ? R->getDefinition() : nullptr;
  return R && llvm::any_of(R->methods(), [](const CXXMethodDecl *M) {
           return M->getIdentifier() && M->getName() == "capacity";
         });
}
} // namespace

bool Classifier::limitsCapacity(const CXXRecordDecl &R) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  if (!Spec) {
    const CXXRecordDecl *D = R.getDefinition();
    return D && llvm::any_of(D->bases(), [&](const CXXBaseSpecifier &B) {
             const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
             return Base && limitsCapacity(*Base);
           });
  }
  const CXXRecordDecl *Object = nullptr;
  for (const TemplateArgument &A : Spec->getTemplateArgs().asArray()) {
    const CXXRecordDecl *Policy = A.getKind() == TemplateArgument::Type
                                      ? A.getAsType()->getAsCXXRecordDecl()
                                      : nullptr;
    if (!Policy)
      continue;
    if (!Object) { // what is pooled comes first
      Object = Policy;
      continue;
    }
    for (const Decl *D : Policy->decls()) {
      if (const auto *F = dyn_cast<FunctionDecl>(D); F && asksCapacity(*F))
        return true;
      // A policy for every type asks those that can answer.
      if (const auto *F = dyn_cast<FunctionTemplateDecl>(D);
          F && hasCapacity(Object) && asksCapacity(*F->getTemplatedDecl()))
        return true;
    }
  }
  return false;
}

} // namespace pooltidy::model

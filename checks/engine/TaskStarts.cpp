//===- TaskStarts.cpp - types whose constructors start a thread -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "TaskStarts.h"
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

static bool startsWhenMade(QualType Ty, model::Classifier &Classes) {
  const CXXRecordDecl *R = Ty->isRecordType() ? model::recordOf(Ty) : nullptr;
  if (!R)
    return false;
  return llvm::any_of(R->decls(), [&](const Decl *D) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(D);
    const model::FunctionRule *Rule =
        Constructor ? Classes.classify(*Constructor).Rule : nullptr;
    return Rule && Rule->StartsThread;
  });
}

bool makesThread(const FunctionDecl &F, model::Classifier &Classes) {
  llvm::StringRef Name = model::nameOf(&F);
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F)) {
    const auto *Of = dyn_cast<ClassTemplateSpecializationDecl>(M->getParent());
    return Of && Of->isInStdNamespace() &&
           (Name.starts_with("emplace") || Name == "try_emplace") &&
           llvm::any_of(model::typeArguments(*Of), [&](QualType Each) {
             return startsWhenMade(Each, Classes);
           });
  }
  const TemplateArgumentList *Args = F.getTemplateSpecializationArgs();
  return F.isInStdNamespace() &&
         (Name == "make_unique" || Name == "make_shared") && Args &&
         Args->size() > 0 && Args->get(0).getKind() == TemplateArgument::Type &&
         startsWhenMade(Args->get(0).getAsType(), Classes);
}

} // namespace pooltidy

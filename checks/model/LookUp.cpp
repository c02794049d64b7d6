//===- LookUp.cpp - what a qualified name means ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "LookUp.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace pooltidy::model {

llvm::SmallVector<NamedDecl *, 2> lookUp(const ASTContext &Context,
                                         llvm::StringRef Name) {
  const DeclContext *In = Context.getTranslationUnitDecl();
  Name.consume_front("::");
  llvm::SmallVector<NamedDecl *, 2> Found;
  while (In && !Name.empty()) {
    auto [First, Rest] = Name.split("::");
    Found.clear();
    for (NamedDecl *D : In->lookup(&Context.Idents.get(First)))
      Found.push_back(D->getUnderlyingDecl());
    NamedDecl *D = Found.empty() ? nullptr : Found.front();
    if (auto *T = dyn_cast_or_null<ClassTemplateDecl>(D))
      D = T->getTemplatedDecl();
    In = dyn_cast_or_null<DeclContext>(D);
    if (const auto *R = dyn_cast_or_null<CXXRecordDecl>(In))
      In = R->getDefinition();
    Name = Rest;
  }
  return Name.empty() ? Found : llvm::SmallVector<NamedDecl *, 2>();
}

} // namespace pooltidy::model

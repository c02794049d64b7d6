//===- Conventions.cpp - who resets, where the model does not say ---------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A model that names a pool's functions need not know who resets. Where their
// bodies are in the TU, they tell, as they do for pools that nobody named.
//
//===----------------------------------------------------------------------===//
#include "ClassifierImpl.h"
#include "LookUp.h"
#include "Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace pooltidy::model {

namespace {

/// The functions that \p Op of \p P names, templates as they are written.
llvm::SmallVector<const FunctionDecl *, 2>
functionsOf(const ASTContext &Context, const Pool &P, const Operation &Op) {
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  auto Add = [&](const NamedDecl *D) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Found.push_back(F);
  };
  if (P.Type.empty() || llvm::StringRef(Op.Call).contains("::")) {
    for (const NamedDecl *D : lookUp(Context, Op.Call))
      Add(D);
    return Found;
  }
  for (const NamedDecl *D : lookUp(Context, P.Type)) {
    if (const auto *T = dyn_cast<ClassTemplateDecl>(D))
      D = T->getTemplatedDecl();
    const auto *R = dyn_cast<CXXRecordDecl>(D);
    if (R && (R = R->getDefinition()))
      for (const Decl *Member : R->decls())
        if (const auto *N = dyn_cast<NamedDecl>(Member);
            N && globMatch(Op.Call, simpleName(*N)))
          Add(N);
  }
  return Found;
}

} // namespace

const Pool *Classifier::Impl::toldByBodies(const Pool *P) {
  if (!P || P->Resets != Convention::Unknown || P->What != Kind::Object)
    return P;
  auto [It, New] = AsRead.try_emplace(P, P);
  if (!New)
    return It->second;
  FoundPool Found;
  Found.Family = *P;
  auto Read = [&](const std::vector<Operation> &Ops, Role What) {
    for (const Operation &Op : Ops)
      if (!Op.Setup)
        for (const FunctionDecl *F : functionsOf(Context, *P, Op))
          Found.Members.push_back({F, What, Op});
  };
  Read(P->Acquire, Role::Acquire);
  Read(P->Put, Role::Put);
  readBodies(Found);
  if (Found.Family.Resets == Convention::Unknown)
    return P;
  return AsRead[P] = &Told.emplace_back(std::move(Found.Family));
}

} // namespace pooltidy::model

//===- Explain.cpp - what was taken for a pool, and why ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ClassifierImpl.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace pooltidy::model {

void Classifier::Impl::forEachUserDecl(
    llvm::function_ref<void(const NamedDecl &)> Do) const {
  llvm::SmallPtrSet<const Decl *, 32> Seen;
  auto Walk = [&](auto &&Self, const DeclContext &In) -> void {
    for (const Decl *D : In.decls()) {
      if (D->isImplicit() || !isUserCode(*D))
        continue;
      if (const auto *T = dyn_cast<ClassTemplateDecl>(D))
        D = T->getTemplatedDecl();
      else if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
        D = T->getTemplatedDecl();
      if (const auto *R = dyn_cast<CXXRecordDecl>(D)) {
        if (const CXXRecordDecl *Definition = R->getDefinition())
          R = Definition;
        if (!Seen.insert(R->getCanonicalDecl()).second)
          continue;
        Do(*R);
        Self(Self, *R);
      } else if (const auto *F = dyn_cast<FunctionDecl>(D)) {
        if (Seen.insert(F->getCanonicalDecl()).second)
          Do(*F);
      } else if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
        Self(Self, *cast<DeclContext>(D));
      }
    }
  };
  Walk(Walk, *Context.getTranslationUnitDecl());
}

static std::string provenance(const std::string &Source, unsigned Line) {
  return Line ? Source + ":" + std::to_string(Line) : Source;
}

std::vector<Classifier::Answer> Classifier::explain() {
  std::vector<const NamedDecl *> Declared;
  llvm::StringSet<> Objects; // what the pools hand out
  I->forEachUserDecl([&](const NamedDecl &D) {
    Declared.push_back(&D);
    const Pool *Family = nullptr;
    if (const auto *R = dyn_cast<CXXRecordDecl>(&D))
      Family = I->type(*R).PoolOf;
    else if (const auto *F = dyn_cast<FunctionDecl>(&D))
      Family = I->call(*F).Family;
    if (Family && !Family->Object.empty())
      Objects.insert(Family->Object);
  });

  std::vector<Answer> Out;
  for (const NamedDecl *D : Declared) {
    if (const auto *R = dyn_cast<CXXRecordDecl>(D)) {
      const TypeMeaning &M = I->type(*R);
      if (M.PoolOf)
        Out.push_back({D, "pool", provenance(M.PoolOf->Source, M.PoolOf->Line)});
      if (M.HandleOf)
        Out.push_back({D, "handle",
                       provenance(M.HandleFamily->Source, M.HandleOf->Line)});
      continue;
    }
    const auto *F = cast<FunctionDecl>(D);
    const CallMeaning &M = I->call(*F);
    if (M.What != Role::None && M.What != Role::Use) {
      Out.push_back({D,
                     M.What == Role::Acquire ? "acquire"
                     : M.What == Role::Put   ? "put"
                                             : "reset",
                     provenance(M.Family->Source, M.Op->Line)});
      continue;
    }
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (!isReset(*F))
      continue;
    if (readMarks(*F).Reset || readReinitializes(*F))
      Out.push_back({D, "reset", "attribute"});
    else if (Method && Objects.contains(modelName(*Method->getParent())))
      Out.push_back({D, "reset", "name"});
  }
  return Out;
}

} // namespace pooltidy::model

//===- Pooled.cpp - what the pools of a TU hold ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Pooled.h"
#include "model/Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace pooltidy {

const CXXRecordDecl *handedOut(const FunctionDecl &Acquire,
                               const model::Operation &Op) {
  model::Shape S;
  switch (Op.Object.Where) {
  case model::Slot::Return:
    if (const auto *C = dyn_cast<CXXConstructorDecl>(&Acquire))
      return C->getParent()->getDefinition();
    S = model::shapeOfResult(Acquire.getReturnType());
    break;
  case model::Slot::Argument:
    if (Op.Object.Index < Acquire.getNumParams())
      S = model::shapeOfParameter(
          Acquire.getParamDecl(Op.Object.Index)->getType());
    break;
  default:
    break;
  }
  const CXXRecordDecl *R = S ? model::recordOf(S.Object) : nullptr;
  return R ? R->getDefinition() : nullptr;
}

namespace {

class Finder {
public:
  Finder(ASTContext &Context, model::Classifier &Classes)
      : Sources(Context.getSourceManager()), Classes(Classes) {}

  /// A variable, member or class that is a pool.
  void pool(const CXXRecordDecl &Class, const NamedDecl &At) {
    const CXXRecordDecl *Definition = Class.getDefinition();
    if (!Definition)
      return;
    std::set<const CXXRecordDecl *> Seen;
    members(*Definition, *Definition, At, Seen);
  }

  void acquire(const FunctionDecl &F, SourceLocation At) {
    const model::CallMeaning &M = Classes.classify(F);
    const auto *Method = dyn_cast<CXXMethodDecl>(&F);
    const CXXRecordDecl *Pool =
        Method && M.Op->Object.Where != model::Slot::This ? Method->getParent()
                                                          : nullptr;
    if (const CXXRecordDecl *Object = handedOut(F, *M.Op))
      add(*M.Family, *Object, At, Pool, nullptr);
  }

  std::vector<PooledType> Found;

private:
  void members(const CXXRecordDecl &Class, const CXXRecordDecl &Pool,
               const NamedDecl &At, std::set<const CXXRecordDecl *> &Seen) {
    if (!Seen.insert(&Class).second)
      return;
    for (const Decl *D : Class.decls()) {
      const auto *F = dyn_cast<FunctionDecl>(D);
      // A member template says what it hands out where it is called.
      if (!F || F->isDependentContext())
        continue;
      const model::CallMeaning &M = Classes.classify(*F);
      if (M.What != model::Role::Acquire)
        continue;
      if (const CXXRecordDecl *Object = handedOut(*F, *M.Op))
        add(*M.Family, *Object, At.getLocation(), &Pool, &At);
    }
    for (const CXXBaseSpecifier &B : Class.bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType()))
        if (Base = Base->getDefinition(); Base)
          members(*Base, Pool, At, Seen);
  }

  void add(const model::Pool &Family, const CXXRecordDecl &Object,
           SourceLocation At, const CXXRecordDecl *Pool, const NamedDecl *D) {
    At = Sources.getExpansionLoc(At);
    if (At.isInvalid() || Sources.isInSystemHeader(At) ||
        Object.isDependentContext())
      return;
    // The pool's declaration speaks for its acquires.
    const CXXRecordDecl *Key = Pool ? Pool->getCanonicalDecl() : nullptr;
    if (!Places.insert({&Family, &Object, Key}).second)
      return;
    Found.push_back({&Family, &Object, At, Pool, D});
  }

  const SourceManager &Sources;
  model::Classifier &Classes;
  std::set<std::tuple<const model::Pool *, const CXXRecordDecl *,
                      const CXXRecordDecl *>>
      Places;
};

} // namespace

std::vector<PooledType> pooledTypes(ASTContext &Context,
                                    model::Classifier &Classes,
                                    const FunctionSet &Functions) {
  Finder F(Context, Classes);
  const SourceManager &Sources = Context.getSourceManager();
  for (const CXXRecordDecl *R : Functions.PoolClasses)
    F.pool(*R, *R);
  // Definitions before declarations; each pool class is told at one of them.
  for (bool Defined : {true, false})
    for (const DeclaratorDecl *D : Functions.Pools) {
      const auto *V = dyn_cast<VarDecl>(D);
      bool Defines = isa<FieldDecl>(D) ||
                     (V && !isa<ParmVarDecl>(V) &&
                      V->isThisDeclarationADefinition() == VarDecl::Definition);
      if (Defines == Defined)
        F.pool(*model::recordOf(D->getType().getNonReferenceType()), *D);
    }
  for (const auto &[Callee, At] : Functions.Acquires)
    F.acquire(*Callee, At);
  llvm::stable_sort(F.Found, [&](const PooledType &A, const PooledType &B) {
    return Sources.isBeforeInTranslationUnit(A.Loc, B.Loc);
  });
  return std::move(F.Found);
}

std::vector<std::string> typesOf(const PooledType &P) {
  std::vector<std::string> Names{model::modelName(*P.Object)};
  if (P.Pool)
    Names.push_back(model::modelName(*P.Pool));
  return Names;
}

} // namespace pooltidy

//===- Classifier.cpp - what a call means -----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Classifier.h"
#include "ClassifierImpl.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

/// True when \p R or a base of it is called \p Name.
bool isOrDerivesFrom(const CXXRecordDecl &R, StringRef Name) {
  StringRef Last = Name.drop_front(Name.rfind(':') + 1);
  if (R.getIdentifier() && R.getName() == Last && modelName(R) == Name)
    return true;
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition)
    return false;
  return llvm::any_of(Definition->bases(), [&](const CXXBaseSpecifier &B) {
    const CXXRecordDecl *Base = recordOf(B.getType());
    return Base && isOrDerivesFrom(*Base, Name);
  });
}

bool isMemberOf(const FunctionDecl &F, StringRef Owner) {
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F))
    return !Owner.empty() && isOrDerivesFrom(*M->getParent(), Owner);
  if (F.isExternC())
    return Owner.empty();
  return contextName(F.getDeclContext()) == Owner;
}

/// True when \p F has the place that \p S names, so that overloads of one name
/// are told apart.
bool hasSlot(const FunctionDecl &F, const Slot &S, bool Id) {
  switch (S.Where) {
  case Slot::None:
    return true;
  case Slot::This: {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    return M && M->isInstance();
  }
  case Slot::Return: {
    QualType T = F.getReturnType();
    return isa<CXXConstructorDecl>(F) || T->isDependentType() ||
           (!T->isVoidType() && (Id || !T->isBooleanType()));
  }
  case Slot::Argument: {
    if (S.Index >= F.getNumParams())
      return false;
    QualType T = F.getParamDecl(S.Index)->getType();
    return !S.Indirect || T->isPointerType() || T->isReferenceType() ||
           T->isDependentType();
  }
  }
  return false;
}

/// A built-in model's plain name is a C function's; a C++ function of that name
/// is only its namesake.
bool isNamesake(const FunctionDecl &F, StringRef Owner, StringRef Source) {
  return Owner.empty() && isBuiltin(Source) && !F.isExternC() &&
         !F.isOverloadedOperator() &&
         !F.getASTContext().getSourceManager().isInSystemHeader(F.getLocation());
}

bool isAcquireOrPutName(StringRef Name) {
  return isAcquireName(Name) || isPutName(Name);
}

} // namespace

bool Classifier::Impl::isDenied(const FunctionDecl &F, const Pool &Family) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (!M || !isBuiltin(Family.Source))
    return false;
  const TypeRule *Rule = type(*M->getParent()).Rule;
  return Rule && Rule->NotAPool && !isBuiltin(Rule->Source);
}

void Classifier::Impl::askModels(const FunctionDecl &F,
                                 const ModelIndex::Named &N, CallMeaning &M) {
  if (!M.Rule)
    for (const ModelIndex::RuleEntry *E : N.Rules)
      if (isMemberOf(F, E->Owner) &&
          !isNamesake(F, E->Owner, E->Rule->Source)) {
        M.Rule = E->Rule;
        break;
      }
  if (M.What != Role::None)
    return;
  for (const ModelIndex::OpEntry *E : N.Ops)
    if (hasSlot(F, E->Op->Object, E->Op->Id) && hasSlot(F, E->Op->Pool, true) &&
        isMemberOf(F, E->Owner) && !isNamesake(F, E->Owner, E->Family->Source) &&
        !isDenied(F, *E->Family)) {
      M.What = E->What;
      M.Family = toldByBodies(E->Family);
      M.Op = E->Op;
      return;
    }
}

CallMeaning Classifier::Impl::computeCall(const FunctionDecl &F) {
  CallMeaning M;
  if (readMarks(F).NotAPool)
    return M;
  if (auto A = readOperation(F))
    M = attributeCall(F, std::move(*A));
  if (int Index = readHolds(F); Index >= 0) {
    FunctionRule &R = FunctionRules.emplace_back();
    R.Call = modelName(F);
    R.Takes = Index;
    R.Source = "attribute";
    M.Rule = &R;
  }

  std::string Spelled; // identifiers need no copy
  StringRef Name = F.getIdentifier() ? F.getName() : StringRef();
  if (Name.empty())
    Name = Spelled = simpleName(F);
  if (const ModelIndex::Named *N = Index.functions(Name))
    askModels(F, *N, M);

  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || M.What != Role::None)
    return M;
  for (const CXXMethodDecl *Over : Method->overridden_methods()) {
    const CallMeaning &Base = call(*Over);
    if (Base.What != Role::None) {
      M.What = Base.What;
      M.Family = Base.Family;
      M.Op = Base.Op;
    }
    if (!M.Rule)
      M.Rule = Base.Rule;
    if (M.What != Role::None)
      return M;
  }

  if (!isAcquireOrPutName(Name))
    return M;
  type(*Method->getParent()); // finds the family and its members
  const FunctionDecl *Key = &F;
  if (const FunctionTemplateDecl *T = F.getPrimaryTemplate())
    Key = T->getTemplatedDecl();
  auto It = Members.find(Key->getCanonicalDecl());
  if (It != Members.end()) {
    M.What = It->second.What;
    M.Family = It->second.Family;
    M.Op = It->second.Op;
  }
  return M;
}

const CallMeaning &Classifier::Impl::call(const FunctionDecl &F) {
  const FunctionDecl *Key = F.getCanonicalDecl();
  auto [It, New] = Calls.try_emplace(Key, &NoCall);
  if (!New)
    return *It->second;
  CallMeaning M = computeCall(*Key);
  if (M.What == Role::None && !M.Rule)
    return NoCall;
  const CallMeaning &Stored = CallAnswers.emplace_back(M);
  Calls[Key] = &Stored;
  return Stored;
}

Classifier::Classifier(const ModelSet &Models, ASTContext &Context)
    : I(std::make_unique<Impl>(Models, Context)) {}
Classifier::~Classifier() = default;

const CallMeaning &Classifier::classify(const FunctionDecl &F) {
  return I->call(F);
}

const TypeMeaning &Classifier::classify(const CXXRecordDecl &R) {
  return I->type(R);
}

bool Classifier::isPoolCode(const FunctionDecl &F, const Pool *Of) {
  // Semantic parents hold members and lambdas; a friend defined in its class
  // has that class for its lexical parent only.
  if (I->isCodeOf(&F, Of))
    return true;
  for (const FunctionDecl *D : F.redecls())
    if (D->getLexicalDeclContext() != D->getDeclContext() &&
        isa<CXXRecordDecl>(D->getLexicalDeclContext()) &&
        I->isCodeOf(D->getLexicalDeclContext(), Of))
      return true;
  return false;
}

} // namespace pooltidy::model

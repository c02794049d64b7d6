//===- ClassifierTypes.cpp - what a type means ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ClassifierImpl.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

bool Classifier::Impl::isUserCode(const Decl &D) const {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(D.getLocation());
  return Loc.isValid() && !SM.isInSystemHeader(Loc);
}

void Classifier::Impl::noteFriends(const CXXRecordDecl &R,
                                   const Pool &Family) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition || !Definition->hasFriends())
    return;
  for (const FriendDecl *Friend : Definition->friends()) {
    const Decl *D = nullptr;
    if (const TypeSourceInfo *T = Friend->getFriendType())
      D = recordOf(T->getType());
    else if (const NamedDecl *N = Friend->getFriendDecl()) {
      D = N;
      if (const auto *T = dyn_cast<TemplateDecl>(N))
        D = T->getTemplatedDecl();
    }
    if (D)
      Code[D->getCanonicalDecl()].push_back(&Family);
  }
}

Pool *Classifier::Impl::adopt(FoundPool &&Found, const CXXRecordDecl *Class) {
  Pool &P = Families.emplace_back(std::move(Found.Family));
  for (FoundMember &M : Found.Members) {
    Operation &Op = Operations.emplace_back(std::move(M.Op));
    auto &List = M.What == Role::Acquire ? P.Acquire
                 : M.What == Role::Put   ? P.Put
                 : M.What == Role::Reset ? P.Reset
                                         : P.Use;
    List.push_back(Op);
    CallMeaning Meaning;
    Meaning.What = M.What;
    Meaning.Family = &P;
    Meaning.Op = &Op;
    Members.try_emplace(M.Function->getCanonicalDecl(), Meaning);
  }
  for (FoundHandle &H : Found.Handles) {
    Handle &How = Handles.emplace_back(std::move(H.How));
    P.Handles.push_back(How);
    // A handle may have been asked for before its pool was seen.
    TypeMeaning Meaning = type(*H.Type);
    if (!Meaning.HandleOf) {
      Meaning.HandleOf = &How;
      Meaning.HandleFamily = &P;
      Types[H.Type->getCanonicalDecl()] = &TypeAnswers.emplace_back(Meaning);
    }
    if (H.Deleter)
      Code[H.Deleter->getCanonicalDecl()].push_back(&P);
    noteFriends(*H.Type, P);
  }
  if (Class) {
    noteFriends(*Class, P);
    Code[Class->getCanonicalDecl()].push_back(&P);
  }
  return &P;
}

void Classifier::Impl::askDeleter(const CXXRecordDecl &R, TypeMeaning &M) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  if (!S || S->getTemplateArgs().size() < 2 ||
      S->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return;
  const CXXRecordDecl *Deleter = recordOf(S->getTemplateArgs()[1].getAsType());
  if (!Deleter || !Deleter->hasDefinition() || Deleter->isInStdNamespace())
    return;
  // A deleter in a pool makes itself known when the pool is looked at.
  if (const auto *Outer = dyn_cast<CXXRecordDecl>(Deleter->getDeclContext()))
    type(*Outer);
  for (const CXXMethodDecl *F : Deleter->getDefinition()->methods()) {
    if (F->getOverloadedOperator() != OO_Call || F->getNumParams() != 1)
      continue;
    const FunctionDecl *Definition = nullptr;
    if (!F->hasBody(Definition) || !isUserCode(*Definition))
      continue;
    const Pool *Family = putBy(Definition->getBody(),
                               *Definition->getParamDecl(0));
    if (!Family)
      continue;
    Handle &How = Handles.emplace_back();
    How.Type = "std::unique_ptr";
    How.Release = {"release"};
    How.Put = {"reset"};
    How.Get = {"get"};
    M.HandleOf = &How;
    M.HandleFamily = Family;
    return;
  }
}

const Pool *Classifier::Impl::putBy(const Stmt *Body, const VarDecl &Object) {
  if (!Body)
    return nullptr;
  if (const auto *C = dyn_cast<CallExpr>(Body))
    if (const FunctionDecl *Callee = C->getDirectCallee())
      for (const Expr *Argument : C->arguments()) {
        const auto *Ref = dyn_cast<DeclRefExpr>(Argument->IgnoreParenCasts());
        if (!Ref || Ref->getDecl() != &Object)
          continue;
        if (const CallMeaning &Means = call(*Callee); Means.What == Role::Put)
          return Means.Family;
      }
  for (const Stmt *Child : Body->children())
    if (const Pool *Family = putBy(Child, Object))
      return Family;
  return nullptr;
}

TypeMeaning Classifier::Impl::computeType(const CXXRecordDecl &R) {
  TypeMeaning M;
  if (!R.getIdentifier())
    return M;
  if (Index.mayNameType(R.getName())) {
    M = Index.type(modelName(R));
    M.PoolOf = toldByBodies(M.PoolOf);
    M.HandleFamily = toldByBodies(M.HandleFamily);
    if (M.Rule && M.Rule->NotAPool && !isBuiltin(M.Rule->Source) && M.PoolOf &&
        isBuiltin(M.PoolOf->Source))
      M.PoolOf = nullptr;
  }

  if (!M.HandleOf && isStd(R, "unique_ptr"))
    askDeleter(R, M);

  Marks Said = readMarks(R);
  if (Said.LongLived || Said.NotAPool) {
    TypeRule &Rule = TypeRules.emplace_back(M.Rule ? *M.Rule : TypeRule());
    Rule.Type = modelName(R);
    Rule.LongLived |= Said.LongLived;
    Rule.NotAPool |= Said.NotAPool;
    Rule.Source = "attribute";
    M.Rule = &Rule;
  }
  if (Said.NotAPool) {
    M.PoolOf = nullptr;
    return M;
  }
  if (const Pool *Family = classFamily(R))
    M.PoolOf = Family;

  const CXXRecordDecl *Definition = R.getDefinition();
  if (Definition)
    for (const CXXBaseSpecifier &B : Definition->bases()) {
      const CXXRecordDecl *Base = recordOf(B.getType());
      if (!Base)
        continue;
      const TypeMeaning &Of = type(*Base);
      // Who inherits in private uses a pool and is none.
      if (!M.PoolOf && B.getAccessSpecifier() == AS_public)
        M.PoolOf = Of.PoolOf;
      if (!M.HandleOf) {
        M.HandleOf = Of.HandleOf;
        M.HandleFamily = Of.HandleFamily;
      }
      if (!M.Rule)
        M.Rule = Of.Rule;
    }
  if (M.PoolOf) {
    noteFriends(R, *M.PoolOf);
    return M;
  }

  if (Definition && !(M.Rule && M.Rule->NotAPool) &&
      mayNamePool(R.getName()) && isUserCode(*patternOf(*Definition)))
    for (FoundPool &Found : findPools(*Definition)) {
      const Pool *P = adopt(std::move(Found), &R);
      if (!M.PoolOf)
        M.PoolOf = P;
    }
  return M;
}

const TypeMeaning &Classifier::Impl::type(const CXXRecordDecl &R) {
  const CXXRecordDecl *Key = R.getCanonicalDecl();
  auto [It, New] = Types.try_emplace(Key, &NoType);
  if (!New)
    return *It->second;
  TypeMeaning M = computeType(*Key);
  // A pool met on the way may have told that this is its handle.
  const TypeMeaning *Meanwhile = Types[Key];
  if (!M.HandleOf) {
    M.HandleOf = Meanwhile->HandleOf;
    M.HandleFamily = Meanwhile->HandleFamily;
  }
  if (!M.PoolOf && !M.HandleOf && !M.Rule)
    return NoType;
  const TypeMeaning &Stored = TypeAnswers.emplace_back(M);
  Types[Key] = &Stored;
  return Stored;
}

bool Classifier::Impl::isCodeOf(const DeclContext *Context, const Pool *Of) {
  auto Is = [&](const Pool *P) { return P && (!Of || P == Of); };
  auto Noted = [&](const Decl &D) {
    auto It = Code.find(D.getCanonicalDecl());
    return It != Code.end() && llvm::any_of(It->second, Is);
  };
  // Asks for the classes that a declaration holds or is given, since they make
  // their friends, handles and deleters known.
  auto Meet = [&](QualType T) {
    if (QualType To = T->getPointeeType(); !To.isNull())
      T = To;
    if (const CXXRecordDecl *R = recordOf(T))
      type(*R);
    if (QualType Held = templateArgument(T, 0); !Held.isNull())
      if (const CXXRecordDecl *R = recordOf(Held))
        type(*R);
  };
  for (; Context; Context = Context->getParent()) {
    if (const auto *F = dyn_cast<FunctionDecl>(Context)) {
      for (const ParmVarDecl *P : F->parameters())
        Meet(P->getType());
      const CallMeaning &M = call(*F);
      if ((M.What == Role::Acquire || M.What == Role::Put) && Is(M.Family))
        return true;
      if (Noted(*F) || Noted(*patternOf(*F)))
        return true;
    } else if (const auto *R = dyn_cast<CXXRecordDecl>(Context)) {
      if (const CXXRecordDecl *Definition = R->getDefinition())
        for (const FieldDecl *Field : Definition->fields())
          Meet(Field->getType());
      const TypeMeaning &M = type(*R);
      if (Is(M.PoolOf) || Is(M.HandleFamily) || Noted(*R) ||
          Noted(*patternOf(*R)))
        return true;
      // A class can be the pool of several families of one model.
      if (Of && M.PoolOf && !Of->Type.empty() && M.PoolOf->Type == Of->Type)
        return true;
    }
  }
  return false;
}

} // namespace pooltidy::model

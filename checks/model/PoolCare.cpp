//===- PoolCare.cpp - what a pool does to its objects ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What the pool sets when an object comes or goes, itself or by what it calls,
// is nothing that a reset must think of; and which reset it calls is the one
// that counts.
//
//===----------------------------------------------------------------------===//
#include "Names.h"
#include "ResetGapsImpl.h"
#include "Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

enum class Start {
  None,
  Weak, ///< many begin something: what they empty, or set from an argument
  Named ///< the object starts a new life in it, with what it is given
};

Start startOf(const FunctionDecl &F) {
  Words W = splitWords(nameOf(F));
  if (W.empty())
    return Start::None;
  if (isOneOf(W.front(), {"init", "initialize", "initialise", "setup",
                          "prepare", "construct"}))
    return Start::Named;
  return isOneOf(W.front(), {"begin", "start", "open"}) ? Start::Weak
                                                        : Start::None;
}

bool namesParameter(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *D = dyn_cast<DeclRefExpr>(S))
    return isa<ParmVarDecl>(D->getDecl());
  return llvm::any_of(S->children(), namesParameter);
}

bool isRelated(const RecordDecl &A, const RecordDecl &B) {
  if (A.getCanonicalDecl() == B.getCanonicalDecl())
    return true;
  const auto *X = dyn_cast<CXXRecordDecl>(&A);
  const auto *Y = dyn_cast<CXXRecordDecl>(&B);
  return X && Y && X->hasDefinition() && Y->hasDefinition() &&
         (X->isDerivedFrom(Y) || Y->isDerivedFrom(X));
}

} // namespace

/// In C the pool's code calls functions on the object that it hands out.
void MemberUses::startedBy(Asked &Q, const Stmt &PoolCode) {
  if (const auto *C = dyn_cast<CallExpr>(&PoolCode))
    if (const FunctionDecl *F = C->getDirectCallee(); F && !Classes.isReset(*F)) {
      const FunctionDecl *Body = nullptr;
      if (F->hasBody(Body) && Reader.isUserCode(*Body))
        if (const ParmVarDecl *P = pointerTo(*Body, Q.Object))
          for (const Access &Each : Reader.ofObject(*Body, P, nullptr).All)
            if (Each.OfThis && Each.How >= Touch::Unsure && !Each.Path.empty() &&
                !Each.Behind)
              Q.CaredFor.insert(Each.Path.front());
    }
  for (const Stmt *Child : PoolCode.children())
    if (Child)
      startedBy(Q, *Child);
}

bool MemberUses::isCodeOfPool(const FunctionDecl &F, const RecordDecl &Object,
                              const Pool &Family) {
  if (!isOf(F, Object))
    return Classes.isPoolCode(F, &Family);
  Role Means = Classes.classify(F).What;
  return Means == Role::Acquire || Means == Role::Put;
}

/// The pool gives an object to a function, or calls one on it.
void MemberUses::handedOn(Asked &Q, const HandedObject &H) {
  if (!isRelated(*H.Of, Q.Object))
    return;
  const FunctionDecl *Body = nullptr;
  if (!H.To) {
    Q.CallsUnseen |=
        H.Alone && !anyWord(H.By, {"destroy", "delete", "deleter", "dispose",
                                   "free", "valid", "validate", "check",
                                   "alive", "close", "pred"});
    return;
  }
  bool Resets = Classes.isReset(*H.To);
  // Other methods that are called on it are asked as starts.
  if (!H.As && !Resets)
    return;
  // What is judged is no excuse for itself.
  if (Q.ResetOf &&
      H.To->getCanonicalDecl() == Q.ResetOf->getCanonicalDecl())
    return;
  if (!H.To->hasBody(Body) || !Reader.isUserCode(*Body)) {
    // clean(*object): whoever is given nothing else works on it.
    bool InC = !isa<CXXRecordDecl>(Q.Object);
    Q.AllCaredFor |= Resets || (H.As && H.Alone && !InC);
    return;
  }
  const ParmVarDecl *As =
      H.As ? Body->getParamDecl(H.As->getFunctionScopeIndex()) : nullptr;
  Accesses Does =
      Reader.ofObject(*Body, As, dyn_cast<CXXRecordDecl>(&Q.Object));
  Q.AllCaredFor |= Does.overwritesAll() || (Resets && Does.Lost);
  for (const Access &Each : Does.All)
    if (Each.OfThis && Each.How >= Touch::Unsure && !Each.Path.empty() &&
        !Each.Behind)
      Q.CaredFor.insert(Each.Path.front());
}

void MemberUses::takenCareOf(Asked &Q, bool Starts) {
  llvm::SmallMapVector<const CXXMethodDecl *, Start, 8> Called;
  for (const auto &[F, A] : Bodies) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(F);
        M && Starts && isOf(*F, Q.Object))
      if (Start How = startOf(*F); How != Start::None)
        Called.insert({M, How});
    if (!isCodeOfPool(*F, Q.Object, Q.Family))
      continue;
    if (!isa<CXXRecordDecl>(Q.Object))
      startedBy(Q, *F->getBody());
    for (const Access &Each : A.All)
      if (Each.How >= Touch::Unsure && !Each.Path.empty() && !Each.Behind)
        Q.CaredFor.insert(Each.Path.front());
    if (!isa<CXXDestructorDecl>(F))
      for (const HandedObject &H : A.Handed)
        handedOn(Q, H);
    for (const CXXMethodDecl *M : A.Called)
      if (isOf(*M, Q.Object) && !Classes.isReset(*M))
        Called[M] = Start::Named;
  }
  for (const auto &[M, How] : Called) {
    const FunctionDecl *Body = nullptr;
    if (!M->hasBody(Body) || !Reader.isUserCode(*Body))
      continue;
    for (const Access &Each :
         Reader.ofObject(*Body, nullptr, cast<CXXRecordDecl>(&Q.Object)).All)
      if (Each.How == Touch::Overwrite && Each.Path.size() == 1 &&
          !Each.Inside &&
          (How == Start::Named || Each.Empties || namesParameter(Each.Value) ||
           (Each.Value && isNullOrEmpty(Each.Value, Context))))
        Q.CaredFor.insert(Each.Path.front());
  }
}

bool MemberUses::calledByPool(const RecordDecl &Object, const Pool &Family,
                              std::vector<const FunctionDecl *> &Out) {
  bool Any = false;
  const auto *Class = dyn_cast<CXXRecordDecl>(&Object);
  for (const auto &[F, A] : Bodies) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(F) ||
        !isCodeOfPool(*F, Object, Family))
      continue;
    for (const HandedObject &H : A.Handed) {
      const FunctionDecl *To = H.To;
      if (!To || !isRelated(*H.Of, Object) || !Classes.isReset(*To))
        continue;
      const auto *M = dyn_cast<CXXMethodDecl>(To);
      if (M && !H.As && M->isVirtual() && Class)
        if (const auto *Over = M->getCorrespondingMethodInClass(Class, true))
          To = Over;
      // The pool's own helper is given more than the object: its members.
      if (M && H.As && M->isInstance())
        continue;
      Any = true;
      const FunctionDecl *Body = nullptr;
      if (To->hasBody(Body) && Reader.isUserCode(*Body) &&
          !llvm::is_contained(Out, Body))
        Out.push_back(Body);
    }
  }
  return Any;
}

} // namespace pooltidy::model

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
#include "llvm/ADT/SetVector.h"

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

/// Methods of \p Class that a template's body calls by their names.
llvm::SmallVector<const CXXMethodDecl *, 4> namedIn(const Stmt &S,
                                                    const CXXRecordDecl &Class) {
  llvm::SmallVector<const CXXMethodDecl *, 4> Found;
  if (const auto *C = dyn_cast<CallExpr>(&S))
    if (const auto *Callee = dyn_cast<CXXDependentScopeMemberExpr>(
            C->getCallee()->IgnoreParens());
        Callee && !Callee->isImplicitAccess()) {
      llvm::SmallVector<const CXXRecordDecl *, 4> All{&Class};
      for (size_t I = 0; I < All.size(); ++I) {
        for (const CXXMethodDecl *M : All[I]->methods())
          if (M->getDeclName() == Callee->getMember())
            Found.push_back(M);
        for (const CXXBaseSpecifier &B : All[I]->bases())
          if (const CXXRecordDecl *Base = recordOf(B.getType());
              Base && Base->getDefinition())
            All.push_back(Base->getDefinition());
      }
    }
  for (const Stmt *Child : S.children())
    if (Child)
      Found.append(namedIn(*Child, Class));
  return Found;
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

void MemberUses::Asked::care(const Access &By) {
  if (By.How < Touch::Unsure || By.Path.empty() || By.Behind)
    return;
  if (By.Path.size() == 1)
    CaredFor.insert(By.Path.front());
  else
    PartsCaredFor.insert({By.Path[0], By.Path[1]});
}

/// In C the pool's code calls functions on the object that it hands out; what is
/// called only for one that was just made is done once in the object's life.
void MemberUses::startedBy(Asked &Q, const HandedObject &H) {
  if (!H.To || !H.As || H.Fresh || Classes.isReset(*H.To))
    return;
  const FunctionDecl *Body = nullptr;
  if (!H.To->hasBody(Body) || !Reader.isUserCode(*Body))
    return;
  if (const ParmVarDecl *P = pointerTo(*Body, Q.Object))
    for (const Access &Each : Reader.ofObject(*Body, P, nullptr).All)
      if (Each.OfThis)
        Q.care(Each);
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
  // What is called only for an object that was just made is done once.
  if (!isRelated(*H.Of, Q.Object) ||
      (H.Fresh && H.To && !isa<CXXMethodDecl>(H.To)))
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
  Q.AllCaredFor |= (Does.overwritesAll() && !H.Fresh) || (Resets && Does.Lost);
  for (const Access &Each : Does.All)
    if (Each.OfThis && !Each.Grows)
      Q.care(Each);
}

void MemberUses::readPool(const CXXRecordDecl &Pool) {
  for (const CXXMethodDecl *M : Pool.methods())
    if (!M->hasBody() && !llvm::is_contained(NotMade, M))
      NotMade.push_back(M);
}

/// A put, or a helper of one.
bool MemberUses::isOnTheWayBack(const FunctionDecl &F, unsigned Depth) {
  if (Classes.classify(F).What == Role::Put)
    return true;
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (!M || M->getAccess() == AS_public || Depth > 3)
    return false;
  auto It = Callers.find(M->getCanonicalDecl());
  return It != Callers.end() &&
         llvm::any_of(It->second, [&](const FunctionDecl *By) {
           return By != &F && isOnTheWayBack(*By, Depth + 1);
         });
}

/// A put calls \p M on the object that it takes back: that is a part of the
/// reset, whatever it is called, but for what it adds.
void MemberUses::cleanedBy(Asked &Q, const CXXMethodDecl &M) {
  if (M.isConst() || M.isStatic())
    return;
  const auto *Class = cast<CXXRecordDecl>(&Q.Object);
  const CXXMethodDecl *Over =
      M.isVirtual() ? M.getCorrespondingMethodInClass(Class, true) : nullptr;
  const FunctionDecl *Body = nullptr;
  if (!(Over ? Over : &M)->hasBody(Body) || !Reader.isUserCode(*Body)) {
    Q.CallsUnseen |= M.getNumParams() == 0;
    return;
  }
  Accesses Does = Reader.ofObject(*Body, nullptr, Class);
  Q.AllCaredFor |= Does.overwritesAll();
  Q.CallsUnseen |= Does.Lost;
  for (const Access &Each : Does.All)
    if (!Each.Grows)
      Q.care(Each);
}

void MemberUses::takenCareOf(Asked &Q, bool Starts) {
  llvm::SmallMapVector<const CXXMethodDecl *, Start, 8> Called;
  llvm::SmallSetVector<const CXXMethodDecl *, 4> ByPut;
  for (const auto &[F, A] : Bodies) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(F);
        M && Starts && isOf(*F, Q.Object))
      if (Start How = startOf(*F); How != Start::None)
        Called.insert({M, How});
    if (!isCodeOfPool(*F, Q.Object, Q.Family))
      continue;
    if (!isa<CXXRecordDecl>(Q.Object))
      for (const HandedObject &H : A.Handed)
        startedBy(Q, H);
    for (const Access &Each : A.All)
      if (!Each.Fresh)
        Q.care(Each);
    if (!isa<CXXDestructorDecl>(F))
      for (const HandedObject &H : A.Handed)
        handedOn(Q, H);
    for (const CXXMethodDecl *M : A.Called)
      if (isOf(*M, Q.Object) && !Classes.isReset(*M)) {
        Called[M] = Start::Named;
        if (isOnTheWayBack(*F))
          ByPut.insert(M);
      }
  }
  // A put of a template that nothing here calls is there all the same.
  const auto *Class = dyn_cast<CXXRecordDecl>(&Q.Object);
  for (const CXXMethodDecl *F : NotMade) {
    const FunctionDecl *Pattern = nullptr;
    const Stmt *Body = bodyOf(*F, Pattern);
    if (Class && Body && Classes.isPoolCode(*F, &Q.Family) && isOnTheWayBack(*F))
      for (const CXXMethodDecl *M : namedIn(*Body, *Class))
        if (!Classes.isReset(*M))
          ByPut.insert(M);
  }
  for (const CXXMethodDecl *M : ByPut)
    cleanedBy(Q, *M);
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

//===- Locks.cpp - mutexes that are held while somebody waits ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Locks.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

static bool hasWord(StringRef Name, std::initializer_list<StringRef> Of) {
  return llvm::any_of(splitWords(Name),
                      [&](StringRef W) { return llvm::is_contained(Of, W); });
}

static bool isMutex(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  if (const auto *Alias = T->getAs<TypedefType>()) // pthread_mutex_t
    if (hasWord(Alias->getDecl()->getName(), {"mutex", "mtx"}))
      return true;
  const CXXRecordDecl *R = recordOf(T);
  return R && R->getIdentifier() &&
         hasWord(R->getName(), {"mutex", "spinlock", "mtx"});
}

/// The member or variable that \p E names.
static const ValueDecl *named(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    E = U->getSubExpr()->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return isMutex(M->getType()) ? M->getMemberDecl() : nullptr;
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    return isMutex(R->getType()) ? R->getDecl() : nullptr;
  return nullptr;
}

const ValueDecl *mutexOf(const VarDecl &V) {
  const CXXRecordDecl *R = recordOf(V.getType());
  if (!R || !R->getIdentifier() || !V.getInit() ||
      !hasWord(R->getName(), {"lock", "guard", "locker"}))
    return nullptr;
  const auto *C =
      dyn_cast<CXXConstructExpr>(V.getInit()->IgnoreParenImpCasts()->IgnoreImplicit());
  // With a second argument it may be deferred or only tried.
  return C && C->getNumArgs() == 1 ? named(C->getArg(0)) : nullptr;
}

const ValueDecl *mutexLockedBy(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  if (!F || !F->getIdentifier())
    return nullptr;
  StringRef Name = F->getName();
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(&C))
    return Name == "lock" || Name == "Lock" || Name == "lock_shared"
               ? named(M->getImplicitObjectArgument())
               : nullptr;
  return Name == "pthread_mutex_lock" || Name == "mtx_lock"
             ? named(C.getArg(0))
             : nullptr;
}

namespace {

/// One body, as it holds a mutex.
class HoldReader {
public:
  HoldReader(Classifier &Classes, const ValueDecl &Mutex)
      : Classes(Classes), Mutex(Mutex) {}

  HeldAcross Found;

  void read(const Stmt *S) {
    if (!S || Found.Callee || isa<LambdaExpr>(S))
      return;
    if (isa<CompoundStmt>(S)) {
      // What is locked by a variable is held to the end of its block.
      bool Was = Held;
      for (const Stmt *Child : S->children())
        read(Child);
      if (!ByCall)
        Held = Was;
      return;
    }
    if (const auto *D = dyn_cast<DeclStmt>(S)) {
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each); V && mutexOf(*V) == &Mutex) {
          Held = true;
          Lock = V;
          return;
        }
    }
    for (const Stmt *Child : S->children())
      read(Child);
    if (const auto *C = dyn_cast<CallExpr>(S))
      call(*C);
  }

private:
  void call(const CallExpr &C) {
    const FunctionDecl *F = C.getDirectCallee();
    if (!F)
      return;
    if (mutexLockedBy(C) == &Mutex) {
      Held = ByCall = true;
      return;
    }
    StringRef Name = F->getIdentifier() ? F->getName() : "";
    if (hasWord(Name, {"unlock"}) && mentions(&C)) {
      Held = false;
      return;
    }
    // A condition variable gives the mutex back while it waits.
    if (!Held || mentions(&C) || !blocks(*F, 0))
      return;
    Found.Callee = F;
    Found.Loc = C.getExprLoc();
  }

  /// The call is given, or made on, the mutex or its lock.
  bool mentions(const Stmt *S) const {
    if (const auto *R = dyn_cast<DeclRefExpr>(S))
      return R->getDecl() == Lock || R->getDecl() == &Mutex;
    if (const auto *M = dyn_cast<MemberExpr>(S);
        M && M->getMemberDecl() == &Mutex)
      return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return Child && mentions(Child);
    });
  }

  bool blocks(const FunctionDecl &F, unsigned Depth) {
    if (const FunctionRule *R = Classes.classify(F).Rule;
        R && (R->Waits || R->Blocks))
      return true;
    const FunctionDecl *Definition = nullptr;
    const SourceManager &SM = F.getASTContext().getSourceManager();
    if (Depth > 2 || !F.hasBody(Definition) || !Definition->getBody() ||
        SM.isInSystemHeader(SM.getExpansionLoc(Definition->getLocation())) ||
        !Entered.insert(Definition).second)
      return false;
    return within(Definition->getBody(), Depth + 1);
  }

  bool within(const Stmt *S, unsigned Depth) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *C = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *F = C->getDirectCallee();
          F && !mentions(C) && blocks(*F, Depth))
        return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return within(Child, Depth);
    });
  }

  Classifier &Classes;
  const ValueDecl &Mutex;
  const VarDecl *Lock = nullptr;
  bool Held = false, ByCall = false;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Entered;
};

} // namespace

const HeldAcross &Locks::heldAcross(const ValueDecl &Mutex) {
  auto [It, New] = Known.try_emplace(&Mutex);
  if (!New)
    return It->second;
  HeldAcross Found;
  auto Body = [&](const FunctionDecl &F) {
    const FunctionDecl *Definition = nullptr;
    if (Found.Callee || !F.hasBody(Definition) || !Definition->getBody())
      return;
    HoldReader R(Classes, Mutex);
    R.read(Definition->getBody());
    Found = R.Found;
  };
  if (const auto *Field = dyn_cast<FieldDecl>(&Mutex))
    if (const auto *R = dyn_cast<CXXRecordDecl>(Field->getParent()))
      for (const CXXMethodDecl *M : R->methods())
        Body(*M);
  for (const FunctionDecl *F : Elsewhere)
    Body(*F);
  return Known[&Mutex] = Found;
}

} // namespace pooltidy::model

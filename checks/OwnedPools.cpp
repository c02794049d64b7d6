//===- OwnedPools.cpp - who reaches a pool in a member --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool without a lock is for one thread, or for a user that locks around it.
// Which of them its owner is, the owner's methods tell.
//
//===----------------------------------------------------------------------===//
#include "OwnedPools.h"
#include "model/Callbacks.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <set>
#include <utility>

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {

bool isThread(QualType T) {
  const CXXRecordDecl *R = model::recordOf(T);
  return R && R->isInStdNamespace() &&
         (nameOf(R) == "thread" || nameOf(R) == "jthread");
}

/// In whose hands code of the class is.
enum class By : uint8_t {
  Setup,  ///< whoever makes or destroys the object
  Locked, ///< whoever holds a lock
  Thread, ///< the one thread that the object starts
  Anybody
};

class Reader {
public:
  explicit Reader(const FieldDecl &Pool)
      : Pool(Pool), Class(*cast<CXXRecordDecl>(Pool.getParent())) {}

  bool oneAtATime() {
    if (Pool.getAccess() != AS_private || Class.hasFriends())
      return false;
    for (const FieldDecl *F : Class.fields())
      Threads += isThread(F->getType());
    for (const CXXMethodDecl *M : Class.methods())
      if (M->getAccess() != AS_private ||
          isa<CXXConstructorDecl, CXXDestructorDecl>(M))
        enter(*M, isa<CXXConstructorDecl, CXXDestructorDecl>(M) ? By::Setup
                                                                : By::Anybody);
    bool Locks = Used[int(By::Locked)], Runs = Used[int(By::Thread)];
    return !Used[int(By::Anybody)] && Locks != Runs && (!Runs || Threads == 1);
  }

private:
  void enter(const CXXMethodDecl &M, By Who) {
    const FunctionDecl *Body = nullptr;
    if (!M.hasBody(Body) || !Entered.insert({Body, int(Who)}).second)
      return;
    By Was = std::exchange(Now, Who);
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Body))
      for (const CXXCtorInitializer *I : C->inits()) {
        bool Starts = I->getMember() && isThread(I->getMember()->getType());
        if (I->getMember() != &Pool)
          visit(I->getInit(), Starts);
      }
    visit(Body->getBody(), false);
    Now = Was;
  }

  /// \p Starts: what is named here runs in the thread.
  void visit(const Stmt *S, bool Starts) {
    if (!S)
      return;
    if (isa<CompoundStmt>(S)) {
      By Was = Now; // what is locked by a variable is held to the end
      for (const Stmt *Child : S->children())
        visit(Child, false);
      Now = Was;
      return;
    }
    if (const auto *D = dyn_cast<DeclStmt>(S))
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each); V && model::isLockVariable(*V))
          lock();
    if (const auto *L = dyn_cast<LambdaExpr>(S)) {
      // It runs where a thread is started with it, or nobody knows when.
      By Was = std::exchange(Now, Starts ? By::Thread : By::Anybody);
      visit(L->getBody(), false);
      Now = Was;
      return;
    }
    if (const auto *D = dyn_cast<CXXDefaultInitExpr>(S))
      visit(D->getExpr(), Starts);
    if (const auto *C = dyn_cast<CXXConstructExpr>(S))
      Starts |= isThread(C->getType());
    if (const auto *M = dyn_cast<CXXMemberCallExpr>(S)) {
      StringRef Name = nameOf(M->getMethodDecl());
      if (Name == "lock" || Name == "Lock")
        lock();
      else if ((Name == "unlock" || Name == "Unlock") && Now == By::Locked)
        Now = By::Anybody;
    }
    const NamedDecl *Named = nullptr;
    if (const auto *M = dyn_cast<MemberExpr>(S))
      Named = M->getMemberDecl();
    else if (const auto *D = dyn_cast<DeclRefExpr>(S))
      Named = D->getDecl();
    if (Named == &Pool)
      Used[int(Now)] = true;
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(Named);
        M && M->getParent()->getCanonicalDecl() == Class.getCanonicalDecl())
      enter(*M, Starts ? By::Thread : Now);
    for (const Stmt *Child : S->children())
      visit(Child, Starts);
  }

  void lock() {
    if (Now == By::Anybody)
      Now = By::Locked;
  }

  const FieldDecl &Pool;
  const CXXRecordDecl &Class;
  By Now = By::Anybody;
  bool Used[4] = {};
  unsigned Threads = 0;
  std::set<std::pair<const FunctionDecl *, int>> Entered;
};

} // namespace

bool isUsedByOneThread(const FieldDecl &Pool) { return Reader(Pool).oneAtATime(); }

} // namespace pooltidy

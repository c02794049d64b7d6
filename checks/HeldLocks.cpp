//===- HeldLocks.cpp - which locks a function holds -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "HeldLocks.h"
#include "model/Callbacks.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {

/// A lock of readers, who are many: `std::shared_lock`.
bool isReadersLock(QualType T) {
  const CXXRecordDecl *R = model::recordOf(T);
  if (!R || !R->getIdentifier())
    return false;
  model::Words W = model::splitWords(R->getName());
  bool Reads = false;
  for (unsigned I = 0; I < W.size(); ++I) {
    if (model::isOneOf(W[I],
                       {"write", "writer", "writers", "exclusive", "unique"}))
      return false;
    Reads |= model::isOneOf(W[I], {"read", "reader", "readers"}) ||
             (W[I] == "shared" && I + 1 < W.size() &&
              model::isOneOf(W[I + 1], {"lock", "guard", "locker"}));
  }
  return Reads;
}

/// `Held held(mutex);`: what is made of a lock holds it, whatever it is called.
bool isMadeOfLock(const VarDecl &V) {
  const auto *C = V.getInit() ? dyn_cast<CXXConstructExpr>(
                                    V.getInit()->IgnoreUnlessSpelledInSource())
                              : nullptr;
  return C && !V.hasGlobalStorage() &&
         !C->getConstructor()->isCopyOrMoveConstructor() &&
         llvm::any_of(C->arguments(), [](const Expr *A) {
           QualType T = A->IgnoreImplicit()->getType();
           if (T->isPointerType())
             T = T->getPointeeType();
           const CXXRecordDecl *R = model::recordOf(T);
           return R && model::isSynchronisation(*R) &&
                  (A->isLValue() || A->getType()->isPointerType());
         });
}

/// What a call of an atomic is called on, and its arguments behind that.
struct AtomicCall {
  const Expr *On = nullptr;
  llvm::SmallVector<const Expr *, 4> Args;
  std::string Name;
  bool Const = false;
};

std::optional<AtomicCall> atomicCall(const Expr *E) {
  const auto *C = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  AtomicCall Out;
  if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(F)) {
    if (M->isStatic() || !model::isSynchronisation(*M->getParent()))
      return std::nullopt;
    Out.Name = nameOf(M).lower();
    Out.Const = M->isConst();
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(C)) {
      Out.On = Call->getImplicitObjectArgument();
      Out.Args.append(C->arg_begin(), C->arg_end());
    } else if (C->getNumArgs() > 0) {
      Out.On = C->getArg(0);
      Out.Args.append(C->arg_begin() + 1, C->arg_end());
    }
  } else if (F && C->getNumArgs() > 0 &&
             C->getArg(0)->getType()->isPointerType()) {
    Out.Name = nameOf(F).lower();
    StringRef Name = Out.Name;
    if (!Name.contains("atomic") && !Name.starts_with("__sync") &&
        !Name.starts_with("interlocked"))
      return std::nullopt;
    Out.Const = StringRef(Out.Name).contains("load");
    Out.On = C->getArg(0);
    Out.Args.append(C->arg_begin() + 1, C->arg_end());
  } else if (const auto *Builtin =
                 dyn_cast<AtomicExpr>(E)) { // __atomic_exchange_n
    AtomicExpr::AtomicOp Op = Builtin->getOp();
    Out.On = Builtin->getPtr();
    if (Builtin->isCmpXChg()) {
      Out.Name = "compare_exchange";
      Out.Args = {Builtin->getVal1(), Builtin->getVal2()};
    } else if (Op == AtomicExpr::AO__atomic_exchange_n ||
               Op == AtomicExpr::AO__c11_atomic_exchange) {
      Out.Name = "exchange";
      Out.Args = {Builtin->getVal1()};
    } else {
      Out.Const = Op == AtomicExpr::AO__atomic_load_n ||
                  Op == AtomicExpr::AO__atomic_load ||
                  Op == AtomicExpr::AO__c11_atomic_load;
    }
  }
  if (!Out.On)
    return std::nullopt;
  return Out;
}

bool isConstant(const Expr *E) {
  const auto *D = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  return isa<IntegerLiteral, CXXBoolLiteralExpr>(E->IgnoreParenImpCasts()) ||
         (D && isa<EnumConstantDecl>(D->getDecl())) ||
         (D && isa<VarDecl>(D->getDecl()) &&
          cast<VarDecl>(D->getDecl())->getType().isConstQualified());
}

bool isZero(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *B = dyn_cast<CXXBoolLiteralExpr>(E))
    return !B->getValue();
  const auto *I = dyn_cast<IntegerLiteral>(E);
  return I && I->getValue() == 0;
}

/// True when control does not get past \p S.
bool breaksOff(const Stmt *S) {
  if (const auto *C = dyn_cast_or_null<CompoundStmt>(S))
    return !C->body_empty() && breaksOff(C->body_back());
  return isa_and_nonnull<BreakStmt>(S);
}

/// `for (;;) if (!flag.test_and_set()) break;`
const ValueDecl *takenWithin(const Stmt *S) {
  if (!S || isa<WhileStmt, DoStmt, ForStmt, LambdaExpr>(S))
    return nullptr;
  if (const auto *I = dyn_cast<IfStmt>(S); I && breaksOff(I->getThen()))
    if (Taking T = takenBy(I->getCond()); T.Lock && T.WhenTrue)
      return T.Lock;
  for (const Stmt *Child : S->children())
    if (const ValueDecl *D = takenWithin(Child))
      return D;
  return nullptr;
}

/// What \p S asks of an atomic: `serving.load() != mine`.
void askedIn(const Stmt *S, llvm::SmallVectorImpl<const ValueDecl *> &Out) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *E = dyn_cast<Expr>(S))
    if (auto Call = atomicCall(E))
      if (const ValueDecl *D = namedIn(Call->On))
        Out.push_back(D);
  for (const Stmt *Child : S->children())
    askedIn(Child, Out);
}

bool changesBehind(const Stmt *S, const ValueDecl *Of, SourceLocation Behind,
                   const SourceManager &Sources) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *E = dyn_cast<Expr>(S);
      E && atomicChangedBy(*E) == Of &&
      Sources.isBeforeInTranslationUnit(Behind, E->getExprLoc()))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return changesBehind(Child, Of, Behind, Sources);
  });
}

} // namespace

bool holdsLock(const VarDecl &V) {
  return (model::isLockVariable(V) || isMadeOfLock(V)) &&
         !isReadersLock(V.getType());
}

const ValueDecl *namedIn(const Expr *E) {
  E = E->IgnoreParenCasts()->IgnoreImplicit();
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref))
    return namedIn(U->getSubExpr());
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return namedIn(A->getBase());
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return M->getMemberDecl();
  const auto *D = dyn_cast<DeclRefExpr>(E);
  return D ? D->getDecl() : nullptr;
}

Taking takenBy(const Expr *E) {
  if (!E)
    return {};
  E = E->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_LNot) {
    Taking T = takenBy(U->getSubExpr());
    return {T.Lock, !T.WhenTrue};
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->isEqualityOp()) {
      Taking T = takenBy(B->getLHS());
      return {T.Lock,
              T.WhenTrue != (isZero(B->getRHS()) == (B->getOpcode() == BO_EQ))};
    }
    // Of `ready && !flag.test_and_set()` both hold, of `||` neither.
    if (B->isLogicalOp())
      for (const Expr *Side : {B->getLHS(), B->getRHS()})
        if (Taking T = takenBy(Side);
            T.Lock && T.WhenTrue == (B->getOpcode() == BO_LAnd))
          return T;
    return {};
  }
  std::optional<AtomicCall> Call = atomicCall(E);
  if (!Call)
    return {};
  StringRef Name = Call->Name;
  const ValueDecl *On = namedIn(Call->On);
  if (Name.contains("test_and_set"))
    return {On, false};
  bool Compares = Name.contains("compare");
  if ((!Name.contains("exchange") && !Name.contains("compare_and_swap")) ||
      Name.contains("add"))
    return {};
  // Some answer whether they did it, the others what was there. What is
  // computed from what was there is a number or a list, and no lock.
  bool Old =
      !Compares || Name.contains("_val_") || Name.starts_with("interlocked");
  unsigned Desired = Compares && !Name.starts_with("interlocked") ? 1 : 0;
  if (Call->Args.size() <= Desired || !isConstant(Call->Args[Desired]))
    return {};
  return {On, !Old};
}

const ValueDecl *atomicChangedBy(const Expr &E) {
  std::optional<AtomicCall> Call = atomicCall(&E);
  return Call && !Call->Const ? namedIn(Call->On) : nullptr;
}

const ValueDecl *takenBehind(const Stmt &Loop, const Stmt *Body,
                             const SourceManager &Sources) {
  const Expr *Condition = nullptr;
  const Stmt *Each = nullptr;
  if (const auto *W = dyn_cast<WhileStmt>(&Loop))
    Condition = W->getCond(), Each = W->getBody();
  else if (const auto *D = dyn_cast<DoStmt>(&Loop))
    Condition = D->getCond(), Each = D->getBody();
  else if (const auto *F = dyn_cast<ForStmt>(&Loop))
    Condition = F->getCond(), Each = F->getBody();
  if (Taking T = takenBy(Condition); T.Lock && !T.WhenTrue)
    return T.Lock;
  if (const ValueDecl *D = takenWithin(Each))
    return D;
  // A ticket: whoever has waited for his turn gives it on.
  llvm::SmallVector<const ValueDecl *, 2> Asked;
  askedIn(Condition, Asked);
  for (const ValueDecl *D : Asked)
    if (changesBehind(Body, D, Loop.getEndLoc(), Sources))
      return D;
  return nullptr;
}

} // namespace pooltidy

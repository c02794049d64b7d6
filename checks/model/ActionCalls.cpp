//===- ActionCalls.cpp - what a call does beside memory ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ActionWords.h"
#include "ActionsImpl.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

/// `resize(0)`
static bool isEmptySize(const Expr *Whole) {
  const auto *C = dyn_cast_or_null<CallExpr>(Whole);
  const auto *Size = C && C->getNumArgs() > 0
                         ? dyn_cast<IntegerLiteral>(
                               C->getArg(0)->IgnoreParenImpCasts())
                         : nullptr;
  return Size && Size->getValue() == 0;
}

bool ActionReader::Impl::unregisters(const Call &C) {
  StringRef Name = nameOf(*C.Callee);
  if (Name.empty())
    return false;
  if (const FunctionRule *R = Classes.classify(*C.Callee).Rule;
      R && R->Unregisters)
    return true;
  if (saysUnregister(Name))
    return true;
  if (!maySayUnregister(Name))
    return false;
  bool GivesSelf = llvm::any_of(
      C.Arguments, [](const Origin &O) { return O.Is == Origin::Self; });
  bool GivesPart = llvm::any_of(
      C.Arguments, [](const Origin &O) { return O.Is == Origin::Part; });
  const auto *M = dyn_cast<CXXMethodDecl>(C.Callee);
  if (!M || M->isStatic()) {
    // `std::erase(owner_->all, this)`; never `unlink(path_.c_str())`.
    if (!isUserCode(*C.Callee) && !C.Callee->isInStdNamespace())
      return false;
    return GivesSelf;
  }
  if (C.Receiver.Is == Origin::Self)
    return false;
  if (C.Receiver.Is == Origin::Part)
    return !C.Receiver.Owned && (GivesSelf || GivesPart);
  if (GivesSelf)
    return true;
  // A list that is not made here: `by_id().erase(id_)`.
  const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(C.Whole);
  const Expr *On =
      Member ? Member->getImplicitObjectArgument()->IgnoreParenImpCasts()
             : nullptr;
  if (!GivesPart || !On)
    return false;
  if (const auto *R = dyn_cast<DeclRefExpr>(On))
    if (const auto *V = dyn_cast<VarDecl>(R->getDecl()))
      return V->hasGlobalStorage() || V->getType()->isReferenceType() ||
             V->getType()->isPointerType();
  if (const auto *R = dyn_cast<CallExpr>(On))
    return R->isGLValue() || R->getType()->isPointerType();
  return false;
}

bool ActionReader::Impl::notifies(const Call &C) {
  if (!C.Dispatched || !saysNotify(nameOf(*C.Callee)))
    return false;
  if (C.Receiver.Is == Origin::Part)
    return !C.Receiver.Owned;
  return C.Receiver.Is == Origin::Unknown &&
         llvm::any_of(C.Arguments,
                      [](const Origin &O) { return O.Is == Origin::Self; });
}

void ActionReader::Impl::start(const Call &C) {
  // `timer_.async_wait(..)`, `pthread_create(&thread_, ..)`
  Origin By = C.Receiver;
  for (const Origin &O : C.Arguments)
    if (By.Is != Origin::Part && O.Is == Origin::Part)
      By = O;
  if (By.Is == Origin::Part) {
    add(ActionKind::Start, By, C.Callee, C.Loc);
    return;
  }
  // A future that nobody keeps waits where it is dropped.
  const CXXRecordDecl *Result = recordOf(C.Callee->getReturnType());
  const auto *Whole = dyn_cast_or_null<CallExpr>(C.Whole);
  if (!Whole || (Result && isStd(*Result, "future")))
    return;
  if (llvm::any_of(Whole->arguments(),
                   [&](const Expr *E) { return givesSelf(*E); }))
    add(ActionKind::Start, {}, C.Callee, C.Loc);
}

void ActionReader::Impl::call(const Call &C) {
  const FunctionDecl &F = *C.Callee;
  StringRef Name = nameOf(F);
  const CallMeaning &M = Classes.classify(F);
  Origin First = C.Receiver;
  for (const Origin &O : C.Arguments)
    if (First.Is != Origin::Part && O)
      First = O;

  if (M.What == Role::Put && M.Family->What == Kind::Resource) {
    Origin Of = M.Op->Object.Where == Slot::This ? C.Receiver
                : M.Op->Object.Where == Slot::Argument &&
                        M.Op->Object.Index < C.Arguments.size()
                    ? C.Arguments[M.Op->Object.Index]
                    : Origin();
    if (Of.Is == Origin::Part) {
      add(ActionKind::Close, Of, &F, C.Loc, M.Family);
      return;
    }
  }
  if (M.What == Role::Put || M.What == Role::Acquire)
    return; // to and from a pool of objects or memory
  if (const FunctionRule *R = M.Rule) {
    if (R->Waits || R->Blocks)
      add(ActionKind::Block, First, &F, C.Loc);
    if (R->Waits && First.Is == Origin::Part)
      add(ActionKind::Stop, First, &F, C.Loc);
    if (R->Closes && First.Is == Origin::Part)
      add(ActionKind::Close, First, &F, C.Loc);
    if ((R->StartsThread || R->Pending) && !Starters.contains(C.Whole))
      start(C);
  }

  if (unregisters(C)) {
    const auto *Own = dyn_cast<CXXMethodDecl>(&F);
    bool Followed = Own && C.Receiver.Is == Origin::Self &&
                    read(F, C.Receiver, C.Arguments);
    if (!Followed)
      add(ActionKind::Unregister,
          C.Receiver.Is == Origin::Part ? C.Receiver : Origin(), &F, C.Loc);
    return;
  }
  if (notifies(C)) {
    add(ActionKind::Callback, C.Receiver, &F, C.Loc);
    return;
  }

  if (C.Receiver.Is == Origin::Part && isa<CXXMethodDecl>(F) &&
      !cast<CXXMethodDecl>(F).isConst()) {
    if (saysStop(Name))
      add(ActionKind::Stop, C.Receiver, &F, C.Loc);
    if (saysRenew(Name) || (Name == "resize" && isEmptySize(C.Whole)))
      add(ActionKind::Renew, C.Receiver, &F, C.Loc);
    // `stop_.store(true);`
    if (Name == "store" || Name == "exchange" || Name == "test_and_set")
      add(ActionKind::Stop, {}, &F, C.Loc);
  }
  // Of a source that is not the thread's own, which may be const.
  if (C.Receiver.Is == Origin::Part && Name == "request_stop")
    add(ActionKind::Stop, {}, &F, C.Loc);
  if (C.Receiver || llvm::any_of(C.Arguments, [](const Origin &O) {
        return bool(O);
      })) {
    size_t Before = Out.All.size();
    bool Read = read(F, C.Receiver, C.Arguments);
    auto Added = llvm::ArrayRef(Out.All).drop_front(Before);
    // What starts another stops nothing.
    if (ByType && llvm::any_of(Added, [](const Action &Each) {
          return Each.Kind == ActionKind::Start;
        }))
      Out.All.resize(Before);
    // A part of the object's own work that nobody sees here.
    const auto *Own = dyn_cast<CXXMethodDecl>(&F);
    if (!Read && Own && C.Receiver.Is == Origin::Self && !Own->isConst() &&
        !Own->isImplicit() && isUserCode(*Own))
      Out.Unseen = true;
    if (!Read && C.Receiver.Is != Origin::Self && mentionsReset(Name) &&
        llvm::any_of(C.Arguments,
                     [](const Origin &O) { return O.Is == Origin::Self; }))
      Out.Unseen = true;
    if (Name == "swap" || (F.isInStdNamespace() &&
                           (Name == "exchange" || Name == "move")))
      for (const Origin &O : C.Arguments)
        if (O.Is == Origin::Part)
          add(ActionKind::Renew, O, &F, C.Loc);
  } else if (isUserCode(F) && !isa<CXXConstructorDecl>(F)) {
    // A helper that is given nothing may still wait.
    read(F, {}, {});
  }
}

bool ActionReader::Impl::givesSelf(const Expr &E) {
  if (originOf(&E).Is == Origin::Self)
    return true;
  const auto *L = dyn_cast<LambdaExpr>(sameObject(&E));
  return L && llvm::any_of(L->captures(), [&](const LambdaCapture &K) {
           if (K.capturesThis())
             return Now->This.Is == Origin::Self;
           if (!K.capturesVariable())
             return false;
           // `[self = shared_from_this()]`
           const auto *V = dyn_cast<VarDecl>(K.getCapturedVar());
           if (V && V->isInitCapture() && V->getInit())
             return originOf(V->getInit()).Is == Origin::Self;
           auto It = Now->Variables.find(K.getCapturedVar());
           return It != Now->Variables.end() && It->second.Is == Origin::Self;
         });
}

void ActionReader::Impl::runArguments(const CallExpr &C) {
  bool Was = Once;
  Once |= saysOnce(nameOf(C.getDirectCallee()));
  for (const Expr *Argument : C.arguments())
    if (const auto *L = dyn_cast<LambdaExpr>(sameObject(Argument)))
      visit(L->getBody());
  Once = Was;
}

/// A variable of an \p R, or a member of one, that ends soon: a local one, a
/// temporary, a parameter that was given up.
static bool endsSoon(const Expr &E, const CXXRecordDecl &R) {
  const Expr *Of = E.IgnoreParenImpCasts();
  while (true) {
    Of = Of->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts();
    if (const auto *M = dyn_cast<MemberExpr>(Of); M && !M->isArrow())
      Of = M->getBase();
    else if (const auto *C = dyn_cast<CallExpr>(Of); C && C->isCallToStdMove())
      Of = C->getArg(0);
    else
      break;
  }
  const CXXRecordDecl *Is = recordOf(Of->getType());
  if (!Is || Is->getCanonicalDecl() != R.getCanonicalDecl())
    return false;
  if (const auto *D = dyn_cast<DeclRefExpr>(Of)) {
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    return V && V->hasLocalStorage() && !V->getType()->isPointerType() &&
           !V->getType()->isLValueReferenceType();
  }
  return Of->isPRValue() && Of->getType()->isRecordType();
}

bool ActionReader::Impl::swapsWithPassing(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&C);
  if (!Asked || Destroying || !F || nameOf(*F) != "swap" ||
      C.getNumArgs() + (Member ? 1 : 0) != 2)
    return false;
  const Expr *One = Member ? Member->getImplicitObjectArgument() : C.getArg(1);
  const Expr *Other = C.getArg(0);
  return (originOf(One) && endsSoon(*Other, *Asked)) ||
         (originOf(Other) && endsSoon(*One, *Asked));
}

bool ActionReader::Impl::callStored(const CallExpr &C) {
  const Expr *Stored = nullptr;
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
    if (O->getOperator() != OO_Call)
      return false;
    Stored = O->getArg(0)->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(C.getDirectCallee());
        M && M->getParent()->isLambda()) {
      // A local lambda sees the names around it.
      if (Entered.insert({M, Now->This.Is, Now->This.Member}).second) {
        for (unsigned P = 0; P < M->getNumParams() && P + 1 < C.getNumArgs(); ++P)
          if (Origin O = originOf(C.getArg(P + 1)))
            Now->Variables[M->getParamDecl(P)] = O;
        visit(M->getBody());
      }
      return true;
    }
    const FunctionDecl *Body = nullptr;
    if (const FunctionDecl *F = C.getDirectCallee();
        F && bodyOf(*F, Body) && isUserCode(*Body))
      return false; // a function object of the project
  } else if (!C.getDirectCallee()) {
    Stored = C.getCallee()->IgnoreParenImpCasts();
    if (const auto *U = dyn_cast<UnaryOperator>(Stored))
      Stored = U->getSubExpr()->IgnoreParenImpCasts(); // `(*f)(x)`
    const auto *Named = dyn_cast<MemberExpr>(Stored);
    bool OfTemplate = Stored->isTypeDependent() && Named &&
                      isa<FieldDecl>(Named->getMemberDecl());
    if (!Stored->getType()->isPointerType() && !OfTemplate)
      return false;
  }
  if (!Stored)
    return false;
  const NamedDecl *Holder = nullptr;
  if (const auto *M = dyn_cast<MemberExpr>(Stored))
    Holder = M->getMemberDecl();
  else if (const auto *R = dyn_cast<DeclRefExpr>(Stored))
    Holder = R->getDecl();
  Origin O = originOf(Stored);
  // `todo_.back()();`
  if (!Holder && O.Is == Origin::Part)
    Holder = O.Member;
  if (!Holder)
    return true;
  const auto *V = dyn_cast<VarDecl>(Holder);
  bool GivesSelf = false;
  unsigned First = isa<CXXOperatorCallExpr>(C) ? 1 : 0;
  for (unsigned I = First; I < C.getNumArgs(); ++I)
    GivesSelf |= originOf(C.getArg(I)).Is == Origin::Self;
  // A pool's `reset_(*object)` may do anything to it.
  Out.Unseen |= GivesSelf && !Destroying;
  if (!O && !(V && V->hasGlobalStorage()))
    return true;
  // `deleter_(data_)` frees what the object owns.
  if (saysFree(nameOf(*Holder)) && !GivesSelf && C.getNumArgs() > First)
    return true;
  add(ActionKind::Callback, O, Holder, C.getExprLoc());
  return true;
}

void ActionReader::Impl::callByName(const CXXDependentScopeMemberExpr &M,
                                    const CallExpr &C) {
  Origin On = M.isImplicitAccess() ? Now->This : originOf(M.getBase());
  const IdentifierInfo *Name = M.getMember().getAsIdentifierInfo();
  if (On.Is != Origin::Self || !Name || !Asked)
    return;
  llvm::SmallVector<const CXXRecordDecl *, 4> Classes{Asked};
  for (size_t I = 0; I < Classes.size(); ++I) {
    for (const CXXMethodDecl *Method : Classes[I]->methods()) {
      if (Method->getIdentifier() != Name)
        continue;
      Call Made;
      Made.Whole = &C;
      Made.Callee = Method;
      Made.Receiver = On;
      Made.Loc = C.getExprLoc();
      call(Made);
    }
    for (const CXXBaseSpecifier &B : Classes[I]->bases())
      if (const CXXRecordDecl *Base = recordOf(B.getType());
          Base && Base->getDefinition())
        Classes.push_back(Base->getDefinition());
  }
}

void ActionReader::Impl::visitCall(const CallExpr &C) {
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(
          C.getCallee()->IgnoreParenImpCasts())) {
    callByName(*M, C);
    return;
  }
  if (callStored(C))
    return;
  const FunctionDecl *F = calleeOf(C);
  if (!F)
    return;
  // `object->~T()`, `std::destroy_at(object)`: all that its end does is done.
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&C);
  bool Ends = isa<CXXDestructorDecl>(F);
  const Expr *Ended = Ends && Member ? Member->getImplicitObjectArgument() : nullptr;
  if (F->isInStdNamespace() && nameOf(*F) == "destroy_at" && C.getNumArgs() == 1)
    Ended = C.getArg(0);
  if (Ended && Asked && originOf(Ended).Is == Origin::Self) {
    add(ActionKind::Renew, {}, nullptr, C.getExprLoc());
    destroy(*Asked, originOf(Ended));
    return;
  }
  if (Ends)
    return;
  if (swapsWithPassing(C))
    destroy(*Asked, self());
  if (const ValueDecl *Mutex = mutexLockedBy(C))
    visitLock(*Mutex, {}, C.getExprLoc());
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
    if (O->getOperator() == OO_Equal && O->getNumArgs() == 2) {
      visitAssignment(*O->getArg(0), *O->getArg(1), O->getOperatorLoc());
      // What somebody wrote for it may do more: close, or swap.
      if (Origin To = originOf(O->getArg(0)); To && !F->isDefaulted())
        read(*F, To, {originOf(O->getArg(1))});
    }
    if (O->getOperator() == OO_PlusPlus)
      countedUp(*O->getArg(0), O->getOperatorLoc());
    if (O->getOperator() != OO_Call)
      return;
  }
  Call Made;
  Made.Whole = &C;
  Made.Callee = F;
  Made.Loc = C.getExprLoc();
  unsigned First = 0;
  if (Member) {
    Made.Receiver = originOf(Member->getImplicitObjectArgument());
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    const auto *Named = dyn_cast<MemberExpr>(C.getCallee()->IgnoreParens());
    // Within a destructor the object is what its class says.
    bool Known = Made.Receiver.Is == Origin::Self && Destroying;
    Made.Dispatched = M && M->isVirtual() && !Known &&
                      !M->hasAttr<FinalAttr>() &&
                      !(Named && Named->hasQualifier());
  } else if (isa<CXXOperatorCallExpr>(C)) {
    Made.Receiver = originOf(C.getArg(0));
    First = 1;
  }
  for (unsigned I = First; I < C.getNumArgs(); ++I)
    Made.Arguments.push_back(originOf(C.getArg(I)));
  const FunctionRule *Rule = Classes.classify(*F).Rule;
  if (F->isInStdNamespace() && !(Rule && Rule->StartsThread))
    runArguments(C);
  if (Made.Receiver.Is == Origin::Part)
    if (const FunctionDecl *Starter = starterIn(&C)) {
      Starters.insert(&C);
      add(ActionKind::Start, Made.Receiver, Starter, Made.Loc);
    }
  call(Made);
}

void ActionReader::Impl::visitConstruction(const CXXConstructExpr &C) {
  const FunctionRule *R = Classes.classify(*C.getConstructor()).Rule;
  if (!R || !(R->StartsThread || R->Pending) || C.getNumArgs() == 0 ||
      C.getConstructor()->isCopyOrMoveConstructor() || Starters.contains(&C))
    return;
  for (const Expr *Argument : C.arguments())
    if (givesSelf(*Argument)) {
      add(ActionKind::Start, {}, C.getConstructor(), C.getBeginLoc());
      return;
    }
}

} // namespace pooltidy::model

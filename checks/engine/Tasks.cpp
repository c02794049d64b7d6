//===- Tasks.cpp - threads and tasks that are started ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which calls start a task is told by models; whom one would have to wait for is
// read off the call.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "TaskStarts.h"
#include "Types.h"

using namespace clang;

namespace pooltidy {

namespace {
/// What a task runs: a closure, an object that can be called, a function.
const FunctionDecl *calledBy(const Expr *E) {
  E = spelled(E);
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_AddrOf)
    E = spelled(U->getSubExpr());
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    if (const auto *F = dyn_cast<FunctionDecl>(D->getDecl()))
      return F;
  if (const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
      R && R->hasDefinition())
    for (const Decl *D : R->decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        D = Template->getTemplatedDecl();
      if (const auto *M = dyn_cast<CXXMethodDecl>(D);
          M && M->getOverloadedOperator() == OO_Call)
        return M;
    }
  return nullptr;
}

/// Whether what is called stands among \p Args with nothing before it that may be
/// told to wait: `start("indexer", work, b)`, not `post(strand, work)`.
bool isRunAlone(ArrayRef<const Expr *> Args) {
  for (const Expr *E : Args) {
    E = spelled(E);
    if (E->getType()->isFunctionPointerType() || calledBy(E))
      return true;
    if (const CXXRecordDecl *R = recordAt(E->getType()); R && !R->isInStdNamespace())
      return false;
  }
  return false;
}

/// A pointer to a thread, not to a name or what is to run.
bool mayLeadToTask(QualType Ty) {
  return Ty->isPointerType() && !Ty->isFunctionPointerType() &&
         !Ty->getPointeeType()->isAnyCharacterType();
}

/// What std::ref gives stands for a pointer.
bool isReference(QualType Ty) {
  const CXXRecordDecl *R = recordAt(Ty);
  return R && R->isInStdNamespace() && R->getName() == "reference_wrapper";
}

/// A number that is given by value, or that the library copies: the task has
/// its own, by which it cannot tell anything.
bool isCopiedNumber(const Expr &A, const FunctionDecl &Callee, unsigned I) {
  QualType Ty = A.getType();
  if (!Ty->isArithmeticType() && !Ty->isEnumeralType())
    return false;
  const auto *M = dyn_cast<CXXMethodDecl>(&Callee);
  return (M ? M->getParent()->isInStdNamespace() : Callee.isInStdNamespace()) ||
         (I < Callee.getNumParams() &&
          !Callee.getParamDecl(I)->getType()->isReferenceType());
}

/// What std::bind binds, from the function on; empty for other expressions.
ArrayRef<const Expr *> boundBy(const Expr *E) {
  const auto *C = dyn_cast<CallExpr>(spelled(E));
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  if (!F || !F->isInStdNamespace() || !F->getIdentifier() ||
      (F->getName() != "bind" && F->getName() != "bind_front"))
    return {};
  return {C->getArgs(), C->getNumArgs()};
}

} // namespace

/// A call that runs an argument of its beside this function; false when it is
/// not known whom one would have to wait for.
bool FactsGenerator::startTask(const CallShape &Call) {
  CallShape S = Call;
  S.Args.clear();
  for (const Expr *A : Call.Args)
    if (ArrayRef<const Expr *> Bound = boundBy(A); !Bound.empty())
      S.Args.append(Bound.begin(), Bound.end());
    else
      S.Args.push_back(A);
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  bool Makes = isa<CXXConstructorDecl>(S.Callee);
  CallSite C;
  const FunctionDecl *Body = nullptr;
  unsigned First = S.Args.size();
  for (unsigned I = 0; I < S.Args.size(); ++I)
    if (!isTaskType(S.Args[I]->getType()))
      if (const FunctionDecl *F = calledBy(S.Args[I])) {
        Body = F;
        First = I;
        break;
      }
  auto Given = [&](const Expr *A) {
    A = spelled(A);
    return A->isGLValue() ? Operand::value(place(A)) : operand(A);
  };
  // std::launch::deferred runs at the wait, in whoever waits.
  bool Async = S.Callee->isInStdNamespace() && !Method;
  if (Async && First > 0 && First < S.Args.size())
    if (Operand Policy = operand(S.Args[0]);
        Policy.Is == Operand::Constant && Policy.Number == 2)
      return false;

  // --- whom one waits for
  PlaceId Task = NoPlace;
  bool Joins = false;
  Predicate Started;
  auto Executor = [&](const Expr *E) {
    E = spelled(E);
    // `pool.get_executor()`, `make_strand(pool)`
    if (const auto *Of = dyn_cast<CXXMemberCallExpr>(E); Of && !isTaskType(E->getType()))
      E = Of->getImplicitObjectArgument();
    if (!E || !isTaskType(E->getType()))
      return false;
    Task = E->getType()->isPointerType() ? behind(operand(E)) : place(E);
    return Task != NoPlace;
  };
  QualType Result = S.Callee->getReturnType();
  if (Makes) {
    Task = S.This;
    const CXXDestructorDecl *D = Method->getParent()->getDestructor();
    const model::FunctionRule *Rule = D ? T.Classes.classify(*D).Rule : nullptr;
    Joins = Rule && Rule->Waits;
  } else if (Result->isRecordType() && isTaskType(Result)) {
    Task = S.Ret;
    Joins = Async;
  } else if (Method && S.ThisExpr && isTaskType(S.ThisExpr->getType())) {
    Task = S.This;
  } else if (Method && S.ThisExpr && mayHoldTasks(S.ThisExpr->getType())) {
    Task = S.This; // threads.emplace_back(…)
    Joins = Method->getParent()->isInStdNamespace();
  } else if (Method && Method->isStatic()) {
    // nobody's
  } else if (First > 0 && !S.Args.empty() && !Method &&
             mayLeadToTask(S.Args[0]->getType())) {
    Task = behind(operand(S.Args[0])); // pthread_create(&thread, …)
    if (Task == NoPlace)
      return false;
    emit(FactKind::Assign, S.Expr, Scalar).Dst = S.Ret;
    if (Result->isIntegralOrEnumerationType())
      Started = {S.Ret, Cmp::EQ, 0}; // as POSIX and C have it
  } else {
    bool Found = false;
    for (unsigned I = 0; I < First && !Found; ++I)
      Found = Executor(S.Args[I]);
    if (!Found && (Method || !isRunAlone(S.Args)))
      return false;
    // `run_async([b] {…})`: nobody's, but whoever keeps what such a function
    // gives may wait by it; a truth says whether it started.
    if (!Found && S.ResultUsed && !Result->isVoidType()) {
      if (!Result->isBooleanType())
        return false;
      emit(FactKind::Assign, S.Expr, Scalar).Dst = S.Ret;
      Started = {S.Ret, Cmp::NE, 0};
    }
  }
  if (Makes || Task == S.Ret)
    emit(FactKind::Assign, S.Expr).Dst = Task;

  // --- what it gets
  const Summary *Sum = nullptr;
  if (Body && !Body->isTemplated())
    if (const Summary *Known = T.summary(*Body); Known && !Known->Incomplete)
      Sum = Known;
  C.Callee = Sum;
  C.Ret = Task;
  const auto *Member = dyn_cast_or_null<CXXMethodDecl>(Body);
  PlaceId This = T.Places.root(PlaceKind::This, 0, "this");
  unsigned Param = 0;
  bool IsObject = Member && Member->getOverloadedOperator() == OO_Call;
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    Operand O = Given(S.Args[I]);
    if (I < First && O.Place == Task)
      continue;
    if (O.Is == Operand::Value && O.Place != NoPlace &&
        isCopiedNumber(*S.Args[I], *S.Callee, I)) {
      PlaceId Own = temp(S.Args[I]);
      Fact &F = emit(FactKind::Copy, S.Expr, Scalar);
      F.Dst = Own;
      F.Src = O;
      O.Place = Own;
    }
    PlaceId Root = NoPlace;
    if (I == First && IsObject) {
      Root = This;
      if (O.Is == Operand::Value && O.Place != NoPlace)
        O = Operand::address(O.Place);
    } else if (I > First && Member && !IsObject && !Member->isStatic() && I == First + 1) {
      Root = This;
      if (O.Is == Operand::Value && S.Args[I]->getType()->isRecordType())
        O = Operand::address(O.Place);
    } else if (I > First && Body) {
      const FunctionDecl *Def = Body->getDefinition() ? Body->getDefinition() : Body;
      if (Param < Def->getNumParams()) {
        const ParmVarDecl *P = Def->getParamDecl(Param++);
        Root = T.Places.root(PlaceKind::Param, T.symbol(*P), P->getName());
      }
    }
    C.Bindings.push_back({Root, O});
  }
  // What a closure was made of: a pointer leads where it led before.
  if (const auto *L = First < S.Args.size()
                          ? dyn_cast<LambdaExpr>(spelled(S.Args[First]))
                          : nullptr) {
    auto Init = L->capture_init_begin();
    for (const LambdaCapture &Each : L->captures()) {
      const Expr *E = *Init++;
      if (!Each.capturesThis() && !Each.capturesVariable())
        continue;
      const ValueDecl *V = Each.capturesThis() ? nullptr : Each.getCapturedVar();
      QualType Ty = V ? V->getType().getNonReferenceType() : E->getType();
      if (const CXXRecordDecl *R = recordAt(Ty); R && T.Classes.classify(*R).PoolOf)
        continue;
      PlaceId Field = T.Places.step(PlaceKind::Field, temp(L), T.captureSymbol(V),
                                    V ? V->getName() : "this");
      Operand O;
      if (V && Each.getCaptureKind() == LCK_ByRef) {
        if (PlaceId P = place(E); P != NoPlace)
          O = Operand::address(P);
      } else if (!V || Ty->isPointerType()) {
        if (PlaceId P = V ? behind(operand(E))
                          : T.Places.step(PlaceKind::Deref, thisPlace());
            P != NoPlace)
          O = Operand::address(P);
      } else if (Ty->isRecordType()) {
        // Moved or copied from there: `[p = std::move(promise)]`
        const Expr *From = spelled(E);
        if (const auto *K = dyn_cast<CXXConstructExpr>(From);
            K && K->getNumArgs() == 1)
          From = spelled(K->getArg(0));
        if (PlaceId P = place(From); P != NoPlace)
          O = Operand::value(P);
      }
      if (O.Place != NoPlace)
        C.Bindings.push_back({Field, O});
    }
  }
  if (T.isUserCode(*S.Callee))
    emit(FactKind::Clobber, S.Expr);
  Fact &F = emitCall(FactKind::Capture, std::move(C), S.Expr,
                     Joins ? ByHandle : NoFlags);
  F.Dst = Task;
  F.Test = Started;

  // --- and may own from now on
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    const Expr *A = S.Args[I];
    if (const CXXRecordDecl *R = A->getType()->getAsCXXRecordDecl();
        R && R->isLambda()) {
      // An owner that it has by reference is still here, and puts.
      PlaceId Closure = place(A);
      for (const LambdaCapture &Each : R->captures()) {
        if (!Each.capturesVariable() || Closure == NoPlace)
          continue;
        const ValueDecl *V = Each.getCapturedVar();
        PlaceId Held = T.Places.step(PlaceKind::Field, Closure, T.captureSymbol(V),
                                     V->getName());
        if (Each.getCaptureKind() == LCK_ByRef) {
          if (V->getType().getNonReferenceType()->isRecordType())
            continue;
          Held = T.Places.step(PlaceKind::Deref, Held);
        }
        giveAway(Held, Each.getCaptureKind() == LCK_ByCopy &&
                           handleOf(V->getType(), Held).Is,
                 S.Expr);
      }
      continue;
    }
    Operand O = Given(A);
    if ((O.Is != Operand::Value && O.Is != Operand::Address) || O.Place == Task ||
        O.Place == NoPlace)
      continue;
    if (A->getType()->isRecordType() && !A->isLValue() &&
        O.Is == Operand::Value && !isReference(A->getType()))
      giveAway(O.Place, true, S.Expr);
    else
      emit(FactKind::Store, S.Expr).Src =
          O.Is == Operand::Address ? Operand::value(O.Place) : O;
  }
  return true;
}

/// `threads.emplace_back(…)`: the container makes a thread of what it is given.
bool FactsGenerator::emplacesTask(const CallShape &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  return M && !S.Args.empty() && S.ThisExpr && makesThread(*M, T.Classes) &&
         mayHoldTasks(S.ThisExpr->getType()) &&
         !isTaskType(S.Args[0]->getType()) && calledBy(S.Args[0]) && startTask(S);
}

} // namespace pooltidy

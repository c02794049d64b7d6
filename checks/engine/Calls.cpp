//===- Calls.cpp - calls by their meaning ---------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// In order: what everybody knows (std::move, memset), handles, what a model
// says, resets, a summary of the body; UnknownCalls.cpp has the rest.
//
//===----------------------------------------------------------------------===//
#include "../model/PolicyReset.h"
#include "../model/Resets.h"
#include "../model/Shapes.h"
#include "CallNames.h"
#include "Generator.h"
#include "Indices.h"
#include "Types.h"
#include "ViewTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

FactsGenerator::CallShape FactsGenerator::shapeOf(const CallExpr &C) {
  CallShape S;
  S.Expr = &C;
  S.Callee = C.getDirectCallee();
  S.Ret = temp(&C);
  S.ResultUsed = !Discarded.count(&C);
  unsigned Skip = 0;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(&C)) {
    S.ThisExpr = M->getImplicitObjectArgument();
    if (S.ThisExpr)
      S.This = S.ThisExpr->getType()->isPointerType()
                   ? behind(operand(S.ThisExpr))
                   : place(S.ThisExpr);
  } else if (isa<CXXOperatorCallExpr>(&C) &&
             isa_and_nonnull<CXXMethodDecl>(S.Callee) && C.getNumArgs() > 0) {
    if (!cast<CXXMethodDecl>(S.Callee)->isStatic()) {
      S.ThisExpr = C.getArg(0);
      S.This = place(S.ThisExpr);
      Skip = 1;
    }
  }
  for (const Expr *A : llvm::drop_begin(C.arguments(), Skip))
    S.Args.push_back(A);
  return S;
}

/// The value (a pointer, handle, id) that a model's slot names.
Operand FactsGenerator::slotOperand(const CallShape &S, const model::Slot &Slot) {
  switch (Slot.Where) {
  case model::Slot::None:
    return {};
  case model::Slot::Return:
    return Operand::value(S.Ret);
  case model::Slot::This:
    return addressOf(S.This);
  case model::Slot::Argument:
    break;
  }
  if (Slot.Index >= S.Args.size())
    return {};
  const Expr *Arg = S.Args[Slot.Index];
  QualType Param = S.Callee && Slot.Index < S.Callee->getNumParams()
                       ? S.Callee->getParamDecl(Slot.Index)->getType()
                       : Arg->getType();
  if (!Slot.Indirect) {
    // By reference to a pointer, handle or number: the value is in there.
    if (Param->isReferenceType()) {
      QualType To = Param->getPointeeType();
      PlaceId P = place(Arg);
      if (To->isPointerType() || To->isIntegralOrEnumerationType() ||
          handleOf(To, P).Is)
        return P == NoPlace ? Operand() : Operand::value(P);
      return addressOf(P);
    }
    return operand(Arg);
  }
  PlaceId P = Param->isReferenceType() ? place(Arg) : behind(operand(Arg));
  return P == NoPlace ? Operand() : Operand::value(P);
}

/// The acquire \p S has \p Given for its own where it did not fail: `fdopen(fd)`.
static void tellTaken(Fact &F, Operand Given, const model::Operation &Op,
                      PlaceId Result) {
  F.Src = Given;
  if (Op.Object.Where == model::Slot::Return &&
      Op.Fails == model::Failure::Null) {
    F.Test = {Result, Cmp::NE, 0};
    F.Flags |= Tested;
  }
}

bool FactsGenerator::byMeaning(const CallShape &S) {
  const model::CallMeaning &M = T.Classes.classify(*S.Callee);
  if (M.Rule) {
    if (M.Rule->NoReturn) {
      emit(FactKind::Stop, S.Expr);
      return true;
    }
    int Taken = M.Rule->Takes;
    if (M.Rule->Moves >= 0 && unsigned(M.Rule->Moves) < S.Args.size()) {
      // realloc: on success the old object is gone and the result is a new
      // one; on failure the old one stays.
      Operand Old = operand(S.Args[M.Rule->Moves]);
      if (Old.Is == Operand::Constant && M.What == model::Role::Acquire) {
        acquire(S, M);
        return true;
      }
      Fact &Result = emit(FactKind::Assign, S.Expr, Scalar);
      Result.Dst = S.Ret;
      Fact &F = emit(FactKind::Put, S.Expr, NoResetNeeded | Moves);
      F.Dst = S.Ret;
      F.Src = Old;
      F.Family = AnyFamily;
      F.Test = {S.Ret, Cmp::NE, 0};
      // One of which nobody says that its result tells of a failure has none.
      if (M.What != model::Role::Acquire || !model::isTold(M.Op->Fails))
        emit(FactKind::Assert, S.Expr).Test = {S.Ret, Cmp::NE, 0};
      return true;
    }
    // mysql_real_connect, curl_slist_append: the argument again, or null.
    if (M.Rule->Returns >= 0 && unsigned(M.Rule->Returns) < S.Args.size()) {
      Operand Same = operand(S.Args[M.Rule->Returns]);
      emit(FactKind::Use, S.Expr).Src = Same;
      if (Same.Is == Operand::Value) {
        Fact &Fork = emit(FactKind::Copy, S.Expr, OrNull);
        Fork.Dst = S.Ret;
        Fork.Src = Same;
      }
      if (M.What == model::Role::None)
        return true;
    }
    bool Takes = Taken >= 0 && unsigned(Taken) < S.Args.size();
    if (Takes && M.What != model::Role::Acquire)
      emit(FactKind::Store, S.Expr).Src = operand(S.Args[Taken]);
    if (M.What == model::Role::None && M.Rule->Keeps) {
      for (const Expr *A : S.Args)
        emit(FactKind::Use, A).Src = operand(A);
      return true;
    }
  }
  switch (M.What) {
  case model::Role::None:
    return false;
  case model::Role::Acquire:
    // The arguments of an acquire are used: a connection to prepare on. What a
    // cache is given it may keep.
    for (unsigned I = 0; I < S.Args.size(); ++I)
      if (!(M.Op->Object.Where == model::Slot::Argument && M.Op->Object.Index == I)) {
        emit(FactKind::Use, S.Expr).Src = operand(S.Args[I]);
        if (!(M.Op->Pool.Where == model::Slot::Argument && M.Op->Pool.Index == I))
          mayTake(S, I);
      }
    acquire(S, M);
    if (M.Rule && M.Rule->Takes >= 0 && unsigned(M.Rule->Takes) < S.Args.size()) {
      Operand Given = operand(S.Args[M.Rule->Takes]);
      tellTaken(emit(FactKind::Store, S.Expr), Given, *M.Op, S.Ret);
    }
    return true;
  case model::Role::Put:
    put(S, M);
    return true;
  case model::Role::Reset: {
    Operand O = slotOperand(S, M.Op->Object);
    if (PlaceId P = behind(O); P != NoPlace)
      emit(FactKind::Reset, S.Expr,
           M.Op->Object.Where == model::Slot::Argument ? Passed : NoFlags)
          .Dst = P;
    return true;
  }
  case model::Role::Use:
    for (const Expr *A : S.Args) {
      Fact &F = emit(FactKind::Use, S.Expr);
      F.Src = operand(A);
      F.Dst = S.Ret; // what it answers depends on the object
    }
    return true;
  }
  return false;
}

/// Pointers that the reset assigns hold what they held no more: `init()`.
void FactsGenerator::renewPointers(const CallShape &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  const Summary *Sum = M && T.isUserCode(*M) ? T.summary(*M) : nullptr;
  if (!Sum)
    return;
  for (const FieldDecl *F : M->getParent()->fields())
    if (F->getType()->isPointerType() &&
        llvm::is_contained(Sum->Writes, T.fieldSymbol(*F))) {
      PlaceId P = field(S.This, *F);
      emit(FactKind::Store, S.Expr).Src = Operand::value(P);
      emit(FactKind::Assign, S.Expr).Dst = P;
    }
}

/// A reset by name: `b->clear()`, `reset_buffer(b)`, `b->data.clear()`.
bool FactsGenerator::resets(const CallShape &S) {
  if (!T.Classes.isReset(*S.Callee))
    return false;
  // `reset(p)` gives the object something new to hold: its body says what.
  if (S.This != NoPlace && T.isUserCode(*S.Callee))
    for (const Expr *A : S.Args)
      if ((A->getType()->isPointerType() && !A->getType()->isFunctionPointerType()) ||
          A->getType()->isRecordType())
        return false;
  if (S.This != NoPlace) {
    if (const Summary *Sum = T.isUserCode(*S.Callee) ? T.summary(*S.Callee) : nullptr)
      if (Sum->Puts)
        return false;
    renewPointers(S);
    emit(FactKind::Reset, S.Expr).Dst = S.This;
    resetStorage(S, S.This);
    return true;
  }
  if (isa<CXXMethodDecl>(S.Callee) || S.Args.size() < 1)
    return false;
  QualType P = S.Callee->getNumParams() ? S.Callee->getParamDecl(0)->getType()
                                        : QualType();
  if (P.isNull() || !(P->isPointerType() || P->isReferenceType()) ||
      P->getPointeeType().isConstQualified())
    return false;
  if (const Summary *Sum = T.isUserCode(*S.Callee) ? T.summary(*S.Callee) : nullptr)
    if (Sum->Puts)
      return false;
  PlaceId Object = P->isReferenceType() ? place(S.Args[0]) : behind(operand(S.Args[0]));
  if (Object == NoPlace)
    return false;
  emit(FactKind::Reset, S.Expr, P->isReferenceType() ? NoFlags : Passed).Dst =
      Object;
  resetStorage(S, Object);
  return true;
}

void FactsGenerator::mayThrow(const CallShape &S, const CallSite *Known) {
  const FunctionDecl *F = S.Callee;
  if (F) {
    if (const auto *P = F->getType()->getAs<FunctionProtoType>();
        P && P->isNothrow())
      return;
    if (F->isExternC() || F->getBuiltinID() || isa<CXXDestructorDecl>(F))
      return;
    const model::CallMeaning &M = T.Classes.classify(*F);
    if (M.What == model::Role::Put || M.What == model::Role::Reset ||
        (M.Rule && M.Rule->NoThrow))
      return;
    if (Known) {
      const Summary &Sum = *Known->Callee;
      if (Sum.Throwing != Throws::Never)
        throwFrom(S.Expr, Sum.Throwing == Throws::Assumed,
                  static_cast<const Type *>(Sum.Thrown), Known);
      return;
    }
    if (T.Classes.isReset(*F))
      return;
  }
  throwFrom(S.Expr, true);
}

/// Functions that are the same in every program.
bool FactsGenerator::wellKnown(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  if (fillsWithZero(S))
    return true;
  if (!F->getIdentifier())
    return false;
  if (testPoint(S) || renews(S) || copiesBytes(S))
    return true;
  StringRef Name = F->getName();
  size_t N = S.Args.size();
  if (N == 1 && F->getBuiltinID() &&
      (Name == "__builtin_assume" || Name == "__assume")) {
    if (Operand O = truth(S.Args[0]); O.Is == Operand::Truth)
      emit(FactKind::Assert, S.Expr).Test = O.Test;
    return true;
  }
  // `__sync_lock_test_and_set(&head, p)`.
  if (F->getBuiltinID() && Name.starts_with("__sync_"))
    for (const Expr *A : llvm::ArrayRef(S.Args).drop_front(N > 0))
      if (A->getType()->isPointerType())
        emit(FactKind::Store, S.Expr).Src = operand(A);
  if (F->isInStdNamespace()) {
    if (N == 1 && (Name == "move" || Name == "forward" || Name == "as_const" ||
                   Name == "move_if_noexcept")) {
      Results[S.Expr] = bound(S.Args[0]);
      return true;
    }
    if (N == 1 && (Name == "addressof" || Name == "to_address")) {
      Results[S.Expr] = Name == "addressof" ? bound(S.Args[0]) : operand(S.Args[0]);
      return true;
    }
    if (GrowsAnything && N >= 2 && (Name == "min" || Name == "clamp") &&
        S.Expr->getType()->isIntegralOrEnumerationType()) {
      emit(FactKind::Assign, S.Expr, Scalar).Dst = S.Ret;
      Results[S.Expr] = Operand::address(S.Ret);
      Fact &A = emit(FactKind::Assign, S.Expr, Scalar);
      A.Dst = T.Places.step(PlaceKind::Query, S.Ret, AtMost);
      A.Src = Operand::constant(1);
      return true;
    }
    if ((Name == "make_pair" || Name == "make_tuple") &&
        makesParts(S.Ret, S.Expr->getType(), S.Args, S.Expr))
      return true;
    if (N == 1 && Name == "get")
      if (Operand Part = partGot(S); Part.Is != Operand::None) {
        Results[S.Expr] = Part;
        return true;
      }
    if (Name == "make_unique" || Name == "make_shared") {
      mayThrow(S, nullptr);
      unknownCall(S);
      if (const CXXRecordDecl *Made = F->getReturnType()->getAsCXXRecordDecl())
        if (const auto *Of = dyn_cast<ClassTemplateSpecializationDecl>(Made))
          makesWithViews(T.Places.step(PlaceKind::Deref, S.Ret),
                         model::typeArguments(*Of)[0], S.Args, S.Expr);
      emit(FactKind::Make, S.Expr).Dst = S.Ret;
      return true;
    }
    if (N == 1 && (Name == "ref" || Name == "cref")) {
      Results[S.Expr] = bound(S.Args[0]);
      return true;
    }
    if (N == 0 && (Name == "uncaught_exceptions" || Name == "uncaught_exception")) {
      Results[S.Expr] = Operand::value(inFlight());
      return true;
    }
    if (N == 2 && Name == "exchange") {
      PlaceId P = place(S.Args[0]);
      if (P == NoPlace)
        return false;
      emit(FactKind::Bound, S.Expr).Dst = P; // its storage goes with it
      Fact &F1 = emit(FactKind::Move, S.Expr);
      F1.Dst = S.Ret;
      F1.Src = Operand::value(P);
      Operand New = operand(S.Args[1]->IgnoreUnlessSpelledInSource());
      if (New.Is == Operand::None && S.Args[1]->isGLValue())
        New = Operand::value(place(S.Args[1]));
      Fact &F2 = emit(New.Is == Operand::Value && New.Place != NoPlace
                          ? FactKind::Copy
                          : FactKind::Assign,
                      S.Expr);
      F2.Dst = P;
      if (New.Place != NoPlace || New.Is == Operand::Constant)
        F2.Src = New;
      return true;
    }
    if (N == 2 && Name == "swap") {
      PlaceId A = place(S.Args[0]), B = place(S.Args[1]);
      if (A == NoPlace || B == NoPlace)
        return false;
      Fact &W = emit(FactKind::Swap, S.Expr);
      W.Dst = A;
      W.Src = Operand::value(B);
      growth(S);
      return true;
    }
  }
  bool C = F->isExternC() || F->getBuiltinID() || F->isInStdNamespace();
  if (C && N == 3 && (Name == "memset" || Name == "__builtin_memset")) {
    PlaceId P = behind(operand(S.Args[0]));
    Operand V = operand(S.Args[1]);
    if (P != NoPlace)
      emit(V.Is == Operand::Constant && V.Number == 0 ? FactKind::Reset
                                                      : FactKind::Write,
           S.Expr)
          .Dst = P;
    Results[S.Expr] = operand(S.Args[0]);
    return true;
  }
  if (C && N == 2 && (Name == "bzero" || Name == "explicit_bzero")) {
    if (PlaceId P = behind(operand(S.Args[0])); P != NoPlace)
      emit(FactKind::Reset, S.Expr).Dst = P;
    return true;
  }
  return false;
}

/// `Pool::instance()`, `the_pool()`: nothing tells which, so it is the same one.
static bool givesThePool(const FunctionDecl *F, model::Classifier &Classes) {
  if (!F || F->getNumParams() != 0 || !F->getIdentifier() ||
      (isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F)->isInstance()))
    return false;
  QualType To = F->getReturnType()->getPointeeType();
  const CXXRecordDecl *R = To.isNull() ? nullptr : To->getAsCXXRecordDecl();
  return R && R->hasDefinition() && Classes.classify(*R).PoolOf;
}

void FactsGenerator::call(const CallExpr &C) {
  CallShape S = shapeOf(C);
  // A result of reference type is kept as the address it holds.
  Results[&C] = Operand::value(S.Ret);
  callFacts(S);
  // Where the result is another spelling of some place, that is what it is.
  if (const Operand &R = Results[&C]; R.Is == Operand::Value && R.Place == S.Ret) {
    derive(S, S.Ret);
    if (givesThePool(S.Callee, T.Classes)) {
      Fact &Same = emit(FactKind::Copy, &C);
      Same.Dst = S.Ret;
      Same.Src = Operand::value(T.Places.root(
          PlaceKind::Global, T.symbol(*S.Callee), S.Callee->getName()));
    }
  }
}

void FactsGenerator::callFacts(const CallShape &S) {
  if (!S.Callee) {
    mayThrow(S, nullptr);
    unknownCall(S);
    return;
  }
  if (isa<CXXDestructorDecl>(S.Callee))
    return; // obj->~T(): what follows says what becomes of the storage
  if (wellKnown(S) || tied(S) || optionalCall(S) || handleCall(S))
    return;
  const model::CallMeaning &M = T.Classes.classify(*S.Callee);
  if (NamesIds && M.What == model::Role::None)
    for (unsigned I = 0; I < S.Args.size(); ++I)
      if (indexesBy(*S.Callee, I))
        needIndex(S.Args[I], S.Expr);
  if (M.What != model::Role::None || M.Rule) {
    // What throws behind a wait throws what the task has thrown, or had no
    // task.
    if (M.Rule && M.Rule->Waits)
      waits(S);
    mayThrow(S, nullptr);
    if (M.Rule && M.Rule->StartsThread && startTask(S))
      return;
    if (byMeaning(S))
      return;
  }
  bool AssignsHolder = S.ThisExpr && holderOfViews(S.ThisExpr->getType()) &&
                       !isa<CallExpr>(S.ThisExpr->IgnoreUnlessSpelledInSource());
  if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
      Method && S.This != NoPlace && S.Args.size() == 1 &&
      (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator()) &&
      (!Method->getParent()->isInStdNamespace() ||
       isViewClass(Method->getParent()) || AssignsHolder) &&
      (Method->isImplicit() || Method->isDefaulted() || !Method->hasBody() ||
       AssignsHolder || copiesPointer(Method->getFunctionObjectParameterType()) ||
       copiesStatus(Method->getFunctionObjectParameterType())))
    return assignObject(S, *Method);
  if (resets(S))
    return;
  if (bySummary(S)) {
    keepAnswer(S);
    streamGrowth(S); // by an operator of the program
    return;
  }
  waitByName(S);
  mayThrow(S, nullptr);
  if (emplacesTask(S))
    return;
  // `job.share()`: the same task by another name.
  if (const auto *Of = dyn_cast<CXXMethodDecl>(S.Callee);
      Of && Of->getParent()->isInStdNamespace() && S.ThisExpr &&
      S.This != NoPlace && Of->getReturnType()->isRecordType() &&
      isTaskType(Of->getReturnType()) && isTaskType(S.ThisExpr->getType())) {
    Fact &F = emit(FactKind::Move, S.Expr);
    F.Dst = S.Ret;
    F.Src = Operand::value(S.This);
    return;
  }
  mayWait(S);
  unknownCall(S);
  keepAnswer(S);
  growth(S);
  if (!S.Args.empty() && returnsFirst(*S.Callee))
    Results[S.Expr] = operand(S.Args[0]);
  // `malloc` and its like: nothing else is said of them here.
  if (S.Callee->hasAttr<RestrictAttr>() && !S.Callee->hasAttr<ReturnsNonNullAttr>() &&
      S.Ret != NoPlace)
    emit(FactKind::Assign, S.Expr, MayBeNull).Dst = S.Ret;
  if (S.Callee->isNoReturn())
    emit(FactKind::Stop, S.Expr);
}

} // namespace pooltidy

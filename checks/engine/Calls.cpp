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
#include "Generator.h"
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

namespace {
bool isOpaque(QualType T) {
  return T->isVoidType() || T->isAnyCharacterType() || T->isStdByteType();
}

/// What must hold of a call's result when it did not fail.
Predicate success(model::Failure F, PlaceId Result) {
  switch (F) {
  case model::Failure::Null:
  case model::Failure::NoMemory:
  case model::Failure::Zero:
  case model::Failure::False:
    return {Result, Cmp::NE, 0};
  case model::Failure::Negative:
    return {Result, Cmp::GE, 0};
  case model::Failure::NonZero:
    return {Result, Cmp::EQ, 0};
  default:
    return {};
  }
}

} // namespace

/// The pool that a call names, by its slot or as the object it is called on.
PlaceId FactsGenerator::poolOf(const CallShape &S, const model::Operation &Op) {
  if (Op.Pool.Where != model::Slot::None)
    return behind(slotOperand(S, Op.Pool));
  return Op.Object.Where == model::Slot::This ? NoPlace : S.This;
}

/// What the new lease \p Lease hangs on, for families whose parents must stay
/// open: the pointers and owners that its acquire was given.
void FactsGenerator::childOf(const CallShape &S, const model::CallMeaning &M,
                             PlaceId Lease) {
  if (M.Family->ChildOf.empty())
    return;
  llvm::SmallVector<const Expr *, 4> Given(S.Args.begin(), S.Args.end());
  if (M.Op->Object.Where == model::Slot::Argument &&
      M.Op->Object.Index < Given.size())
    Given.erase(Given.begin() + M.Op->Object.Index);
  if (S.ThisExpr && M.Op->Object.Where != model::Slot::This)
    Given.push_back(S.ThisExpr);
  for (const Expr *E : Given) {
    QualType Ty = E->getType();
    // Text and plain bytes are read at once; nothing hangs on them.
    if (Ty->isPointerType() ? isOpaque(Ty->getPointeeType()) : !Ty->isRecordType())
      continue;
    Operand O = E->isGLValue() ? Operand::value(place(E)) : operand(E);
    if (O.Is != Operand::Value || O.Place == NoPlace)
      continue;
    Fact &F = emit(FactKind::ChildOf, S.Expr);
    F.Dst = Lease;
    F.Src = O;
  }
}

/// TakesPointer for a put that takes the address of an object its pool made: the
/// storage must be the pool's, too. A pool of values takes any object.
uint32_t FactsGenerator::takenPointer(const CallShape &S,
                                      const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  if (Op.Id || Op.Object.Where != model::Slot::Argument || Op.Object.Indirect ||
      Op.Object.Index >= S.Callee->getNumParams() ||
      M.Family->What == model::Kind::Resource)
    return NoFlags;
  auto HandsOut = [](const model::Operation &A) {
    return A.Object.Where == model::Slot::Return || A.Object.Indirect;
  };
  if (!llvm::all_of(M.Family->Acquire, HandsOut))
    return NoFlags;
  QualType Param = S.Callee->getParamDecl(Op.Object.Index)->getType();
  if (Param->isPointerType())
    return Param->getPointeeType().isConstQualified() ? NoFlags : TakesPointer;
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!Param->isLValueReferenceType() || !Method)
    return NoFlags;
  for (const CXXMethodDecl *Other : Method->getParent()->methods())
    if (const model::CallMeaning &O = T.Classes.classify(*Other);
        O.What == model::Role::Acquire && O.Family == M.Family &&
        (Other->getReturnType()->isPointerType() ||
         Other->getReturnType()->isReferenceType()))
      return TakesPointer;
  return NoFlags;
}

/// Whether the pool that a call names keeps no large objects: its policy, as a
/// template argument, drops or shrinks them.
uint32_t FactsGenerator::limitFlags(const CallShape &S,
                                    const model::Operation &Op) {
  QualType Ty;
  if (Op.Pool.Where == model::Slot::Argument && Op.Pool.Index < S.Args.size())
    Ty = S.Args[Op.Pool.Index]->getType();
  else if (S.ThisExpr && Op.Object.Where != model::Slot::This)
    Ty = S.ThisExpr->getType();
  if (Ty.isNull())
    return NoFlags;
  Ty = Ty.getNonReferenceType();
  const auto *R = Ty->getAsCXXRecordDecl();
  if (!R || R->isInStdNamespace()) // a pointer to the pool, smart or not
    R = pointee(Ty)->getAsCXXRecordDecl();
  return R && T.Classes.limitsCapacity(*R) ? PoolLimits : NoFlags;
}

/// Whether a put asks its caller for a reset.
uint32_t FactsGenerator::resetFlags(const model::Pool &P, const FunctionDecl *Put,
                                    QualType Object) {
  using model::Convention;
  if (P.What == model::Kind::Memory ||
      (P.What == model::Kind::Resource && P.Reset.empty()))
    return NoResetNeeded;
  if (!Object.isNull() && isOpaque(Object))
    return NoResetNeeded;
  switch (P.Resets) {
  case Convention::PoolOnPut:
    return ResetsSelf;
  case Convention::PoolOnAcquire:
  case Convention::ConstructDestroy:
  case Convention::CallerAfterAcquire:
  case Convention::Never:
    return NoResetNeeded;
  case Convention::CallerBeforePut:
    return NoFlags;
  case Convention::Unknown:
    break;
  }
  const CXXRecordDecl *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl();
  return R && R->hasDefinition() && model::hasResetMethod(T.Classes, *R)
             ? NoFlags
             : UnsureReset;
}

/// Whether the pool that is called was given a policy that resets nothing, for
/// objects that have something named like a reset.
bool FactsGenerator::keptAsLeft(const CallShape &S, const model::CallMeaning &M) {
  if (M.Family->Resets != model::Convention::PoolOnPut)
    return false;
  const model::Slot &Slot = M.Op->Pool;
  const Expr *Pool = Slot.Where == model::Slot::None ? S.ThisExpr
                     : Slot.Index < S.Args.size()    ? S.Args[Slot.Index]
                                                     : nullptr;
  if (!Pool)
    return false;
  QualType Of = Pool->getType().getNonReferenceType();
  const CXXRecordDecl *Class =
      model::recordOf(Of->isPointerType() ? Of->getPointeeType() : Of);
  if (!Class || !model::policyResetsNothing(*M.Family, *Class))
    return false;
  const CXXRecordDecl *Object =
      model::recordOf(model::shapeOfResult(S.Callee->getReturnType()).Object);
  return Object && Object->hasDefinition() &&
         model::hasResetMethod(T.Classes, *Object);
}

void FactsGenerator::acquire(const CallShape &S, const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  bool InPlace = false;
  PlaceId Dst = S.Ret;
  QualType Given = S.Callee->getReturnType();
  if (Op.Object.Where == model::Slot::This) {
    Dst = S.This;
    InPlace = true;
    Given = S.ThisExpr ? S.ThisExpr->getType() : QualType();
  } else if (Op.Object.Where == model::Slot::Argument) {
    if (Op.Object.Index >= S.Args.size())
      return;
    Given = S.Args[Op.Object.Index]->getType();
    Operand O = slotOperand(S, Op.Object);
    if (O.Is == Operand::Address) {
      Dst = O.Place;
      InPlace = true;
    } else if (O.Is == Operand::Value) {
      Dst = O.Place;
    } else {
      return;
    }
  }
  if (Dst == NoPlace)
    return;
  // Some acquire only where nothing was given to work on.
  if (Op.WhenNull >= 0) {
    if (unsigned(Op.WhenNull) >= S.Args.size())
      return;
    Operand Given = operand(S.Args[Op.WhenNull]);
    if (Given.Is != Operand::Constant || Given.Number != 0)
      return;
  }
  // What a failed out-parameter acquire leaves in the status is told first.
  if (Dst != S.Ret) {
    Fact &F = emit(FactKind::Assign, S.Expr, Scalar);
    F.Dst = S.Ret;
  }
  bool Stale = M.Family->Resets == model::Convention::CallerAfterAcquire &&
               M.Family->What != model::Kind::Memory;
  // An operator new that cannot throw says by null that it failed.
  bool Nothrow = Op.Fails == model::Failure::Throws &&
                 S.Callee->isOverloadedOperator() &&
                 S.Callee->getType()->castAs<FunctionProtoType>()->isNothrow();
  Predicate Test = success(Nothrow ? model::Failure::Null : Op.Fails, S.Ret);
  uint32_t Failure = InPlace ? NoFlags : failure(S, Op, Test);
  NamesIds |= Op.Id && (Failure & MayFail);
  Fact &F = emit(FactKind::Acquire, S.Expr,
                 Failure | (InPlace ? pooltidy::InPlace : 0) |
                     (keptAsLeft(S, M) ? KeptAsLeft : 0) |
                     (M.Family->FreesAll ? NotOwned : 0) | limitFlags(S, Op) |
                     (Stale ? AcquiredStale : 0));
  F.Dst = Dst;
  F.Family = T.family(*M.Family);
  F.Test = Test;
  F.Pool = poolOf(S, Op);
  // A handle that an acquire returns puts where the acquire took from.
  if (const auto *R = Given->getAsCXXRecordDecl();
      R && Op.Object.Where == model::Slot::Return)
    T.Returned.try_emplace(R->getCanonicalDecl(), M.Family);
  if (const auto *R = pointee(pointee(Given))->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
  childOf(S, M, Dst);
}

void FactsGenerator::put(const CallShape &S, const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  if (Op.Setup)
    return;
  Operand Src = slotOperand(S, Op.Object);
  if (Op.Id && Src.Is == Operand::Address)
    Src = Operand::value(Src.Place); // an id of class type, by reference
  uint32_t Flags = Op.Nulls ? Nulls : NoFlags;
  QualType Object;
  if (Op.Object.Where == model::Slot::This)
    Object = S.ThisExpr ? pointee(S.ThisExpr->getType()) : QualType();
  else if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size())
    Object = pointee(S.Args[Op.Object.Index]->IgnoreParenImpCasts()->getType());
  Flags |= resetFlags(*M.Family, S.Callee, Object);
  // A handle given by value or moved in is empty afterwards.
  if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size() &&
      Op.Object.Index < S.Callee->getNumParams()) {
    QualType P = S.Callee->getParamDecl(Op.Object.Index)->getType();
    if (P->isRecordType() || P->isRValueReferenceType())
      Flags |= Nulls;
  }
  if (Op.Fails != model::Failure::Never && S.ResultUsed)
    Flags |= Tested;
  if (Op.AnyOrder)
    Flags |= AnyOrder;
  Flags |= takenPointer(S, M) | limitFlags(S, Op);
  if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
    if (const model::TypeRule *Rule = T.Classes.classify(*R).Rule;
        Rule && Rule->LongLived)
      Flags |= LongLivedType;
  if (S.Ret != NoPlace) {
    Fact &R = emit(FactKind::Assign, S.Expr, Scalar);
    R.Dst = S.Ret;
  }
  Fact &F = emit(FactKind::Put, S.Expr, Flags);
  F.Src = Src;
  F.Family = T.family(*M.Family);
  F.Test = success(Op.Fails, S.Ret);
  F.Pool = poolOf(S, Op);
  if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
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
    if (Taken >= 0 && unsigned(Taken) < S.Args.size())
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
    // The arguments of an acquire are used: a connection to prepare on.
    for (unsigned I = 0; I < S.Args.size(); ++I)
      if (!(M.Op->Object.Where == model::Slot::Argument && M.Op->Object.Index == I))
        emit(FactKind::Use, S.Expr).Src = operand(S.Args[I]);
    acquire(S, M);
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
  if (!F->getIdentifier())
    return false;
  if (testPoint(S) || renews(S))
    return true;
  StringRef Name = F->getName();
  size_t N = S.Args.size();
  if (N == 1 && F->getBuiltinID() &&
      (Name == "__builtin_assume" || Name == "__assume")) {
    if (Operand O = truth(S.Args[0]); O.Is == Operand::Truth)
      emit(FactKind::Assert, S.Expr).Test = O.Test;
    return true;
  }
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
    if (Name == "make_unique" || Name == "make_shared") {
      mayThrow(S, nullptr);
      unknownCall(S);
      emit(FactKind::Make, S.Expr).Dst = S.Ret;
      return true;
    }
    if (N == 1 && Name == "ref") {
      Results[S.Expr] = bound(S.Args[0]);
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

void FactsGenerator::call(const CallExpr &C) {
  CallShape S = shapeOf(C);
  // A result of reference type is kept as the address it holds.
  Results[&C] = Operand::value(S.Ret);
  callFacts(S);
  // Where the result is another spelling of some place, that is what it is.
  if (const Operand &R = Results[&C]; R.Is == Operand::Value && R.Place == S.Ret)
    derive(S, S.Ret);
}

void FactsGenerator::callFacts(const CallShape &S) {
  if (!S.Callee) {
    mayThrow(S, nullptr);
    unknownCall(S);
    return;
  }
  if (isa<CXXDestructorDecl>(S.Callee))
    return; // obj->~T(): what follows says what becomes of the storage
  if (wellKnown(S) || optionalCall(S) || handleCall(S))
    return;
  const model::CallMeaning &M = T.Classes.classify(*S.Callee);
  if (M.What != model::Role::None || M.Rule) {
    mayThrow(S, nullptr);
    if (M.Rule && M.Rule->StartsThread && startTask(S))
      return;
    if (M.Rule && M.Rule->Waits)
      waits(S);
    if (byMeaning(S))
      return;
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
      Method && S.This != NoPlace && S.Args.size() == 1 &&
      (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator()) &&
      (!Method->getParent()->isInStdNamespace() ||
       isViewClass(Method->getParent())) &&
      (Method->isImplicit() || Method->isDefaulted() || !Method->hasBody() ||
       copiesPointer(Method->getFunctionObjectParameterType())))
    return assignObject(S, *Method);
  if (resets(S))
    return;
  if (bySummary(S)) {
    keepAnswer(S);
    return;
  }
  mayThrow(S, nullptr);
  if (emplacesTask(S))
    return;
  waitByName(S);
  mayWait(S);
  unknownCall(S);
  keepAnswer(S);
  growth(S);
  // `malloc` and its like: nothing else is said of them here.
  if (S.Callee->hasAttr<RestrictAttr>() && !S.Callee->hasAttr<ReturnsNonNullAttr>() &&
      S.Ret != NoPlace)
    emit(FactKind::Assign, S.Expr, MayBeNull).Dst = S.Ret;
  if (S.Callee->isNoReturn())
    emit(FactKind::Stop, S.Expr);
}

} // namespace pooltidy

//===- SummaryCalls.cpp - calls of what has a body -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Arrays.h"
#include "CallNames.h"
#include "Closures.h"
#include "Generator.h"
#include "Questions.h"
#include "Types.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace clang;

namespace pooltidy {

/// A callee's place in the caller's terms, by the arguments alone.
PlaceId FactsGenerator::substitutePlace(PlaceId P, const CallSite &C) {
  const Place Here = T.Places[P];
  if (Here.Parent == NoPlace) {
    if (Here.Kind == PlaceKind::Result)
      return C.Ret;
    if (Here.Kind == PlaceKind::Global || T.Places.isInFlight(P))
      return P;
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == P)
        return Actual.Is == Operand::Value ? Actual.Place : NoPlace;
    return NoPlace;
  }
  if (Here.Kind == PlaceKind::Deref && T.Places[Here.Parent].Parent == NoPlace)
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == Here.Parent)
        return behind(Actual);
  PlaceId Above = substitutePlace(Here.Parent, C);
  return Above == NoPlace ? NoPlace : T.Places.rebase(P, Here.Parent, Above);
}

Operand FactsGenerator::substitute(const Operand &O, const CallSite &C) {
  Operand Out = O;
  if (O.Is == Operand::Truth) {
    Out.Test.Place = substitutePlace(O.Test.Place, C);
    return Out.Test.Place == NoPlace ? Operand() : Out;
  }
  if (T.Places[O.Place].Parent == NoPlace && O.Is == Operand::Value)
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == O.Place)
        return Actual;
  Out.Place = substitutePlace(O.Place, C);
  return Out.Place == NoPlace ? Operand() : Out;
}

void FactsGenerator::bindCall(const CallShape &S, CallSite &C) {
  const FunctionDecl *Body = S.Callee->getDefinition();
  if (!Body)
    Body = S.Callee;
  if (S.This != NoPlace)
    C.Bindings.push_back(
        {T.Places.root(PlaceKind::This, 0, "this"), addressOf(S.This)});
  for (unsigned I = 0; I < Body->getNumParams() && I < S.Args.size(); ++I) {
    const ParmVarDecl *P = Body->getParamDecl(I);
    Operand O = argument(S.Args[I], P->getType());
    C.Bindings.push_back(
        {T.Places.root(PlaceKind::Param, T.symbol(*P), P->getName()), O});
  }
  C.Ret = S.Ret;
  if (isa<CXXConstructorDecl>(S.Callee))
    C.Made = S.This;
}

/// True when the destructor of what \p Constructor makes puts the lease.
bool FactsGenerator::putsAtEnd(const FunctionDecl &Constructor,
                               const FreshLease &L) {
  const CXXDestructorDecl *End =
      cast<CXXMethodDecl>(Constructor).getParent()->getDestructor();
  const Summary *Sum = End && T.isUserCode(*End) ? T.summary(*End) : nullptr;
  return Sum && llvm::any_of(Sum->Entities, [&](const EntitySummary &E) {
           return E.Entity == L.Out &&
                  llvm::any_of(E.Outcomes, [](const Outcome &O) { return O.Put; });
         });
}

void FactsGenerator::freshLeases(const CallShape &S, const Summary &Sum,
                                 const CallSite &C) {
  // What the object that is made holds is its own, by whatever other names.
  auto IsOfThis = [&](PlaceId P) {
    return T.Places[T.Places.rootOf(P)].Kind == PlaceKind::This;
  };
  llvm::SmallVector<const FreshLease *, 4> Order;
  for (const FreshLease &L : Sum.Fresh)
    Order.push_back(&L);
  // What is a name on all ways goes before one that is left on some of them.
  llvm::stable_sort(Order, [](auto *A, auto *B) {
    return A->Also.size() < B->Also.size();
  });
  std::stable_partition(Order.begin(), Order.end(),
                        [&](auto *L) { return IsOfThis(L->Out); });
  bool Makes = isa<CXXConstructorDecl>(S.Callee);
  llvm::SmallVector<std::pair<const FreshLease *, PlaceId>, 4> Done;
  for (const FreshLease *Each : Order) {
    const FreshLease &L = *Each;
    PlaceId Dst = substitutePlace(L.Out, C);
    auto First = llvm::find_if(Done, [&](auto &D) {
      return D.first->Family == L.Family &&
             (llvm::is_contained(D.first->Also, L.Out) ||
              llvm::is_contained(L.Also, D.first->Out));
    });
    if (First != Done.end()) {
      if (Dst == NoPlace)
        continue;
      Fact &F = emit(FactKind::Copy, S.Expr);
      F.Dst = Dst;
      F.Src = Operand::value(First->second);
      continue;
    }
    Fit Here = fits(C, L.Given);
    if (Dst == NoPlace || Here == Fit::No)
      continue;
    PlaceKind Root = T.Places[T.Places.rootOf(L.Out)].Kind;
    if (Root == PlaceKind::This && !isa<CXXConstructorDecl>(S.Callee))
      continue; // a member that some method filled: the object's own business
    uint32_t Flags = L.Flags & (InPlace | NotOwned | AcquiredStale | KeptAsLeft |
                                MayFail | UnsureFailure | PoolLimits);
    if (L.State == Dirt::Dirty)
      Flags |= AcquiredDirty;
    if (!Makes && llvm::any_of(L.Also, IsOfThis))
      Flags |= NotOwned;
    if (!L.Owned || Root == PlaceKind::This)
      Flags |= NotOwned;
    if (L.Owned && Root == PlaceKind::This && putsAtEnd(*S.Callee, L) &&
        T.Places[T.Places.rootOf(Dst)].Kind == PlaceKind::Local &&
        !T.Places.isShared(Dst))
      Flags |= HeldByMade;
    const FunctionDecl *Body = nullptr;
    if (L.NullElsewhere && S.Callee->hasBody(Body))
      if (Fit Null = givesNull(*Body, C); Null != Fit::No)
        Flags |= MayFail | (Null == Fit::Yes || (Flags & MayFail) ? NoFlags
                                                                  : UnsureFailure);
    if (Dst == S.Ret)
      Flags |= Follows;
    Done.push_back({Each, Dst});
    Fact &F = emit(FactKind::Acquire, S.Expr, Flags);
    F.Dst = Dst;
    F.Family = L.Family;
    F.Call = G->Facts.Calls.size() - 1; // that the Apply fact before has
    if (L.Pool != NoPlace)
      F.Pool = substitutePlace(L.Pool, C);
    if (Root != PlaceKind::Result)
      F.Src = Operand::value(S.Ret); // a status that tells whether there is one
    if (Root == PlaceKind::Result || L.Result.isNonZero())
      F.Test = {S.Ret, Cmp::NE, 0};
    else if (L.Result.isZero())
      F.Test = {S.Ret, Cmp::EQ, 0};
    else if (L.Result.Low == 0)
      F.Test = {S.Ret, Cmp::GE, 0};
    else if (Predicate Told = toldByFields(L, C)) {
      F.Test = Told;
      F.Flags |= StatusObject;
    }
    if (S.Ret == NoPlace || S.Callee->getReturnType()->isVoidType() ||
        isa<CXXConstructorDecl>(S.Callee) ||
        S.Callee->getReturnType()->isReferenceType())
      F.Test = {};
    // What a constructor has put into a member tells by itself whether it is there.
    if (isa<CXXConstructorDecl>(S.Callee)) {
      F.Src = addressOf(S.This);
      if (Flags & MayFail)
        F.Test = {Dst, Cmp::NE, 0};
      // `held_(given ? given : pool.acquire())`: perhaps nothing was acquired.
      if ((Flags & MayFail) && Here == Fit::Perhaps)
        F.Flags |= UnsureFailure;
    }
    QualType Given = S.Callee->getReturnType();
    if (const auto *R = pointee(Given)->getAsCXXRecordDecl())
      G->TypeAt[F.Site] = R;
    for (PlaceId P : L.Parents)
      if (PlaceId Parent = substitutePlace(P, C); Parent != NoPlace) {
        Fact &Of = emit(FactKind::ChildOf, S.Expr);
        Of.Dst = Dst;
        Of.Src = Operand::value(Parent);
      }
  }
}

bool FactsGenerator::bySummary(const CallShape &S) {
  if (!T.isUserCode(*S.Callee)) {
    if (S.Callee->getOverloadedOperator() != OO_Call)
      return false;
    CallShape Held = S; // what the variable captured lies in it
    Held.Callee = heldBody(S.ThisExpr, Fn.getBody());
    return Held.Callee && S.Args.size() == Held.Callee->getNumParams() &&
           bySummary(Held);
  }
  const Summary *Sum = T.summary(*S.Callee);
  if (!Sum || Sum->Incomplete)
    return false;
  CallSite C;
  C.Callee = Sum;
  bindCall(S, C);
  mayThrow(S, &C);
  // Behind a parameter an array's elements have no places of their own.
  for (const Expr *A : S.Args)
    if (const Expr *Array = A->IgnoreParenImpCasts();
        elementsOf(Array->getType(), T.Context) &&
        (A->getType()->isPointerType() || Array->getType()->isRecordType()) &&
        elementType(Array->getType(), T.Context)->isScalarType())
      if (PlaceId P = place(Array); P != NoPlace)
        emit(FactKind::Store, S.Expr).Src = Operand::value(P);
  if (!Sum->Returns) {
    emitCall(FactKind::Apply, std::move(C), S.Expr);
    emit(FactKind::Stop, S.Expr);
    return true;
  }
  if (Sum->Gives.Is != Operand::None && Sum->Fresh.empty()) {
    Operand O = substitute(Sum->Gives, C);
    if (O.Is != Operand::None) {
      if (S.This != NoPlace)
        emit(FactKind::Read, S.Expr).Dst = S.This;
      // A getter reads what it gives.
      PlaceId Read = O.Is == Operand::Truth   ? O.Test.Place
                     : O.Is == Operand::Value ? O.Place
                                              : NoPlace;
      // … but how much a container can hold is no content.
      const auto *Asked =
          Read != NoPlace && T.Places[Read].Kind == PlaceKind::Query
              ? dyn_cast_or_null<CXXMethodDecl>(T.declOf(T.Places[Read].Symbol))
              : nullptr;
      bool OfStorage = Asked && isWithinStd(*Asked) &&
                       isStorageName(calledName(Asked, nullptr));
      if (Read != NoPlace && T.Places[Read].Parent != NoPlace && !OfStorage)
        emit(FactKind::Read, S.Expr).Dst = Read;
      // One that is given back as it is was not looked behind.
      for (const auto &[Root, Actual] : C.Bindings)
        if (Actual.Is == Operand::Value && T.Places[Root].Kind == PlaceKind::Param &&
            !(Sum->Gives.Is == Operand::Value && Sum->Gives.Place == Root))
          emit(FactKind::Use, S.Expr).Src = Actual;
      Results[S.Expr] = O;
      asked(O, O.Is == Operand::Truth, S.Expr);
      return true;
    }
  }
  // Anything read through `this` is a use of what it points to.
  emitCall(FactKind::Apply, C, S.Expr);
  freshLeases(S, *Sum, C);
  bool Pooled = llvm::any_of(Sum->Fresh, [&](const FreshLease &L) {
    return T.Families[L.Family].Pooled;
  });
  if (Sum->Makes && !Pooled && S.Ret != NoPlace)
    emit(FactKind::Make, S.Expr).Dst = S.Ret;
  return true;
}

} // namespace pooltidy

//===- Known.cpp - what a path knows, and what it knows no more ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// Keeps of \p R what the difference of two such numbers can be.
static void keepDifference(Range &R, const Range &A, const Range &B) {
  if ((A.Low == A.High && !B.contains(A.Low)) ||
      (B.Low == B.High && !A.contains(B.Low)))
    R.keep(Cmp::NE, 0);
  // A sign may be lost where two types are compared.
  if (A.Low < 0 || B.Low < 0)
    return;
  R.keep(Cmp::GE, A.Low - B.High);
  R.keep(Cmp::LE, A.High - B.Low);
}

/// True on a path on which a put has said no.
static bool wasRefused(const PathState &State) {
  for (const Trace *T = State.Path; T; T = T->Before)
    if (T->Kind == StepKind::PutFailed)
      return true;
  return false;
}

bool Transfer::assume(PathState &State, Predicate P) {
  P.Place = canonical(State, P.Place);
  // `if (ends[i] >= 0) close(ends[i]);`: nobody can say which one is asked.
  if (State.Owned && isAmong(State, P.Place))
    State.escapes();
  Range R = State.believedOf(P.Place);
  // Asked again behind code that nobody sees: only that can have changed it.
  if (R.Believed) {
    Range Asked, Both = R;
    Asked.keep(P.Op, P.Constant);
    Both.keep(P.Op, P.Constant);
    if (Both.isEmpty())
      State.Caveats |= AskedAgain;
    Asked.Tested = Asked.Believed = true;
    if (Both.isEmpty() || Both == Asked)
      R = Range();
  }
  if (const Place &Here = Places[P.Place];
      Here.Kind == PlaceKind::Opaque && (Here.Symbol & Difference)) {
    llvm::ArrayRef<PlaceId> Sides = Places.readsOf(P.Place);
    PlaceId A = Sides[0], B = Sides[1];
    A = canonical(State, A), B = canonical(State, B);
    keepDifference(R, State.rangeOf(A), State.rangeOf(B));
  }
  if (S.Now == Solver::Kind::Failed && R.isAny() && State.names(P.Place))
    R = S.FailedAs;
  bool WasZero = R.isZero(), WasNegative = R.High < 0, WasTested = R.Tested;
  R.keep(P.Op, P.Constant);
  if (R.isEmpty())
    return false;
  // Whoever asks whether what should have taken the lease has failed knows that he
  // has it still.
  if (State.PutFailed && WasZero && !WasTested && !wasRefused(State)) {
    State.PutFailed = false;
    State.Caveats |= FailureSeen;
  }
  R.Tested = true;
  State.setRange(P.Place, R);
  // The lease exists in this simulation, so no name of it is null.
  if (State.names(P.Place) && R.isZero() && !WasZero && !State.ZeroIsValid)
    return false;
  // Nor is an id below zero, whoever asks: `if (fd_ >= 0) close(fd_);`.
  if (State.names(P.Place) && R.High < 0 && !WasNegative)
    return false;
  // A number that everybody knows is another name, which outlives the scope.
  if (State.Owned && State.names(P.Place) && State.Family < S.Families.size() &&
      R.High < S.Families[State.Family].KnownIds) {
    // `fd > 0` is a mistaken test for success, not one for standard input; it is
    // right as long as nobody has closed that.
    if ((P.Op == Cmp::LE && P.Constant == 0) || (P.Op == Cmp::LT && P.Constant == 1))
      State.Caveats |= MayBeTaken;
    else
      State.escapes();
  }
  for (auto &[Place, Test] : State.Truths)
    if (Place == P.Place) {
      Meaning Then = Test;
      if (Then.Same)
        return assume(State, {Then.Place, P.Op, P.Constant});
      if (R.isNonZero())
        return assume(State, Then);
      if (R.isZero())
        return assume(State, Then.negated());
    }
  return true;
}

/// What \p M has told of \p Dst so far stays so where what it is about is assigned:
/// `bool mine = !f; if (!f) f = fopen(...);`.
static void decide(PathState &State, PlaceId Dst, const Meaning &M) {
  Range R = State.rangeOf(M.Place), Now = State.rangeOf(Dst);
  if (M.Same) {
    if (!R.Tested || R.Believed || !Now.isAny())
      return;
    return State.setRange(Dst, R);
  }
  Range Yes = R, No = R;
  Yes.keep(M.Op, M.Constant);
  No.keep(negate(M.Op), M.Constant);
  if (Yes.isEmpty() != No.isEmpty())
    State.setRange(Dst, Range::exactly(No.isEmpty()));
}

void Transfer::forgetWithin(PathState &State, PlaceId P, bool Itself) {
  auto Gone = [&](PlaceId Q) {
    if (Itself && Q == P)
      return true;
    if (Places[Q].Kind == PlaceKind::Opaque)
      return llvm::any_of(Places.readsOf(Q), [&](PlaceId R) {
        return Places.isWithin(R, P) || Places.isWithin(P, R);
      });
    return (Itself || Q != P) && Places.isWithin(Q, P);
  };
  for (const auto &[Dst, M] : State.Truths)
    if (Gone(M.Place) && !Gone(Dst))
      decide(State, Dst, M);
  llvm::erase_if(State.Ranges, [&](auto &E) { return Gone(E.first); });
  llvm::erase_if(State.Addresses, [&](auto &E) { return Gone(E.first); });
  llvm::erase_if(State.Truths, [&](auto &E) {
    return Gone(E.first) || Gone(E.second.Place);
  });
  llvm::erase_if(State.Tainted, [&](PlaceId Q) { return Gone(Q); });
}

/// What is known of a field from here on is no longer what the caller knew.
void Transfer::noteWritten(PathState &State, const Fact &F) {
  if (S.Now != Solver::Kind::Base && S.Now != Solver::Kind::Entity)
    return;
  auto Keep = [&](PlaceId P) {
    Range R = State.rangeOf(P);
    if (!R.isAny() && isAsGiven(Places, S.Function, State, P))
      insertOnce(State.Asked, P, R);
  };
  auto Add = [&](SymbolId Field) {
    if (Field == AnySymbol && !llvm::is_contained(State.Written, AnySymbol))
      for (const auto &[P, R] : State.Ranges)
        Keep(P);
    insertSorted(State.Written, Field);
  };
  auto Write = [&](PlaceId P) {
    P = canonical(State, P);
    if (P == NoPlace ||
        (!Places.isShared(P) &&
         Places[Places.rootOf(P)].Kind != PlaceKind::Param))
      return;
    if (SymbolId Slot = Places.slotOf(P);
        Slot != AnySymbol && (F.Flags & Scalar)) {
      Keep(P);
      return Add(Slot);
    }
    for (; P != NoPlace && Places[P].Kind != PlaceKind::Field; P = Places[P].Parent)
      if (Places[P].Kind == PlaceKind::Deref)
        return Add(AnySymbol); // an object as a whole
    if (P == NoPlace)
      return;
    Keep(P);
    Add(Places[P].Symbol);
  };
  switch (F.Kind) {
  case FactKind::Swap:
  case FactKind::Move:
    Write(F.Src.Place);
    [[fallthrough]];
  case FactKind::Copy:
  case FactKind::Assign:
  case FactKind::Write:
  case FactKind::Reset:
  case FactKind::Acquire:
    return Write(F.Dst);
  case FactKind::Clobber:
    return Add(AnySymbol);
  case FactKind::Apply: {
    const Summary &Sum = *S.Function.Calls[F.Index].Callee;
    for (const auto &[P, R] : State.Ranges)
      if (Places[P].Kind == PlaceKind::Field &&
          llvm::is_contained(Sum.Writes, Places[P].Symbol))
        Keep(P);
    for (SymbolId Field : Sum.Writes)
      Add(Field);
    if (Sum.WritesUnknown || !Sum.WritesBehind.empty())
      Add(AnySymbol);
    return;
  }
  default:
    return;
  }
}

} // namespace pooltidy

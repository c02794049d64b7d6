//===- Translate.cpp - what a callee speaks of, in its caller ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Sentinels.h"
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

PlaceId Transfer::storage(const PathState &State, const CallSite &C,
                          PlaceId P) {
  if (P == NoPlace)
    return NoPlace;
  const Place Here = Places[P];
  if (Here.Parent == NoPlace) {
    if (Here.Kind == PlaceKind::Global)
      return P;
    if (Here.Kind == PlaceKind::Result)
      return C.Ret;
    Operand O = translate(State, C, P);
    return O.Is == Operand::Value ? O.Place : NoPlace;
  }
  if (Here.Kind == PlaceKind::Deref) {
    Operand O = translate(State, C, Here.Parent);
    if (O.Is == Operand::Address)
      return canonical(State, O.Place);
    if (O.Is != Operand::Value || O.Place == NoPlace)
      return NoPlace;
    return canonical(State, Places.step(PlaceKind::Deref, O.Place));
  }
  PlaceId Above = storage(State, C, Here.Parent);
  return Above == NoPlace ? NoPlace : Places.rebase(P, Here.Parent, Above);
}

Operand Transfer::translate(const PathState &State, const CallSite &C,
                            PlaceId P) {
  if (Places[P].Parent == NoPlace) {
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == P) {
        Operand O = Actual;
        if (O.Place != NoPlace)
          O.Place = canonical(State, O.Place);
        return O;
      }
    if (Places[P].Kind != PlaceKind::Global &&
        Places[P].Kind != PlaceKind::Result)
      return {};
  }
  PlaceId Where = storage(State, C, P);
  return Where == NoPlace ? Operand() : Operand::value(Where);
}

/// False when the lease cannot be, or not be, as \p R has it, what the callee has
/// compared it with.
bool Transfer::fitsSentinel(PathState &State, const CallSite &C, PlaceId P,
                            const Range &R) {
  Sentinel Asked = sentinelOf(Places, P);
  Operand With = Asked.Address ? Operand::address(storage(State, C, Asked.Place))
                               : translate(State, C, Asked.Place);
  bool Fresh = S.Now == Solver::Kind::Acquire;
  bool IsAddress = With.Is == Operand::Address;
  if (With.Is == Operand::Constant) // null, which a lease is not
    return !R.isZero() || With.Number != 0;
  if ((With.Is != Operand::Value && !IsAddress) || With.Place == NoPlace)
    return true;
  if (IsAddress ? With.Place == State.InPlace : State.names(With.Place))
    return !R.isNonZero();
  // What was just acquired is not what a global has had all along, and no object
  // that has storage of its own.
  bool Apart = IsAddress ? Places.isNamedObject(Places.rootOf(With.Place))
                         : Places[With.Place].Kind == PlaceKind::Global;
  if ((Apart && Fresh) || (!IsAddress && State.rangeOf(With.Place).isZero()))
    return !R.isZero();
  if (S.Now != Solver::Kind::Entity ||
      !isGiven(Places, S.Function, State, {With.Place, IsAddress}))
    return true;
  PlaceId Ours = sentinelPlace(Places, {With.Place, IsAddress});
  Range Known = State.rangeOf(Ours);
  bool Can = Known.meet(R);
  State.setRange(Ours, Known);
  return Can;
}

/// False when the arguments rule this outcome out; else what it says of them
/// holds from now on.
bool Transfer::fits(PathState &State, const CallSite &C, const Ranges &Given) {
  for (const auto &[P, R] : Given) {
    if (sentinelOf(Places, P)) {
      if (!fitsSentinel(State, C, P, R))
        return false;
      continue;
    }
    Operand Actual =
        Places.isInFlight(P) ? Operand::value(P) : translate(State, C, P);
    if (Actual.Is == Operand::Constant && !R.contains(Actual.Number))
      return false;
    if (Actual.Is == Operand::Address && R.isZero())
      return false;
    if (Actual.Is == Operand::Value && Actual.Place != NoPlace &&
        !R.everyTest([&, To = Actual.Place](Cmp Op, int64_t N) {
          return assume(State, {To, Op, N});
        }))
      return false;
    if (Actual.Is == Operand::Truth && (R.isZero() || R.isNonZero()) &&
        !assume(State, R.isZero() ? Actual.Test.negated() : Actual.Test))
      return false;
  }
  return true;
}

/// True when a call of \p C assigns \p P or what it is in, other than by a pointer.
bool Transfer::assigns(const PathState &State, const CallSite &C, PlaceId P) {
  const Summary &Sum = *C.Callee;
  if (Places[P].Kind == PlaceKind::Opaque)
    return llvm::any_of(Places.readsOf(P),
                        [&](PlaceId R) { return assigns(State, C, R); });
  for (; P != NoPlace; P = Places[P].Parent) {
    const Place &Here = Places[P];
    if ((Here.Kind != PlaceKind::Field && Here.Kind != PlaceKind::Global) ||
        !llvm::is_contained(Sum.Writes, Here.Symbol))
      continue;
    bool Told = false;
    for (PlaceId W : Sum.WritesAt) {
      if (Places[W].Symbol != Here.Symbol)
        continue;
      Told = true;
      PlaceId At = storage(State, C, W);
      if (At == P || At == NoPlace)
        return true;
    }
    if (!Told)
      return true;
  }
  return false;
}

} // namespace pooltidy

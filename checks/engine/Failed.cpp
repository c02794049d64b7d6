//===- Failed.cpp - an acquire that failed --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One more run for each acquire that can fail: from behind it, with its test of
// success turned round and null where the lease would be. Branches that ask for
// it end this run where they go on with a lease; whoever looks behind a name of
// it on what is left has not asked.
//
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// The pool was asked for something before, or is this function's own: it may
/// well be known that an acquire cannot fail.
static bool isKnownPool(const PlaceTable &Places, const PathState &S,
                        PlaceId Pool) {
  if (Pool == NoPlace)
    return false;
  const Place &Root = Places[Places.rootOf(Pool)];
  if (Root.Kind == PlaceKind::Local && !Root.Reference && !Places.isShared(Pool))
    return true;
  auto Asked = [&](PlaceId P) {
    if (Places[P].Kind == PlaceKind::Opaque)
      return llvm::any_of(Places.readsOf(P), [&](PlaceId R) {
        return Places.isWithin(R, Pool);
      });
    return Places.isWithin(P, Pool);
  };
  return llvm::any_of(S.Ranges, [&](const auto &E) { return Asked(E.first); });
}

void Solver::failedSimulation(FactRef At, const Summary &Out) {
  auto It = BaseAt.find(At);
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  if (!(F.Flags & MayFail) || !F.Test || It == BaseAt.end() ||
      F.Family == AnyFamily || (F.Flags & InPlace) || !GaveUp.empty())
    return;
  PathState S = It->second;
  Transfer T(*this, At.Block);
  if (F.WhenNull != NoPlace && !S.rangeOf(T.canonical(S, F.WhenNull)).isZero())
    return;
  PlaceId Dst = T.canonical(S, F.Dst), Told = T.canonical(S, F.Test.Place);
  T.forgetWithin(S, Dst, true);
  FailureUnsure = (F.Flags & UnsureFailure) ||
                  isKnownPool(Places, S, T.canonical(S, F.Pool));
  S.Caveats = 0;
  S.Is = Life::Live;
  S.Family = F.Family;
  S.ZeroIsValid = true; // 0 is what its names hold here
  S.addName(Dst);
  FailedAs = Range::exactly(0);
  if (Told == Dst) {
    FailedAs = Range();
    FailedAs.keep(negate(F.Test.Op), F.Test.Constant);
  } else {
    if (F.Test.Op == Cmp::NE && F.Test.Constant == 0 && !(F.Flags & StatusObject))
      S.addName(Told); // a pointer to what the id in Dst stands for
    T.taint(S, Told); // a status: whoever looks at it looks at the acquire
  }
  T.taintStatus(S, F);
  if (F.Src.Is == Operand::Address) // it may have noted in itself how it went
    T.taint(S, T.canonical(S, F.Src.Place));
  S.setRange(Dst, FailedAs);
  if (!T.assume(S, F.Test.negated()) || !T.leftWithLease(S, F, true))
    return;
  S.Path = trace(nullptr, StepKind::Acquired, F.Site);
  ObjectName = Places[Places.rootOf(Dst)].Kind == PlaceKind::Temp
                   ? ""
                   : Places.spell(Dst);
  StartedAt = At;
  // A pointer's null is asked of the paths of the callee, for what it is given.
  llvm::SmallVector<PlaceId, 2> Outs;
  for (const FreshLease &L : Out.Fresh)
    if (!(GivesNull && L.Out == Function.Result) && !llvm::is_contained(Outs, L.Out))
      Outs.push_back(L.Out);
  HandsOut = !Outs.empty();
  Ranges Before(S.Ranges.begin(), S.Ranges.end());
  simulate(Kind::Failed, std::move(S), {At.Block, At.Index + 1});
  HandsOut = false;
  // What depends on the caller's arguments may be what nobody gives.
  auto Depends = [&](const PathState &End) {
    return llvm::any_of(End.Ranges, [&](const auto &E) {
      return Places[E.first].Kind == PlaceKind::Param && !E.second.Believed &&
             !Function.Assigned.count(E.first) && !llvm::is_contained(Before, E);
    });
  };
  for (const PathState &End : Exits) {
    for (PlaceId P : End.Names)
      if (FailedAs.isZero())
        // Who was called about it on this way need not have come back.
        FailedOuts.push_back({P,
                              (F.Flags & UnsureFailure) != 0 ||
                                  (End.Caveats & LeaseBranch) != 0,
                              leftAt(End)});
    for (PlaceId P : Outs) // `return nullopt;`, `return {nullptr, false};`
      if (!End.names(P) && End.rangeOf(P).isZero())
        FailedOuts.push_back(
            {P, (F.Flags & UnsureFailure) || Depends(End), leftAt(End)});
  }
}

/// Which of the leases that the function hands out can be missing.
void Solver::tellFailures(Summary &Out) const {
  for (FreshLease &L : Out.Fresh) {
    L.Flags &= ~(MayFail | UnsureFailure);
    bool IsResult = L.Out == Function.Result, Unsure = false;
    bool Sure = false;
    for (const FailedOut &Failed : FailedOuts) {
      if (Failed.Out != L.Out)
        continue;
      if (Unsure || Sure)
        joinGiven(L.Without, Failed.Left);
      else
        L.Without = Failed.Left;
      (Failed.Unsure ? Unsure : Sure) = true;
    }
    // A status that is sometimes another than with a lease.
    Range All = Out.Results;
    bool Others = !IsResult && !L.Result.isAny() &&
                  !(All.joined(L.Result) == L.Result);
    Sure |= Others && !GivesNull;
    L.NullElsewhere = GivesNull && !Sure && (IsResult || Others);
    if (GivesNull || Others)
      L.Without.clear(); // there are ways that no failed acquire went
    if (Sure || Unsure)
      L.Flags |= MayFail | (Sure ? 0 : UnsureFailure);
  }
}

/// The name that one goes through to \p Where.
PlaceId Transfer::holderOf(const PathState &State, PlaceId Where) const {
  for (PlaceId P = Where; P != NoPlace; P = Places[P].Parent)
    if (Places[P].Kind == PlaceKind::Deref && State.names(Places[P].Parent))
      return Places[P].Parent;
  return NoPlace;
}

/// Somebody looks behind \p Holder, by \p How; false when there is nothing. Not
/// \p Sure: perhaps only.
bool Transfer::lookBehind(PathState &State, const Fact &F, PlaceId Holder,
                          const char *How, bool Sure) {
  if (S.Now == Solver::Kind::Entity)
    State.Unchecked |= Sure && !State.rangeOf(Holder).isNonZero();
  if (S.Now != Solver::Kind::Failed)
    return true;
  PathState At = State;
  if (!Sure)
    At.Caveats |= LeaseBranch;
  // A guard is known by its own name, not by that of the pointer in it.
  const Fact &Acquired =
      S.Function.Blocks[S.StartedAt.Block].Facts[S.StartedAt.Index];
  if (Acquired.Src.Is == Operand::Address &&
      Places.isWithin(Holder, Acquired.Src.Place))
    Holder = Acquired.Src.Place;
  S.violate(here(), At,
            {.Kind = FindingKind::UncheckedAcquire,
             .Object = nameFor(Holder),
             .Site = F.Decl == NoSite ? F.Site : F.Decl,
             .Other = How});
  return false;
}

/// A call on an object, or with a reference to one, goes through the pointer.
bool Transfer::lookBehindByCall(PathState &State, const Fact &F,
                                const CallSite &C) {
  bool Asked = S.Now == Solver::Kind::Failed || S.Now == Solver::Kind::Entity;
  if (!Asked || (F.Flags & ByHandle))
    return true;
  for (const auto &[Root, Actual] : C.Bindings) {
    PlaceId Where;
    if ((Places[Root].Kind == PlaceKind::This || Places[Root].Reference) &&
        Actual.Is == Operand::Value && holds(State, Actual, Where) &&
        Places[Places.rootOf(Where)].Kind != PlaceKind::This &&
        !lookBehind(State, F, Where, "", !C.Maybe))
      return false;
  }
  return true;
}

/// False when \p O looks behind \p Held, which is not there.
bool Transfer::fitsFailure(PathState &State, const Fact &F, const CallSite &C,
                           const Outcome &O, PlaceId Held, bool All) {
  return S.Now != Solver::Kind::Failed || !O.Unchecked || O.Put ||
         (F.Flags & ByHandle) || lookBehind(State, F, Held, "call", All);
}

/// An assertion holds from here on.
bool Transfer::asserted(PathState &State, const Fact &F) {
  if (F.Test)
    return assume(State, F.Test) || (F.Flags & Believed);
  if (S.Now != Solver::Kind::Failed)
    return true;
  // It asks something that is not understood: whether there is one, perhaps.
  PlaceId P = canonical(State, F.Dst);
  return !State.names(P) && !llvm::is_contained(State.Tainted, P);
}

} // namespace pooltidy

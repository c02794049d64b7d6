//===- Leap.cpp - what does not concern a lease is not walked -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The base run has walked the whole function without a lease. Where all ways
// from one node come together in another, and nothing between the two mentions
// the lease or anything of which this state knows other than the base run does
// there, a walk would do to this state what it did to the base run's. So the
// state takes over what the base run knows behind it, and keeps its own. With
// one simulation per lease this is what keeps a function of many leases from
// costing the square of their number.
//
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

std::shared_ptr<const Solver::Known> Solver::note(const PathState &S) {
  if (!LastNoted || LastNoted->Caveats != S.Caveats ||
      LastNoted->Ranges != S.Ranges || LastNoted->Addresses != S.Addresses ||
      LastNoted->Truths != S.Truths || LastNoted->Written != S.Written)
    LastNoted = std::make_shared<const Known>(
        Known{S.Ranges, S.Addresses, S.Truths, S.Caveats, S.Written});
  return LastNoted;
}

/// What all of \p States know.
std::shared_ptr<const Solver::Known>
Solver::noteAll(llvm::ArrayRef<PathState> States) {
  PathState Any = States.front();
  for (const PathState &Other : States.drop_front())
    Any.joinFacts(Other);
  return note(Any);
}

namespace {
/// Calls \p Differs with each entry of one sorted map that the other has not.
template <typename Map, typename Callback>
void difference(const Map &A, const Map &B, Callback Differs) {
  auto I = A.begin(), J = B.begin();
  while (I != A.end() || J != B.end()) {
    if (J == B.end() || (I != A.end() && I->first < J->first)) {
      Differs(*I++);
    } else if (I == A.end() || J->first < I->first) {
      Differs(*J++);
    } else {
      if (!(I->second == J->second)) {
        Differs(*I);
        Differs(*J);
      }
      ++I, ++J;
    }
  }
}

/// \p Mine where \p IsOurs, and \p Theirs elsewhere.
template <typename Map, typename Predicate>
void compose(Map &Mine, const Map &Theirs, Predicate IsOurs) {
  Map Out;
  auto I = Mine.begin();
  for (const auto &Entry : Theirs) {
    if (IsOurs(Entry.first))
      continue;
    for (; I != Mine.end() && I->first < Entry.first; ++I)
      if (IsOurs(I->first))
        Out.push_back(*I);
    Out.push_back(Entry);
  }
  for (; I != Mine.end(); ++I)
    if (IsOurs(I->first))
      Out.push_back(*I);
  Mine = std::move(Out);
}
} // namespace

/// The furthest node that \p S can leap to from \p Here, where nothing concerns
/// it before \p Until. A return is leaped over only on the way to a clean-up that
/// others lead to too: its place in the path, and what it gave back, are wanted
/// at the exit.
NodeId Solver::nextStop(NodeId Here, const PathState &S, Moment Start,
                        Moment Until) const {
  NodeId To = Shape.furthest(Here, Until);
  if (To == NoNode)
    return To;
  Moment Return = Shape.next({Mention::Return}, Start);
  bool ForGood = Until == Never && S.Is == Life::Live && S.Owned;
  if (Return < factsOf(To) && (ForGood || Shape[To].Block == Function.Exit))
    To = Shape.furthest(Here, std::min(Until, Return));
  return To;
}

/// The node where \p S is next concerned by anything, with \p S as it arrives
/// there; NoNode when it must be walked. \p S has come to \p Here, or to its end
/// when \p AtEnd.
NodeId Solver::leap(NodeId Here, PathState &S, bool AtEnd) {
  const Known *At = (AtEnd ? BaseOut : BaseIn)[Here].get();
  if (!At || !Shape.hasRegion(Here) || (!AtEnd && Shape.isHeader(Here)))
    return NoNode;
  const Known &Before = *At;
  Moment Start = AtEnd && !Shape.isHeader(Here) ? branchOf(Here) : factsOf(Here);
  Moment Until = Never;
  auto Stop = [&](Mention M) {
    if (Until > Start)
      Until = std::min(Until, Shape.next(M, Start));
  };
  ++Leap;
  bool Temps = false, Shared = false;
  llvm::SmallVector<PlaceId, 16> Roots;
  auto Ours = [&](PlaceId P) {
    PlaceId Root = Places.rootOf(P);
    return Root < Marks.size() && Marks[Root] == Leap;
  };
  // Unknown code takes shared names away, and no others.
  auto Concern = [&](PlaceId P, bool IsName = false) {
    PlaceId Root = Places.rootOf(P);
    Shared |= Places.isShared(P) || (!IsName && Places[Root].AddressTaken);
    if (Root >= Marks.size())
      Marks.resize(Root + 1, 0);
    if (Marks[Root] == Leap)
      return;
    Marks[Root] = Leap;
    Temps |= Places[Root].Kind == PlaceKind::Temp;
    Stop({Mention::Root, Root});
  };
  Stop({Mention::Always});
  if (Now == Kind::Unguarded)
    Stop({Mention::Leave});
  if (!S.Steps.empty())
    Stop({Mention::Again});
  for (PlaceId P : S.Names)
    Concern(P, true);
  for (PlaceId P : S.Views)
    Concern(P, true);
  for (const Task &Each : S.Tasks)
    if (Each.Object != NoPlace)
      Concern(Each.Object);
  if (!S.Tasks.empty())
    Stop({Mention::Wait});
  if (S.InPlace != NoPlace)
    Concern(S.InPlace);
  else if (S.Names.empty() && S.Views.empty())
    Stop({Mention::Throw}); // a state without names takes no handler's way
  NodeId To = nextStop(Here, S, Start, Until);
  if (To == NoNode)
    return NoNode;
  for (PlaceId P : S.Tainted)
    Concern(P);
  for (PlaceId P : S.Parents)
    Concern(P);
  auto Differs = [&](PlaceId P) {
    Concern(P);
    // A call's summary writes fields and globals wherever they are.
    for (PlaceId Q = P; Q != NoPlace; Q = Places[Q].Parent)
      if (Places[Q].Kind == PlaceKind::Field || Places[Q].Kind == PlaceKind::Global)
        for (uint32_t Callee : Shape.writersOf(Places[Q].Symbol))
          Stop({Mention::Callee, Callee});
    if (Places[P].Kind == PlaceKind::Opaque)
      for (PlaceId R : Places.readsOf(P))
        Concern(R);
  };
  difference(S.Ranges, Before.Ranges, [&](auto &E) { Differs(E.first); });
  difference(S.Addresses, Before.Addresses, [&](auto &E) {
    Differs(E.first);
    Concern(E.second);
  });
  difference(S.Truths, Before.Truths, [&](auto &E) {
    Differs(E.first);
    Differs(E.second.Place);
  });
  // Whoever leads to what concerns it concerns it too.
  bool More = true;
  while (More && Until > Start) {
    More = false;
    auto Leads = [&](PlaceId From, PlaceId To) {
      if (Ours(To) && !Ours(From))
        Concern(From), More = true;
    };
    for (auto &[P, A] : S.Addresses)
      Leads(P, A);
    for (auto &[P, T] : S.Truths)
      Leads(P, T.Place);
  }
  if (Shape.movesAnything())
    for (auto &[P, A] : S.Addresses)
      Stop({Mention::MovesFrom, Places.rootOf(P)});
  if (Temps)
    Stop({Mention::Temps});
  Shared |= (S.Caveats & FailureSeen) != 0;
  if (Shared)
    Stop({Mention::Shared});
  To = nextStop(Here, S, Start, Until);
  if (To == NoNode || (AtEnd && To == Shape[Here].Then) || !BaseIn[To])
    return NoNode;
  const Known &After = *BaseIn[To];
  if (Before.Caveats != After.Caveats)
    return NoNode; // only by an exception does one get there
  if (Now == Kind::Acquire && Shape.next({Mention::Stop}, Start) < factsOf(To))
    fine(FindingKind::Leak, {});
  MayBeLeft |= S.Is == Life::Live && S.Owned &&
               Shape.next({Mention::Leave}, Start) < factsOf(To);
  compose(S.Ranges, After.Ranges, Ours);
  compose(S.Addresses, After.Addresses, Ours);
  compose(S.Truths, After.Truths, Ours);
  for (SymbolId Field : After.Written)
    if (!llvm::is_contained(Before.Written, Field))
      insertSorted(S.Written, Field);
  return To;
}

} // namespace pooltidy

//===- Throwing.cpp - an exception's way out of a state -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// What a temporary holds when an exception ends it is somebody else's: its
/// destructor, if it has one, has run.
void Transfer::dropTemporaries(PathState &State) {
  auto IsTemp = [&](PlaceId P) {
    return Places[Places.rootOf(P)].Kind == PlaceKind::Temp;
  };
  size_t Held = State.Names.size();
  llvm::erase_if(State.Views, IsTemp);
  llvm::erase_if(State.Names, IsTemp);
  if (State.Names.size() != Held && State.Is == Life::Live)
    State.Owned = false;
}

/// Sends \p Away, which has no lease, along an exception's way, once for each in
/// which the callee throws.
void Transfer::throwWithout(PathState Away, const Fact &F) {
  const CallSite *C = F.Call == ~0u ? nullptr : &S.Function.Calls[F.Call];
  if (!C || C->Callee->ThrowsWhen.empty())
    return S.enqueue(F.Index, std::move(Away));
  for (const Ranges &Given : C->Callee->ThrowsWhen) {
    PathState Next = Away;
    if (fits(Next, *C, Given))
      S.enqueue(F.Index, std::move(Next));
  }
}

/// Sends \p Away along an exception's way; what the callee did to the lease
/// before it threw comes first.
void Transfer::throwOut(PathState Away, const Fact &F) {
  auto Send = [&](PathState Next) {
    // Where temporaries are destroyed, their block lets go of them.
    if (!(F.Flags & Unwinds))
      dropTemporaries(Next);
    if (Next.Names.empty() && Next.InPlace == NoPlace && Next.Views.empty())
      return;
    Next.Path = S.trace(Next.Path, StepKind::Thrown, F.Site);
    S.enqueue(F.Index, std::move(Next));
  };
  if (F.Call == ~0u)
    return Send(std::move(Away));
  const CallSite &C = S.Function.Calls[F.Call];
  const std::vector<Ranges> &When = C.Callee->ThrowsWhen;
  if (!When.empty() && llvm::none_of(When, [&](const Ranges &Given) {
        PathState Next = Away;
        return fits(Next, C, Given);
      }))
    return;
  PlaceId Held = NoPlace;
  const EntitySummary *E = hit(Away, C, Held);
  bool Told = false;
  if (E)
    for (const Outcome &O : E->Outcomes) {
      PathState Next = Away;
      if (!O.Thrown)
        continue;
      Told = true;
      bool Ends = false;
      if (!fits(Next, C, O.Given))
        continue;
      applyOutcome(Next, F, C, *E, O, Held, Ends);
      if (C.Made != NoPlace)
        loseNames(Next, canonical(Next, C.Made), true);
      if (!Ends)
        Send(std::move(Next));
    }
  if (!Told)
    Send(std::move(Away));
}

} // namespace pooltidy

//===- Change.cpp - an object is read, changed or reset -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// Fewer are asked again.
static constexpr unsigned MaxBelieved = 16;

/// \p Field is read; where nothing was written to it since the acquire, it is
/// what the last user left.
void Transfer::readStale(PathState &State, SymbolId Field, SiteId Site,
                         PlaceId Where) {
  const FieldFacts &Info = Places.field(Field);
  bool Bounded = Info.TrivialStorage &&
                 llvm::any_of(State.Changed, [&](SymbolId F) {
                   return Places.field(F).Bounds;
                 });
  if (Info.Kept || Bounded || llvm::is_contained(State.Changed, Field) ||
      llvm::is_contained(State.Cleared, Field)) {
    if (S.Now == Solver::Kind::Acquire)
      S.fine(FindingKind::DirtyAcquire, here());
    return;
  }
  if (S.Now == Solver::Kind::Entity) {
    insertSorted(State.ReadStale, Field);
    return;
  }
  while (Where != NoPlace && !State.names(Where) && Where != State.InPlace)
    Where = Places[Where].Parent;
  S.violate(here(), State,
            {.Kind = FindingKind::DirtyAcquire,
             .Object = nameFor(Where),
             .Site = Site,
             .Dirty = {Info.Name}});
  State.Stale = false; // the first read is the one to tell
}

/// The part of the object that \p View looks into, where only one can be meant.
PlaceId Transfer::seenBy(const PathState &State, PlaceId View) {
  if (View == NoPlace)
    return NoPlace;
  auto It = S.Function.LooksInto.find(View);
  if (It == S.Function.LooksInto.end())
    return NoPlace;
  PlaceId P = canonical(
      State, Places.step(PlaceKind::Element, It->second, AnyElement));
  auto Is = partOf(State, P).Is;
  return Is == Part::Whole || Is == Part::OneField ? P : NoPlace;
}

/// What a count is a \p Step later. To follow it round for round is worth it for
/// the first of them, and where there is a lease.
static Range stepped(Range R, int64_t Step, bool Follow) {
  constexpr uint64_t Rounds = 4;
  constexpr int64_t Far = int64_t(1) << 62;
  Range Next;
  bool Down = R.Low > -Far && R.Low < Far, Up = R.High > -Far && R.High < Far;
  bool Few = Follow && Down && Up && uint64_t(R.High - R.Low) < Rounds;
  if (Down && (Step > 0 || Few))
    Next.Low = R.Low + Step;
  if (Up && (Step < 0 || Few))
    Next.High = R.High + Step;
  return Next;
}

/// As forgetWithin, but what branches have said of parts of \p P is still believed.
void Transfer::unsureWithin(PathState &State, PlaceId P) {
  auto Tested = State.Ranges;
  llvm::erase_if(Tested, [&](auto &E) { return !E.second.Tested || E.first == P; });
  forgetWithin(State, P, true);
  unsigned Believed = 0;
  for (auto &[Part, R] : Tested)
    if (State.believedOf(Part).isAny() && ++Believed <= MaxBelieved) {
      R.Believed = true;
      State.setRange(Part, R);
    }
}

bool Transfer::change(PathState &State, const Fact &F) {
  PlaceId View = seenThrough(State, F.Dst);
  if (View != NoPlace && !useView(State, F, View, false))
    return false;
  PlaceId Where = canonical(State, F.Dst);
  if (PlaceId Seen = seenBy(State, View); Seen != NoPlace)
    Where = Seen;
  // Code that nobody sees may wait; emptying a list of threads does.
  if (!State.Tasks.empty() && (F.Kind == FactKind::Reset || (F.Flags & Unsure)) &&
      partOf(State, Where).Is == Part::Nothing)
    waitFor(State, Where, false, F.Kind == FactKind::Reset);
  // A view that moves on still looks there; one that is set anew may not.
  if (!(F.Kind == FactKind::Write && (F.Flags & Adds)))
    dropViews(State, Where, F.Kind == FactKind::Reset || (F.Flags & Unsure));
  // What is within the written place holds something else now; what was kept in
  // a container may be out of it.
  PlaceId Known = F.Flags & Lowers ? Places.step(PlaceKind::Query, Where, AtMost)
                                   : NoPlace;
  Range Before = Known == NoPlace ? Range() : State.rangeOf(Known);
  Range Count = F.Src.Is == Operand::Constant
                    ? stepped(State.rangeOf(Where), F.Src.Number,
                              S.Now != Solver::Kind::Base)
                    : Range();
  // Whoever is given an object as a whole may change any part of it.
  if ((F.Flags & Unsure) && Places.isShared(Where))
    unsureWithin(State, Where);
  else
    forgetWithin(State, Where, true);
  if (!Count.isAny())
    State.setRange(Where, Count);
  if (Known != NoPlace)
    State.setRange(Known, Before);
  // An id that is counted on is another one: `for (; fd < End; ++fd) close(fd);`.
  if ((F.Flags & Scalar) && State.names(Where)) {
    if (State.Is == Life::Live) // whoever counts back has it again
      State.escapes();
    llvm::erase(State.Names, Where);
    if (!lost(State, StepKind::Lost, F.Site))
      return false;
  }
  PlaceId Slot = Where; // another may lie over the one that was kept
  while (Slot != NoPlace && Places[Slot].Kind == PlaceKind::Field)
    Slot = Places[Slot].Parent;
  PlaceId Container = Slot != NoPlace && Places[Slot].Kind == PlaceKind::Element
                          ? Places[Slot].Parent
                          : Where;
  size_t Held = State.Names.size();
  llvm::erase_if(State.Names, [&](PlaceId N) {
    return Places.isKept(N) &&
           (Places[N].Parent == Where || Places[N].Parent == Container);
  });
  if (State.Names.size() != Held && !lost(State, StepKind::Lost, F.Site))
    return false;
  Part P = partOf(State, Where);
  if (P.Is == Part::Nothing) {
    // Unknown code got a struct that holds the lease: it may do anything.
    if ((F.Flags & Unsure) && loseNames(State, Where, true)) {
      State.escapes();
      return lost(State, StepKind::Lost, F.Site);
    }
    return true;
  }
  if (!use(State, F, Where, false))
    return false;
  if (P.Is == Part::Behind || S.Now == Solver::Kind::Failed)
    return true;
  if (F.Kind == FactKind::Reset) {
    reset(State, F);
    return true;
  }
  // Code that nobody sees may have set all of it.
  if (P.Is == Part::Whole)
    State.Stale = false;
  if (F.Flags & Unsure) {
    if (F.Src.Place != NoPlace)
      taint(State, F.Src.Place);
    if (State.State == Dirt::Dirty && State.SureChange) {
      State.Caveats |= MayBeReset;
      if (State.Stale && P.Is == Part::OneField)
        insertSorted(State.Changed, P.Field); // no longer the last user's
      return true;
    }
  } else {
    State.SureChange = true;
    State.Caveats &= ~MayBeReset;
  }
  // One note for the object, and one for each field that joins the changed.
  bool NewField =
      P.Is == Part::OneField && !llvm::is_contained(State.Changed, P.Field);
  if (State.State != Dirt::Dirty || NewField)
    State.Path = S.trace(State.Path, StepKind::Changed, F.Site,
                         P.Is == Part::OneField ? Places.field(P.Field).Name : "");
  State.State = Dirt::Dirty;
  if (P.Is == Part::OneField) {
    llvm::erase(State.Cleared, P.Field);
    insertSorted(State.Changed, P.Field);
  } else {
    State.ChangedWhole = true;
    State.Cleared.clear();
  }
  return true;
}

void Transfer::reset(PathState &State, const Fact &F) {
  Part P = partOf(State, canonical(State, F.Dst));
  // A branch has asked whether it must be reset, and it need not be.
  if (F.Flags & NoResetNeeded) {
    if (P.Is == Part::Whole)
      State.Stale = false;
    else if (State.Stale && P.Is == Part::OneField &&
             !llvm::is_contained(State.Changed, P.Field))
      insertSorted(State.Cleared, P.Field);
    return;
  }
  if (P.Is == Part::OneField) {
    emptied(State, P.Field);
    insertSorted(State.Cleared, P.Field);
    llvm::erase(State.Changed, P.Field);
    if (State.State == Dirt::Dirty && State.Changed.empty() &&
        !State.ChangedWhole) {
      State.State = Dirt::Clean;
      State.SureChange = false;
    }
    return;
  }
  renewed(State);
}

/// All of the object is as it should be.
void Transfer::renewed(PathState &State) {
  emptied(State, WholeObject);
  // Whoever resets what nobody has changed yet does so instead of the last user.
  if (State.State == Dirt::Clean)
    State.KeptAsLeft = false;
  State.State = Dirt::Clean;
  State.ResetSinceEntry = true;
  State.SureChange = State.ChangedWhole = State.Stale = false;
  State.Changed.clear();
  State.Caveats &= ~MayBeReset;
}

/// Unknown code runs: what it can reach it may change, although it seldom does.
void Transfer::clobber(PathState &State) {
  auto Shared = [&](PlaceId P) {
    return Places.isShared(P) && !Places.isCaptured(P) && P != S.Filled;
  };
  auto Open = [&](PlaceId P) {
    if (Places[P].Kind == PlaceKind::Opaque)
      return llvm::any_of(Places.readsOf(P), [&](PlaceId R) {
        return Shared(R) || Places[Places.rootOf(R)].AddressTaken;
      });
    return Shared(P) || Places[Places.rootOf(P)].AddressTaken;
  };
  unsigned Believed = 0;
  llvm::erase_if(State.Ranges, [&](auto &E) {
    if (!Open(E.first))
      return false;
    return !E.second.Tested || ++Believed > MaxBelieved ||
           !(E.second.Believed = true);
  });
  llvm::erase_if(State.Truths, [&](auto &E) {
    return Open(E.first) || Open(E.second.Place);
  });
  llvm::erase_if(State.Addresses, [&](auto &E) { return Shared(E.first); });
  if (!State.Tasks.empty())
    for (const Task &Each : TaskList(State.Tasks))
      if (Each.Object != NoPlace && Places.isShared(Each.Object))
        waitFor(State, Each.Object);
  size_t Before = State.Names.size();
  llvm::erase_if(State.Views, Shared);
  llvm::erase_if(State.Names, Shared);
  if (State.Names.size() != Before)
    State.escapes();
}

} // namespace pooltidy

//===- Put.cpp - an object goes back -------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// Names of the fields that are dirty; \p Dirty says whether any state is.
std::vector<std::string> Transfer::dirtyFields(const PathState &State,
                                               bool &Dirty) {
  std::vector<std::string> Names;
  bool Bounded = llvm::any_of(State.Cleared, [&](SymbolId F) {
    return Places.field(F).Bounds;
  });
  for (SymbolId F : State.Changed) {
    const FieldFacts &Info = Places.field(F);
    if (Info.Kept || (Info.TrivialStorage && Bounded))
      continue;
    Names.push_back(Info.Name);
  }
  Dirty = State.State == Dirt::Dirty && (State.ChangedWhole || !Names.empty());
  // Worth naming only where some were cleared and these were forgotten.
  if (State.ChangedWhole || State.Cleared.empty())
    Names.clear();
  return Names;
}

bool Transfer::put(PathState &State, const Fact &F) {
  PlaceId Where;
  if (!holds(State, F.Src, Where)) {
    if ((F.Flags & Nulls) && F.Src.Is == Operand::Value)
      State.setRange(canonical(State, F.Src.Place), Range::exactly(0));
    return true;
  }
  // An emptied handle is still a name, but its destructor does nothing.
  if ((F.Flags & (ByHandle | Empties)) && State.rangeOf(Where).isZero()) {
    if (F.Flags & ByHandle)
      loseNames(State, Where, true);
    return lost(State, StepKind::Lost, F.Site);
  }
  S.PutsSeen.insert(here());
  if (State.Family == NoFamily && F.Family != AnyFamily)
    State.Family = F.Family;
  if (F.Family != State.Family && F.Family != AnyFamily) {
    // Another family's put: whatever it means, it is not ours to follow.
    State.Owned = false;
    State.Escaped = true;
    State.Names.clear();
    State.InPlace = NoPlace;
    return lost(State, StepKind::Lost, F.Site);
  }
  SiteId Site = F.Decl == NoSite ? F.Site : F.Decl;
  StepKind How = F.Flags & ByHandle ? StepKind::PutAtScopeEnd : StepKind::Put;
  if (auto V = next(State.Is, Event::Put).Violation) {
    State.Path = S.trace(State.Path, How, F.Site);
    S.violate(*V, here(), Site, State, ownerName(Where, F), {},
              F.Flags & ByHandle);
    return false;
  }
  S.fine(FindingKind::DoublePut, here());
  bool Dirty = false;
  std::vector<std::string> Fields = dirtyFields(State, Dirty);
  if (!(F.Flags & (NoResetNeeded | ResetsSelf))) {
    if (Dirty) {
      PathState At = State;
      At.Path = S.trace(State.Path, How, F.Site);
      if (F.Flags & UnsureReset)
        At.SureChange = false;
      S.violate(FindingKind::PutWithoutReset, here(), Site, At, ownerName(Where, F),
                std::move(Fields), F.Flags & ByHandle);
    } else {
      S.fine(FindingKind::PutWithoutReset, here());
    }
  }
  if (F.Flags & Moves) {
    // Failed: all as before. Moved: it goes on under the result's name, and
    // its old names lead nowhere.
    PathState Failed = State;
    if (assume(Failed, F.Test.negated()))
      Stack.push_back({std::move(Failed), Current + 1});
    PathState Old = State;
    Old.Is = Life::Returned;
    Old.Owned = false;
    Old.Path = S.trace(State.Path, How, F.Site);
    if (assume(Old, F.Test))
      Stack.push_back({std::move(Old), Current + 1});
    State.Names.clear();
    if (!assume(State, F.Test))
      return false;
    State.addName(F.Dst);
    return true;
  }
  if (F.Test && (F.Flags & Tested)) {
    PathState Failed = State;
    Failed.PutFailed = true;
    Failed.Path = S.trace(State.Path, StepKind::PutFailed, F.Site);
    if (assume(Failed, F.Test.negated()))
      Stack.push_back({std::move(Failed), Current + 1});
    if (!assume(State, F.Test))
      return false;
  }
  State.Is = Life::Returned;
  State.WasPut = true;
  State.PutFresh = State.State != Dirt::AsEntry ||
                   (F.Flags & (NoResetNeeded | ResetsSelf));
  State.PutUnsure = F.Flags & UnsureReset;
  State.Path = S.trace(State.Path, How, F.Site);
  if (S.Now == Solver::Kind::Acquire)
    S.fine(FindingKind::Leak, {});
  if (F.Flags & Empties)
    State.setRange(Where, Range::exactly(0));
  if (F.Flags & (Nulls | ByHandle)) {
    loseNames(State, Where, true);
    State.setRange(Where, Range::exactly(0));
    return lost(State, StepKind::Lost, F.Site);
  }
  return true;
}

} // namespace pooltidy

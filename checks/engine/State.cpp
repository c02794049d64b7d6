//===- State.cpp - one state of one lease on a path -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "State.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

namespace pooltidy {

namespace {
/// More numbers than anybody branches on; generated code has no end of them.
constexpr size_t MaxRanges = 128;

template <typename Map> auto lookUp(Map &M, PlaceId P) {
  return llvm::lower_bound(
      M, P, [](const auto &Entry, PlaceId Q) { return Entry.first < Q; });
}

/// Keeps the entries that both maps agree on; true when some were dropped.
template <typename Map> bool keepCommon(Map &Mine, const Map &Theirs) {
  size_t Before = Mine.size();
  llvm::erase_if(Mine, [&](const auto &Entry) {
    auto It = lookUp(Theirs, Entry.first);
    return It == Theirs.end() || It->first != Entry.first ||
           !(It->second == Entry.second);
  });
  return Mine.size() != Before;
}

template <typename Vector> bool uniteSorted(Vector &Mine, const Vector &Theirs) {
  size_t Before = Mine.size();
  Vector All;
  std::set_union(Mine.begin(), Mine.end(), Theirs.begin(), Theirs.end(),
                 std::back_inserter(All));
  Mine = std::move(All);
  return Mine.size() != Before;
}

template <typename Vector>
bool intersectSorted(Vector &Mine, const Vector &Theirs) {
  size_t Before = Mine.size();
  llvm::erase_if(Mine, [&](auto V) { return !llvm::is_contained(Theirs, V); });
  return Mine.size() != Before;
}
} // namespace

bool PathState::names(PlaceId P) const {
  return llvm::binary_search(Names, P);
}

bool PathState::addName(PlaceId P) { return insertSorted(Names, P); }

bool PathState::isView(PlaceId P) const {
  return llvm::binary_search(Views, P);
}

bool PathState::addView(PlaceId P) { return insertSorted(Views, P); }

Range PathState::believedOf(PlaceId P) const {
  auto It = lookUp(Ranges, P);
  return It != Ranges.end() && It->first == P ? It->second : Range();
}

Range PathState::rangeOf(PlaceId P) const {
  Range R = believedOf(P);
  return R.Believed ? Range() : R;
}

void PathState::setRange(PlaceId P, Range R) {
  auto It = lookUp(Ranges, P);
  bool There = It != Ranges.end() && It->first == P;
  if (R.isAny()) {
    if (There)
      Ranges.erase(It);
  } else if (There) {
    It->second = R;
  } else if (Ranges.size() < MaxRanges) {
    Ranges.insert(It, {P, R});
  }
}

PlaceId PathState::addressIn(PlaceId P) const {
  auto It = lookUp(Addresses, P);
  return It != Addresses.end() && It->first == P ? It->second : NoPlace;
}

bool PathState::sameTypestate(const PathState &O) const {
  return Is == O.Is && State == O.State && Owned == O.Owned &&
         Escaped == O.Escaped && EscapedOut == O.EscapedOut &&
         SureChange == O.SureChange && PutFailed == O.PutFailed &&
         WasPut == O.WasPut && PutFresh == O.PutFresh &&
         ResetSinceEntry == O.ResetSinceEntry && Stale == O.Stale && Family == O.Family &&
         ChangedWhole == O.ChangedWhole && Names == O.Names &&
         Changed == O.Changed && InPlace == O.InPlace && Grown == O.Grown &&
         PutLimited == O.PutLimited && Views == O.Views &&
         Tasks == O.Tasks;
}

bool PathState::joinFacts(const PathState &O) {
  bool Weaker = false;
  for (size_t I = 0; I < Ranges.size();) {
    Range Both = Ranges[I].second.joined(O.believedOf(Ranges[I].first));
    Weaker |= !(Both == Ranges[I].second);
    if (Both.isAny())
      Ranges.erase(Ranges.begin() + I);
    else
      Ranges[I++].second = Both;
  }
  Weaker |= keepCommon(Addresses, O.Addresses);
  Weaker |= keepCommon(Truths, O.Truths);
  Weaker |= intersectSorted(Cleared, O.Cleared);
  Weaker |= intersectSorted(ReadStale, O.ReadStale);
  Weaker |= uniteSorted(Tainted, O.Tainted);
  Weaker |= uniteSorted(Written, O.Written);
  Weaker |= uniteSorted(Steps, O.Steps);
  Weaker |= intersectSorted(Bounded, O.Bounded);
  Weaker |= keepCommon(Asked, O.Asked);
  if (Held && !O.Held)
    Held = false, Weaker = true;
  if (!Used && O.Used)
    Used = Weaker = true;
  if (Unchecked && !O.Unchecked)
    Unchecked = false, Weaker = true;
  if (KeptAsLeft && !O.KeptAsLeft)
    KeptAsLeft = false, Weaker = true;
  // The path with fewer doubts is the one to tell: one sure path suffices.
  if (llvm::popcount(O.Caveats) < llvm::popcount(Caveats)) {
    Caveats = O.Caveats;
    Path = O.Path;
    Weaker = true;
  }
  return Weaker;
}

bool PathState::joinWhole(const PathState &O) {
  bool Weaker = intersectSorted(Names, O.Names);
  Weaker |= intersectSorted(Views, O.Views);
  Weaker |= uniteSorted(Changed, O.Changed);
  Weaker |= intersectSorted(Tasks, O.Tasks);
  Weaker |= intersectSorted(Grown, O.Grown);
  if (State != Dirt::Dirty && O.State == Dirt::Dirty)
    State = Dirt::Dirty, Weaker = true;
  if (SureChange && !O.SureChange)
    SureChange = false, Weaker = true;
  if (!ChangedWhole && O.ChangedWhole)
    ChangedWhole = Weaker = true;
  if (Owned && !O.Owned)
    Owned = false, Weaker = true;
  if (Stale && !O.Stale)
    Stale = false, Weaker = true;
  if (!(Caveats & CapReached))
    Caveats |= CapReached, Weaker = true;
  uint16_t Kept = Caveats;
  Weaker |= joinFacts(O);
  Caveats |= Kept | CapReached;
  return Weaker;
}

} // namespace pooltidy

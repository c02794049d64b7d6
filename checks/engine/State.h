//===- State.h - one state of one lease on a path ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_STATE_H
#define POOLTIDY_ENGINE_STATE_H

#include "Facts.h"
#include "Range.h"
#include "Summary.h"
#include "Typestate.h"
#include <algorithm>

namespace pooltidy {

/// A step of the path, shared by all states that came this way.
struct Trace {
  StepKind Kind;
  SiteId Site;
  std::string What;
  const Trace *Before;
};

/// Why a finding on this path may be wrong.
enum Caveat : uint16_t {
  CapReached = 1,    ///< states were merged for size
  MayAlias = 2,      ///< another name may or may not be this object
  MayBeReset = 4,    ///< an unknown call since the last change may have reset it
  MayBeTaken = 8,    ///< an unknown call may have taken it over
  LeaseBranch = 16,  ///< a branch that depends on the lease
  AssumedThrow = 32, ///< an exception that nothing shows
  LeftByThrow = 64,  ///< … and it leaves the function
  AskedAgain = 256,  ///< a branch says other than before, and only unknown code
                     ///< between the two can have changed what it asks
  FailureSeen = 128, ///< a branch has asked whether the acquire failed
};

/// A container grew here, and, behind the end of a round, in that loop.
struct GrowStep {
  SymbolId Field = WholeObject;
  SiteId Site = NoSite;
  uint32_t Loop = ~0u; ///< index into Loops; ~0u: in this round
  auto operator<=>(const GrowStep &) const = default;
};

/// Adds \p Value to a sorted list; false when it is there already.
template <typename Vector, typename T> bool insertSorted(Vector &All, T Value) {
  auto It = std::lower_bound(All.begin(), All.end(), Value);
  if (It != All.end() && *It == Value)
    return false;
  All.insert(It, std::move(Value));
  return true;
}

/// Adds an entry to a map that is a list sorted by place; false, and all as it was,
/// when the place has one already.
template <typename Map, typename T>
bool insertOnce(Map &All, PlaceId Key, T Value) {
  auto It = std::lower_bound(
      All.begin(), All.end(), Key,
      [](const auto &Entry, PlaceId P) { return Entry.first < P; });
  if (It != All.end() && It->first == Key)
    return false;
  All.insert(It, {Key, std::move(Value)});
  return true;
}

/// State of the one lease of a simulation (or of none, in the base run).
struct PathState {
  Life Is = Life::None;
  Dirt State = Dirt::Clean;
  bool Owned = false;        ///< this function must put it
  bool EscapedOut = false;   ///< stored behind a parameter or `this`
  bool Escaped = false;      ///< stored anywhere else that outlives the scope
  bool SureChange = false;   ///< the change was seen, not assumed
  bool Held = false;         ///< an object here has it, and will put it
  bool PutFailed = false;    ///< a put was tried and said no
  bool ZeroIsValid = false;  ///< an id or descriptor of 0 is a lease too
  bool PutPointer = false;   ///< by a put that wants its pool's own storage
  bool WasPut = false, PutFresh = false, PutUnsure = false, Used = false, ResetSinceEntry = false;
  uint16_t Caveats = 0;
  FamilyId Family = NoFamily;
  llvm::SmallVector<PlaceId, 4> Names;     ///< places that hold it, sorted
  llvm::SmallVector<SymbolId, 4> Changed;  ///< dirty fields, sorted
  llvm::SmallVector<SymbolId, 4> Cleared;  ///< fields cleared since acquire
  bool ChangedWhole = false;               ///< changed in ways not told apart
  bool KeptAsLeft = false;   ///< its pool resets nothing, whatever a put says
  bool Stale = false;        ///< all but Changed and Cleared is the last user's
  llvm::SmallVector<SymbolId, 2> ReadStale; ///< fields read so, sorted
  llvm::SmallVector<std::pair<PlaceId, Range>, 8> Ranges;          ///< sorted
  llvm::SmallVector<std::pair<PlaceId, PlaceId>, 4> Addresses;     ///< sorted
  llvm::SmallVector<std::pair<PlaceId, Meaning>, 2> Truths;        ///< sorted
  llvm::SmallVector<PlaceId, 2> Tainted;   ///< results of calls that had it
  PlaceId InPlace = NoPlace;               ///< the object itself, not a pointer
  PlaceId Pool = NoPlace;    ///< the pool it came from, or went to
  PlaceId PutAs = NoPlace;   ///< the name that it was put under
  llvm::SmallVector<PlaceId, 1> Parents;   ///< what must outlive it, sorted
  llvm::SmallVector<PlaceId, 1> Views;     ///< places that look into it, sorted
  TaskList Tasks;            ///< tasks that have it and may run
  bool Unchecked = false;    ///< looked behind, with nobody having asked
  /// Fields of what the caller sees that were assigned on this way, sorted:
  /// what is known of any other was so at the entry.
  llvm::SmallVector<SymbolId, 2> Written;
  /// What was known of such a field until then, sorted.
  llvm::SmallVector<std::pair<PlaceId, Range>, 2> Asked;
  llvm::SmallVector<Growth, 1> Grown;      ///< what grew unbounded, sorted
  llvm::SmallVector<GrowStep, 1> Steps;    ///< what grew since emptied, sorted
  llvm::SmallVector<SymbolId, 1> Bounded;  ///< see Outcome, sorted
  bool Limited = false;      ///< its pool keeps no large objects
  bool PutLimited = false;   ///< … or the put that it went by
  const Trace *Path = nullptr;

  /// Somebody else has it too, and may put it: nobody can say that it is lost.
  void escapes() { Owned = false, Escaped = true; }

  bool names(PlaceId P) const;
  bool addName(PlaceId P);
  bool isView(PlaceId P) const;
  bool addView(PlaceId P);
  Range rangeOf(PlaceId P) const;
  /// Likewise, or what it was before unknown code may have changed it.
  Range believedOf(PlaceId P) const;
  void setRange(PlaceId P, Range R);
  PlaceId addressIn(PlaceId P) const; ///< what P points to, or NoPlace

  /// True when both stand in the same typestate, so that they merge at a join.
  bool sameTypestate(const PathState &O) const;
  /// Weakens this by \p O (of the same typestate); true when it changed.
  bool joinFacts(const PathState &O);
  /// Merges states of different names and fields; used when a cap is reached.
  bool joinWhole(const PathState &O);
};

} // namespace pooltidy

#endif

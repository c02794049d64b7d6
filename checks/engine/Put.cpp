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

namespace {
/// Where an object itself lives, when that is not some heap or pool.
enum class Storage { Unknown, Automatic, Static, Member };

Storage storageOf(const PlaceTable &Places, PlaceId P) {
  bool Member = false, Element = false;
  for (; Places[P].Parent != NoPlace; P = Places[P].Parent) {
    PlaceKind K = Places[P].Kind;
    if (K == PlaceKind::Deref)
      // One of an array's elements seeds a pool; a member by itself does not.
      return Member && !Element ? Storage::Member : Storage::Unknown;
    if (K != PlaceKind::Field && K != PlaceKind::Element)
      return Storage::Unknown;
    (K == PlaceKind::Field ? Member : Element) = true;
    Element |= K == PlaceKind::Field && Places.field(Places[P].Symbol).Array;
    if (Places.isCaptured(P))
      return Storage::Unknown;
  }
  if (Places[P].Reference)
    return Storage::Unknown;
  if (Places[P].Kind == PlaceKind::Local)
    return Storage::Automatic;
  bool One = Places[P].Kind == PlaceKind::Global && !Element && !Places[P].Array;
  return One ? Storage::Static : Storage::Unknown;
}
} // namespace

/// Nothing that an acquire gave: the address of an object with storage of its
/// own, asked in the run without a lease.
void Transfer::strangePut(PathState &State, const Fact &F,
                          const Operand &Object, FamilyId Family) {
  PathState At = State;
  At.Family = Family;
  At.Path = nullptr;
  PlaceId P = canonical(State, Object.Place);
  auto Tell = [&](FindingKind K, std::string Why) {
    S.violate(here(), At,
              {.Kind = K,
               .Object = P == NoPlace ? "" : Places.spell(P),
               .Site = F.Site,
               .Other = std::move(Why)});
  };
  if (F.Flags & LongLivedType)
    return Tell(FindingKind::LongLived, "type");
  if (P == NoPlace)
    return;
  if (Object.Is == Operand::Value)
    P = State.addressIn(P);
  else if (Object.Is != Operand::Address)
    return;
  if (P == NoPlace)
    return;
  switch (storageOf(Places, P)) {
  case Storage::Automatic:
    return Tell(FindingKind::ForeignPut, "automatic");
  case Storage::Static:
    return Tell(FindingKind::LongLived, "static");
  case Storage::Member:
    return Tell(FindingKind::LongLived, "member");
  case Storage::Unknown:
    return;
  }
}

/// True when the lease came from another pool than \p Into, both of them
/// objects with names of their own.
bool Transfer::wrongPool(PathState &State, const Fact &F, FamilyId Family,
                         PlaceId Into, PlaceId Object) {
  Into = canonical(State, Into);
  if (Into == NoPlace || State.Pool == NoPlace || Into == State.Pool ||
      !Places.isNamedObject(Into) || !Places.isNamedObject(State.Pool) ||
      (Family != State.Family && (Family >= S.Families.size() ||
                                  !S.Families[Family].Pooled ||
                                  !S.Families[State.Family].Pooled)))
    return false;
  if (S.Now == Solver::Kind::Acquire)
    S.fine(FindingKind::Leak, {});
  S.violate(here(), State,
            {.Kind = FindingKind::ForeignPut,
             .Object = nameFor(Object),
             .Site = F.Site,
             .Other = Places.spell(Into)});
  return true;
}

/// Whether the name \p P goes out of scope together with the handle whose
/// destructor is at \p At, without a put of its own: then the leak is told.
static bool endsWith(const FunctionFacts &Function, const PlaceTable &Places,
                     FactRef At, PlaceId P) {
  const auto &Facts = Function.Blocks[At.Block].Facts;
  for (size_t I = At.Index + 1; I < Facts.size(); ++I) {
    const Fact &F = Facts[I];
    if (F.Kind == FactKind::Put && F.Src.Is == Operand::Value && F.Src.Place == P)
      return false;
    if (F.Kind == FactKind::Assign && F.Dst == P)
      return false; // emptied by a deleter with a body
    if (F.Kind == FactKind::ScopeEnd && Places.isWithin(P, F.Dst))
      return true;
  }
  return false;
}

/// Its parent is closed or put back while the lease is open.
void Transfer::parentPut(PathState &State, const Fact &F, PlaceId Object,
                         FamilyId Family) {
  Object = canonical(State, Object);
  // What it hangs on may be a part of what is put: the connection's handle. What
  // is kept in the same object goes with it.
  auto Within = [&](PlaceId P) { return Places.isWithin(P, Object); };
  auto Parent = llvm::find_if(State.Parents, Within);
  if (State.Is != Life::Live || State.Escaped || State.PutFailed ||
      (F.Flags & AnyOrder) || Parent == State.Parents.end() ||
      State.rangeOf(Object).isZero() || llvm::any_of(State.Names, Within) ||
      S.Now != Solver::Kind::Acquire)
    return;
  if ((F.Flags & ByHandle) && !State.Names.empty() &&
      llvm::all_of(State.Names, [&](PlaceId P) {
        return endsWith(S.Function, Places, here(), P);
      }))
    return;
  SiteId Site = F.Decl == NoSite ? F.Site : F.Decl;
  PathState At = State;
  if (F.Flags & ByHandle)
    At.Path = S.trace(State.Path, StepKind::PutAtScopeEnd, F.Site);
  S.violate(here(), At,
            {.Kind = FindingKind::NestedClose,
             .Object = S.ObjectName,
             .Site = Site,
             .ByHandle = bool(F.Flags & ByHandle),
             .Other = Places.spell(Object),
             .OtherFamily = Family});
  llvm::erase_if(State.Parents, Within);
}

/// Put by its address while \p Owner, whose destructor \p F is, had it still:
/// told at the put, since that one is wrong.
void Transfer::stillOwned(PathState &State, PlaceId Owner, const Fact &F) {
  const Trace *Put = State.Path;
  while (Put && Put->Kind != StepKind::Put)
    Put = Put->Before;
  if (!Put)
    return;
  State.Path = S.trace(State.Path, StepKind::PutAtScopeEnd, F.Site);
  S.violate(here(), State,
            {.Kind = FindingKind::ForeignPut,
             .Object = nameFor(Places.rootOf(Owner)),
             .Site = Put->Site,
             .Other = "owned"});
}

/// The last put was a call's, not an owner's.
bool Transfer::putByCall(const PathState &State) {
  for (const Trace *T = State.Path; T; T = T->Before)
    if (T->Kind == StepKind::Put || T->Kind == StepKind::PutAtScopeEnd)
      return T->Kind == StepKind::Put;
  return false;
}

/// Whether this lease is put by calls, and by which.
void Transfer::notePut(const Fact &F) {
  if (S.Now != Solver::Kind::Acquire)
    return;
  if (F.Flags & (ByHandle | Empties)) {
    S.HandedOver = true;
    return;
  }
  S.HandPut = F.Site;
  S.HandPuts.insert(F.Site);
}

/// What the function made goes into a pool, under the name \p Object; \p Pools are
/// the pool's names.
void Transfer::stockedByPut(const PathState &State, const Fact &F, PlaceId Object,
                            llvm::ArrayRef<PlaceId> Pools) {
  S.stocked(here(), State,
            {.Kind = FindingKind::UnbalancedPut,
             .Object = ownerName(Object, F),
             .Site = F.Decl == NoSite ? F.Site : F.Decl,
             .ByHandle = bool(F.Flags & ByHandle)},
            S.Shape.nodeOf(S.StartedAt.Block, S.StartedAt.Index), Pools);
}

/// True when \p P, one of many, may be the lease: another of them is known to.
bool Transfer::isAmong(const PathState &State, PlaceId P) const {
  if (State.Is != Life::Live || !Places.isOneOfMany(P))
    return false;
  PlaceId All = Places.outOfMany(P);
  return llvm::any_of(State.Names, [&](PlaceId N) {
    return (N != All || Places[All].Array) && Places.isWithin(N, All);
  });
}

bool Transfer::put(PathState &State, const Fact &F) {
  PlaceId Where;
  if (S.Now == Solver::Kind::Failed && holds(State, F.Src, Where))
    return false; // what is looked behind later was put
  if (S.Now == Solver::Kind::Base && (F.Flags & (TakesPointer | LongLivedType)))
    strangePut(State, F, F.Src, F.Family);
  if (!holds(State, F.Src, Where)) {
    if (!State.Parents.empty() && F.Src.Is == Operand::Value)
      parentPut(State, F, F.Src.Place, F.Family);
    if (F.Src.Is == Operand::Value && isAmong(State, canonical(State, F.Src.Place)))
      State.escapes();
    if ((F.Flags & Nulls) && F.Src.Is == Operand::Value)
      State.setRange(canonical(State, F.Src.Place), Range::exactly(0));
    return true;
  }
  // An emptied handle is still a name, but its destructor does nothing. One that
  // is the object (Nulls) is no empty one: it is put again.
  if (((F.Flags & ByHandle) || ((F.Flags & Empties) && !(F.Flags & Nulls))) &&
      State.rangeOf(Where).isZero()) {
    if (F.Flags & ByHandle)
      loseNames(State, Where, true);
    return lost(State, StepKind::Lost, F.Site);
  }
  S.PutsSeen.insert(here());
  notePut(F);
  if (State.Family == NoFamily && F.Family != AnyFamily)
    State.Family = F.Family;
  if ((F.Flags & ByHandle) && State.Is == Life::Returned && putByCall(State)) {
    stillOwned(State, Where, F);
    return false;
  }
  if (State.Is == Life::Live && wrongPool(State, F, F.Family, F.Pool, Where))
    return false;
  if (F.Family != State.Family && F.Family != AnyFamily) {
    // Another family's put: whatever it means, it is not ours to follow.
    State.escapes();
    State.Names.clear();
    State.Views.clear();
    State.InPlace = NoPlace;
    return lost(State, StepKind::Lost, F.Site);
  }
  SiteId Site = F.Decl == NoSite ? F.Site : F.Decl;
  StepKind How = F.Flags & ByHandle ? StepKind::PutAtScopeEnd : StepKind::Put;
  if (S.Now == Solver::Kind::Made) {
    stockedByPut(State, F, Where, {F.Pool, canonical(State, F.Pool)});
    return false;
  }
  if (auto V = next(State.Is, Event::Put).Violation) {
    State.Path = S.trace(State.Path, How, F.Site);
    S.violate(here(), State,
              {.Kind = *V,
               .Object = ownerName(Where, F),
               .Site = Site,
               .ByHandle = bool(F.Flags & ByHandle)});
    return false;
  }
  S.fine(FindingKind::DoublePut, here());
  sharedPut(State, F, Where);
  bool Dirty = false;
  std::vector<std::string> Fields = dirtyFields(State, Dirty);
  bool PoolResets = (F.Flags & ResetsSelf) && !State.KeptAsLeft;
  if (!(F.Flags & NoResetNeeded) && !PoolResets) {
    if (Dirty) {
      PathState At = State;
      At.Path = S.trace(State.Path, How, F.Site);
      if (F.Flags & UnsureReset)
        At.SureChange = false;
      S.violate(here(), At,
                {.Kind = FindingKind::PutWithoutReset,
                 .Object = ownerName(Where, F),
                 .Site = Site,
                 .Dirty = std::move(Fields),
                 .ByHandle = bool(F.Flags & ByHandle)});
    } else {
      S.fine(FindingKind::PutWithoutReset, here());
    }
  }
  oversized(State, F, Where, F.Flags & PoolLimits);
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
    State.Views.clear();
    if (!assume(State, F.Test))
      return false;
    State.addName(F.Dst);
    return true;
  }
  if ((F.Flags & Tested) && (F.Test || F.Dst != NoPlace)) {
    // Which answers say no, nobody knows where there is no test.
    if (!F.Test)
      taint(State, canonical(State, F.Dst));
    PathState Failed = State;
    Failed.PutFailed = true;
    Failed.Path = S.trace(State.Path, StepKind::PutFailed, F.Site);
    if (!F.Test || assume(Failed, F.Test.negated()))
      Stack.push_back({std::move(Failed), Current + 1});
    if (F.Test && !assume(State, F.Test))
      return false;
  }
  State.Is = Life::Returned;
  State.WasPut = true;
  State.PutAs = Where;
  State.PutLimited = State.Limited || (F.Flags & PoolLimits);
  State.PutPointer = F.Flags & TakesPointer;
  if (F.Pool != NoPlace && S.Now == Solver::Kind::Entity)
    State.Pool = canonical(State, F.Pool);
  State.PutFresh = State.State != Dirt::AsEntry ||
                   (F.Flags & NoResetNeeded) || PoolResets;
  State.PutUnsure = F.Flags & UnsureReset;
  State.Path = S.trace(State.Path, How, F.Site);
  if (S.Now == Solver::Kind::Acquire)
    S.fine(FindingKind::Leak, {});
  if (F.Flags & Empties)
    State.setRange(Where, Range::exactly(0));
  if ((F.Flags & (Nulls | ByHandle)) && !(F.Flags & Empties)) {
    loseNames(State, Where, true);
    State.setRange(Where, Range::exactly(0));
    return lost(State, StepKind::Lost, F.Site);
  }
  return true;
}

} // namespace pooltidy

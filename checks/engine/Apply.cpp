//===- Apply.cpp - a call through its callee's summary --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// More names of one lease than anybody needs to find it again.
constexpr size_t MaxNames = 64;
} // namespace

/// True when \p O does not put what another way out of the same callee puts, and
/// what it asked to know is a field that it changed itself: a count.
static bool lowersCount(const PlaceTable &Places, const EntitySummary &E,
                        const Outcome &O) {
  if (O.Put || O.Thrown || O.Changed.empty() ||
      llvm::none_of(E.Outcomes,
                    [](const Outcome &Way) { return Way.Put && Way.PutAsked; }))
    return false;
  return llvm::none_of(O.Given, [&](const auto &Asked) {
    const Place &P = Places[Asked.first];
    return P.Kind == PlaceKind::Field && !llvm::is_contained(O.Changed, P.Symbol);
  });
}

/// What \p O was given and has not changed.
static Ranges stillGiven(const Outcome &O) {
  Ranges Out;
  for (const auto &Entry : O.Given)
    if (llvm::none_of(O.Left, [&](auto &E) { return E.first == Entry.first; }))
      Out.push_back(Entry);
  return Out;
}

/// Objects that a call may fill with a status that it is given.
llvm::SmallVector<PlaceId, 2> Transfer::toldByCall(const PathState &State,
                                                   const CallSite &C) {
  llvm::SmallVector<PlaceId, 2> Out;
  auto IsStatus = [&](const auto &Binding) {
    PlaceId P = Binding.second.Place;
    return P != NoPlace &&
           llvm::any_of(State.Tainted, [&, At = canonical(State, P)](PlaceId Q) {
             return Places.isWithin(At, Q) || Places.isWithin(Q, At);
           });
  };
  if (State.Tainted.empty() || !llvm::any_of(C.Bindings, IsStatus))
    return Out;
  for (const auto &[Root, Actual] : C.Bindings)
    if (PlaceId P = canonical(State, Actual.Place);
        Actual.Is == Operand::Address && P != NoPlace && mayWrite(State, C, P))
      Out.push_back(P);
  return Out;
}

/// False when the call does not come back.
bool Transfer::applyWithoutLease(PathState &State, const CallSite &C) {
  const Summary &Sum = *C.Callee;
  const auto Told = toldByCall(State, C);
  Answer Can;
  if (!leftByParameters(State, C, Can))
    return false;
  auto Written = [&](PlaceId P) { return assigns(State, C, P); };
  // Which element of a list the callee has linked to another, nobody can say.
  if (llvm::any_of(State.Names, [&](PlaceId N) {
        return Places[N].Kind == PlaceKind::Field && Places.isShared(N) &&
               Places.field(Places[N].Symbol).Link && Written(N);
      }))
    State.Caveats |= MayAlias;
  llvm::erase_if(State.Views, Written);
  llvm::erase_if(State.Ranges, [&](auto &E) { return Written(E.first); });
  llvm::erase_if(State.Addresses, [&](auto &E) { return Written(E.first); });
  llvm::erase_if(State.Truths, [&](auto &E) {
    return Written(E.first) || Written(E.second.Place);
  });
  for (PlaceId W : Sum.WritesBehind) {
    PlaceId P = storage(State, C, W);
    if (P == NoPlace) {
      clobber(State);
      continue;
    }
    forgetWithin(State, P, true);
    dropViews(State, P, true);
    // Whoever is in there may be put or kept.
    if (State.Is != Life::None && loseNames(State, P, false))
      State.escapes();
  }
  // An out-parameter is written behind a plain pointer: forget what it held.
  for (const auto &[Root, Actual] : C.Bindings)
    if (Actual.Is == Operand::Address && Actual.Place != NoPlace) {
      PlaceId P = canonical(State, Actual.Place);
      State.setRange(P, Range());
      llvm::erase_if(State.Truths, [&](auto &E) {
        return E.first == P || E.second.Place == P;
      });
    }
  if (Sum.WritesUnknown)
    clobber(State);
  for (PlaceId P : Told)
    taint(State, P);
  return leftByCall(State, C, Can);
}

void Transfer::applyOutcome(PathState &State, const Fact &F, const CallSite &C,
                            const EntitySummary &E, const Outcome &O,
                            PlaceId Held, bool &Ends) {
  SiteId Site = F.Decl == NoSite ? F.Site : F.Decl;
  if (S.Now == Solver::Kind::Failed && O.Put) {
    Ends = true; // it took whatever it was
    return;
  }
  if (O.Unchecked && S.Now == Solver::Kind::Entity)
    lookBehind(State, F, Held, "call");
  if (O.Unsure)
    State.Caveats |= MayAlias;
  // `if (--references == 0) delete this;`: who asks there knows more than we do.
  // … and so does whoever spares it: `if (i != keep) pool.release(i);`.
  if (O.PutAsked && (O.Put || (!O.Thrown && llvm::any_of(E.Outcomes, [](const Outcome &Way) {
                       return Way.Put;
                     }))))
    State.Caveats |= LeaseBranch;
  // Where it was not the last reference, others have it.
  if (State.Is == Life::Live && lowersCount(Places, E, O))
    State.escapes();
  if (O.Used || O.Put)
    State.Used = true;
  if (State.Is == Life::Returned && (O.Put || O.Used)) {
    // A second put that also uses is a double put only.
    FindingKind K = O.Put && O.Family == State.Family ? FindingKind::DoublePut
                                                      : FindingKind::UseAfterPut;
    // A smart pointer's deleter, that is; a guard owns nothing.
    if (O.Put && (F.Flags & ByHandle) && putByCall(State) &&
        Places[Places.rootOf(E.Entity)].Kind == PlaceKind::Param) {
      stillOwned(State, Held, F);
      Ends = true;
      return;
    }
    if (K == FindingKind::DoublePut)
      State.Path = S.trace(State.Path, StepKind::Put, F.Site);
    S.violate(here(), State,
              {.Kind = K,
               .Object = ownerName(Held, F),
               .Site = Site,
               .ByHandle = bool(F.Flags & ByHandle)});
    Ends = true;
    return;
  }
  if (State.Is == Life::Live && (O.Put || O.Used)) {
    S.fine(FindingKind::UseAfterPut, here());
    S.fine(FindingKind::DoublePut, here());
  }
  if (State.Stale && !(F.Flags & Asks))
    for (SymbolId Field : O.ReadFirst)
      if (State.Stale)
        readStale(State, Field, F.Site, Held);
  bool WasDirty = false;
  std::vector<std::string> Fields = dirtyFields(State, WasDirty);
  for (SymbolId Field : O.Cleared)
    emptied(State, Field);
  applyGrowth(State, F, C, O, WholeObject);
  // State first: what the callee changed or cleared.
  bool EntryDirty = WasDirty;
  for (SymbolId Field : O.Cleared) {
    llvm::erase(State.Changed, Field);
    insertSorted(State.Cleared, Field);
  }
  if (!O.Cleared.empty() && State.State == Dirt::Dirty && State.Changed.empty() &&
      !State.ChangedWhole) {
    State.State = Dirt::Clean;
    State.SureChange = false;
    EntryDirty = false;
  } else if (!O.Cleared.empty() && EntryDirty) {
    Fields = dirtyFields(State, EntryDirty);
  }
  if (O.Put) {
    S.PutsSeen.insert(here());
    notePut(F);
    State.PutAs = Held;
    if (State.Family == NoFamily)
      State.Family = O.Family;
    if (wrongPool(State, F, O.Family, storage(State, C, O.Pool), Held)) {
      Ends = true;
      return;
    }
    if (State.Family != O.Family) {
      State.escapes();
      State.Names.clear();
      State.Views.clear();
      Ends = !lost(State, StepKind::Lost, F.Site);
      return;
    }
    sharedPut(State, F, Held);
    if (!O.PutFresh) {
      if (EntryDirty) {
        PathState At = State;
        At.Path = S.trace(State.Path,
                          F.Flags & ByHandle ? StepKind::PutAtScopeEnd
                                             : StepKind::Put,
                          F.Site);
        if (O.PutUnsure)
          At.SureChange = false;
        S.violate(here(), At,
                  {.Kind = FindingKind::PutWithoutReset,
                   .Object = ownerName(Held, F),
                   .Site = Site,
                   .Dirty = std::move(Fields),
                   .ByHandle = bool(F.Flags & ByHandle)});
      } else {
        S.fine(FindingKind::PutWithoutReset, here());
      }
    }
    if (S.Now == Solver::Kind::Made) {
      stockedByPut(State, F, Held,
                   {storage({}, C, O.Pool), storage(State, C, O.Pool)});
      Ends = true;
      return;
    }
    oversized(State, F, Held, O.PutLimited);
    State.PutLimited = O.PutLimited || State.Limited;
    State.PutFresh = O.PutFresh || State.State != Dirt::AsEntry;
    State.PutUnsure = O.PutUnsure;
    State.Is = Life::Returned;
    State.WasPut = true;
    State.Path = S.trace(
        State.Path,
        F.Flags & ByHandle ? StepKind::PutAtScopeEnd : StepKind::Put, F.Site);
    if (S.Now == Solver::Kind::Acquire)
      S.fine(FindingKind::Leak, {});
  } else {
    if (O.State == Dirt::Clean || O.Reset)
      renewed(State);
    if (O.State == Dirt::Dirty) {
      if (State.State != Dirt::Dirty)
        State.Path = S.trace(State.Path, StepKind::Changed, F.Site);
      State.State = Dirt::Dirty;
      if (!O.UnsureChange)
        State.SureChange = true;
      State.ChangedWhole |= O.ChangedWhole;
      State.Stale &= !O.ChangedWhole;
      for (SymbolId Field : O.Changed) {
        llvm::erase(State.Cleared, Field);
        insertSorted(State.Changed, Field);
      }
    }
  }
  startedBy(State, F, C, O);
  // Then names: a value given by copy stays where the caller has it; one that
  // the callee reached through a pointer or a field may have moved.
  bool ByValue = Places[E.Entity].Parent == NoPlace;
  bool Stays = ByValue || llvm::is_contained(O.Names, E.Entity);
  bool IsTemp = Places[Places.rootOf(Held)].Kind == PlaceKind::Temp;
  if (!Stays || (ByValue && IsTemp && !O.Names.empty()))
    loseNames(State, Held, true);
  for (PlaceId N : O.Names) {
    if (N == E.Entity)
      continue;
    PlaceId To = storage(State, C, N);
    // Into a container, as if it were put there here.
    if (Places.isKept(N)) {
      keep(State, To == NoPlace ? To : Places[To].Parent, F);
      continue;
    }
    if (To == NoPlace) {
      State.escapes();
      continue;
    }
    noteName(To);
    State.addName(To);
    if (Places.isShared(To)) {
      PlaceKind Root = Places[Places.rootOf(To)].Kind;
      bool Visible = Root == PlaceKind::Param || Root == PlaceKind::This;
      (Visible ? State.EscapedOut : State.Escaped) = true;
      State.Owned = false;
      stored(State, To, F.Site);
    }
  }
  // Escaped within the callee to where the caller cannot see it.
  if (O.Escaped && llvm::none_of(O.Names, [&](PlaceId N) {
        PlaceId To = N == E.Entity ? NoPlace : storage(State, C, N);
        return To != NoPlace;
      })) {
    State.escapes();
  }
  // The object that would have put it gives it up: `lease.release()`.
  if (State.Held && State.Is == Life::Live && !State.Escaped && !O.Put &&
      State.Names.size() == 1 && State.Names[0] == C.Ret)
    State.Owned = true, State.Held = false, State.EscapedOut = false;
  for (PlaceId V : O.Views)
    addView(State, storage(State, C, V), F.Site);
  keepResult(State, C, O);
  Ends = !lost(State, F.Flags & ByHandle ? StepKind::Lost : StepKind::Discarded,
               F.Site);
}

/// What the call returns, when it leaves like this.
void Transfer::keepResult(PathState &State, const CallSite &C,
                          const Outcome &O) {
  if (C.Ret == NoPlace || O.Result.isAny())
    return;
  Range R = State.rangeOf(C.Ret);
  R.meet(O.Result);
  State.setRange(C.Ret, R);
}

/// False when no argument leads to the lease by any way that is followed.
bool Transfer::concerns(const PathState &State, const CallSite &C) {
  auto IsOurs = [&](PlaceId P) { return hasRoot(State, Places.rootOf(P)); };
  for (auto &[P, A] : State.Addresses)
    if (IsOurs(A) || IsOurs(P))
      return true;
  if (!State.Parents.empty())
    return true;
  for (const auto &[Root, Actual] : C.Bindings)
    if (Actual.Place != NoPlace && IsOurs(Actual.Place))
      return true;
  // Unknown code may reach it by a global name, or move what a struct holds.
  return C.Callee->WritesUnknown &&
         (!State.Addresses.empty() || llvm::any_of(State.Names, [&](PlaceId N) {
           return Places[Places.rootOf(N)].Kind == PlaceKind::Global;
         }));
}

/// What \p C says of the lease, and under which name it has it. The entity that
/// says most wins; the others are names of the same value.
const EntitySummary *Transfer::hit(const PathState &State, const CallSite &C,
                                   PlaceId &Held) {
  const EntitySummary *Hit = nullptr;
  for (const EntitySummary &E : C.Callee->Entities) {
    PlaceId Where;
    if (!holds(State, translate(State, C, E.Entity), Where))
      continue;
    bool Says = llvm::any_of(E.Outcomes, [](const Outcome &O) {
      return O.Put || O.Escaped || O.State != Dirt::AsEntry || O.Used ||
             !O.Names.empty() || !O.Views.empty() || !O.Bounded.empty() ||
             !O.Tasks.empty();
    });
    if (!Hit || Says)
      Hit = &E, Held = Where;
  }
  return Hit;
}

/// What this way out of a callee tells of fields that this function was given.
void Transfer::noteAsked(PathState &State, const PathState &Before,
                         const PathState &Then, const CallSite &C,
                         const Outcome &O) {
  for (const auto &[P, R] : O.Given) {
    SymbolId Slot = Places.slotOf(P);
    if (Slot == AnySymbol)
      continue;
    bool Assigned =
        llvm::any_of(O.Left, [P = P](auto &E) { return E.first == P; });
    if (!Assigned && !llvm::is_contained(Before.Written, Slot))
      llvm::erase(State.Written, Slot);
    PlaceId Where = storage(Then, C, P);
    if (!Assigned || Where == NoPlace ||
        !isAsGiven(Places, S.Function, Before, Where))
      continue;
    insertOnce(State.Asked, Where, Then.rangeOf(Where));
  }
}

bool Transfer::apply(PathState &State, const Fact &F, uint32_t Index) {
  const CallSite &C = S.Function.Calls[F.Index];
  const Summary &Sum = *C.Callee;
  // What outcomes ask of is as it was before the call; nothing that is done to the
  // state on the way makes a call concern the lease that did not.
  std::optional<PathState> Before;
  if (State.Is != Life::None && concerns(State, C))
    Before = State;
  if (S.Now == Solver::Kind::Base && Sum.Puts && !(F.Flags & ByHandle))
    S.BaseAt[here()] = State;
  noteWritten(State, F);
  if (C.Ret != NoPlace) {
    forgetWithin(State, C.Ret, true);
    loseNames(State, C.Ret, true);
  }
  if (!State.Tasks.empty())
    waitsOf(State, C);
  if (State.Is == Life::None) {
    if (S.Now == Solver::Kind::Base)
      for (const Stock &Each : Sum.Stocks) {
        PathState At = State;
        At.Family = Each.Family;
        At.Path = nullptr;
        S.stocked(here(), std::move(At),
                  {.Kind = FindingKind::UnbalancedPut,
                   .Site = F.Decl == NoSite ? F.Site : F.Decl,
                   .Other = "within"},
                  NoNode,
                  {storage({}, C, Each.Pool), storage(State, C, Each.Pool)});
      }
    for (const EntitySummary &E : Sum.Entities)
      for (const Outcome &O : E.Outcomes)
        if (O.PutPointer) {
          strangePut(State, F, translate(State, C, E.Entity), O.Family);
          break;
        }
    return applyWithoutLease(State, C);
  }
  if (!Before || !concerns(State, C))
    return applyWithoutLease(State, C);
  if (State.Is == Life::Live)
    growthWithin(State, F, C);
  if (!State.Parents.empty() && State.Is == Life::Live)
    for (const EntitySummary &E : Sum.Entities)
      for (const Outcome &O : E.Outcomes)
        if (O.Put && !O.Thrown) {
          Operand Object = translate(State, C, E.Entity);
          if (Object.Is == Operand::Value)
            parentPut(State, F, Object.Place, O.Family);
          break;
        }
  if (!lookBehindByCall(State, F, C))
    return false;
  PlaceId Held = NoPlace;
  const EntitySummary *Hit = hit(State, C, Held);
  Operand Given;
  const EntitySummary *Seen = Hit ? nullptr : viewHit(State, C, Given);
  if (!applyWithoutLease(State, C))
    return false;
  if (!Hit && !overwrittenBy(State, C))
    return lost(State, StepKind::Overwritten, F.Site);
  if (!Hit && Sum.WritesUnknown) {
    // It hands its object to code that nobody sees: whoever is in there may be
    // put or kept.
    bool Gone = false;
    for (const auto &[Root, Actual] : C.Bindings)
      if (Actual.Is == Operand::Address && Actual.Place != NoPlace)
        Gone |= loseNames(State, canonical(State, Actual.Place), false);
    if (Gone) {
      State.escapes();
      return lost(State, StepKind::Lost, F.Site);
    }
  }
  if (!Hit) {
    // A struct that holds the lease may have been moved as a whole.
    for (const EntitySummary &E : Sum.Entities) {
      Operand O = translate(State, C, E.Entity);
      if (O.Is != Operand::Value || O.Place == NoPlace)
        continue;
      // Whoever gets the struct has what is in it, too.
      for (const Outcome &Out : E.Outcomes)
        if (!Out.Tasks.empty() && !Out.Thrown && reachesLease(State, O))
          startedBy(State, F, C, Out);
      llvm::SmallVector<PlaceId, 4> Inside;
      for (PlaceId N : State.Names)
        if (N != O.Place && Places.isWithin(N, O.Place))
          Inside.push_back(N);
      if (Inside.empty())
        continue;
      bool Moves = false;
      for (const Outcome &Out : E.Outcomes)
        for (PlaceId N : Out.Names)
          if (PlaceId To = storage(State, C, N);
              N != E.Entity && To != NoPlace && To != O.Place) {
            Moves = true;
            // Round a loop, a list that is linked to itself has no end of names.
            if (Places.isWithin(To, O.Place) ||
                State.Names.size() + Inside.size() > MaxNames) {
              State.Caveats |= MayAlias;
              continue;
            }
            for (PlaceId Old : Inside)
              State.addName(Places.rebase(Old, O.Place, To));
          }
      // What it reached through a pointer is there no more: `S(S &&)`.
      if (Moves && Places[E.Entity].Parent != NoPlace &&
          llvm::none_of(E.Outcomes, [&](const Outcome &Out) {
            return !Out.Thrown && llvm::is_contained(Out.Names, E.Entity);
          }))
        llvm::erase_if(State.Names,
                       [&](PlaceId N) { return llvm::is_contained(Inside, N); });
    }
    for (const auto &[Root, Actual] : C.Bindings)
      if (Actual.Is == Operand::Value && Actual.Place != NoPlace) {
        // Addresses of locals travel with the struct that holds them.
        PlaceId From = canonical(State, Actual.Place);
        for (const EntitySummary &E : Sum.Entities)
          if (E.Entity == Root)
            for (const Outcome &Out : E.Outcomes)
              for (PlaceId N : Out.Names) {
                PlaceId To = storage(State, C, N);
                if (To == NoPlace || To == From)
                  continue;
                auto Old = State.Addresses;
                for (auto &[P, A] : Old)
                  if (Places.isWithin(P, From))
                    insertOnce(State.Addresses, Places.rebase(P, From, To), A);
              }
      }
  }
  // One of many goes to whoever puts or keeps it: it may be this one.
  for (const EntitySummary &E : Sum.Entities)
    if (!Hit && llvm::any_of(E.Outcomes, [](const Outcome &O) {
          return O.Put || O.Escaped;
        }))
      if (Operand O = translate(State, C, E.Entity);
          O.Is == Operand::Value && O.Place != NoPlace && isAmong(State, O.Place))
        State.escapes();
  if (!Hit && !Seen)
    return true;
  // Who only looks at a part of a live object leaves nothing to follow.
  if (!Hit && State.Is == Life::Live &&
      llvm::none_of(Seen->Outcomes, [](const Outcome &O) {
        return !O.Names.empty() || !O.Views.empty();
      })) {
    for (const Outcome &O : Seen->Outcomes)
      State.Used |= O.Used;
    return true;
  }
  if (C.Maybe)
    Stack.push_back({State, Index + 1});
  bool Any = false;
  PathState First;
  bool AllLook = Hit && !C.Maybe && llvm::all_of(Hit->Outcomes, [&](const Outcome &O) {
    PathState Next = State;
    return O.Thrown || O.Unchecked || !fits(Next, C, stillGiven(O));
  });
  for (const Outcome &O : (Hit ? Hit : Seen)->Outcomes) {
    PathState Next = State, Then = *Before;
    bool Ends = false;
    if (O.Thrown || (!O.Given.empty() && !fits(Then, C, O.Given)) ||
        !fits(Next, C, stillGiven(O)) ||
        (Hit && !fitsFailure(Next, F, C, O, Held, AllLook)))
      continue;
    Next.Caveats |= Then.Caveats;
    if (S.Now == Solver::Kind::Entity)
      noteAsked(Next, *Before, Then, C, O);
    for (const auto &[P, R] : O.Left)
      if (PlaceId Where = storage(Next, C, P); Where != NoPlace)
        Next.setRange(Where, R);
    if (Hit)
      applyOutcome(Next, F, C, *Hit, O, Held, Ends);
    else
      Ends = !applyToView(Next, F, C, *Seen, O, Given);
    if (Ends)
      continue;
    if (!Any)
      First = std::move(Next), Any = true;
    else
      Stack.push_back({std::move(Next), Index + 1});
  }
  if (Any)
    State = std::move(First);
  return Any;
}

} // namespace pooltidy

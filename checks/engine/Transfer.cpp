//===- Transfer.cpp - what one fact does to one state ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

void Transfer::run(PathState State, uint32_t From, uint32_t To,
                   llvm::function_ref<void(PathState)> Done) {
  const auto &Facts = S.Function.Blocks[Block].Facts;
  Stack.clear();
  Stack.push_back({std::move(State), From});
  while (!Stack.empty()) {
    auto [Now, I] = std::move(Stack.back());
    Stack.pop_back();
    bool Alive = true;
    for (; Alive && I < To; ++I) {
      ++S.FactsRun;
      Current = I;
      Alive = step(Now, Facts[I], I);
    }
    if (S.Now == Solver::Kind::Acquire)
      S.HandedOver |= Now.Escaped || Now.EscapedOut ||
                      (Now.Caveats & (MayBeTaken | MayAlias | CapReached));
    if (Alive)
      Done(std::move(Now));
  }
}

PlaceId Transfer::canonical(const PathState &State, PlaceId P) {
  if (State.Addresses.empty() || P == NoPlace)
    return P;
  const Place Here = Places[P];
  if (Here.Parent == NoPlace)
    return P;
  PlaceId Above = canonical(State, Here.Parent);
  if (Here.Kind == PlaceKind::Deref)
    if (PlaceId To = State.addressIn(Above); To != NoPlace)
      return To;
  return Above == Here.Parent ? P : Places.rebase(P, Here.Parent, Above);
}

Transfer::Part Transfer::partOf(const PathState &State, PlaceId P) {
  if (State.Is == Life::None)
    return {};
  Part Found{Part::Whole, 0};
  for (; P != NoPlace; P = Places[P].Parent) {
    const Place &Here = Places[P];
    if (P == State.InPlace ||
        (Here.Kind == PlaceKind::Deref && State.names(Here.Parent)))
      return Found;
    // A query of a handle is one of the lease.
    if (Here.Kind == PlaceKind::Query && State.names(Here.Parent))
      return Found;
    if (Here.Kind == PlaceKind::Field && Found.Is != Part::Behind)
      Found = {Part::OneField, Here.Symbol};
    else if (Here.Kind == PlaceKind::Deref)
      Found.Is = Part::Behind;
  }
  return {};
}

bool Transfer::holds(const PathState &State, const Operand &O, PlaceId &Where) {
  if (State.Is == Life::None || O.Place == NoPlace)
    return false;
  Where = canonical(State, O.Place);
  if (O.Is == Operand::Address)
    return Where == State.InPlace;
  if (O.Is != Operand::Value)
    return false;
  if (State.InPlace != NoPlace && State.addressIn(Where) == State.InPlace)
    return true;
  return State.names(Where);
}

void Transfer::taint(PathState &State, PlaceId P) {
  if (P != NoPlace)
    insertSorted(State.Tainted, P);
}

void Transfer::taintStatus(PathState &State, const Fact &F) {
  if (F.Src.Is == Operand::Value && F.Src.Place != F.Test.Place &&
      !(F.Flags & NamedTwice))
    taint(State, canonical(State, F.Src.Place));
  if (F.Flags & StatusObject) // all of it, whichever field tells
    taint(State, canonical(State, Places.rootOf(F.Test.Place)));
}

bool Transfer::hasRoot(const PathState &State, PlaceId Root) const {
  auto Has = [&](PlaceId P) { return Places.rootOf(P) == Root; };
  return llvm::any_of(State.Names, Has) || llvm::any_of(State.Views, Has) ||
         (State.InPlace != NoPlace && Has(State.InPlace));
}

void Transfer::noteName(PlaceId P) {
  if (!S.ObjectName.empty())
    return;
  PlaceKind Root = Places[Places.rootOf(P)].Kind;
  if (Root != PlaceKind::Temp && Root != PlaceKind::Result)
    S.ObjectName = Places.spell(P);
}

/// A handle's destructor puts: the handle is what its reader sees.
std::string Transfer::ownerName(PlaceId P, const Fact &F) {
  return nameFor(F.Flags & ByHandle ? Places.rootOf(P) : P);
}

std::string Transfer::nameFor(PlaceId P) {
  if (P != NoPlace) {
    PlaceKind Root = Places[Places.rootOf(P)].Kind;
    if (Root != PlaceKind::Temp && Root != PlaceKind::Result)
      if (std::string Name = Places.spell(P); !Name.empty())
        return Name;
  }
  return S.ObjectName;
}

bool Transfer::loseNames(PathState &State, PlaceId P, bool Itself) {
  dropViews(State, P, Itself);
  size_t Before = State.Names.size();
  llvm::erase_if(State.Names, [&](PlaceId Q) {
    return (Itself || Q != P) && Places.isWithin(Q, P);
  });
  bool Lost = State.Names.size() != Before;
  if (State.InPlace != NoPlace && Itself && Places.isWithin(State.InPlace, P)) {
    State.InPlace = NoPlace;
    Lost = true;
  }
  return Lost;
}

/// The last name may be gone; false when nothing is left to follow.
bool Transfer::lost(PathState &State, StepKind How, SiteId Site) {
  if (!State.Names.empty() || State.InPlace != NoPlace || State.Is == Life::None)
    return true;
  if (isSeenOutside(State))
    State.Owned = false;
  if (State.Is == Life::Returned && !State.Views.empty())
    return true;
  if (S.Now == Solver::Kind::Unguarded) {
    if ((State.Caveats & LeftByThrow) && State.Is == Life::Live &&
        State.Owned && !State.PutFailed)
      S.unguarded(State);
    return false;
  }
  S.Left |= State.Is == Life::Live;
  if (State.Is == Life::Live && State.Owned && !State.PutFailed) {
    if (next(State.Is, Event::Lose).Violation && S.Now == Solver::Kind::Acquire) {
      PathState End = State;
      if (!End.Path || (End.Path->Kind != StepKind::Returned &&
                        End.Path->Kind != StepKind::Thrown))
        End.Path = S.trace(State.Path, How, Site);
      const struct Block &B = S.Function.Blocks[S.StartedAt.Block];
      S.violate({}, End,
                {.Kind = FindingKind::Leak,
                 .Object = S.ObjectName,
                 .Site = B.Facts[S.StartedAt.Index].Site});
    }
  } else if (S.Now == Solver::Kind::Acquire) {
    S.fine(FindingKind::Leak, {});
  }
  // A summary still needs what became of it at the exit, or instead of it.
  return S.Now == Solver::Kind::Entity ||
         (S.Now == Solver::Kind::Failed && S.HandsOut);
}

/// The call that gave this simulation its lease hands out another one in the
/// same place when it goes another way.
bool Transfer::isOtherway(const Fact &F) const {
  FactRef Ours = S.StartedAt;
  if (S.Now == Solver::Kind::Base || Ours.Block != Block || Ours == here())
    return false;
  const auto &Facts = S.Function.Blocks[Block].Facts;
  return Ours.Index < Facts.size() &&
         Facts[Ours.Index].Kind == FactKind::Acquire &&
         Facts[Ours.Index].Site == F.Site && Facts[Ours.Index].Dst == F.Dst;
}

bool Transfer::step(PathState &State, const Fact &F, uint32_t Index) {
  if (S.NullSource && S.Now == Solver::Kind::Base && S.NullSource(F) != NoPlace)
    S.BaseAt[here()] = State;
  if (F.Kind != FactKind::Apply)
    noteWritten(State, F);
  switch (F.Kind) {
  case FactKind::Acquire: {
    if (S.Now == Solver::Kind::Base)
      S.BaseAt[here()] = State;
    if ((F.Flags & Follows) || isOtherway(F))
      return true;
    PlaceId Dst = canonical(State, F.Dst);
    // Where the answer says that it failed, nothing was given, and what was there
    // before still is.
    if (F.Test && F.Test.Place != F.Dst) {
      Range Answer = State.rangeOf(canonical(State, F.Test.Place));
      Answer.keep(F.Test.Op, F.Test.Constant);
      if (Answer.isEmpty())
        return true;
    }
    forgetWithin(State, Dst, true);
    if (loseNames(State, Dst, true))
      return lost(State, StepKind::Overwritten, F.Site);
    return true;
  }
  case FactKind::ChildOf:
    if (PlaceId Dst = canonical(State, F.Dst);
        State.names(Dst) || (State.Is != Life::None && State.InPlace == Dst))
      if (PlaceId Parent = canonical(State, F.Src.Place);
          insertSorted(State.Parents, Parent))
        State.Path =
            S.trace(State.Path, StepKind::OpenedWithin, F.Site, nameFor(Parent));
    return true;
  case FactKind::Put:
    if (S.Now == Solver::Kind::Base)
      S.BaseAt[here()] = State;
    return put(State, F);
  case FactKind::Reset:
    // A part of the put that follows, which is the one to be told of.
    if (F.Flags & ResetsSelf) {
      Part P = partOf(State, canonical(State, F.Dst));
      if (State.Is == Life::Live && (P.Is == Part::Whole || P.Is == Part::OneField))
        reset(State, F);
      return true;
    }
    return change(State, F);
  case FactKind::Write:
    return change(State, F);
  case FactKind::Read: {
    if (F.Flags & NoResetNeeded) {
      reset(State, F);
      return true;
    }
    if (PlaceId View = seenThrough(State, F.Dst);
        View != NoPlace && !useView(State, F, View, false))
      return false;
    PlaceId Where = canonical(State, F.Dst);
    if (!use(State, F, Where, false))
      return false;
    if (State.Stale && !(F.Flags & Asks))
      if (Part P = partOf(State, Where); P.Is == Part::OneField)
        readStale(State, P.Field, F.Site, Where);
    return true;
  }
  case FactKind::Use: {
    PlaceId Where;
    if (!(F.Flags & ViewOnly) && holds(State, F.Src, Where)) {
      if (F.Flags & Needed)
        return lookBehind(State, F, Where, F.Index ? "index" : "");
      State.Used = true;
      if (auto V = next(State.Is, Event::Use).Violation) {
        if (F.Flags & ByHandle) // an owner that deletes it
          stillOwned(State, Where, F);
        else
          S.violate(here(), State,
                    {.Kind = *V, .Object = nameFor(Where), .Site = F.Site});
        return false;
      }
      S.fine(FindingKind::UseAfterPut, here());
      if (F.Dst != NoPlace && (!(F.Flags & Asks) || S.Now == Solver::Kind::Failed))
        taint(State, F.Dst);
    } else if (F.Src.Is == Operand::Value && looksInto(State, F.Src)) {
      return useView(State, F, canonical(State, F.Src.Place), false);
    }
    return true;
  }
  case FactKind::Derive:
    derive(State, F);
    return true;
  case FactKind::Copy:
  case FactKind::Move:
  case FactKind::Assign:
    return copy(State, F);
  case FactKind::Swap: {
    PlaceId A = canonical(State, F.Dst), B = canonical(State, F.Src.Place);
    swap(State, A, B);
    // What a member holds is not what was there before.
    for (PlaceId P : {A, B})
      if (partOf(State, P).Is == Part::OneField) {
        Fact Changed;
        Changed.Kind = FactKind::Write;
        Changed.Dst = P;
        Changed.Site = F.Site;
        if (!change(State, Changed))
          return false;
      }
    return true;
  }
  case FactKind::Store: {
    PlaceId Where;
    if (F.Family != NoFamily && F.Family == State.Family)
      return true;
    if (!State.Tasks.empty() && F.Src.Place != NoPlace) {
      PlaceId In = canonical(State, F.Dst);
      moveTasks(State, canonical(State, F.Src.Place), In);
      // Behind which of its pointers, a container does not say.
      for (Task &Each : State.Tasks)
        if (In != NoPlace && Each.Object != NoPlace &&
            Each.By != Task::Signal && Places.isWithin(Each.Object, In))
          Each.Object = In;
      llvm::sort(State.Tasks);
      State.Tasks.erase(std::unique(State.Tasks.begin(), State.Tasks.end()),
                        State.Tasks.end());
    }
    if (holds(State, F.Src, Where)) {
      PlaceId In = canonical(State, F.Dst);
      if ((F.Flags & Tested) && S.Now == Solver::Kind::Acquire && State.Owned) {
        // What failed has taken nothing, which matters to whoever asks for it.
        PathState Refused = State;
        Refused.PutFailed = true;
        if (assume(Refused, F.Test.negated())) {
          Range Unasked = Refused.rangeOf(canonical(State, F.Test.Place));
          Unasked.Tested = false;
          Refused.setRange(canonical(State, F.Test.Place), Unasked);
          Stack.push_back({std::move(Refused), Current + 1});
        }
        if (!assume(State, F.Test))
          return false;
      }
      if (F.Test && In != NoPlace && Places.isShared(In)) {
        // `emplace` may leave what is there already: then it keeps nothing.
        PathState Refused = State;
        keep(Refused, NoPlace, F);
        if (assume(Refused, F.Test.negated()))
          Stack.push_back({std::move(Refused), Current + 1});
        if (!assume(State, F.Test))
          return false;
      }
      keep(State, In, F);
    } else if (F.Src.Place != NoPlace) {
      // A struct that holds the lease went with it.
      Where = canonical(State, F.Src.Place);
      if (isAmong(State, Where))
        State.escapes();
      bool Inside = llvm::any_of(State.Names, [&](PlaceId N) {
        return Places.isWithin(N, Where);
      });
      if (Inside) {
        State.escapes();
        loseNames(State, Where, true);
        return lost(State, StepKind::Lost, F.Site);
      }
    }
    return true;
  }
  case FactKind::Take: {
    PlaceId Where;
    // Who is given the status of an acquire that failed need not come back.
    if (S.Now == Solver::Kind::Failed && F.Src.Is == Operand::Value &&
        llvm::is_contained(State.Tainted, canonical(State, F.Src.Place)))
      State.Caveats |= LeaseBranch;
    if (holds(State, F.Src, Where)) {
      State.Caveats |= MayBeTaken;
      // `list(new Node)`: nobody else could ever free it.
      if (isMemory(State) && State.Is == Life::Live &&
          llvm::all_of(State.Names, [&](PlaceId N) {
            return Places[Places.rootOf(N)].Kind == PlaceKind::Temp;
          }))
        State.escapes();
      if (F.Dst != NoPlace)
        taint(State, F.Dst);
    } else if (F.Src.Is == Operand::Value && State.Is == Life::Live) {
      Where = canonical(State, F.Src.Place);
      if (isAmong(State, Where))
        State.escapes();
      else if (llvm::any_of(State.Names, [&](PlaceId N) {
                 return Places.isWithin(N, Where);
               }))
        State.Caveats |= MayBeTaken;
    }
    return true;
  }
  case FactKind::Clobber:
    // Who is called where the failure is known need not come back.
    if (State.Caveats & FailureSeen)
      State.Caveats |= LeaseBranch;
    clobber(State);
    return lost(State, StepKind::Lost, F.Site);
  case FactKind::Apply:
    return apply(State, F, Index);
  case FactKind::TempsEnd: {
    auto IsTemp = [&](PlaceId P) {
      return Places[Places.rootOf(P)].Kind == PlaceKind::Temp;
    };
    if (F.Flags & Unwinds)
      dropTemporaries(State);
    if (!State.Tasks.empty())
      endOf(State, NoPlace);
    size_t Before = State.Names.size();
    llvm::erase_if(State.Views, IsTemp);
    llvm::erase_if(State.Names, IsTemp);
    bool Lost = State.Names.size() != Before;
    llvm::erase_if(State.Ranges, [&](auto &E) { return IsTemp(E.first); });
    llvm::erase_if(State.Truths, [&](auto &E) {
      return IsTemp(E.first) || IsTemp(E.second.Place);
    });
    llvm::erase_if(State.Addresses, [&](auto &E) { return IsTemp(E.first); });
    llvm::erase_if(State.Tainted, IsTemp);
    return !Lost || lost(State, StepKind::Discarded, F.Site);
  }
  case FactKind::ScopeEnd:
    if (!State.Tasks.empty())
      endOf(State, F.Dst);
    forgetWithin(State, F.Dst, true);
    if (loseNames(State, F.Dst, true))
      return lost(State, StepKind::Lost, F.Site);
    return true;
  case FactKind::Capture:
    capture(State, F);
    return true;
  case FactKind::Wait:
    waitFor(State, F.Dst, F.Flags & ByHandle);
    return true;
  case FactKind::MayThrow: {
    PathState Away = State;
    if (F.Flags & Assumed)
      Away.Caveats |= AssumedThrow;
    if (S.Now == Solver::Kind::Base) {
      throwWithout(std::move(Away), F);
      return true;
    }
    throwOut(std::move(Away), F);
    return true;
  }
  case FactKind::MayLeave:
    if (State.Is != Life::Live || !State.Owned || F.Index == NoBlock)
      return true;
    S.MayBeLeft = true;
    if (S.Now == Solver::Kind::Unguarded && !(State.Caveats & LeftByThrow)) {
      PathState Away = State;
      Away.Caveats |= LeftByThrow;
      Away.Path = S.trace(Away.Path, StepKind::Thrown, F.Site);
      if (!(F.Flags & Unwinds))
        dropTemporaries(Away);
      S.unwind(std::move(Away), F.Index);
    }
    return true;
  case FactKind::Return:
    return giveBack(State, F);
  case FactKind::Assert:
    return asserted(State, F);
  case FactKind::Stop:
    if (S.Now == Solver::Kind::Acquire)
      S.fine(FindingKind::Leak, {});
    return false;
  case FactKind::Grow:
    grow(State, F);
    return true;
  case FactKind::Bound:
    if (!(F.Flags & Unsure)) {
      bound(State, F.Dst);
    } else if (partOf(State, canonical(State, F.Dst)).Is == Part::Whole) {
      // A reset that nobody sees may have given it back.
      for (Growth &G : State.Grown)
        G.Sure = false;
      State.Grown.erase(std::unique(State.Grown.begin(), State.Grown.end()),
                        State.Grown.end());
    }
    return true;
  case FactKind::Again: {
    auto Rounds = State.Steps;
    for (GrowStep &G : Rounds)
      if (G.Loop == ~0u) {
        G.Loop = F.Index;
        insertSorted(State.Steps, G);
      }
    return true;
  }
  case FactKind::Make:
    if (S.Now == Solver::Kind::Base)
      S.BaseAt[here()] = State;
    return true;
  case FactKind::TestPoint:
    if (S.OnTestPoint && S.Now != Solver::Kind::Failed)
      S.OnTestPoint(F.Index, State);
    return true;
  }
  return true;
}

/// Notes that \p Name, which outlives the scope, holds the lease from now on.
/// \p In, a container, has it now, and whoever sees that may put it.
void Transfer::keep(PathState &State, PlaceId In, const Fact &F) {
  State.escapes();
  if (In == NoPlace || !Places.isShared(In) || Places.isOneOfMany(In) ||
      (F.Flags & Scalar)) // an id is a number, which dangles nowhere
    return;
  PlaceId Kept = Places.step(PlaceKind::Element, In, KeptElement);
  if (State.addName(Kept))
    stored(State, Kept, F.Site);
}

/// \p Name, which outlives the scope, now holds the lease; without \p Site as a
/// number, which dangles nowhere.
void Transfer::leaves(PathState &State, PlaceId Name, SiteId Site) {
  PlaceKind Root = Places[Places.rootOf(Name)].Kind;
  bool Visible = Root == PlaceKind::Param || Root == PlaceKind::This;
  (Visible ? State.EscapedOut : State.Escaped) = true;
  State.Owned = false;
  if (Site != NoSite)
    stored(State, Name, Site);
}

void Transfer::stored(PathState &State, PlaceId Name, SiteId Site) {
  PlaceKind Root = Places[Places.rootOf(Name)].Kind;
  if (Root == PlaceKind::Global || Places[Name].Kind == PlaceKind::Field ||
      Places[Name].Kind == PlaceKind::Element)
    State.Path =
        S.trace(State.Path, StepKind::Stored, Site, Places.spell(Name));
}

bool Transfer::use(PathState &State, const Fact &F, PlaceId Where,
                   bool Returned) {
  Part P = partOf(State, Where);
  if (P.Is == Part::Nothing)
    return true;
  if (!(F.Flags & Passed))
    if (PlaceId Holder = holderOf(State, Where);
        Holder != NoPlace && !lookBehind(State, F, Holder, ""))
      return false;
  State.Used = true;
  if (auto V = next(State.Is, Event::Use).Violation) {
    PlaceId Holder = Where;
    while (Holder != NoPlace && !State.names(Holder) && Holder != State.InPlace)
      Holder = Places[Holder].Parent;
    S.violate(here(), State,
              {.Kind = *V,
               .Object = nameFor(Holder),
               .Site = F.Site,
               .Returned = Returned});
    return false;
  }
  S.fine(FindingKind::UseAfterPut, here());
  return true;
}

} // namespace pooltidy

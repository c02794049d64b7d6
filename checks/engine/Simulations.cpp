//===- Simulations.cpp - which simulations a function gets ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "Sentinels.h"
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

bool isAsGiven(const PlaceTable &Places, const FunctionFacts &Function,
               const PathState &S, PlaceId P) {
  SymbolId Slot = Places.slotOf(P);
  if (Slot == AnySymbol || S.names(P) || llvm::is_contained(S.Written, Slot) ||
      llvm::is_contained(S.Written, AnySymbol))
    return false;
  PlaceId Root = Places.rootOf(P);
  PlaceKind Kind = Places[Root].Kind;
  if (Kind != PlaceKind::This &&
      (Kind != PlaceKind::Param || Function.Assigned.count(Root)))
    return false;
  for (; P != Root; P = Places[P].Parent)
    if (Places[P].Kind == PlaceKind::Field
            ? llvm::is_contained(S.Written, Places[P].Symbol)
            : Places[P].Kind != PlaceKind::Deref)
      return false;
  return true;
}

namespace {

constexpr size_t MaxOutcomes = 6;
/// Flags that one outcome depends on: `owned_`, `open_`.
constexpr unsigned MaxGivenFields = 4;

bool isResult(const PlaceTable &Places, PlaceId P) {
  return Places[Places.rootOf(P)].Kind == PlaceKind::Result;
}

Range resultOf(const PlaceTable &Places, const PathState &S, PlaceId Result) {
  for (PlaceId P : S.Names)
    if (P == Result) {
      Range R = S.rangeOf(Result);
      R.keep(Cmp::NE, 0);
      return R;
    }
  return Result == NoPlace ? Range() : S.rangeOf(Result);
}

/// Those of \p All that the caller can see, by its own arguments or the result.
llvm::SmallVector<PlaceId, 2> visibleOf(const PlaceTable &Places,
                                        llvm::ArrayRef<PlaceId> All) {
  llvm::SmallVector<PlaceId, 2> Out;
  for (PlaceId P : All) {
    PlaceKind Root = Places[Places.rootOf(P)].Kind;
    bool Foreign = Root == PlaceKind::Local || Root == PlaceKind::Temp;
    if (Root == PlaceKind::Result || (Places.isShared(P) && !Foreign))
      Out.push_back(P);
  }
  return Out;
}
llvm::SmallVector<PlaceId, 2> visibleNames(const PlaceTable &Places,
                                           const PathState &S) {
  return visibleOf(Places, S.Names);
}

/// \p P when the caller can see it too, else NoPlace.
PlaceId visible(const PlaceTable &Places, PlaceId P) {
  if (P == NoPlace)
    return NoPlace;
  PlaceKind Root = Places[Places.rootOf(P)].Kind;
  return Root == PlaceKind::Local || Root == PlaceKind::Temp ? NoPlace : P;
}

/// Tasks that a caller can wait for, and those that nobody can.
TaskList visibleTasks(const PlaceTable &Places, const PathState &S) {
  TaskList Out;
  for (const Task &Each : S.Tasks)
    if (Each.Object == NoPlace || visible(Places, Each.Object) != NoPlace)
      Out.push_back(Each);
  return Out;
}

/// True for a field of `this`, or of what a parameter is or points to, and for
/// what a parameter or capture itself leads to.
bool isOwnField(const PlaceTable &Places, const FunctionFacts &Function,
                PlaceId P) {
  if (Places.slotOf(P) == AnySymbol)
    return false;
  PlaceId Of = Places[P].Parent;
  if (Places.isCaptured(Of))
    return true;
  if (Places[Of].Kind == PlaceKind::Deref)
    Of = Places[Of].Parent;
  return Places[Of].Parent == NoPlace && !Function.Assigned.count(Of) &&
         (Places[Of].Kind == PlaceKind::This || Places[Of].Kind == PlaceKind::Param);
}

Outcome outcomeOf(const PlaceTable &Places, const FunctionFacts &Function,
                  const PathState &S, PlaceId Result) {
  Outcome O;
  O.Put = S.WasPut;
  O.PutFresh = S.PutFresh;
  O.PutUnsure = S.PutUnsure;
  O.PutAsked = S.Caveats & LeaseBranch;
  O.Used = S.Used;
  O.Unchecked = S.Unchecked;
  // Where a put was refused, whoever tried knows what to do.
  O.Escaped = S.Escaped || S.EscapedOut || S.PutFailed;
  O.Unsure = S.Caveats & (CapReached | MayAlias | MayBeTaken | MayBeReset | AskedAgain);
  O.State = S.State;
  O.Reset = S.ResetSinceEntry;
  O.UnsureChange = S.State == Dirt::Dirty && !S.SureChange;
  O.Family = S.WasPut ? S.Family : NoFamily;
  O.Pool = S.WasPut ? visible(Places, S.Pool) : NoPlace;
  O.PutPointer = S.PutPointer;
  O.PutLimited = S.PutLimited;
  O.Grown = S.Grown;
  for (const GrowStep &G : S.Steps)
    if (!llvm::is_contained(O.Grew, G.Field))
      O.Grew.push_back(G.Field);
  O.Bounded = S.Bounded;
  O.Changed.assign(S.Changed.begin(), S.Changed.end());
  if (S.ChangedWhole && S.State == Dirt::Dirty)
    O.Changed.clear();
  O.ChangedWhole = S.ChangedWhole;
  O.Cleared.assign(S.Cleared.begin(), S.Cleared.end());
  O.ReadFirst.assign(S.ReadStale.begin(), S.ReadStale.end());
  O.Names = visibleNames(Places, S);
  O.Views = visibleOf(Places, S.Views);
  O.Tasks = visibleTasks(Places, S);
  O.Result = resultOf(Places, S, Result);
  unsigned Fields = 0;
  for (auto &[P, R] : S.Ranges) {
    if (R.Believed)
      continue;
    if (sentinelOf(Places, P) || Places.isInFlight(P) ||
        (Places[P].Kind == PlaceKind::Param && !Function.Assigned.count(P)) ||
        (isAsGiven(Places, Function, S, P) && ++Fields <= MaxGivenFields))
      O.Given.push_back({P, R});
    else if (R.Low == R.High && isOwnField(Places, Function, P) &&
             llvm::is_contained(S.Written, Places.slotOf(P)))
      O.Left.push_back({P, R});
  }
  // What was asked before it was assigned says nothing of what it is now.
  for (auto &[P, R] : S.Asked) {
    if (++Fields > MaxGivenFields)
      break;
    O.Given.push_back({P, R});
    if (!isAsGiven(Places, Function, S, P) &&
        llvm::none_of(O.Left, [P = P](auto &E) { return E.first == P; }))
      O.Left.push_back({P, S.rangeOf(P)});
  }
  return O;
}

bool sameButResult(const Outcome &A, const Outcome &B) {
  return A.Thrown == B.Thrown && A.Put == B.Put && A.PutFresh == B.PutFresh && A.Escaped == B.Escaped &&
         A.State == B.State && A.Family == B.Family && A.Changed == B.Changed &&
         A.ChangedWhole == B.ChangedWhole && A.Names == B.Names &&
         A.Tasks == B.Tasks &&
         A.Views == B.Views && A.Cleared == B.Cleared && A.Grown == B.Grown &&
         A.PutLimited == B.PutLimited;
}

/// What a caller's branch tells apart: whether it answers nothing, or something.
bool answersAlike(const Outcome &A, const Outcome &B) {
  return !(A.Result.isZero() && B.Result.isNonZero()) &&
         !(A.Result.isNonZero() && B.Result.isZero());
}

void addOutcome(std::vector<Outcome> &All, Outcome O) {
  // Those that a caller can tell apart stay so, as far as there is room.
  bool Apart = All.size() < MaxOutcomes / 2;
  for (Outcome &Old : All)
    if (sameButResult(Old, O) && (!Apart || answersAlike(Old, O))) {
      Old.Result = Old.Result.joined(O.Result);
      joinGiven(Old.Given, O.Given);
      for (auto &Entry : Old.Left)
        if (!llvm::is_contained(O.Left, Entry))
          Entry.second = Range();
      for (auto &[P, R] : O.Left)
        if (llvm::none_of(Old.Left, [P = P](auto &E) { return E.first == P; }))
          Old.Left.push_back({P, Range()});
      llvm::erase_if(Old.ReadFirst, [&](SymbolId F) {
        return !llvm::is_contained(O.ReadFirst, F);
      });
      for (SymbolId F : O.Grew)
        if (!llvm::is_contained(Old.Grew, F))
          Old.Grew.push_back(F);
      llvm::erase_if(Old.Bounded, [&](SymbolId F) {
        return !llvm::is_contained(O.Bounded, F);
      });
      Old.Reset &= O.Reset;
      Old.Used |= O.Used;
      Old.Unchecked &= O.Unchecked;
      if (Old.Pool != O.Pool)
        Old.Pool = NoPlace;
      Old.Unsure |= O.Unsure;
      Old.PutAsked &= O.PutAsked;
      Old.UnsureChange |= O.UnsureChange;
      return;
    }
  if (All.size() < MaxOutcomes)
    All.push_back(std::move(O));
  else
    All.back().Unsure = true;
}

} // namespace

void joinGiven(Ranges &Old, const Ranges &Other) {
  llvm::erase_if(Old, [&](auto &Entry) {
    for (auto &[P, R] : Other)
      if (P == Entry.first) {
        Entry.second = Entry.second.joined(R);
        return Entry.second.isAny();
      }
    return true;
  });
}

void Solver::run(llvm::ArrayRef<PlaceId> Entities, Summary &Out) {
  PathState Base;
  simulate(Kind::Base, Base, {Function.Entry, 0});
  Out.Returns |= !Exits.empty();
  for (const PathState &End : ThrownExits)
    Out.ThrowsWhen.push_back(
        outcomeOf(Places, Function, End, NoPlace).Given);
  if (llvm::any_of(Out.ThrowsWhen, [](const Ranges &R) { return R.empty(); }))
    Out.ThrowsWhen.clear();
  // What stands behind all the cases of an enumeration is no way at all.
  if (ThrownExits.empty() && GaveUp.empty() && Out.Throwing == Throws::Known)
    Out.Throwing = Throws::Assumed;
  for (size_t I = 0; I < Exits.size() && Function.Result != NoPlace; ++I) {
    Range R = Exits[I].rangeOf(Function.Result);
    Out.Results = I ? Out.Results.joined(R) : R;
  }

  tellLeft(Out);
  tellAnswers(Out);

  std::vector<FactRef> Acquires, Puts, PutCalls, Made;
  for (NodeId N = 0; N < Shape.size(); ++N)
    for (uint32_t I = Shape[N].From; I < Shape[N].To; ++I) {
      BlockId B = Shape[N].Block;
      FactKind K = Function.Blocks[B].Facts[I].Kind;
      if (K == FactKind::Acquire)
        Acquires.push_back({B, I});
      else if (K == FactKind::Put)
        Puts.push_back({B, I});
      else if (K == FactKind::Make)
        Made.push_back({B, I});
      else if (K == FactKind::Apply && BaseAt.count({B, I}))
        PutCalls.push_back({B, I});
    }
  for (FactRef At : Acquires)
    acquireSimulation(At, Out);
  for (FactRef At : Acquires)
    failedSimulation(At, Out);
  tellFailures(Out);
  for (PlaceId E : Entities)
    entitySimulation(E, Out);
  for (FactRef At : Puts)
    putSimulation(At);
  for (FactRef At : PutCalls)
    putByCalleeSimulation(At);
  // Where nothing is put or returned, nobody asks what was made.
  bool Matters = !Puts.empty() || Function.Result != NoPlace ||
                 llvm::any_of(Function.Calls, [](const CallSite &C) {
                   return C.Callee && C.Callee->Puts;
                 });
  if (Matters)
    for (FactRef At : Made)
      madeSimulation(At, Out);
  Out.Stocks = Stocked;
}

void Solver::acquireSimulation(FactRef At, Summary &Out) {
  auto It = BaseAt.find(At);
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  if (It == BaseAt.end() || !GaveUp.empty() || F.Family == AnyFamily)
    return; // never reached, or a realloc of something unknown
  PathState S = It->second;
  Transfer T(*this, At.Block);
  if (F.WhenNull != NoPlace && !S.rangeOf(T.canonical(S, F.WhenNull)).isZero())
    return;
  PlaceId Dst = T.canonical(S, F.Dst);
  // What the place held before is gone.
  T.forgetWithin(S, Dst, true);
  S.Caveats = 0;
  S.Is = Life::Live;
  S.Family = F.Family;
  S.State = F.Flags & AcquiredDirty ? Dirt::Dirty : Dirt::Clean;
  S.SureChange = S.ChangedWhole = S.State == Dirt::Dirty;
  S.Stale = (F.Flags & AcquiredStale) && S.State != Dirt::Dirty;
  S.KeptAsLeft = F.Flags & pooltidy::KeptAsLeft;
  S.Owned = !(F.Flags & NotOwned);
  S.Held = F.Flags & HeldByMade;
  S.Limited = F.Flags & PoolLimits;
  S.Pool = T.canonical(S, F.Pool);
  S.Path = trace(nullptr, StepKind::Acquired, F.Site);
  if (F.Flags & InPlace)
    S.InPlace = Dst;
  else
    S.addName(Dst);
  if (F.Flags & NamedTwice)
    S.addName(T.canonical(S, F.Src.Place));
  if (Places.isShared(Dst) && S.Owned) {
    S.Owned = false;
    S.EscapedOut = true;
  }
  T.taintStatus(S, F);
  // Numbers of which the lowest are the process's start at 0.
  bool Counted = Families[F.Family].KnownIds > 0;
  S.ZeroIsValid = Counted || (F.Test && F.Test.Op == Cmp::GE &&
                             F.Test.Place == F.Dst);
  if (Counted && !(F.Flags & InPlace)) {
    Range Valid;
    Valid.keep(Cmp::GE, 0);
    S.setRange(Dst, Valid);
  }
  ObjectName = Places[Places.rootOf(Dst)].Kind == PlaceKind::Temp
                   ? ""
                   : Places.spell(Dst);
  // Whoever has asked a pool behind a pointer has one.
  if (S.Pool != NoPlace && Places[S.Pool].Kind == PlaceKind::Deref &&
      !Places[Places[S.Pool].Parent].Reference)
    T.assume(S, {Places[S.Pool].Parent, Cmp::NE, 0});
  if ((F.Test && !T.assume(S, F.Test)) || !T.leftWithLease(S, F, false))
    return;
  StartedAt = At;
  HandPut = NoSite;
  MayBeLeft = false;
  FactRef From{At.Block, At.Index + 1};
  size_t Before = Findings.size();
  simulate(Kind::Acquire, S, From);
  PlaceId Result = Function.Result;
  for (const PathState &End : Exits) {
    if (End.Is != Life::Live || End.Escaped)
      continue;
    // What the caller can reach by another way than the result stays there:
    // `*slot = node; return node;`.
    auto IsKept = [&](llvm::ArrayRef<PlaceId> Held) {
      return llvm::any_of(visibleOf(Places, Held), [&](PlaceId P) {
        return !isResult(Places, P);
      });
    };
    bool Kept = IsKept(End.Names) ||
                (Families[F.Family].Memory && IsKept(End.Views));
    llvm::SmallVector<PlaceId, 2> Seen = visibleNames(Places, End);
    for (PlaceId P : Seen) {
      if (!isResult(Places, P) && !End.EscapedOut)
        continue;
      FreshLease L;
      L.Out = P;
      if (P != Result)
        llvm::copy_if(Seen, std::back_inserter(L.Also), [&](PlaceId Other) {
          return Other != P && Other != Result;
        });
      L.Family = F.Family;
      L.Flags = F.Flags & ~(AcquiredStale | pooltidy::KeptAsLeft);
      L.Flags |= End.Stale ? F.Flags & AcquiredStale : 0;
      L.Flags |= End.KeptAsLeft ? pooltidy::KeptAsLeft : 0;
      L.State = End.State;
      L.Result = resultOf(Places, End, Result);
      L.Owned = (End.Owned || End.EscapedOut) && !(isResult(Places, P) && Kept);
      L.Pool = visible(Places, End.Pool);
      for (PlaceId Parent : End.Parents)
        if (visible(Places, Parent) != NoPlace)
          L.Parents.push_back(Parent);
      for (auto &[Given, R] : End.Ranges)
        if (Places[Given].Kind == PlaceKind::Param && !R.Believed &&
            !Function.Assigned.count(Given))
          L.Given.push_back({Given, R});
      L.Left = leftAt(End);
      auto Old = llvm::find_if(Out.Fresh, [&](const FreshLease &Old) {
        return Old.Out == P && Old.Family == L.Family;
      });
      if (Old == Out.Fresh.end()) {
        Out.Fresh.push_back(std::move(L));
        continue;
      }
      Old->Result = Old->Result.joined(L.Result);
      joinGiven(Old->Given, L.Given);
      joinGiven(Old->Left, L.Left);
      Old->Owned &= L.Owned; // `if (slot) *slot = node; return node;`
      llvm::erase_if(Old->Also, [&](PlaceId Other) {
        return !llvm::is_contained(L.Also, Other);
      });
      if (L.State != Dirt::Dirty)
        Old->State = L.State;
      Old->Flags &= L.Flags | ~(AcquiredStale | pooltidy::KeptAsLeft);
      if (Old->Pool != L.Pool)
        Old->Pool = NoPlace;
    }
  }
  bool Leaks = llvm::any_of(llvm::drop_begin(Findings, Before), [](auto &F) {
    return F.Kind == FindingKind::Leak;
  });
  // Put by hand, and held across what may throw: would an exception lose it?
  if (HandPut != NoSite && MayBeLeft && !Leaks && GaveUp.empty()) {
    S.Path = trace(nullptr, StepKind::Acquired, F.Site);
    simulate(Kind::Unguarded, std::move(S), From);
  }
}

void Solver::entitySimulation(PlaceId Entity, Summary &Out) {
  if (!GaveUp.empty())
    return;
  PathState S;
  S.Is = Life::Live;
  S.State = Dirt::AsEntry;
  S.Stale = true; // as far as the caller has set nothing
  S.addName(Entity);
  ObjectName = Places.spell(Entity);
  StartedAt = {};
  simulate(Kind::Entity, std::move(S), {Function.Entry, 0});
  EntitySummary Sum{Entity, {}};
  for (const PathState &End : Exits)
    addOutcome(Sum.Outcomes,
               outcomeOf(Places, Function, End, Function.Result));
  for (const PathState &End : ThrownExits) {
    Outcome O = outcomeOf(Places, Function, End, NoPlace);
    O.Thrown = true;
    addOutcome(Sum.Outcomes, std::move(O));
  }
  for (const Outcome &O : Sum.Outcomes)
    Out.Puts |= O.Put;
  Out.Entities.push_back(std::move(Sum));
}

void Solver::putSimulation(FactRef At) {
  auto It = BaseAt.find(At);
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  if (It == BaseAt.end() || PutsSeen.count(At) ||
      (F.Flags & (ByHandle | Nulls | Empties)) || F.Src.Is != Operand::Value ||
      (F.Dst != NoPlace && !(F.Flags & Moves)) || // it may have failed
      !GaveUp.empty())
    return;
  PathState S = It->second;
  Transfer T(*this, At.Block);
  PlaceId Object = T.canonical(S, F.Src.Place);
  // Of many, the one that a reference is bound to: `for (auto &e : list)`.
  if (Places.isOneOfMany(Object) && !Places.isOneOfMany(F.Src.Place)) {
    PlaceId Reference = Places.rootOf(F.Src.Place);
    if (!Places[Reference].Reference)
      return;
    llvm::erase_if(S.Addresses, [&](auto &E) { return E.first == Reference; });
    Object = T.canonical(S, F.Src.Place);
  }
  if (Places.isOneOfMany(Object) || S.rangeOf(Object).isZero())
    return;
  S.Caveats = 0;
  S.Is = Life::Returned;
  S.Family = F.Family;
  S.addName(Object);
  S.Path = trace(nullptr, StepKind::Put, F.Site);
  ObjectName = Places.spell(F.Src.Place);
  StartedAt = At;
  if (F.Test && (F.Flags & Tested) && !T.assume(S, F.Test))
    return;
  for (const auto &[P, To] : S.Addresses)
    if (T.looksInto(S, Operand::address(To)))
      S.addView(P);
  simulate(Kind::PutSite, std::move(S), {At.Block, At.Index + 1});
}

/// The same for a call of what puts its argument whichever way it goes.
void Solver::putByCalleeSimulation(FactRef At) {
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  const CallSite &C = Function.Calls[F.Index];
  PathState S = BaseAt.at(At);
  Transfer T(*this, At.Block);
  for (const EntitySummary &E : C.Callee->Entities) {
    FamilyId Family = NoFamily;
    bool Puts = Places[E.Entity].Kind == PlaceKind::Param &&
                llvm::all_of(E.Outcomes, [&](const Outcome &O) {
                  if (Family == NoFamily)
                    Family = O.Family;
                  return O.Thrown || (O.Put && !O.Unsure && !O.PutAsked &&
                                      O.Family == Family);
                });
    Operand Given = T.translate(S, C, E.Entity);
    if (!Puts || Family == NoFamily || Given.Is != Operand::Value ||
        Places[Places.rootOf(Given.Place)].Kind == PlaceKind::Temp ||
        Places.isOneOfMany(Given.Place) || S.rangeOf(Given.Place).isZero() ||
        PutsSeen.count(At) || !GaveUp.empty())
      continue;
    PathState Start = S;
    Start.Caveats = 0;
    Start.Is = Life::Live;
    Start.Family = Family;
    Start.addName(Given.Place);
    Start.Path = nullptr;
    ObjectName = Places.spell(Given.Place);
    StartedAt = At;
    simulate(Kind::PutSite, std::move(Start), At);
    return;
  }
}

} // namespace pooltidy

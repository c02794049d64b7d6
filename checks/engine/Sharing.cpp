//===- Sharing.cpp - tasks that have the lease and may still run ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A task that was given the lease has it until it is waited for: by its thread
// or future, or by anything that it was given beside the lease and that it may
// signal by. What may be a wait counts as one: a put too early is worth telling
// only where nothing could have waited.
//
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// Where \p O leads, by addresses that are known.
llvm::SmallVector<PlaceId, 8> reached(const PlaceTable &Places,
                                      const PathState &State, PlaceId From) {
  llvm::SmallVector<PlaceId, 8> Out{From};
  for (size_t I = 0; I < Out.size(); ++I)
    for (const auto &[P, A] : State.Addresses)
      if (Places.isWithin(P, Out[I]) && !llvm::is_contained(Out, A))
        Out.push_back(A);
  return Out;
}
} // namespace

/// True when the lease can be found by what \p O gives.
bool Transfer::reachesLease(const PathState &State, const Operand &O) {
  if (O.Place == NoPlace || (O.Is != Operand::Value && O.Is != Operand::Address))
    return false;
  auto All = reached(Places, State, canonical(State, O.Place));
  return llvm::any_of(All, [&](PlaceId P) {
    // The object itself, or a part of it, by its address.
    bool Shown = P != All[0] || O.Is == Operand::Address;
    if (Part In = partOf(State, P);
        Shown && (In.Is == Part::Whole || In.Is == Part::OneField))
      return true;
    return (State.InPlace != NoPlace && Places.isWithin(State.InPlace, P)) ||
           llvm::any_of(State.Names,
                        [&](PlaceId N) { return Places.isWithin(N, P); });
  });
}

/// A task starts, or does not where the call can fail: what it is given may lead
/// to the lease.
void Transfer::capture(PathState &State, const Fact &F) {
  if (State.Is != Life::Live)
    return;
  const CallSite &C = S.Function.Calls[F.Index];
  PathState Inside = State; // as the body sees it
  bool Itself = false, Within = false;
  TaskList Signals;
  for (const auto &[Root, Given] : C.Bindings) {
    if (Given.Place == NoPlace ||
        (Given.Is != Operand::Value && Given.Is != Operand::Address))
      continue;
    PlaceId From = canonical(State, Given.Place);
    // A pointer that was copied into a closure leads where it led before.
    if (Root != NoPlace && Places[Root].Parent != NoPlace &&
        Given.Is == Operand::Address)
      insertOnce(Inside.Addresses, Root, From);
    Itself |= looksInto(State, Given); // by a view of it
    for (PlaceId P : reached(Places, State, From)) {
      auto IsPart = [&](PlaceId N) { // a variable that the closure has
        return N == P || (Places[N].Parent == P &&
                          Places[N].Kind == PlaceKind::Field &&
                          Places.field(Places[N].Symbol).Capture);
      };
      // An address of something in the object is as good as one of the object.
      bool Shows = (P != From || Given.Is == Operand::Address) &&
                   looksInto(State, Operand::address(P));
      bool Holds = P == State.InPlace || Shows || llvm::any_of(State.Names, IsPart);
      Itself |= Holds;
      bool Around = Holds || (State.InPlace != NoPlace &&
                              Places.isWithin(State.InPlace, P)) ||
                    llvm::any_of(State.Names, [&](PlaceId N) {
                      return Places.isWithin(N, P);
                    });
      Within |= Around;
      if (!Holds && partOf(State, P).Is == Part::Nothing &&
          Places[Places.rootOf(P)].Kind != PlaceKind::Temp)
        insertSorted(Signals, Task{F.Site, P, Task::Signal});
    }
  }
  PlaceId Held = NoPlace;
  if (!Itself && !(Within && (!C.Callee || hit(Inside, C, Held))))
    return;
  PlaceId Of = canonical(State, F.Dst);
  // A worker of the object's own, in a list of it: see moveTasks.
  if (Of != NoPlace && partOf(State, Of).Is != Part::Nothing)
    return;
  if (F.Test) {
    PathState Without = State;
    if (assume(Without, F.Test.negated()))
      Stack.push_back({std::move(Without), Current + 1});
    assume(State, F.Test);
  }
  if (Of == NoPlace)
    insertSorted(State.Tasks, Task{F.Site, NoPlace, Task::Nobody});
  else
    insertSorted(State.Tasks,
                 Task{F.Site, Of, F.Flags & ByHandle ? Task::Joins : Task::Itself});
  for (const Task &Each : Signals)
    insertSorted(State.Tasks, Each);
  State.Path = S.trace(State.Path, StepKind::HandedToTask, F.Site);
}

/// Ends the tasks that whoever waits for \p On waits for; for NoPlace that may
/// be any. \p AtEnd: a destructor waits, where it is one that does. \p Emptied: it
/// has no tasks any more, and tells nothing of those that can find it.
void Transfer::waitFor(PathState &State, PlaceId On, bool AtEnd, bool Emptied) {
  if (State.Tasks.empty())
    return;
  if (On == NoPlace)
    return State.Tasks.clear();
  // Iterators and references lead to what they were taken from.
  llvm::SmallVector<PlaceId, 4> All{canonical(State, On)};
  for (size_t I = 0; I < All.size(); ++I)
    for (PlaceId P = All[I]; P != NoPlace; P = Places[P].Parent)
      if (PlaceId A = State.addressIn(P);
          A != NoPlace && !llvm::is_contained(All, A))
        All.push_back(A);
  // The object that was given tells by itself.
  if (!AtEnd && partOf(State, All[0]).Is != Part::Nothing)
    return State.Tasks.clear();
  llvm::SmallVector<SiteId, 4> Done;
  for (const Task &Each : State.Tasks)
    if (Each.Object != NoPlace && (!AtEnd || Each.By == Task::Joins))
      if (llvm::any_of(All, [&](PlaceId P) {
            return Places.isWithin(Each.Object, P) ||
                   (!AtEnd && !(Emptied && Each.By == Task::Signal) &&
                    Places.isWithin(P, Each.Object));
          }))
        Done.push_back(Each.Started);
  llvm::erase_if(State.Tasks, [&](const Task &Each) {
    return llvm::is_contained(Done, Each.Started);
  });
}

void Transfer::asked(PathState &State, PlaceId P) {
  P = canonical(State, P);
  llvm::SmallVector<SiteId, 4> Done;
  for (const Task &Each : State.Tasks)
    if (Each.Object != NoPlace && Places.isWithin(P, Each.Object))
      Done.push_back(Each.Started);
  llvm::erase_if(State.Tasks, [&](const Task &Each) {
    return llvm::is_contained(Done, Each.Started);
  });
}

/// The variable \p Scope is gone, or all temporaries where it is NoPlace. A
/// thread that nobody has joined was detached.
void Transfer::endOf(PathState &State, PlaceId Scope) {
  TaskList Left;
  for (const Task &Each : State.Tasks) {
    bool Gone = Each.Object != NoPlace &&
                (Scope == NoPlace ? Places[Places.rootOf(Each.Object)].Kind ==
                                        PlaceKind::Temp
                                  : Places.isWithin(Each.Object, Scope));
    if (!Gone)
      insertSorted(Left, Each);
    else if (Each.By != Task::Signal)
      insertSorted(Left, Task{Each.Started, NoPlace, Task::Nobody});
  }
  State.Tasks = std::move(Left);
}

/// What is in \p From goes to \p To; out of sight where that is NoPlace. A worker
/// of the object's own is no matter here: whether a reset or the put stops it is
/// asked where the type is declared.
void Transfer::moveTasks(PathState &State, PlaceId From, PlaceId To) {
  if (To != NoPlace && partOf(State, To).Is != Part::Nothing)
    To = NoPlace;
  auto IsIt = [&](const Task &Each) {
    return Each.Object != NoPlace && Each.By != Task::Signal &&
           Places.isWithin(Each.Object, From);
  };
  llvm::SmallVector<SiteId, 4> Gone;
  TaskList Left;
  for (Task Each : State.Tasks) {
    if (IsIt(Each)) {
      if (To == NoPlace)
        Gone.push_back(Each.Started);
      else
        Each.Object = Places.rebase(Each.Object, From, To);
    }
    insertSorted(Left, Each);
  }
  llvm::erase_if(Left, [&](const Task &Each) {
    return llvm::is_contained(Gone, Each.Started);
  });
  State.Tasks = std::move(Left);
}

/// What the callee waits for, whenever it does.
void Transfer::waitsOf(PathState &State, const CallSite &C) {
  if (C.Callee->WaitsUnknown)
    return State.Tasks.clear();
  for (PlaceId W : C.Callee->Waits) {
    PlaceId On = storage(State, C, W);
    waitFor(State, On);
  }
}

/// The callee started tasks that have the lease now.
void Transfer::startedBy(PathState &State, const Fact &F, const CallSite &C,
                         const Outcome &O) {
  if (O.Tasks.empty() || State.Is != Life::Live)
    return;
  TaskList New;
  for (const Task &Each : O.Tasks) {
    PlaceId Object =
        Each.Object == NoPlace ? NoPlace : storage(State, C, Each.Object);
    if (Object == NoPlace && Each.By != Task::Nobody)
      return; // out of sight
    insertSorted(New, Task{F.Site, Object, Each.By});
  }
  for (const Task &Each : New)
    insertSorted(State.Tasks, Each);
  State.Path = S.trace(State.Path, StepKind::HandedToTask, F.Site);
}

/// A thread in a list has no name of its own.
std::string Transfer::nameOfTask(PlaceId P) {
  PlaceKind Root = Places[Places.rootOf(P)].Kind;
  return Root == PlaceKind::Temp || Root == PlaceKind::Result ? ""
                                                              : Places.spell(P);
}

/// The lease goes back; told when some task may have it still.
void Transfer::sharedPut(PathState &State, const Fact &F, PlaceId Object) {
  if (State.Is != Life::Live || State.Family >= S.Families.size() ||
      !S.Families[State.Family].Pooled)
    return;
  if (State.Tasks.empty())
    return S.fine(FindingKind::SharedAcross, here());
  PathState At = State;
  if (F.Flags & ByHandle)
    At.Path = S.trace(State.Path, StepKind::PutAtScopeEnd, F.Site);
  std::string Other;
  for (const Task &Each : State.Tasks)
    if (Other.empty() && Each.Object != NoPlace && Each.By != Task::Signal)
      Other = nameOfTask(Each.Object);
  S.violate(here(), At,
            {.Kind = FindingKind::SharedAcross,
             .Object = ownerName(Object, F),
             .Site = F.Decl == NoSite ? F.Site : F.Decl,
             .ByHandle = bool(F.Flags & ByHandle),
             .Other = std::move(Other)});
  State.Tasks.clear();
}

} // namespace pooltidy

//===- Assignment.cpp - what a place comes to hold -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// More copies of numbers than anybody asks; generated code has no end of them.
static constexpr size_t MaxCopies = 32;

/// True for the pointer that stands for a reference or the object itself.
static bool isNeverNull(const PlaceTable &Places, PlaceId P) {
  return P != NoPlace &&
         (Places[P].Reference || Places[P].Kind == PlaceKind::This);
}

static Range notNull() {
  Range R;
  R.keep(Cmp::NE, 0);
  return R;
}

/// True when \p P lies behind a pointer that is in \p Within.
static bool isBehind(const PlaceTable &Places, PlaceId P, PlaceId Within) {
  bool Behind = false;
  for (; P != NoPlace && P != Within; P = Places[P].Parent)
    Behind |= Places[P].Kind == PlaceKind::Deref;
  return Behind && P == Within;
}

/// True when \p Given is what a new object has in \p Dst, which is in one.
static bool isAsNew(const PlaceTable &Places, const PathState &State,
                    const Operand &Given, PlaceId Dst) {
  std::optional<int64_t> Number;
  if (Given.Is == Operand::Constant)
    Number = Given.Number;
  else if (Given.Is == Operand::Value && Given.Place != NoPlace)
    if (Range R = State.rangeOf(Given.Place); R.Low == R.High)
      Number = R.Low;
  if (!Number)
    return false;
  if (*Number == 0)
    return true;
  return Places[Dst].Kind == PlaceKind::Field &&
         Places.field(Places[Dst].Symbol).Initial == Number;
}

/// True when the function gives \p P back right behind \p Here.
static bool isAnswer(const FunctionFacts &Function, BlockId Here, PlaceId P) {
  return llvm::any_of(Function.Blocks[Here].Out, [&](const Edge &E) {
    return E.To != NoBlock &&
           answerIn(Function.Blocks[E.To].Facts) == P;
  });
}

bool Transfer::copy(PathState &State, const Fact &F) {
  if (PlaceId View = seenThrough(State, F.Dst);
      View != NoPlace && !useView(State, F, View, false))
    return false;
  PlaceId Dst = canonical(State, F.Dst);
  PlaceId From = canonical(State, F.Src.Place);
  Operand Given = F.Src;
  Given.Place = From;
  if ((F.Flags & OrNull) && F.Kind == FactKind::Copy && From != NoPlace) {
    PathState Failed = State;
    forgetWithin(Failed, Dst, true);
    Failed.setRange(Dst, Range::exactly(0));
    Stack.push_back({std::move(Failed), Current + 1});
  }
  if (Places.isOneOfMany(Dst)) {
    // One of many: it is kept there, under no name that could be followed.
    Fact Change = F;
    // … and a round of `b->slots[i] = 0` clears one element of an array after the
    // other.
    PlaceId Array = Places[Dst].Parent;
    bool Clears = Places[Dst].Kind == PlaceKind::Element &&
                  Places[Array].Kind == PlaceKind::Field &&
                  Places.field(Places[Array].Symbol).Array &&
                  isAsNew(Places, State, Given, Dst);
    Change.Kind = Clears ? FactKind::Reset : FactKind::Write;
    Change.Flags = NoFlags;
    Change.Src = {};
    PlaceId Where;
    bool Held = holds(State, F.Src, Where);
    bool Looks = !Held && !(F.Flags & Scalar) && looksInto(State, F.Src);
    if (!change(State, Change))
      return false;
    if (Held)
      keep(State, Places.outOfMany(Dst), F);
    // What was assigned last is all that is known of them.
    dropViews(State, Dst, true);
    if (Looks)
      addView(State, Dst, F.Site);
    return true;
  }
  bool FromPlace = F.Src.Is == Operand::Value && From != NoPlace;
  if (FromPlace && From == Dst)
    return true;
  if (FromPlace && isAmong(State, From)) // whoever has it may put it
    State.escapes();
  // Assigning to a part of the object changes it.
  if (Part P = partOf(State, Dst); P.Is != Part::Nothing) {
    Fact Change = F;
    Change.Kind = isAsNew(Places, State, Given, Dst) ? FactKind::Reset
                                                     : FactKind::Write;
    Change.Flags = NoFlags;
    Change.Dst = Dst;
    Change.Src = {};
    if (!change(State, Change))
      return false;
  }
  // What moves: the lease itself and whatever lies within a struct.
  llvm::SmallVector<PlaceId, 4> NewNames, NewViews;
  if (!(F.Flags & Scalar) && looksInto(State, F.Src))
    NewViews.push_back(Dst);
  llvm::SmallVector<std::pair<PlaceId, Range>, 4> NewRanges;
  llvm::SmallVector<std::pair<PlaceId, PlaceId>, 4> NewAddresses;
  bool Tainted = false;
  PlaceId NewInPlace = NoPlace;
  if (FromPlace) {
    for (PlaceId N : State.Names)
      if (Places.isWithin(N, From))
        NewNames.push_back(N);
    for (PlaceId V : State.Views)
      if (V != From && Places.isWithin(V, From))
        NewViews.push_back(Places.rebase(V, From, Dst));
    for (auto &[P, R] : State.Ranges)
      if (Places.isWithin(P, From))
        NewRanges.push_back({P, R});
    for (auto &[P, A] : State.Addresses)
      if (Places.isWithin(P, From))
        NewAddresses.push_back({P, A});
    Tainted = llvm::is_contained(State.Tainted, From);
    if (State.InPlace != NoPlace && F.Kind == FactKind::Move &&
        Places.isWithin(State.InPlace, From))
      NewInPlace = State.InPlace;
  }
  PlaceId Target =
      F.Src.Is == Operand::Address ? From : NoPlace;
  Meaning Truth;
  if (F.Src.Is == Operand::Truth)
    Truth = {F.Src.Test, false};
  else if (FromPlace)
    for (auto &[P, T] : State.Truths)
      if (P == From)
        Truth = T;
  // A copy of a number is asked for the number, as long as neither changes.
  if (!Truth && FromPlace && (F.Flags & Scalar) &&
      State.Truths.size() < MaxCopies && !Places.isOneOfMany(From) &&
      Places[Places.rootOf(From)].Kind != PlaceKind::Temp)
    Truth = {{From, Cmp::NE, 0}, true};
  if (Truth)
    Truth.Place = canonical(State, Truth.Place);

  if (FromPlace && !State.Tasks.empty()) {
    // Of a copied pointer, or a future that several share, both lead to the
    // task.
    TaskList Both;
    if (F.Kind == FactKind::Copy &&
        Places[Places.rootOf(From)].Kind != PlaceKind::Temp)
      Both = State.Tasks;
    moveTasks(State, From, Dst);
    for (const Task &Each : Both)
      if (llvm::any_of(State.Tasks, [&](const Task &Still) {
            return Still.Started == Each.Started;
          }))
        insertSorted(State.Tasks, Each);
  }
  // Whoever is given a part of the object finds the object: `&node->link`.
  if (S.Now == Solver::Kind::Acquire && State.Owned &&
      (Dst == S.Function.Result || Places.isShared(Dst) || isLink(Places, Dst)) &&
      partOf(State, Dst).Is == Part::Nothing) {
    bool Known = Target != NoPlace && partOf(State, Target).Is == Part::OneField;
    for (auto &[P, A] : NewAddresses)
      Known |= partOf(State, A).Is == Part::OneField;
    if (Known)
      State.escapes();
  }

  bool Lost = false;
  if (F.Kind == FactKind::Move && FromPlace) {
    bound(State, From); // its storage goes with it
    Lost |= loseNames(State, From, true);
    forgetWithin(State, From, true);
    State.setRange(From, Range::exactly(0));
  }
  forgetWithin(State, Dst, true);
  // What the old target of a pointer holds it still does: a list's last node.
  if (State.Is == Life::Live && llvm::any_of(State.Names, [&](PlaceId N) {
        return isBehind(Places, N, Dst);
      }))
    State.escapes();
  Lost |= loseNames(State, Dst, true);
  // Which element of a list `e->prev->next` is, nobody can say.
  if (Places[Dst].Kind == PlaceKind::Field && Places.isShared(Dst) &&
      Places.field(Places[Dst].Symbol).Link &&
      llvm::any_of(State.Names, [&](PlaceId N) {
        return N != Dst && Places[N].Kind == PlaceKind::Field &&
               Places[N].Symbol == Places[Dst].Symbol;
      }))
    State.Caveats |= MayAlias;
  for (PlaceId N : NewNames) {
    PlaceId To = Places.rebase(N, From, Dst);
    noteName(To);
    State.addName(To);
  }
  for (PlaceId V : NewViews)
    addView(State, V, F.Site);
  if (NewInPlace != NoPlace)
    State.InPlace = Places.rebase(NewInPlace, From, Dst);
  for (auto &[P, R] : NewRanges)
    State.setRange(Places.rebase(P, From, Dst), R);
  auto Insert = [](auto &Map, PlaceId Key, auto Value) {
    auto It = llvm::lower_bound(
        Map, Key, [](const auto &E, PlaceId Q) { return E.first < Q; });
    Map.insert(It, {Key, Value});
  };
  for (auto &[P, A] : NewAddresses)
    Insert(State.Addresses, Places.rebase(P, From, Dst), A);
  if (Target != NoPlace)
    Insert(State.Addresses, Dst, Target);
  if (!Places[Dst].Reference && (Target != NoPlace || isNeverNull(Places, From)))
    State.setRange(Dst, notNull());
  if (F.Src.Is == Operand::Constant)
    State.setRange(Dst, Range::exactly(F.Src.Number));
  if (F.Kind == FactKind::Assign && F.Test)
    assume(State, F.Test);
  if (Truth && !Places.isWithin(Truth.Place, Dst))
    becomes(State, Dst, Truth);
  // `return a && b`: each answer goes with what it says.
  if (F.Src.Is == Operand::Truth && S.Now == Solver::Kind::Base &&
      State.rangeOf(Dst).isAny() && isAnswer(S.Function, Block, Dst)) {
    PathState No = State;
    if (assume(No, {Dst, Cmp::EQ, 0}))
      Stack.push_back({std::move(No), Current + 1});
    if (!assume(State, {Dst, Cmp::NE, 0}))
      return false;
  }
  if (Tainted)
    taint(State, Dst);
  if (Places.isShared(Dst))
    for (PlaceId N : NewNames)
      leaves(State, Places.rebase(N, From, Dst),
             F.Flags & Scalar ? NoSite : F.Site);
  if (!State.Parents.empty()) {
    bool Also = FromPlace && llvm::is_contained(State.Parents, From);
    llvm::erase_if(State.Parents,
                   [&](PlaceId P) { return Places.isWithin(P, Dst); });
    if (Also)
      State.Parents.insert(llvm::lower_bound(State.Parents, Dst), Dst);
  }
  return !Lost || lost(State, StepKind::Overwritten, F.Site);
}

void Transfer::swap(PathState &State, PlaceId A, PlaceId B) {
  llvm::SmallVector<PlaceId, 2> Outside; // names that outlive the scope
  auto Exchange = [&](PlaceId N, PlaceId From, PlaceId To) {
    PlaceId Now = Places.rebase(N, From, To);
    if (Places.isShared(Now))
      Outside.push_back(Now);
    return Now;
  };
  for (PlaceId &N : State.Names)
    if (Places.isWithin(N, A))
      N = Exchange(N, A, B);
    else if (Places.isWithin(N, B))
      N = Exchange(N, B, A);
  for (PlaceId &V : State.Views)
    if (Places.isWithin(V, A))
      V = Places.rebase(V, A, B);
    else if (Places.isWithin(V, B))
      V = Places.rebase(V, B, A);
  llvm::sort(State.Names);
  llvm::sort(State.Views);
  for (PlaceId N : Outside)
    leaves(State, N, S.Function.Blocks[Block].Facts[Current].Site);
  for (Task &Each : State.Tasks)
    if (Each.Object != NoPlace && Places.isWithin(Each.Object, A))
      Each.Object = Places.rebase(Each.Object, A, B);
    else if (Each.Object != NoPlace && Places.isWithin(Each.Object, B))
      Each.Object = Places.rebase(Each.Object, B, A);
  llvm::sort(State.Tasks);
  Range InA = State.rangeOf(A), InB = State.rangeOf(B);
  forgetWithin(State, A, true);
  forgetWithin(State, B, true);
  State.setRange(A, InB);
  State.setRange(B, InA);
}

bool Transfer::giveBack(PathState &State, const Fact &F) {
  State.Path = State.Is == Life::None
                   ? State.Path
                   : S.trace(State.Path, StepKind::Returned, F.Site);
  PlaceId Where, Result = S.Function.Result;
  // … also what a branch told: `if (!head) return head;`
  bool IsNull = (F.Src.Is == Operand::Constant && F.Src.Number == 0) ||
                (F.Src.Is == Operand::Value && F.Src.Place != NoPlace &&
                 State.rangeOf(canonical(State, F.Src.Place)).isZero());
  if (S.Now == Solver::Kind::Base && (F.Flags & GivesPointer))
    S.GivesNull |= IsNull;
  if (S.NullSource &&
      (S.Now == Solver::Kind::Base ? IsNull : holds(State, F.Src, Where)))
    S.noteNull(F.Site, State);
  if (F.Src.Is == Operand::Truth && Result != NoPlace) {
    PathState No = State;
    bool CanFail = assume(No, F.Src.Test.negated());
    if (!assume(State, F.Src.Test)) {
      if (!CanFail)
        return false;
      State = std::move(No);
      State.setRange(Result, Range::exactly(0));
      return true;
    }
    State.setRange(Result, Range::exactly(1));
    if (CanFail) {
      No.setRange(Result, Range::exactly(0));
      Stack.push_back({std::move(No), Current + 1});
    }
    return true;
  }
  if (holds(State, F.Src, Where)) {
    if (auto V = next(State.Is, Event::Use).Violation) {
      S.violate(here(), State,
                {.Kind = *V,
                 .Object = nameFor(Where),
                 .Site = F.Site,
                 .Returned = true});
      return false;
    }
    S.fine(FindingKind::UseAfterPut, here());
  } else if (State.Is == Life::Returned && looksInto(State, F.Src)) {
    // Of a part that is written as one of the object, the object is returned.
    bool Through = F.Src.Is == Operand::Value ||
                   seenThrough(State, F.Src.Place) != NoPlace;
    PlaceId P = canonical(State, F.Src.Place);
    return Through ? useView(State, F, P, true) : use(State, F, P, true);
  }
  if (Result == NoPlace || F.Src.Is == Operand::None)
    return true;
  Fact Copy = F;
  Copy.Kind = FactKind::Copy;
  Copy.Flags = NoFlags;
  Copy.Dst = Result;
  return copy(State, Copy);
}

/// Members that the callee assigns in an object that it is given, `init()`, hold
/// the lease no more, whatever they hold; false when no name is left.
bool Transfer::overwrittenBy(PathState &State, const CallSite &C) {
  auto IsGiven = [&](PlaceId Object) {
    return llvm::any_of(C.Bindings, [&](const auto &Binding) {
      const Operand &Actual = Binding.second;
      if (Actual.Place == NoPlace)
        return false;
      if (Actual.Is == Operand::Address)
        return canonical(State, Actual.Place) == Object;
      return Actual.Is == Operand::Value &&
             Places[Object].Kind == PlaceKind::Deref &&
             canonical(State, Actual.Place) == Places[Object].Parent;
    });
  };
  size_t Before = State.Names.size();
  llvm::erase_if(State.Names, [&](PlaceId N) {
    return Places[N].Kind == PlaceKind::Field &&
           llvm::is_contained(C.Callee->Writes, Places[N].Symbol) &&
           IsGiven(Places[N].Parent);
  });
  if (State.Names.size() == Before)
    return true;
  // Perhaps only on some of its ways: whoever has it then may put it.
  if (State.Is == Life::Live && S.Now == Solver::Kind::Acquire)
    State.escapes();
  return !State.Names.empty();
}

} // namespace pooltidy

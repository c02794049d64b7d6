//===- Views.cpp - what looks into an object ------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A view is a place (pointer, reference, iterator, string_view, captured
// reference) that holds the way to a part of the lease's object without being a
// name of the object. Its own value may be copied, compared and measured after
// the put; looking through it may not.
//
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// True when what is in \p P, a canonical place, is a view: \p P itself, or the
/// struct that it is a member of, as the iterators in a pair. Of a view that is
/// kept behind a pointer, its neighbours are views too: the fields of a row.
bool Transfer::isView(const PathState &State, PlaceId P) const {
  bool Element = false;
  for (; P != NoPlace; P = Places[P].Parent) {
    const Place &Here = Places[P];
    if (State.isView(P) && (!Element || Here.Kind == PlaceKind::Deref))
      return true;
    Element |= Here.Kind == PlaceKind::Element;
    if (Here.Kind != PlaceKind::Field && Here.Kind != PlaceKind::Element)
      return false;
  }
  return false;
}

/// The view by which the place \p P, as it is written, is reached; or NoPlace.
PlaceId Transfer::seenThrough(const PathState &State, PlaceId P) {
  if (State.Views.empty())
    return NoPlace;
  for (; P != NoPlace; P = Places[P].Parent) {
    PlaceKind K = Places[P].Kind;
    if (K != PlaceKind::Deref && K != PlaceKind::Element)
      continue;
    PlaceId From = canonical(State, Places[P].Parent);
    if (isView(State, From))
      return From;
  }
  return NoPlace;
}

/// True when \p O is the address of something within the object, or a view.
bool Transfer::looksInto(const PathState &State, const Operand &O) {
  if (State.Is == Life::None || O.Place == NoPlace)
    return false;
  PlaceId P = canonical(State, O.Place);
  if (O.Is == Operand::Value)
    return isView(State, P);
  if (O.Is != Operand::Address)
    return false;
  if (seenThrough(State, O.Place) != NoPlace)
    return true;
  switch (partOf(State, P).Is) {
  case Part::OneField:
    return true;
  case Part::Whole: // an element of it; its own address is a name
    return Places[P].Kind == PlaceKind::Element;
  case Part::Behind: // what it points to may be anybody's
  case Part::Nothing:
    return false;
  }
  return false;
}

namespace {
/// The view as its reader calls it; empty for what only the compiler names.
std::string viewName(const PlaceTable &Places, PlaceId View) {
  PlaceId Root = Places.rootOf(View);
  PlaceKind K = Places[Root].Kind;
  if (K == PlaceKind::Temp || K == PlaceKind::Result ||
      llvm::StringRef(Places.spell(Root)).starts_with("__"))
    return "";
  return Places.spell(View);
}
} // namespace

void Transfer::addView(PathState &State, PlaceId View, SiteId Site) {
  // What the object keeps in itself goes back with it.
  if (View == NoPlace || State.Is == Life::None ||
      partOf(State, View).Is != Part::Nothing || !State.addView(View))
    return;
  if (std::string Name = viewName(Places, View); !Name.empty())
    State.Path = S.trace(State.Path, StepKind::Viewed, Site, Name);
}

void Transfer::dropViews(PathState &State, PlaceId P, bool Itself) {
  llvm::erase_if(State.Views, [&](PlaceId V) {
    return (Itself || V != P) && Places.isWithin(V, P);
  });
}

/// Somebody looks through \p View; false when the state ends with that.
bool Transfer::useView(PathState &State, const Fact &F, PlaceId View,
                       bool Returned) {
  State.Used = true;
  if (!next(State.Is, Event::Use).Violation) {
    S.fine(FindingKind::DanglingView, here());
    return true;
  }
  // A destructor looks where its object is declared.
  S.violate(here(), State,
            {.Kind = FindingKind::DanglingView,
             .Object = S.ObjectName,
             .Site = F.Decl == NoSite ? F.Site : F.Decl,
             .Returned = Returned,
             .Other = viewName(Places, View)});
  return false;
}

void Transfer::derive(PathState &State, const Fact &F) {
  PlaceId Dst = canonical(State, F.Dst);
  if (F.Src.Is == Operand::None) {
    dropViews(State, Dst, true);
    return;
  }
  PlaceId From = canonical(State, F.Src.Place);
  if (From == NoPlace || State.Is == Life::None)
    return;
  // An iterator leads to the views that its container has.
  if (!State.Views.empty() && From != Dst) {
    PlaceId There = Places.step(PlaceKind::Element, From, AnyElement);
    llvm::SmallVector<PlaceId, 2> Kept;
    for (PlaceId V : State.Views)
      if (Places.isWithin(V, There))
        Kept.push_back(V);
    for (PlaceId V : Kept)
      addView(State,
              Places.rebase(V, There,
                            Places.step(PlaceKind::Element, Dst, AnyElement)),
              F.Site);
  }
  // A pointer to the object answers with what it looks into.
  bool Named = F.Src.Is == Operand::Value && State.names(From) &&
               !(F.Flags & PartOnly);
  if (!Named && !looksInto(State, F.Src))
    return;
  addView(State, Dst, F.Site);
  if (F.Flags & DeepView)
    addView(State, Places.step(PlaceKind::Deref, Dst), F.Site);
}

/// What \p C says of a part of the object, or of a view, that it is given; and
/// the view. The entity that says most wins.
const EntitySummary *Transfer::viewHit(const PathState &State, const CallSite &C,
                                       Operand &Given) {
  const EntitySummary *Hit = nullptr;
  for (const EntitySummary &E : C.Callee->Entities) {
    Operand O = translate(State, C, E.Entity);
    if (!looksInto(State, O))
      continue;
    bool Says = llvm::any_of(E.Outcomes, [](const Outcome &O) {
      return O.Put || O.Used || !O.Names.empty() || !O.Views.empty();
    });
    if (!Hit || Says)
      Hit = &E, Given = O;
  }
  return Hit;
}

bool isLink(const PlaceTable &Places, PlaceId P) {
  return Places[P].Kind == PlaceKind::Field &&
         Places.field(Places[P].Symbol).Link;
}

/// One way in which the callee leaves with what it was given of the object; false
/// when the state ends with that.
bool Transfer::applyToView(PathState &State, const Fact &F, const CallSite &C,
                           const EntitySummary &E, const Outcome &O,
                           const Operand &Given) {
  if (O.Used || O.Put) {
    bool Through = Given.Is == Operand::Value ||
                   seenThrough(State, Given.Place) != NoPlace;
    if (Through ? !useView(State, F, Given.Place, false)
                : !use(State, F, Given.Place, false))
      return false;
  }
  // What it copied or derived looks where its argument looks.
  // What it keeps as it was given finds the object: `list_add(&node->link, head)`.
  bool IsPart = Given.Is == Operand::Address && State.Owned &&
              partOf(State, Given.Place).Is == Part::OneField;
  for (PlaceId N : O.Names)
    if (PlaceId To = N == E.Entity ? NoPlace : storage(State, C, N);
        IsPart && To != NoPlace && (Places.isShared(To) || isLink(Places, To)) &&
        partOf(State, To).Is == Part::Nothing) {
      State.escapes();
    }
  for (auto Places : {llvm::ArrayRef(O.Names), llvm::ArrayRef(O.Views)})
    for (PlaceId N : Places)
      // What a container keeps of a view is told element by element.
      if (N != E.Entity && !this->Places.isKept(N))
        addView(State, storage(State, C, N), F.Site);
  keepResult(State, C, O);
  return true;
}

/// True when the object is plain memory, and something that the caller has keeps
/// its address: `out->text = Slice(bytes, n)`. Whoever has that can free it.
bool Transfer::isSeenOutside(const PathState &State) const {
  return State.Is == Life::Live && isMemory(State) &&
         llvm::any_of(State.Views, [&](PlaceId V) {
           PlaceKind Root = Places[Places.rootOf(V)].Kind;
           return Root == PlaceKind::Result ||
                  (Root != PlaceKind::Local && Root != PlaceKind::Temp &&
                   Places.isShared(V));
         });
}

/// True for what a parameter of the function refers or points to.
static bool isGivenContainer(const PlaceTable &Places, PlaceId P) {
  return Places[P].Kind == PlaceKind::Deref &&
         Places[Places[P].Parent].Kind == PlaceKind::Param;
}

/// At the end: a view that the caller gets, of what is put by then.
void Transfer::leftViews(const PathState &State) {
  if (State.Is == Life::None)
    return;
  const Trace *Return = State.Path;
  while (Return && Return->Kind != StepKind::Returned)
    Return = Return->Before;
  for (PlaceId V : State.Views) {
    const Place &Root = Places[Places.rootOf(V)];
    const Trace *At = Return;
    std::string Name;
    if (Root.Kind == PlaceKind::Param || Root.Kind == PlaceKind::This ||
        Root.Kind == PlaceKind::Global) {
      // Of a container that somebody else has, its next user may clear it first.
      if (!Places.isShared(V) ||
          (Places.isOneOfMany(V) && !isGivenContainer(Places, Places.outOfMany(V))))
        continue;
      Name = viewName(Places, V);
      for (At = State.Path; At; At = At->Before)
        if (At->Kind == StepKind::Viewed && At->What == Name)
          break;
    } else if (Root.Kind != PlaceKind::Result) {
      continue;
    }
    if (!At)
      continue;
    FactRef Key{NoBlock, At->Site};
    if (State.Is != Life::Returned) {
      S.fine(FindingKind::DanglingView, Key);
      continue;
    }
    S.violate(Key, State,
              {.Kind = FindingKind::DanglingView,
               .Object = S.ObjectName,
               .Site = At->Site,
               .Returned = Root.Kind == PlaceKind::Result,
               .Other = Name,
               .Left = true});
    return;
  }
}

} // namespace pooltidy

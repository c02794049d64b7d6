//===- Growth.cpp - how large an object has become ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Clearing a container keeps its storage, so what it grew to stays with the
// object when it is put. Growth counts where nothing bounds it: by some input, by
// a number that no comparison looked at, or by the same call in round after round
// of a loop that is not counted. Whoever gives the storage back, or asks how
// large the container is, has dealt with it.
//
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// More appends than anybody has between two clears; generated code may.
constexpr size_t MaxSteps = 16;

/// True where a call at \p C empties \p Field of the object on some way.
bool emptiedByCall(Transfer &T, const PathState &State, const CallSite &C,
                   SymbolId Field) {
  for (const EntitySummary &E : C.Callee->Entities) {
    Operand Given = T.translate(State, C, E.Entity);
    if (Given.Place == NoPlace)
      continue;
    PlaceId P = T.canonical(State, Given.Place);
    SymbolId Of = Field;
    if (Given.Is == Operand::Address) {
      Transfer::Part Part = T.partOf(State, P);
      if (Part.Is == Transfer::Part::OneField && Part.Field == Field)
        Of = WholeObject;
      else if (Part.Is != Transfer::Part::Whole)
        continue;
    } else if (Given.Is != Operand::Value || !State.names(P)) {
      continue;
    }
    auto Has = [&](llvm::ArrayRef<SymbolId> Fields) {
      return llvm::is_contained(Fields, Of) ||
             llvm::is_contained(Fields, WholeObject);
    };
    if (llvm::any_of(E.Outcomes, [&](const Outcome &O) {
          return !O.Thrown && (O.Reset || Has(O.Cleared) || Has(O.Bounded));
        }))
      return true;
  }
  return false;
}

/// `if (++rows == 100) { send(b->out); b->clear(); }`: in the midst of the rounds of
/// the loop at \p Header, \p Field is emptied now and then. How much there is
/// between two of these is the program's business.
bool emptiedIn(Transfer &T, const PathState &State, const FunctionFacts &Function,
               const Flow &Shape, BlockId Header, SymbolId Field) {
  auto IsOurs = [&](PlaceId P) {
    Transfer::Part Part = T.partOf(State, T.canonical(State, P));
    return Part.Is == Transfer::Part::Whole ||
           (Part.Is == Transfer::Part::OneField && Part.Field == Field);
  };
  NodeId Of = Shape.head(Header);
  for (NodeId N = Of == NoNode ? Shape.size() : 0; N < Shape.size(); ++N) {
    NodeId H = Shape.loopOf(N);
    while (H != NoNode && H != Of)
      H = Shape.loopAround(H);
    if (H == NoNode)
      continue;
    for (uint32_t I = Shape[N].From; I < Shape[N].To; ++I) {
      const Fact &F = Function.Blocks[Shape[N].Block].Facts[I];
      bool Sets = F.Kind == FactKind::Reset || F.Kind == FactKind::Bound ||
                  (F.Kind == FactKind::Grow && (F.Flags & SetsSize));
      if (Sets ? IsOurs(F.Dst)
               : F.Kind == FactKind::Apply &&
                     emptiedByCall(T, State, Function.Calls[F.Index], Field))
        return true;
    }
  }
  return false;
}

} // namespace

/// True when \p O is known to be at most so much that an object may keep that
/// many elements of \p Bytes bytes, or when a comparison saw to it.
bool Transfer::isBounded(const PathState &State, const Operand &O,
                         int64_t Bytes) {
  int64_t Most = S.Limits.KeptBytes / std::max<int64_t>(Bytes, 1);
  if (O.Is == Operand::Constant)
    return O.Number <= Most;
  if ((O.Is != Operand::Value && O.Is != Operand::Address) || O.Place == NoPlace)
    return false;
  PlaceId P = canonical(State, O.Place);
  Range R = State.rangeOf(P);
  if (R.High != Range().High)
    return R.High <= Most;
  return State.rangeOf(Places.step(PlaceKind::Query, P, AtMost)).isNonZero();
}

void Transfer::grown(PathState &State, Growth What, SiteId Site) {
  if (State.Limited)
    return;
  for (Growth &Old : State.Grown)
    if (Old.Field == What.Field && Old.Sure >= What.Sure &&
        (Old.By == What.By || Old.By == NoPlace))
      return;
  insertSorted(State.Grown, What);
  State.Path = S.trace(State.Path, StepKind::Grown, Site,
                       What.Field == WholeObject ? ""
                                                 : Places.field(What.Field).Name);
}

/// \p Field grew by \p O, which is not bounded here; whoever calls may know it.
void Transfer::grownBy(PathState &State, SymbolId Field, const Operand &O,
                       bool Sure, SiteId Site) {
  PlaceId By = NoPlace;
  if ((O.Is == Operand::Value || O.Is == Operand::Address) &&
      S.Now == Solver::Kind::Entity) {
    By = canonical(State, O.Place);
    PlaceKind Root = Places[Places.rootOf(By)].Kind;
    if (Root != PlaceKind::Param && Root != PlaceKind::This)
      By = NoPlace;
  }
  if (O.Place != NoPlace &&
      State.rangeOf(Places.step(PlaceKind::Query, canonical(State, O.Place),
                                Outside))
          .isNonZero())
    Sure = true;
  grown(State, {Field, By, Sure}, Site);
}

/// \p Field grows at \p Site; in a later round of some loop it is asked what ends
/// that loop.
void Transfer::stepOf(PathState &State, SymbolId Field, SiteId Site) {
  llvm::SmallVector<uint32_t, 2> Rounds;
  for (const GrowStep &G : State.Steps)
    if (G.Field == Field && G.Site == Site && G.Loop != ~0u)
      Rounds.push_back(G.Loop);
  llvm::erase_if(State.Steps, [&](const GrowStep &G) {
    return G.Field == Field && G.Site == Site && G.Loop != ~0u;
  });
  for (uint32_t L : Rounds) {
    const LoopFacts &Loop = S.Function.Loops[L];
    bool Open = Loop.Ends == LoopFacts::Open;
    if (Loop.Ends == LoopFacts::Fixed || (!Open && isBounded(State, Loop.Bound, 1)))
      continue;
    bool Sure = Loop.Sure && !emptiedIn(*this, State, S.Function, S.Shape,
                                        Loop.Header, Field);
    if (Open)
      grown(State, {Field, NoPlace, Sure}, Site);
    else
      grownBy(State, Field, Loop.Bound, Sure, Site);
  }
  if (State.Steps.size() < MaxSteps)
    insertSorted(State.Steps, GrowStep{Field, Site, ~0u});
}

void Transfer::grow(PathState &State, const Fact &F) {
  Part P = partOf(State, canonical(State, F.Dst));
  if (State.Is != Life::Live || P.Is == Part::Nothing || P.Is == Part::Behind)
    return;
  SymbolId Field = P.Is == Part::OneField ? P.Field : WholeObject;
  if (F.Flags & FromOutside)
    grown(State, {Field, NoPlace, true}, F.Site);
  else if (F.Src.Is != Operand::None && !isBounded(State, F.Src, F.Index))
    grownBy(State, Field, F.Src, false, F.Site);
  if (F.Flags & SetsSize)
    emptied(State, Field);
  else if (F.Src.Is == Operand::None || F.Src.Is == Operand::Truth)
    stepOf(State, Field, F.Site);
}

/// What is empty begins to grow anew, although it keeps its storage.
void Transfer::emptied(PathState &State, SymbolId Field) {
  llvm::erase_if(State.Steps, [&](const GrowStep &G) {
    return Field == WholeObject || G.Field == Field;
  });
}

void Transfer::bounded(PathState &State, SymbolId Field) {
  emptied(State, Field);
  llvm::erase_if(State.Grown, [&](const Growth &G) {
    return Field == WholeObject || G.Field == Field;
  });
  if (S.Now == Solver::Kind::Entity)
    insertSorted(State.Bounded, Field);
}

void Transfer::bound(PathState &State, PlaceId Where) {
  Part P = partOf(State, canonical(State, Where));
  if (P.Is == Part::Whole)
    bounded(State, WholeObject);
  else if (P.Is == Part::OneField)
    bounded(State, P.Field);
}

/// What a callee did to the size of the object that it was given, or, where that
/// was a part of the object, of the field \p Within.
void Transfer::applyGrowth(PathState &State, const Fact &F, const CallSite &C,
                           const Outcome &O, SymbolId Within) {
  auto Ours = [&](SymbolId Field) {
    return Within == WholeObject ? Field : Within;
  };
  for (SymbolId Field : O.Bounded)
    if (Within == WholeObject || Field == WholeObject)
      bounded(State, Ours(Field));
  if (O.Put)
    return; // whatever it kept was told where it was put
  for (const Growth &G : O.Grown) {
    if (G.By == NoPlace) {
      grown(State, {Ours(G.Field), NoPlace, G.Sure}, F.Site);
      continue;
    }
    Operand Actual = translate(State, C, G.By);
    if (Actual.Is == Operand::None)
      if (PlaceId P = storage(State, C, G.By); P != NoPlace)
        Actual = Operand::value(P);
    if (!isBounded(State, Actual, 1))
      grownBy(State, Ours(G.Field), Actual, G.Sure, F.Site);
  }
  for (SymbolId Field : O.Grew)
    stepOf(State, Ours(Field), F.Site);
}

/// A callee that was given a part of the object, by its address.
void Transfer::growthWithin(PathState &State, const Fact &F,
                            const CallSite &C) {
  for (const EntitySummary &E : C.Callee->Entities) {
    Operand Actual = translate(State, C, E.Entity);
    if (Actual.Is != Operand::Address || Actual.Place == NoPlace)
      continue;
    Part P = partOf(State, canonical(State, Actual.Place));
    if (P.Is != Part::OneField)
      continue;
    for (const Outcome &O : E.Outcomes)
      if (!O.Thrown)
        applyGrowth(State, F, C, O, P.Field);
  }
}

/// The object \p Object is put, with all the storage that it has.
void Transfer::oversized(PathState &State, const Fact &F, PlaceId Object,
                         bool Limited) {
  if (State.Family >= S.Families.size() || !S.Families[State.Family].Keeps)
    return;
  if (Limited || State.Limited || State.Grown.empty()) {
    S.fine(FindingKind::OversizedPut, here());
    return;
  }
  EngineFinding What{.Kind = FindingKind::OversizedPut,
                     .Sure = Confidence::Possible,
                     .Object = ownerName(Object, F),
                     .Site = F.Decl == NoSite ? F.Site : F.Decl,
                     .ByHandle = bool(F.Flags & ByHandle)};
  for (const Growth &G : State.Grown) {
    if (G.Sure)
      What.Sure = Confidence::Definite;
    std::string Name =
        G.Field == WholeObject ? "" : Places.field(G.Field).Name;
    if (!Name.empty() && !llvm::is_contained(What.Dirty, Name))
      What.Dirty.push_back(Name);
  }
  PathState At = State;
  At.Path = S.trace(State.Path,
                    F.Flags & ByHandle ? StepKind::PutAtScopeEnd : StepKind::Put,
                    F.Site);
  S.violate(here(), At, std::move(What));
}

} // namespace pooltidy

//===- Entities.cpp - what a function is given and leaves ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

/// A function that assigns more fields assigns many.
static constexpr size_t MaxWritesAt = 8;

/// True for a field of the object that a parameter or `this` is given, and of no
/// other that it leads to.
static bool isInGiven(const PlaceTable &Places, const FunctionFacts &Function,
                      PlaceId P) {
  while (Places[P].Kind == PlaceKind::Field)
    P = Places[P].Parent;
  PlaceId Root = Places[P].Parent;
  return Places[P].Kind == PlaceKind::Deref && Places[Root].Parent == NoPlace &&
         (Places[Root].Kind == PlaceKind::Param ||
          Places[Root].Kind == PlaceKind::This) &&
         !Function.Assigned.count(Root);
}

/// What the function is given: every place that is looked through, put or
/// copied and starts at a parameter, at `this` or at a global.
void FactsGenerator::finish() {
  FunctionFacts &Facts = G->Facts;
  constexpr unsigned MaxEntities = 16;
  llvm::DenseSet<PlaceId> Seen;
  // Through references to parts, what they are bound to.
  auto Meant = [&](PlaceId P) {
    while (P != NoPlace)
      if (auto It = BoundTo.find(T.Places.rootOf(P)); It != BoundTo.end()) {
        PlaceId Behind = T.Places.step(PlaceKind::Deref, It->first);
        if (!T.Places.isWithin(P, Behind))
          break;
        P = T.Places.rebase(P, Behind, It->second);
      } else {
        break;
      }
    return P;
  };
  auto Add = [&](PlaceId P) {
    P = Meant(P);
    if (P == NoPlace || Seen.size() >= MaxEntities)
      return;
    PlaceKind K = T.Places[T.Places.rootOf(P)].Kind;
    if (K != PlaceKind::Param && K != PlaceKind::This)
      return;
    if (T.Places[P].Kind == PlaceKind::Query || T.Places.isOneOfMany(P))
      return;
    if (Seen.insert(P).second)
      G->Entities.push_back(P);
  };
  auto AddChain = [&](PlaceId P) {
    for (P = Meant(P); P != NoPlace; P = T.Places[P].Parent)
      if (T.Places[P].Kind == PlaceKind::Deref)
        Add(T.Places[P].Parent);
  };
  // What a local closure or structure has of what the function was given leads
  // there too: `[&] { [&] { pool.put(b); }(); }`.
  llvm::DenseMap<PlaceId, PlaceId> CopyOf;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if ((F.Kind == FactKind::Copy || F.Kind == FactKind::Move) &&
          F.Src.Is == Operand::Value && F.Dst != NoPlace &&
          F.Src.Place != NoPlace && !T.Places.isShared(F.Dst))
        CopyOf.try_emplace(F.Dst, F.Src.Place);
  auto GivenAs = [&](PlaceId P) {
    for (unsigned Steps = 0; Steps < 8; ++Steps) {
      PlaceId Prefix = P;
      while (Prefix != NoPlace && !CopyOf.count(Prefix))
        Prefix = T.Places[Prefix].Parent;
      if (Prefix == NoPlace)
        break;
      P = T.Places.rebase(P, Prefix, CopyOf.lookup(Prefix));
    }
    return P;
  };
  bool PutsNumbers = false;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Put)
        PutsNumbers = true;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      AddChain(F.Dst);
      AddChain(F.Src.Place);
      bool Value = F.Src.Is == Operand::Value;
      // Numbers matter where they are put, or kept for somebody to put later.
      if ((F.Flags & Scalar) && !PutsNumbers && F.Kind != FactKind::Store &&
          !(F.Dst != NoPlace && T.Places.isShared(F.Dst)))
        Value = false;
      switch (F.Kind) {
      case FactKind::Put:
      case FactKind::Use:
      case FactKind::Store:
      case FactKind::Take:
      case FactKind::Copy:
      case FactKind::Move:
      case FactKind::Swap:
      case FactKind::Return:
        if (F.Flags & Needed)
          break;
        if (Value && !(F.Flags & ViewOnly))
          Add(F.Src.Place);
        if (F.Kind != FactKind::Return && !(F.Flags & Scalar))
          Add(F.Dst);
        break;
      case FactKind::Assign:
        if (!(F.Flags & Scalar))
          Add(F.Dst);
        break;
      case FactKind::Capture:
        for (const auto &[Root, Actual] : Facts.Calls[F.Index].Bindings) {
          AddChain(Actual.Place);
          // A closure that was given is the task's, with all that it leads to.
          if (Actual.Is == Operand::Value ||
              (Actual.Is == Operand::Address &&
               T.Places[Actual.Place].Kind == PlaceKind::Param))
            Add(Actual.Place);
        }
        break;
      case FactKind::Apply:
        for (const auto &[Root, Actual] : Facts.Calls[F.Index].Bindings) {
          AddChain(Actual.Place);
          if (Actual.Is == Operand::Value)
            Add(Actual.Place);
          // What the callee reaches from its own arguments is ours to give.
          for (const EntitySummary &E : Facts.Calls[F.Index].Callee->Entities)
            if (Actual.Place != NoPlace && E.Entity != Root &&
                T.Places.rootOf(E.Entity) == Root) {
              PlaceId P = substitutePlace(E.Entity, Facts.Calls[F.Index]);
              Add(P == NoPlace ? P : GivenAs(P));
            }
        }
        break;
      default:
        break;
      }
    }
  for (auto &[V, Times] : Assigned)
    if (Times && isa<ParmVarDecl>(V))
      Facts.Assigned.insert(
          T.Places.root(PlaceKind::Param, T.symbol(*V), V->getName()));
  llvm::DenseSet<SymbolId> Elsewhere; ///< fields that it assigns by a pointer
  // What it assigns that a caller can see.
  auto WritesField = [&](SymbolId Field, bool InGiven) {
    if (!llvm::is_contained(G->Known.Writes, Field))
      G->Known.Writes.push_back(Field);
    if (!InGiven)
      Elsewhere.insert(Field);
  };
  auto Writes = [&](PlaceId P) {
    P = Meant(P);
    if (P == NoPlace || !(T.Places.isShared(P)))
      return;
    const Place &Here = T.Places[P];
    if (Here.Kind == PlaceKind::Field || Here.Kind == PlaceKind::Global) {
      bool InGiven = isInGiven(T.Places, Facts, P);
      WritesField(Here.Symbol, InGiven);
      if (InGiven && !llvm::is_contained(G->Known.WritesAt, P))
        G->Known.WritesAt.push_back(P);
    } else if (Here.Kind == PlaceKind::Deref &&
               !llvm::is_contained(G->Known.WritesBehind, P)) {
      G->Known.WritesBehind.push_back(P);
    }
  };
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts)
      switch (F.Kind) {
      case FactKind::Clobber:
        G->Known.WritesUnknown = true;
        break;
      case FactKind::Copy:
      case FactKind::Move:
      case FactKind::Assign:
      case FactKind::Write:
      case FactKind::Reset:
      case FactKind::Acquire:
        Writes(F.Dst);
        break;
      case FactKind::Swap:
        Writes(F.Dst);
        Writes(F.Src.Place);
        break;
      case FactKind::Put:
        if (F.Flags & (Nulls | Empties))
          Writes(F.Src.Place);
        break;
      case FactKind::Apply: {
        const Summary &S = *Facts.Calls[F.Index].Callee;
        G->Known.WritesUnknown |= S.WritesUnknown;
        for (PlaceId W : S.WritesAt)
          if (PlaceId P = substitutePlace(W, Facts.Calls[F.Index]); P != NoPlace)
            Writes(P);
          else
            WritesField(T.Places[W].Symbol, false);
        for (SymbolId W : S.Writes)
          if (llvm::none_of(S.WritesAt,
                            [&](PlaceId P) { return T.Places[P].Symbol == W; }))
            WritesField(W, false);
        for (PlaceId W : S.WritesBehind)
          if (PlaceId P = substitutePlace(W, Facts.Calls[F.Index]); P != NoPlace)
            Writes(P);
          else
            G->Known.WritesUnknown = true;
        break;
      }
      default:
        break;
      }
  llvm::erase_if(G->Known.WritesAt, [&](PlaceId P) {
    return Elsewhere.count(T.Places[P].Symbol);
  });
  if (G->Known.WritesAt.size() > MaxWritesAt)
    G->Known.WritesAt.clear();
  for (auto &[View, Of] : LooksInto)
    if (Of != NoPlace)
      Facts.LooksInto.insert({View, Of});
  // A getter or predicate: one return, nothing else happens.
  const Fact *Only = nullptr;
  bool Pure = true;
  for (const Block &B : Facts.Blocks)
    for (const Fact &F : B.Facts) {
      if (F.Kind == FactKind::Return) {
        Pure &= Only == nullptr;
        Only = &F;
      } else if (F.Kind != FactKind::Read && F.Kind != FactKind::TempsEnd &&
                 F.Kind != FactKind::Use && F.Kind != FactKind::Bound &&
                 F.Kind != FactKind::ScopeEnd) { // a parameter's
        Pure = false;
      }
    }
  if (Pure && Only && Graph->size() <= 3) {
    PlaceId P = Only->Src.Is == Operand::Truth ? Only->Src.Test.Place
                                               : Only->Src.Place;
    if (P != NoPlace) {
      PlaceKind K = T.Places[T.Places.rootOf(P)].Kind;
      bool One = K == PlaceKind::Global && Only->Src.Is == Operand::Address;
      if (K == PlaceKind::Param || K == PlaceKind::This || One ||
          T.Places.isInFlight(P))
        G->Known.Gives = Only->Src;
    }
  }
}

} // namespace pooltidy

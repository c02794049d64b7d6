//===- Stock.cpp - new objects that fill a pool ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An object that a function makes and puts into a pool adds to the pool. In
// each round of a loop that nothing counts, with no acquire beside it, the pool
// grows for good; put once, it does so for whoever calls the function in such a
// loop. Where the pool itself is asked on the way, it says when it has enough.
//
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "Transfer.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

/// True when the loop of \p Header takes something out of a pool of \p Family.
bool Solver::hasAcquireIn(NodeId Header, FamilyId Family) const {
  for (NodeId N = 0; N < Shape.size(); ++N) {
    const Block &B = Function.Blocks[Shape[N].Block];
    bool Within = false;
    for (NodeId H = Shape.loopOf(N); H != NoNode; H = Shape.loopAround(H))
      Within |= H == Header;
    if (Header == NoNode || Within)
      for (uint32_t I = Shape[N].From; I < Shape[N].To; ++I)
        if (B.Facts[I].Kind == FactKind::Acquire && B.Facts[I].Family == Family)
          return true;
  }
  return false;
}

namespace {
/// What is known of how full one pool is, and which branches ask it.
class FillLevel {
public:
  FillLevel(const FunctionFacts &Function, const PlaceTable &Places,
            PlaceId Pool)
      : Function(Function), Places(Places), Pool(Pool) {
    // Numbers that are computed from others: twice is far enough.
    for (int Round = 0; Round < 2; ++Round)
      for (const Block &B : Function.Blocks)
        for (const Fact &F : B.Facts)
          note(F);
  }

  /// True when in each round from \p Start on a branch asks the pool before
  /// control comes to \p Put, and one of its answers leads past it.
  bool decides(BlockId Start, BlockId Put) const {
    for (BlockId B = 0; B < Function.Blocks.size(); ++B) {
      const Block &Test = Function.Blocks[B];
      if (B == Put || Test.Out.size() != 2 ||
          llvm::none_of(Test.Reads, [&](PlaceId P) { return tells(P); }))
        continue;
      bool Passed =
          B == Start ||
          llvm::none_of(Function.Blocks[Start].Out, [&](const Edge &E) {
            return leads(E.To, Put, Start, B);
          });
      bool Past = llvm::any_of(
          Test.Out, [&](const Edge &E) { return !leads(E.To, Put, Start, B); });
      // What cannot be reached from here decides nothing.
      if (Passed && Past && llvm::any_of(Test.Out, [&](const Edge &E) {
            return leads(E.To, Put, Start, B);
          }))
        return true;
    }
    return false;
  }

private:
  bool tells(PlaceId P) const {
    if (P == NoPlace)
      return false;
    if (Places.isWithin(P, Pool) || Told.contains(P))
      return true;
    return Places[P].Kind == PlaceKind::Opaque &&
           llvm::any_of(Places.readsOf(P), [&](PlaceId R) { return tells(R); });
  }
  /// `count(pool)`: the pool, or a pointer to it.
  bool isPool(const Operand &O) const {
    return O.Place != NoPlace &&
           (O.Is == Operand::Address
                ? O.Place == Pool
                : O.Is == Operand::Value &&
                      Places[Pool].Kind == PlaceKind::Deref &&
                      O.Place == Places[Pool].Parent);
  }
  void note(const Fact &F) {
    if (F.Kind == FactKind::Copy || F.Kind == FactKind::Assign) {
      if (tells(F.Src.Is == Operand::Truth ? F.Src.Test.Place : F.Src.Place))
        Told.insert(F.Dst);
    } else if (F.Kind == FactKind::Use && (F.Flags & Asks) && isPool(F.Src)) {
      Told.insert(F.Dst);
    } else if (F.Kind == FactKind::Apply) {
      const CallSite &C = Function.Calls[F.Index];
      if (C.Ret != NoPlace &&
          llvm::any_of(C.Bindings, [&](const auto &Binding) {
            return isPool(Binding.second);
          }))
        Told.insert(C.Ret);
    }
  }
  /// True when a way leads from \p From to \p To and not through the others.
  bool leads(BlockId From, BlockId To, BlockId Start, BlockId Test) const {
    llvm::SmallVector<BlockId, 16> Next{From};
    llvm::DenseSet<BlockId> Seen;
    while (!Next.empty()) {
      BlockId B = Next.pop_back_val();
      if (B == NoBlock || B == Start || B == Test || !Seen.insert(B).second)
        continue;
      if (B == To)
        return true;
      for (const Edge &E : Function.Blocks[B].Out)
        Next.push_back(E.To);
    }
    return false;
  }

  const FunctionFacts &Function;
  const PlaceTable &Places;
  PlaceId Pool;
  llvm::DenseSet<PlaceId> Told;
};
} // namespace

/// \p S puts an object of its own making at \p At; made at the node \p MadeAt, or
/// within the call there.
void Solver::stocked(FactRef At, PathState S, EngineFinding What,
                     NodeId MadeAt) {
  if (S.Family >= Families.size() || !Families[S.Family].Pooled ||
      Families[S.Family].Limited)
    return;
  NodeId Here = Shape.nodeOf(At.Block, At.Index);
  const Fact &Put = Function.Blocks[At.Block].Facts[At.Index];
  auto PoolDecides = [&](BlockId Start) {
    return Put.Kind == FactKind::Put && Put.Pool != NoPlace &&
           FillLevel(Function, Places, Put.Pool).decides(Start, At.Block);
  };
  llvm::SmallVector<NodeId, 4> Makes;
  for (NodeId H = Shape.loopOf(MadeAt == NoNode ? Here : MadeAt); H != NoNode;
       H = Shape.loopAround(H))
    Makes.push_back(H);
  bool InLoop = false;
  for (NodeId H = Shape.loopOf(Here); H != NoNode; H = Shape.loopAround(H)) {
    auto Loop = llvm::find_if(Function.Loops, [&](const LoopFacts &L) {
      return L.Header == Shape[H].Block;
    });
    InLoop = true;
    // Counted rounds have an end, and what is around them may still have none.
    if (Loop == Function.Loops.end() || Loop->Ends != LoopFacts::Open ||
        !llvm::is_contained(Makes, H))
      continue;
    if (hasAcquireIn(H, S.Family) || PoolDecides(Shape[H].Block))
      return;
    What.Sure = Confidence::Definite;
    What.Other = "loop";
    S.Path = trace(S.Path, StepKind::Put, What.Site);
    violate(At, S, std::move(What));
    return;
  }
  if (InLoop || hasAcquireIn(NoNode, S.Family) || PoolDecides(Function.Entry))
    return;
  if (!llvm::is_contained(Stocked, Stock{S.Family}))
    Stocked.push_back({S.Family});
  if (MadeAt == NoNode)
    return; // told where it is put
  What.Sure = Confidence::Possible;
  What.Other = "call";
  S.Path = trace(S.Path, StepKind::Put, What.Site);
  violate(At, S, std::move(What));
}

/// Follows what the function makes itself, as far as it is put into a pool or
/// returned.
void Solver::madeSimulation(FactRef At, Summary &Out) {
  auto It = BaseAt.find(At);
  if (It == BaseAt.end() || !GaveUp.empty())
    return;
  const Fact &F = Function.Blocks[At.Block].Facts[At.Index];
  PathState S = It->second;
  Transfer T(*this, At.Block);
  PlaceId Dst = T.canonical(S, F.Dst);
  S.Caveats = 0;
  S.Is = Life::Live;
  S.addName(Dst);
  if (F.Flags & InPlace)
    S.InPlace = Dst;
  StartedAt = At;
  ObjectName = Places[Places.rootOf(Dst)].Kind == PlaceKind::Temp
                   ? ""
                   : Places.spell(Dst);
  simulate(Kind::Made, std::move(S), {At.Block, At.Index + 1});
  for (const PathState &End : Exits)
    if (End.Is == Life::Live && Function.Result != NoPlace)
      Out.Makes |= End.names(Function.Result);
}

} // namespace pooltidy

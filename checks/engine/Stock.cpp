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
#include "FillLevel.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// Pools that one function fills; more are not told apart.
constexpr size_t MaxStocks = 4;

bool isInLoop(const Flow &Shape, NodeId N, NodeId Header) {
  for (NodeId H = N == NoNode ? N : Shape.loopOf(N); H != NoNode;
       H = Shape.loopAround(H))
    if (H == Header)
      return true;
  return false;
}
} // namespace

/// True when the loop of \p Header takes something out of a pool of \p Family.
bool Solver::hasAcquireIn(NodeId Header, FamilyId Family) const {
  for (NodeId N = 0; N < Shape.size(); ++N) {
    const Block &B = Function.Blocks[Shape[N].Block];
    if (Header == NoNode || isInLoop(Shape, N, Header))
      for (uint32_t I = Shape[N].From; I < Shape[N].To; ++I)
        if (B.Facts[I].Kind == FactKind::Acquire && B.Facts[I].Family == Family)
          return true;
  }
  return false;
}

/// \p S puts an object of its own making at \p At, into the pool that is known as
/// \p Pools; made at the node \p MadeAt, or within the call there.
void Solver::stocked(FactRef At, PathState S, EngineFinding What, NodeId MadeAt,
                     llvm::ArrayRef<PlaceId> Pools) {
  if (S.Family >= Families.size() || !Families[S.Family].Pooled ||
      Families[S.Family].Limited)
    return;
  NodeId Here = Shape.nodeOf(At.Block, At.Index);
  Transfer T(*this, At.Block);
  FillLevel Level(T, Function, Places, Pools);
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
    BlockId Header = Shape[H].Block;
    if (hasAcquireIn(H, S.Family) || Level.decides(Header, At))
      return;
    if (Level.ends(Header, At.Block,
                   [&](BlockId B) { return isInLoop(Shape, Shape.head(B), H); }))
      continue;
    What.Sure = Confidence::Definite;
    What.Other = "loop";
    S.Path = trace(S.Path, StepKind::Put, What.Site);
    violate(At, S, std::move(What));
    return;
  }
  if (InLoop || hasAcquireIn(NoNode, S.Family) ||
      Level.decides(Function.Entry, At))
    return;
  // The caller may ask the pool, where it has it too.
  PlaceId Pool = NoPlace;
  for (PlaceId P : Level.names()) {
    PlaceId Root = Places.rootOf(P);
    PlaceKind Kind = Places[Root].Kind;
    if ((Kind == PlaceKind::This || Kind == PlaceKind::Param ||
         Kind == PlaceKind::Global) &&
        !Function.Assigned.count(Root) && Stocked.size() < MaxStocks)
      Pool = P;
  }
  if (!llvm::is_contained(Stocked, Stock{S.Family, Pool}))
    Stocked.push_back({S.Family, Pool});
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

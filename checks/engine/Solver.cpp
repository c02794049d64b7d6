//===- Solver.cpp - property simulation over facts ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Solver.h"
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

namespace pooltidy {

Solver::Solver(PlaceTable &Places, const FunctionFacts &Function,
               llvm::ArrayRef<FamilyFacts> Families, SolverLimits Limits)
    : Places(Places), Function(Function), Families(Families), Limits(Limits) {
  At.resize(Function.Blocks.size());
  order();
}

void Solver::order() {
  size_t N = Function.Blocks.size();
  Number.assign(N, ~0u);
  // Post-order by an explicit stack: generated functions are deep.
  std::vector<BlockId> Post;
  std::vector<std::pair<BlockId, unsigned>> Stack;
  std::vector<bool> Seen(N);
  auto Successors = [&](BlockId B) {
    llvm::SmallVector<BlockId, 4> Out;
    for (const Edge &E : Function.Blocks[B].Out)
      if (E.To != NoBlock)
        Out.push_back(E.To);
    for (const Fact &F : Function.Blocks[B].Facts)
      if (F.Kind == FactKind::MayThrow)
        Out.push_back(F.Index);
    return Out;
  };
  Stack.push_back({Function.Entry, 0});
  Seen[Function.Entry] = true;
  std::vector<llvm::SmallVector<BlockId, 4>> Next(N);
  Next[Function.Entry] = Successors(Function.Entry);
  while (!Stack.empty()) {
    auto &[B, I] = Stack.back();
    if (I < Next[B].size()) {
      BlockId To = Next[B][I++];
      if (!Seen[To]) {
        Seen[To] = true;
        Next[To] = Successors(To);
        Stack.push_back({To, 0});
      }
    } else {
      Post.push_back(B);
      Stack.pop_back();
    }
  }
  ByNumber.assign(Post.rbegin(), Post.rend());
  for (uint32_t I = 0; I < ByNumber.size(); ++I)
    Number[ByNumber[I]] = I;
  // The lowest number that can be reached again: a few backward sweeps settle
  // it for reducible graphs; the bound keeps gotos from costing more.
  LowestReached.resize(N);
  for (BlockId B : ByNumber)
    LowestReached[B] = Number[B];
  bool Changed = true;
  for (int Sweep = 0; Changed && Sweep < 16; ++Sweep) {
    Changed = false;
    for (uint32_t I = ByNumber.size(); I-- > 0;)
      for (BlockId To : Next[ByNumber[I]])
        if (LowestReached[To] < LowestReached[ByNumber[I]])
          LowestReached[ByNumber[I]] = LowestReached[To], Changed = true;
  }
  if (Changed)
    LowestReached.assign(N, 0);
  auto Mention = [&](PlaceId P, BlockId B) {
    if (P == NoPlace)
      return;
    P = Places.rootOf(P);
    if (P >= LastMention.size())
      LastMention.resize(P + 1, 0);
    LastMention[P] = std::max(LastMention[P], Number[B] + 1);
  };
  for (BlockId B : ByNumber) {
    for (const Fact &F : Function.Blocks[B].Facts) {
      if (F.Kind == FactKind::ScopeEnd)
        continue;
      Mention(F.Dst, B);
      Mention(F.Src.Place, B);
      Mention(F.Src.Test.Place, B);
      if (F.Kind == FactKind::Apply)
        for (const auto &[Root, Actual] : Function.Calls[F.Index].Bindings)
          Mention(Actual.Place, B);
    }
    for (PlaceId P : Function.Blocks[B].Reads)
      Mention(P, B);
  }
}

bool Solver::isLive(PlaceId Name, BlockId At) const {
  PlaceId Root = Places.rootOf(Name);
  const Place &R = Places[Root];
  if ((R.Kind != PlaceKind::Local && R.Kind != PlaceKind::Temp &&
       R.Kind != PlaceKind::Param) ||
      R.AddressTaken || Places.isShared(Name))
    return true;
  return Root < LastMention.size() && LastMention[Root] > LowestReached[At];
}

/// A lease that this function need not put any more is followed only while a
/// name can still be used; false when none can.
bool Solver::prune(PathState &S, BlockId At) const {
  // What nobody asks about any more is not worth carrying; what parameters
  // were given stays, for the summary.
  auto Forgotten = [&](auto &E) {
    return Places[Places.rootOf(E.first)].Kind != PlaceKind::Param &&
           !isLive(E.first, At);
  };
  llvm::erase_if(S.Ranges, Forgotten);
  llvm::erase_if(S.Truths, Forgotten);
  if (Now == Kind::Base || Now == Kind::Entity || (S.Is == Life::Live && S.Owned))
    return true;
  llvm::erase_if(S.Names, [&](PlaceId P) { return !isLive(P, At); });
  bool Followed = !S.Names.empty() || S.InPlace != NoPlace;
  Left |= !Followed && S.Is == Life::Live;
  return Followed;
}

const Trace *Solver::trace(const Trace *Before, StepKind K, SiteId Site,
                           std::string What) {
  Traces.push_back({K, Site, std::move(What), Before});
  return &Traces.back();
}

void Solver::enqueue(BlockId To, PathState S) {
  if (To == NoBlock || !prune(S, To))
    return;
  AtBlock &There = At[To];
  auto &States = There.In;
  auto &Todo = There.Pending;
  if (States.empty())
    Touched.push_back(To);
  if (There.Visits > Limits.VisitsPerBlock) {
    S.Ranges.clear();
    S.Truths.clear();
  }
  for (size_t I = 0; I < States.size(); ++I)
    if (States[I].sameTypestate(S)) {
      if (States[I].joinFacts(S)) {
        Todo[I] = true;
        Work.insert({Number[To], To});
      }
      return;
    }
  if (States.size() >= Limits.StatesPerBlock)
    for (size_t I = 0; I < States.size(); ++I)
      if (States[I].Is == S.Is && States[I].PutFailed == S.PutFailed &&
          States[I].WasPut == S.WasPut) {
        if (States[I].joinWhole(S)) {
          Todo[I] = true;
          Work.insert({Number[To], To});
        }
        return;
      }
  States.push_back(std::move(S));
  Todo.push_back(true);
  Work.insert({Number[To], To});
}

void Solver::propagate(const Edge &E, const PathState &From, const Block &B,
                       bool Taken) {
  PathState S = From;
  Transfer T(*this, E.To);
  if (B.Out.size() > 1) {
    for (PlaceId P : B.Reads) {
      PlaceId C = T.canonical(S, P);
      bool Tainted = llvm::any_of(
          S.Tainted, [&](PlaceId Q) { return Places.isWithin(C, Q); });
      if (Tainted || T.partOf(S, C).Is != Transfer::Part::Nothing) {
        S.Caveats |= LeaseBranch;
        break;
      }
    }
    if (B.Compared[0] != NoPlace && S.Is != Life::None) {
      PlaceId L = T.canonical(S, B.Compared[0]), R = T.canonical(S, B.Compared[1]);
      bool Equal = Taken != B.Unequal;
      if (S.names(L) && S.names(R) && !Equal)
        return;
      if (S.names(L) != S.names(R)) {
        // What was just acquired is not what a global has had all along.
        PlaceId Other = S.names(L) ? R : L;
        if (Equal && Now == Kind::Acquire &&
            Places[Other].Kind == PlaceKind::Global)
          return;
        S.Caveats |= LeaseBranch;
      }
    }
    // That an acquire succeeded is what the whole simulation is about.
    bool AsksForIt = llvm::any_of(
        E.Assume, [&](const Predicate &P) { return S.names(P.Place); });
    if (Now != Kind::Base && !AsksForIt)
      S.Path = trace(S.Path, StepKind::Branch, B.Branch,
                     B.Loop ? (Taken ? "loop" : "leave") : Taken ? "true" : "false");
  }
  for (const Predicate &P : E.Assume)
    if (!T.assume(S, P))
      return;
  enqueue(E.To, std::move(S));
}

void Solver::simulate(Kind K, PathState Start, FactRef From) {
  Now = K;
  for (BlockId B : Touched)
    At[B] = {};
  Touched.clear();
  Work.clear();
  FactsBefore = FactsRun;
  Violations.clear();
  Exits.clear();
  Left = false;
  auto SelfLoop = [&](BlockId B) {
    return llvm::any_of(Function.Blocks[B].Out,
                        [&](const Edge &E) { return E.To == B; });
  };
  auto Run = [&](BlockId Here, PathState S, uint32_t Index) {
    const Block &B = Function.Blocks[Here];
    Transfer(*this, Here).run(std::move(S), Index, [&](PathState End) {
      for (size_t I = 0; I < B.Out.size(); ++I)
        if (B.Out[I].To != NoBlock)
          propagate(B.Out[I], End, B, I == 0);
    });
  };
  Run(From.Block, std::move(Start), From.Index);
  while (!Work.empty() && GaveUp.empty()) {
    BlockId Here = Work.begin()->second;
    Work.erase(Work.begin());
    if (Here == Function.Exit || Here == Function.ThrowExit)
      continue; // looked at once, when nothing moves any more
    ++At[Here].Visits;
    for (size_t I = 0; I < At[Here].In.size(); ++I) {
      if (!At[Here].Pending[I])
        continue;
      At[Here].Pending[I] = false;
      Run(Here, At[Here].In[I], 0);
    }
    // A block that nothing leads back to is done: keep no states of it.
    if (LowestReached[Here] == Number[Here] && !SelfLoop(Here)) {
      At[Here].In.clear();
      At[Here].Pending.clear();
    }
    if (FactsRun - FactsBefore > Limits.FactsPerSimulation ||
        FactsRun > Limits.FactsPerFunction)
      GaveUp = "too many paths";
  }
  // The exits have facts of their own: parameters that are destroyed.
  for (BlockId Last : {Function.Exit, Function.ThrowExit})
    if (Last != NoBlock)
      for (size_t I = 0; I < At[Last].In.size(); ++I)
        Transfer(*this, Last).run(At[Last].In[I], 0, [&](PathState End) {
          atExit(End, Last == Function.ThrowExit);
        });
  finishSimulation();
  Traces.clear(); // the findings have copied theirs
}

void Solver::violate(FindingKind K, FactRef At, SiteId Site, const PathState &S,
                     std::string Object, std::vector<std::string> Dirty,
                     bool ByHandle, bool Returned) {
  Violation &V = Violations[{K, K == FindingKind::Leak ? FactRef() : At}];
  // Where it may have been taken, not every path surely loses it.
  if (K == FindingKind::Leak && (S.Caveats & (MayBeTaken | MayAlias | CapReached)))
    V.AnyUnsure = true;
  // An earlier simulation of the same place may have found a surer path.
  if (V.Any && llvm::popcount(V.Caveats) <= llvm::popcount(S.Caveats) &&
      V.Best.Sure == Confidence::Definite)
    return;
  V.Any = true;
  V.Caveats = S.Caveats;
  EngineFinding &F = V.Best;
  F = {};
  F.Kind = K;
  F.Object = std::move(Object);
  F.Family = S.Family;
  F.Site = Site;
  F.Dirty = std::move(Dirty);
  F.ByHandle = ByHandle;
  F.Returned = Returned;
  F.Sure = Confidence::Definite;
  if (K == FindingKind::PutWithoutReset && !S.SureChange)
    F.Sure = Confidence::Possible;
  unsigned Branches = 0;
  for (const Trace *T = S.Path; T; T = T->Before) {
    if (T->Kind == StepKind::Branch && (T->What == "loop" || ++Branches > 2))
      continue;
    F.Path.push_back({T->Kind, T->Site, T->What});
  }
  std::reverse(F.Path.begin(), F.Path.end());
}

void Solver::fine(FindingKind K, FactRef At) {
  Violations[{K, K == FindingKind::Leak ? FactRef() : At}].AnyOk = true;
}

void Solver::finishSimulation() {
  if (Now == Kind::Acquire) {
    const Fact &At = Function.Blocks[StartedAt.Block].Facts[StartedAt.Index];
    Ends.push_back({At.Family, At.Site, Left});
  }
  for (auto &[Key, V] : Violations) {
    if (!V.Any)
      continue;
    EngineFinding F = std::move(V.Best);
    uint8_t Hard = CapReached | MayAlias;
    if (F.Kind == FindingKind::PutWithoutReset)
      Hard |= MayBeReset;
    if (F.Kind == FindingKind::Leak)
      Hard |= MayBeTaken;
    uint8_t Soft = LeaseBranch | AssumedThrow;
    // `if (!b->empty()) b->clear();`: the other arm counts as reset.
    if (F.Kind == FindingKind::PutWithoutReset && V.AnyOk &&
        (V.Caveats & LeaseBranch))
      continue;
    if ((V.Caveats & Hard) || ((V.Caveats & Soft) && (V.AnyOk || V.AnyUnsure)) ||
        (F.Family != NoFamily && Families[F.Family].Possible))
      F.Sure = Confidence::Possible;
    if (F.Kind == FindingKind::Leak)
      F.OnEveryPath = !V.AnyOk;
    Findings.push_back(std::move(F));
  }
}

void Solver::atExit(const PathState &S, bool Thrown) {
  if (!Thrown && Now != Kind::PutSite)
    Exits.push_back(S);
  if (Now != Kind::Acquire)
    return;
  Left |= S.Is == Life::Live || S.Escaped || S.EscapedOut;
  if (S.Is != Life::Live || !S.Owned || S.PutFailed)
    return fine(FindingKind::Leak, {});
  for (PlaceId P : S.Names)
    if (Places[Places.rootOf(P)].Kind == PlaceKind::Result)
      return fine(FindingKind::Leak, {});
  PathState End = S;
  if (!Thrown && (!S.Path || (S.Path->Kind != StepKind::Returned &&
                              S.Path->Kind != StepKind::Lost)))
    End.Path = trace(S.Path, StepKind::Returned, Function.End);
  violate(FindingKind::Leak, {},
          Function.Blocks[StartedAt.Block].Facts[StartedAt.Index].Site, End,
          ObjectName);
}

} // namespace pooltidy

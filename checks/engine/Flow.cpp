//===- Flow.cpp - the order and the regions of a function -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Nodes are numbered by a walk of the dominator tree in which a loop's body
// comes before what follows the loop, and what all ways come to after a branch
// comes last. So whatever lies between a branch and that node is an interval.
//
//===----------------------------------------------------------------------===//
#include "Flow.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {
/// Longer blocks are cut into pieces.
constexpr uint32_t LongBlock = 16, PieceLength = 4;
} // namespace

/// The nodes by their place in a reverse post-order; 0 is the entry.
struct Flow::Graph {
  std::vector<Node> Raw;
  std::vector<llvm::SmallVector<uint32_t, 2>> Next, Before;
  // The dominator tree; Skip leads to some ancestor further up.
  std::vector<uint32_t> Parent, Skip, Depth;
  std::vector<uint32_t> Header, Around; ///< of the innermost loop, and of the next
  std::vector<uint32_t> Follow;         ///< where all ways come together again
  bool Reducible = true;

  Graph(const FunctionFacts &Function);
  void dominators();
  void loops();
  void regions(const FunctionFacts &Function);
  uint32_t ancestor(uint32_t N, uint32_t AtDepth) const {
    while (Depth[N] > AtDepth)
      N = Depth[Skip[N]] >= AtDepth ? Skip[N] : Parent[N];
    return N;
  }
  uint32_t meet(uint32_t A, uint32_t B) const;
  bool dominates(uint32_t A, uint32_t B) const { return ancestor(B, Depth[A]) == A; }
};

Flow::Graph::Graph(const FunctionFacts &Function) {
  std::vector<Node> All;
  std::vector<uint32_t> First(Function.Blocks.size());
  for (BlockId B = 0; B < Function.Blocks.size(); ++B) {
    llvm::ArrayRef<Fact> Facts = Function.Blocks[B].Facts;
    uint32_t At = 0;
    First[B] = All.size();
    // A return of a condition makes two states, and all that follows it in its
    // block shall see which.
    if (Facts.size() > LongBlock && B != Function.Exit && B != Function.ThrowExit)
      while (Facts.size() - At > PieceLength &&
             llvm::none_of(Facts.slice(At, PieceLength), [](const Fact &F) {
               return F.Kind == FactKind::Return && F.Src.Is == Operand::Truth;
             })) {
        All.push_back({B, At, At + PieceLength, NodeId(All.size() + 1)});
        At += PieceLength;
      }
    All.push_back({B, At, uint32_t(Facts.size())});
  }
  std::vector<llvm::SmallVector<uint32_t, 2>> Successors(All.size());
  for (uint32_t N = 0; N < All.size(); ++N) {
    const Block &B = Function.Blocks[All[N].Block];
    if (All[N].Then != NoNode)
      Successors[N].push_back(All[N].Then);
    else
      for (const Edge &E : B.Out)
        if (E.To != NoBlock)
          Successors[N].push_back(First[E.To]);
    for (uint32_t I = All[N].From; I < All[N].To; ++I)
      if (B.Facts[I].Kind == FactKind::MayThrow)
        Successors[N].push_back(First[B.Facts[I].Index]);
  }
  // Post-order by an explicit stack: generated functions are deep.
  std::vector<uint32_t> Post, Number(All.size(), ~0u);
  std::vector<std::pair<uint32_t, unsigned>> Stack{{First[Function.Entry], 0}};
  std::vector<bool> Seen(All.size());
  Seen[First[Function.Entry]] = true;
  while (!Stack.empty()) {
    auto &[N, I] = Stack.back();
    if (I == Successors[N].size()) {
      Post.push_back(N);
      Stack.pop_back();
    } else if (uint32_t To = Successors[N][I++]; !Seen[To]) {
      Seen[To] = true;
      Stack.push_back({To, 0});
    }
  }
  for (uint32_t I = 0; I < Post.size(); ++I)
    Number[Post[Post.size() - 1 - I]] = I;
  Next.resize(Post.size());
  Before.resize(Post.size());
  for (uint32_t N : llvm::reverse(Post)) {
    Raw.push_back(All[N]);
    if (All[N].Then != NoNode)
      Raw.back().Then = Number[All[N].Then];
    for (uint32_t To : Successors[N]) {
      Next[Number[N]].push_back(Number[To]);
      Before[Number[To]].push_back(Number[N]);
    }
  }
}

/// The nearest common dominator; both ways up are of logarithmic length.
uint32_t Flow::Graph::meet(uint32_t A, uint32_t B) const {
  if (Depth[A] < Depth[B])
    std::swap(A, B);
  A = ancestor(A, Depth[B]);
  while (A != B) {
    bool Far = Skip[A] != Skip[B];
    A = Far ? Skip[A] : Parent[A];
    B = Far ? Skip[B] : Parent[B];
  }
  return A;
}

/// Where loops have one way in, edges forward decide who dominates whom.
void Flow::Graph::dominators() {
  size_t N = Raw.size();
  Parent.assign(N, 0);
  Skip.assign(N, 0);
  Depth.assign(N, 0);
  for (uint32_t V = 1; V < N; ++V) {
    uint32_t P = NoNode;
    for (uint32_t B : Before[V])
      if (B < V)
        P = P == NoNode ? B : meet(P, B);
    Parent[V] = P;
    Depth[V] = Depth[P] + 1;
    uint32_t S = Skip[P];
    Skip[V] = Depth[P] - Depth[S] == Depth[S] - Depth[Skip[S]] ? Skip[S] : P;
  }
  for (uint32_t V = 0; V < N; ++V)
    for (uint32_t To : Next[V])
      if (To <= V && !dominates(To, V))
        Reducible = false;
}

/// Inner loops first; what a loop has swallowed is found at its header.
void Flow::Graph::loops() {
  size_t N = Raw.size();
  Header.assign(N, NoNode);
  Around.assign(N, NoNode);
  std::vector<uint32_t> Into(N);
  for (uint32_t V = 0; V < N; ++V)
    Into[V] = V;
  auto Find = [&](uint32_t V) {
    while (Into[V] != V)
      V = Into[V] = Into[Into[V]];
    return V;
  };
  for (uint32_t H = N; H-- > 0;) {
    std::vector<uint32_t> Todo;
    bool Loops = false;
    for (uint32_t B : Before[H])
      if (B >= H) {
        Loops = true;
        if (uint32_t V = Find(B); V != H)
          Todo.push_back(V);
      }
    if (!Loops)
      continue;
    Header[H] = H;
    while (!Todo.empty()) {
      uint32_t V = Todo.back();
      Todo.pop_back();
      if (Find(V) != V || V == H)
        continue;
      Into[V] = H;
      (Header[V] == V ? Around : Header)[V] = H;
      for (uint32_t B : Before[V])
        if (uint32_t U = Find(B); U != H)
          Todo.push_back(U);
    }
  }
}

/// A node is followed by that child of its in the dominator tree that is the
/// only way out of what it dominates.
void Flow::Graph::regions(const FunctionFacts &Function) {
  size_t N = Raw.size();
  Follow.assign(N, NoNode);
  // How far up the tree the edges of a node and of its subtree lead: to the
  // parent of where they go, or for a loop to its header.
  constexpr uint32_t Nowhere = ~0u, Above = 0;
  std::vector<uint32_t> Own(N, Nowhere), Subtree(N, Nowhere);
  for (uint32_t V = 0; V < N; ++V) {
    // Depths are counted from 1 here.
    for (uint32_t To : Next[V])
      Own[V] = std::min(Own[V], To <= V ? Depth[To] + 1 : Depth[Parent[To]] + 1);
    if (Raw[V].Block == Function.Exit || Raw[V].Block == Function.ThrowExit)
      Own[V] = Above;
    Subtree[V] = Own[V];
  }
  std::vector<unsigned> Ways(N);
  for (uint32_t V = N; V-- > 1;) {
    uint32_t P = Parent[V];
    Subtree[P] = std::min(Subtree[P], Subtree[V]);
    if (Subtree[V] <= Depth[P]) {
      ++Ways[P];
      Follow[P] = V;
    }
  }
  for (uint32_t V = 0; V < N; ++V)
    if (Ways[V] != 1 || Own[V] <= Depth[V])
      Follow[V] = NoNode;
  // Nothing may come back into a region from what follows it.
  for (uint32_t V = 0; V < N; ++V)
    for (uint32_t To : Next[V])
      if (To > V && Parent[To] != V) {
        uint32_t P = Parent[To], From = ancestor(V, Depth[P] + 1);
        if (Follow[P] == From)
          Follow[P] = NoNode;
      }
}

void Flow::number(const Graph &G) {
  size_t N = G.Raw.size();
  std::vector<uint32_t> Order;
  if (!G.Reducible) {
    for (uint32_t V = 0; V < N; ++V)
      Order.push_back(V);
  } else {
    std::vector<llvm::SmallVector<uint32_t, 2>> Children(N);
    for (uint32_t V = 1; V < N; ++V)
      Children[G.Parent[V]].push_back(V);
    auto InLoop = [&](uint32_t V, uint32_t H) {
      uint32_t L = G.Header[V];
      while (L != NoNode && L > H)
        L = G.Around[L];
      return L == H;
    };
    std::vector<uint32_t> Stack{0};
    while (!Stack.empty()) {
      uint32_t V = Stack.back();
      Stack.pop_back();
      Order.push_back(V);
      auto &Below = Children[V];
      if (Below.size() > 1) {
        bool Loop = G.Header[V] == V;
        auto Key = [&](uint32_t C) {
          return std::tuple(Loop && !InLoop(C, V), C == G.Follow[V], C);
        };
        llvm::sort(Below, [&](uint32_t A, uint32_t B) { return Key(A) < Key(B); });
      }
      Stack.insert(Stack.end(), Below.rbegin(), Below.rend());
    }
  }
  std::vector<NodeId> Number(N);
  for (NodeId I = 0; I < N; ++I)
    Number[Order[I]] = I;

  Nodes.resize(N);
  LoopOf.assign(N, NoNode);
  IsHeader.assign(N, false);
  InLoop.assign(N, false);
  Around.assign(N, NoNode);
  Chain.resize(N);
  Lowest.resize(N);
  for (uint32_t V = 0; V < N; ++V) {
    NodeId I = Number[V];
    Nodes[I] = G.Raw[V];
    if (Nodes[I].Then != NoNode)
      Nodes[I].Then = Number[Nodes[I].Then];
    if (Nodes[I].From == 0)
      Heads[Nodes[I].Block] = I;
    Lowest[I] = I;
  }
  if (!G.Reducible) {
    // A few backward sweeps settle most; the bound keeps gotos cheap.
    InLoop.assign(N, true);
    bool Changed = true;
    for (int Sweep = 0; Changed && Sweep < 16; ++Sweep) {
      Changed = false;
      for (uint32_t V = N; V-- > 0;)
        for (uint32_t To : G.Next[V])
          if (Lowest[To] < Lowest[V])
            Lowest[V] = Lowest[To], Changed = true;
    }
    if (Changed)
      Lowest.assign(N, 0);
    return;
  }
  for (uint32_t V = 0; V < N; ++V) {
    NodeId I = Number[V];
    uint32_t H = G.Header[V];
    if (H == NoNode)
      continue;
    InLoop[I] = true;
    IsHeader[I] = H == V;
    LoopOf[I] = Number[H];
    if (H == V && G.Around[H] != NoNode)
      Around[I] = Number[G.Around[H]];
  }
  // A header comes before all that its loop has, so outer ones come first.
  for (NodeId I = 0; I < N; ++I)
    if (IsHeader[I])
      Lowest[I] = Around[I] == NoNode ? I : Lowest[Around[I]];
  for (NodeId I = 0; I < N; ++I)
    if (InLoop[I] && !IsHeader[I])
      Lowest[I] = Lowest[LoopOf[I]];
  for (NodeId I = 0; I < N; ++I) {
    uint32_t F = G.Follow[Order[I]];
    if (F == NoNode)
      continue;
    NodeId To = Number[F];
    if (Chain[I].Of == NoNode) {
      Chain[I] = {uint32_t(Chains.size()), 0};
      Chains.push_back({I});
    }
    auto &Links = Chains[Chain[I].Of];
    Chain[To] = {Chain[I].Of, uint32_t(Links.size())};
    Links.push_back(To);
  }
}

NodeId Flow::furthest(NodeId N, Moment Until) const {
  const std::vector<NodeId> &Links = Chains[Chain[N].Of];
  NodeId Limit = Until == Never ? NoNode : NodeId(Until / 2);
  NodeId To = *std::prev(llvm::upper_bound(Links, Limit));
  // What a loop has is known on entering it only by walking it.
  while (To > N) {
    NodeId Outermost = NoNode;
    for (NodeId H = LoopOf[To]; H != NoNode && H > N; H = Around[H])
      Outermost = H;
    if (Outermost == NoNode)
      return To;
    To = Links[Chain[Outermost].At - 1];
  }
  return NoNode;
}

Moment Flow::next(Mention M, Moment From) const {
  auto It = Mentions.find(M);
  if (It == Mentions.end())
    return Never;
  auto At = llvm::lower_bound(It->second, From);
  return At == It->second.end() ? Never : *At;
}

llvm::ArrayRef<uint32_t> Flow::writersOf(SymbolId S) const {
  auto It = Writers.find(S);
  if (It == Writers.end())
    return {};
  return It->second;
}

Flow::Flow(const FunctionFacts &Function) {
  Heads.assign(Function.Blocks.size(), NoNode);
  Graph G(Function);
  G.dominators();
  if (G.Reducible) {
    G.loops();
    G.regions(Function);
  }
  number(G);
}

void Flow::index(const PlaceTable &Places, const FunctionFacts &Function,
                 llvm::function_ref<bool(NodeId)> Reached) {
  if (Indexed)
    return;
  Indexed = true;
  Moment Now = 0;
  auto Add = [&](Mention M) {
    auto &All = Mentions[M];
    if (All.empty() || All.back() != Now)
      All.push_back(Now);
  };
  auto Of = [&](PlaceId P) {
    if (P != NoPlace)
      Add({Mention::Root, Places.rootOf(P)});
  };
  for (NodeId N = 0; N < Nodes.size(); ++N) {
    if (!Reached(N))
      continue;
    const Block &B = Function.Blocks[Nodes[N].Block];
    Now = factsOf(N);
    for (uint32_t I = Nodes[N].From; I < Nodes[N].To; ++I) {
      const Fact &F = B.Facts[I];
      Of(F.Dst);
      Of(F.Src.Place);
      Of(F.Src.Test.Place);
      Of(F.Test.Place);
      switch (F.Kind) {
      case FactKind::Clobber:
        Add({Mention::Shared});
        break;
      case FactKind::TempsEnd:
        Add({Mention::Temps});
        break;
      case FactKind::MayThrow:
        Add({Mention::Temps}); // a temporary that holds it may be a guard
        Add({Mention::Throw});
        if (F.Call != ~0u)
          for (const auto &[Root, Actual] : Function.Calls[F.Call].Bindings)
            Of(Actual.Place);
        break;
      case FactKind::Again:
        Add({Mention::Again});
        break;
      case FactKind::MayLeave:
        Add({Mention::Leave});
        break;
      case FactKind::Wait:
        if (F.Dst == NoPlace)
          Add({Mention::Wait});
        break;
      case FactKind::Capture:
        for (const auto &[Root, Actual] : Function.Calls[F.Index].Bindings)
          Of(Actual.Place);
        break;
      case FactKind::Stop:
        Add({Mention::Stop});
        break;
      case FactKind::Return:
        Add({Mention::Return});
        break;
      case FactKind::TestPoint:
        Add({Mention::Always});
        break;
      case FactKind::Apply: {
        const CallSite &C = Function.Calls[F.Index];
        auto [It, New] = Callees.try_emplace(C.Callee, Callees.size());
        if (New)
          for (SymbolId S : C.Callee->Writes)
            Writers[S].push_back(It->second);
        if (!C.Callee->Writes.empty())
          Add({Mention::Callee, It->second});
        if (C.Callee->WritesUnknown)
          Add({Mention::Shared});
        Of(C.Ret);
        for (const auto &[Root, Actual] : C.Bindings)
          Of(Actual.Place);
        // Whatever these are in the caller, a state with tasks looks.
        if (C.Callee->WaitsUnknown || !C.Callee->Waits.empty())
          Add({Mention::Wait});
        for (PlaceId W : C.Callee->WritesBehind) {
          PlaceId Root = Places.rootOf(W);
          auto Given = llvm::find_if(
              C.Bindings, [&](const auto &B) { return B.first == Root; });
          if (Places[Root].Kind == PlaceKind::Global)
            Of(Root);
          else if (Given == C.Bindings.end() || Given->second.Place == NoPlace)
            Add({Mention::Shared}); // nobody knows what that is
        }
        for (const EntitySummary &E : C.Callee->Entities) {
          PlaceId Root = Places.rootOf(E.Entity);
          if (Places[Root].Kind == PlaceKind::Global)
            Of(Root);
          bool Names = llvm::any_of(
              E.Outcomes, [](const Outcome &O) { return !O.Names.empty(); });
          for (const auto &[Bound, Actual] : C.Bindings)
            if (Names && Bound == E.Entity && Actual.Is == Operand::Value &&
                Actual.Place != NoPlace) {
              Add({Mention::MovesFrom, Places.rootOf(Actual.Place)});
              Moves = true;
            }
        }
        break;
      }
      default:
        break;
      }
    }
    if (Nodes[N].Then != NoNode)
      continue;
    Now = branchOf(N);
    for (PlaceId P : B.Reads)
      Of(P);
    Of(B.Compared[0]);
    Of(B.Compared[1]);
    for (const Edge &E : B.Out)
      for (const Predicate &P : E.Assume)
        Of(P.Place);
  }
}

} // namespace pooltidy

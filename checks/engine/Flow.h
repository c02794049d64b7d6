//===- Flow.h - the order and the regions of a function ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What the solver must know of a function's shape so that a simulation need not
// walk what has nothing to do with its lease: nodes (blocks, long ones cut into
// pieces) in an order in which each region is an interval, chains of regions
// with one way in and one way out, and where each place is mentioned.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_FLOW_H
#define POOLTIDY_ENGINE_FLOW_H

#include "Facts.h"
#include "Summary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pooltidy {

/// A node by its number in the order of simulation.
using NodeId = uint32_t;
inline constexpr NodeId NoNode = ~0u;

struct Node {
  BlockId Block = NoBlock;
  uint32_t From = 0, To = 0; ///< its facts: [From, To)
  NodeId Then = NoNode;      ///< the block's next piece; its branch after the last
};

/// What a fact or a branch mentions, as far as it can concern a state.
struct Mention {
  enum Kind : uint32_t {
    Root,      ///< a place with this root
    Callee,    ///< the call of this callee (an index), which writes fields
    MovesFrom, ///< a call that may move what lies in a struct with this root
    Shared,    ///< unknown code ran
    Temps,     ///< temporaries end
    Throw,     ///< an exception may leave
    Again,     ///< a loop begins another round
    Leave,     ///< likewise, out of the function, and nothing shows it
    Wait,      ///< something unknown is waited for
    Stop,      ///< control ends
    Return,    ///< the function returns
    Always     ///< a test looks
  } Is;
  uint32_t Id = 0;
  operator uint64_t() const { return uint64_t(Is) << 32 | Id; }
};

/// A moment of a walk: the facts of a node, or the branch behind them.
using Moment = uint64_t;
inline Moment factsOf(NodeId N) { return Moment(N) * 2; }
inline Moment branchOf(NodeId N) { return Moment(N) * 2 + 1; }
inline constexpr Moment Never = ~Moment(0);

class Flow {
public:
  explicit Flow(const FunctionFacts &Function);

  size_t size() const { return Nodes.size(); }
  const Node &operator[](NodeId N) const { return Nodes[N]; }
  /// The first node of a block; NoNode when nothing leads to it.
  NodeId head(BlockId B) const { return Heads[B]; }
  /// The node of a fact, or of a block's end.
  NodeId nodeOf(BlockId B, uint32_t Index) const {
    NodeId N = Heads[B];
    while (Nodes[N].Then != NoNode && Nodes[N].To <= Index)
      N = Nodes[N].Then;
    return N;
  }
  /// The lowest node that can still be reached from \p N.
  NodeId lowestReached(NodeId N) const { return Lowest[N]; }
  /// True when nothing leads back to \p N.
  bool isPassedOnce(NodeId N) const { return !InLoop[N]; }

  /// True when all that follows \p N comes together again.
  bool hasRegion(NodeId N) const {
    return Chain[N].Of != NoNode && Chain[N].At + 1 < Chains[Chain[N].Of].size();
  }
  /// True when a loop comes back to \p N, whose region then has its own facts.
  bool isHeader(NodeId N) const { return IsHeader[N]; }
  /// The header of the innermost loop that \p N lies in, which may be N itself;
  /// NoNode outside of loops.
  NodeId loopOf(NodeId N) const { return LoopOf.empty() ? NoNode : LoopOf[N]; }
  /// The header of the next loop around the one of the header \p H.
  NodeId loopAround(NodeId H) const { return Around[H]; }
  /// The furthest node which all ways from \p N to the moment \p Until go
  /// through, and which they enter before they repeat anything; or NoNode.
  NodeId furthest(NodeId N, Moment Until) const;
  /// Notes all mentions in nodes that are \p Reached, the first time that it is
  /// called; before it, next() finds none.
  void index(const PlaceTable &Places, const FunctionFacts &Function,
             llvm::function_ref<bool(NodeId)> Reached);
  /// The first moment from \p From on that has \p M, or Never.
  Moment next(Mention M, Moment From) const;
  /// Indices for Mention::Callee: those that write a field or global.
  llvm::ArrayRef<uint32_t> writersOf(SymbolId S) const;
  bool movesAnything() const { return Moves; }

private:
  struct Graph;
  void number(const Graph &G);

  std::vector<Node> Nodes;
  std::vector<NodeId> Heads, Lowest;
  std::vector<bool> InLoop, IsHeader;
  std::vector<NodeId> LoopOf, Around; ///< headers: the innermost, the next
  struct Link {
    uint32_t Of = NoNode, At = 0; ///< which chain, and where in it
  };
  std::vector<Link> Chain;
  std::vector<std::vector<NodeId>> Chains;
  llvm::DenseMap<uint64_t, std::vector<Moment>> Mentions;
  llvm::DenseMap<const Summary *, uint32_t> Callees;
  llvm::DenseMap<SymbolId, llvm::SmallVector<uint32_t, 2>> Writers;
  bool Moves = false, Indexed = false;
};

} // namespace pooltidy

#endif

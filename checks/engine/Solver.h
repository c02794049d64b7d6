//===- Solver.h - property simulation over facts ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Path-sensitive by property simulation (Das, Lerner, Seigle: ESP, PLDI 2002):
// one simulation per lease; at a join, states in the same typestate merge and
// keep the branch facts that they share. A base run without a lease gives each
// simulation what is known where it starts.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_SOLVER_H
#define POOLTIDY_ENGINE_SOLVER_H

#include "Facts.h"
#include "State.h"
#include "Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <deque>
#include <map>
#include <set>

namespace pooltidy {

/// Where a simulation gives up; what it gave up on is reported.
struct SolverLimits {
  unsigned StatesPerBlock = 16;  ///< more are merged, and are only *possible*
  unsigned VisitsPerBlock = 200; ///< more drop all branch facts
  uint64_t FactsPerSimulation = 4'000'000; ///< more stop the function
  uint64_t FactsPerFunction = 64'000'000;  ///< likewise, over all simulations
};

/// A fact by its place in the function.
struct FactRef {
  BlockId Block = NoBlock;
  uint32_t Index = 0;
  auto operator<=>(const FactRef &) const = default;
};

class Solver {
public:
  /// All must outlive the solver. \p Families is indexed by FamilyId.
  Solver(PlaceTable &Places, const FunctionFacts &Function,
         llvm::ArrayRef<FamilyFacts> Families, SolverLimits Limits = {});

  /// Runs everything: the base run, one simulation per acquire, one per entity
  /// (a place that holds something when the function is entered), and one per
  /// put of an object that none of these followed. Fills \p Out, except for its
  /// syntactic parts.
  void run(llvm::ArrayRef<PlaceId> Entities, Summary &Out);

  /// In the order they were found; several per place are possible.
  const std::vector<EngineFinding> &findings() const { return Findings; }
  /// One for each acquire that is reached.
  const std::vector<LeaseEnd> &ends() const { return Ends; }
  /// Which limit was reached, for the user; empty when none was.
  llvm::StringRef gaveUp() const { return GaveUp; }

  /// Called at each TestPoint fact with its index and the state there.
  std::function<void(uint32_t, const PathState &)> OnTestPoint;

private:
  friend class Transfer;
  enum class Kind { Base, Acquire, Entity, PutSite };

  struct Violation {
    bool Any = false, AnyOk = false, AnyUnsure = false;
    EngineFinding Best;
    uint8_t Caveats = 0xff;
  };

  void order();
  void simulate(Kind K, PathState Start, FactRef From);
  void propagate(const Edge &E, const PathState &S, const Block &B, bool Taken);
  void enqueue(BlockId To, PathState S);
  void finishSimulation();
  bool isLive(PlaceId Name, BlockId At) const;
  bool prune(PathState &S, BlockId At) const;
  void violate(FindingKind K, FactRef At, SiteId Site, const PathState &S,
               std::string Object, std::vector<std::string> Dirty = {},
               bool ByHandle = false, bool Returned = false);
  void fine(FindingKind K, FactRef At);
  void atExit(const PathState &S, bool Thrown);
  const Trace *trace(const Trace *Before, StepKind K, SiteId Site,
                     std::string What = "");

  PlaceTable &Places;
  const FunctionFacts &Function;
  llvm::ArrayRef<FamilyFacts> Families;
  SolverLimits Limits;

  // The order of blocks: reverse post-order numbers, the lowest number that a
  // block can reach again, and the last block that names a root.
  std::vector<uint32_t> Number, LowestReached;
  std::vector<BlockId> ByNumber;
  std::vector<uint32_t> LastMention; ///< by root place

  // One simulation.
  Kind Now = Kind::Base;
  FactRef StartedAt;
  struct AtBlock {
    std::vector<PathState> In;
    std::vector<bool> Pending; ///< parallel to In
    unsigned Visits = 0;
  };
  std::vector<AtBlock> At;      ///< by block; only Touched ones are in use
  std::vector<BlockId> Touched;
  std::set<std::pair<uint32_t, BlockId>> Work; ///< (number, block)
  std::map<std::pair<FindingKind, FactRef>, Violation> Violations;
  std::string ObjectName;
  std::string AcquireWhat;
  mutable bool Left = false; ///< some path no longer follows a live lease
  std::vector<PathState> Exits;

  // Across simulations.
  std::map<FactRef, PathState> BaseAt; ///< at each acquire and put
  std::set<FactRef> PutsSeen;
  std::deque<Trace> Traces;
  std::vector<EngineFinding> Findings;
  std::vector<LeaseEnd> Ends;
  uint64_t FactsRun = 0, FactsBefore = 0;
  std::string GaveUp;
};

} // namespace pooltidy

#endif

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
#include "Flow.h"
#include "State.h"
#include "Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <deque>
#include <map>
#include <memory>
#include <set>

namespace pooltidy {

/// Where a simulation gives up; what it gave up on is reported.
struct SolverLimits {
  unsigned StatesPerBlock = 16;  ///< more are merged, and are only *possible*
  unsigned VisitsPerBlock = 200; ///< more drop all branch facts
  uint64_t FactsPerSimulation = 4'000'000; ///< more stop the function
  uint64_t FactsPerFunction = 64'000'000;  ///< likewise, over all simulations
  int64_t KeptBytes = 65536; ///< of storage that an object may keep when put
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

  /// A return that gives null, and where the null comes from: the return itself
  /// for `return nullptr`.
  struct NullReturn {
    SiteId Return, From;
    /// What its parameters are known to be then.
    llvm::SmallVector<std::pair<PlaceId, Range>, 2> Given;
  };
  /// Follows null from each fact for which \p Source names the place that is, or
  /// may be, null after it. (Nulls.cpp)
  std::vector<NullReturn>
  nullReturns(llvm::function_ref<PlaceId(const Fact &)> Source);

  /// How the function tells whether it has filled \p Out. (Nulls.cpp)
  OutAnswers outAnswers(PlaceId Out);

  /// In the order they were found; several per place are possible.
  const std::vector<EngineFinding> &findings() const { return Findings; }
  /// One for each acquire that is reached.
  const std::vector<LeaseFate> &ends() const { return Ends; }
  /// Which limit was reached, for the user; empty when none was.
  llvm::StringRef gaveUp() const { return GaveUp; }

  /// Called at each TestPoint fact with its index and the state there.
  std::function<void(uint32_t, const PathState &)> OnTestPoint;

private:
  friend class Transfer;
  /// Unguarded: an acquire again, asking what an exception would lose. Null: a
  /// factory's result, asking where it is null. Failed: an acquire that failed,
  /// asking who looks behind what it gave. Made: an object that the function
  /// made itself, asking whether it is put into a pool.
  enum class Kind { Base, Acquire, Entity, PutSite, Unguarded, Null, Failed, Made };

  struct Violation {
    bool Any = false, AnyOk = false, AnyUnsure = false;
    EngineFinding Best;
    uint16_t Caveats = 0xffff;
  };

  void findLastMentions();
  void simulate(Kind K, PathState Start, FactRef From);
  void walk(NodeId Here, PathState S, uint32_t Index);
  void leave(NodeId Here, PathState S);
  void propagate(const Edge &E, const PathState &S, const Block &B, bool Taken);
  void enqueue(BlockId To, PathState S) { arrive(Shape.head(To), std::move(S)); }
  void arrive(NodeId To, PathState S);
  NodeId leap(NodeId Here, PathState &S, bool AtEnd);
  NodeId nextStop(NodeId Here, const PathState &S, Moment Start,
                  Moment Until) const;
  void finishSimulation();
  bool isLive(PlaceId Name, NodeId At) const;
  bool prune(PathState &S, NodeId At) const;
  /// Notes that the path \p S violates at \p At; its family, confidence and path
  /// are filled in.
  void violate(FactRef At, const PathState &S, EngineFinding What);
  void fine(FindingKind K, FactRef At);
  void noteNull(SiteId Return, const PathState &S);
  void atExit(const PathState &S, bool Thrown);
  void retained(const PathState &S);
  void leftPut(const PathState &S);
  void unguarded(const PathState &S);
  void unwind(PathState S, BlockId From);
  void acquireSimulation(FactRef At, Summary &Out);
  void failedSimulation(FactRef At, const Summary &Out);
  void tellFailures(Summary &Out) const;
  void tellLeft(Summary &Out) const;
  Ranges leftAt(const PathState &End) const;
  void entitySimulation(PlaceId Entity, Summary &Out);
  void putSimulation(FactRef At);
  void putByCalleeSimulation(FactRef At);
  void madeSimulation(FactRef At, Summary &Out);
  bool hasAcquireIn(NodeId Header, FamilyId Family) const;
  void stocked(FactRef At, PathState S, EngineFinding What, NodeId MadeAt);
  const Trace *trace(const Trace *Before, StepKind K, SiteId Site,
                     std::string What = "");

  PlaceTable &Places;
  const FunctionFacts &Function;
  llvm::ArrayRef<FamilyFacts> Families;
  SolverLimits Limits;

  Flow Shape;
  std::vector<NodeId> LastMention; ///< by root place: the last node, plus 1

  // One simulation.
  Kind Now = Kind::Base;
  FactRef StartedAt;
  struct AtBlock {
    std::vector<PathState> In;
    std::vector<bool> Pending; ///< parallel to In
    unsigned Visits = 0;
  };
  std::vector<AtBlock> At;      ///< by node; only Touched ones are in use
  std::vector<NodeId> Touched;
  std::set<NodeId> Work;
  std::map<std::pair<FindingKind, FactRef>, Violation> Violations;
  std::string ObjectName;
  std::string AcquireWhat;
  std::vector<PathState> Exits, ThrownExits;
  SiteId HandPut = NoSite; ///< where this lease is put by a call, last seen
  bool MayBeLeft = false;  ///< a MayLeave was passed while it was held
  mutable bool Left = false; ///< some path no longer follows a live lease
  Range FailedAs;          ///< what each name holds where the acquire failed
  bool FailureUnsure = false; ///< … and it may be known that it did not
  bool HandedOver = false;   ///< see LeaseFate
  std::set<SiteId> HandPuts; ///< calls that put this lease

  // Across simulations.
  std::map<FactRef, PathState> BaseAt; ///< at each acquire and put
  /// What the base run knows before and after each node; null where it never
  /// was, or where it left in several states. Neighbours share.
  struct Known {
    decltype(PathState::Ranges) Ranges;
    decltype(PathState::Addresses) Addresses;
    decltype(PathState::Truths) Truths;
    uint16_t Caveats = 0;
    decltype(PathState::Written) Written;
  };
  std::shared_ptr<const Known> note(const PathState &S);
  std::shared_ptr<const Known> noteAll(llvm::ArrayRef<PathState> States);
  std::vector<std::shared_ptr<const Known>> BaseIn, BaseOut;
  std::shared_ptr<const Known> LastNoted;
  std::vector<uint32_t> Marks; ///< by root place: the leap that concerns it
  uint32_t Leap = 0;
  llvm::function_ref<PlaceId(const Fact &)> NullSource; ///< while asked for
  PlaceId Filled = NoPlace; ///< while outAnswers asks: nobody else fills it
  std::vector<NullReturn> FoundNulls;
  std::set<FactRef> PutsSeen;
  llvm::SmallVector<Stock, 1> Stocked; ///< new objects put once in each call
  std::deque<Trace> Traces;
  std::vector<EngineFinding> Findings;
  std::vector<LeaseFate> Ends;
  bool GivesNull = false;  ///< some return gives null, and no acquire's
  struct FailedOut {
    PlaceId Out;
    bool Unsure;
    Ranges Left; ///< see FreshLease::Without
  };
  std::vector<FailedOut> FailedOuts; ///< where acquires that failed are left
  bool HandsOut = false; ///< a failed acquire is followed to what is handed out
  uint64_t FactsRun = 0, FactsBefore = 0;
  std::string GaveUp;
};

} // namespace pooltidy

#endif

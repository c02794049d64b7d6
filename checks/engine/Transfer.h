//===- Transfer.h - what one fact does to one state -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TRANSFER_H
#define POOLTIDY_ENGINE_TRANSFER_H

#include "Solver.h"

namespace pooltidy {

/// Runs the facts of one block over one state; a fact may fork it, end it, or
/// send a copy along an exception's way.
class Transfer {
public:
  Transfer(Solver &S, BlockId Block) : S(S), Places(S.Places), Block(Block) {}

  /// Runs the facts [\p From, \p To); \p Done gets each state behind them.
  void run(PathState State, uint32_t From, uint32_t To,
           llvm::function_ref<void(PathState)> Done);

  /// Adds what \p P says to \p State; false when that cannot be.
  bool assume(PathState &State, Predicate P);
  /// Where \p P is once pointers to known locals are followed.
  PlaceId canonical(const PathState &State, PlaceId P);

  /// What is in the callee's place \p P when it is called.
  Operand translate(const PathState &State, const CallSite &C, PlaceId P);
  /// The caller's storage for the callee's place \p P, or NoPlace.
  PlaceId storage(const PathState &State, const CallSite &C, PlaceId P);

  /// A branch looks at \p P, by which a task may tell that it is done.
  void asked(PathState &State, PlaceId P);

  /// Drops what is known of places within \p P, and of P when \p Itself.
  void forgetWithin(PathState &State, PlaceId P, bool Itself);

  /// Adds what the callee that the lease of \p Acquired comes out of knows where
  /// there is one, or where it \p Failed; false when that cannot be.
  bool leftWithLease(PathState &State, const Fact &Acquired, bool Failed);

  /// A branch on \p P depends on the lease from here on.
  void taint(PathState &State, PlaceId P);
  /// Whoever looks at the status that the acquire \p F gives beside the lease
  /// looks at the acquire.
  void taintStatus(PathState &State, const Fact &F);
  llvm::SmallVector<PlaceId, 2> toldByCall(const PathState &State, const CallSite &C);
  /// True when the lease, or what looks into it, has a place within \p Root.
  bool hasRoot(const PathState &State, PlaceId Root) const;

  /// What of the lease a place is.
  struct Part {
    enum { Nothing, Whole, OneField, Behind } Is = Nothing;
    SymbolId Field = 0;
  };
  Part partOf(const PathState &State, PlaceId Canonical);

  // --- Views.cpp
  bool looksInto(const PathState &State, const Operand &O);
  void leftViews(const PathState &State);
  bool isSeenOutside(const PathState &State) const;

private:
  /// False when the state ends here. Forks go onto Stack.
  bool step(PathState &State, const Fact &F, uint32_t Index);
  void notePut(const Fact &F);
  void stockedByPut(const PathState &State, const Fact &F, PlaceId Object,
                    llvm::ArrayRef<PlaceId> Pools);
  bool put(PathState &State, const Fact &F);
  void strangePut(PathState &State, const Fact &F, const Operand &Object,
                  FamilyId Family);
  bool wrongPool(PathState &State, const Fact &F, FamilyId Family, PlaceId Into,
                 PlaceId Object);
  void parentPut(PathState &State, const Fact &F, PlaceId Object,
                 FamilyId Family);
  void renewed(PathState &State);
  PlaceId seenBy(const PathState &State, PlaceId View);
  bool isAmong(const PathState &State, PlaceId P) const;
  void keep(PathState &State, PlaceId In, const Fact &F);
  void stored(PathState &State, PlaceId Name, SiteId Site);
  void leaves(PathState &State, PlaceId Name, SiteId Site);
  static bool putByCall(const PathState &State);
  void stillOwned(PathState &State, PlaceId Owner, const Fact &F);
  void dropTemporaries(PathState &State);
  void throwOut(PathState Away, const Fact &F);
  void throwWithout(PathState Away, const Fact &F);
  const EntitySummary *hit(const PathState &State, const CallSite &C,
                           PlaceId &Held);
  bool use(PathState &State, const Fact &F, PlaceId Where, bool Returned);
  PlaceId holderOf(const PathState &State, PlaceId Where) const;
  bool lookBehind(PathState &State, const Fact &F, PlaceId Holder,
                  const char *How, bool Sure = true);
  bool lookBehindByCall(PathState &State, const Fact &F, const CallSite &C);
  bool fitsFailure(PathState &State, const Fact &F, const CallSite &C,
                   const Outcome &O, PlaceId Held, bool All);
  bool asserted(PathState &State, const Fact &F);
  bool change(PathState &State, const Fact &F);
  void readStale(PathState &State, SymbolId Field, SiteId Site, PlaceId Where);
  void reset(PathState &State, const Fact &F);
  bool copy(PathState &State, const Fact &F);
  // Growth.cpp
  void grow(PathState &State, const Fact &F);
  void bound(PathState &State, PlaceId Where);
  void bounded(PathState &State, SymbolId Field);
  void emptied(PathState &State, SymbolId Field);
  void stepOf(PathState &State, SymbolId Field, SiteId Site);
  bool isBounded(const PathState &State, const Operand &O, int64_t Bytes);
  void grown(PathState &State, Growth What, SiteId Site);
  void grownBy(PathState &State, SymbolId Field, const Operand &O, bool Sure,
               SiteId Site);
  void applyGrowth(PathState &State, const Fact &F, const CallSite &C,
                   const Outcome &O, SymbolId Within);
  void growthWithin(PathState &State, const Fact &F, const CallSite &C);
  void oversized(PathState &State, const Fact &F, PlaceId Object, bool Limited);
  void swap(PathState &State, PlaceId A, PlaceId B);
  bool giveBack(PathState &State, const Fact &F);
  bool apply(PathState &State, const Fact &F, uint32_t Index);
  // (Sharing.cpp)
  void capture(PathState &State, const Fact &F);
  void waitFor(PathState &State, PlaceId On, bool AtEnd = false,
               bool Emptied = false);
  void endOf(PathState &State, PlaceId Scope);
  void moveTasks(PathState &State, PlaceId From, PlaceId To);
  void waitsOf(PathState &State, const CallSite &C);
  void startedBy(PathState &State, const Fact &F, const CallSite &C,
                 const Outcome &O);
  bool reachesLease(const PathState &State, const Operand &O);
  void sharedPut(PathState &State, const Fact &F, PlaceId Object);
  std::string nameOfTask(PlaceId P);
  void applyOutcome(PathState &State, const Fact &F, const CallSite &C,
                    const EntitySummary &E, const Outcome &O, PlaceId Held,
                    bool &Ends);
  void noteAsked(PathState &State, const PathState &Before,
                 const PathState &Then, const CallSite &C, const Outcome &O);
  bool concerns(const PathState &State, const CallSite &C);
  bool fits(PathState &State, const CallSite &C, const Ranges &Given);
  bool fitsSentinel(PathState &State, const CallSite &C, PlaceId P, const Range &R);
  bool applyWithoutLease(PathState &State, const CallSite &C);
  bool assigns(const PathState &State, const CallSite &C, PlaceId P);
  // Left.cpp
  struct Answer {
    bool CanBeZero = true, CanBeOther = true;
  };
  bool leftByParameters(PathState &State, const CallSite &C, Answer &Can);
  bool leftByCall(PathState &State, const CallSite &C, Answer Can);
  bool leftBehind(PathState &State, const CallSite &C, PlaceId P, const Range &R);
  void becomes(PathState &State, PlaceId Dst, Meaning M);
  bool mayWrite(const PathState &State, const CallSite &C, PlaceId P);
  void clobber(PathState &State);
  void unsureWithin(PathState &State, PlaceId P);
  bool loseNames(PathState &State, PlaceId P, bool Itself);
  bool lost(PathState &State, StepKind How, SiteId Site);
  bool overwrittenBy(PathState &State, const CallSite &C);
  bool isOtherway(const Fact &F) const;
  bool isMemory(const PathState &State) const {
    return State.Family < S.Families.size() && S.Families[State.Family].Memory;
  }
  bool holds(const PathState &State, const Operand &O, PlaceId &Where);
  std::vector<std::string> dirtyFields(const PathState &State, bool &Dirty);
  void noteWritten(PathState &State, const Fact &F);
  void noteName(PlaceId P);
  std::string nameFor(PlaceId P);
  std::string ownerName(PlaceId P, const Fact &F);
  bool isView(const PathState &State, PlaceId P) const;
  PlaceId seenThrough(const PathState &State, PlaceId P);
  void addView(PathState &State, PlaceId View, SiteId Site);
  void dropViews(PathState &State, PlaceId P, bool Itself);
  bool useView(PathState &State, const Fact &F, PlaceId View, bool Returned);
  void derive(PathState &State, const Fact &F);
  const EntitySummary *viewHit(const PathState &State, const CallSite &C,
                               Operand &Given);
  bool applyToView(PathState &State, const Fact &F, const CallSite &C,
                   const EntitySummary &E, const Outcome &O, const Operand &Given);
  void keepResult(PathState &State, const CallSite &C, const Outcome &O);
  FactRef here() const { return {Block, Current}; }

  Solver &S;
  PlaceTable &Places;
  BlockId Block;
  uint32_t Current = 0;
  std::vector<std::pair<PathState, uint32_t>> Stack;
};

/// The place of what a return among \p Facts gives; NoPlace where there is none.
PlaceId answerIn(llvm::ArrayRef<Fact> Facts);

/// True for a pointer by which lists go from one element to the next.
bool isLink(const PlaceTable &Places, PlaceId P);

/// True for a field of what the caller sees that still is as it was given.
bool isAsGiven(const PlaceTable &Places, const FunctionFacts &Function,
               const PathState &S, PlaceId P);

} // namespace pooltidy

#endif

//===- Summary.h - what a call does to a lease ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Partial transfer functions: for each value that the function is given, the
// distinct ways in which it can leave, each with what the result then is. Made
// by the same solver that looks for findings, from the function's entry.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_SUMMARY_H
#define POOLTIDY_ENGINE_SUMMARY_H

#include "Facts.h"
#include "Range.h"

namespace pooltidy {

/// How the object's state stands against the function's entry.
enum class Dirt : uint8_t { AsEntry, Clean, Dirty };

/// A task that was given a value and may still run, and one thing by which it can
/// be waited for. One task has several: itself, and what it was given beside.
struct Task {
  enum Way : uint8_t {
    Itself, ///< Object is its thread, future or group
    Joins,  ///< likewise, and the destructor of that waits
    Signal, ///< the task has Object too, and may tell by it that it is done
    Nobody  ///< there is nothing to wait for
  };
  SiteId Started = NoSite; ///< the same for all of one task
  PlaceId Object = NoPlace;
  Way By = Nobody;
  auto operator<=>(const Task &) const = default;
};
using TaskList = llvm::SmallVector<Task, 1>; ///< sorted

/// Instead of a field: the object itself.
inline constexpr SymbolId WholeObject = ~0u;

/// A container of the object grew, and nothing bounds how much.
struct Growth {
  SymbolId Field = WholeObject;
  PlaceId By = NoPlace; ///< a number or container of the function's caller that
                        ///< says how much; NoPlace: nobody can say
  bool Sure = false;    ///< by input, or round for round
  auto operator<=>(const Growth &) const = default;
};

/// What places of the callee were or are, as far as that is known.
using Ranges = llvm::SmallVector<std::pair<PlaceId, Range>, 2>;

/// What two ways agree on stays in \p Old.
void joinGiven(Ranges &Old, const Ranges &Other);

/// One way a value can leave the function.
struct Outcome {
  bool Thrown = false;     ///< it leaves by an exception
  bool Put = false;        ///< it was put back or closed (in Family)
  bool PutFresh = false;   ///< … and what the caller changed does not matter
  bool PutPointer = false; ///< … which must be storage of the pool's
  bool PutUnsure = false;  ///< … and whether a reset is asked is a guess
  bool PutAsked = false;   ///< … after a branch that depends on the object
  bool Used = false;       ///< the object was looked at
  bool Unchecked = false;  ///< … and on no such path anybody asked if there is one
  bool Escaped = false;    ///< somebody else owns it now
  bool Unsure = false;     ///< a cap or an unknown call stands on the way
  Dirt State = Dirt::AsEntry;
  bool Reset = false;      ///< all of it was, before what State and Changed say
  bool UnsureChange = false;
  bool ChangedWhole = false; ///< changed in ways not told apart
  FamilyId Family = NoFamily;
  PlaceId Pool = NoPlace;  ///< callee's place of the pool it was put into
  llvm::SmallVector<SymbolId, 4> Changed, Cleared;
  llvm::SmallVector<SymbolId, 2> ReadFirst; ///< fields read as they came
  llvm::SmallVector<PlaceId, 2> Names; ///< callee's places that hold it at exit
  llvm::SmallVector<PlaceId, 1> Views; ///< callee's places that look into it
  TaskList Tasks; ///< tasks that have it and may run, by the callee's places
  llvm::SmallVector<Growth, 1> Grown;   ///< what grew without a bound
  llvm::SmallVector<SymbolId, 1> Grew;  ///< fields that grew once
  llvm::SmallVector<SymbolId, 1> Bounded; ///< fields whose storage was given back,
                                          ///< or asked about
  bool PutLimited = false; ///< put, and large objects are not kept
  Range Result;            ///< what the function returns then
  /// What its parameters, and fields of what it was given, were when it was
  /// entered, for this way out to be taken: `if (owned_)`.
  Ranges Given;
  /// Fields that it assigned, and what they are now: `open_ = false`.
  Ranges Left;
};

/// All ways for one value that is in \p Entity when the function is entered.
struct EntitySummary {
  PlaceId Entity = NoPlace;
  std::vector<Outcome> Outcomes;
};

/// A lease that the function acquired and hands to its caller.
struct FreshLease {
  PlaceId Out = NoPlace; ///< callee's place: the result, `*param`, this->f
  FamilyId Family = NoFamily;
  uint32_t Flags = 0;    ///< of the Acquire
  Dirt State = Dirt::Clean;
  Range Result;          ///< what the function returns when it succeeds
  bool Owned = true;
  bool NullElsewhere = false; ///< where there is none, a way without any acquire
                              ///< gave null
  PlaceId Pool = NoPlace; ///< callee's place of the pool it came from
  llvm::SmallVector<PlaceId, 1> Also; ///< callee's other places that hold it too
  /// What its parameters were when it was entered, for there to be one.
  Ranges Given;
  /// What fields of the result, and of what it was given, are where there is one,
  /// and where there is none.
  Ranges Left, Without;
  llvm::SmallVector<PlaceId, 1> Parents; ///< callee's places of its parents
};

/// Each call puts a new object into a pool.
struct Stock {
  FamilyId Family = NoFamily;
  PlaceId Pool = NoPlace; ///< callee's place of that pool
  bool operator==(const Stock &) const = default;
};

/// What a function answers where it leaves a place that its caller gave it to fill
/// as it was, or null, and what it answers elsewhere.
struct OutAnswers {
  bool Leaves = false, Fills = false; ///< there is such a way
  Range Left, Filled;
  PlaceId Field = NoPlace; ///< of the result, of which Left and Filled are; NoPlace:
                           ///< they are the result's own
};

enum class Throws : uint8_t { Never, Assumed, Known };

struct Summary {
  std::vector<EntitySummary> Entities;
  std::vector<FreshLease> Fresh;
  llvm::SmallVector<SymbolId, 4> Writes; ///< fields and globals it assigns
  /// All places of those fields that it assigns only in objects it is given.
  llvm::SmallVector<PlaceId, 4> WritesAt;
  llvm::SmallVector<PlaceId, 2> WritesBehind; ///< objects it changes as a whole
  bool WritesUnknown = false;            ///< … and anything else shared
  llvm::SmallVector<PlaceId, 1> Waits;   ///< what it waits for
  bool WaitsUnknown = false;             ///< … and for something that nobody knows
  bool Returns = false;                  ///< some path reaches the end
  Throws Throwing = Throws::Never;
  /// The one type that is thrown (opaque: a canonical type), null for several.
  const void *Thrown = nullptr;
  /// What its parameters, and fields of what it was given, were when it was
  /// entered, for it to throw; one entry for each way, none when any may be.
  std::vector<Ranges> ThrowsWhen;
  bool Puts = false;                     ///< some outcome puts or closes
  bool Makes = false;                    ///< the result is a new object
  llvm::SmallVector<Stock, 1> Stocks;    ///< what it puts of its own making
  bool Incomplete = false; ///< a cap, or errors in the body: expect anything
  Operand Gives; ///< a pure getter or predicate: what it returns, no more
  Range Results; ///< all that it returns
  /// What decides about the result, as far as the caller has it too.
  llvm::SmallVector<PlaceId, 2> AnswersBy;
  /// Whichever way it returns: what its parameters then were when it was entered,
  /// and what fields of what it was given are now.
  Ranges Left;
  /// Likewise, fields that are told by another such place: `owned_(owned)`.
  llvm::SmallVector<std::pair<PlaceId, Meaning>, 1> LeftAs;
  /// What is known beside Left where it returns 0 (or null, or false), and where
  /// it returns anything else.
  Ranges IfZero, IfOther;

  /// True when a caller must look at calls of it although it names no pool.
  bool matters() const {
    return !Fresh.empty() || Puts || !Stocks.empty();
  }
};

} // namespace pooltidy

#endif

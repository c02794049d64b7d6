//===- Facts.h - a function as facts over places ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The contract between FactsGenerator (which knows C++) and Solver (which does
// not): blocks of facts with edges that may assume something. The shape is that
// of clang's LifetimeSafety facts; no AST header is included here.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_FACTS_H
#define POOLTIDY_ENGINE_FACTS_H

#include "Findings.h"
#include "Places.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>
#include <vector>

namespace pooltidy {

struct Summary;

using BlockId = uint32_t;
inline constexpr BlockId NoBlock = ~0u;
/// Index of an acquire/put family; the same over the whole TU.
using FamilyId = uint32_t;
inline constexpr FamilyId NoFamily = ~0u;
/// Stands for whatever family the object has: realloc-like calls.
inline constexpr FamilyId AnyFamily = ~0u - 1;

enum class Cmp : uint8_t { EQ, NE, LT, LE, GT, GE };
inline Cmp negate(Cmp C) {
  switch (C) {
  case Cmp::EQ: return Cmp::NE;
  case Cmp::NE: return Cmp::EQ;
  case Cmp::LT: return Cmp::GE;
  case Cmp::LE: return Cmp::GT;
  case Cmp::GT: return Cmp::LE;
  case Cmp::GE: return Cmp::LT;
  }
  return C;
}

/// The same of two sides that changed places.
inline Cmp mirrored(Cmp C) {
  switch (C) {
  case Cmp::LT: return Cmp::GT;
  case Cmp::LE: return Cmp::GE;
  case Cmp::GT: return Cmp::LT;
  case Cmp::GE: return Cmp::LE;
  default: return C;
  }
}

/// `Place Op Constant`. Null pointers and false are 0.
struct Predicate {
  PlaceId Place = NoPlace;
  Cmp Op = Cmp::NE;
  int64_t Constant = 0;
  explicit operator bool() const { return Place != NoPlace; }
  Predicate negated() const { return {Place, negate(Op), Constant}; }
  bool operator==(const Predicate &) const = default;
};

/// A value as an expression gives it.
struct Operand {
  enum Mode : uint8_t {
    None,     ///< nothing known
    Value,    ///< what is in Place now
    Address,  ///< the address of Place
    Constant, ///< Number
    Truth     ///< the truth of Test
  } Is = None;
  PlaceId Place = NoPlace;
  int64_t Number = 0;
  Predicate Test;

  static Operand value(PlaceId P) { return {Value, P, 0, {}}; }
  static Operand address(PlaceId P) { return {Address, P, 0, {}}; }
  static Operand constant(int64_t N) { return {Constant, NoPlace, N, {}}; }
  static Operand truth(Predicate T) { return {Truth, NoPlace, 0, T}; }
};

enum class FactKind : uint8_t {
  Acquire,   ///< Dst now names a new lease of Family from Pool, when Test holds;
             ///< Src: a status beside Test, or the address of what a constructor
             ///< makes and keeps it in
  ChildOf,   ///< the lease in Dst must be closed before the parent in Src is
  Put,       ///< Src's object goes back to Family (or is closed), into Pool, when
             ///< Test holds
  Reset,     ///< the object (or field) Dst is as good as new
  Write,     ///< the object (or field, or element) Dst changes
  Read,      ///< Dst is read
  Use,       ///< the pointer Src is given to somebody who may look behind it
  Copy,      ///< Dst = Src
  Move,      ///< Dst = Src, and Src holds nothing any more
  Swap,      ///< Dst and Src.Place exchange what they hold
  Assign,    ///< Dst = a number, a truth, or something unknown
  Store,     ///< Src becomes reachable from something that outlives the scope;
             ///< Dst: the container, where it is one, which keeps it when Test
             ///< holds; Family: but for leases of that one
  Take,      ///< an unknown body may take Src over
  Clobber,   ///< unknown code ran: shared places may have changed
  Apply,     ///< the call Calls[Index]
  TempsEnd,  ///< the full-expression ends: its temporaries are gone
  ScopeEnd,  ///< the variable Dst goes out of scope
  MayThrow,  ///< control may leave to block Index
  MayLeave,  ///< likewise, out of the function, and nothing shows a throw
  Return,    ///< the function returns Src
  Derive,    ///< Dst is a view of, an iterator or a reference into, Src's object;
             ///< without Src: of nothing any more
  Capture,   ///< the task in Dst starts, if Test holds, and gets what
             ///< Calls[Index] binds; no Dst: nobody can wait for it. Its body has
             ///< that summary, if any
  Wait,      ///< Dst (a task, or what a task signals by) is waited for; no Dst:
             ///< nobody knows what is
  Grow,      ///< the container Dst grows, to Src elements of Index bytes where
             ///< that is said; else by something, once
  Bound,     ///< the container Dst gave its storage back, or somebody asked how
             ///< large it is
  Again,     ///< the loop Loops[Index] begins another round
  Make,      ///< Dst now names an object that no pool gave
  Assert,    ///< Test holds, or the program ends: told by an assertion, even one
             ///< that this build leaves out; without Test it is about Dst
  Stop,      ///< control never gets past this
  TestPoint, ///< a test asks for the state here; What is Index
};

enum FactFlags : uint32_t {
  NoFlags = 0,
  ByHandle = 1,    ///< Put: a handle's destructor or assignment does it; Wait: a
                   ///< destructor does it, for those tasks that have such a one;
                   ///< Capture: it is such a task
  Nulls = 2,       ///< Put: the place that held the pointer is null after it
  Unsure = 4,      ///< Write: an unknown call, the change is an assumption; Wait:
                   ///< a lock is taken or a flag asked, which may be one
  Assumed = 8,     ///< MayThrow: nothing shows a throw
  InPlace = 16,    ///< Acquire: Dst is the object itself, not a pointer to it
  Tested = 32,     ///< Put that can fail: somebody looks at the result; Store: by
                   ///< what has not failed where Test holds, and else takes nothing
  MayBeNull = 2048, ///< Assign: a pointer that is null when the call failed
  ResetsSelf = 64, ///< Put: the pool's own put resets the object
  NoResetNeeded = 128, ///< Put: no reset is asked of whoever puts here
  Scalar = 256,    ///< Copy, Assign: a number, no pointer or object
  Rewrites = 512,  ///< Reset: by assigning a fresh value
  UnsureReset = 1024, ///< Put: whether a reset is asked is a guess
  AcquiredStale = 2048, ///< Acquire: as the last user left it, to be reset
  NotOwned = 4096,   ///< Acquire: somebody else will put it
  AcquiredDirty = 8192, ///< Acquire: by a callee that changed it already
  Empties = 16384,   ///< Put: the handle is empty after it, and still a name
  Moves = 32768,     ///< Put: a realloc; when it fails, all is as before
  TakesPointer = 1 << 16, ///< Put: takes a pointer to an object that the pool
                          ///< made, so that its storage must be the pool's
  AnyOrder = 1 << 17,     ///< Put: allowed while children are open
  LongLivedType = 1 << 18, ///< Put: of an object that lives for good
  Unwinds = 1 << 19,       ///< TempsEnd: an exception ends them
  KeptAsLeft = 1 << 20, ///< Acquire: this pool's policy resets nothing, though
                        ///< others of its kind reset on put
  MayFail = 1 << 21,       ///< Acquire: can fail; Test says when it did not
  UnsureFailure = 1 << 22, ///< … for all that its name says, or for want of memory
  Passed = 1 << 23,        ///< Read, Write, Reset: by a callee that is given the
                           ///< pointer, and may ask first whether there is one
  Needed = 1 << 24,        ///< Use: no more than that Src is there is asked
  Asks = 1 << 25,          ///< Use: Dst may tell whether there is one, no more
  StatusObject = Asks,     ///< Acquire: Test is of an object, which can be asked in
                           ///< ways that are not understood
  DeepView = 1 << 30,      ///< Derive: so do the pointers that lie there
  ViewOnly = 1u << 31,      ///< Use: of a view; for an owner it is none
  Follows = Passed,  ///< Acquire: what Dst is the fact before it has said
  NamedTwice = Empties, ///< Acquire: Src holds it too, a pointer beside an id
  HeldByMade = Tested, ///< Acquire: by a constructor, in an object of this function
                       ///< that will put it
  OrNull = Nulls,    ///< Copy: Src, or null when the call failed
  Believed = Nulls,  ///< Assert: where Test cannot be, it says nothing
  GivesPointer = Nulls, ///< Return: a pointer or an owner, so that 0 is none
  PoolLimits = 1 << 26,    ///< Acquire, Put: the pool keeps no large objects
  SetsSize = 1 << 27,      ///< Grow: the size is new, not more than before
  FromOutside = 1 << 28,   ///< Grow: by all that some input has
  Lowers = 1 << 29,        ///< Write: a number becomes less, not more
  Adds = DeepView,         ///< Write: what the container had is still in there
  PartOnly = Nulls,        ///< Derive: of a part of the object; its own address is
                           ///< no view of it
};

struct Fact {
  FactKind Kind = FactKind::Read;
  uint32_t Flags = NoFlags;
  SiteId Site = NoSite;
  PlaceId Dst = NoPlace;
  Operand Src;
  FamilyId Family = NoFamily;
  Predicate Test;
  uint32_t Index = 0;
  SiteId Decl = NoSite; ///< ByHandle: where the handle is declared
  PlaceId Pool = NoPlace; ///< the pool object, where it is a named one
  PlaceId WhenNull = NoPlace; ///< Acquire: there is none unless this is null
  uint32_t Call = ~0u;    ///< MayThrow: what the callee does before it throws;
                          ///< Acquire: the call that the lease comes out of
};

struct Edge {
  BlockId To = NoBlock;
  llvm::SmallVector<Predicate, 1> Assume; ///< all hold on this edge
};

struct Block {
  std::vector<Fact> Facts;
  llvm::SmallVector<Edge, 2> Out;
  SiteId Branch = NoSite;           ///< the condition, when Out has two edges
  llvm::SmallVector<PlaceId, 2> Reads; ///< what the condition looks at
  bool Loop = false;                ///< the branch is a loop's condition
  /// `--references == 0`: the edge on which others still have the object.
  std::optional<uint8_t> Others;
  /// The condition compares two places: equal on the first edge, or on the
  /// second when Unequal.
  PlaceId Compared[2] = {NoPlace, NoPlace};
  bool Unequal = false;
  bool WithAddress = false; ///< the second is an object, whose address it is
};

/// What ends a loop of the source.
struct LoopFacts {
  enum Ending : uint8_t {
    Open,    ///< nothing that is counted
    Counted, ///< a count, or what a container has: Bound where it has a place
    Fixed    ///< a constant count
  } Ends = Open;
  BlockId Header = NoBlock; ///< where each round begins
  Operand Bound;
  bool Sure = false; ///< so many come from outside of the function
};

/// A call whose callee has a summary, or the start of a task; then what a closure
/// has is bound to its place in the closure, and the callee may be null.
struct CallSite {
  const Summary *Callee = nullptr; ///< of a Capture's task: null for one unseen
  llvm::SmallVector<std::pair<PlaceId, Operand>, 4> Bindings; ///< callee's roots
  PlaceId Ret = NoPlace; ///< where the result is
  PlaceId Made = NoPlace; ///< what a constructor makes: gone when it throws
  bool Maybe = false;    ///< called any number of times, or never
};

struct FunctionFacts {
  std::string Name;
  std::vector<Block> Blocks;
  BlockId Entry = NoBlock, Exit = NoBlock;
  BlockId ThrowExit = NoBlock; ///< an exception leaves the function
  std::vector<CallSite> Calls;
  std::vector<LoopFacts> Loops;
  SiteId End = NoSite;         ///< the closing brace
  /// In blocks that several returns lead to: the return that was passed. By
  /// itself it stands at the closing brace too.
  SiteId Leaving = NoSite;
  PlaceId Result = NoPlace;    ///< what it returns; NoPlace for void
  llvm::DenseSet<PlaceId> Assigned; ///< parameters that it changes
  /// What iterators and views of one container each were taken of.
  llvm::DenseMap<PlaceId, PlaceId> LooksInto;
};

/// What the solver must know of a family.
struct FamilyFacts {
  bool Possible = false;     ///< weak evidence: nothing is definite
  int64_t KnownIds = 0;      ///< ids below it belong to the whole process
  bool Pooled = false;       ///< leases come from a pool, not from a plain open
  bool Keeps = true;         ///< objects stay as large as they have become
  bool Limited = false;      ///< the pool takes back no more than so many
  bool Memory = false;       ///< plain memory: whoever has its address can free it
};

} // namespace pooltidy

#endif

//===- Findings.h - what the engine tells the rules -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_FINDINGS_H
#define POOLTIDY_ENGINE_FINDINGS_H

#include <cstdint>
#include <string>
#include <vector>

namespace pooltidy {

/// Index into the function's table of source places.
using SiteId = uint32_t;
inline constexpr SiteId NoSite = ~0u;

/// How sure the engine is, see docs/concepts.md.
enum class Confidence : uint8_t { Possible, Definite };

enum class FindingKind : uint8_t {
  PutWithoutReset,
  DoublePut,
  UseAfterPut,
  Leak,
  ForeignPut,  ///< put into a pool that it did not come from
  LongLived,   ///< put, and lives in storage of its own
  Retained,    ///< put, and a name that outlives the scope still holds it
  NestedClose, ///< the parent is closed while it is open
  Unguarded,   ///< an exception would leave before the put by hand
  DirtyAcquire, ///< read before it was reset, where acquirers reset
  UncheckedAcquire, ///< looked behind where the acquire may have failed
  DanglingView,     ///< a view, iterator or reference into it is used after the put
  SharedAcross,     ///< put while a thread or task that has it may still run
  OversizedPut,     ///< put with storage that grew, and that nothing bounds
  UnbalancedPut,    ///< fresh objects are put again and again, none acquired
};

/// One step of the path that a finding walks.
enum class StepKind : uint8_t {
  Acquired,
  Changed,       ///< What: the field, when one
  Branch,        ///< What: "true" or "false"
  Put,           ///< put back or closed by a call
  PutAtScopeEnd, ///< by a destructor
  PutFailed,
  Lost,          ///< the last name went out of scope
  Overwritten,   ///< the last name was given another value
  Returned,      ///< the function returns here
  Thrown,        ///< an exception leaves here
  Discarded,     ///< a call's result is not kept
  Stored,        ///< kept under a name that outlives the scope; What: the name
  OpenedWithin,  ///< its parent, which must outlive it; What: the parent
  Viewed,        ///< a view of it was taken; What: the view's name
  HandedToTask,  ///< a thread or task got it; What: the task's name
  Grown,         ///< its storage grew; What: the field, when one
};

struct Step {
  StepKind Kind;
  SiteId Site = NoSite;
  std::string What;
};

/// One finding of the engine, about one object on one path.
struct EngineFinding {
  FindingKind Kind = FindingKind::Leak;
  Confidence Sure = Confidence::Definite;
  std::string Object = {};       ///< name for messages: "buf", "this", …
  unsigned Family = ~0u;         ///< index into the function's families
  SiteId Site = NoSite;          ///< where the diagnostic stands
  std::vector<Step> Path = {};   ///< in path order, from the acquire
  std::vector<std::string> Dirty = {}; ///< fields left changed, when known; for a
                                       ///< dirty acquire the field that is read
  bool ByHandle = false;         ///< the put is a handle's destructor
  bool Returned = false;         ///< use-after-put: the use is a return
  bool OnEveryPath = false;      ///< leak: no path puts it
  std::string Other = {};        ///< the other pool, the parent, the kept name, the
                                 ///< view
  unsigned OtherFamily = ~0u;    ///< nested close: the parent's
  unsigned Global = 0;           ///< retained: the symbol of a variable that
                                 ///< keeps it for good, else 0
  bool Left = false;             ///< the function leaves the view, or the object
                                 ///< itself, to its caller, and the put comes first
};

/// What became of the lease of one acquire, whatever is wrong with it.
struct LeaseFate {
  unsigned Family = ~0u;
  SiteId Site = NoSite; ///< of the acquire
  /// Some path hands it over, keeps or loses it; else each one puts it, and
  /// nobody but this function and what it calls ever had it.
  bool Leaves = false;
  /// Some path hands it to another owner, or may: it is stored or returned, an
  /// unknown call may take it, a handle puts it.
  bool HandedOver = false;
  std::vector<SiteId> Puts; ///< calls that put it on some path, sorted
};

} // namespace pooltidy

#endif

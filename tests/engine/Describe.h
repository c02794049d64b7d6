//===- Describe.h - states and findings as text for tests -------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Tests compare text, so that a failure reads like the state it is about:
//   "live dirty(len) owned: b, *out"   a lease with two names
//   "put-without-reset of b at put 2"  a finding (the possible end in "?")
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_ENGINE_DESCRIBE_H
#define TESTS_ENGINE_DESCRIBE_H

#include "engine/Places.h"
#include "engine/State.h"
#include "engine/Summary.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

namespace pooltidy {

inline std::string nameOf(const PlaceTable &Places, PlaceId P) {
  const Place &Here = Places[P];
  if (Here.Kind == PlaceKind::Deref)
    return "*" + nameOf(Places, Here.Parent);
  if (Here.Kind == PlaceKind::Result)
    return "result";
  if (Here.Kind == PlaceKind::Temp)
    return "temp";
  return Places.spell(P);
}

template <typename List>
std::string namesOf(const PlaceTable &Places, const List &All) {
  std::vector<std::string> Names;
  for (PlaceId P : All)
    Names.push_back(nameOf(Places, P));
  std::sort(Names.begin(), Names.end());
  return llvm::join(Names, ", ");
}

/// " in t, signal done" for a task t that may tell by `done`.
inline std::string tasksOf(const PlaceTable &Places, const TaskList &All) {
  std::string Out;
  for (const Task &Each : All)
    Out += (Out.empty() ? " in " : ", ") +
           (Each.By == Task::Nobody   ? std::string("nobody's")
            : Each.By == Task::Signal ? "signal " + nameOf(Places, Each.Object)
            : Each.By == Task::Joins  ? "joining " + nameOf(Places, Each.Object)
                                      : nameOf(Places, Each.Object));
  return Out;
}

template <typename List>
std::string fieldsOf(const PlaceTable &Places, const List &All) {
  std::vector<std::string> Names;
  for (SymbolId F : All)
    Names.push_back(Places.field(F).Name);
  std::sort(Names.begin(), Names.end());
  return llvm::join(Names, ", ");
}

/// What a comparison left of a number: "3", "!=0", ">=0", "<0", "0..9", "any".
inline std::string describe(const Range &R) {
  if (R.isEmpty())
    return "none";
  if (R.isAny())
    return "any";
  if (R.Low == R.High)
    return std::to_string(R.Low);
  std::string Low, High;
  if (R.Low != std::numeric_limits<int64_t>::min())
    Low = ">=" + std::to_string(R.Low);
  if (R.High != std::numeric_limits<int64_t>::max())
    High = "<=" + std::to_string(R.High);
  return Low + High + (R.HasHole ? "!=" + std::to_string(R.Hole) : "");
}

/// `dirty(len)`, `dirty?(len)` when it is an assumption, `clean`, `as-given`.
inline std::string describe(const PlaceTable &Places, Dirt State, bool Sure,
                            llvm::ArrayRef<SymbolId> Changed) {
  if (State == Dirt::AsEntry)
    return "as-given";
  if (State == Dirt::Clean)
    return "clean";
  std::string Fields = fieldsOf(Places, Changed);
  return std::string(Sure ? "dirty" : "dirty?") +
         (Fields.empty() ? "" : "(" + Fields + ")");
}

inline std::string describe(const PlaceTable &Places, const PathState &S) {
  std::string Out = S.Is == Life::Live ? "live "
                    : S.Is == Life::Returned ? "returned "
                                             : "none ";
  Out += describe(Places, S.State, S.SureChange, S.Changed);
  if (S.Owned)
    Out += " owned";
  if (S.Escaped)
    Out += " escaped";
  if (S.EscapedOut)
    Out += " given-out";
  if (S.PutFailed)
    Out += " put-failed";
  if (S.InPlace != NoPlace)
    Out += " in " + nameOf(Places, S.InPlace);
  if (!S.Names.empty())
    Out += ": " + namesOf(Places, S.Names);
  if (!S.Views.empty())
    Out += " seen by " + namesOf(Places, S.Views);
  return Out + tasksOf(Places, S.Tasks);
}

inline std::string describe(const PlaceTable &Places, const Outcome &O) {
  std::string Out =
      describe(Places, O.State, !O.UnsureChange, O.Changed);
  if (!O.Cleared.empty())
    Out += " cleared(" + fieldsOf(Places, O.Cleared) + ")";
  if (O.Thrown)
    Out += " throws";
  if (O.Put)
    Out += O.PutFresh ? " put-fresh" : " put";
  else if (O.Used)
    Out += " used";
  if (O.Escaped)
    Out += " escaped";
  if (O.Unsure)
    Out += " unsure";
  if (!O.Names.empty())
    Out += ": " + namesOf(Places, O.Names);
  if (!O.Views.empty())
    Out += " seen by " + namesOf(Places, O.Views);
  Out += tasksOf(Places, O.Tasks);
  if (!O.Result.isAny())
    Out += " when result " + describe(O.Result);
  return Out;
}

inline std::string describe(const PlaceTable &Places, const FreshLease &L) {
  std::string Out = "fresh in " + nameOf(Places, L.Out);
  if (L.State == Dirt::Dirty)
    Out += " dirty";
  if (!L.Owned)
    Out += " not owned";
  if (!L.Result.isAny())
    Out += " when result " + describe(L.Result);
  return Out;
}

/// The caveats, in words.
inline std::string doubts(uint16_t Caveats) {
  static const std::pair<Caveat, const char *> All[] = {
      {CapReached, "cap"},         {MayAlias, "alias"},
      {MayBeReset, "maybe-reset"}, {MayBeTaken, "maybe-taken"},
      {LeaseBranch, "branch"},     {AssumedThrow, "assumed-throw"},
      {LeftByThrow, "left-by-throw"}, {FailureSeen, "failure-seen"},
      {AskedAgain, "asked again"}};
  std::vector<std::string> Words;
  for (auto &[Bit, Word] : All)
    if (Caveats & Bit)
      Words.push_back(Word);
  return llvm::join(Words, ", ");
}

inline const char *describe(FindingKind K) {
  switch (K) {
  case FindingKind::PutWithoutReset: return "put-without-reset";
  case FindingKind::DoublePut: return "double-put";
  case FindingKind::UseAfterPut: return "use-after-put";
  case FindingKind::Leak: return "leak";
  case FindingKind::ForeignPut: return "foreign-put";
  case FindingKind::LongLived: return "long-lived";
  case FindingKind::Retained: return "retained";
  case FindingKind::NestedClose: return "nested-close";
  case FindingKind::Unguarded: return "unguarded";
  case FindingKind::DirtyAcquire: return "dirty-acquire";
  case FindingKind::UncheckedAcquire: return "unchecked-acquire";
  case FindingKind::OversizedPut: return "oversized-put";
  case FindingKind::UnbalancedPut: return "unbalanced-put";
  case FindingKind::DanglingView: return "dangling-view";
  case FindingKind::SharedAcross: return "shared-across";
  }
  return "?";
}

inline const char *describe(StepKind K) {
  switch (K) {
  case StepKind::Acquired: return "acquired";
  case StepKind::Changed: return "changed";
  case StepKind::Branch: return "branch";
  case StepKind::Put: return "put";
  case StepKind::PutAtScopeEnd: return "put at scope end";
  case StepKind::PutFailed: return "put failed";
  case StepKind::Lost: return "lost";
  case StepKind::Overwritten: return "overwritten";
  case StepKind::Returned: return "returned";
  case StepKind::Thrown: return "thrown";
  case StepKind::Discarded: return "discarded";
  case StepKind::Stored: return "stored";
  case StepKind::OpenedWithin: return "opened within";
  case StepKind::Grown: return "grown";
  case StepKind::Viewed: return "viewed";
  case StepKind::HandedToTask: return "handed to task";
  }
  return "?";
}

} // namespace pooltidy

#endif

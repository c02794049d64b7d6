//===- Left.cpp - what is known where a function returns ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A callee that gives a flag a value, or comes back only where its argument is
// something, tells its caller so: `guard.dismiss()`, `require(b != nullptr)`,
// `if (!valid(b)) return;`. The base run knows it at the exit; a call makes it
// known behind the call.
//
//===----------------------------------------------------------------------===//
#include "Transfer.h"
#include "llvm/ADT/STLExtras.h"

namespace pooltidy {

namespace {

/// More flags than one function sets for its caller to ask.
constexpr size_t MaxLeft = 8;

/// True for a parameter as it was given, for a field or object that one or `this`
/// leads to by a way that no assignment changes, and for a part of the result.
bool isTold(const PlaceTable &Places, const FunctionFacts &Function, PlaceId P) {
  PlaceId Root = Places.rootOf(P);
  PlaceKind Kind = Places[Root].Kind;
  if (Kind == PlaceKind::Result && P != Root) {
    while (Places[P].Kind == PlaceKind::Field ||
           (Places[P].Kind == PlaceKind::Element && !Places.isOneOfMany(P)))
      P = Places[P].Parent;
    return P == Root;
  }
  if ((Kind != PlaceKind::This && Kind != PlaceKind::Param) ||
      Function.Assigned.count(Root))
    return false;
  if (P == Root)
    return Kind == PlaceKind::Param;
  for (; Places[P].Parent != Root; P = Places[P].Parent)
    if (Places[P].Kind != PlaceKind::Field &&
        !(Places[P].Kind == PlaceKind::Deref &&
          Places.isCaptured(Places[P].Parent)))
      return false;
  return Places[P].Kind == PlaceKind::Deref;
}

/// What is known of the places that a caller knows too in all of \p Ends, of
/// \p Globals among them if so.
Ranges commonly(const PlaceTable &Places, const FunctionFacts &Function,
                llvm::ArrayRef<const PathState *> Ends, bool Globals = false) {
  Ranges Out;
  for (auto [P, R] : Ends.front()->Ranges) {
    if (R.Believed || !(isTold(Places, Function, P) ||
                        (Globals && Places[P].Kind == PlaceKind::Global)))
      continue;
    for (const PathState *End : llvm::drop_begin(Ends))
      R = R.joined(End->rangeOf(P));
    if (!R.isAny() && Out.size() < MaxLeft)
      Out.push_back({P, R});
  }
  return Out;
}

bool isRoot(const PlaceTable &Places, PlaceId P) {
  return Places[P].Parent == NoPlace;
}

} // namespace

/// True when a call of \p C may change what is in the caller's \p P.
bool Transfer::mayWrite(const PathState &State, const CallSite &C, PlaceId P) {
  if (assigns(State, C, P))
    return true;
  if (C.Callee->WritesUnknown &&
      (Places.isShared(P) || Places[Places.rootOf(P)].AddressTaken))
    return true;
  // Behind a plain pointer the whole may be written; of an object, members that
  // are none of those above are not, unless all of it is.
  return llvm::any_of(C.Bindings, [&](const auto &Binding) {
    PlaceId Whole = Binding.second.Place;
    if (Binding.second.Is != Operand::Address || !Places.isWithin(P, Whole))
      return false;
    PlaceId Q = P;
    while (Q != Whole && Places[Q].Kind == PlaceKind::Field)
      Q = Places[Q].Parent;
    return Q != Whole || P == Whole || C.Made != NoPlace ||
           llvm::any_of(C.Callee->WritesBehind, [&](PlaceId W) {
             return Places.rootOf(W) == Binding.first;
           });
  });
}

/// What a caller may know of its own places, and of the result, on this way out.
Ranges Solver::leftAt(const PathState &End) const {
  Ranges Out = commonly(Places, Function, {&End}, true);
  llvm::erase_if(Out, [&](auto &E) {
    return isRoot(Places, E.first) && Places[E.first].Kind != PlaceKind::Global;
  });
  return Out;
}

void Solver::tellLeft(Summary &Out) const {
  if (Exits.empty() || !GaveUp.empty())
    return;
  PlaceId Result = Function.Result;
  llvm::SmallVector<const PathState *, 4> All, Zero, Other;
  for (const PathState &End : Exits) {
    All.push_back(&End);
    if (Result == NoPlace)
      continue;
    Range R = End.rangeOf(Result);
    if (R.isZero())
      Zero.push_back(&End);
    else if (R.isNonZero())
      Other.push_back(&End);
  }
  Out.Left = commonly(Places, Function, All);
  for (const auto &[P, M] : All.front()->Truths)
    if ((P == Result || (isTold(Places, Function, P) && !isRoot(Places, P))) &&
        isTold(Places, Function, M.Place) && Out.LeftAs.size() < MaxLeft &&
        llvm::all_of(All, [&, P = P, M = M](const PathState *End) {
          return llvm::is_contained(End->Truths, std::pair(P, M));
        }))
      Out.LeftAs.push_back({P, M});
  if (Zero.empty() || Other.empty() || Zero.size() + Other.size() != All.size())
    return;
  Out.IfZero = commonly(Places, Function, Zero);
  Out.IfOther = commonly(Places, Function, Other);
  for (const auto &[P, R] : Out.IfZero)
    for (const auto &[Q, Else] : Out.IfOther)
      if (P == Q && ((R.isZero() && Else.isNonZero()) ||
                     (R.isNonZero() && Else.isZero()))) {
        Out.LeftAs.push_back({Result, {{P, R.isZero() ? Cmp::NE : Cmp::EQ, 0}}});
        return;
      }
}

/// \p Dst is told by \p M from here on.
void Transfer::becomes(PathState &State, PlaceId Dst, Meaning M) {
  if (M.Place == Dst)
    return;
  Range R = State.rangeOf(M.Place), Yes = R, No = R;
  Yes.keep(M.Op, M.Constant);
  No.keep(negate(M.Op), M.Constant);
  if (M.Same && !R.isAny())
    State.setRange(Dst, R);
  if (M.Same && R.Low == R.High)
    return;
  if (!M.Same && No.isEmpty())
    return State.setRange(Dst, Range::exactly(1));
  if (!M.Same && Yes.isEmpty())
    return State.setRange(Dst, Range::exactly(0));
  insertOnce(State.Truths, Dst, M);
}

/// What a call that comes back tells of its arguments as they were; false when
/// with these it does not come back. \p Can says what it may answer.
bool Transfer::leftByParameters(PathState &State, const CallSite &C, Answer &Can) {
  const Summary &Sum = *C.Callee;
  if (C.Maybe)
    return true;
  auto OfParameters = [&](const Ranges &All) {
    Ranges Out;
    for (const auto &Entry : All)
      if (isRoot(Places, Entry.first))
        Out.push_back(Entry);
    return Out;
  };
  if (!Sum.Left.empty() && !fits(State, C, OfParameters(Sum.Left)))
    return false;
  auto CanBe = [&](const Ranges &When) {
    Ranges Given = OfParameters(When);
    if (Given.empty())
      return true;
    PathState Then = State;
    return fits(Then, C, Given);
  };
  Can = {CanBe(Sum.IfZero), CanBe(Sum.IfOther)};
  return Can.CanBeZero || Can.CanBeOther;
}

/// \p R is known of what the callee calls \p P; false when it cannot be.
bool Transfer::leftBehind(PathState &State, const CallSite &C, PlaceId P,
                          const Range &R) {
  if (isRoot(Places, P)) {
    Operand Given = translate(State, C, P);
    bool Stays = Given.Is != Operand::Value || Given.Place == NoPlace ||
                 !mayWrite(State, C, Given.Place);
    return !Stays || fits(State, C, {{P, R}});
  }
  PlaceId Where = storage(State, C, P);
  // Where the lease was and nothing is now, the names will tell.
  if (Where == NoPlace || (R.isZero() && State.names(Where)))
    return true;
  Range Known = State.rangeOf(Where);
  bool Fits = Known.meet(R);
  // Two ways of the callee's to one place: the call says no more than that.
  if (!Fits && mayWrite(State, C, Where))
    Known = R, Fits = true;
  State.setRange(Where, Fits ? Known : State.rangeOf(Where));
  return Fits;
}

bool Transfer::leftWithLease(PathState &State, const Fact &Acquired, bool Failed) {
  if (Acquired.Call == ~0u)
    return true;
  const CallSite &C = S.Function.Calls[Acquired.Call];
  PlaceId Dst = canonical(State, Acquired.Dst);
  for (const FreshLease &L : C.Callee->Fresh)
    if (L.Family == Acquired.Family && storage(State, C, L.Out) == Dst)
      return llvm::all_of(Failed ? L.Without : L.Left, [&](const auto &Entry) {
        return leftBehind(State, C, Entry.first, Entry.second);
      });
  return true;
}

/// Likewise of what it was given, when it has come back; false when it cannot.
bool Transfer::leftByCall(PathState &State, const CallSite &C, Answer Can) {
  const Summary &Sum = *C.Callee;
  if (C.Maybe)
    return true;
  for (const auto &[P, R] : Sum.Left)
    if (!isRoot(Places, P) && !leftBehind(State, C, P, R))
      return false;
  for (const auto &[P, M] : Sum.LeftAs) {
    PlaceId Where = storage(State, C, P);
    Operand By = translate(State, C, M.Place);
    if (Where == NoPlace || State.names(Where))
      continue;
    Range Number;
    switch (By.Is) {
    case Operand::None:
      break;
    case Operand::Value:
      if (By.Place != NoPlace &&
          (!isRoot(Places, M.Place) || !mayWrite(State, C, By.Place)))
        becomes(State, Where, {{By.Place, M.Op, M.Constant}, M.Same});
      break;
    case Operand::Address:
      Number.keep(Cmp::GT, 0);
      break;
    case Operand::Constant:
      Number = Range::exactly(By.Number);
      break;
    case Operand::Truth: {
      Predicate Test = By.Test;
      Test.Place = canonical(State, Test.Place);
      if (mayWrite(State, C, Test.Place))
        break;
      if (M.Same || (M.Op == Cmp::NE && M.Constant == 0))
        becomes(State, Where, {Test, false});
      else if (M.Op == Cmp::EQ && M.Constant == 0)
        becomes(State, Where, {Test.negated(), false});
      break;
    }
    }
    if (Number.isAny())
      continue;
    Range Yes = Number, No = Number;
    Yes.keep(M.Op, M.Constant);
    No.keep(negate(M.Op), M.Constant);
    if (M.Same)
      State.setRange(Where, Number);
    else if (Yes.isEmpty() || No.isEmpty())
      State.setRange(Where, Range::exactly(No.isEmpty()));
  }
  if (Can.CanBeZero && Can.CanBeOther)
    return true;
  for (const auto &[P, R] : Can.CanBeZero ? Sum.IfZero : Sum.IfOther)
    if (!leftBehind(State, C, P, R))
      return false;
  if (C.Ret == NoPlace)
    return true;
  Range Answered = State.rangeOf(C.Ret);
  Answered.keep(Can.CanBeZero ? Cmp::EQ : Cmp::NE, 0);
  if (Answered.isEmpty())
    return false;
  State.setRange(C.Ret, Answered);
  return true;
}

} // namespace pooltidy

//===- SolverLeftTest.cpp - what is known where a function returns --------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

Range notZero() {
  Range R;
  R.keep(Cmp::NE, 0);
  return R;
}

struct SolverLeftTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), on = B.local("on"), r = B.local("r");
  // The callee: f(q, flag).
  PlaceId q = B.param("q"), Flag = B.param("flag"), Behind = B.deref(Flag);
  Summary Callee;

  void copyNumber(PlaceId Dst, PlaceId From) {
    Fact &C = B.fact(FactKind::Copy, "copy", Scalar);
    C.Dst = Dst;
    C.Src = Operand::value(From);
  }
  void call(Operand Given, Operand FlagGiven = {}, bool Maybe = false) {
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({q, Given});
    C.Bindings.push_back({Flag, FlagGiven});
    C.Ret = r;
    C.Maybe = Maybe;
    B.apply(C);
  }
  void putIf(PlaceId P) {
    B.either(B.nonNull(P), [&] { B.put(b); });
    B.put(b);
    B.leave();
  }
};

// --- what the callee's run says

TEST_F(SolverLeftTest, AFlagThatItSets) {
  B.assign(Behind, 0);
  B.leave();
  B.run();
  EXPECT_EQ(B.Sum.Left, (Ranges{{Behind, Range::exactly(0)}}));
}

TEST_F(SolverLeftTest, NoFlagThatItSetsOnOneWay) {
  B.either(B.unknown(), [&] { B.assign(Behind, 0); });
  B.leave();
  B.run();
  EXPECT_EQ(B.Sum.Left, Ranges());
}

TEST_F(SolverLeftTest, AnArgumentWithoutWhichItDoesNotComeBack) {
  B.either(B.null(q), [&] { B.stop(); });
  B.leave();
  B.run();
  EXPECT_EQ(B.Sum.Left, (Ranges{{q, notZero()}}));
}

TEST_F(SolverLeftTest, NoArgumentThatItAssigns) {
  B.F.Assigned.insert(q);
  B.assign(q, 1);
  B.leave();
  B.run();
  EXPECT_EQ(B.Sum.Left, Ranges());
}

TEST_F(SolverLeftTest, AFieldByAnArgument) {
  PlaceId Own = B.arrow(B.thisPointer(), "own");
  copyNumber(Own, q);
  B.leave();
  B.run();
  ASSERT_EQ(B.Sum.LeftAs.size(), 1u);
  EXPECT_EQ(B.Sum.LeftAs[0].first, Own);
  EXPECT_EQ(B.Sum.LeftAs[0].second, (Meaning{{q, Cmp::NE, 0}, true}));
}

TEST_F(SolverLeftTest, TheAnswerByAnArgument) {
  PlaceId Result = B.result();
  B.either(B.null(q), [&] { B.giveBack(Operand::constant(0)); });
  B.giveBack(Operand::constant(1));
  B.run();
  ASSERT_EQ(B.Sum.LeftAs.size(), 1u);
  EXPECT_EQ(B.Sum.LeftAs[0].first, Result);
  EXPECT_EQ(B.Sum.LeftAs[0].second, (Meaning{{q, Cmp::NE, 0}, false}));
}

TEST_F(SolverLeftTest, HalfAnAnswer) {
  B.result();
  B.either(B.null(q), [&] { B.giveBack(Operand::constant(0)); });
  B.either(B.unknown(), [&] { B.giveBack(Operand::constant(0)); });
  B.giveBack(Operand::constant(1));
  B.run();
  EXPECT_TRUE(B.Sum.LeftAs.empty());
  EXPECT_TRUE(B.Sum.IfZero.empty());
  EXPECT_EQ(B.Sum.IfOther, (Ranges{{q, notZero()}}));
}

// --- what a call of it makes known

TEST_F(SolverLeftTest, CallSetsAFlag) {
  Callee.Left = {{Behind, Range::exactly(0)}};
  Callee.WritesBehind.push_back(Behind);
  B.assign(on, 1);
  B.acquire(b);
  call({}, Operand::address(on));
  putIf(on);
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeftTest, CallThatMayNotHappenSetsNone) {
  Callee.Left = {{Behind, Range::exactly(0)}};
  Callee.WritesBehind.push_back(Behind);
  B.assign(on, 1);
  B.acquire(b);
  call({}, Operand::address(on), true);
  putIf(on);
  EXPECT_EQ(B.run(), "double-put of b at put 2");
}

TEST_F(SolverLeftTest, CallThatDoesNotComeBack) {
  Callee.Left = {{q, notZero()}};
  B.assign(on, 0);
  call(Operand::value(on));
  B.test(1);
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
}

TEST_F(SolverLeftTest, CallThatComesBackTellsOfItsTest) {
  Callee.Left = {{q, notZero()}};
  B.acquire(b);
  call(Operand::truth(B.null(on)));
  putIf(on);
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeftTest, FieldIsWhatWasGiven) {
  Callee.LeftAs = {{Behind, {{q, Cmp::NE, 0}, true}}};
  Callee.WritesBehind.push_back(Behind);
  B.acquire(b);
  call(Operand::constant(3), Operand::address(on));
  B.either(B.is(on, 3), [&] { B.put(b); }, [&] { B.test(1); });
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverLeftTest, AnswerTellsOfTheArgument) {
  Callee.LeftAs = {{B.result(), {{q, Cmp::NE, 0}}}};
  B.acquire(b);
  call(Operand::value(on));
  B.either(B.nonNull(on), [&] { B.put(b); },
           [&] { B.either(B.null(r), [&] { B.put(b); }); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeftTest, OneAnswerOnly) {
  Callee.IfOther = {{q, notZero()}};
  B.assign(on, 0);
  B.acquire(b);
  call(Operand::value(on));
  B.either(B.null(r), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- what goes with a lease that the callee hands out

TEST_F(SolverLeftTest, FieldsOfTheResultWithTheLeaseAndWithout) {
  PlaceId Result = B.result(), Conn = B.field(Result, "conn"),
          Error = B.field(Result, "error");
  B.acquire(b, MayFail, B.nonNull(b));
  B.copy(Conn, b);
  B.either(B.null(b), [&] { B.assign(Error, -1); }, [&] { B.assign(Error, 0); });
  B.leave();
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  auto Of = [&](const Ranges &All) {
    for (const auto &[P, R] : All)
      if (P == Error)
        return R;
    return Range();
  };
  EXPECT_EQ(Of(B.Sum.Fresh[0].Left), Range::exactly(0));
  EXPECT_EQ(Of(B.Sum.Fresh[0].Without), Range::exactly(-1));
}

TEST_F(SolverLeftTest, TheCallerAsksThatField) {
  PlaceId Result = B.result(), Conn = B.field(Result, "conn"),
          Error = B.field(Result, "error");
  FreshLease L;
  L.Out = Conn;
  L.Family = 0;
  L.Left = {{Error, Range::exactly(0)}};
  L.Without = {{Error, Range::exactly(-1)}};
  Callee.Fresh.push_back(L);
  call({});
  Fact &F = B.acquire(B.field(r, "conn"), MayFail, B.nonNull(B.field(r, "conn")));
  F.Call = 0;
  B.either(B.is(B.field(r, "error"), 0),
           [&] { B.put(B.field(r, "conn"), NoResetNeeded); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- what a callee assigns, and where

TEST_F(SolverLeftTest, OnlyInTheObjectThatItIsGiven) {
  PlaceId One = B.local("one"), Two = B.local("two");
  PlaceId Written = B.field(Behind, "on"), Asked = B.field(Two, "on");
  Callee.Writes.push_back(B.Places[Written].Symbol);
  Callee.WritesAt.push_back(Written);
  B.either(B.nonNull(Asked), [&] { B.acquire(b); }, [&] { B.leave(); B.in(B.block()); });
  call({}, Operand::address(One));
  putIf(Asked);
  EXPECT_EQ(B.run(), "double-put of b at put 2");
}

// --- copies of numbers

TEST_F(SolverLeftTest, ACopyIsAskedForWhatWasCopied) {
  B.acquire(b);
  copyNumber(r, on);
  B.either(B.is(on, 7), [&] { B.put(b); });
  B.either(B.is(r, 7), [&] {}, [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeftTest, ButNotWhenThatHasChanged) {
  B.acquire(b);
  copyNumber(r, on);
  B.assign(on);
  B.either(B.is(on, 7), [&] { B.put(b); });
  B.either(B.is(r, 7), [&] {}, [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2\nleak of b at acquire");
}

} // namespace
} // namespace pooltidy

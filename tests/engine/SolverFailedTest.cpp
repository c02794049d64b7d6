//===- SolverFailedTest.cpp - facts about acquires that fail --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverFailedTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), t = B.temp();
  PlaceId len = B.arrow(b, "len");

  void acquire(uint32_t More = NoFlags) {
    B.acquire(t, MayFail | More, B.nonNull(t));
    B.copy(b, t);
    B.tempsEnd();
  }
  void asserts(Predicate P, PlaceId About = NoPlace) {
    Fact &F = B.fact(FactKind::Assert, "assert");
    F.Test = P;
    F.Dst = About;
  }
  void end() {
    B.put(b, NoResetNeeded);
    B.leave();
  }
};

TEST_F(SolverFailedTest, LookedBehindAtOnce) {
  acquire();
  B.read(len);
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read");
  EXPECT_EQ(B.path(), "acquired @ acquire");
}

TEST_F(SolverFailedTest, WhatCannotFailNeedsNoTest) {
  B.acquire(t, NoFlags, B.nonNull(t));
  B.copy(b, t);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, TestedOnTheWay) {
  acquire();
  B.either(B.nonNull(b), [&] { B.read(len); });
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, TestedAndForgotten) {
  acquire();
  B.either(B.nonNull(b), [&] { B.read(len); });
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at write");
  EXPECT_EQ(B.path(), "acquired @ acquire > branch(false) @ branch");
}

TEST_F(SolverFailedTest, EachPathOnce) {
  acquire();
  B.either(B.unknown(), [&] { B.read(len); }, [&] { B.write(len); });
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read\n"
                     "unchecked-acquire of b at write");
}

TEST_F(SolverFailedTest, AKeptAnswerCounts) {
  PlaceId ok = B.local("ok");
  acquire();
  B.assign(ok, B.nonNull(b));
  B.clobber();
  B.either(B.nonNull(ok), [&] { B.read(len); });
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, AnotherValue) {
  PlaceId other = B.param("other");
  acquire();
  B.either(B.null(b), [&] { B.copy(b, other); });
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, AnAssertionIsATest) {
  acquire();
  asserts(B.nonNull(b));
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, AnAssertionOfSomethingElse) {
  PlaceId other = B.param("other");
  acquire();
  asserts(B.nonNull(other));
  asserts({}, other);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read");
}

TEST_F(SolverFailedTest, AnAssertionNobodyUnderstands) {
  acquire();
  asserts({}, b);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, AnAssertionHoldsForEveryRun) {
  PlaceId p = B.param("p");
  asserts(B.nonNull(p));
  B.read(B.arrow(p, "len"));
  B.leave();
  B.run({p});
  ASSERT_EQ(B.Sum.Entities.size(), 1u);
  EXPECT_FALSE(B.Sum.Entities[0].Outcomes[0].Unchecked);
}

TEST_F(SolverFailedTest, OnlyPassedOn) {
  acquire();
  B.use(b);
  B.write(B.deref(b), Passed | Unsure);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverFailedTest, NeededByTheCallee) {
  acquire();
  B.fact(FactKind::Use, "need", Needed).Src = Operand::value(b);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at need");
}

TEST_F(SolverFailedTest, WhoeverWasAskedMayHaveTold) {
  PlaceId answer = B.temp();
  acquire();
  Fact &F = B.fact(FactKind::Use, "ask", Asks);
  F.Src = Operand::value(b);
  F.Dst = answer;
  B.either(B.nonNull(answer), [&] { B.read(len); });
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read?");
}

TEST_F(SolverFailedTest, UnknownCodeNeedNotComeBack) {
  acquire();
  B.either(B.null(b), [&] { B.clobber(); });
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read?");
}

TEST_F(SolverFailedTest, NothingButItsName) {
  acquire(UnsureFailure);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read?");
}

TEST_F(SolverFailedTest, AStatusTells) {
  PlaceId status = B.local("status");
  B.acquire(b, MayFail, B.is(status, 0));
  B.either(B.is(status, 0), [&] { B.read(len); }, [&] { B.write(len); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire\n"
                     "unchecked-acquire of b at write");
}

TEST_F(SolverFailedTest, ANegativeNumber) {
  PlaceId id = B.local("id");
  B.acquire(id, MayFail, {id, Cmp::GE, 0});
  B.either({id, Cmp::NE, 0}, [&] {
    Fact &F = B.fact(FactKind::Use, "index", Needed);
    F.Src = Operand::value(id);
    F.Index = 1;
  });
  B.put(id, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unchecked-acquire of id at index");
  EXPECT_EQ(B.Findings[0].Other, "index");
}

TEST_F(SolverFailedTest, PutAndGone) {
  acquire();
  B.put(b, NoResetNeeded);
  B.assign(b, 0);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- summaries

struct FailedCallTest : SolverFailedTest {
  PlaceId p = B.param("p");
  Summary Callee;
  void outcome(bool Unchecked, Range Given = {}) {
    if (Callee.Entities.empty())
      Callee.Entities.push_back({p, {}});
    Outcome O;
    O.Used = true;
    O.Unchecked = Unchecked;
    if (!Given.isAny())
      O.Given.push_back({p, Given});
    Callee.Entities[0].Outcomes.push_back(O);
  }
  void call() {
    Callee.Returns = true;
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({p, Operand::value(b)});
    B.apply(C);
  }
};

TEST_F(FailedCallTest, TheCalleeLooksBehindIt) {
  outcome(true);
  acquire();
  call();
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at call");
}

TEST_F(FailedCallTest, TheCalleeAsks) {
  outcome(false);
  acquire();
  call();
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(FailedCallTest, TheCalleeComesBackOnlyWithOne) {
  Range Some;
  Some.keep(Cmp::NE, 0);
  outcome(false, Some);
  acquire();
  call();
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(FailedCallTest, OnSomeOfItsPaths) {
  outcome(true);
  outcome(false);
  acquire();
  call();
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at call?");
}

TEST_F(SolverFailedTest, WhetherAFunctionAsks) {
  PlaceId p = B.param("p"), q = B.param("q");
  B.either(B.nonNull(p), [&] { B.read(B.arrow(p, "len")); });
  B.read(B.arrow(q, "len"));
  B.leave();
  B.run({p, q});
  ASSERT_EQ(B.Sum.Entities.size(), 2u);
  EXPECT_FALSE(B.Sum.Entities[0].Outcomes[0].Unchecked);
  EXPECT_TRUE(B.Sum.Entities[1].Outcomes[0].Unchecked);
}

TEST_F(SolverFailedTest, AWrapperMayGiveNullToo) {
  B.acquire(t, MayFail, B.nonNull(t));
  B.result();
  B.giveBack(t);
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_TRUE(B.Sum.Fresh[0].Flags & MayFail);
}

TEST_F(SolverFailedTest, AWrapperThatReplacesIt) {
  PlaceId other = B.param("other");
  B.result();
  acquire();
  B.either(B.null(b), [&] { B.copy(b, other); });
  B.giveBack(b);
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_FALSE(B.Sum.Fresh[0].Flags & MayFail);
}

TEST_F(SolverFailedTest, AWrapperThatSaysSo) {
  B.result();
  BlockId Then = B.block(), Else = B.block();
  acquire();
  B.branch(B.nonNull(b), Then, Else);
  B.in(Then);
  B.giveBack(b);
  B.in(Else);
  Fact &F = B.fact(FactKind::Return, "return", GivesPointer);
  F.Src = Operand::constant(0);
  B.leave();
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_TRUE(B.Sum.Fresh[0].NullElsewhere);
}

TEST_F(SolverFailedTest, AGuardIsKnownByItsOwnName) {
  PlaceId guard = B.local("guard"), held = B.field(guard, "held");
  B.acquire(held, MayFail | NotOwned, B.nonNull(held)).Src = Operand::address(guard);
  B.read(B.arrow(held, "len"));
  B.leave();
  EXPECT_EQ(B.run(), "unchecked-acquire of guard at read");
}

TEST_F(SolverFailedTest, WhatAGuardNotedMayTell) {
  PlaceId guard = B.local("guard"), held = B.field(guard, "held");
  B.acquire(held, MayFail | NotOwned, B.nonNull(held)).Src = Operand::address(guard);
  B.either(B.nonNull(B.field(guard, "failed")), [&] { B.leave(); });
  B.read(B.arrow(held, "len"));
  B.leave();
  EXPECT_EQ(B.run(), "unchecked-acquire of guard at read?");
}

TEST_F(SolverFailedTest, AStatusGivenToUnseenCode) {
  PlaceId code = B.local("code");
  B.acquire(b, MayFail, B.is(code, 0));
  B.take(code);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "unchecked-acquire of b at read?");
}

TEST_F(SolverFailedTest, AStatusOfAnotherNumberThanZero) {
  PlaceId code = B.local("code");
  B.acquire(b, MayFail, {code, Cmp::NE, 2});
  B.either(B.is(code, 2), [&] { B.leave(); });
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

struct OutAnswersTest : SolverFailedTest {
  PlaceId out = B.deref(B.param("out")), any = B.param("any");
  OutAnswers ask() {
    B.result();
    return Solver(B.Places, B.F, B.Families).outAnswers(out);
  }
};

TEST_F(OutAnswersTest, LeftAsItWas) {
  B.either(B.unknown(), [&] { B.giveBack(Operand::constant(-1)); });
  B.copy(out, any);
  B.giveBack(Operand::constant(0));
  OutAnswers O = ask();
  EXPECT_TRUE(O.Leaves && O.Fills);
  EXPECT_EQ(O.Left, Range::exactly(-1));
  EXPECT_EQ(O.Filled, Range::exactly(0));
}

TEST_F(OutAnswersTest, UnknownCodeFillsNothing) {
  B.assign(out, 0);
  B.either(B.unknown(), [&] {
    B.clobber();
    B.giveBack(Operand::constant(-1));
  });
  B.copy(out, any);
  B.clobber();
  B.giveBack(Operand::constant(0));
  EXPECT_EQ(ask().Left, Range::exactly(-1));
}

TEST_F(OutAnswersTest, SetToNull) {
  B.assign(out, 0);
  B.either(B.unknown(), [&] { B.giveBack(Operand::constant(0)); });
  B.copy(out, any);
  B.giveBack(Operand::constant(1));
  OutAnswers O = ask();
  EXPECT_EQ(O.Left, Range::exactly(0));
  EXPECT_EQ(O.Filled, Range::exactly(1));
}

TEST_F(OutAnswersTest, FilledOnEachWay) {
  B.copy(out, any);
  B.either(B.unknown(), [&] { B.giveBack(Operand::constant(-1)); });
  B.giveBack(Operand::constant(0));
  EXPECT_FALSE(ask().Leaves);
}

} // namespace
} // namespace pooltidy

//===- SolverViewsTest.cpp - what looks into a lease's object -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverViewsTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), c = B.local("c"), v = B.local("v"), w = B.local("w");

  PlaceId element(PlaceId P) {
    return B.Places.step(PlaceKind::Element, P, AnyElement);
  }
  /// b is acquired, and v looks into its field.
  void viewed() {
    B.acquire(b);
    B.derive(v, Operand::address(B.arrow(b, "text")));
  }
};

// --- what makes a view

TEST_F(SolverViewsTest, DerivedFromAField) {
  viewed();
  B.test(1);
  B.put(b);
  B.read(B.deref(v));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at read");
  EXPECT_EQ(B.at(1), "live clean owned: b seen by v");
  EXPECT_EQ(B.path(), "acquired @ acquire > viewed(v) @ derive > put @ put");
  EXPECT_EQ(B.Findings.at(0).Other, "v");
}

TEST_F(SolverViewsTest, DerivedFromAPointerToTheObject) {
  B.acquire(b);
  B.derive(v, Operand::value(b));
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b seen by v");
}

TEST_F(SolverViewsTest, DerivedFromAView) {
  viewed();
  B.derive(w, Operand::value(v));
  B.put(b);
  B.use(w);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, DerivedFromAnotherObject) {
  B.acquire(b);
  B.derive(v, Operand::address(B.arrow(c, "text")));
  B.derive(w, Operand::value(v));
  B.test(1);
  B.put(b);
  B.use(v);
  B.use(w);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverViewsTest, AddressOfAField) {
  B.acquire(b);
  B.point(v, B.arrow(b, "len"));
  B.put(b);
  B.write(B.deref(v));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at write");
}

TEST_F(SolverViewsTest, AddressOfAnElement) {
  B.acquire(b);
  B.point(v, element(B.deref(b)));
  B.put(b);
  B.read(element(B.deref(v)));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at read");
}

TEST_F(SolverViewsTest, AddressOfWhatTheObjectPointsTo) {
  B.acquire(b);
  B.point(v, B.deref(B.arrow(b, "next")));
  B.test(1);
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "") << "who owns that is not known";
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverViewsTest, AddressOfTheObjectIsAName) {
  B.acquire(b, InPlace);
  B.point(v, b);
  B.test(1);
  B.put(Operand::address(b));
  B.leave();
  B.run();
  EXPECT_EQ(B.at(1), "live clean owned in b");
}

TEST_F(SolverViewsTest, AddressWithinAView) {
  viewed();
  B.point(w, element(B.deref(v)));
  B.put(b);
  B.read(B.deref(w));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at read");
}

TEST_F(SolverViewsTest, WhatTheObjectKeepsInItself) {
  B.acquire(b);
  B.derive(B.arrow(b, "cursor"), Operand::address(B.arrow(b, "text")));
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverViewsTest, NumbersLookNowhere) {
  viewed();
  PlaceId n = B.local("n");
  B.copy(n, v);
  B.F.Blocks[B.F.Entry].Facts.back().Flags = Scalar;
  B.put(b);
  B.use(n);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- where it goes

TEST_F(SolverViewsTest, CopiesMovesAndSwaps) {
  viewed();
  B.copy(w, v);
  B.test(1);
  B.move(c, w);
  B.test(2);
  B.swap(c, B.local("d"));
  B.test(3);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b seen by v, w");
  EXPECT_EQ(B.at(2), "live clean owned: b seen by c, v");
  EXPECT_EQ(B.at(3), "live clean owned: b seen by d, v");
}

TEST_F(SolverViewsTest, MembersTravelWithTheirStruct) {
  PlaceId s = B.local("s"), t = B.local("t");
  B.acquire(b);
  B.derive(B.field(s, "word"), Operand::address(B.arrow(b, "text")));
  B.copy(t, s);
  B.put(b);
  B.use(B.field(t, "word"));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, MemberOfAPairOfViews) {
  viewed();
  B.copy(w, B.field(v, "first"));
  B.put(b);
  B.use(w);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, WhatIsReadThroughAViewIsNone) {
  viewed();
  B.copy(w, B.deref(v));
  B.copy(c, element(v));
  B.put(b);
  B.use(w);
  B.use(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, WhatIsReadThroughADeepViewIsOne) {
  B.acquire(b);
  B.derive(v, Operand::value(b), DeepView);
  B.copy(w, element(B.deref(v)));
  B.put(b);
  B.use(w);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, OtherValueEndsIt) {
  viewed();
  B.copy(v, c);
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, ResetEndsItAndSteppingDoesNot) {
  viewed();
  B.copy(w, v);
  B.reset(v);
  B.write(w);
  B.test(1);
  B.put(b);
  B.use(w);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
  EXPECT_EQ(B.at(1), "live clean owned: b seen by w");
}

TEST_F(SolverViewsTest, UnknownCallMaySetItAnew) {
  viewed();
  B.write(v, Unsure);
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, ScopeEndsIt) {
  viewed();
  B.scopeEnd(v);
  B.test(1);
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverViewsTest, UnknownCodeMayChangeSharedOnes) {
  PlaceId m = B.arrow(B.thisPointer(), "view");
  B.acquire(b);
  B.derive(m, Operand::address(B.arrow(b, "text")));
  B.clobber();
  B.put(b);
  B.use(m);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, OwnerGoneAndTheViewStays) {
  viewed();
  B.put(b, ByHandle);
  B.test(1);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
  EXPECT_EQ(B.at(1), "returned clean owned seen by v");
}

TEST_F(SolverViewsTest, OwnerMovedAndPutByAnother) {
  viewed();
  B.move(c, b);
  B.put(c);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

// --- what may be done with it

TEST_F(SolverViewsTest, ReadingAndCopyingItsOwnValue) {
  viewed();
  B.put(b);
  B.read(v);
  B.copy(w, v);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, UseBeforeThePut) {
  viewed();
  B.read(B.deref(v));
  B.use(v);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, FirstViolationEndsIt) {
  viewed();
  B.put(b);
  B.use(v);
  B.read(B.arrow(b, "len"));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, UseOfTheObjectIsNotAboutTheView) {
  viewed();
  B.put(b);
  B.read(B.arrow(b, "text"));
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at read");
}

TEST_F(SolverViewsTest, PointerToAViewLeadsToIt) {
  PlaceId p = B.local("p");
  viewed();
  B.point(p, v);
  B.put(b);
  B.use(B.deref(p));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, OneOfTwoPaths) {
  B.acquire(b);
  B.either(B.unknown(),
           [&] { B.derive(v, Operand::address(B.arrow(b, "text"))); });
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(SolverViewsTest, PathsWithAndWithoutStayApart) {
  Predicate P = B.nonNull(c);
  B.acquire(b);
  B.either(P, [&] { B.derive(v, Operand::address(B.arrow(b, "text"))); });
  B.put(b);
  B.either(P, [] {}, [&] { B.use(v); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, PutOnTheOtherPathOnly) {
  viewed();
  B.either(B.unknown(), [&] {
    B.put(b);
    B.leave();
  });
  B.use(v);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, ReallocatedObjectHasNoViewsYet) {
  B.acquire(b);
  B.point(v, B.arrow(b, "text"));
  B.fact(FactKind::Put, "put", 0).Src = Operand::value(b);
  Fact &Moved = B.F.Blocks[B.F.Entry].Facts.back();
  Moved.Flags = NoResetNeeded | Moves;
  Moved.Dst = c;
  Moved.Family = AnyFamily;
  Moved.Test = B.nonNull(c);
  B.use(v);
  B.put(c, NoResetNeeded);
  B.leave();
  B.run();
  EXPECT_EQ(B.Findings.at(0).Kind, FindingKind::DanglingView);
}

// --- leaving

TEST_F(SolverViewsTest, ReturnedAfterThePut) {
  B.result();
  viewed();
  B.put(b);
  B.giveBack(v);
  EXPECT_EQ(B.run(), "dangling-view of b at return");
  EXPECT_TRUE(B.Findings.at(0).Returned);
  EXPECT_FALSE(B.Findings.at(0).Left);
}

TEST_F(SolverViewsTest, ReturnedAndPutAtTheEnd) {
  B.result();
  viewed();
  BlockId End = B.block();
  B.fact(FactKind::Return, "return").Src = Operand::value(v);
  B.go(End);
  B.in(End);
  B.put(b, ByHandle);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at return");
  EXPECT_TRUE(B.Findings.at(0).Left);
}

TEST_F(SolverViewsTest, AddressOfAFieldReturnedAndPutAtTheEnd) {
  B.result();
  B.acquire(b);
  B.fact(FactKind::Return, "return").Src =
      Operand::address(B.arrow(b, "text"));
  B.put(b, ByHandle);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at return");
}

TEST_F(SolverViewsTest, ReturnedWithItsOwner) {
  B.result();
  viewed();
  B.copy(B.field(B.result(), "view"), v);
  B.move(B.field(B.result(), "owner"), b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverViewsTest, LeftInAMember) {
  B.acquire(b);
  B.derive(B.arrow(B.thisPointer(), "view"),
           Operand::address(B.arrow(b, "text")));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at derive");
  EXPECT_TRUE(B.Findings.at(0).Left);
}

// --- functions

TEST_F(SolverViewsTest, SummaryTellsWhatTheResultLooksInto) {
  PlaceId p = B.param("p");
  B.result();
  PlaceId t = B.temp();
  B.derive(t, Operand::address(B.arrow(p, "text")));
  B.giveBack(t);
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given seen by result");
}

TEST_F(SolverViewsTest, SummaryTellsThatAViewIsLookedThrough) {
  PlaceId p = B.param("p");
  B.derive(v, Operand::address(B.arrow(p, "text")));
  B.use(v);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given used");
}

struct CallsOfViews : SolverViewsTest {
  Summary Callee;
  PlaceId p = B.param("p"), Result = B.Places.root(PlaceKind::Result, 9999, "");
  PlaceId r = B.local("r");

  Outcome &outcome() {
    if (Callee.Entities.empty())
      Callee.Entities.push_back({p, {}});
    Callee.Returns = true;
    return Callee.Entities.back().Outcomes.emplace_back();
  }
  void call(Operand Given) {
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({p, Given});
    C.Ret = r;
    B.apply(C);
  }
};

TEST_F(CallsOfViews, ResultLooksIntoTheObject) {
  outcome().Views.push_back(Result);
  B.acquire(b);
  call(Operand::value(b));
  B.put(b);
  B.use(r);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(CallsOfViews, ResultLooksIntoAPart) {
  outcome().Views.push_back(Result);
  B.acquire(b);
  call(Operand::address(B.arrow(b, "head")));
  B.put(b);
  B.use(r);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(CallsOfViews, ResultIsTheViewAgain) {
  outcome().Names.push_back(Result);
  viewed();
  call(Operand::value(v));
  B.put(b);
  B.use(r);
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at use");
}

TEST_F(CallsOfViews, OneWayGivesAViewAndOneNull) {
  Outcome &Some = outcome();
  Some.Views.push_back(Result);
  Some.Result.keep(Cmp::NE, 0);
  outcome().Result = Range::exactly(0);
  B.acquire(b);
  call(Operand::value(b));
  B.put(b);
  B.either(B.null(r), [&] { B.use(r); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(CallsOfViews, CalleeLooksThroughADanglingOne) {
  outcome().Used = true;
  viewed();
  call(Operand::value(v));
  B.put(b);
  call(Operand::value(v));
  B.leave();
  EXPECT_EQ(B.run(), "dangling-view of b at call 2");
}

TEST_F(CallsOfViews, CalleeDoesNotLook) {
  outcome();
  viewed();
  B.put(b);
  call(Operand::value(v));
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(CallsOfViews, CalleeUsesAPartOfThePutObject) {
  outcome().Used = true;
  B.acquire(b);
  B.put(b);
  call(Operand::address(B.arrow(b, "head")));
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at call");
}

TEST_F(CallsOfViews, CalleeSetsItAnew) {
  PlaceId Behind = B.Places.step(PlaceKind::Deref, p);
  outcome();
  Callee.WritesBehind.push_back(Behind);
  viewed();
  call(Operand::address(v));
  B.put(b);
  B.use(v);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

} // namespace
} // namespace pooltidy

//===- SolverBelievedTest.cpp - what unknown code may have changed --------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverBelievedTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), i = B.local("i");
  PlaceId s = B.param("s"), Flag = B.arrow(s, "flag");

  void unknown() { B.fact(FactKind::Clobber, "call"); }
  void believe(Predicate P) {
    B.fact(FactKind::Assert, "condition", Believed).Test = P;
  }
  void putIf(Predicate P) {
    B.either(P, [&] { B.put(b, NoResetNeeded); });
    B.leave();
  }
};

TEST_F(SolverBelievedTest, AskedTwice) {
  B.assign(b, 0);
  B.either(B.nonNull(Flag), [&] { B.acquire(b); });
  putIf(B.nonNull(Flag));
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverBelievedTest, AskedAgainBehindACall) {
  B.assign(b, 0);
  B.either(B.nonNull(Flag), [&] { B.acquire(b); });
  unknown();
  putIf(B.nonNull(Flag));
  EXPECT_EQ(B.run(), "leak of b at acquire?");
}

TEST_F(SolverBelievedTest, AskedAgainOfWhatItWasGiven) {
  B.assign(b, 0);
  B.either(B.nonNull(Flag), [&] { B.acquire(b); });
  B.write(B.deref(s), Unsure);
  putIf(B.nonNull(Flag));
  EXPECT_EQ(B.run(), "leak of b at acquire?");
}

TEST_F(SolverBelievedTest, SureWrite) {
  B.assign(b, 0);
  B.either(B.nonNull(Flag), [&] { B.acquire(b); });
  B.write(B.deref(s));
  putIf(B.nonNull(Flag));
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverBelievedTest, SetHereAndNotAsked) {
  B.assign(Flag, 1);
  B.acquire(b);
  unknown();
  putIf(B.nonNull(Flag));
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverBelievedTest, AskedOnceMore) {
  B.assign(b, 0);
  B.either(B.nonNull(Flag), [&] { B.acquire(b); });
  unknown();
  // It has changed for good, and is known from here on.
  B.either(B.null(Flag), [&] { B.test(1); }, [&] { B.test(2); });
  putIf(B.nonNull(Flag));
  B.run();
  EXPECT_EQ(B.doubtsAt(1), "asked again");
  EXPECT_EQ(B.doubtsAt(2), "");
}

TEST_F(SolverBelievedTest, ToCallersItIsUnsure) {
  PlaceId q = B.param("q");
  B.either(B.null(Flag), [&] { B.leave(); B.in(B.block()); });
  unknown();
  B.either(B.nonNull(Flag), [&] { B.put(q, NoResetNeeded); });
  B.leave();
  B.run({q});
  EXPECT_NE(B.outcomes(q).find("unsure"), std::string::npos) << B.outcomes(q);
}

TEST_F(SolverBelievedTest, AnAssertionThatIsBelieved) {
  B.acquire(b);
  believe(B.is(i, 3));
  B.either(B.is(i, 3), [&] { B.put(b, NoResetNeeded); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverBelievedTest, AndOneThatCannotBe) {
  B.assign(i, 4);
  B.acquire(b);
  believe(B.is(i, 3));
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b"); // it goes on as if nothing had been said
}

} // namespace
} // namespace pooltidy

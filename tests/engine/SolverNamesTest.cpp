//===- SolverNamesTest.cpp - facts that move names and numbers ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverNamesTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), c = B.local("c");
};

// --- Copy

TEST_F(SolverNamesTest, CopyAddsAName) {
  B.acquire(b);
  B.copy(c, b);
  B.test(1);
  B.put(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b, c");
}

TEST_F(SolverNamesTest, CopyOntoItselfKeepsTheName) {
  B.acquire(b);
  B.copy(b, b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverNamesTest, CopyOverTheLastName) {
  B.acquire(b);
  B.copy(b, c);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > overwritten @ copy");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverNamesTest, CopyOfAStructTakesTheNamesWithin) {
  PlaceId s = B.local("s"), t = B.local("t");
  B.acquire(B.field(s, "buf"));
  B.copy(t, s);
  B.test(1);
  B.put(B.field(t, "buf"));
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: s.buf, t.buf");
}

TEST_F(SolverNamesTest, CopyToAGlobalLetsItGo) {
  B.acquire(b);
  B.copy(B.global("g"), b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean escaped: b, g");
}

TEST_F(SolverNamesTest, CopyToAnOutParameterGivesItOut) {
  PlaceId Out = B.param("out");
  B.acquire(b);
  B.copy(B.deref(Out), b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean given-out: *out, b");
}

TEST_F(SolverNamesTest, CopyOfAnAddressLeadsToTheLocal) {
  PlaceId p = B.local("p");
  B.acquire(b);
  B.point(p, b);
  B.put(B.deref(p));
  B.test(1);
  B.use(b);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at use");
  EXPECT_EQ(B.at(1), "returned clean owned: b");
}

TEST_F(SolverNamesTest, CopyOfACopiedAddress) {
  PlaceId p = B.local("p"), q = B.local("q");
  B.acquire(b);
  B.point(p, b);
  B.copy(q, p);
  B.copy(p, c);
  B.put(B.deref(q));
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverNamesTest, CopyIntoTheObjectChangesIt) {
  B.acquire(b);
  B.copy(B.arrow(b, "next"), c);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty(next) owned: b");
}

TEST_F(SolverNamesTest, CopyIntoTheObjectAfterThePut) {
  B.acquire(b);
  B.put(b);
  B.copy(B.arrow(b, "next"), c);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at copy");
}

TEST_F(SolverNamesTest, CopyTakesWhatIsKnownAlong) {
  B.assign(b, 5);
  B.copy(c, b);
  B.either(B.is(c, 5), [] {}, [&] { B.test(1); });
  B.assign(b, 6);
  B.either(B.is(c, 5), [&] { B.test(2); });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2));
}

// --- Move

TEST_F(SolverNamesTest, MoveLeavesNothingBehind) {
  B.acquire(b);
  B.move(c, b);
  B.test(1);
  B.either(B.nonNull(b), [&] { B.test(2); });
  B.put(b, ByHandle);
  B.put(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: c");
  EXPECT_EQ(B.at(2), "") << "what was moved from is null";
}

TEST_F(SolverNamesTest, MoveOverTheLastName) {
  B.acquire(b);
  B.move(b, c);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverNamesTest, MoveOfAStructTakesTheNamesWithin) {
  PlaceId s = B.local("s"), t = B.local("t");
  B.acquire(B.field(s, "buf"));
  B.move(t, s);
  B.test(1);
  B.put(B.field(t, "buf"));
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: t.buf");
}

TEST_F(SolverNamesTest, MoveOfAnObjectInPlace) {
  B.acquire(b, InPlace);
  B.move(c, b);
  B.test(1);
  B.put(Operand::address(c));
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned in c");
}

// --- Swap

TEST_F(SolverNamesTest, SwapExchangesNames) {
  B.acquire(b);
  B.swap(b, c);
  B.test(1);
  B.swap(b, c);
  B.test(2);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: c");
  EXPECT_EQ(B.at(2), "live clean owned: b");
}

TEST_F(SolverNamesTest, SwapExchangesNumbers) {
  B.assign(b, 1);
  B.assign(c, 2);
  B.swap(b, c);
  B.either(B.is(b, 2), [] {}, [&] { B.test(1); });
  B.either(B.is(c, 1), [] {}, [&] { B.test(1); });
  B.test(2);
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2));
}

// --- Assign

TEST_F(SolverNamesTest, AssignOfANumberDecidesBranches) {
  B.assign(c, 3);
  B.either(B.is(c, 3), [] {}, [&] { B.test(1); });
  B.assign(c);
  B.either(B.is(c, 3), [] {}, [&] { B.test(2); });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2)) << "an unknown value forgets the number";
}

TEST_F(SolverNamesTest, AssignOverTheLastName) {
  B.acquire(b);
  B.assign(b, 0);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > overwritten @ assign");
}

TEST_F(SolverNamesTest, AssignOfZeroClearsAField) {
  PlaceId Next = B.arrow(b, "next");
  B.acquire(b);
  B.write(Next);
  B.assign(Next, 0);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverNamesTest, AssignOfAnotherNumberChangesAField) {
  B.acquire(b);
  B.assign(B.arrow(b, "len"), 1);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty(len) owned: b");
}

TEST_F(SolverNamesTest, AssignOfATruthIsRemembered) {
  PlaceId ok = B.local("ok");
  B.assign(ok, B.is(c, 3));
  B.either(B.nonNull(ok), [&] {
    B.either(B.is(c, 3), [] {}, [&] { B.test(1); });
    B.test(2);
  }, [&] {
    B.either(B.is(c, 3), [&] { B.test(3); });
  });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2));
  EXPECT_FALSE(B.reached(3));
}

TEST_F(SolverNamesTest, AssignOfATruthThatIsKnown) {
  PlaceId ok = B.local("ok");
  B.acquire(b, NoFlags, B.nonNull(b));
  B.assign(ok, B.nonNull(b));
  B.either(B.null(ok), [&] { B.leave(); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverNamesTest, AssignOfWhatATruthIsAboutForgetsIt) {
  PlaceId ok = B.local("ok");
  B.assign(ok, B.is(c, 3));
  B.assign(c);
  B.either(B.nonNull(ok), [&] {
    B.either(B.is(c, 3), [] {}, [&] { B.test(1); });
  });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
}

// --- TempsEnd, ScopeEnd

TEST_F(SolverNamesTest, TempsEndDiscardsALease) {
  B.acquire(B.temp());
  B.tempsEnd();
  B.leave();
  EXPECT_EQ(B.run(), "leak of  at acquire") << "it never had a name";
  EXPECT_EQ(B.path(), "acquired @ acquire > discarded @ temps end");
}

TEST_F(SolverNamesTest, TempsEndKeepsOtherNames) {
  PlaceId t = B.temp();
  B.acquire(t);
  B.copy(b, t);
  B.tempsEnd();
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire") << "named by its first variable";
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverNamesTest, TempsEndForgetsNumbers) {
  PlaceId t = B.temp();
  B.assign(t, 1);
  B.either(B.is(t, 0), [&] { B.test(1); });
  B.tempsEnd();
  B.either(B.is(t, 0), [&] { B.test(2); });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2));
}

TEST_F(SolverNamesTest, ScopeEndOfTheLastName) {
  B.acquire(b);
  B.scopeEnd(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > lost @ scope end");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverNamesTest, ScopeEndOfOneOfTwoNames) {
  B.acquire(b);
  B.copy(c, b);
  B.scopeEnd(b);
  B.test(1);
  B.put(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: c");
}

TEST_F(SolverNamesTest, ScopeEndOfTheObjectItself) {
  B.acquire(b, InPlace);
  B.scopeEnd(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverNamesTest, ScopeEndOfAnEscapedLease) {
  B.acquire(b);
  B.store(b);
  B.scopeEnd(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- Return

TEST_F(SolverNamesTest, ReturnGivesTheLeaseToTheCaller) {
  B.result();
  B.acquire(b);
  B.giveBack(b);
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverNamesTest, ReturnOfSomethingElse) {
  B.result();
  B.acquire(b);
  B.giveBack(c);
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > returned @ return");
}

TEST_F(SolverNamesTest, ReturnAfterThePutIsAUse) {
  B.result();
  B.acquire(b);
  B.put(b);
  B.giveBack(b);
  EXPECT_EQ(B.run(), "use-after-put of b at return");
  EXPECT_TRUE(B.Findings[0].Returned);
}

} // namespace
} // namespace pooltidy

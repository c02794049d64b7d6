//===- SolverPathsTest.cpp - property simulation and confidence -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverPathsTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), c = B.local("c");
};

// --- what is told apart, and what merges

TEST_F(SolverPathsTest, CorrelatedFlagsStayApart) {
  PlaceId used = B.local("used");
  B.acquire(b);
  B.either(B.nonNull(used), [&] { B.write(B.deref(b)); });
  B.test(1);
  B.either(B.nonNull(used), [&] { B.reset(B.deref(b)); });
  B.test(2);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b | live dirty owned: b");
  EXPECT_EQ(B.at(2), "live clean owned: b");
}

TEST_F(SolverPathsTest, TheOtherArmDoesNotHelp) {
  PlaceId used = B.local("used");
  B.acquire(b);
  B.either(B.nonNull(used), [&] { B.write(B.deref(b)); });
  B.either(B.null(used), [&] { B.reset(B.deref(b)); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverPathsTest, OptionalAcquireAndItsPut) {
  PlaceId wanted = B.local("wanted");
  B.either(B.nonNull(wanted), [&] { B.acquire(b); });
  B.either(B.nonNull(wanted), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverPathsTest, PutOnOneArmOnly) {
  B.acquire(b);
  B.either(B.unknown(), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_FALSE(B.Findings[0].OnEveryPath);
  EXPECT_EQ(B.path(),
            "acquired @ acquire > branch(false) @ branch > returned @ end");
}

TEST_F(SolverPathsTest, JoinKeepsWhatBothArmsKnow) {
  PlaceId flag = B.local("flag");
  B.acquire(b);
  B.either(B.unknown(), [&] { B.assign(flag, 1); B.assign(c, 1); },
           [&] { B.assign(flag, 1); B.assign(c, 2); });
  B.either(B.is(flag, 0), [&] { B.test(1); });
  B.either(B.is(c, 1), [&] { B.test(2); });
  B.either(B.is(c, 3), [&] { B.test(3); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "") << "both arms set it";
  EXPECT_EQ(B.at(2), "live clean owned: b") << "only one arm set it";
  EXPECT_EQ(B.at(3), "") << "neither did";
}

TEST_F(SolverPathsTest, JoinForgetsWhatOneArmKnows) {
  PlaceId flag = B.local("flag");
  B.either(B.unknown(), [&] { B.assign(flag, 1); });
  B.either(B.is(flag, 0), [&] { B.test(1); });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
}

TEST_F(SolverPathsTest, JoinOfDifferentNamesStaysApart) {
  B.acquire(b);
  B.either(B.unknown(), [&] { B.move(c, b); });
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.at(1), "live clean owned: b | live clean owned: c");
}

TEST_F(SolverPathsTest, OptionalLeasesDoNotMultiply) {
  constexpr int N = 10;
  PlaceId Wanted[N], Lease[N];
  for (int I = 0; I < N; ++I) {
    Wanted[I] = B.local("wanted");
    Lease[I] = B.local("lease");
    B.either(B.nonNull(Wanted[I]), [&] { B.acquire(Lease[I]); });
  }
  B.test(1);
  for (int I = 0; I < N; ++I)
    B.either(B.nonNull(Wanted[I]), [&] { B.put(Lease[I]); });
  B.leave();
  EXPECT_EQ(B.run(), "");
  // One base run and one simulation for each lease, of one state each.
  EXPECT_EQ(B.Calls, unsigned(N + 1));
}

// --- loops

TEST_F(SolverPathsTest, LeaseOfOneRound) {
  B.loop(B.unknown(), [&] {
    B.acquire(b);
    B.write(B.deref(b));
    B.reset(B.deref(b));
    B.put(b);
  });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverPathsTest, LeaseLostInTheNextRound) {
  B.loop(B.unknown(), [&] { B.acquire(b); });
  B.either(B.nonNull(b), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverPathsTest, PutInTheNextRound) {
  B.acquire(b);
  B.loop(B.unknown(), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put\nleak of b at acquire");
}

TEST_F(SolverPathsTest, ChangeOfARoundBefore) {
  B.acquire(b);
  B.loop(B.unknown(), [&] {
    B.test(1);
    B.write(B.deref(b));
  });
  B.test(2);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b | live dirty owned: b");
  EXPECT_EQ(B.at(2), "live clean owned: b | live dirty owned: b");
}

TEST_F(SolverPathsTest, NamesGoRoundToAFixpoint) {
  // Rotates through three variables: every one has had it at the end.
  PlaceId d = B.local("d"), t = B.local("t");
  B.acquire(b);
  B.loop(B.unknown(), [&] {
    B.move(t, b);
    B.move(b, c);
    B.move(c, d);
    B.move(d, t);
  });
  B.test(1);
  B.put(b, ByHandle);
  B.put(c, ByHandle);
  B.put(d, ByHandle);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b | live clean owned: c | "
                     "live clean owned: d");
}

TEST_F(SolverPathsTest, LoopInALoop) {
  B.loop(B.unknown(), [&] {
    B.acquire(b);
    B.loop(B.unknown(), [&] {
      B.loop(B.unknown(), [&] { B.write(B.deref(b)); });
      B.reset(B.deref(b));
    });
    B.put(b);
  });
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.GaveUp, "");
}

TEST_F(SolverPathsTest, JumpIntoALoop) {
  // A graph that is not reducible: two ways into a circle.
  BlockId X = B.block(), Y = B.block(), End = B.block();
  B.acquire(b);
  B.branch(B.unknown(), X, Y);
  B.in(X);
  B.write(B.deref(b));
  B.go(Y);
  B.in(Y);
  B.test(1);
  B.branch(B.unknown(), X, End);
  B.in(End);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b | live dirty owned: b");
}

// --- limits

struct SolverLimitsTest : SolverPathsTest {
  /// Eight typestates: three fields, each changed or not.
  void eightStates() {
    B.acquire(b);
    B.write(B.arrow(b, "a"));
    for (const char *Name : {"x", "y", "z"})
      B.either(B.unknown(), [&] { B.write(B.arrow(b, Name)); });
    B.test(1);
    B.put(b);
    B.leave();
  }
};

TEST_F(SolverLimitsTest, FewStatesAreSure) {
  eightStates();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.doubtsAt(1), "");
}

TEST_F(SolverLimitsTest, ManyStatesArePossible) {
  B.Limits.StatesPerBlock = 1;
  eightStates();
  EXPECT_EQ(B.run(), "put-without-reset of b at put?");
  EXPECT_NE(B.doubtsAt(1).find("cap"), std::string::npos);
  EXPECT_EQ(B.GaveUp, "");
}

TEST_F(SolverLimitsTest, MergingKeepsLifeApart) {
  B.Limits.StatesPerBlock = 1;
  B.acquire(b);
  B.either(B.unknown(), [&] { B.put(b); });
  B.test(1);
  B.use(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire\nuse-after-put of b at use");
  EXPECT_EQ(B.at(1), "live clean owned: b | returned clean owned: b");
}

TEST_F(SolverLimitsTest, ManyVisitsDropBranchFacts) {
  PlaceId flag = B.local("flag"), n = B.local("n");
  B.assign(flag, 1);
  B.assign(n, 0);
  B.loop(B.unknown(), [&] { B.assign(n, 1); });
  B.either(B.is(flag, 0), [&] { B.test(1); });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  B.Limits.VisitsPerBlock = 0;
  B.run();
  EXPECT_TRUE(B.reached(1));
}

TEST_F(SolverLimitsTest, TooManyFactsStopTheFunction) {
  eightStates();
  B.run();
  EXPECT_EQ(B.GaveUp, "");
  B.Limits.FactsPerFunction = 3;
  B.run();
  EXPECT_EQ(B.GaveUp, "too many paths");
}

// --- confidence

TEST_F(SolverPathsTest, BranchOnTheLeaseIsOnlyPossible) {
  B.acquire(b);
  B.either(B.is(B.arrow(b, "len"), 0), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire?");
}

TEST_F(SolverPathsTest, EveryPathIsDefiniteWhateverItBranchesOn) {
  B.acquire(b);
  B.either(B.is(B.arrow(b, "len"), 0), [&] { B.use(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_TRUE(B.Findings[0].OnEveryPath);
}

TEST_F(SolverPathsTest, ResetWhereTheLeaseSaysSoCountsForBothArms) {
  B.acquire(b);
  B.write(B.deref(b));
  B.either(B.is(B.arrow(b, "len"), 0), [] {}, [&] { B.reset(B.deref(b)); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverPathsTest, ResetWhereSomethingElseSaysSoDoesNot) {
  B.acquire(b);
  B.write(B.deref(b));
  B.either(B.is(c, 0), [] {}, [&] { B.reset(B.deref(b)); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverPathsTest, DirtyOnBothArmsOfABranchOnTheLease) {
  B.acquire(b);
  B.write(B.deref(b));
  B.either(B.is(B.arrow(b, "len"), 0), [&] { B.use(b); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverPathsTest, OneSurePathSuffices) {
  B.acquire(b);
  B.either(B.unknown(), [&] { B.take(b); });
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverPathsTest, SurePathSufficesInEitherOrder) {
  B.acquire(b);
  B.either(B.unknown(), [] {}, [&] { B.take(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverPathsTest, AssumedThrowBesideASureLeak) {
  BlockId Catch = B.block();
  B.acquire(b);
  B.mayThrow(Catch, Assumed);
  B.leave();
  B.in(Catch);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire") << "every path leaks";
}

TEST_F(SolverPathsTest, WeakFamiliesGiveNothingDefinite) {
  B.Families[0].Possible = true;
  B.acquire(b);
  B.put(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2?");
}

TEST_F(SolverPathsTest, TwoFindingsOfOneLease) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2\nput-without-reset of b at put");
}

} // namespace
} // namespace pooltidy

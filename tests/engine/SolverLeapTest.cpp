//===- SolverLeapTest.cpp - regions that do not concern a lease -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What a simulation leaps over must leave it as a walk would have. That it does
// leap is seen by what it costs: a cap that no walk of all leases would keep.
//
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverLeapTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), flag = B.local("flag"), n = B.local("n");

  /// Branches, loops and straight lines that have nothing to do with `b`.
  void others(unsigned Times) {
    for (unsigned I = 0; I < Times; ++I) {
      B.either(B.unknown(), [&] { B.assign(n, 1); }, [&] { B.assign(n, 2); });
      B.loop(B.unknown(), [&] { B.assign(n); });
      for (unsigned J = 0; J < 20; ++J)
        B.assign(n, J);
    }
  }
};

TEST_F(SolverLeapTest, ManyLeasesDoNotCostTheSquare) {
  constexpr unsigned Leases = 100;
  B.Limits.FactsPerFunction = 100'000;
  std::vector<PlaceId> All;
  for (unsigned I = 0; I < Leases; ++I) {
    All.push_back(B.local("x"));
    B.acquire(All.back());
    others(1);
  }
  for (PlaceId P : All) {
    others(1);
    B.put(P);
  }
  B.either(B.unknown(), [&] { B.put(All[7]); });
  B.leave();
  EXPECT_EQ(B.run(), "double-put of x at put 101");
  EXPECT_EQ(B.GaveUp, "");
}

TEST_F(SolverLeapTest, OptionalLeasesKeepWhatTellsThemApart) {
  constexpr unsigned Leases = 100;
  B.Limits.FactsPerFunction = 100'000;
  std::vector<std::pair<PlaceId, PlaceId>> All;
  for (unsigned I = 0; I < Leases; ++I) {
    All.push_back({B.local("x"), B.local("wanted")});
    auto [X, Wanted] = All.back();
    B.either(B.nonNull(Wanted), [&, X = X] { B.acquire(X); });
    others(1);
  }
  for (auto [X, Wanted] : All)
    B.either(B.nonNull(Wanted), [&, X = X] { B.put(X); });
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.GaveUp, "");
}

TEST_F(SolverLeapTest, WhatARegionWritesIsKnownBehindIt) {
  B.assign(flag, 0);
  B.acquire(b);
  others(2);
  B.either(B.unknown(), [&] { B.assign(n, 1); });
  B.assign(flag, 1);
  others(2);
  B.either(B.nonNull(flag), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeapTest, WhatARegionMayWriteIsNotKnownBehindIt) {
  B.assign(flag, 1);
  B.acquire(b);
  others(2);
  B.either(B.unknown(), [&] { B.assign(flag, 0); });
  others(2);
  B.either(B.nonNull(flag), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverLeapTest, WhatThisPathKnowsSurvives) {
  B.either(B.unknown(), [&] { B.assign(flag, 1); B.acquire(b); },
           [&] { B.assign(flag, 0); });
  others(3);
  B.either(B.nonNull(flag), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeapTest, ARegionThatAsksWhatThisPathKnowsIsWalked) {
  PlaceId other = B.local("other");
  B.either(B.unknown(), [&] { B.assign(flag, 1); B.acquire(b); },
           [&] { B.assign(flag, 0); });
  B.either(B.nonNull(flag), [&] { B.assign(other, 1); },
           [&] { B.assign(other, 0); });
  others(3);
  B.either(B.nonNull(other), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeapTest, APointerToTheNameIsTheName) {
  PlaceId p = B.local("p");
  B.point(p, b);
  B.acquire(b);
  others(3);
  B.either(B.unknown(), [&] { B.put(B.deref(p)); });
  others(3);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
}

TEST_F(SolverLeapTest, TheTruthOfANameIsTheName) {
  B.acquire(b, NoFlags);
  B.assign(flag, B.nonNull(b));
  others(3);
  B.either(B.nonNull(flag), [&] { B.put(b); });
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeapTest, UnknownCodeForgetsASharedName) {
  PlaceId g = B.global("g");
  B.acquire(b);
  B.copy(g, b);
  B.put(b);
  others(3);
  B.either(B.unknown(), [&] { B.clobber(); }, [&] { B.clobber(); });
  others(3);
  B.put(g);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeapTest, AnEndWithinARegionIsAPathWithoutALeak) {
  B.acquire(b);
  others(2);
  B.either(B.unknown(), [&] { B.stop(); });
  others(2);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_FALSE(B.Findings[0].OnEveryPath);
}

TEST_F(SolverLeapTest, AnExceptionThatIsTheOnlyWayRemainsADoubt) {
  BlockId Handler = B.block();
  B.acquire(b);
  B.mayThrow(Handler, Assumed);
  B.stop();
  B.in(Handler);
  others(2);
  B.test(1);
  B.put(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
  EXPECT_EQ(B.doubtsAt(1), "assumed-throw");
}

TEST_F(SolverLeapTest, NullIsFollowedPastRegions) {
  B.result();
  B.assign(b, 0);
  others(2);
  B.giveBack(b);
  Solver S(B.Places, B.F, B.Families);
  auto Source = [&](const Fact &F) {
    return F.Kind == FactKind::Assign && F.Dst == b ? b : NoPlace;
  };
  EXPECT_EQ(S.nullReturns(Source).size(), 1u);
}

TEST_F(SolverLeapTest, ALoopThatPutsIsWalked) {
  B.acquire(b);
  B.assign(n, 0);
  B.loop(B.unknown(), [&] {
    others(1);
    B.either(B.is(n, 0), [&] { B.put(b); B.assign(n, 1); });
    others(1);
  });
  B.leave();
  EXPECT_EQ(B.run().find("leak of b at acquire"), 0u);
}

TEST_F(SolverLeapTest, LoopsOneAfterTheOtherAreNotWalkedTwiceEach) {
  B.Limits.FactsPerFunction = 60'000;
  B.acquire(b);
  for (unsigned I = 0; I < 200; ++I)
    B.loop(B.unknown(), [&] {
      B.loop(B.unknown(), [&] {
        B.loop(B.unknown(), [&] { B.assign(n); });
      });
    });
  B.put(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
  EXPECT_EQ(B.GaveUp, "");
}

} // namespace
} // namespace pooltidy

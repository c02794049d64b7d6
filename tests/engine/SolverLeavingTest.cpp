//===- SolverLeavingTest.cpp - throws that nothing shows ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverLeavingTest : testing::Test {
  Build B;
  PlaceId b = B.local("b");

  void mayLeave(BlockId To, uint32_t Flags = NoFlags) {
    B.fact(FactKind::MayLeave, "leave", Flags).Index = To;
  }
  /// A block on the way out that holds what \p Cleanup emits.
  BlockId wayOut(llvm::function_ref<void()> Cleanup) {
    BlockId Way = B.block();
    B.in(Way);
    Cleanup();
    B.go(B.F.ThrowExit);
    B.in(B.F.Entry);
    return Way;
  }
};

TEST_F(SolverLeavingTest, HeldByHand) {
  B.acquire(b);
  mayLeave(B.F.ThrowExit);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > thrown @ leave > put @ put");
}

TEST_F(SolverLeavingTest, NotWhileItIsHeld) {
  mayLeave(B.F.ThrowExit);
  B.acquire(b);
  B.put(b, NoResetNeeded);
  mayLeave(B.F.ThrowExit);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeavingTest, GoesNowhere) {
  B.acquire(b);
  mayLeave(NoBlock); // in a function that acquires nothing to lose
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeavingTest, PutOnTheWayOut) {
  BlockId Way = wayOut([&] { B.put(b, NoResetNeeded | ByHandle); });
  B.acquire(b);
  mayLeave(Way);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeavingTest, WayOutThatDoesNotPut) {
  PlaceId Other = B.local("other");
  BlockId Way = wayOut([&] { B.scopeEnd(Other); });
  B.acquire(b);
  mayLeave(Way);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of b at acquire");
}

TEST_F(SolverLeavingTest, ScopeThatEndsOnTheWayOut) {
  BlockId Way = wayOut([&] { B.scopeEnd(b); });
  B.acquire(b);
  mayLeave(Way);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of b at acquire");
}

// What a handle puts is not put by hand.
TEST_F(SolverLeavingTest, PutByAHandle) {
  B.acquire(b);
  mayLeave(B.F.ThrowExit);
  B.put(b, NoResetNeeded | ByHandle);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// A leak is told, not that an exception would leak it too.
TEST_F(SolverLeavingTest, LeaksAnyway) {
  B.acquire(b);
  mayLeave(B.F.ThrowExit);
  B.either(B.unknown(), [&] { B.put(b, NoResetNeeded); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverLeavingTest, StoredBefore) {
  B.acquire(b);
  B.store(b);
  mayLeave(B.F.ThrowExit);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeavingTest, OnOneWayOnly) {
  B.acquire(b);
  B.either(B.unknown(), [&] { mayLeave(B.F.ThrowExit); });
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of b at acquire");
}

// The other runs go by it: nothing shows a throw.
TEST_F(SolverLeavingTest, NoOtherRunFollows) {
  BlockId Way = wayOut([&] { B.test(1); });
  B.acquire(b);
  mayLeave(Way);
  B.test(2);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of b at acquire");
  EXPECT_EQ(B.at(2), "live clean owned: b");
  EXPECT_FALSE(B.reached(1));
}

// A temporary that holds it may be an owner, and its end is not on the way.
TEST_F(SolverLeavingTest, TemporaryThatHoldsIt) {
  PlaceId Temp = B.temp();
  B.acquire(Temp);
  mayLeave(B.F.ThrowExit);
  B.put(Temp, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverLeavingTest, TemporaryThatEndsOnTheWayOut) {
  PlaceId Temp = B.temp();
  BlockId Way = wayOut([&] { B.tempsEnd(); });
  B.acquire(Temp);
  mayLeave(Way, Unwinds);
  B.put(Temp, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "unguarded of  at acquire");
}

TEST_F(SolverLeavingTest, TemporaryThatPutsOnTheWayOut) {
  PlaceId Temp = B.temp();
  BlockId Way = wayOut([&] { B.put(Temp, NoResetNeeded | ByHandle); });
  B.acquire(Temp);
  mayLeave(Way, Unwinds);
  B.put(Temp, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

} // namespace
} // namespace pooltidy

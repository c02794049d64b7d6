//===- SolverThrowTest.cpp - facts that may leave by an exception ---------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverThrowTest : testing::Test {
  Build B;
  PlaceId b = B.local("b");

  /// acquire; something that throws into a handler; put.
  void thrower(uint16_t Flags, llvm::function_ref<void()> Handler) {
    BlockId Catch = B.block();
    B.acquire(b);
    B.mayThrow(Catch, Flags);
    B.put(b);
    B.leave();
    B.in(Catch);
    B.test(1);
    Handler();
    B.leave();
  }
};

TEST_F(SolverThrowTest, KnownThrowSkipsThePut) {
  thrower(NoFlags, [] {});
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.at(1), "live clean owned: b");
  EXPECT_EQ(B.path(), "acquired @ acquire > thrown @ throw > returned @ end");
}

TEST_F(SolverThrowTest, AssumedThrowIsOnlyPossible) {
  thrower(Assumed, [] {});
  EXPECT_EQ(B.run(), "leak of b at acquire?");
  EXPECT_EQ(B.doubtsAt(1), "assumed-throw");
}

TEST_F(SolverThrowTest, HandlerThatPuts) {
  thrower(NoFlags, [&] { B.put(b); });
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverThrowTest, PutBeforeTheThrow) {
  BlockId Catch = B.block();
  B.acquire(b);
  B.put(b);
  B.mayThrow(Catch);
  B.leave();
  B.in(Catch);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
}

TEST_F(SolverThrowTest, ThrowOutOfTheFunction) {
  B.acquire(b);
  B.mayThrow(B.F.ThrowExit);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > thrown @ throw");
}

TEST_F(SolverThrowTest, ThrowBeforeTheAcquire) {
  B.mayThrow(B.F.ThrowExit);
  B.acquire(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverThrowTest, StatementsAfterTheThrowDoNotHappenOnItsWay) {
  BlockId Catch = B.block();
  B.acquire(b);
  B.mayThrow(Catch);
  B.write(B.deref(b));
  B.put(b, NoResetNeeded);
  B.leave();
  B.in(Catch);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

} // namespace
} // namespace pooltidy

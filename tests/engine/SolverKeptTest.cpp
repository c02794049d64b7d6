//===- SolverKeptTest.cpp - pools that keep objects as they were left -----===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverKeptTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), len = B.arrow(b, "len");

  void end() {
    B.put(b, ResetsSelf);
    B.leave();
  }
};

TEST_F(SolverKeptTest, ThePutResets) {
  B.acquire(b);
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverKeptTest, ThisPoolsPutDoesNot) {
  B.acquire(b, KeptAsLeft);
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverKeptTest, ResetBeforeThePut) {
  B.acquire(b, KeptAsLeft);
  B.write(len);
  B.reset(B.deref(b));
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverKeptTest, ResetAfterTheAcquire) {
  B.acquire(b, KeptAsLeft);
  B.reset(B.deref(b));
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverKeptTest, AResetBetweenTwoChangesIsNone) {
  B.acquire(b, KeptAsLeft);
  B.write(len);
  B.reset(B.deref(b));
  B.write(len);
  end();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverKeptTest, AFreshLeaseTellsOfIt) {
  B.result();
  B.acquire(b, KeptAsLeft);
  B.giveBack(b);
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_TRUE(B.Sum.Fresh[0].Flags & KeptAsLeft);
}

TEST_F(SolverKeptTest, AFreshLeaseThatWasResetIsAsAnyOther) {
  B.result();
  B.acquire(b, KeptAsLeft);
  B.reset(B.deref(b));
  B.giveBack(b);
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_FALSE(B.Sum.Fresh[0].Flags & KeptAsLeft);
}

// --- what hangs on a part of what is put

struct SolverNestedTest : testing::Test {
  Build B;
  PlaceId owner = B.local("owner"), child = B.local("child");

  void open(PlaceId In) {
    B.acquire(child);
    Fact &F = B.fact(FactKind::ChildOf, "opened");
    F.Dst = child;
    F.Src = Operand::value(In);
  }
  void close() {
    B.put(child, NoResetNeeded);
    B.leave();
  }
};

TEST_F(SolverNestedTest, APartOfWhatIsPut) {
  open(B.arrow(owner, "db"));
  B.put(owner, NoResetNeeded);
  close();
  EXPECT_EQ(B.run(), "nested-close of child at put");
}

TEST_F(SolverNestedTest, ClosedFirst) {
  open(B.arrow(owner, "db"));
  B.put(child, NoResetNeeded);
  B.put(owner, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverNestedTest, APartOfSomethingElse) {
  open(B.arrow(B.local("other"), "db"));
  B.put(owner, NoResetNeeded);
  close();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverNestedTest, AtScopeEndBeforeAnotherOwner) {
  open(B.arrow(owner, "db"));
  B.put(owner, NoResetNeeded | ByHandle);
  B.put(child, NoResetNeeded | ByHandle);
  B.scopeEnd(child);
  B.leave();
  EXPECT_EQ(B.run(), "nested-close of child at put");
}

TEST_F(SolverNestedTest, ALeakThatEndsInTheSameScopeIsALeakOnly) {
  open(B.arrow(owner, "db"));
  B.put(owner, NoResetNeeded | ByHandle);
  B.scopeEnd(child);
  B.leave();
  EXPECT_EQ(B.run(), "leak of child at acquire");
}

} // namespace
} // namespace pooltidy

//===- SolverStaleTest.cpp - facts about what the last user left ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverStaleTest : testing::Test {
  Build B;
  PlaceId b = B.local("b");
  PlaceId len = B.arrow(b, "len"), text = B.arrow(b, "text");

  void end() {
    B.put(b, NoResetNeeded);
    B.leave();
  }
};

TEST_F(SolverStaleTest, ReadBeforeTheReset) {
  B.acquire(b, AcquiredStale);
  B.read(len);
  B.read(text);
  end();
  EXPECT_EQ(B.run(), "dirty-acquire of b at read");
  EXPECT_EQ(B.Findings[0].Dirty, std::vector<std::string>{"len"});
}

TEST_F(SolverStaleTest, ReadAfterTheReset) {
  B.acquire(b, AcquiredStale);
  B.reset(B.deref(b));
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverStaleTest, OtherPoolsGiveFreshObjects) {
  B.acquire(b);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverStaleTest, AWriteMakesOneFieldFresh) {
  B.acquire(b, AcquiredStale);
  B.write(len);
  B.read(len);
  B.reset(text);
  B.read(text);
  B.read(B.arrow(b, "next"));
  end();
  EXPECT_EQ(B.run(), "dirty-acquire of b at read 3");
}

TEST_F(SolverStaleTest, UnknownCodeMayHaveSetAll) {
  B.acquire(b, AcquiredStale);
  B.write(B.deref(b), Unsure);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverStaleTest, OnePathSuffices) {
  B.acquire(b, AcquiredStale);
  B.either(B.unknown(), [&] { B.reset(B.deref(b)); });
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "dirty-acquire of b at read");
}

TEST_F(SolverStaleTest, KeptFieldsAndBoundedBytesAreFine) {
  B.fieldNamed("size", true);
  B.fieldNamed("data", false, true);
  B.fieldNamed("id", false, false, true);
  B.acquire(b, AcquiredStale);
  B.read(B.arrow(b, "id"));
  B.write(B.arrow(b, "size"));
  B.read(B.arrow(b, "data"));
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverStaleTest, AReadThatDecidesAboutTheResetIsNone) {
  B.acquire(b, AcquiredStale);
  B.fact(FactKind::Read, "ask", Asks).Dst = len;
  B.read(text);
  end();
  EXPECT_EQ(B.run(), "dirty-acquire of b at read");
}

TEST_F(SolverStaleTest, WhatNeedsNoResetIsFresh) {
  B.acquire(b, AcquiredStale);
  B.fact(FactKind::Read, "no need", NoResetNeeded).Dst = text;
  B.read(text);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "dirty-acquire of b at read 2");
}

TEST_F(SolverStaleTest, NorDoesTheWhole) {
  B.acquire(b, AcquiredStale);
  B.fact(FactKind::Read, "no need", NoResetNeeded).Dst = B.deref(b);
  B.read(text);
  B.read(len);
  end();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverStaleTest, WhatNeedsNoResetIsChangedAllTheSame) {
  B.acquire(b);
  B.write(text);
  B.fact(FactKind::Read, "no need", NoResetNeeded).Dst = B.deref(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverStaleTest, ASummaryTellsWhatIsReadFirst) {
  PlaceId p = B.param("p");
  B.write(B.arrow(p, "text"));
  B.read(B.arrow(p, "text"));
  B.read(B.arrow(p, "len"));
  B.leave();
  B.run({p});
  ASSERT_EQ(B.Sum.Entities.size(), 1u);
  ASSERT_EQ(B.Sum.Entities[0].Outcomes.size(), 1u);
  const Outcome &O = B.Sum.Entities[0].Outcomes[0];
  ASSERT_EQ(O.ReadFirst.size(), 1u);
  EXPECT_EQ(B.Places.field(O.ReadFirst[0]).Name, "len");
}

TEST_F(SolverStaleTest, AFreshLeaseIsStaleUntilItIsReset) {
  B.result();
  B.acquire(b, AcquiredStale);
  B.either(B.unknown(), [&] { B.reset(B.deref(b)); });
  B.giveBack(b);
  B.run();
  ASSERT_EQ(B.Sum.Fresh.size(), 1u);
  EXPECT_FALSE(B.Sum.Fresh[0].Flags & AcquiredStale) << "not on every path";
}

// --- what became of a lease

TEST_F(SolverStaleTest, PutOnEveryPathIsConfined) {
  B.acquire(b);
  B.either(B.unknown(), [&] { end(); });
  end();
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_FALSE(B.Ends[0].Leaves);
}

TEST_F(SolverStaleTest, KeptOnOnePathLeaves) {
  B.acquire(b);
  B.either(B.unknown(), [&] {
    B.store(b);
    B.leave();
  });
  end();
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_TRUE(B.Ends[0].Leaves);
}

TEST_F(SolverStaleTest, PutByCallsHasNoOtherOwner) {
  B.acquire(b);
  B.either(B.unknown(), [&] { end(); });
  B.either(B.unknown(), [&] { B.leave(); }); // a leak changes nothing of that
  end();
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_FALSE(B.Ends[0].HandedOver);
  EXPECT_EQ(B.Ends[0].Puts.size(), 2u);
}

TEST_F(SolverStaleTest, StoredOnOnePathHasAnotherOwner) {
  B.acquire(b);
  B.either(B.unknown(), [&] {
    B.store(b);
    B.leave();
  });
  end();
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_TRUE(B.Ends[0].HandedOver);
  EXPECT_EQ(B.Ends[0].Puts.size(), 1u);
}

TEST_F(SolverStaleTest, PutByAHandleHasAnotherOwner) {
  B.acquire(b);
  B.put(b, ByHandle);
  B.leave();
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_TRUE(B.Ends[0].HandedOver);
  EXPECT_TRUE(B.Ends[0].Puts.empty());
}

TEST_F(SolverStaleTest, ReturnedLeaves) {
  B.result();
  B.acquire(b);
  B.giveBack(b);
  B.run();
  ASSERT_EQ(B.Ends.size(), 1u);
  EXPECT_TRUE(B.Ends[0].Leaves);
}

} // namespace
} // namespace pooltidy

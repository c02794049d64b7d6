//===- SolverUsesTest.cpp - facts that use, change or hand over -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverUsesTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), c = B.local("c");
};

// --- Write

TEST_F(SolverUsesTest, SureWrite) {
  B.acquire(b);
  B.write(B.arrow(b, "len"));
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty(len) owned: b");
}

TEST_F(SolverUsesTest, UnsureWriteIsOnlyPossible) {
  B.acquire(b);
  B.write(B.deref(b), Unsure);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put?");
  EXPECT_EQ(B.at(1), "live dirty? owned: b");
}

TEST_F(SolverUsesTest, SureWriteAfterAnUnsureOne) {
  B.acquire(b);
  B.write(B.deref(b), Unsure);
  B.write(B.deref(b));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverUsesTest, UnknownCallAfterTheChangeMayHaveReset) {
  B.acquire(b);
  B.write(B.deref(b));
  B.write(B.deref(b), Unsure);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put?");
  EXPECT_EQ(B.at(1), "live dirty owned: b");
  EXPECT_EQ(B.doubtsAt(1), "maybe-reset");
}

TEST_F(SolverUsesTest, ChangeAfterThatIsSureAgain) {
  B.acquire(b);
  B.write(B.deref(b));
  B.write(B.deref(b), Unsure);
  B.write(B.deref(b));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverUsesTest, WriteOfAnElementChangesItsField) {
  B.acquire(b);
  B.write(B.Places.step(PlaceKind::Element, B.arrow(b, "data"), 3));
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live dirty(data) owned: b");
}

TEST_F(SolverUsesTest, WriteBehindTheObjectIsAUseOnly) {
  PlaceId Behind = B.deref(B.arrow(b, "next"));
  B.acquire(b);
  B.write(Behind);
  B.test(1);
  B.put(b);
  B.write(Behind);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at write 2");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverUsesTest, WriteToAnotherObject) {
  B.acquire(b);
  B.write(B.deref(c));
  B.put(b);
  B.write(B.deref(c));
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverUsesTest, WriteAfterThePut) {
  B.acquire(b);
  B.put(b);
  B.write(B.arrow(b, "len"));
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at write");
}

TEST_F(SolverUsesTest, UnknownCodeMayDoAnythingToAHolder) {
  PlaceId s = B.local("s");
  B.acquire(B.field(s, "buf"));
  B.write(s, Unsure);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverUsesTest, WriteForgetsWhatWasKnownOfThePlace) {
  B.assign(c, 1);
  B.write(c);
  B.either(B.is(c, 0), [&] { B.test(1); });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
}

// --- Read

TEST_F(SolverUsesTest, ReadChangesNothing) {
  B.acquire(b);
  B.read(B.arrow(b, "len"));
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverUsesTest, ReadAfterThePut) {
  B.acquire(b);
  B.put(b);
  B.read(B.arrow(b, "len"));
  B.read(B.arrow(b, "len"));
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at read")
      << "the first ends the lease";
  EXPECT_EQ(B.path(), "acquired @ acquire > put @ put");
}

TEST_F(SolverUsesTest, ReadOfThePointerIsNoUse) {
  B.acquire(b);
  B.put(b);
  B.read(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverUsesTest, QueryOfAHandleIsOneOfTheLease) {
  B.acquire(b);
  B.put(b);
  B.read(B.Places.step(PlaceKind::Query, b, 9, "size"));
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at read");
}

// --- Use

TEST_F(SolverUsesTest, UseOfALiveLease) {
  B.acquire(b);
  B.use(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverUsesTest, UseAfterThePut) {
  B.acquire(b);
  B.put(b);
  B.use(c);
  B.use(b);
  B.use(b);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at use 2");
  EXPECT_FALSE(B.Findings[0].Returned);
}

TEST_F(SolverUsesTest, UseInTheNextRound) {
  B.acquire(b);
  B.loop(B.unknown(), [&] {
    B.use(b);
    B.put(b);
  });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire\nuse-after-put of b at use");
}

// --- Store

TEST_F(SolverUsesTest, StoredLeaseIsSomebodyElses) {
  B.acquire(b);
  B.store(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean escaped: b");
}

TEST_F(SolverUsesTest, StoreOfSomethingElse) {
  B.acquire(b);
  B.store(c);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverUsesTest, StoreOfAStructThatHoldsIt) {
  PlaceId s = B.local("s");
  B.acquire(b);
  B.move(B.field(s, "buf"), b);
  B.store(s);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverUsesTest, StoredLeaseIsStillFollowed) {
  B.acquire(b);
  B.store(b);
  B.put(b);
  B.use(b);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at use");
}

// --- Take

TEST_F(SolverUsesTest, TakenLeaseLeaksOnlyPossibly) {
  B.acquire(b);
  B.take(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire?");
  EXPECT_EQ(B.at(1), "live clean owned: b");
  EXPECT_EQ(B.doubtsAt(1), "maybe-taken");
}

TEST_F(SolverUsesTest, TakeOfSomethingElse) {
  B.acquire(b);
  B.take(c);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverUsesTest, BranchOnTheTakersResult) {
  PlaceId r = B.local("r");
  B.acquire(b);
  B.take(b, r);
  B.either(B.is(r, 0), [&] { B.test(1); B.put(b); });
  B.leave();
  B.run();
  EXPECT_EQ(B.doubtsAt(1), "maybe-taken, branch");
}

// --- Clobber

TEST_F(SolverUsesTest, ClobberForgetsWhatIsShared) {
  PlaceId g = B.global("g"), Exposed = B.local("exposed");
  B.Places.takeAddress(Exposed);
  for (PlaceId P : {g, Exposed, c})
    B.assign(P, 1);
  B.either(B.is(g, 0), [&] { B.test(1); });
  B.clobber();
  B.either(B.is(g, 0), [&] { B.test(2); });
  B.either(B.is(Exposed, 0), [&] { B.test(3); });
  B.either(B.is(c, 0), [&] { B.test(4); });
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_TRUE(B.reached(2));
  EXPECT_TRUE(B.reached(3));
  EXPECT_FALSE(B.reached(4)) << "nobody else can change a plain local";
}

TEST_F(SolverUsesTest, ClobberForgetsSharedNames) {
  PlaceId g = B.global("g");
  B.acquire(b);
  B.copy(g, b);
  B.test(1);
  B.clobber();
  B.test(2);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean escaped: b, g");
  EXPECT_EQ(B.at(2), "live clean escaped: b");
}

// --- Stop, TestPoint

TEST_F(SolverUsesTest, NothingGoesPastAStop) {
  B.acquire(b);
  B.either(B.unknown(), [&] { B.stop(); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "") << "what ends the program leaks nothing";
}

TEST_F(SolverUsesTest, StopEndsTheBlock) {
  B.fact(FactKind::Stop, "stop");
  B.test(1);
  B.leave();
  B.run();
  EXPECT_FALSE(B.reached(1));
  EXPECT_FALSE(B.Sum.Returns);
}

TEST_F(SolverUsesTest, TestPointSeesEachStateAndChangesNone) {
  B.acquire(b);
  B.test(7);
  B.either(B.unknown(), [&] { B.write(B.deref(b)); });
  B.test(8);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(7), "live clean owned: b");
  EXPECT_EQ(B.at(8), "live clean owned: b | live dirty owned: b");
  EXPECT_EQ(B.at(9), "");
}

} // namespace
} // namespace pooltidy

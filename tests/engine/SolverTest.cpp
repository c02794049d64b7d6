//===- SolverTest.cpp - facts about the lease and its object --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverTest : testing::Test {
  Build B;
  PlaceId b = B.local("b");
};

// --- Acquire

TEST_F(SolverTest, AcquireStartsALease) {
  B.acquire(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverTest, WhatIsNeverPutLeaks) {
  B.acquire(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > returned @ end");
  EXPECT_TRUE(B.Findings[0].OnEveryPath);
  EXPECT_EQ(B.Findings[0].Family, 0u);
}

TEST_F(SolverTest, AcquireThatFailedGaveNoLease) {
  B.acquire(b, NoFlags, B.nonNull(b));
  B.either(B.null(b), [&] {
    B.test(1);
    B.leave();
  });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_TRUE(B.reached(1)) << "the function itself goes there";
  EXPECT_EQ(B.at(1), "") << "but without a lease";
}

TEST_F(SolverTest, AcquireMayTellItsSuccessElsewhere) {
  PlaceId Status = B.local("status");
  B.acquire(b, NoFlags, {Status, Cmp::GE, 0});
  B.either({Status, Cmp::LT, 0}, [&] { B.leave(); });
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTest, AcquiredDirty) {
  B.acquire(b, AcquiredDirty);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty owned: b");
}

TEST_F(SolverTest, AcquiredForSomebodyElse) {
  B.acquire(b, NotOwned);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean: b");
}

TEST_F(SolverTest, AcquiredInPlace) {
  B.acquire(b, InPlace);
  B.write(B.field(b, "len"));
  B.test(1);
  B.put(Operand::address(b));
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty(len) owned in b");
}

TEST_F(SolverTest, AcquiredIntoAMemberIsNotThisFunctionsToPut) {
  B.acquire(B.arrow(B.thisPointer(), "buf"));
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean given-out: buf");
}

TEST_F(SolverTest, AcquireOverwritesTheLastName) {
  B.acquire(b);
  B.acquire(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.path(), "acquired @ acquire > overwritten @ acquire 2");
}

TEST_F(SolverTest, AcquireIsNotReachedWithoutAWay) {
  B.stop();
  B.in(B.block());
  B.acquire(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- Put

TEST_F(SolverTest, PutReturnsIt) {
  B.acquire(b);
  B.put(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "returned clean owned: b");
}

TEST_F(SolverTest, SecondPutEndsTheLease) {
  B.acquire(b);
  B.put(b);
  B.put(b);
  B.use(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
  EXPECT_EQ(B.path(), "acquired @ acquire > put @ put > put @ put 2");
}

TEST_F(SolverTest, SecondPutThroughAnotherName) {
  PlaceId c = B.local("c");
  B.acquire(b);
  B.copy(c, b);
  B.put(b);
  B.put(c);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of c at put 2");
}

TEST_F(SolverTest, PutOfADirtyObject) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.path(), "acquired @ acquire > changed @ write > put @ put");
}

TEST_F(SolverTest, PutThatResetsByItself) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b, ResetsSelf);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "returned dirty owned: b");
}

TEST_F(SolverTest, PutThatAsksForNoReset) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTest, PutThatMayAskForAReset) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b, UnsureReset);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put?");
}

TEST_F(SolverTest, PutThatNullsItsArgument) {
  B.acquire(b);
  B.put(b, Nulls);
  B.either(B.nonNull(b), [&] { B.test(1); });
  B.put(b, Nulls);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_FALSE(B.reached(1));
}

TEST_F(SolverTest, PutThatNullsLeavesOtherNames) {
  PlaceId c = B.local("c");
  B.acquire(b);
  B.copy(c, b);
  B.put(b, Nulls);
  B.test(1);
  B.use(c);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of c at use");
  EXPECT_EQ(B.at(1), "returned clean owned: c");
}

TEST_F(SolverTest, PutByAHandleStandsAtItsDeclaration) {
  B.acquire(b);
  B.write(B.deref(b));
  SiteId Declared = B.site("declaration");
  B.put(b, ByHandle).Decl = Declared;
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at declaration");
  EXPECT_TRUE(B.Findings[0].ByHandle);
  EXPECT_EQ(B.path(),
            "acquired @ acquire > changed @ write > put at scope end @ put");
}

TEST_F(SolverTest, PutByAHandleThatGaveItsLeaseUp) {
  PlaceId Handle = B.local("handle");
  B.acquire(Handle);
  B.move(b, Handle);
  B.put(Handle, ByHandle);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverTest, PutThatFailedAndWasLookedAt) {
  PlaceId r = B.local("r");
  B.acquire(b);
  B.put(b, Tested, {r, Cmp::GE, 0});
  B.either({r, Cmp::LT, 0}, [&] { B.test(1); B.use(b); },
           [&] { B.test(2); });
  B.leave();
  EXPECT_EQ(B.run(), "") << "what could not be put is no leak";
  EXPECT_EQ(B.at(1), "live clean owned put-failed: b");
}

TEST_F(SolverTest, PutThatDidNotFail) {
  PlaceId r = B.local("r");
  B.acquire(b);
  B.put(b, Tested, {r, Cmp::GE, 0});
  B.either({r, Cmp::GE, 0}, [&] { B.test(1); B.use(b); });
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at use");
  EXPECT_EQ(B.at(1), "returned clean owned: b");
}

TEST_F(SolverTest, PutWhoseFailureNobodyLooksAtCountsAsDone) {
  PlaceId r = B.local("r");
  B.acquire(b);
  B.put(b, NoFlags, {r, Cmp::GE, 0});
  B.use(b);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at use");
}

TEST_F(SolverTest, PutOfAnotherFamilyIsNotFollowed) {
  B.acquire(b);
  B.write(B.deref(b));
  B.put(b).Family = 1;
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverTest, PutOfAParameterIsFollowedFromThere) {
  PlaceId p = B.param("p");
  B.use(p);
  B.put(p);
  B.use(p);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of p at use 2");
}

TEST_F(SolverTest, PutOfAnEntityIsReportedOnce) {
  PlaceId p = B.param("p");
  B.put(p);
  B.put(p);
  B.leave();
  EXPECT_EQ(B.run({p}), "double-put of p at put 2");
}

// --- Reset

TEST_F(SolverTest, ResetMakesItClean) {
  B.acquire(b);
  B.write(B.deref(b));
  B.write(B.arrow(b, "len"));
  B.reset(B.deref(b));
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverTest, ResetOfEachChangedField) {
  B.acquire(b);
  B.write(B.arrow(b, "len"));
  B.write(B.arrow(b, "name"));
  B.reset(B.arrow(b, "len"));
  B.test(1);
  B.reset(B.arrow(b, "name"));
  B.test(2);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live dirty(name) owned: b");
  EXPECT_EQ(B.at(2), "live clean owned: b");
}

TEST_F(SolverTest, ResetOfSomeFieldsNamesTheOthers) {
  B.acquire(b);
  B.write(B.arrow(b, "len"));
  B.write(B.arrow(b, "name"));
  B.reset(B.arrow(b, "len"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.Findings[0].Dirty, std::vector<std::string>{"name"});
}

TEST_F(SolverTest, ResetOfAFieldIsNotOneOfTheWhole) {
  B.acquire(b);
  B.write(B.deref(b));
  B.reset(B.arrow(b, "len"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_TRUE(B.Findings[0].Dirty.empty());
}

TEST_F(SolverTest, FieldGivenWhatANewObjectHas) {
  SymbolId fd = B.Places.addField({.Name = "fd", .Initial = -1});
  PlaceId P = B.Places.step(PlaceKind::Field, B.deref(b), fd, "fd");
  B.acquire(b);
  B.assign(P, 3);
  B.assign(P, -1);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverTest, FieldGivenAKnownZero) {
  PlaceId n = B.local("n");
  B.assign(n, 0);
  B.acquire(b);
  B.write(B.arrow(b, "len"));
  B.copy(B.arrow(b, "len"), n);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTest, ResetOfTheBoundClearsTrivialStorage) {
  B.fieldNamed("len", /*Bounds=*/true);
  B.fieldNamed("bytes", false, /*TrivialStorage=*/true);
  B.acquire(b);
  B.write(B.arrow(b, "bytes"));
  B.write(B.arrow(b, "len"));
  B.reset(B.arrow(b, "len"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTest, TrivialStorageWithoutItsBoundIsState) {
  B.fieldNamed("bytes", false, /*TrivialStorage=*/true);
  B.acquire(b);
  B.write(B.arrow(b, "bytes"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
}

TEST_F(SolverTest, KeptFieldsAreNoState) {
  B.fieldNamed("id", false, false, /*Kept=*/true);
  B.acquire(b);
  B.write(B.arrow(b, "id"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTest, ResetAfterThePutIsAUse) {
  B.acquire(b);
  B.put(b);
  B.reset(B.deref(b));
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at reset");
}

} // namespace
} // namespace pooltidy

//===- SummaryTest.cpp - what the solver says of a function ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SummaryTest : testing::Test {
  Build B;
  PlaceId p = B.param("p"), b = B.local("b");
};

// --- outcomes of an entity

TEST_F(SummaryTest, NothingHappens) {
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given");
  EXPECT_TRUE(B.Sum.Returns);
  EXPECT_FALSE(B.Sum.matters());
}

TEST_F(SummaryTest, Uses) {
  B.read(B.arrow(p, "len"));
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given used");
}

TEST_F(SummaryTest, Puts) {
  B.put(p);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given put");
  EXPECT_EQ(B.Sum.Entities[0].Outcomes[0].Family, 0u);
  EXPECT_TRUE(B.Sum.Puts);
  EXPECT_TRUE(B.Sum.matters());
}

TEST_F(SummaryTest, PutsWhatNeedsNoReset) {
  B.put(p, ResetsSelf);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given put-fresh");
}

TEST_F(SummaryTest, ResetsAndPuts) {
  B.reset(B.deref(p));
  B.put(p);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "clean put-fresh");
}

TEST_F(SummaryTest, PutsWithAGuess) {
  B.put(p, UnsureReset);
  B.leave();
  B.run({p});
  EXPECT_TRUE(B.Sum.Entities[0].Outcomes[0].PutUnsure);
}

TEST_F(SummaryTest, ResultTellsWhetherItPut) {
  B.result();
  B.either(B.unknown(), [&] {
    B.put(p);
    B.giveBack(Operand::constant(1));
  });
  B.giveBack(Operand::constant(0));
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given put when result 1\n"
                           "as-given when result 0");
}

TEST_F(SummaryTest, ResultOfATruthIsSplit) {
  PlaceId c = B.local("c");
  B.result();
  B.either(B.is(c, 3), [&] { B.put(p); });
  B.giveBack(Operand::truth(B.is(c, 3)));
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given put when result 1\n"
                           "as-given when result 0");
}

TEST_F(SummaryTest, SameOutcomesJoinTheirResults) {
  B.result();
  B.either(B.unknown(), [&] { B.giveBack(Operand::constant(-1)); });
  B.giveBack(Operand::constant(1));
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given when result >=-1<=1!=0");
}

TEST_F(SummaryTest, ChangesAndClears) {
  B.write(B.arrow(p, "len"));
  B.reset(B.arrow(p, "name"));
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "dirty(len) cleared(name) used");
}

TEST_F(SummaryTest, MayChange) {
  B.write(B.deref(p), Unsure);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "dirty? used");
  EXPECT_TRUE(B.Sum.Entities[0].Outcomes[0].ChangedWhole);
}

TEST_F(SummaryTest, ChangesOnSomePaths) {
  B.either(B.unknown(), [&] { B.write(B.deref(p)); });
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given\ndirty used");
}

TEST_F(SummaryTest, ReturnsItsArgument) {
  PlaceId Result = B.result();
  B.giveBack(p);
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given: result when result !=0");
  EXPECT_EQ(B.Sum.Entities[0].Outcomes[0].Names[0], Result);
}

TEST_F(SummaryTest, StoresItsArgument) {
  B.copy(B.arrow(B.thisPointer(), "buf"), p);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given escaped: buf");
}

TEST_F(SummaryTest, GivesItsArgumentOut) {
  PlaceId Out = B.param("out");
  B.copy(B.deref(Out), p);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given escaped: *out");
}

TEST_F(SummaryTest, AnIdIsNotBelowZero) {
  B.either({p, Cmp::GE, 0}, [&] { B.put(p); });
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given put");
}

TEST_F(SummaryTest, PutsWhenAFlagSaysSo) {
  // if (this->open) { put(this->buf); this->open = false; }
  PlaceId Self = B.thisPointer(), Open = B.arrow(Self, "open"),
          Buf = B.arrow(Self, "buf");
  B.either(B.nonNull(Open), [&] {
    B.put(Buf);
    B.assign(Open, 0);
  });
  B.leave();
  B.run({Buf});
  ASSERT_EQ(B.Sum.Entities[0].Outcomes.size(), 2u);
  for (const Outcome &O : B.Sum.Entities[0].Outcomes) {
    ASSERT_EQ(O.Given.size(), 1u);
    EXPECT_EQ(O.Given[0].first, Open);
    EXPECT_EQ(O.Given[0].second.isZero(), !O.Put);
    ASSERT_EQ(O.Left.size(), O.Put ? 1u : 0u);
    if (O.Put)
      EXPECT_TRUE(O.Left[0].second.isZero());
  }
}

TEST_F(SummaryTest, MembersAreEntitiesToo) {
  PlaceId Buf = B.arrow(B.thisPointer(), "buf");
  B.put(Buf, NoResetNeeded | Nulls);
  B.leave();
  B.run({Buf});
  EXPECT_EQ(B.outcomes(Buf), "as-given put-fresh");
}

TEST_F(SummaryTest, KeepsWhatItDoesNotTouchInAMember) {
  PlaceId Buf = B.arrow(B.thisPointer(), "buf");
  B.leave();
  B.run({Buf});
  EXPECT_EQ(B.outcomes(Buf), "as-given: buf");
}

TEST_F(SummaryTest, MayTakeIt) {
  B.take(p);
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given unsure");
}

TEST_F(SummaryTest, NeverReturns) {
  B.put(p);
  B.stop();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "");
  EXPECT_FALSE(B.Sum.Returns);
}

TEST_F(SummaryTest, ExceptionsAreOutcomesOfTheirOwn) {
  B.put(p);
  B.mayThrow(B.F.ThrowExit);
  B.stop();
  B.run({p});
  EXPECT_FALSE(B.Sum.Returns);
  EXPECT_EQ(B.outcomes(p), "as-given throws put");
}

TEST_F(SummaryTest, FindingsOfTheCallersObjectAreNotLeaks) {
  B.use(p);
  B.leave();
  EXPECT_EQ(B.run({p}), "");
}

// --- fresh leases

TEST_F(SummaryTest, FreshInTheResult) {
  B.result();
  B.acquire(b, NoFlags, B.nonNull(b));
  B.giveBack(b);
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.fresh(), "fresh in result when result !=0");
  EXPECT_TRUE(B.Sum.matters());
}

TEST_F(SummaryTest, FreshOrNull) {
  B.result();
  B.acquire(b, NoFlags, B.nonNull(b));
  B.either(B.null(b), [&] { B.giveBack(Operand::constant(0)); });
  B.giveBack(b);
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.fresh(), "fresh in result when result !=0");
}

TEST_F(SummaryTest, FreshAndChanged) {
  B.result();
  B.acquire(b);
  B.write(B.deref(b));
  B.giveBack(b);
  B.run();
  EXPECT_EQ(B.fresh(), "fresh in result dirty when result !=0");
}

TEST_F(SummaryTest, FreshInAnOutParameter) {
  PlaceId Out = B.param("out"), Status = B.local("status");
  B.result();
  B.acquire(B.deref(Out), NoFlags, B.is(Status, 0));
  B.giveBack(Status);
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.fresh(), "fresh in *out when result 0");
}

TEST_F(SummaryTest, FreshOnlyWhereItSucceeds) {
  PlaceId Out = B.param("out");
  B.result();
  B.acquire(b, NoFlags, B.nonNull(b));
  B.either(B.null(b), [&] { B.giveBack(Operand::constant(-1)); });
  B.copy(B.deref(Out), b);
  B.giveBack(Operand::constant(0));
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.fresh(), "fresh in *out when result 0");
}

TEST_F(SummaryTest, FreshInAMember) {
  B.acquire(B.arrow(B.thisPointer(), "buf"));
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.fresh(), "fresh in buf");
}

TEST_F(SummaryTest, PutLeasesAreNotFresh) {
  B.result();
  B.acquire(b);
  B.put(b);
  B.giveBack(Operand::constant(1));
  B.run();
  EXPECT_EQ(B.fresh(), "");
  EXPECT_FALSE(B.Sum.Puts) << "nothing of the caller's";
}

TEST_F(SummaryTest, LeasesThatWentElsewhereAreNotFresh) {
  B.result();
  B.acquire(b);
  B.copy(B.global("g"), b);
  B.giveBack(b);
  B.run();
  EXPECT_EQ(B.fresh(), "");
}

} // namespace
} // namespace pooltidy

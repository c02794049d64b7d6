//===- SolverGrowthTest.cpp - how large an object has become ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

constexpr const char *Definite = "oversized-put of b at put";
constexpr const char *Possible = "oversized-put of b at put?";

/// A lease in `b`, and what happens to its field `text`.
struct GrowthTest : Build, testing::Test {
  PlaceId b = local("b");
  PlaceId Text = arrow(b, "text"), Marks = arrow(b, "marks");

  Fact &grow(PlaceId P, Operand By = {}, uint32_t Flags = NoFlags) {
    Fact &G = fact(FactKind::Grow, "grow", Flags);
    G.Dst = P;
    G.Src = By;
    G.Index = 1;
    return G;
  }
  void bound(PlaceId P) { fact(FactKind::Bound, "bound").Dst = P; }
  Predicate atMost(PlaceId N) {
    return {Places.step(PlaceKind::Query, N, AtMost), Cmp::EQ, 1};
  }
  /// Rounds that end so.
  void rounds(LoopFacts::Ending Ends, llvm::function_ref<void()> Body,
              Operand Count = {}, bool Sure = true) {
    uint32_t Index = F.Loops.size();
    F.Loops.push_back({Ends, BlockId(F.Blocks.size()), Count, Sure});
    loop(unknown(), [&] {
      Body();
      fact(FactKind::Again, "again").Index = Index;
    });
  }
  std::string done() {
    put(b, NoResetNeeded);
    leave();
    return run();
  }
};

TEST_F(GrowthTest, Input) {
  acquire(b);
  grow(Text, {}, FromOutside | SetsSize);
  EXPECT_EQ(done(), Definite);
  EXPECT_EQ(Findings[0].Dirty, std::vector<std::string>{"text"});
}

TEST_F(GrowthTest, OnceIsNoGrowth) {
  acquire(b);
  grow(Text);
  grow(Text);
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, OpenRounds) {
  acquire(b);
  rounds(LoopFacts::Open, [&] { grow(Text); });
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, FixedRounds) {
  acquire(b);
  rounds(LoopFacts::Fixed, [&] { grow(Text); });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, CountedRounds) {
  PlaceId n = param("n");
  acquire(b);
  rounds(LoopFacts::Counted, [&] { grow(Text); }, Operand::value(n), false);
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, RoundsCountedByWhatIsCompared) {
  PlaceId n = param("n");
  acquire(b);
  either(
      atMost(n),
      [&] {
        rounds(LoopFacts::Counted, [&] { grow(Text); }, Operand::value(n), false);
      },
      [&] {});
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, EmptiedInEachRound) {
  acquire(b);
  rounds(LoopFacts::Open, [&] {
    reset(Text);
    grow(Text);
  });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, EmptiedAtTheEndOfEachRound) {
  acquire(b);
  rounds(LoopFacts::Open, [&] {
    grow(Text);
    reset(deref(b));
  });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, AnotherFieldIsEmptied) {
  acquire(b);
  rounds(LoopFacts::Open, [&] {
    reset(Marks);
    grow(Text);
  });
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, FewRoundsWithinOpenOnes) {
  acquire(b);
  rounds(LoopFacts::Open, [&] {
    reset(Text);
    rounds(LoopFacts::Fixed, [&] { grow(Text); });
  });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, FewRoundsWithinOpenOnesAddUp) {
  acquire(b);
  rounds(LoopFacts::Open,
         [&] { rounds(LoopFacts::Fixed, [&] { grow(Text); }); });
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, ALeaseInEachRound) {
  rounds(LoopFacts::Open, [&] {
    acquire(b);
    grow(Text);
    put(b, NoResetNeeded);
  });
  leave();
  EXPECT_EQ(run(), "");
}

TEST_F(GrowthTest, Resets) {
  acquire(b);
  grow(Text, {}, FromOutside);
  reset(deref(b));
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, GivesBack) {
  acquire(b);
  grow(Text, {}, FromOutside);
  bound(Text);
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, GivesBackTheWhole) {
  acquire(b);
  grow(Text, {}, FromOutside);
  grow(Marks, {}, FromOutside);
  bound(deref(b));
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, GivesBackAnotherField) {
  acquire(b);
  grow(Text, {}, FromOutside);
  bound(Marks);
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, GivesBackTooEarly) {
  acquire(b);
  bound(Text);
  grow(Text, {}, FromOutside);
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, GivesBackOnOneWayOnly) {
  acquire(b);
  grow(Text, {}, FromOutside);
  either(unknown(), [&] { bound(Text); });
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, GrowsAndGivesBackUnderOneCondition) {
  PlaceId c = param("c");
  acquire(b);
  either(nonNull(c), [&] { grow(Text, {}, FromOutside); });
  either(nonNull(c), [&] { bound(Text); });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, UnseenResetMayGiveBack) {
  acquire(b);
  grow(Text, {}, FromOutside);
  fact(FactKind::Bound, "bound", Unsure).Dst = deref(b);
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, Sizes) {
  acquire(b);
  grow(Text, Operand::constant(65536));
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, LargeSizes) {
  acquire(b);
  grow(Text, Operand::constant(65537));
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, LargeElements) {
  acquire(b);
  grow(Text, Operand::constant(10000)).Index = 8;
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, LimitIsAnOption) {
  Limits.KeptBytes = 100'000;
  acquire(b);
  grow(Text, Operand::constant(65537));
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, NumberNobodyLookedAt) {
  acquire(b);
  grow(Text, Operand::value(param("n")));
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, NumberComparedWithAConstant) {
  PlaceId n = param("n");
  acquire(b);
  either({n, Cmp::LE, 4096}, [&] { grow(Text, Operand::value(n)); });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, NumberComparedWithALargeConstant) {
  PlaceId n = param("n");
  acquire(b);
  either({n, Cmp::LE, 1 << 20}, [&] { grow(Text, Operand::value(n)); });
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, NumberComparedWithAnother) {
  PlaceId n = param("n");
  acquire(b);
  either(atMost(n), [&] { grow(Text, Operand::value(n)); });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, ComparisonIsForgottenWithTheNumber) {
  PlaceId n = local("n");
  acquire(b);
  either(atMost(n), [&] {
    assign(n);
    grow(Text, Operand::value(n));
  });
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthTest, LessIsStillNoMore) {
  PlaceId n = local("n");
  acquire(b);
  either(atMost(n), [&] {
    write(n, Lowers);
    grow(Text, Operand::value(n));
  });
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, NumberFromOutside) {
  PlaceId n = local("n"), m = local("m");
  acquire(b);
  assign(Places.step(PlaceKind::Query, n, Outside), int64_t(1));
  copy(m, n);
  grow(Text, Operand::value(m));
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthTest, PoolsThatLimit) {
  acquire(b, PoolLimits);
  grow(Text, {}, FromOutside);
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, PutsThatLimit) {
  acquire(b);
  grow(Text, {}, FromOutside);
  put(b, NoResetNeeded | PoolLimits);
  leave();
  EXPECT_EQ(run(), "");
}

TEST_F(GrowthTest, FamiliesThatKeepNothing) {
  Families[0].Keeps = false;
  acquire(b);
  grow(Text, {}, FromOutside);
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthTest, MovedAway) {
  PlaceId Out = local("out");
  acquire(b);
  grow(Text, {}, FromOutside);
  move(Out, Text);
  EXPECT_EQ(done(), "");
}

/// What a function that gets the object in its parameter says of it.
struct GrowthCallTest : GrowthTest {
  PlaceId p = param("p"), n = param("n");
  Summary Callee;

  Outcome &outcome() {
    Callee.Returns = true;
    if (Callee.Entities.empty())
      Callee.Entities.push_back({p, {}});
    Callee.Entities[0].Outcomes.emplace_back();
    return Callee.Entities[0].Outcomes.back();
  }
  void call(Operand Count = {}) {
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({p, Operand::value(b)});
    C.Bindings.push_back({n, Count});
    apply(std::move(C));
  }
};

TEST_F(GrowthCallTest, CalleeGrowsIt) {
  outcome().Grown.push_back({fieldNamed("text"), NoPlace, true});
  acquire(b);
  call();
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthCallTest, CalleeGrowsItByWhatItIsGiven) {
  outcome().Grown.push_back({fieldNamed("text"), n, false});
  acquire(b);
  call(Operand::constant(4));
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthCallTest, CalleeGrowsItByWhatNobodyKnows) {
  outcome().Grown.push_back({fieldNamed("text"), n, false});
  acquire(b);
  call(Operand::value(local("m")));
  EXPECT_EQ(done(), Possible);
}

TEST_F(GrowthCallTest, CalleeGrowsItOnceInEachRound) {
  outcome().Grew.push_back(fieldNamed("text"));
  acquire(b);
  rounds(LoopFacts::Open, [&] { call(); });
  EXPECT_EQ(done(), Definite);
}

TEST_F(GrowthCallTest, CalleeGivesItBack) {
  Outcome &O = outcome();
  O.Bounded.push_back(fieldNamed("text"));
  acquire(b);
  grow(Text, {}, FromOutside);
  call();
  EXPECT_EQ(done(), "");
}

TEST_F(GrowthCallTest, OutcomesOfAFunction) {
  PlaceId Within = arrow(p, "text");
  grow(Within);
  grow(Within, Operand::value(n));
  bound(arrow(p, "marks"));
  leave();
  run({p});
  const Outcome &O = Sum.Entities.at(0).Outcomes.at(0);
  ASSERT_EQ(O.Grown.size(), 1u);
  EXPECT_EQ(O.Grown[0].By, n);
  EXPECT_EQ(O.Grew.size(), 1u);
  EXPECT_EQ(O.Bounded, decltype(O.Bounded){fieldNamed("marks")});
}

} // namespace
} // namespace pooltidy

//===- SolverStockTest.cpp - new objects that fill a pool -------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct StockTest : Build, testing::Test {
  StockTest() { Families[0].Pooled = true; }
  PlaceId b = local("b");

  void make(PlaceId P) {
    fact(FactKind::Assign, "make").Dst = P;
    fact(FactKind::Make, "make").Dst = P;
  }
  void rounds(LoopFacts::Ending Ends, llvm::function_ref<void()> Body) {
    BlockId Head = F.Blocks.size();
    F.Loops.push_back({Ends, Head, {}, true});
    loop(unknown(), Body);
  }
  std::string done() {
    leave();
    return run();
  }
};

TEST_F(StockTest, InEachRound) {
  rounds(LoopFacts::Open, [&] {
    make(b);
    put(b);
  });
  EXPECT_EQ(done(), "unbalanced-put of b at put");
}

TEST_F(StockTest, UnderAnotherName) {
  PlaceId c = local("c");
  rounds(LoopFacts::Open, [&] {
    make(b);
    copy(c, b);
    put(c);
  });
  EXPECT_EQ(done(), "unbalanced-put of c at put");
}

TEST_F(StockTest, CountedRounds) {
  rounds(LoopFacts::Counted, [&] {
    make(b);
    put(b);
  });
  EXPECT_EQ(done(), "");
}

TEST_F(StockTest, CountedRoundsWithinOpenOnes) {
  rounds(LoopFacts::Open, [&] {
    rounds(LoopFacts::Counted, [&] {
      make(b);
      put(b);
    });
  });
  EXPECT_EQ(done(), "unbalanced-put of b at put");
}

TEST_F(StockTest, AcquiredThereToo) {
  PlaceId c = local("c");
  rounds(LoopFacts::Open, [&] {
    acquire(c, NotOwned);
    make(b);
    put(b);
  });
  EXPECT_EQ(done(), "");
}

TEST_F(StockTest, PoolsThatKeepSoMany) {
  Families[0].Limited = true;
  rounds(LoopFacts::Open, [&] {
    make(b);
    put(b);
  });
  EXPECT_EQ(done(), "");
}

TEST_F(StockTest, NoPool) {
  Families[0].Pooled = false;
  rounds(LoopFacts::Open, [&] {
    make(b);
    put(b);
  });
  EXPECT_EQ(done(), "");
}

TEST_F(StockTest, MadeBeforeTheRounds) {
  make(b);
  rounds(LoopFacts::Open, [&] { use(b); });
  put(b);
  EXPECT_EQ(done(), "unbalanced-put of b at put?");
  EXPECT_EQ(Sum.Stocks.size(), 1u);
}

TEST_F(StockTest, ByACallee) {
  Summary Callee;
  Callee.Returns = true;
  Callee.Stocks.push_back({0});
  rounds(LoopFacts::Open, [&] {
    CallSite C;
    C.Callee = &Callee;
    apply(std::move(C));
  });
  EXPECT_EQ(done(), "unbalanced-put of  at call");
}

TEST_F(StockTest, ByACalleeOnce) {
  Summary Callee;
  Callee.Returns = true;
  Callee.Stocks.push_back({0});
  CallSite C;
  C.Callee = &Callee;
  apply(std::move(C));
  EXPECT_EQ(done(), "");
  EXPECT_EQ(Sum.Stocks.size(), 1u);
}

struct AskedTest : StockTest {
  PlaceId Theirs = param("theirs"), pool = param("pool"), other = param("other");
  Summary Callee;

  AskedTest() {
    Callee.Returns = true;
    Callee.Stocks.push_back({0, deref(Theirs)});
  }
  PlaceId sizeOf(PlaceId P) {
    return Places.step(PlaceKind::Query, deref(P), 77, "size");
  }
  void callWith(PlaceId P) {
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({Theirs, Operand::value(P)});
    apply(std::move(C));
  }
  /// Each round asks \p Test, and calls where it holds.
  std::string roundsThatAsk(Predicate Test) {
    rounds(LoopFacts::Open, [&] { either(Test, [&] { callWith(pool); }); });
    return done();
  }
};

TEST_F(AskedTest, TheCallersPool) {
  EXPECT_EQ(roundsThatAsk({sizeOf(pool), Cmp::LT, 8}), "");
}

TEST_F(AskedTest, AnotherPool) {
  EXPECT_EQ(roundsThatAsk({sizeOf(other), Cmp::LT, 8}), "unbalanced-put of  at call");
}

TEST_F(AskedTest, ByWhatAFunctionAnswers) {
  Summary Asks;
  Asks.Returns = true;
  Asks.AnswersBy.push_back(sizeOf(Theirs));
  PlaceId Low = temp();
  auto Ask = [&](PlaceId P) {
    CallSite C;
    C.Callee = &Asks;
    C.Ret = Low;
    C.Bindings.push_back({Theirs, Operand::address(P)});
    apply(std::move(C));
  };
  PlaceId Object = local("object");
  Asks.AnswersBy[0] = Places.step(PlaceKind::Query, arrow(Theirs, "p"), 77, "size");
  Callee.Stocks[0].Pool = arrow(Theirs, "p");
  rounds(LoopFacts::Open, [&] {
    Ask(Object);
    either(nonNull(Low), [&] {
      CallSite C;
      C.Callee = &Callee;
      C.Bindings.push_back({Theirs, Operand::address(Object)});
      apply(std::move(C));
    });
  });
  EXPECT_EQ(done(), "");
}

TEST_F(AskedTest, ToldToTheCaller) {
  make(b);
  put(b).Pool = deref(pool);
  done();
  ASSERT_EQ(Sum.Stocks.size(), 1u);
  EXPECT_EQ(Sum.Stocks[0].Pool, deref(pool));
}

TEST_F(AskedTest, NotOfAPoolThatTheCallerHasNot) {
  make(b);
  put(b).Pool = local("here");
  done();
  ASSERT_EQ(Sum.Stocks.size(), 1u);
  EXPECT_EQ(Sum.Stocks[0].Pool, NoPlace);
}

TEST_F(AskedTest, WhatDecidesAboutAnAnswer) {
  result();
  either({sizeOf(pool), Cmp::LT, 8}, [&] { giveBack(Operand::constant(1)); });
  giveBack(Operand::constant(0));
  run();
  EXPECT_EQ(Sum.AnswersBy, (llvm::SmallVector<PlaceId, 2>{sizeOf(pool)}));
}

TEST_F(AskedTest, BehindThePutWhereItEndsTheRounds) {
  PlaceId here = local("here");
  PlaceId Size = Places.step(PlaceKind::Query, here, 77, "size");
  BlockId Body = block(), After = block();
  go(Body);
  in(Body);
  F.Loops.push_back({LoopFacts::Open, Body, {}, true});
  make(b);
  put(b).Pool = here;
  branch({Size, Cmp::LT, 8}, Body, After);
  in(After);
  EXPECT_EQ(done(), "");
}

TEST_F(StockTest, GivesItToItsCaller) {
  result();
  make(b);
  giveBack(b);
  run();
  EXPECT_TRUE(Sum.Makes);
}

} // namespace
} // namespace pooltidy

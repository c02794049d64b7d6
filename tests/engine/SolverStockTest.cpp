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

  void make(PlaceId P) { fact(FactKind::Make, "make").Dst = P; }
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

TEST_F(StockTest, GivesItToItsCaller) {
  result();
  make(b);
  giveBack(b);
  run();
  EXPECT_TRUE(Sum.Makes);
}

} // namespace
} // namespace pooltidy

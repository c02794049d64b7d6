//===- RangeTest.cpp - what is known of one number ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "engine/Range.h"
#include <gtest/gtest.h>

namespace pooltidy {

/// For messages of failed expectations.
void PrintTo(const Range &R, std::ostream *Out) {
  if (R.isEmpty()) {
    *Out << "empty";
    return;
  }
  *Out << "[" << R.Low << ", " << R.High << "]";
  if (R.HasHole)
    *Out << " but " << R.Hole << " to " << R.HoleEnd;
}

namespace {

constexpr int64_t Min = std::numeric_limits<int64_t>::min();
constexpr int64_t Max = std::numeric_limits<int64_t>::max();
constexpr Cmp All[] = {Cmp::EQ, Cmp::NE, Cmp::LT, Cmp::LE, Cmp::GT, Cmp::GE};

Range of(int64_t Low, int64_t High) { return {Low, High, false, 0, 0}; }
Range but(int64_t Hole, Range R = {}) {
  R.HasHole = true;
  R.Hole = R.HoleEnd = Hole;
  return R;
}
Range keep(Range R, Cmp Op, int64_t C) {
  R.keep(Op, C);
  return R;
}

bool holds(int64_t N, Cmp Op, int64_t C) {
  switch (Op) {
  case Cmp::EQ: return N == C;
  case Cmp::NE: return N != C;
  case Cmp::LT: return N < C;
  case Cmp::LE: return N <= C;
  case Cmp::GT: return N > C;
  case Cmp::GE: return N >= C;
  }
  return false;
}

TEST(Range, KnowsNothingAtFirst) {
  Range R;
  EXPECT_TRUE(R.isAny());
  EXPECT_FALSE(R.isEmpty());
  EXPECT_TRUE(R.contains(Min));
  EXPECT_TRUE(R.contains(Max));
  EXPECT_FALSE(R.isZero());
  EXPECT_FALSE(R.isNonZero());
}

TEST(Range, LeavesWhatTheCasesOfASwitchDoNotName) {
  Range R;
  for (int64_t Case : {1, 0, 2})
    R.keep(Cmp::NE, Case);
  for (int64_t Case : {0, 1, 2})
    EXPECT_FALSE(R.contains(Case));
  EXPECT_TRUE(R.contains(-1));
  EXPECT_TRUE(R.contains(3));
  R.keep(Cmp::GE, 0);
  EXPECT_EQ(R, of(3, Max));
  EXPECT_EQ(keep(R, Cmp::LE, 2), keep(of(0, 0), Cmp::GT, 0));
  EXPECT_FALSE(but(1).joined(of(0, 5)).HasHole);
  EXPECT_FALSE(but(1).joined(but(1, of(0, 5))).contains(1));
}

TEST(Range, TellsNullFromNotNull) {
  EXPECT_TRUE(Range::exactly(0).isZero());
  EXPECT_FALSE(Range::exactly(0).isNonZero());
  EXPECT_TRUE(keep({}, Cmp::NE, 0).isNonZero());
  EXPECT_TRUE(Range::exactly(7).isNonZero());
  EXPECT_TRUE(keep({}, Cmp::EQ, 0).isZero());
  EXPECT_TRUE(keep({}, Cmp::LT, 0).isNonZero());
  EXPECT_TRUE(keep(keep({}, Cmp::GE, 0), Cmp::LE, 0).isZero());
}

TEST(Range, KeepsBothSidesOfEachComparison) {
  EXPECT_EQ(keep({}, Cmp::EQ, 3), of(3, 3));
  EXPECT_EQ(keep({}, Cmp::NE, 3), but(3));
  EXPECT_EQ(keep({}, Cmp::LT, 3), of(Min, 2));
  EXPECT_EQ(keep({}, Cmp::LE, 3), of(Min, 3));
  EXPECT_EQ(keep({}, Cmp::GT, 3), of(4, Max));
  EXPECT_EQ(keep({}, Cmp::GE, 3), of(3, Max));
}

TEST(Range, NotEqualAtAnEdgeMovesTheEdge) {
  EXPECT_EQ(keep(of(0, 1), Cmp::NE, 0), of(1, 1));
  EXPECT_EQ(keep(of(0, 1), Cmp::NE, 1), of(0, 0));
  EXPECT_EQ(keep({}, Cmp::NE, Min), of(Min + 1, Max));
  EXPECT_EQ(keep({}, Cmp::NE, Max), of(Min, Max - 1));
  EXPECT_EQ(keep(of(0, 9), Cmp::NE, 20), of(0, 9));
}

TEST(Range, AnEdgeThatMeetsTheHoleSkipsIt) {
  EXPECT_EQ(keep(but(0), Cmp::GE, 0), of(1, Max));
  EXPECT_EQ(keep(but(0), Cmp::LE, 0), of(Min, -1));
  EXPECT_EQ(keep(but(5, of(0, 9)), Cmp::LT, 5), of(0, 4));
  EXPECT_EQ(keep(but(5, of(0, 9)), Cmp::LT, 3), of(0, 2));
}

TEST(Range, ContradictionsAreEmpty) {
  EXPECT_TRUE(keep(Range::exactly(0), Cmp::NE, 0).isEmpty());
  EXPECT_TRUE(keep(Range::exactly(0), Cmp::EQ, 1).isEmpty());
  EXPECT_TRUE(keep(but(4), Cmp::EQ, 4).isEmpty());
  EXPECT_TRUE(keep(of(1, 5), Cmp::GT, 5).isEmpty());
  EXPECT_TRUE(keep(of(1, 5), Cmp::LT, 1).isEmpty());
  EXPECT_TRUE(keep(Range::exactly(Min), Cmp::NE, Min).isEmpty());
  EXPECT_TRUE(keep(Range::exactly(Max), Cmp::NE, Max).isEmpty());
  EXPECT_TRUE(keep(but(3, of(2, 4)), Cmp::EQ, 3).isEmpty());
}

TEST(Range, NothingIsBelowTheSmallestOrAboveTheLargest) {
  EXPECT_TRUE(keep({}, Cmp::LT, Min).isEmpty());
  EXPECT_TRUE(keep({}, Cmp::GT, Max).isEmpty());
}

TEST(Range, TheSmallestAndTheLargestAreThere) {
  EXPECT_EQ(keep({}, Cmp::LE, Min), of(Min, Min));
  EXPECT_EQ(keep({}, Cmp::GE, Max), of(Max, Max));
}

/// keep() against the meaning of the comparisons, number by number. A second
/// hole is forgotten, so the answer may be wider, never narrower.
TEST(Range, KeepNeverLosesANumber) {
  for (Cmp A : All)
    for (int64_t C = -2; C <= 2; ++C)
      for (Cmp B : All)
        for (int64_t D = -2; D <= 2; ++D) {
          Range R = keep(keep(of(-3, 3), A, C), B, D);
          for (int64_t N = -4; N <= 4; ++N) {
            bool Should = -3 <= N && N <= 3 && holds(N, A, C) && holds(N, B, D);
            if (Should)
              EXPECT_TRUE(R.contains(N)) << N;
            else if (A != Cmp::NE || B != Cmp::NE)
              EXPECT_FALSE(R.contains(N)) << N;
          }
        }
}

TEST(Range, NegatedComparisonsSplitTheNumbers) {
  for (Cmp Op : All)
    for (int64_t N = -2; N <= 2; ++N)
      EXPECT_NE(holds(N, Op, 0), holds(N, negate(Op), 0));
}

TEST(Range, JoinCoversBoth) {
  EXPECT_EQ(of(0, 1).joined(of(5, 9)), of(0, 9));
  EXPECT_EQ(of(5, 9).joined(of(0, 1)), of(0, 9));
  EXPECT_TRUE(Range::exactly(1).joined({}).isAny());
  EXPECT_TRUE(of(Min, 0).joined(of(1, Max)).isAny());
}

TEST(Range, JoinKeepsAHoleThatNeitherSideFills) {
  EXPECT_EQ(but(0).joined(but(0)), but(0));
  EXPECT_EQ(but(0).joined(of(3, 9)), but(0));
  EXPECT_EQ(of(3, 9).joined(but(0)), but(0));
  EXPECT_TRUE(but(0).joined(of(-1, 1)).isAny());
  EXPECT_TRUE(but(0).joined(Range::exactly(0)).isAny());
}

TEST(Range, JoinOfNeighboursOfZeroIsNotZero) {
  Range R = keep({}, Cmp::LT, 0).joined(keep({}, Cmp::GT, 0));
  EXPECT_EQ(R, but(0));
  EXPECT_EQ(keep({}, Cmp::GT, 0).joined(keep({}, Cmp::LT, 0)), but(0));
  EXPECT_EQ(Range::exactly(-1).joined(Range::exactly(1)), but(0, of(-1, 1)));
}

TEST(Range, JoinNeverLosesANumber) {
  Range Some[] = {
      {},     Range::exactly(0), of(-2, 1),         of(1, 3), of(-3, -1),
      but(0), but(1, of(0, 3)),  but(-1, of(-3, 2))};
  for (const Range &A : Some)
    for (const Range &B : Some)
      for (int64_t N = -4; N <= 4; ++N)
        if (A.contains(N) || B.contains(N))
          EXPECT_TRUE(A.joined(B).contains(N)) << N;
}

TEST(Range, OverlapsWhereANumberIsInBoth) {
  EXPECT_TRUE(of(0, 5).overlaps(of(5, 9)));
  EXPECT_FALSE(of(0, 4).overlaps(of(5, 9)));
  EXPECT_FALSE(Range::exactly(0).overlaps(but(0)));
  EXPECT_FALSE(but(0).overlaps(Range::exactly(0)));
  EXPECT_TRUE(but(0).overlaps(Range::exactly(1)));
  EXPECT_TRUE(Range().overlaps({}));
}

} // namespace
} // namespace pooltidy

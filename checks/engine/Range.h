//===- Range.h - what is known of one number --------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_RANGE_H
#define POOLTIDY_ENGINE_RANGE_H

#include "Facts.h"
#include <algorithm>
#include <limits>

namespace pooltidy {

/// An interval with at most one hole: enough for null, booleans, comparisons
/// with constants, error codes, and what the cases of a switch leave.
struct Range {
  int64_t Low = std::numeric_limits<int64_t>::min();
  int64_t High = std::numeric_limits<int64_t>::max();
  bool HasHole = false;
  int64_t Hole = 0, HoleEnd = 0; ///< its first and last number
  bool Tested = false;   ///< a branch said it, no assignment
  bool Believed = false; ///< … and unknown code may have changed it since

  static Range exactly(int64_t N) { return {N, N, false, 0, 0}; }
  bool isAny() const {
    return Low == Range().Low && High == Range().High && !HasHole;
  }
  bool isEmpty() const { return Low > High; }
  bool contains(int64_t N) const {
    return Low <= N && N <= High && !(HasHole && Hole <= N && N <= HoleEnd);
  }
  bool isNonZero() const { return !contains(0); }
  bool isZero() const { return Low == 0 && High == 0; }
  /// The same numbers, and as sure.
  bool operator==(const Range &O) const {
    return Low == O.Low && High == O.High && HasHole == O.HasHole &&
           Hole == O.Hole && HoleEnd == O.HoleEnd && Believed == O.Believed;
  }

  /// Asks \p Holds of each comparison that the numbers satisfy, all of which say
  /// what the range says; false when one does not hold.
  template <typename Callback> bool everyTest(Callback Holds) const {
    if (!Holds(Cmp::GE, Low) || !Holds(Cmp::LE, High))
      return false;
    for (int64_t N = Hole; HasHole && N <= HoleEnd; ++N)
      if (!Holds(Cmp::NE, N))
        return false;
    return true;
  }

  /// Keeps the numbers for which `n Op C` holds.
  void keep(Cmp Op, int64_t C) {
    switch (Op) {
    case Cmp::EQ:
      if (!contains(C))
        return clear();
      only(C);
      return;
    case Cmp::NE:
      if (Low == C && Low != std::numeric_limits<int64_t>::max())
        ++Low;
      else if (High == C && High != std::numeric_limits<int64_t>::min())
        --High;
      else if (Low < C && C < High && contains(C)) {
        if (HasHole && C == HoleEnd + 1)
          HoleEnd = C;
        else if (HasHole && C + 1 == Hole)
          Hole = C;
        else // one hole is kept: the last one asked about
          setHole(C, C);
      }
      break;
    case Cmp::LT:
      if (C == std::numeric_limits<int64_t>::min())
        return clear();
      High = std::min(High, C - 1);
      break;
    case Cmp::LE:
      High = std::min(High, C);
      break;
    case Cmp::GT:
      if (C == std::numeric_limits<int64_t>::max())
        return clear();
      Low = std::max(Low, C + 1);
      break;
    case Cmp::GE:
      Low = std::max(Low, C);
      break;
    }
    normalise();
  }

  /// What holds when one of both holds.
  Range joined(const Range &O) const {
    Range R{std::min(Low, O.Low), std::max(High, O.High)};
    R.Tested = Tested && O.Tested;
    R.Believed = Believed || O.Believed;
    // What neither has of the holes of both.
    auto Keeps = [](const Range &A, const Range &B, Range &Into) {
      if (!A.HasHole)
        return false;
      if (B.HasHole && B.Hole <= A.HoleEnd && A.Hole <= B.HoleEnd) {
        Into.setHole(std::max(A.Hole, B.Hole), std::min(A.HoleEnd, B.HoleEnd));
        return true;
      }
      if (B.High >= A.Hole && B.Low <= A.HoleEnd)
        return false;
      Into.setHole(A.Hole, A.HoleEnd);
      return true;
    };
    if (!Keeps(*this, O, R) && !Keeps(O, *this, R) && !isEmpty() && !O.isEmpty()) {
      // [.., a] ∪ [b, ..] with one number between: that number is a hole.
      if (High < O.Low && O.Low - High == 2)
        R.setHole(High + 1, High + 1);
      else if (O.High < Low && Low - O.High == 2)
        R.setHole(O.High + 1, O.High + 1);
    }
    R.normalise();
    return R;
  }

  /// Keeps the numbers that \p O has too; false when there are none.
  bool meet(const Range &O) {
    return O.everyTest([&](Cmp Op, int64_t N) {
      keep(Op, N);
      return !isEmpty();
    });
  }

  bool overlaps(const Range &O) const {
    Range R = *this;
    R.keep(Cmp::GE, O.Low);
    R.keep(Cmp::LE, O.High);
    if (O.HasHole && O.Hole <= R.Low && R.High <= O.HoleEnd)
      return false;
    return !R.isEmpty();
  }

private:
  void only(int64_t C) {
    Low = High = C;
    HasHole = false, Hole = HoleEnd = 0;
  }
  void clear() {
    only(0);
    Low = 1;
  }
  void setHole(int64_t From, int64_t To) {
    HasHole = true, Hole = From, HoleEnd = To;
  }
  void normalise() {
    if (HasHole && Hole <= Low && Low <= HoleEnd) {
      if (HoleEnd == std::numeric_limits<int64_t>::max())
        return clear();
      Low = HoleEnd + 1;
    }
    if (HasHole && Hole <= High && High <= HoleEnd) {
      if (Hole == std::numeric_limits<int64_t>::min())
        return clear();
      High = Hole - 1;
    }
    if (HasHole && (HoleEnd < Low || Hole > High))
      HasHole = false, Hole = HoleEnd = 0;
    if (Low > High)
      clear();
  }
};

/// What a number is known to be by another place: the truth of a test of it, or,
/// when Same, what is in there.
struct Meaning : Predicate {
  bool Same = false;
  bool operator==(const Meaning &) const = default;
};

} // namespace pooltidy

#endif

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
/// with constants and error codes.
struct Range {
  int64_t Low = std::numeric_limits<int64_t>::min();
  int64_t High = std::numeric_limits<int64_t>::max();
  bool HasHole = false;
  int64_t Hole = 0;

  static Range exactly(int64_t N) { return {N, N, false, 0}; }
  bool isAny() const { return *this == Range(); }
  bool isEmpty() const { return Low > High; }
  bool contains(int64_t N) const {
    return Low <= N && N <= High && !(HasHole && Hole == N);
  }
  bool isNonZero() const { return !contains(0); }
  bool isZero() const { return Low == 0 && High == 0; }
  bool operator==(const Range &) const = default;

  /// Keeps the numbers for which `n Op C` holds.
  void keep(Cmp Op, int64_t C) {
    switch (Op) {
    case Cmp::EQ:
      if (!contains(C))
        return clear();
      *this = exactly(C);
      return;
    case Cmp::NE:
      if (Low == C && Low != std::numeric_limits<int64_t>::max())
        ++Low;
      else if (High == C && High != std::numeric_limits<int64_t>::min())
        --High;
      else if (Low < C && C < High) {
        HasHole = true; // one hole is kept: the last one asked about
        Hole = C;
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
    Range R{std::min(Low, O.Low), std::max(High, O.High), false, 0};
    if (HasHole && !O.contains(Hole))
      R.HasHole = true, R.Hole = Hole;
    else if (O.HasHole && !contains(O.Hole))
      R.HasHole = true, R.Hole = O.Hole;
    else if (!isEmpty() && !O.isEmpty()) {
      // [.., a] ∪ [b, ..] with one number between: that number is a hole.
      if (High < O.Low && O.Low - High == 2)
        R.HasHole = true, R.Hole = High + 1;
      else if (O.High < Low && Low - O.High == 2)
        R.HasHole = true, R.Hole = O.High + 1;
    }
    R.normalise();
    return R;
  }

  bool overlaps(const Range &O) const {
    Range R = *this;
    R.keep(Cmp::GE, O.Low);
    R.keep(Cmp::LE, O.High);
    if (O.HasHole)
      R.keep(Cmp::NE, O.Hole);
    return !R.isEmpty();
  }

private:
  void clear() { Low = 1, High = 0, HasHole = false, Hole = 0; }
  void normalise() {
    if (HasHole) {
      if (Hole == Low)
        ++Low, HasHole = false;
      else if (Hole == High)
        --High, HasHole = false;
      else if (Hole < Low || Hole > High)
        HasHole = false;
      if (!HasHole)
        Hole = 0;
    }
    if (Low > High)
      clear();
  }
};

} // namespace pooltidy

#endif

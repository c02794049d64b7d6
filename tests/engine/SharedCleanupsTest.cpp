//===- SharedCleanupsTest.cpp - what many returns destroy -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Points.h"

namespace pooltidy {
namespace {

constexpr unsigned Many = 64;

/// A function of Many guards, one a line from line 2 on, with a return after
/// each; \p After stands behind the guard of that number.
std::string guards(unsigned Number, const std::string &After) {
  std::string Code = "void f() {\n";
  for (unsigned I = 0; I < Many; ++I) {
    std::string N = std::to_string(I);
    Code += "BufPtr g" + N + "(get_buf()); if (coin()) return;";
    Code += I == Number ? After + "\n" : "\n";
  }
  return Code + "}";
}

TEST(SharedCleanups, GuardsPut) {
  Points P(guards(30, ""));
  EXPECT_EQ(P.findings(), "");
}

TEST(SharedCleanups, EachReturnIsAPathOfItsOwn) {
  Points P(guards(30, "Buf *b = get_buf(); if (coin()) { return; } put_buf(b);"));
  EXPECT_EQ(P.findings(), "leak of b at 32");
  EXPECT_EQ(P.linesOf(FindingKind::Leak), "32 32 32");
}

TEST(SharedCleanups, StandsWhereThisPathReturned) {
  // Put by hand on the way to one of the returns, which lies elsewhere than the
  // guard and the closing brace.
  Points P(guards(50, "if (coin()) { put_buf(g10.get()); return; }"));
  EXPECT_EQ(P.findings(), "foreign-put of g10 at 52");
  EXPECT_EQ(P.linesOf(FindingKind::ForeignPut), "12 52 52 52 52 52");
}

TEST(SharedCleanups, StandsAtTheBraceWhereNothingReturned) {
  Points P(guards(50, "put_buf(g10.get());"));
  EXPECT_EQ(P.findings(), "foreign-put of g10 at 52");
}

TEST(SharedCleanups, ReleasedOnOneWay) {
  Points P(guards(40, "if (coin()) { put_buf(g20.release()); return; }"));
  EXPECT_EQ(P.findings(), "");
}

TEST(SharedCleanups, AnOwnerThatLetGoLeaks) {
  Points P(guards(40, "if (coin()) { g20.release(); return; }"));
  EXPECT_EQ(P.findings(), "leak of g20 at 22");
}

} // namespace
} // namespace pooltidy

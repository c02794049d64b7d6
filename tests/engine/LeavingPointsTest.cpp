//===- LeavingPointsTest.cpp - leases that go elsewhere -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Points.h"

namespace pooltidy {
namespace {

TEST(LeavingPoints, StoreInAGlobal) {
  Points P(R"(Buf *current;
  void f() {
    Buf *b = get_buf();
    current = b;
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "live clean escaped: b, current");
  EXPECT_EQ(P.findings(), "retained of b at 4");
}

TEST(LeavingPoints, StoreInOneOfMany) {
  Points P(R"(void f(Buf **all, int i) {
    Buf *b = get_buf();
    all[i] = b;
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "live clean escaped: all, b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, StoreInAnOutParameter) {
  Points P(R"(void f(Buf **out) {
    Buf *b = get_buf();
    *out = b;
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "live clean given-out: *out, b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, Take) {
  Points P(R"(void maybe_keep(Buf *);
  void f() {
    Buf *b = get_buf();
    maybe_keep(b);
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "live dirty? owned: b");
  EXPECT_EQ(P.doubtsAt("after"), "maybe-taken");
  EXPECT_EQ(P.findings(), "leak of b at 3?");
}

TEST(LeavingPoints, Clobber) {
  Points P(R"(int mode;
  void f() {
    if (mode != 1)
      return;
    Buf *b = get_buf();
    if (mode != 1)
      pool_tidy_point("same", b);
    library();
    if (mode != 1)
      pool_tidy_point("changed", b);
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("same"));
  EXPECT_EQ(P.at("changed"), "live clean owned: b");
}

TEST(LeavingPoints, ApplyOfACalleeThatPuts) {
  Points P(R"(void finish(Buf *b) { b->clear(); put_buf(b); }
  void f() {
    Buf *b = get_buf();
    b->len = 1;
    finish(b);
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "returned dirty(len) owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, ApplyOfACalleeThatPutsWhenItSaysSo) {
  Points P(R"(bool finish(Buf *b) {
    if (coin())
      return false;
    put_buf(b);
    return true;
  }
  void f() {
    Buf *b = get_buf();
    if (finish(b)) {
      pool_tidy_point("true", b);
    } else {
      pool_tidy_point("false", b);
      put_buf(b);
    }
  })");
  EXPECT_EQ(P.at("true"), "returned clean owned: b");
  EXPECT_EQ(P.at("false"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, ApplyOfACalleeThatAcquires) {
  Points P(R"(Buf *make() {
    Buf *b = get_buf();
    b->len = 1;
    return b;
  }
  void f() {
    Buf *b = make();
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "live dirty owned: b");
  EXPECT_EQ(P.findings(), "leak of b at 7");
}

TEST(LeavingPoints, TempsEnd) {
  Points P(R"(void f() {
    get_buf()->len = 1;
    pool_tidy_point("after");
  })");
  EXPECT_EQ(P.at("after"), "");
  EXPECT_EQ(P.findings(), "leak of  at 2");
}

TEST(LeavingPoints, ScopeEnd) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    {
      Buf *c = b;
      pool_tidy_point("inside", c);
    }
    pool_tidy_point("outside", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("inside"), "live clean owned: b, c");
  EXPECT_EQ(P.at("outside"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, ScopeEndOfTheLastName) {
  Points P(R"(void f() {
    {
      Buf *b = get_buf();
    }
    pool_tidy_point("outside");
  })");
  EXPECT_EQ(P.at("outside"), "");
  EXPECT_EQ(P.findings(), "leak of b at 3");
}

TEST(LeavingPoints, Return) {
  Points P(R"(Buf *f() {
    Buf *b = get_buf();
    pool_tidy_point("before", b);
    return b;
  })");
  EXPECT_EQ(P.at("before"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
  EXPECT_EQ(P.Sum.Fresh.size(), 1u);
}

TEST(LeavingPoints, ReturnOfWhatWasPut) {
  Points P(R"(Buf *f() {
    Buf *b = get_buf();
    put_buf(b);
    return b;
  })");
  EXPECT_EQ(P.findings(), "use-after-put of b at 4");
}

TEST(LeavingPoints, Stop) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    if (coin()) {
      fatal();
      pool_tidy_point("dead", b);
    }
    pool_tidy_point("alive", b);
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("dead"));
  EXPECT_EQ(P.at("alive"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(LeavingPoints, EntityOfAParameter) {
  Points P(R"(void f(Buf *b) {
    pool_tidy_point("given", b);
    b->len = 1;
    pool_tidy_point("changed", b);
    put_buf(b);
    pool_tidy_point("put", b);
  })");
  EXPECT_EQ(P.given("given"), "live as-given: b");
  EXPECT_EQ(P.given("changed"), "live dirty(len): b");
  EXPECT_EQ(P.given("put"), "returned dirty(len): b");
}

TEST(LeavingPoints, EntityOfAMember) {
  Points P(R"(struct S {
    Buf *buf;
    void drop() {
      pool_tidy_point("held", buf);
      put_buf(buf);
      buf = nullptr;
      pool_tidy_point("dropped", buf);
    }
  };)", "S::drop");
  EXPECT_EQ(P.given("held"), "live as-given: buf | live as-given: this");
  EXPECT_EQ(P.given("dropped"), "live as-given: this | returned as-given");
  EXPECT_EQ(P.findings(), "");
}

} // namespace
} // namespace pooltidy

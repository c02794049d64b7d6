//===- PointsTest.cpp - the state behind each kind of statement -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Points.h"

namespace pooltidy {
namespace {

TEST(Points, Acquire) {
  Points P(R"(void f() {
    pool_tidy_point("before");
    Buf *b = get_buf();
    pool_tidy_point("after", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("before"), "");
  EXPECT_TRUE(P.reached("before"));
  EXPECT_EQ(P.at("after"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, AcquireThatFails) {
  Points P(R"(void f() {
    Buf *b = try_get_buf();
    if (!b) {
      pool_tidy_point("failed", b);
      return;
    }
    pool_tidy_point("got", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("failed"), "");
  EXPECT_TRUE(P.reached("failed"));
  EXPECT_EQ(P.at("got"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, Put) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    put_buf(b);
    pool_tidy_point("after", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("after"), "returned clean owned: b");
  EXPECT_EQ(P.findings(), "double-put of b at 5");
}

TEST(Points, PutByAHandle) {
  Points P(R"(void f() {
    Buf *raw;
    {
      BufPtr b(get_buf());
      raw = b.get();
      pool_tidy_point("inside", raw);
    }
    pool_tidy_point("outside", raw);
  })");
  EXPECT_EQ(P.at("inside"), "live clean owned: b, raw");
  EXPECT_EQ(P.at("outside"), "returned clean owned: raw");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, PutByAHandlesReset) {
  Points P(R"(void f() {
    BufPtr b(get_buf());
    Buf *raw = b.get();
    b.reset();
    pool_tidy_point("after", raw);
  })");
  EXPECT_EQ(P.at("after"), "returned clean owned: raw");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, ResetOfTheWhole) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    b->len = 1;
    pool_tidy_point("changed", b);
    b->clear();
    pool_tidy_point("reset", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("changed"), "live dirty(len) owned: b");
  EXPECT_EQ(P.at("reset"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, ResetOfAField) {
  Points P(R"(void f(Buf *other) {
    Buf *b = get_buf();
    b->len = 1;
    b->next = other;
    b->len = 0;
    pool_tidy_point("one", b);
    b->next = nullptr;
    pool_tidy_point("both", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("one"), "live dirty(next) owned: b");
  EXPECT_EQ(P.at("both"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, WriteByAMethodThatIsNamedLikeOne) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    b->append(1);
    pool_tidy_point("after", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("after"), "live dirty owned: b");
  EXPECT_EQ(P.findings(), "put-without-reset of b at 5");
}

TEST(Points, WriteByAnUnknownCall) {
  Points P(R"(void visit(Buf &);
  void f() {
    Buf *b = get_buf();
    visit(*b);
    pool_tidy_point("after", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("after"), "live dirty? owned: b");
  EXPECT_EQ(P.findings(), "put-without-reset of b at 6?");
}

TEST(Points, WriteOnOneArm) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    bool full = coin();
    if (full)
      b->len = 1;
    pool_tidy_point("joined", b);
    if (full)
      b->clear();
    pool_tidy_point("reset", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("joined"), "live clean owned: b | live dirty(len) owned: b");
  EXPECT_EQ(P.at("reset"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, Read) {
  Points P(R"(int f() {
    Buf *b = get_buf();
    int n = b->len + b->size();
    pool_tidy_point("read", b);
    put_buf(b);
    return n + b->len;
  })");
  EXPECT_EQ(P.at("read"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "use-after-put of b at 6");
}

TEST(Points, Use) {
  Points P(R"(void look(const Buf *);
  void f() {
    Buf *b = get_buf();
    look(b);
    pool_tidy_point("used", b);
    put_buf(b);
    look(b);
  })");
  EXPECT_EQ(P.at("used"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "use-after-put of b at 7");
}

TEST(Points, CopyOfThePointer) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    Buf *c = b;
    pool_tidy_point("copied", c);
    put_buf(b);
    pool_tidy_point("put", c);
  })");
  EXPECT_EQ(P.at("copied"), "live clean owned: b, c");
  EXPECT_EQ(P.at("put"), "returned clean owned: b, c");
}

TEST(Points, CopyByReference) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    Buf &r = *b;
    r.len = 1;
    pool_tidy_point("changed", b);
    put_buf(&r);
    pool_tidy_point("put", b);
  })");
  EXPECT_EQ(P.at("changed"), "live dirty(len) owned: b, r");
  EXPECT_EQ(P.at("put"), "returned dirty(len) owned: b") << "r is not named again";
  EXPECT_EQ(P.findings(), "put-without-reset of r at 6");
}

TEST(Points, CopyWithinAStruct) {
  Points P(R"(struct Request { Buf *buf; int n; };
  void f() {
    Request a{get_buf(), 1};
    Request b = a;
    pool_tidy_point("copied", b.buf);
    put_buf(b.buf);
  })");
  EXPECT_EQ(P.at("copied"), "live clean owned: a.buf, b.buf");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, CopyByAConditionalOperator) {
  Points P(R"(void f(Buf *spare) {
    Buf *b = get_buf();
    Buf *c = coin() ? b : spare;
    pool_tidy_point("either", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("either"), "live clean owned: b | live clean owned: b, c");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, MoveOfAHandle) {
  Points P(R"(void f() {
    BufPtr a(get_buf());
    BufPtr b(std::move(a));
    pool_tidy_point("built", b.get());
    BufPtr c;
    c = std::move(b);
    pool_tidy_point("assigned", c.get());
  })");
  EXPECT_EQ(P.at("built"), "live clean owned: b");
  EXPECT_EQ(P.at("assigned"), "live clean owned: c");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, MoveOutOfAHandle) {
  Points P(R"(void f() {
    BufPtr a(get_buf());
    Buf *b = a.release();
    pool_tidy_point("released", b);
  })");
  EXPECT_EQ(P.at("released"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "leak of a at 2");
}

TEST(Points, MoveByExchange) {
  Points P(R"(void f() {
    Buf *a = get_buf();
    Buf *b = std::exchange(a, nullptr);
    pool_tidy_point("after", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("after"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, MoveByExchangeLeavesNull) {
  Points P(R"(void f() {
    Buf *a = get_buf();
    Buf *b = std::exchange(a, nullptr);
    if (a)
      pool_tidy_point("left", a);
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("left"));
}

TEST(Points, Swap) {
  Points P(R"(void f() {
    Buf *a = get_buf();
    Buf *b = nullptr;
    std::swap(a, b);
    pool_tidy_point("after", b);
    if (a)
      pool_tidy_point("left", a);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("after"), "live clean owned: b");
  EXPECT_FALSE(P.reached("left"));
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, AssignOfANumber) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    int done = 0;
    if (coin()) {
      put_buf(b);
      done = 1;
    }
    if (done == 0) {
      pool_tidy_point("todo", b);
      put_buf(b);
    }
  })");
  EXPECT_EQ(P.at("todo"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, AssignOfATruth) {
  Points P(R"(void f() {
    Buf *b = try_get_buf();
    bool ok = b != nullptr;
    if (!ok) {
      pool_tidy_point("failed", b);
      return;
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("failed"), "");
  EXPECT_TRUE(P.reached("failed"));
  EXPECT_EQ(P.findings(), "");
}

TEST(Points, AssignOverTheLastName) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    b = nullptr;
    pool_tidy_point("after", b);
  })");
  EXPECT_EQ(P.at("after"), "");
  EXPECT_EQ(P.findings(), "leak of b at 2");
}

} // namespace
} // namespace pooltidy

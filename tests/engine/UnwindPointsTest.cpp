//===- UnwindPointsTest.cpp - the state where exceptions land -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Points.h"

namespace pooltidy {
namespace {

// --- what throws

TEST(UnwindPoints, ExplicitThrow) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      pool_tidy_point("before", b);
      throw 1;
      pool_tidy_point("after", b);
    } catch (int) {
      pool_tidy_point("caught", b);
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("before"), "live clean owned: b");
  EXPECT_FALSE(P.reached("after"));
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.doubtsAt("caught"), "");
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, ExplicitThrowThatLeaves) {
  Points P(R"(void f(int n) {
    Buf *b = get_buf();
    if (n)
      throw n;
    pool_tidy_point("kept", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("kept"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "leak of b at 2");
  EXPECT_EQ(P.Sum.Throwing, Throws::Known);
}

TEST(UnwindPoints, StateOfTheThrowNotOfTheEnd) {
  Points P(R"(void f(int n) {
    Buf *b = get_buf();
    try {
      if (n)
        throw n;
      b->len = 1;
      put_buf(b);
    } catch (...) {
      pool_tidy_point("caught", b);
      put_buf(b);
    }
  })");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "put-without-reset of b at 7");
}

TEST(UnwindPoints, CalleeWhoseSummaryThrows) {
  Points P(R"(void f(int n) {
    Buf *b = get_buf();
    try {
      check(n);
      pool_tidy_point("passed", b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("passed"), "live clean owned: b");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.doubtsAt("caught"), "") << "its body shows the throw";
}

TEST(UnwindPoints, CalleeWhoseSummaryThrowsOut) {
  Points P(R"(void f(int n) {
    Buf *b = get_buf();
    check(n);
    put_buf(b);
  })");
  EXPECT_EQ(P.findings(), "leak of b at 2");
}

TEST(UnwindPoints, CalleeWhoseBodyNeverThrows) {
  Points P(R"(void calm() {}
  void f() {
    Buf *b = get_buf();
    try {
      calm();
    } catch (...) {
      pool_tidy_point("caught", b);
    }
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("caught"));
}

TEST(UnwindPoints, AssumedThrowIntoAHandler) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      library();
      put_buf(b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.doubtsAt("caught"), "assumed-throw");
  EXPECT_EQ(P.findings(), "leak of b at 2?");
}

TEST(UnwindPoints, AssumedThrowWithoutAHandlerIsNotFollowed) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    library();
    put_buf(b);
  })");
  EXPECT_EQ(P.findings(true), "unguarded of b at 2");
  EXPECT_EQ(P.Sum.Throwing, Throws::Assumed);
}

TEST(UnwindPoints, AssumedThrowThatAGuardOutlives) {
  Points P(R"(struct Guard {
    Buf *b;
    explicit Guard(Buf *p) : b(p) {}
    Guard(const Guard &) = delete;
    ~Guard() { if (b) put_buf(b); }
  };
  void f() {
    Buf *b = get_buf();
    Guard g(b);
    library();
    g.b = nullptr;
    put_buf(b);
  })");
  EXPECT_EQ(P.findings(true), "");
}

TEST(UnwindPoints, CalleeThatPutsBeforeItThrows) {
  Points P(R"(void reject(Buf *p) {
    put_buf(p);
    throw 1;
  }
  void f() {
    Buf *b = get_buf();
    reject(b);
  })");
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, PutsAndResetsDoNotThrow) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      b->clear();
      put_buf(b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })");
  EXPECT_FALSE(P.reached("caught"));
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, ThrowingAcquireGivesNoLease) {
  Points P(R"(void f() {
    Buf *b = nullptr;
    try {
      b = get_buf();
      put_buf(b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })");
  EXPECT_TRUE(P.reached("caught"));
  EXPECT_EQ(P.at("caught"), "");
}

// --- where it lands

TEST(UnwindPoints, Rethrow) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      try {
        throw 1;
      } catch (...) {
        pool_tidy_point("inner", b);
        throw;
      }
      pool_tidy_point("between", b);
    } catch (int) {
      pool_tidy_point("outer", b);
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("inner"), "live clean owned: b");
  EXPECT_EQ(P.at("outer"), "live clean owned: b");
  EXPECT_FALSE(P.reached("between"));
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, RethrowAfterThePut) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      library();
    } catch (...) {
      put_buf(b);
      throw;
    }
    pool_tidy_point("normal", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("normal"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, NestedTryByType) {
  Points P(R"(struct Other {};
  void f() {
    Buf *b = get_buf();
    try {
      try {
        throw 1;
      } catch (Other &) {
        pool_tidy_point("other", b);
      }
    } catch (int) {
      pool_tidy_point("int", b);
    }
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("other"));
  EXPECT_EQ(P.at("int"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, NestedTryStopsAtTheInnerHandler) {
  Points P(R"(void f() {
    Buf *b = get_buf();
    try {
      try {
        library();
      } catch (...) {
        pool_tidy_point("inner", b);
      }
    } catch (...) {
      pool_tidy_point("outer", b);
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("inner"), "live clean owned: b");
  EXPECT_FALSE(P.reached("outer"));
}

TEST(UnwindPoints, HandlerOfABaseClass) {
  Points P(R"(struct Base {};
  struct Derived : Base {};
  void f() {
    Buf *b = get_buf();
    try {
      throw Derived();
    } catch (int) {
      pool_tidy_point("int", b);
    } catch (const Base &) {
      pool_tidy_point("base", b);
    }
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("int"));
  EXPECT_EQ(P.at("base"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(UnwindPoints, NoHandlerOfThatType) {
  Points P(R"(struct Other {};
  void f(int n) {
    Buf *b = get_buf();
    try {
      if (n)
        throw 1;
    } catch (const Other &) {
      pool_tidy_point("other", b);
    }
    put_buf(b);
  })");
  EXPECT_FALSE(P.reached("other"));
  EXPECT_EQ(P.findings(), "leak of b at 3");
}

TEST(UnwindPoints, NoexceptFunctionEndsTheProgram) {
  Points P(R"(void f(int n) noexcept {
    Buf *b = get_buf();
    check(n);
    pool_tidy_point("normal", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.at("normal"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
  EXPECT_EQ(P.Sum.Throwing, Throws::Never);
}

TEST(UnwindPoints, NoexceptFunctionStillCatches) {
  Points P(R"(void f(int n) noexcept {
    Buf *b = get_buf();
    try {
      check(n);
      put_buf(b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "leak of b at 2");
}

} // namespace
} // namespace pooltidy

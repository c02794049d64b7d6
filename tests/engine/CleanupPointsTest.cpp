//===- CleanupPointsTest.cpp - what exceptions destroy on their way -------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Points.h"

namespace pooltidy {
namespace {

/// A guard with a body of its own, and a type that looks when it goes.
const char Guards[] = R"(int last;
struct Guard {
  Buf *held;
  explicit Guard(Buf *p) : held(p) {}
  Guard(const Guard &) = delete;
  ~Guard() { put_buf(held); }
  int go(int n) { return n; }
};
struct Watcher {
  Buf *seen;
  explicit Watcher(Buf *p) : seen(p) {}
  ~Watcher() { last = seen->len; }
};
)";
std::string withGuards(const char *Code) { return std::string(Guards) + Code; }

TEST(CleanupPoints, GuardPuts) {
  Points P(withGuards(R"(void f() {
    Buf *b = get_buf();
    try {
      Guard g(b);
      throw 1;
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "returned clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, HandlePuts) {
  Points P(R"(void f(int n) {
    Buf *raw = nullptr;
    try {
      BufPtr b(get_buf());
      raw = b.get();
      check(n);
      raw = nullptr;
    } catch (...) {
      pool_tidy_point("caught", raw);
    }
  })");
  EXPECT_EQ(P.at("caught"), "returned clean owned: raw");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, GuardsGoInReverseOrder) {
  // The watcher looks before the guard that was built first puts.
  Points P(withGuards(R"(void f() {
    Buf *b = get_buf();
    try {
      Guard g(b);
      Watcher w(b);
      throw 1;
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "returned clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, WatcherBuiltFirstLooksTooLate) {
  Points P(withGuards(R"(void f() {
    Buf *b = get_buf();
    try {
      Watcher w(b);
      Guard g(b);
      throw 1;
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "");
  EXPECT_EQ(P.findings(), "use-after-put of w at 17");
}

TEST(CleanupPoints, GuardsBuiltAfterTheThrowAreNotDestroyed) {
  Points P(withGuards(R"(void f(int n, int m) {
    Buf *b = get_buf();
    try {
      check(n);
      Guard g(b);
      check(m);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "live clean owned: b | returned clean owned: b");
}

TEST(CleanupPoints, GuardsOfOuterScopesLive) {
  Points P(withGuards(R"(void f() {
    Buf *b = get_buf();
    Guard g(b);
    try {
      throw 1;
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "live clean owned: b, g.held");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, GuardOutsideOfTheTryPutsOnTheWayOut) {
  Points P(withGuards(R"(void f() {
    Guard g(get_buf());
    try {
      throw 1;
    } catch (int) {
      throw;
    }
  })"));
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, CatchByValueAfterAPartialConstruction) {
  // The owner's constructor throws: its destructor does not run.
  Points P(R"(struct Error { int code; };
  struct Owner {
    Buf *held;
    Owner(Buf *p, int n) : held(p) { if (n) throw Error{n}; }
    ~Owner() { put_buf(held); }
  };
  void f(int n) {
    Buf *b = get_buf();
    try {
      Owner o(b, n);
      pool_tidy_point("built", b);
    } catch (Error e) {
      pool_tidy_point("caught", b);
      put_buf(b);
    }
  })");
  EXPECT_EQ(P.at("built"), "live clean owned: b, o.held");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, MemberInitialiserThatThrows) {
  Points P(R"(struct S {
    int n;
    explicit S(int k) : n(check(k)) {}
  };
  void f(int k) {
    Buf *b = get_buf();
    try {
      S s(k);
      pool_tidy_point("built", b);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
    put_buf(b);
  })");
  EXPECT_EQ(P.at("built"), "live clean owned: b");
  EXPECT_EQ(P.at("caught"), "live clean owned: b");
  EXPECT_EQ(P.doubtsAt("caught"), "") << "its constructor shows the throw";
}

TEST(CleanupPoints, MembersBuiltBeforeTheThrowAreDestroyed) {
  Points P(withGuards(R"(struct S {
    Guard first;
    int second;
    S(Buf *b, int n) : first(b), second(check(n)) {}
  };
  void f(int n) {
    Buf *b = get_buf();
    try {
      S s(b, n);
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "returned clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, HandlerOfAFunctionTryBlock) {
  Points P(R"(void f(Buf *b) try {
    throw 1;
  } catch (...) {
    pool_tidy_point("caught", b);
    put_buf(b);
  })");
  EXPECT_EQ(P.given("caught"), "live as-given: b");
}

TEST(CleanupPoints, HandlerOfAConstructorsTryBlock) {
  Points P(R"(struct S {
    int n;
    S(Buf *b, int k) try : n(check(k)) {
    } catch (...) {
      pool_tidy_point("caught", b);
      put_buf(b);
    }
  };)", "S::S");
  EXPECT_TRUE(P.reached("caught"));
  EXPECT_EQ(P.given("caught"), "live as-given: b | live as-given: k | "
                               "live as-given: this");
}

TEST(CleanupPoints, TemporariesOfTheFullExpressionAreDestroyed) {
  Points P(withGuards(R"(void f(int n) {
    Buf *b = get_buf();
    try {
      Guard(b).go(check(n));
    } catch (...) {
      pool_tidy_point("caught", b);
    }
  })"));
  EXPECT_EQ(P.at("caught"), "returned clean owned: b");
  EXPECT_EQ(P.findings(), "");
}

TEST(CleanupPoints, TemporaryHandleIsNotALeak) {
  Points P(withGuards(R"(void f(int n) {
    try {
      Guard(get_buf()).go(check(n));
    } catch (...) {
    }
  })"));
  EXPECT_EQ(P.findings(), "");
}

} // namespace
} // namespace pooltidy

//===- Local.cpp - the pool of one thread ------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include "pool_tidy/local_pool.h"
#include <random>
#include <stdexcept>
#include <string>

namespace {

using Local = local_pool<Thing, no_reset>;

TEST(LocalPool, GivesBackWhatWasPutLast) {
  Local pool;
  auto first = pool.get(), second = pool.get();
  Thing *a = &*first, *b = &*second;
  first.put();
  second.put();
  EXPECT_EQ(pool.retained(), 2u);
  auto again = pool.get();
  EXPECT_EQ(&*again, b);
  auto other = pool.get();
  EXPECT_EQ(&*other, a);
  EXPECT_EQ(pool.retained(), 0u);
  EXPECT_EQ(pool.outstanding(), 2u);
}

TEST(LocalPool, ResetsOnPut) {
  local_pool<std::string> pool;
  {
    auto text = pool.get();
    text->append("somebody's");
  }
  EXPECT_EQ(pool.retained(), 1u);
  auto again = pool.get();
  EXPECT_TRUE(again->empty());
}

TEST(LocalPool, DropsWhatThePolicyRejects) {
  local_pool<std::string, clear_and_limit<100>> pool;
  pool.get().put();
  EXPECT_EQ(pool.retained(), 1u);
  auto text = pool.get();
  text->reserve(1000);
  text.put();
  EXPECT_EQ(pool.retained(), 0u);
  EXPECT_EQ(pool.outstanding(), 0u);
}

TEST(LocalPool, KeepsAtMostItsMaximum) {
  Thing::forget();
  {
    Local pool(3);
    std::vector<Local::lease> all;
    for (int i = 0; i < 5; ++i)
      all.push_back(pool.get());
    all.clear();
    EXPECT_EQ(pool.retained(), 3u);
    EXPECT_EQ(pool.prewarm(5), 0u);
    auto one = pool.get();
    EXPECT_EQ(pool.prewarm(5), 1u);
    EXPECT_EQ(Thing::live, 4);
    one.put();
  }
  EXPECT_EQ(Thing::live, 0);
  EXPECT_THROW(Local{0}, std::invalid_argument);
}

TEST(LocalPool, TrimsDownToWhatIsToBeKept) {
  Local pool;
  EXPECT_EQ(pool.prewarm(10), 10u);
  EXPECT_EQ(pool.trim(4), 6u);
  EXPECT_EQ(pool.retained(), 4u);
  EXPECT_EQ(pool.trim(), 4u);
  EXPECT_EQ(pool.trim(), 0u);
}

TEST(LocalPool, LeasesOwn) {
  Local pool;
  auto lease = pool.get();
  Thing *thing = &*lease;
  auto moved = std::move(lease);
  EXPECT_FALSE(lease);
  EXPECT_EQ(moved.get(), thing);
  moved = pool.get(); // puts what it had
  EXPECT_EQ(pool.retained(), 1u);
  Thing *mine = moved.release();
  EXPECT_EQ(pool.outstanding(), 1u);
  pool.give_back(mine);
  auto broken = pool.get();
  broken.discard();
  EXPECT_EQ(pool.outstanding(), 0u);
  EXPECT_EQ(pool.retained(), 1u);
}

struct FailsAt {
  int *left;
  Thing make() const {
    if (!(*left)--)
      throw std::runtime_error("no more");
    return Thing();
  }
  verdict reset(Thing &) const noexcept { return verdict::keep; }
};

TEST(LocalPool, AFactoryThatThrowsChangesNothing) {
  for (int n = 0; n < 20; ++n) {
    int left = n;
    local_pool<Thing, FailsAt> pool(FailsAt{&left});
    std::vector<decltype(pool)::lease> all;
    EXPECT_THROW(
        for (;;) all.push_back(pool.get()), std::runtime_error);
    EXPECT_EQ(all.size(), static_cast<std::size_t>(n));
    EXPECT_EQ(pool.outstanding(), static_cast<std::size_t>(n));
    all.clear();
    EXPECT_EQ(pool.retained(), static_cast<std::size_t>(n));
    EXPECT_EQ(pool.prewarm(1), 1u);
  }
}

struct alignas(4096) Page {
  char bytes[4096];
};

TEST(LocalPool, AlignsWhatIsOverAligned) {
  local_pool<Page, no_reset> pool;
  auto a = pool.get(), b = pool.get();
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&*a) % 4096, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&*b) % 4096, 0u);
}

struct Nested;
using NestedPool = local_pool<Nested, no_reset>;
struct Nested {
  static inline NestedPool *from = nullptr;
  static inline int depth = 0;
  ~Nested() {
    if (from && depth < 3) {
      ++depth;
      from->get().put();
      --depth;
    }
  }
};

TEST(LocalPool, ADestructorMayGetAndPut) {
  {
    NestedPool pool;
    Nested::from = &pool;
    pool.prewarm(2);
    EXPECT_EQ(pool.trim(), 2u);
    EXPECT_EQ(pool.retained(), 1u) << "what the destructors put";
    Nested::from = nullptr;
  }
}

/// Random gets and puts against what a pool is: what was put last comes first.
TEST(LocalPool, AgainstAModel) {
  std::mt19937 random(7);
  Local pool(20);
  std::vector<Local::lease> out;
  std::vector<const Thing *> idle;
  for (int i = 0; i < 20000; ++i) {
    unsigned what = random() % 250;
    if (what == 0) {
      pool.trim();
      idle.clear();
    } else if (what < 130) {
      out.push_back(pool.get());
      if (!idle.empty()) {
        ASSERT_EQ(out.back().get(), idle.back());
        idle.pop_back();
      }
    } else if (!out.empty()) {
      std::swap(out[random() % out.size()], out.back());
      const Thing *object = out.back().get();
      out.pop_back();
      if (idle.size() < 20)
        idle.push_back(object);
    }
    ASSERT_EQ(pool.retained(), idle.size());
    ASSERT_EQ(pool.outstanding(), out.size());
  }
}

} // namespace

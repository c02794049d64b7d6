//===- Failing.cpp - exceptions, no memory, ways back into the pool ----===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../FailingNew.h"
#include "Rig.h"
#include <optional>
#include <string>

namespace {

/// Throws at the n-th call.
struct Fussy : no_reset {
  explicit Fussy(int throw_at) : throw_at(throw_at) {}
  Thing make() const {
    if (calls++ == throw_at)
      throw std::runtime_error("no more");
    return Thing();
  }
  mutable int calls = 0;
  int throw_at;
};

TEST(ObjectPoolFailing, AFactoryThatThrowsAtEveryCall) {
  for (int n = 0; n < 60; ++n) {
    Thing::forget();
    object_pool<Thing, Fussy, 16> pool{Fussy(n)};
    int thrown = 0;
    std::vector<lease<Thing>> all;
    for (int i = 0; i < 60; ++i) {
      pool_stats before = pool.stats();
      try {
        all.push_back(pool.get());
      } catch (const std::runtime_error &) {
        ++thrown;
        pool_stats after = pool.stats();
        EXPECT_EQ(after.misses, before.misses);
        EXPECT_EQ(after.outstanding, before.outstanding);
        EXPECT_EQ(after.retained, before.retained);
      }
    }
    EXPECT_EQ(thrown, 1);
    EXPECT_EQ(Thing::live, 59);
    EXPECT_EQ(pool.stats().outstanding, 59u);
  }
  EXPECT_EQ(Thing::live, 0);
}

TEST(ObjectPoolFailing, TryGetIsEmptyWhereGetThrows) {
  object_pool<Thing, Fussy, 16> pool{Fussy(0)};
  EXPECT_FALSE(pool.try_get());
  EXPECT_TRUE(pool.try_get());
}

TEST(ObjectPoolFailing, APrewarmThatThrowsKeepsWhatItMade) {
  object_pool<Thing, Fussy, 16> pool{Fussy(5)};
  EXPECT_THROW(pool.prewarm(10), std::runtime_error);
  EXPECT_EQ(pool.stats().retained, 5u);
  EXPECT_EQ(hits_in_a_row(pool, 6), 5);
}

TEST(ObjectPoolFailing, AMemoryResourceThatFails) {
  for (int n = 0; n < 30; ++n) {
    Memory memory;
    memory.fail_at = n;
    {
      pool_of<> pool({.memory_resource = &memory});
      std::vector<lease<Thing>> all;
      int failed = 0;
      for (int i = 0; i < 30; ++i)
        if (auto lease = pool.try_get())
          all.push_back(std::move(lease));
        else
          ++failed;
      EXPECT_EQ(failed, 1);
      EXPECT_EQ(memory.blocks, 29);
    }
    EXPECT_EQ(memory.blocks, 0);
  }
}

/// Whatever allocation fails: get() throws or works, put never loses count.
TEST(ObjectPoolFailing, EveryAllocationInTurn) {
  bool reached_the_end = false;
  for (int n = 0; !reached_the_end && n < 4000; ++n) {
    Thing::forget();
    fail_new = -1;
    std::vector<lease<Thing>> all;
    all.reserve(100);
    [[maybe_unused]] std::size_t gotten = 0;
    std::optional<pool_of<>> pool;
    fail_new = n;
    try {
      pool.emplace();
      for (int i = 0; i < 100; ++i)
        if (auto lease = pool->try_get()) {
          all.push_back(std::move(lease));
          ++gotten;
        }
      all.clear();
      pool->trim();
      pool->prewarm(3);
      all.push_back(pool->get());
      pool->flush_this_thread();
    } catch (const std::bad_alloc &) {
    }
    reached_the_end = fail_new >= 0;
    fail_new = -1;
    if (pool) {
      EXPECT_EQ(pool->stats().outstanding, all.size()) << n;
      EXPECT_EQ(pool->stats().retained + all.size(),
                static_cast<std::size_t>(Thing::live))
          << n;
    }
    all.clear();
    pool.reset();
    EXPECT_EQ(Thing::live, 0) << n;
  }
  EXPECT_TRUE(reached_the_end);
}

// ---- ways back into the pool ------------------------------------------------------

struct Link;
struct Links : no_reset {
  Link make() const;
  object_pool<Link, Links, 16> *const *pool;
  int deep;
};
/// Holds a lease of its own pool, and uses the pool when it dies.
struct Link {
  static inline int live = 0;
  lease<Link> next;
  object_pool<Link, Links, 16> *const *pool = nullptr;

  Link() { ++live; }
  ~Link() {
    --live;
    if (pool && *pool) {
      auto other = (*pool)->get();
      (*pool)->trim(1);
    }
  }
};
Link Links::make() const { return Link(); }

TEST(ObjectPoolReentry, ADestructorMayGetPutAndTrim) {
  object_pool<Link, Links, 16> *current = nullptr;
  {
    object_pool<Link, Links, 16> pool(Links{{}, &current, 0});
    current = &pool;
    {
      std::vector<lease<Link>> all;
      for (int i = 0; i < 100; ++i) {
        all.push_back(pool.get());
        all.back()->pool = &current;
      }
    }
    for (int i = 0; i < 10; ++i) {
      pool.flush_this_thread();
      pool.trim(20);
      auto some = pool.get();
    }
    EXPECT_EQ(pool.stats().outstanding, 0u);
    EXPECT_EQ(pool.stats().retained, static_cast<std::size_t>(Link::live));
    current = nullptr; // the pool is being destroyed
  }
  EXPECT_EQ(Link::live, 0);
}

struct Scratch;
struct Scratches : no_reset {
  Scratch make() const;
  object_pool<Scratch, Scratches, 16> *const *pool;
};
/// Asks its pool for another when it dies, also with the pool.
struct Scratch {
  static inline int live = 0, refused = 0;
  object_pool<Scratch, Scratches, 16> *const *pool;

  explicit Scratch(object_pool<Scratch, Scratches, 16> *const *pool)
      : pool(pool) {
    ++live;
  }
  Scratch(const Scratch &) = delete;
  ~Scratch() {
    --live;
    if (!*pool)
      return;
    auto other = (*pool)->try_get();
    refused += !other;
  }
};
Scratch Scratches::make() const { return Scratch(pool); }

TEST(ObjectPoolReentry, ThePoolEndsAlthoughEachObjectAsksForAnother) {
  for (int count : {1, 2, 30, 200})
    for (bool a_lease_is_out : {false, true}) {
      object_pool<Scratch, Scratches, 16> *current = nullptr;
      Scratch::refused = 0;
      lease<Scratch> late;
      auto pool = std::make_unique<object_pool<Scratch, Scratches, 16>>(
          pool_options{.at_destroy = at_destroy::outlive},
          Scratches{{}, &current});
      current = pool.get();
      if (a_lease_is_out)
        late = pool->get();
      fill(*pool, count);
      on_thread([&] { fill(*pool, count); });
      pool->prewarm(2);
      pool.reset();
      current = nullptr;
      late.put();
      EXPECT_EQ(Scratch::live, 0);
      EXPECT_GE(Scratch::refused, 1) << "the last gets nothing";
    }
}

void get_while_the_pool_ends() {
  struct Stubborn;
  using Stubborns = object_pool<Stubborn, no_reset, 16>;
  struct Stubborn {
    Stubborns **pool = nullptr;
    ~Stubborn() {
      if (pool)
        auto other = (*pool)->get();
    }
  };
  Stubborns pool;
  Stubborns *current = &pool;
  auto one = pool.get();
  one->pool = &current;
  one.put();
}

TEST(ObjectPoolReentryDeathTest, AGetWhileThePoolEndsSaysSo) {
  EXPECT_DEATH(get_while_the_pool_ends(), "get\\(\\) while the pool ends");
}

TEST(ObjectPoolReentry, IdleObjectsMayHoldLeasesOfTheirPool) {
  {
    object_pool<Link, Links, 16> pool(
        {.at_destroy = at_destroy::outlive}, Links{{}, nullptr, 0});
    auto head = pool.get();
    for (int i = 0; i < 50; ++i) {
      auto next = pool.get();
      next->next = std::move(head);
      head = std::move(next);
    }
    head.put(); // idle, and holds 50 leases
    EXPECT_EQ(pool.stats().outstanding, 50u);
  }
  EXPECT_EQ(Link::live, 0);
}

/// A factory that builds on another object of the pool.
struct Grown {
  int from = 0;
};
struct Growing : no_reset {
  object_pool<Grown, Growing, 16> *const *pool;
  mutable int depth = 0;
  Grown make() const {
    if (++depth > 5)
      return {};
    auto other = (*pool)->get();
    return {other->from + 1};
  }
};

TEST(ObjectPoolReentry, AFactoryMayGet) {
  object_pool<Grown, Growing, 16> *current = nullptr;
  object_pool<Grown, Growing, 16> pool(Growing{{}, &current});
  current = &pool;
  auto one = pool.get();
  EXPECT_EQ(one->from, 5);
  EXPECT_EQ(pool.stats().misses, 6u);
  EXPECT_EQ(pool.stats().retained, 5u);
}

} // namespace

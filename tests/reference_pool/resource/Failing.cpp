//===- Failing.cpp - factories that throw, no memory --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../FailingNew.h"
#include "Rig.h"

namespace {

/// Leaves in the pool what a throw may not change: all but the counters.
void expect_same(const pool_tidy::resource_health &before,
                 const pool_tidy::resource_health &after) {
  EXPECT_EQ(after.size, before.size);
  EXPECT_EQ(after.idle, before.idle);
  EXPECT_EQ(after.in_use, before.in_use);
  EXPECT_EQ(after.creating, 0u);
  EXPECT_EQ(after.waiting, 0u);
  EXPECT_EQ(after.counters.acquired, before.counters.acquired);
}

TEST_F(Rig, AFactoryThatThrowsAtEveryCall) {
  constexpr int size = 12;
  for (int n = 0; n < size; ++n) {
    world.made = world.destroyed = 0;
    open({.max_size = size});
    world.on_create = [call = 0, n]() mutable {
      if (call++ == n)
        throw std::runtime_error("down");
    };
    std::vector<Lease> all;
    int thrown = 0;
    while (all.size() < size) {
      auto before = pool->health();
      try {
        all.push_back(all.size() % 2 ? pool->acquire() : pool->try_acquire());
      } catch (const std::runtime_error &) {
        ++thrown;
        expect_same(before, pool->health());
        EXPECT_EQ(pool->health().counters.create_failures, 1u);
      }
    }
    EXPECT_EQ(thrown, 1);
    EXPECT_EQ(pool->health().size, std::size_t(size));
    EXPECT_EQ(pool->health().counters.created, std::uint64_t(size));
    EXPECT_FALSE(pool->try_acquire()) << "the room of the failed one was used";
    all.clear();
    pool.reset();
    EXPECT_EQ(world.made, size);
    EXPECT_EQ(world.destroyed, size);
  }
  world.on_create = [] {};
}

TEST_F(Rig, EveryAllocationInTurn) {
  bool reached_the_end = false;
  for (int n = 0; !reached_the_end && n < 1000; ++n) {
    world.made = world.destroyed = 0;
    std::vector<Lease> all;
    all.reserve(8);
    pool.reset();
    fail_new = n;
    try {
      open({.max_size = 4, .min_idle = 1});
      for (int i = 0; i < 4; ++i) {
        auto before = pool->health();
        try {
          all.push_back(pool->acquire());
        } catch (const std::bad_alloc &) {
          expect_same(before, pool->health());
        }
      }
      all.clear();
      pool->maintain();
      all.push_back(pool->acquire());
      all.back().discard();
      pool->soft_evict();
    } catch (const std::bad_alloc &) {
    }
    reached_the_end = fail_new >= 0;
    fail_new = -1;
    all.clear();
    if (pool) {
      EXPECT_EQ(pool->health().in_use, 0u) << n;
      EXPECT_EQ(pool->health().size,
                static_cast<std::size_t>(world.made - world.destroyed))
          << n;
      EXPECT_EQ(pool->close(0s), 0u) << n;
    }
    pool.reset();
    EXPECT_EQ(world.made, world.destroyed) << n;
  }
  EXPECT_TRUE(reached_the_end);
}

} // namespace

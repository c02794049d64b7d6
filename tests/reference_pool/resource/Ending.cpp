//===- Ending.cpp - suspend, close, and the pool's own thread -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"

namespace {

using pool_tidy::resource_condition;
using pool_tidy::resource_pool_closed;

TEST_F(Rig, ASuspendedPoolServesNobodyUntilItIsResumed) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  pool->suspend();
  EXPECT_EQ(pool->health().condition, resource_condition::suspended);
  std::vector<int> order;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i)
    threads.push_back(waiting(i + 1, [&, i] {
      Lease mine = pool->acquire();
      order.push_back(i);
    }));
  held.put();
  EXPECT_EQ(pool->health().waiting, 2u);
  EXPECT_EQ(pool->health().idle, 1u);
  EXPECT_FALSE(pool->try_acquire());
  pool->resume();
  threads.clear();
  EXPECT_EQ(order, (std::vector{0, 1}));
}

TEST_F(Rig, WhoWaitsInVainIsToldThatThePoolIsSuspended) {
  open({});
  pool->suspend();
  try {
    (void)pool->acquire(0s);
    ADD_FAILURE();
  } catch (const pool_tidy::resource_timeout &error) {
    EXPECT_STREQ(error.what(), "the resource pool is suspended");
  }
}

TEST_F(Rig, CloseTellsThoseWhoWait) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::atomic<int> told = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i)
    threads.push_back(waiting(i + 1, [&] {
      EXPECT_THROW((void)pool->acquire(), resource_pool_closed);
      ++told;
    }));
  EXPECT_EQ(pool->close(), 1u);
  threads.clear();
  EXPECT_EQ(told, 3);
  EXPECT_THROW((void)pool->acquire(), resource_pool_closed);
  EXPECT_THROW((void)pool->try_acquire(), resource_pool_closed);
  held.put();
  EXPECT_EQ(world.destroyed, 1);
  EXPECT_EQ(pool->close(), 0u);
}

TEST_F(Rig, CloseDestroysTheIdleOnes) {
  open({.max_size = 3});
  fill(3);
  EXPECT_EQ(pool->close(), 0u);
  EXPECT_EQ(world.destroyed, 3);
  EXPECT_EQ(pool->health().condition, resource_condition::closed);
}

TEST_F(Rig, CloseWaitsForTheLeases) {
  open({.max_size = 2});
  Lease a = pool->acquire(), b = pool->acquire();
  std::size_t left = 99;
  std::jthread closer = waiting(1, [&] { left = pool->close(10s); });
  a.put();
  b.put();
  closer.join(); // time stands: it was the puts that woke it
  EXPECT_EQ(left, 0u);
  EXPECT_EQ(world.destroyed, 2);
}

TEST_F(Rig, CloseWaitsNoLongerThanItMay) {
  open({.max_size = 2});
  Lease a = pool->acquire(), b = pool->acquire();
  std::size_t left = 99;
  std::jthread closer = waiting(1, [&] { left = pool->close(10s); });
  a.put();
  clock.advance(10s);
  closer.join();
  EXPECT_EQ(left, 1u);
}

TEST_F(Rig, CloseWaitsForOneThatIsBeingDestroyed) {
  open({.max_size = 1});
  Lease lease = pool->acquire();
  std::size_t left = 99;
  std::jthread closer;
  world.on_destroy = [&](int) {
    closer = waiting(1, [&] { left = pool->close(10s); });
    EXPECT_EQ(left, 99u);
  };
  lease.discard();
  closer.join();
  EXPECT_EQ(left, 0u);
}

TEST_F(Rig, WhatIsMadeForAClosedPoolIsDestroyed) {
  open({.max_size = 1});
  world.on_create = [&] { EXPECT_EQ(pool->close(), 1u); };
  EXPECT_THROW((void)pool->acquire(), resource_pool_closed);
  EXPECT_EQ(world.made, 1);
  EXPECT_EQ(world.destroyed, 1);
  EXPECT_EQ(pool->close(10s), 0u);
}

TEST_F(Rig, ValidationInAPoolThatIsClosedMeanwhile) {
  open({.max_size = 1});
  fill(1);
  clock.advance(1s);
  world.on_validate = [&](int) {
    pool->close();
    return false;
  };
  EXPECT_THROW((void)pool->acquire(), resource_pool_closed);
  EXPECT_EQ(pool->close(), 0u);
}

TEST_F(Rig, LeasesOutliveTheirPool) {
  open({.max_size = 2});
  Lease lease = pool->acquire();
  Thing released = pool->acquire().release();
  pool.reset();
  EXPECT_EQ(lease->number, 1);
  lease.put();
  EXPECT_EQ(world.destroyed, 1);
  EXPECT_EQ(released.number, 2);
}

TEST_F(Rig, ThePoolMayGoWhileSomebodyWaits) {
  open({.max_size = 1});
  Lease lease = pool->acquire();
  std::jthread other = waiting(
      1, [this] { EXPECT_THROW((void)pool->acquire(), resource_pool_closed); });
  pool.reset();
}

TEST_F(Rig, HealthSaysWhy) {
  open({.max_size = 1});
  EXPECT_TRUE(pool->health().ok());
  Lease held = pool->acquire();
  EXPECT_TRUE(pool->health().ok()) << "all in use and nobody waits";
  clock.advance(3s);
  EXPECT_EQ(pool->health().longest_held, 3s);
  std::jthread other = waiting(1, [&] { use(); });
  EXPECT_EQ(pool->health().condition, resource_condition::exhausted);
  held.put();
}

// ---- the pool's own thread
// ----------------------------------------------------

class OwnThread : public Rig {
protected:
  void open(Options options) {
    pool = std::make_unique<Pool>(Factory{&world}, options, clock);
    clock.await_sleepers(1);
  }
  /// Returns once the thread has done the round that is due now.
  void round(std::chrono::nanoseconds step) {
    std::size_t before = clock.naps();
    clock.advance(step);
    clock.await_nap(before + 1);
  }
};

TEST_F(OwnThread, FillsAtOnceAndKeepsHouse) {
  open({.max_size = 4,
        .min_idle = 2,
        .idle_timeout = 1min,
        .max_lifetime = 2min,
        .lifetime_jitter = 0,
        .housekeeping = 10s});
  EXPECT_EQ(world.made, 2);
  round(10s);
  EXPECT_EQ(world.made, 2);
  round(110s);
  EXPECT_EQ(world.destroyed, 2);
  EXPECT_EQ(world.made, 4);
}

TEST_F(OwnThread, ItsLeakHandlerMayCloseThePool) {
  std::atomic<bool> closed = false;
  open({.max_size = 1,
        .leak_threshold = 10s,
        .housekeeping = 10s,
        .on_leak = [&](const auto &) {
          pool->close();
          closed = true;
          closed.notify_all();
        }});
  Lease lease = pool->acquire();
  clock.advance(10s);
  closed.wait(false);
  EXPECT_EQ(pool->health().condition, resource_condition::closed);
}

} // namespace

//===- Lending.cpp - acquire and put ------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"

namespace {

TEST_F(Rig, MakesNothingBeforeItIsAsked) {
  open({});
  EXPECT_EQ(world.made, 0);
  EXPECT_EQ(pool->health().size, 0u);
}

TEST_F(Rig, GivesTheOneUsedLast) {
  open({.max_size = 3});
  fill(3);
  EXPECT_EQ(use(), 3);
}

TEST_F(Rig, ALeasePutsAtItsEnd) {
  open({.max_size = 1});
  for (int i = 0; i < 5; ++i) {
    Lease lease = pool->acquire();
    EXPECT_EQ(lease->number, 1);
  }
  auto health = pool->health();
  EXPECT_EQ(health.counters.acquired, 5u);
  EXPECT_EQ(health.counters.created, 1u);
  EXPECT_EQ(health.idle, 1u);
  EXPECT_EQ(world.recycled, 5);
}

TEST_F(Rig, NeverMoreThanItsSize) {
  open({.max_size = 2});
  Lease a = pool->acquire(), b = pool->acquire();
  EXPECT_FALSE(pool->try_acquire());
  EXPECT_EQ(world.made, 2);
  a.put();
  EXPECT_TRUE(pool->try_acquire());
  EXPECT_EQ(world.made, 2);
}

TEST_F(Rig, AnEmptyLeaseShowsNull) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  EXPECT_NE(held.get(), nullptr);
  Lease none = pool->try_acquire();
  EXPECT_EQ(none.get(), nullptr);
}

TEST_F(Rig, AcquireGivesUpWhenItsTimeIsUpAndNotBefore) {
  open({.max_size = 1, .borrow_timeout = 5s});
  Lease held = pool->acquire();
  std::atomic<bool> gave_up = false;
  std::jthread other = waiting(1, [&] {
    EXPECT_THROW((void)pool->acquire(), pool_tidy::resource_timeout);
    gave_up = true;
  });
  clock.advance(5s - 1ns);
  clock.await_sleepers(1);
  EXPECT_FALSE(gave_up);
  EXPECT_EQ(pool->health().longest_wait, 5s - 1ns);
  clock.advance(1ns);
  other.join();
  EXPECT_EQ(pool->health().counters.timeouts, 1u);
  EXPECT_EQ(pool->health().waiting, 0u);
}

TEST_F(Rig, ATimeoutOfItsOwn) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::jthread other = waiting(1, [&] {
    EXPECT_THROW((void)pool->acquire(10ms), pool_tidy::resource_timeout);
  });
  clock.advance(10ms);
}

TEST_F(Rig, TheOldestWhoWaitsIsServedFirst) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::vector<int> order;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.push_back(waiting(i + 1, [&, i] {
      Lease mine = pool->acquire();
      order.push_back(i); // the only resource is the lock
    }));
  held.put();
  threads.clear();
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3}));
  EXPECT_EQ(pool->health().counters.handed_over, 4u);
  EXPECT_EQ(world.made, 1);
}

TEST_F(Rig, NobodyTakesWhatWasHandedOver) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::atomic<bool> go = false;
  std::jthread other = waiting(1, [&] {
    Lease mine = pool->acquire();
    go.wait(false);
  });
  held.put();
  // Whether the other has woken or not: it is the other's.
  EXPECT_FALSE(pool->try_acquire());
  go = true;
  go.notify_all();
}

TEST_F(Rig, ALateHandOverStillCounts) {
  open({.max_size = 1, .borrow_timeout = 5s});
  Lease held = pool->acquire();
  std::jthread other =
      waiting(1, [&] { EXPECT_EQ(use(), 1); });
  held.put();
  clock.advance(1h); // it may wake only now
}

TEST_F(Rig, AFailedCreationIsTheCallersAndChangesNothing) {
  open({.max_size = 1});
  world.on_create = [] { throw std::runtime_error("down"); };
  EXPECT_THROW((void)pool->acquire(), std::runtime_error);
  EXPECT_THROW((void)pool->try_acquire(), std::runtime_error);
  EXPECT_EQ(pool->health().condition, pool_tidy::resource_condition::failing);
  EXPECT_EQ(pool->health().create_failures_in_a_row, 2u);
  world.on_create = [] {};
  EXPECT_EQ(use(), 1);
  EXPECT_TRUE(pool->health().ok());
  EXPECT_EQ(pool->health().counters.create_failures, 2u);
}

TEST_F(Rig, AFailedCreationWakesTheNextWhoWaits) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::atomic<int> failures = 0, served = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i)
    threads.push_back(waiting(i + 1, [&] {
      try {
        use();
        ++served;
      } catch (const std::runtime_error &) {
        ++failures;
      }
    }));
  world.on_create = [&, left = 2]() mutable {
    if (left-- > 0)
      throw std::runtime_error("down");
  };
  held.discard();
  threads.clear(); // time stands: one that was not woken would wait for ever
  EXPECT_EQ(failures, 2);
  EXPECT_EQ(served, 1);
}

TEST_F(Rig, CreationIsOutsideTheLock) {
  open({.max_size = 2});
  world.on_create = [&] { EXPECT_EQ(pool->health().creating, 1u); };
  Lease lease = pool->acquire();
  EXPECT_EQ(pool->health().creating, 0u);
}

TEST_F(Rig, WhatIsBeingDestroyedTakesRoom) {
  open({.max_size = 1});
  Lease lease = pool->acquire();
  world.on_destroy = [&](int) { EXPECT_FALSE(pool->try_acquire()); };
  lease.discard();
  world.on_destroy = [](int) {};
  EXPECT_EQ(world.destroyed, 1);
  EXPECT_TRUE(pool->try_acquire());
}

TEST_F(Rig, DiscardedOnesAreReplaced) {
  open({.max_size = 1});
  pool->acquire().discard();
  EXPECT_EQ(use(), 2);
  EXPECT_EQ(pool->health().counters.discarded, 1u);
  EXPECT_EQ(world.recycled, 1);
}

TEST_F(Rig, WhatCannotBeRecycledIsDestroyed) {
  open({.max_size = 1});
  world.on_recycle = [](int) { return false; };
  pool->acquire().put();
  EXPECT_EQ(world.destroyed, 1);
  world.on_recycle = [](int) -> bool { throw 1; };
  pool->acquire().put();
  EXPECT_EQ(world.destroyed, 2);
  EXPECT_EQ(pool->health().counters.discarded, 2u);
}

TEST_F(Rig, AReleasedOneLeavesThePool) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::jthread other =
      waiting(1, [&] { EXPECT_EQ(use(), 2); });
  Thing mine = held.release();
  other.join();
  EXPECT_EQ(mine.number, 1);
  EXPECT_FALSE(held);
  EXPECT_EQ(world.destroyed, 0);
  EXPECT_EQ(pool->health().counters.released, 1u);
}

TEST_F(Rig, AnAssignedLeasePutsWhatItHad) {
  open({.max_size = 2});
  Lease a = pool->acquire(), b = pool->acquire();
  a = std::move(b);
  EXPECT_EQ(a->number, 2);
  EXPECT_EQ(pool->health().idle, 1u);
  a = Lease();
  EXPECT_EQ(pool->health().idle, 2u);
}

struct Anchor {
  Anchor() = default;
  Anchor(const Anchor &) = delete;
};
struct Anchors {
  std::chrono::nanoseconds *budget;
  Anchor create(std::chrono::nanoseconds left) {
    *budget = left;
    return {};
  }
};

TEST(Resources, MayBeImmovableAndAreToldTheirTime) {
  std::chrono::nanoseconds budget{};
  pool_tidy::manual_clock clock;
  pool_tidy::resource_pool<Anchor, Anchors> pool(
      {&budget}, {.borrow_timeout = 3s, .housekeeping = 0s}, clock);
  auto lease = pool.acquire();
  EXPECT_EQ(budget, 3s);
  auto second = pool.try_acquire();
  EXPECT_EQ(budget, 1s) << "never nothing";
  static_assert(sizeof lease == sizeof(void *));
}

} // namespace

//===- Counters.cpp - exactly what was hit, stolen, dropped ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <barrier>
#include <cstring>
#include <latch>
#include <string>

namespace {

TEST(ObjectPool, MakesOneThenReusesIt) {
  pool_of<> pool;
  Thing *first;
  {
    auto lease = pool.get();
    first = lease.get();
    EXPECT_EQ(pool.stats().outstanding, 1u);
    EXPECT_EQ(pool.stats().retained, 0u);
  }
  auto again = pool.get();
  EXPECT_EQ(again.get(), first);
  EXPECT_EQ(pool.stats().misses, 1u);
  EXPECT_EQ(pool.stats().hits, 1u);
  EXPECT_EQ(pool.stats().threads, 1u);
}

TEST(ObjectPool, TheNewestComesFirst) {
  pool_of<> pool;
  auto all = get_many(pool, 8);
  std::vector<Thing *> order;
  for (auto &lease : all) {
    order.push_back(lease.get());
    lease.put();
  }
  for (auto &lease : all) {
    lease = pool.get();
    EXPECT_EQ(lease.get(), order.back());
    order.pop_back();
  }
}

TEST(ObjectPool, AMagazineIsOneThreadsAlone) {
  pool_of<> pool;
  fill(pool, 16);
  EXPECT_EQ(pool.stats().retained, 16u);
  on_thread([&] { EXPECT_EQ(hits_in_a_row(pool, 1), 0); });
  EXPECT_EQ(pool.stats().steals, 0u);
  EXPECT_EQ(hits_in_a_row(pool, 16), 16);
}

TEST(ObjectPool, WhatOverflowsIsForAll) {
  pool_of<> pool;
  fill(pool, 40); // 8 go to the chain with the 17th, 25th and 33rd put
  on_thread([&] {
    auto all = get_many(pool, 24);
    EXPECT_EQ(pool.stats().misses, 40u);
    EXPECT_EQ(pool.stats().steals, 3u);
    auto one_more = pool.get();
    EXPECT_EQ(pool.stats().misses, 41u);
  });
  EXPECT_EQ(pool.stats().retained, 41u);
  EXPECT_EQ(pool.stats().outstanding, 0u);
}

TEST(ObjectPool, OneThreadGetsBackAllItPut) {
  pool_of<> pool;
  for (int round = 0; round < 3; ++round)
    fill(pool, 10000);
  EXPECT_EQ(pool.stats().misses, 10000u);
  EXPECT_EQ(pool.stats().hits, 20000u);
  EXPECT_EQ(pool.stats().retained, 10000u);
}

TEST(ObjectPool, FlushGivesTheMagazineToTheOthers) {
  pool_of<> pool;
  EXPECT_EQ(pool.flush_this_thread(), 0u);
  fill(pool, 16);
  EXPECT_EQ(pool.flush_this_thread(), 16u);
  on_thread([&] { EXPECT_EQ(hits_in_a_row(pool, 17), 16); });
}

TEST(ObjectPool, AnEndedThreadsObjectsAreForAll) {
  pool_of<> pool;
  { auto mine = pool.get(); } // so that this thread has a shard
  on_thread([&] { fill(pool, 8); });
  EXPECT_EQ(pool.stats().threads, 1u);
  EXPECT_EQ(pool.stats().misses, 9u);
  EXPECT_EQ(hits_in_a_row(pool, 10), 9);
}

TEST(ObjectPool, ANewThreadAdoptsTheShardOfAnEndedOne) {
  pool_of<> pool;
  std::set<Thing *> seen;
  for (int i = 0; i < 5; ++i)
    on_thread([&] {
      for (auto &lease : get_many(pool, 8))
        seen.insert(lease.get());
    });
  EXPECT_EQ(seen.size(), 8u);
  EXPECT_EQ(pool.stats().misses, 8u);
  EXPECT_EQ(pool.stats().steals, 0u);
  EXPECT_EQ(pool.stats().threads, 0u);
}

TEST(ObjectPool, IdleForTwoEpochsIsDestroyed) {
  Thing::forget();
  pool_of<> pool;
  fill(pool, 40);
  pool.flush_this_thread();
  trim_step first = pool.trim(1000);
  EXPECT_EQ(first.destroyed, 0u);
  EXPECT_EQ(pool.stats().retained, 40u);
  trim_step second = pool.trim(1000);
  EXPECT_EQ(second.destroyed, 40u);
  EXPECT_EQ(pool.stats().drops.trimmed, 40u);
  EXPECT_EQ(pool.stats().retained, 0u);
  EXPECT_EQ(Thing::live, 0);
}

TEST(ObjectPool, IdleForOneEpochIsStillThere) {
  pool_of<> pool;
  fill(pool, 40);
  pool.flush_this_thread();
  pool.trim();
  EXPECT_EQ(hits_in_a_row(pool, 40), 40);
  EXPECT_EQ(pool.stats().victim_hits, 5u); // batches of 8
  EXPECT_EQ(pool.stats().steals, 0u);
}

TEST(ObjectPool, VictimsOfOthersAreStolenBeforeOnesOwnAreUsed) {
  pool_of<> pool;
  fill(pool, 8);
  pool.flush_this_thread();
  std::latch filled(1), done(1);
  std::thread other([&] {
    fill(pool, 8); // steals all of this thread's
    fill(pool, 16);
    pool.flush_this_thread();
    filled.count_down();
    done.wait();
  });
  filled.wait();
  fill(pool, 1); // steals a batch
  pool.flush_this_thread();
  pool.trim();
  auto before = pool.stats();
  auto all = get_many(pool, 16);
  EXPECT_EQ(pool.stats().misses, before.misses);
  // Eight stay in the other's primary, which only its owner makes a victim.
  EXPECT_EQ(pool.stats().steals - before.steals, 1u);
  EXPECT_EQ(pool.stats().victim_hits - before.victim_hits, 1u);
  done.count_down();
  other.join();
}

TEST(ObjectPool, WhatIsUsedStaysThroughAnyNumberOfEpochs) {
  pool_of<> pool;
  for (int i = 0; i < 20; ++i) {
    fill(pool, 40);
    pool.trim(0);
  }
  EXPECT_EQ(pool.stats().misses, 40u);
}

TEST(ObjectPool, OwnersDestroyWhatExpired) {
  pool_of<> pool;
  fill(pool, 200);
  pool.flush_this_thread();
  pool.trim(0);
  fill(pool, 8); // rotates
  pool.trim(0);
  for (int i = 0; i < 40; ++i) {
    fill(pool, 1);
    pool.flush_this_thread();
    fill(pool, 1); // the magazine is empty: a slow path
    auto slow = get_many(pool, 17);
  }
  // What is left was used.
  EXPECT_LT(pool.stats().retained, 80u);
}

TEST(ObjectPool, AStepDestroysAtMostItsBudget) {
  pool_of<> pool;
  fill(pool, 200);
  pool.flush_this_thread();
  pool.trim(0);
  EXPECT_EQ(pool.trim().destroyed, 64u);
  EXPECT_EQ(pool.reclaim(10).destroyed, 10u);
  trim_step step = pool.reclaim(0);
  EXPECT_EQ(step.destroyed, 0u);
  EXPECT_FALSE(step.done);
  EXPECT_EQ(pool.reclaim(1000).destroyed, 126u);
  EXPECT_TRUE(pool.reclaim().done);
}

TEST(ObjectPool, AStepVisitsAtMost32Threads) {
  pool_of<> pool;
  std::barrier together(70);
  std::vector<std::thread> threads;
  for (int i = 0; i < 70; ++i)
    threads.emplace_back([&] {
      fill(pool, 1);
      together.arrive_and_wait();
    });
  for (std::thread &t : threads)
    t.join();
  EXPECT_EQ(pool.stats().retained, 70u);
  pool.trim(0);
  trim_step step = pool.trim();
  EXPECT_EQ(step.visited, 32u);
  EXPECT_EQ(step.destroyed, 32u);
  EXPECT_FALSE(step.done);
  EXPECT_EQ(pool.reclaim().destroyed, 32u);
  EXPECT_EQ(pool.reclaim().destroyed, 6u);
  while (!pool.reclaim().done)
    ;
  EXPECT_EQ(pool.stats().retained, 0u);
}

TEST(ObjectPool, TrimLeavesTheFloor) {
  pool_of<> pool({.min_retained = 10});
  fill(pool, 40);
  pool.flush_this_thread();
  pool.trim(1000);
  EXPECT_EQ(pool.trim(1000).destroyed, 30u);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(pool.trim(1000).destroyed, 0u);
  EXPECT_EQ(pool.stats().retained, 10u);
  EXPECT_EQ(hits_in_a_row(pool, 11), 10);
}

TEST(ObjectPool, PrewarmedLeasesNeedNoFactoryOnAnyThread) {
  Thing::forget();
  pool_of<> pool;
  EXPECT_EQ(pool.prewarm(64), 64u);
  EXPECT_EQ(Thing::made, 64);
  std::barrier together(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      auto all = get_many(pool, 16);
      together.arrive_and_wait();
    });
  for (std::thread &t : threads)
    t.join();
  EXPECT_EQ(Thing::made, 64);
  EXPECT_EQ(pool.stats().misses, 0u);
  EXPECT_EQ(pool.stats().hits, 64u);
}

TEST(ObjectPool, TrimLeavesWhatWasPrewarmedAndNotUsed) {
  pool_of<> pool;
  pool.prewarm(10);
  for (int i = 0; i < 4; ++i)
    pool.trim();
  EXPECT_EQ(pool.stats().retained, 10u);
}

TEST(ObjectPool, KeepsAtMostTheMaximum) {
  pool_of<> pool({.max_retained = 4});
  fill(pool, 20); // 4 in the magazine, 4 in the chain
  EXPECT_EQ(pool.stats().retained, 8u);
  EXPECT_EQ(pool.stats().drops.full, 12u);
  EXPECT_EQ(pool.prewarm(10), 0u);
  EXPECT_EQ(hits_in_a_row(pool, 9), 8);
  EXPECT_EQ(pool.stats().retained, 8u);
  pool_of<> other({.max_retained = 4});
  Thing::forget();
  const int before = Thing::made;
  EXPECT_EQ(other.prewarm(10), 4u);
  EXPECT_EQ(Thing::made - before, 4) << "none that there is no room for";
}

TEST(ObjectPool, FlushMovesOnlyWhatThereIsRoomFor) {
  pool_of<> pool({.max_retained = 10});
  fill(pool, 18); // 10 in the magazine, 8 in the chain
  EXPECT_EQ(pool.stats().retained, 18u);
  EXPECT_EQ(pool.flush_this_thread(), 2u);
  EXPECT_EQ(pool.stats().retained, 18u);
  EXPECT_EQ(hits_in_a_row(pool, 19), 18);
}

TEST(ObjectPool, AMaximumOfZeroPoolsNothing) {
  Thing::forget();
  pool_of<> pool({.max_retained = 0});
  fill(pool, 5);
  EXPECT_EQ(Thing::live, 0);
  EXPECT_EQ(pool.stats().retained, 0u);
  EXPECT_EQ(pool.stats().drops.full, 5u);
  EXPECT_EQ(pool.stats().outstanding, 0u);
  Thing::forget();
  EXPECT_EQ(pool.prewarm(1), 0u);
  EXPECT_EQ(Thing::made, 0);
  EXPECT_EQ(hits_in_a_row(pool, 1), 0);
}

TEST(ObjectPool, RefusesAFloorAboveTheMaximum) {
  EXPECT_THROW(pool_of<>({.max_retained = 1, .min_retained = 2}),
               std::invalid_argument);
}

TEST(ObjectPool, SmallMagazines) {
  pool_of<Thing, no_reset, 2> pool;
  fill(pool, 100);
  EXPECT_EQ(hits_in_a_row(pool, 101), 100);
  EXPECT_EQ(pool.stats().outstanding, 0u);
}

// ---- policies -------------------------------------------------------------------

struct KeepEven {
  verdict reset(Thing &thing) const noexcept {
    return thing.value % 2 ? verdict::drop : verdict::keep;
  }
};

TEST(ObjectPool, ThePolicyDecidesWhatIsKept) {
  Thing::forget();
  pool_of<Thing, KeepEven> pool;
  pool.get()
      .put();
  { auto odd = pool.get(); odd->value = 3; }
  EXPECT_EQ(Thing::live, 0);
  EXPECT_EQ(pool.stats().drops.rejected, 1u);
  raw::give_back(pool, raw::acquire(pool));
  EXPECT_EQ(pool.stats().retained, 1u);
}

TEST(ObjectPool, ClearsAndLimits) {
  pool_of<std::string, clear_and_limit<1024>> pool;
  { auto text = pool.get(); text->assign(1000, 'x'); }
  { auto text = pool.get(); EXPECT_TRUE(text->empty()); EXPECT_GE(text->capacity(), 1000u); text->reserve(5000); }
  EXPECT_EQ(pool.stats().drops.rejected, 1u);
  EXPECT_EQ(pool.stats().retained, 0u);
}

TEST(ObjectPool, ByDefaultClearsAndLimitsTo64KiB) {
  object_pool<std::vector<int>> pool;
  { auto list = pool.get(); list->resize(16 * 1024); }
  EXPECT_EQ(pool.stats().retained, 1u);
  { auto list = pool.get(); EXPECT_TRUE(list->empty()); list->resize(16 * 1024 + 1); }
  EXPECT_EQ(pool.stats().drops.rejected, 1u);
}

TEST(ObjectPool, OverwritesWithZero) {
  struct Key { unsigned char bytes[32]; };
  pool_of<Key, zero_on_put> pool;
  { auto key = pool.get(); std::memset(key->bytes, 0xaa, sizeof key->bytes); }
  auto key = pool.get();
  for (unsigned char byte : key->bytes)
    EXPECT_EQ(byte, 0);
}

TEST(ObjectPool, APolicyMayBeAFewFunctions) {
  struct Named {
    explicit Named(int number) : number(number) {}
    int number, uses = 0;
  };
  std::atomic<int> next{7};
  auto number = [&] { return Named(next++); };
  auto leave = [](Named &) noexcept { return verdict::keep; };
  struct Functions {
    decltype(number) make;
    decltype(leave) reset;
  };
  object_pool<Named, Functions> pool(Functions{number, leave});
  auto one = pool.get(), two = pool.get();
  EXPECT_EQ(one->number, 7);
  EXPECT_EQ(two->number, 8);
}

struct Moody {
  static inline bool throws = false;
  std::string text;
  void reset() {
    if (throws)
      throw std::runtime_error("not now");
    text.clear();
  }
};

TEST(ObjectPool, WhatAThrowLeavesHalfResetIsDropped) {
  object_pool<Moody> pool;
  Moody::throws = true;
  pool.get().put();
  EXPECT_EQ(pool.stats().drops.rejected, 1u);
  EXPECT_EQ(pool.stats().retained, 0u);
  Moody::throws = false;
  pool.get().put();
  EXPECT_EQ(pool.stats().retained, 1u);

  struct Limited {
    std::size_t capacity() const { return 0; }
    void clear() { throw 1; }
  };
  object_pool<Limited, clear_and_limit<8>> limited;
  limited.get().put();
  EXPECT_EQ(limited.stats().drops.rejected, 1u);
  EXPECT_EQ(limited.stats().retained, 0u);
}

TEST(ObjectPool, EmptyBracesAreOptions) {
  object_pool<std::string> braces({}), more{{}}, none{};
  EXPECT_EQ(braces.options().max_retained, unlimited);
  EXPECT_EQ(more.options().max_retained, unlimited);
  EXPECT_EQ(none.options().max_retained, unlimited);
  object_pool<std::string> both({}, {}), policy(reset_or_clear{});
  EXPECT_EQ(both.options().min_retained, 0u);
  EXPECT_EQ(policy.options().min_retained, 0u);
}

// ---- leases -----------------------------------------------------------------------

TEST(Lease, MovesSwapsAndEnds) {
  static_assert(sizeof(lease<Thing>) == 2 * sizeof(void *));
  pool_of<> pool, other;
  lease<Thing> none;
  EXPECT_FALSE(none);
  none.put();
  none.discard();
  EXPECT_EQ(none.release(), nullptr);
  auto a = pool.get(), b = other.get();
  Thing *of_a = a.get(), *of_b = b.get();
  swap(a, b);
  EXPECT_EQ(a.get(), of_b);
  b = std::move(a); // puts what b held into its own pool
  EXPECT_EQ(b.get(), of_b);
  EXPECT_EQ(pool.stats().retained, 1u);
  EXPECT_EQ(pool.get().release(), of_a);
  raw::give_back(pool, of_a);
  auto &self = b;
  b = std::move(self);
  EXPECT_EQ(b.get(), of_b);
  b.put();
  EXPECT_FALSE(b);
  EXPECT_EQ(other.stats().retained, 1u);
}

TEST(Lease, DiscardDestroys) {
  Thing::forget();
  pool_of<> pool;
  auto lease = pool.get();
  lease.discard();
  EXPECT_EQ(Thing::live, 0);
  EXPECT_EQ(pool.stats().drops.discarded, 1u);
  EXPECT_EQ(pool.stats().outstanding, 0u);
}

TEST(Lease, IsPutWhereItEnds) {
  pool_of<> pool;
  auto mine = pool.get();
  on_thread([&] {
    mine.put();
    EXPECT_EQ(hits_in_a_row(pool, 1), 1);
  });
  EXPECT_EQ(pool.stats().outstanding, 0u);
  EXPECT_EQ(pool.stats().retained, 1u);
}

} // namespace

//===- Churn.cpp - many threads at once --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <barrier>
#include <mutex>
#include <random>

namespace {

/// Written without synchronisation by whoever holds it: a second holder is a
/// data race, or a wrong stamp.
struct Stamped {
  std::uint64_t stamp[4] = {};
  static inline std::atomic<int> live{0};

  Stamped() { ++live; }
  ~Stamped() { --live; }

  void write(std::uint64_t value) {
    for (std::uint64_t &s : stamp)
      s = value;
  }
  bool is(std::uint64_t value) const {
    for (std::uint64_t s : stamp)
      if (s != value)
        return false;
    return true;
  }
};
struct Unstamp {
  verdict reset(Stamped &stamped) const noexcept {
    stamped.write(0);
    return verdict::keep;
  }
};

/// Where threads leave leases for others to put.
class Mailbox {
public:
  void leave(lease<Stamped> one) {
    std::lock_guard lock(mutex_);
    leases_.push_back(std::move(one));
  }
  lease<Stamped> fetch() {
    std::lock_guard lock(mutex_);
    if (leases_.empty())
      return {};
    auto one = std::move(leases_.back());
    leases_.pop_back();
    return one;
  }

private:
  std::mutex mutex_;
  std::vector<lease<Stamped>> leases_;
};

/// Runs something on that many threads, which begin together.
template <typename F> void together(int threads, F run) {
  std::barrier begin(threads);
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&] {
      begin.arrive_and_wait();
      run();
    });
  for (std::thread &t : all)
    t.join();
}

TEST(ObjectPoolTogether, PrewarmsAddUp) {
  constexpr std::size_t each = 40000;
  for (int round = 0; round < 3; ++round) {
    pool_of<> pool;
    std::atomic<std::size_t> told{0};
    together(4, [&] { told += pool.prewarm(each); });
    EXPECT_EQ(told, 4 * each);
    EXPECT_EQ(pool.stats().retained, 4 * each);
  }
}

TEST(ObjectPoolTogether, PrewarmsFillTheMaximumAndNoMore) {
  Thing::forget();
  const int before = Thing::made;
  pool_of<> pool({.max_retained = 30000});
  std::atomic<std::size_t> told{0};
  together(4, [&] { told += pool.prewarm(10000); });
  EXPECT_EQ(told, 30000u);
  EXPECT_EQ(pool.stats().retained, 30000u);
  EXPECT_EQ(Thing::made - before, 30000);
}

TEST(ObjectPoolTogether, TrimmersKeepTheFloorExactly) {
  for (int round = 0; round < 3; ++round) {
    pool_of<> pool({.min_retained = 60000});
    fill(pool, 100000);
    pool.flush_this_thread();
    pool.trim(0);
    pool.trim(0);
    together(4, [&] {
      while (!pool.reclaim().done)
        ;
    });
    EXPECT_EQ(pool.stats().retained, 60000u);
  }
}

class ObjectPoolChurn : public testing::TestWithParam<int> {};

TEST_P(ObjectPoolChurn, EachHolderIsTheOnlyOne) {
  const int threads = GetParam();
  constexpr int rounds = 3000;
  {
    object_pool<Stamped, Unstamp, 8> pool({.min_retained = 4});
    Mailbox mailbox;
    std::atomic<int> wrong{0};
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
      all.emplace_back([&, t] {
        std::minstd_rand random(static_cast<unsigned>(t + 1));
        std::vector<lease<Stamped>> mine;
        std::vector<std::uint64_t> stamps;
        for (int i = 1; i <= rounds; ++i) {
          std::uint64_t stamp = std::uint64_t(t + 1) << 32 | unsigned(i);
          unsigned what = random() % 100;
          if (what < 45 && mine.size() < 40) {
            mine.push_back(pool.get());
            wrong += !mine.back()->is(0);
            mine.back()->write(stamp);
            stamps.push_back(stamp);
          } else if (what < 85 && !mine.empty()) {
            wrong += !mine.back()->is(stamps.back());
            mine.pop_back();
            stamps.pop_back();
          } else if (what < 90 && !mine.empty()) {
            wrong += !mine.back()->is(stamps.back());
            mailbox.leave(std::move(mine.back()));
            mine.pop_back();
            stamps.pop_back();
          } else if (what < 95) {
            mailbox.fetch().put();
          } else if (what == 95) {
            pool.trim();
          } else if (what == 96) {
            pool.flush_this_thread();
          } else if (what == 97) {
            pool_stats s = pool.stats();
            wrong += s.threads > static_cast<std::size_t>(threads) + 1;
          } else if (what == 98) {
            pool.prewarm(2);
          }
        }
      });
    for (std::thread &t : all)
      t.join();
    EXPECT_EQ(wrong, 0);
    while (mailbox.fetch())
      ;
    pool_stats s = pool.stats();
    EXPECT_EQ(s.outstanding, 0u);
    EXPECT_EQ(s.retained, static_cast<std::size_t>(Stamped::live));
    EXPECT_GT(s.hits, s.misses);
  }
  EXPECT_EQ(Stamped::live, 0);
}

INSTANTIATE_TEST_SUITE_P(Threads, ObjectPoolChurn, testing::Values(2, 4, 8));

TEST(ObjectPool, GottenHerePutThere) {
  object_pool<Stamped, Unstamp, 8> pool;
  constexpr int count = 5000;
  std::atomic<Stamped *> slots[16] = {};
  std::thread putter([&] {
    for (int i = 0; i < count; ++i) {
      Stamped *one;
      while (!(one = slots[i % 16].load(std::memory_order_acquire)))
        std::this_thread::yield();
      slots[i % 16].store(nullptr, std::memory_order_release);
      EXPECT_TRUE(one->is(std::uint64_t(i) + 1));
      raw::give_back(pool, one);
    }
  });
  for (int i = 0; i < count; ++i) {
    Stamped *one = raw::acquire(pool);
    one->write(std::uint64_t(i) + 1);
    while (slots[i % 16].load(std::memory_order_acquire))
      std::this_thread::yield();
    slots[i % 16].store(one, std::memory_order_release);
  }
  putter.join();
  // Nothing piles up: what was put there was stolen back.
  EXPECT_LT(pool.stats().misses, 400u);
  EXPECT_EQ(pool.stats().outstanding, 0u);
}

TEST(ObjectPool, ShortThreadsInARow) {
  {
    object_pool<Stamped, Unstamp, 8> pool;
    std::atomic<bool> stop{false};
    std::thread trimmer([&] {
      while (!stop) {
        pool.trim();
        std::this_thread::yield();
      }
    });
    for (int i = 0; i < 50; ++i) {
      std::thread a([&] { fill(pool, 12); }), b([&] { fill(pool, 30); });
      a.join();
      b.join();
    }
    stop = true;
    trimmer.join();
    EXPECT_EQ(pool.stats().outstanding, 0u);
    EXPECT_EQ(pool.stats().retained, static_cast<std::size_t>(Stamped::live));
  }
  EXPECT_EQ(Stamped::live, 0);
}

/// Leases come back while and after their pool is destroyed.
TEST(ObjectPool, DestroyedWhileOthersPut) {
  for (int round = 0; round < 12; ++round) {
    Memory memory;
    std::atomic<int> ready{0};
    std::vector<std::thread> putters;
    {
      object_pool<Stamped, Unstamp, 8> pool(
          {.at_destroy = at_destroy::outlive, .memory_resource = &memory});
      for (int t = 0; t < 3; ++t) {
        putters.emplace_back([&ready, &pool] {
          fill(pool, 4);
          auto mine = get_many(pool, 20);
          ++ready;
          while (ready < 4)
            std::this_thread::yield();
          // From here on only the leases are used.
          while (!mine.empty())
            mine.pop_back();
        });
      }
      while (ready < 3)
        std::this_thread::yield();
      fill(pool, 10);
      ready = 4;
      if (round % 2)
        std::this_thread::yield();
      if (round % 3 == 0)
        for (std::thread &t : putters)
          t.join();
      else
        while (pool.stats().outstanding > 30)
          std::this_thread::yield();
      if (round % 3)
        for (int spin = 0; spin < 10; ++spin)
          std::this_thread::yield();
    }
    for (std::thread &t : putters)
      if (t.joinable())
        t.join();
    EXPECT_EQ(memory.blocks, 0);
  }
  EXPECT_EQ(Stamped::live, 0);
}

} // namespace

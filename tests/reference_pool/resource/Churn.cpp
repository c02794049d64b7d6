//===- Churn.cpp - many threads, every way to end a lease ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/resource_pool.h"
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <random>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

namespace {

/// What exists, and whether anything is used by two at a time.
struct Ledger {
  std::atomic<int> living = 0, most = 0, shared = 0, made = 0;
  std::atomic<bool> failing = false;
};

class Value {
public:
  explicit Value(Ledger &ledger) : ledger_(&ledger) {
    int now = ++ledger.living;
    for (int most = ledger.most; now > most;)
      if (ledger.most.compare_exchange_weak(most, now))
        break;
    ++ledger.made;
  }
  Value(Value &&other) noexcept
      : ledger_(std::exchange(other.ledger_, nullptr)), stamp(other.stamp) {}
  ~Value() {
    if (ledger_)
      --ledger_->living;
  }

  /// Not atomic: a sanitizer sees two who do this at once, and so does the
  /// stamp.
  void use(unsigned by) {
    stamp = by;
    for (int i = 0; i < 20; ++i)
      if (stamp != by)
        ++ledger_->shared;
  }

private:
  Ledger *ledger_;
  volatile unsigned stamp = 0;
};

struct Makers {
  Ledger *ledger;
  Value create() {
    if (ledger->failing && ledger->made % 3 == 0) {
      ++ledger->made;
      throw std::runtime_error("down");
    }
    return Value(*ledger);
  }
  bool validate(Value &value, std::chrono::nanoseconds) {
    value.use(99);
    return ledger->made % 7 != 0;
  }
};

using ValuePool = pool_tidy::resource_pool<Value, Makers>;

void work(ValuePool &pool, unsigned self, int rounds) {
  std::minstd_rand dice(self);
  for (int round = 0; round < rounds; ++round) {
    try {
      auto lease = dice() % 4 ? pool.acquire() : pool.try_acquire();
      if (!lease)
        continue;
      lease->use(self);
      switch (dice() % 16) {
      case 0:
        lease.discard();
        break;
      case 1: {
        Value mine = lease.release();
        mine.use(self);
        break;
      }
      case 2: {
        // Two at a time may wait for each other; the timeout ends that.
        auto second = pool.acquire(1ms);
        second->use(self);
        break;
      }
      default:
        if (dice() % 2)
          lease.put();
      }
      if (dice() % 64 == 0)
        pool.soft_evict();
      if (dice() % 64 == 0) {
        pool.suspend();
        pool.resume();
      }
      if (dice() % 32 == 0)
        pool.maintain();
    } catch (const pool_tidy::resource_pool_closed &) {
      return;
    } catch (const std::runtime_error &) {
      // timed out, or down
    }
  }
}

class Churn : public testing::TestWithParam<int> {};

TEST_P(Churn, NothingIsSharedLostOrBeyondTheSize) {
  const int rounds = 1500;
  Ledger ledger;
  ledger.failing = true;
  pool_tidy::resource_counters end;
  {
    ValuePool pool(Makers{&ledger}, {.max_size = 3,
                                     .min_idle = 2,
                                     .borrow_timeout = 50ms,
                                     .validation_timeout = 40ms,
                                     .alive_bypass = 1us,
                                     .keepalive = 1ms,
                                     .housekeeping = 1ms});
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < GetParam(); ++i)
        threads.emplace_back([&, i] { work(pool, i + 1, rounds); });
    }
    EXPECT_EQ(pool.close(10s), 0u);
    end = pool.health().counters;
    EXPECT_EQ(pool.health().waiting, 0u);
  }
  EXPECT_EQ(ledger.shared, 0);
  EXPECT_EQ(ledger.living, 0);
  EXPECT_EQ(end.created, end.destroyed + end.released);
  // A released one lives beside the pool's three, one for each thread.
  EXPECT_LE(ledger.most, 3 + GetParam());
  EXPECT_GT(end.acquired, 0u);
  EXPECT_GT(end.create_failures, 0u);
}

TEST_P(Churn, ClosedInTheMidstOfIt) {
  for (int time = 0; time < 20; ++time) {
    Ledger ledger;
    {
      ValuePool pool(Makers{&ledger},
                     {.max_size = 2, .idle_timeout = 0s, .housekeeping = 1ms});
      std::vector<std::jthread> threads;
      for (int i = 0; i < GetParam(); ++i)
        threads.emplace_back([&, i] { work(pool, i + 1, 1'000'000); });
      while (pool.health().counters.acquired < 50)
        std::this_thread::yield();
      EXPECT_EQ(pool.close(10s), 0u);
    }
    EXPECT_EQ(ledger.living, 0);
    EXPECT_EQ(ledger.shared, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Threads, Churn, testing::Values(2, 4, 8));

} // namespace

//===- Ends.cpp - of threads, pools, leases, processes -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <cstdlib>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Tells that the policy is still there.
struct Witness : no_reset {
  explicit Witness(std::atomic<int> &policies) : policies(&policies) {
    ++policies;
  }
  Witness(Witness &&other) noexcept : policies(other.policies) {
    ++*policies;
  }
  ~Witness() { --*policies; }

  std::atomic<int> *policies;
};

enum Where { here, there, on_an_ended_thread };

/// A pool destroyed here or there, its lease put before or after that, on the
/// thread that got it, another or one that ends then.
class DestroyOrder : public testing::TestWithParam<std::tuple<bool, Where, Where, bool>> {};

TEST_P(DestroyOrder, EverythingIsFreedWithTheLastLease) {
  auto [pool_first, put_where, destroy_where, others_idle] = GetParam();
  Thing::forget();
  Memory memory;
  std::atomic<int> policies{0};
  {
    using Pool = object_pool<Thing, Witness, 16>;
    auto pool = std::make_unique<Pool>(
        pool_options{.at_destroy = at_destroy::outlive,
                     .memory_resource = &memory},
        Witness(policies));
    EXPECT_EQ(policies, 1);
    fill(*pool, 40);
    if (others_idle)
      on_thread([&] { fill(*pool, 60); });
    std::optional<lease<Thing>> lease;
    if (put_where == on_an_ended_thread)
      on_thread([&] { lease = pool->get(); });
    else
      lease = pool->get();

    auto destroy = [&] {
      if (destroy_where == there)
        on_thread([&] { pool.reset(); });
      else
        pool.reset();
    };
    auto put = [&] {
      if (put_where == there)
        on_thread([&] { lease.reset(); });
      else
        lease.reset();
    };
    if (pool_first) {
      destroy();
      EXPECT_EQ(policies, 1) << "the lease needs it";
      (*lease)->value = 1;
      put();
    } else {
      put();
      EXPECT_EQ(policies, 1);
      destroy();
    }
  }
  EXPECT_EQ(policies, 0);
  EXPECT_EQ(memory.blocks, 0);
  EXPECT_EQ(Thing::live, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, DestroyOrder,
    testing::Combine(testing::Bool(),
                     testing::Values(here, there, on_an_ended_thread),
                     testing::Values(here, there), testing::Bool()));

TEST(ObjectPoolEnds, IdleObjectsGoWithThePoolAlthoughALeaseIsOut) {
  Thing::forget();
  auto pool = std::make_unique<pool_of<>>(
      pool_options{.at_destroy = at_destroy::outlive});
  fill(*pool, 40);
  auto lease = pool->get();
  pool.reset();
  EXPECT_EQ(Thing::live, 1);
  lease.discard();
  EXPECT_EQ(Thing::live, 0);
}

TEST(ObjectPoolEnds, ManyPoolsShareANumber) {
  Thing::forget();
  {
    std::vector<std::unique_ptr<pool_of<>>> pools;
    for (int i = 0; i < 200; ++i)
      pools.push_back(std::make_unique<pool_of<>>());
    for (int round = 0; round < 3; ++round)
      for (auto &pool : pools) {
        auto a = pool->get(), b = pool->get();
      }
    for (auto &pool : pools) {
      EXPECT_EQ(pool->stats().misses, 2u);
      EXPECT_EQ(pool->stats().hits, 4u);
      EXPECT_EQ(pool->stats().threads, 1u);
    }
    // A thread that saw them all, also those that are gone.
    on_thread([&] {
      for (auto &pool : pools)
        fill(*pool, 1);
      for (int i = 0; i < 100; ++i)
        pools.pop_back();
      for (auto &pool : pools)
        fill(*pool, 1);
    });
  }
  EXPECT_EQ(Thing::live, 0);
}

TEST(ObjectPoolEnds, APoolWhereAnotherWas) {
  alignas(pool_of<>) std::byte place[sizeof(pool_of<>)];
  std::atomic<int> turn{0};
  std::atomic<pool_of<> *> pool{nullptr};
  // Keeps a stale entry for each pool that died.
  std::thread other([&] {
    for (int i = 1; i < 20; i += 2) {
      while (turn != i)
        std::this_thread::yield();
      fill(*pool.load(), 3);
      EXPECT_EQ(pool.load()->stats().misses, 3u);
      ++turn;
    }
  });
  for (int i = 0; i < 20; i += 2) {
    while (turn != i)
      std::this_thread::yield();
    if (i)
      std::destroy_at(pool.load());
    pool = ::new (place) pool_of<>;
    ++turn;
  }
  other.join();
  std::destroy_at(pool.load());
}

/// A thread_local that is destroyed after the pool's own.
TEST(ObjectPoolEnds, ThreadLocalsMayPutAndGetAfterTheThreadsShardIsGone) {
  Thing::forget();
  {
    static std::optional<pool_of<>> pool;
    pool.emplace();
    struct Late {
      std::vector<lease<Thing>> kept;
      ~Late() {
        kept.clear();
        auto another = pool->get();
        another->value = 1;
      }
    };
    on_thread([] {
      static thread_local Late late; // before the first get: destroyed later
      late.kept = get_many(*pool, 20);
    });
    EXPECT_EQ(pool->stats().outstanding, 0u);
    EXPECT_EQ(pool->stats().threads, 0u);
    EXPECT_EQ(pool->stats().drops.late, 21u);
    pool.reset();
  }
  EXPECT_EQ(Thing::live, 0);
}

/// The exit of a process whose statics are destroyed in either order.
void exit_with_statics(bool pool_first) {
  static std::atomic<int> status{0};
  // Runs last.
  std::atexit([] { _exit(Thing::live == 0 ? status.load() : 7); });
  Thing::forget();
  struct Holder {
    lease<Thing> one;
    ~Holder() { one.put(); }
  };
  auto make_pool = []() -> pool_of<> & {
    static pool_of<> pool({.at_destroy = at_destroy::outlive});
    return pool;
  };
  auto make_holder = []() -> Holder & {
    static Holder holder;
    return holder;
  };
  if (pool_first) {
    make_pool();
    make_holder();
  } else {
    make_holder(); // outlives the pool
    make_pool();
  }
  make_holder().one = make_pool().get();
  fill(make_pool(), 30);
  std::exit(0);
}

TEST(ObjectPoolEndsDeathTest, StaticsInEitherOrder) {
  EXPECT_EXIT(exit_with_statics(true), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(exit_with_statics(false), testing::ExitedWithCode(0), "");
}

// ThreadSanitizer forbids to go on after a fork, and full checking has a lock
// that may be held by a thread which the child does not have.
#if !defined(__SANITIZE_THREAD__)
TEST(ObjectPoolEnds, AForkedChildMayUseAndDestroyThePool) {
  auto pool = std::make_unique<
      object_pool<Thing, no_reset, 16, checking::header>>(
      pool_options{.min_retained = 8, .at_destroy = at_destroy::outlive});
  std::atomic<bool> stop{false};
  std::vector<std::thread> busy;
  for (int i = 0; i < 2; ++i)
    busy.emplace_back([&] {
      while (!stop) {
        fill(*pool, 40);
        pool->trim();
        pool->prewarm(1);
      }
    });
  auto mine = pool->get();
  for (int i = 0; i < 10; ++i) {
    pid_t child = fork();
    if (child == 0) {
      alarm(60);
      for (int round = 0; round < 10; ++round) {
        fill(*pool, 100);
        pool->trim();
        pool->prewarm(2);
        pool->flush_this_thread();
      }
      mine.put();
      pool.reset();
      _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  stop = true;
  for (std::thread &t : busy)
    t.join();
  mine.put();
  EXPECT_EQ(pool->stats().outstanding, 0u);
}
#endif

} // namespace

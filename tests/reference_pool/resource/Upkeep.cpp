//===- Upkeep.cpp - validation, lifetimes, leaks ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"

namespace {

TEST_F(Rig, OneAliveAMomentAgoIsNotAsked) {
  open({.max_size = 1, .alive_bypass = 500ms});
  fill(1);
  clock.advance(500ms - 1ns);
  pool->acquire().put();
  EXPECT_EQ(world.asked, 0);
  clock.advance(500ms);
  pool->acquire().put();
  EXPECT_EQ(world.asked, 1);
}

TEST_F(Rig, WithoutBypassEveryOneIsAskedHandedOverOnesToo) {
  open({.max_size = 1, .alive_bypass = 0ms});
  Lease held = pool->acquire();
  std::jthread other = waiting(1, [&] { use(); });
  held.put();
  other.join();
  EXPECT_EQ(world.asked, 1);
}

TEST_F(Rig, DeadOnesAreReplaced) {
  open({.max_size = 3});
  fill(3);
  clock.advance(1s);
  world.on_validate = [](int number) { return number == 1; };
  EXPECT_EQ(use(), 1) << "the first that lives";
  auto counters = pool->health().counters;
  EXPECT_EQ(counters.validated, 3u);
  EXPECT_EQ(counters.validation_failures, 2u);
  EXPECT_EQ(counters.destroyed, 2u);
  EXPECT_EQ(counters.created, 3u);
  EXPECT_EQ(counters.acquired, 4u);
}

TEST_F(Rig, AnAnswerThatComesTooLateIsNone) {
  open({.max_size = 1, .validation_timeout = 1s});
  fill(1);
  clock.advance(10s);
  world.on_validate = [&](int) {
    clock.advance(1s + 1ns);
    return true;
  };
  EXPECT_EQ(use(), 2);
  EXPECT_EQ(pool->health().counters.validation_failures, 1u);
}

TEST_F(Rig, AThrowIsNoAnswer) {
  open({.max_size = 1});
  fill(1);
  clock.advance(1s);
  world.on_validate = [](int) -> bool { throw 1; };
  EXPECT_EQ(use(), 2);
}

TEST_F(Rig, ValidationEndsWithTheWait) {
  open({.max_size = 4, .borrow_timeout = 2s, .validation_timeout = 1s});
  fill(4);
  clock.advance(10s);
  world.on_validate = [&](int) {
    clock.advance(1s);
    return false;
  };
  EXPECT_THROW((void)pool->acquire(), pool_tidy::resource_timeout);
  EXPECT_EQ(world.asked, 2);
  EXPECT_EQ(pool->health().idle, 2u);
}

TEST_F(Rig, TryAcquireGoesOnToWhatElseIsFree) {
  open({.max_size = 4, .borrow_timeout = 2s, .validation_timeout = 1s});
  fill(3);
  clock.advance(10s);
  world.on_validate = [&](int number) {
    clock.advance(1s);
    return number == 1;
  };
  Lease good = pool->try_acquire();
  ASSERT_TRUE(good) << "two are dead, one is not";
  EXPECT_EQ(good->number, 1);
  EXPECT_EQ(world.asked, 3);
  good.put();
  clock.advance(10s);
  world.on_validate = [](int) { return false; };
  good = pool->acquire(0s);
  EXPECT_EQ(good->number, 4) << "a new one: there is room";
  EXPECT_EQ(pool->health().counters.timeouts, 0u);
}

TEST_F(Rig, DeadOneAndServerDownTellTheNextToo) {
  open({.max_size = 1});
  Lease held = pool->acquire();
  std::atomic<int> failures = 0;
  world.on_create = [] { throw std::runtime_error("down"); };
  world.on_validate = [](int) { return false; };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i)
    threads.push_back(waiting(i + 1, [&] {
      EXPECT_THROW((void)pool->acquire(), std::runtime_error);
      ++failures;
    }));
  held.discard();
  threads.clear();
  EXPECT_EQ(failures, 2);
}

TEST_F(Rig, LifetimesStayWithinTheJitterAndDiffer) {
  const auto whole = 1000s;
  open({.max_size = 400,
        .idle_timeout = 0s,
        .max_lifetime = whole,
        .lifetime_jitter = 0.25});
  fill(400);
  clock.advance(750s - 1ns);
  EXPECT_EQ(pool->maintain().destroyed, 0u);
  clock.advance(125s);
  const auto half = pool->maintain().destroyed;
  EXPECT_GT(half, 100u);
  EXPECT_LT(half, 300u);
  clock.advance(125s + 1ns);
  EXPECT_EQ(pool->maintain().destroyed, 400u - half);
  EXPECT_EQ(pool->health().counters.retired_lifetime, 400u);
}

TEST_F(Rig, WithoutJitterALifetimeIsExact) {
  open({.max_size = 2, .max_lifetime = 20s, .lifetime_jitter = 0});
  Lease held = pool->acquire();
  pool->acquire().put();
  clock.advance(20s - 1ns);
  EXPECT_EQ(use(), 2);
  clock.advance(1ns);
  EXPECT_EQ(held->number, 1) << "a lease ends when its owner wants";
  EXPECT_EQ(use(), 3) << "2 is past its life";
  held.put();
  EXPECT_EQ(world.destroyed, 2);
  EXPECT_EQ(pool->health().counters.retired_lifetime, 2u);
}

TEST_F(Rig, IdleOnesEndButForTheFloor) {
  open({.max_size = 4, .min_idle = 1, .idle_timeout = 30s, .max_lifetime = 0s});
  fill(4);
  clock.advance(20s);
  pool->acquire().put(); // 4 is used again
  clock.advance(10s);
  EXPECT_EQ(pool->maintain().destroyed, 3u);
  clock.advance(1h);
  EXPECT_EQ(pool->maintain().destroyed, 0u);
  EXPECT_EQ(use(), 4);
  EXPECT_EQ(pool->health().counters.retired_idle, 3u);
}

TEST_F(Rig, TheFloorIsFilled) {
  open({.max_size = 4, .min_idle = 3});
  EXPECT_EQ(pool->maintain().created, 3u);
  Lease a = pool->acquire(), b = pool->acquire();
  EXPECT_EQ(pool->maintain().created, 1u) << "there is room for one only";
  EXPECT_EQ(world.made, 4);
}

TEST_F(Rig, AFloorThatCannotBeFilledIsTold) {
  open({.max_size = 4, .min_idle = 3});
  world.on_create = [] { throw std::runtime_error("down"); };
  EXPECT_TRUE(pool->maintain().create_failed);
  EXPECT_EQ(pool->health().counters.create_failures, 1u)
      << "once a round, not once for each";
}

TEST_F(Rig, KeepaliveAsksTheIdleOnes) {
  open({.max_size = 3, .min_idle = 3, .alive_bypass = 1min, .keepalive = 30s});
  fill(3);
  clock.advance(30s - 1ns);
  EXPECT_EQ(pool->maintain().kept_alive, 0u);
  clock.advance(1ns);
  world.on_keepalive = [&](int number) {
    EXPECT_EQ(pool->health().in_use, 1u) << "one at a time is away";
    return number != 2;
  };
  auto done = pool->maintain();
  EXPECT_EQ(done.kept_alive, 2u);
  EXPECT_EQ(done.destroyed, 1u);
  EXPECT_EQ(done.created, 1u);
  EXPECT_EQ(world.asked, 3);
  EXPECT_EQ(pool->maintain().kept_alive, 0u);
  clock.advance(59s);
  use();
  EXPECT_EQ(world.asked, 3) << "a keepalive is a sign of life";
}

TEST_F(Rig, KeepaliveIsNoUse) {
  open({.max_size = 1, .idle_timeout = 1min, .keepalive = 40s});
  fill(1);
  clock.advance(40s);
  EXPECT_EQ(pool->maintain().kept_alive, 1u);
  clock.advance(20s);
  EXPECT_EQ(pool->maintain().destroyed, 1u);
}

TEST_F(Rig, LeaksAreToldOnceWithTheirPlace) {
  std::vector<pool_tidy::leak_report> told;
  open({.max_size = 2,
        .leak_threshold = 10s,
        .on_leak = [&](const auto &report) { told.push_back(report); }});
  const auto line = std::source_location::current().line() + 1;
  Lease kept = pool->acquire();
  clock.advance(5s);
  Lease young = pool->acquire();
  clock.advance(5s - 1ns);
  EXPECT_EQ(pool->maintain().leaks, 0u);
  clock.advance(1ns);
  EXPECT_EQ(pool->maintain().leaks, 1u);
  EXPECT_EQ(pool->maintain().leaks, 0u);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].where.line(), line);
  EXPECT_TRUE(std::string_view(told[0].where.file_name()).ends_with(__FILE__));
  EXPECT_EQ(told[0].held, 10s);
  EXPECT_EQ(told[0].holder, std::this_thread::get_id());
  EXPECT_FALSE(told[0].returned);
  clock.advance(1s);
  kept.put();
  young.put();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[1].returned);
  EXPECT_EQ(told[1].held, 11s);
  EXPECT_EQ(pool->health().counters.leaks, 1u);
}

TEST_F(Rig, LeaksArePrintedWhereNobodyListens) {
  open({.max_size = 1, .leak_threshold = 2s});
  Lease kept = pool->acquire();
  clock.advance(2500ms);
  testing::internal::CaptureStderr();
  pool->maintain();
  kept.put();
  std::string said = testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("Upkeep.cpp:"), std::string::npos) << said;
  EXPECT_NE(said.find("has been held for 2.5 s"), std::string::npos) << said;
  EXPECT_NE(said.find("came back after 2.5 s"), std::string::npos) << said;
}

TEST_F(Rig, SoftEvictionEndsWhatThereIs) {
  open({.max_size = 3});
  fill(2);
  Lease held = pool->acquire();
  Lease young;
  bool evict = true;
  world.on_create = [&] {
    if (std::exchange(evict, false))
      pool->soft_evict(); // while one is being made: with the old password
  };
  {
    Lease other = pool->acquire();
    young = pool->acquire();
    EXPECT_EQ(other->number, 1);
    EXPECT_EQ(young->number, 3);
  }
  EXPECT_EQ(held->number, 2);
  held.put();
  young.put();
  EXPECT_EQ(world.destroyed, 3);
  EXPECT_EQ(pool->health().counters.retired_soft, 3u);
  EXPECT_EQ(use(), 4);
}

} // namespace

//===- Rig.h - a pool of counted things, by a clock that stands -*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_TESTS_RESOURCE_RIG_H
#define POOL_TIDY_TESTS_RESOURCE_RIG_H

#include "pool_tidy/manual_clock.h"
#include "pool_tidy/resource_pool.h"
#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

/// A wake-up that is lost would let a test wait for ever, as time stands.
inline const unsigned watchdog = alarm(300);

/// What the factory of a test is told, and what it tells.
struct World {
  std::atomic<int> made = 0, destroyed = 0, asked = 0, recycled = 0;
  /// Called before each; may throw, wait, move the clock, ask the pool.
  std::function<void()> on_create = [] {};
  std::function<bool(int)> on_validate = [](int) { return true; };
  std::function<bool(int)> on_keepalive = [](int) { return true; };
  std::function<bool(int)> on_recycle = [](int) { return true; };
  std::function<void(int)> on_destroy = [](int) {};
};

/// Numbered from 1 in the order of their making.
struct Thing {
  int number;
};

struct Factory {
  World *world;

  Thing create() {
    world->on_create();
    return Thing{++world->made};
  }
  bool validate(Thing &thing, std::chrono::nanoseconds) {
    ++world->asked;
    return world->on_validate(thing.number);
  }
  bool keepalive(Thing &thing, std::chrono::nanoseconds) {
    ++world->asked;
    return world->on_keepalive(thing.number);
  }
  bool recycle(Thing &thing) {
    ++world->recycled;
    return world->on_recycle(thing.number);
  }
  void destroy(Thing &thing) noexcept {
    world->on_destroy(thing.number);
    ++world->destroyed;
  }
};

using Pool = pool_tidy::resource_pool<Thing, Factory>;
using Lease = pool_tidy::resource_lease<Thing>;
using Options = pool_tidy::resource_options;

/// A pool without a thread of its own, whose time a test moves.
class Rig : public testing::Test {
protected:
  World world;
  pool_tidy::manual_clock clock;
  std::unique_ptr<Pool> pool;

  void open(Options options) {
    options.housekeeping = 0s;
    pool = std::make_unique<Pool>(Factory{&world}, options, clock);
  }

  /// Has `count` things made and put back.
  void fill(int count) {
    std::vector<Lease> leases;
    for (int i = 0; i < count; ++i)
      leases.push_back(pool->acquire());
    // The one made last goes back last, so it is the first to go out.
    for (Lease &lease : leases)
      lease.put();
  }

  /// The number of the thing that an acquire gives, which is put back.
  int use() {
    Lease lease = pool->acquire();
    return lease->number;
  }

  /// Runs `work` on a thread, and returns once it waits as the `place`th.
  template <class Work> std::jthread waiting(std::size_t place, Work work) {
    std::jthread thread(std::move(work));
    clock.await_sleepers(place);
    return thread;
  }
};

#endif

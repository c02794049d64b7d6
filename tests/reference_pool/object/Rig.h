//===- Rig.h - what the object pool's tests share ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_TESTS_OBJECT_RIG_H
#define POOL_TIDY_TESTS_OBJECT_RIG_H

#include "pool_tidy/object_pool.h"
#include <atomic>
#include <gtest/gtest.h>
#include <memory_resource>
#include <set>
#include <thread>
#include <vector>

namespace {

using namespace pool_tidy;

/// Counts its kind.
struct Thing {
  static inline std::atomic<int> made{0}, live{0};
  static void forget() { made = live.load(); }

  Thing() {
    ++made;
    ++live;
  }
  Thing(const Thing &) = delete;
  ~Thing() { --live; }

  int value = 0;
};

/// Sixteen in a magazine, whatever the default is: the counters depend on it.
template <typename T = Thing, typename Policy = no_reset, std::size_t K = 16>
using pool_of = object_pool<T, Policy, K>;

/// Runs something on a thread of its own, to the end of that thread.
template <typename F> void on_thread(F run) {
  std::thread(std::move(run)).join();
}

/// That many leases at once.
template <typename Pool> auto get_many(Pool &pool, int count) {
  std::vector<lease<typename Pool::value_type>> all;
  for (int i = 0; i < count; ++i)
    all.push_back(pool.get());
  return all;
}

/// Leaves that many idle objects behind.
template <typename Pool> void fill(Pool &pool, int count) {
  auto all = get_many(pool, count);
}

/// How many gets in a row need no factory, at most `most`.
template <typename Pool> int hits_in_a_row(Pool &pool, int most) {
  std::vector<lease<typename Pool::value_type>> all;
  auto before = pool.stats().misses;
  while (static_cast<int>(all.size()) < most) {
    all.push_back(pool.get());
    if (pool.stats().misses != before)
      return static_cast<int>(all.size()) - 1;
  }
  return most;
}

/// Counts what is out; fails when told to.
class Memory : public std::pmr::memory_resource {
public:
  std::atomic<int> blocks{0}, given{0};
  std::atomic<int> fail_at{-1}; ///< the allocation, from 0, that fails

private:
  void *do_allocate(std::size_t size, std::size_t align) override {
    if (given++ == fail_at)
      throw std::bad_alloc();
    ++blocks;
    return ::operator new(size, std::align_val_t(align));
  }
  void do_deallocate(void *memory, std::size_t, std::size_t align) override {
    --blocks;
    ::operator delete(memory, std::align_val_t(align));
  }
  bool do_is_equal(const memory_resource &other) const noexcept override {
    return this == &other;
  }
};

} // namespace

#endif

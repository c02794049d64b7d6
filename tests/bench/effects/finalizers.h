//===- finalizers.h - (c) destructors that do more than free memory ------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_FINALIZERS_H
#define POOL_TIDY_BENCH_FINALIZERS_H

#include "effect.h"
#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

namespace effects {

struct Plain {
  std::byte bytes[64] = {};
};

/// At its end it unregisters under a lock, and runs the callback that was
/// registered for it.
class Registered {
public:
  Registered() {
    std::lock_guard lock(mutex());
    callbacks()[this] = [] { ++told; };
  }
  Registered(const Registered &) = delete;
  ~Registered() {
    std::lock_guard lock(mutex());
    auto own = callbacks().find(this);
    own->second();
    callbacks().erase(own);
  }

  static std::map<const Registered *, std::function<void()>> &callbacks() {
    static std::map<const Registered *, std::function<void()>> all;
    return all;
  }

  static inline std::size_t told = 0;
  std::byte bytes[64] = {};

private:
  static std::mutex &mutex() {
    static std::mutex one;
    return one;
  }
};

template <typename T> class IdleObjects {
public:
  explicit IdleObjects(std::size_t count) {
    {
      std::vector<pool_tidy::lease<T>> out;
      for (std::size_t i = 0; i < count; ++i)
        out.push_back(pool.get());
    }
    pool.flush_this_thread();
    pool.trim(0);
    must(pool.stats().retained == count, "all of them are idle");
  }

  Pool<T, pool_tidy::no_reset> pool;
};

/// One trim() of `count` idle objects, and the same in steps of `budget`.
inline Figures finalizers(std::size_t count, std::size_t budget) {
  IdleObjects<Plain> plain(count);
  IdleObjects<Registered> at_once(count), in_steps(count);
  Registered::told = 0;
  pool_tidy::trim_step step;
  double fast = time_of([&] { step = plain.pool.trim(pool_tidy::unlimited); });
  must(step.destroyed == count, "one trim destroys all");
  double slow = time_of([&] { step = at_once.pool.trim(pool_tidy::unlimited); });
  must(step.destroyed == count && Registered::told == count, "each destructor tells");

  double longest = 0;
  std::size_t steps = 0, destroyed = 0;
  while (destroyed < count) {
    bool first = steps++ == 0;
    double took = time_of([&] {
      step = first ? in_steps.pool.trim(budget) : in_steps.pool.reclaim(budget);
    });
    must(step.destroyed <= budget, "a step destroys at most its budget");
    destroyed += step.destroyed;
    longest = std::max(longest, took);
  }
  must(steps == (count + budget - 1) / budget, "each step uses its budget");
  must(Registered::callbacks().empty(), "nobody is left");
  return {{"ratio", slow / fast},
          {"step", longest / slow},
          {"steps", static_cast<double>(steps)}};
}

} // namespace effects

#endif

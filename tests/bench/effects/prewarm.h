//===- prewarm.h - (b) objects made ahead, and a floor -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_PREWARM_H
#define POOL_TIDY_BENCH_PREWARM_H

#include "effect.h"
#include <algorithm>

namespace effects {

/// A request's own work, as a checksum of so many bytes.
inline constexpr std::size_t burst_work = 32 * 1024;

/// Its factory costs so much work more than the vector.
struct Costly : pool_tidy::no_reset {
  explicit Costly(std::size_t cost) : cost(cost) {}
  std::vector<char> make() const {
    ++calls;
    work(cost);
    return std::vector<char>(1024);
  }
  std::size_t cost;
  static inline std::size_t calls = 0;
};
using CostlyPool = Pool<std::vector<char>, Costly>;

/// `count` requests at once in a new pool. Returns the time that one of twenty
/// exceeds, and how often the factory was called for them.
inline std::pair<double, std::size_t>
first_burst(std::size_t count, std::size_t cost, bool prewarmed) {
  CostlyPool pool{Costly(cost)};
  { auto one = pool.get(); } // the thread's place in the pool is made once
  pool.flush_this_thread();
  if (prewarmed)
    pool.prewarm(count);
  std::vector<pool_tidy::lease<std::vector<char>>> out;
  out.reserve(count + 1);
  if (!prewarmed)
    out.push_back(pool.get()); // that one is no news
  Costly::calls = 0;
  std::vector<double> times;
  times.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    times.push_back(time_of([&] {
      out.push_back(pool.get());
      work(burst_work);
    }));
  auto at = times.begin() + static_cast<std::ptrdiff_t>(count * 95 / 100);
  std::nth_element(times.begin(), at, times.end());
  return {*at, Costly::calls};
}

/// \param share how much work the factory is, of a request's work.
inline Figures prewarmed(std::size_t count, std::size_t share) {
  auto [cold, made] = first_burst(count, share * burst_work, false);
  auto [warm, made_warm] = first_burst(count, share * burst_work, true);
  must(made == count, "a cold pool makes one for each request");
  must(made_warm == 0, "a prewarmed pool makes none");
  return {{"ratio", cold / warm}, {"cold", static_cast<double>(made)},
          {"warm", static_cast<double>(made_warm)}};
}

/// Factory calls of `rounds` rounds of bursts, everything idle trimmed away
/// between any two; and how many objects stay for that.
inline std::pair<std::size_t, std::size_t> trimmed_bursts(std::size_t rounds,
                                                          std::size_t floor) {
  CostlyPool pool({.min_retained = floor}, Costly(0));
  pool.prewarm(floor);
  Costly::calls = 0;
  for (std::size_t round = 0; round < rounds; ++round)
    for (std::size_t size : {24, 28, 32, 36, 40}) {
      {
        std::vector<pool_tidy::lease<std::vector<char>>> out;
        for (std::size_t i = 0; i < size; ++i)
          out.push_back(pool.get());
      }
      pool.flush_this_thread();
      pool.trim();
      for (pool.trim(); !pool.reclaim().done;)
        ;
      must(pool.stats().retained == floor, "trimming leaves the floor");
    }
  return {Costly::calls, pool.stats().retained};
}

inline Figures floor_under_bursts(std::size_t rounds, std::size_t floor) {
  auto [without, none] = trimmed_bursts(rounds, 0);
  auto [with, kept] = trimmed_bursts(rounds, floor);
  must(without == rounds * (24 + 28 + 32 + 36 + 40),
       "without a floor each burst makes all of its objects");
  must(floor != 32 || with == rounds * (4 + 8),
       "with one it makes those above the floor");
  return {{"without", static_cast<double>(without) / static_cast<double>(rounds)},
          {"with", static_cast<double>(with) / static_cast<double>(rounds)},
          {"kept", static_cast<double>(kept)}};
}

} // namespace effects

#endif

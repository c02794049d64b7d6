//===- shards.h - (d) cleaning up, and the number of threads -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_SHARDS_H
#define POOL_TIDY_BENCH_SHARDS_H

#include "effect.h"
#include <algorithm>
#include <latch>
#include <thread>

namespace effects {

struct Small {
  std::byte bytes[64] = {};
};
using SmallPool = Pool<Small, pool_tidy::no_reset>;

/// Two pools that `count` threads have used at once, so that each has as many
/// shards, with `each` idle objects in a shard. They have expired but for one
/// trim().
class Shards {
public:
  Shards(std::size_t count, std::size_t each)
      : total(count * each), at_most(std::min({total, 32 * each, budget})) {
    std::latch all_there(static_cast<std::ptrdiff_t>(count));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i)
      threads.emplace_back([&] {
        std::vector<pool_tidy::lease<Small>> out;
        for (std::size_t j = 0; j < each; ++j) {
          out.push_back(walked.get());
          out.push_back(stepped.get());
        }
        // Whoever came later would steal what others put.
        all_there.arrive_and_wait();
        out.clear();
        walked.flush_this_thread();
        stepped.flush_this_thread();
      });
    for (std::thread &thread : threads)
      thread.join();
    for (SmallPool *pool : {&walked, &stepped}) {
      must(pool->stats().retained == total, "each thread leaves its objects");
      pool->trim(0);
    }
  }

  /// An epoch and no more.
  double bump() {
    constexpr int times = 1000;
    stepped.trim(0); // is in the cache then
    double took = time_of([&] {
      for (int i = 0; i < times; ++i)
        stepped.trim(0);
    });
    must(stepped.stats().retained == total, "an epoch alone destroys nothing");
    return took / times;
  }
  /// What trim() does by default.
  double step() {
    pool_tidy::trim_step one;
    double took = time_of([&] { one = stepped.trim(budget); });
    must(one.visited <= 32, "a step visits at most 32 shards");
    must(one.destroyed == at_most, "a step destroys at most 64 objects");
    visited = one.visited;
    destroyed = one.destroyed;
    return took;
  }
  /// All shards at once, as a collector does that stops the world.
  double walk() {
    std::size_t gone = walked.trim(0).destroyed;
    double took = time_of([&] {
      while (gone < total)
        gone += walked.reclaim(pool_tidy::unlimited).destroyed;
    });
    must(gone == total, "the walk destroys everything");
    return took;
  }

  static constexpr std::size_t budget = 64;
  const std::size_t total, at_most;
  std::size_t visited = 0, destroyed = 0; ///< by step()

private:
  SmallPool walked, stepped;
};

/// Times with `many` shards to those with `few`.
inline Figures shards(std::size_t few, std::size_t many, std::size_t each) {
  Shards small(few, each), large(many, each);
  { // brings the code into the cache
    Shards first(few, each);
    first.bump(), first.step(), first.walk();
  }
  double small_bump = small.bump(), large_bump = large.bump();
  for (int i = 0; i < 3; ++i) {
    small_bump = std::min(small_bump, small.bump());
    large_bump = std::min(large_bump, large.bump());
  }
  double small_step = small.step(), large_step = large.step();
  double small_walk = small.walk(), large_walk = large.walk();
  return {{"walk", large_walk / small_walk},
          {"bump", large_bump / small_bump},
          {"step", large_step / small_step},
          {"visited", static_cast<double>(large.visited)},
          {"destroyed", static_cast<double>(large.destroyed)},
          {"walked", static_cast<double>(large.total)}};
}

} // namespace effects

#endif

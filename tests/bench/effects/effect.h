//===- effect.h - what the four effects share ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An effect is a function of its sizes. It runs both sides of a comparison
// once, one right after the other, insists on what can be counted, and gives
// figures; what was timed comes only as a ratio of the two.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_EFFECT_H
#define POOL_TIDY_BENCH_EFFECT_H

#include "pool_tidy/object_pool.h"
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace effects {

using Figures = std::map<std::string, double>;

/// Without checks, whatever the build says: they are not what is measured.
template <typename T, typename Policy>
using Pool = pool_tidy::object_pool<T, Policy, 32, pool_tidy::checking::none>;

inline void must(bool holds, const std::string &what) {
  if (!holds)
    throw std::logic_error("not so: " + what);
}

/// Seconds of the processor that this thread has had: what other programs do
/// meanwhile is not in it. No effect waits for anything.
inline double spent() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename F> double time_of(F run) {
  double begin = spent();
  run();
  return spent() - begin;
}

/// Each word waits for the one before, so that time grows with the bytes.
inline std::uint64_t checksum(const void *bytes, std::size_t size) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i + 8 <= size; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, static_cast<const std::byte *>(bytes) + i, 8);
    sum = sum * 0x9e3779b97f4a7c15u + word;
  }
  asm volatile("" : : "r"(sum));
  return sum;
}

/// What a request costs beside its buffer: as much as a checksum of so many
/// bytes that are in the cache.
inline void work(std::size_t bytes) {
  static const std::vector<std::byte> data(4096, std::byte{1});
  for (; bytes; bytes -= std::min(bytes, data.size()))
    checksum(data.data(), std::min(bytes, data.size()));
}

} // namespace effects

#endif

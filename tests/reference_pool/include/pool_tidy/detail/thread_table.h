// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which shards the calling thread owns.

#ifndef POOL_TIDY_DETAIL_THREAD_TABLE_H
#define POOL_TIDY_DETAIL_THREAD_TABLE_H

#include "annotations.h"
#include "shard.h"
#include <atomic>
#include <bit>
#include <cstdint>

namespace pool_tidy::detail {

/// A shard stands in the list of its pool's number; the one used last comes
/// first. Trivially destructible and constant-initialised: read without a
/// guard, and still there when destructors of other thread_locals run. A
/// library that hides its symbols has a table, and so shards, of its own.
struct thread_table {
  hot_line *lists[table_size]; ///< each ends with nobody
  bool ended = false; ///< the thread's shards are given up, it gets no new ones

  constexpr thread_table() {
    for (hot_line *&list : lists)
      list = &nobody;
  }
};
inline constinit thread_local thread_table this_thread{};

inline constinit std::atomic<std::uint64_t> taken_numbers{0};
inline constinit std::atomic<std::uint32_t> next_shared_number{0};

struct pool_number {
  tag value;
  bool own; ///< to be given back

  static pool_number take() noexcept {
    std::uint64_t taken = taken_numbers.load(std::memory_order_relaxed);
    while (~taken) {
      int free = std::countr_one(taken);
      if (taken_numbers.compare_exchange_weak(
              taken, taken | std::uint64_t(1) << free,
              std::memory_order_relaxed))
        return {tag(free), true};
    }
    tag next = next_shared_number.fetch_add(1, std::memory_order_relaxed);
    return {next % table_size, false};
  }
  void give_back() const noexcept {
    if (own)
      taken_numbers.fetch_and(~(std::uint64_t(1) << value),
                              std::memory_order_relaxed);
  }
};

} // namespace pool_tidy::detail

#endif

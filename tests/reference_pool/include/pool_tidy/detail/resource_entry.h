//===- resource_entry.h - one resource in its pool --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_ENTRY_H
#define POOL_TIDY_DETAIL_RESOURCE_ENTRY_H

#include "pool_tidy/resource_clock.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <source_location>
#include <thread>
#include <utility>

namespace pool_tidy::detail {

template <class R> struct resource_entry;

/// What a lease knows of its pool: where the resource goes.
template <class R> class resource_owner {
public:
  virtual void take_back(resource_entry<R> *entry, bool keep) noexcept = 0;
  virtual std::unique_ptr<resource_entry<R>>
  let_go(resource_entry<R> *entry) noexcept = 0;

protected:
  ~resource_owner() = default;
};

/// A resource with what its pool has to remember. Whoever has it may read and
/// write all of it; the members in the second group only under the pool's lock,
/// for housekeeping looks at them while the resource is out.
template <class R> struct resource_entry {
  using time_point = resource_clock::time_point;

  /// Takes what `make()` gives without a move: resources may be immovable.
  template <class Make> explicit resource_entry(Make &&make) : value(make()) {}

  R value;
  std::shared_ptr<resource_owner<R>> owner; ///< set while leased: the pool's
                                            ///< core outlives its leases
  time_point retire_at = time_point::max();
  time_point last_used{};
  time_point last_alive{};
  std::uint64_t generation = 0;   ///< soft_evict() ends all older ones
  resource_entry *next = nullptr; ///< in a chain of those to be destroyed

  std::size_t position = 0; ///< in the pool's list of all
  bool leased = false;
  bool leak_reported = false;
  time_point leased_at{};
  std::source_location where;
  std::thread::id holder;
};

} // namespace pool_tidy::detail

#endif

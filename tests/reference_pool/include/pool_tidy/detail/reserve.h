// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Idle objects of no thread: what was prewarmed, and the floor.

#ifndef POOL_TIDY_DETAIL_RESERVE_H
#define POOL_TIDY_DETAIL_RESERVE_H

#include "chain.h"

namespace pool_tidy::detail {

/// Any thread adds and takes. A chain has one who adds at a time, so whoever
/// finds one busy goes on to the next, and makes one behind the last: there are
/// as many as threads that ever added at once. Nobody waits for a busy one:
/// after a fork who was adding may be in the other process.
class reserve {
public:
  reserve() = default;
  reserve(const reserve &) = delete;
  reserve &operator=(const reserve &) = delete;
  ~reserve() {
    for (lane *l = first_.next.load(std::memory_order_relaxed); l;) {
      lane *next = l->next.load(std::memory_order_relaxed);
      delete l;
      l = next;
    }
  }

  /// False only without memory.
  bool add(void *object) noexcept {
    for (lane *l = &first_; l; l = l->after())
      if (!l->busy.test_and_set(std::memory_order_acquire)) {
        bool added = l->objects.push(&object, 1) == 1;
        l->busy.clear(std::memory_order_release);
        return added;
      }
    return false;
  }

  /// One, or null.
  void *take() noexcept {
    void *object;
    for (lane *l = &first_; l; l = l->next.load(std::memory_order_acquire))
      if (l->objects.steal(&object, 1))
        return object;
    return nullptr;
  }

  std::size_t size() const noexcept {
    std::size_t all = 0;
    for (const lane *l = &first_; l; l = l->next.load(std::memory_order_acquire))
      all += l->objects.size();
    return all;
  }

private:
  struct lane {
    std::atomic_flag busy;
    chain objects;
    std::atomic<lane *> next{nullptr};

    /// The next, made if there is none; null without memory.
    lane *after() noexcept {
      lane *there = next.load(std::memory_order_acquire);
      if (there)
        return there;
      lane *made = new (std::nothrow) lane;
      if (made && !next.compare_exchange_strong(there, made,
                                                std::memory_order_acq_rel)) {
        delete made;
        return there;
      }
      return made;
    }
  };

  lane first_;
};

} // namespace pool_tidy::detail

#endif

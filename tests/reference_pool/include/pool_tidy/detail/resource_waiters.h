//===- resource_waiters.h - those who wait, in order ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_WAITERS_H
#define POOL_TIDY_DETAIL_RESOURCE_WAITERS_H

#include "pool_tidy/detail/resource_entry.h"
#include <cstddef>

namespace pool_tidy::detail {

/// One acquire. It stands on the stack of the thread that waits; all but the
/// event belongs to whoever has the pool's lock, until the ticket is answered;
/// then to its thread again.
template <class R> struct resource_ticket {
  enum class state {
    waiting,
    served, ///< `entry` is the caller's
    slot,   ///< the caller may make one: room for it is kept
    closed  ///< there is nothing to wait for any more
  };

  state now = state::waiting;
  resource_entry<R> *entry = nullptr;
  resource_clock::time_point since{};
  std::uint64_t generation = 0; ///< of the resource that it may make
  std::source_location where;
  std::thread::id holder = std::this_thread::get_id();
  wake_event event;
  resource_ticket *before = nullptr, *after = nullptr;
};

/// A queue of tickets that allocates nothing and lets any ticket leave.
template <class R> class resource_waiters {
public:
  using ticket = resource_ticket<R>;

  bool empty() const noexcept { return !first_; }
  std::size_t size() const noexcept { return size_; }
  ticket *oldest() const noexcept { return first_; }

  void push(ticket &t) noexcept {
    t.before = last_;
    (last_ ? last_->after : first_) = &t;
    last_ = &t;
    ++size_;
  }

  void remove(ticket &t) noexcept {
    (t.before ? t.before->after : first_) = t.after;
    (t.after ? t.after->before : last_) = t.before;
    t.before = t.after = nullptr;
    --size_;
  }

  ticket &pop() noexcept {
    ticket &t = *first_;
    remove(t);
    return t;
  }

private:
  ticket *first_ = nullptr, *last_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace pool_tidy::detail

#endif

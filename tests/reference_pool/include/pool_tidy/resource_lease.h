//===- resource_lease.h - one borrowed resource -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_LEASE_H
#define POOL_TIDY_RESOURCE_LEASE_H

#include "pool_tidy/detail/annotations.h"
#include "pool_tidy/detail/resource_entry.h"
#include <cassert>
#include <memory>
#include <type_traits>
#include <utility>

namespace pool_tidy {

template <class R, class Factory> class resource_pool;

/// A resource for the length of a scope: the destructor puts it back. As large
/// as a pointer; move-only. It may outlive its pool. clang warns (-Wconsumed)
/// where it is used after put(), discard(), release() or a move.
template <class R>
class [[nodiscard]] POOL_TIDY_CONSUMABLE(unconsumed) resource_lease {
public:
  POOL_TIDY_RETURN_STATE(consumed) resource_lease() noexcept = default;
  resource_lease(resource_lease &&other) noexcept
      : entry_(std::exchange(other.entry_, nullptr)) {}
  resource_lease &operator=(resource_lease &&other) noexcept {
    if (this != &other) {
      give(true);
      entry_ = std::exchange(other.entry_, nullptr);
    }
    return *this;
  }
  resource_lease(const resource_lease &) = delete;
  resource_lease &operator=(const resource_lease &) = delete;
  ~resource_lease() { give(true); }

  /// Whether there is a resource in it: try_acquire() may give none.
  POOL_TIDY_TEST_STATE(unconsumed) explicit operator bool() const noexcept {
    return entry_ != nullptr;
  }

  // The resource goes back with the lease: from one that is about to die there
  // is nothing to be shown.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  R &operator*() const & noexcept POOL_TIDY_LIFETIMEBOUND {
    assert(entry_ && "the lease is empty");
    return entry_->value;
  }
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  R *operator->() const & noexcept POOL_TIDY_LIFETIMEBOUND {
    return std::addressof(**this);
  }
  /// The resource, or null.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  R *get() const & noexcept POOL_TIDY_LIFETIMEBOUND {
    return entry_ ? std::addressof(entry_->value) : nullptr;
  }
  R &operator*() const && = delete;
  R *operator->() const && = delete;
  R *get() const && = delete;

  /// Puts the resource back before the scope ends.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed) void put() noexcept { give(true); }

  /// Gives a resource back that is not fit for use any more: it is destroyed.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed) void discard() noexcept { give(false); }

  /// Takes the resource out of the pool, which may then make another. The
  /// factory's destroy() is the caller's to call, if there is one.
  [[nodiscard]] POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed) R release() noexcept
    requires std::is_nothrow_move_constructible_v<R>
  {
    assert(entry_ && "the lease is empty");
    detail::resource_entry<R> *entry = std::exchange(entry_, nullptr);
    return std::move(entry->owner->let_go(entry)->value);
  }

private:
  template <class, class> friend class resource_pool;

  POOL_TIDY_RETURN_STATE(unconsumed)
  explicit resource_lease(detail::resource_entry<R> *entry) noexcept
      : entry_(entry) {}

  void give(bool keep) noexcept {
    if (detail::resource_entry<R> *entry = std::exchange(entry_, nullptr))
      entry->owner->take_back(entry, keep);
  }

  detail::resource_entry<R> *entry_ = nullptr;
};

} // namespace pool_tidy

#endif

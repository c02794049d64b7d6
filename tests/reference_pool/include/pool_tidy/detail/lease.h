// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The owner of one acquired object.

#ifndef POOL_TIDY_DETAIL_LEASE_H
#define POOL_TIDY_DETAIL_LEASE_H

#include "annotations.h"
#include "core.h"
#include <source_location>
#include <utility>

namespace pool_tidy {

template <typename T, typename Policy, std::size_t Magazine, checking Check>
class object_pool;

/// One object of a pool, from get() until put(), discard(), release() or the
/// end of its scope. Two pointers wide. May be moved to and put on another
/// thread, and may outlive the pool. `clang++ -Wconsumed` follows its state.
template <typename T>
class POOL_TIDY_CONSUMABLE(unconsumed) [[nodiscard]] lease {
public:
  using element_type = T;

  /// Holds nothing.
  POOL_TIDY_RETURN_STATE(consumed) constexpr lease() noexcept = default;

  lease(lease &&other) noexcept
      : object_(std::exchange(other.object_, nullptr)), from_(other.from_) {}

  /// Puts what is held, then takes over.
  lease &operator=(lease &&other) noexcept {
    lease taken(std::move(other));
    swap(taken);
    return *this;
  }

  lease(const lease &) = delete;
  lease &operator=(const lease &) = delete;

  ~lease() {
    if (object_)
      detail::core::put(from_, object_, std::source_location());
  }

  /// Whether an object is held.
  POOL_TIDY_TEST_STATE(unconsumed) explicit operator bool() const noexcept {
    return object_ != nullptr;
  }

  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  T &operator*() const &noexcept POOL_TIDY_LIFETIMEBOUND { return *object_; }
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  T *operator->() const &noexcept POOL_TIDY_LIFETIMEBOUND { return object_; }
  /// The object, or null.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  T *get() const &noexcept POOL_TIDY_LIFETIMEBOUND { return object_; }

  // The object of a lease without a name goes back at the end of the
  // expression: what is reached through it would dangle.
  T &operator*() const && = delete;
  T *operator->() const && = delete;
  T *get() const && = delete;

  /// Resets the object and gives it back; then holds nothing.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  void put(std::source_location where =
               std::source_location::current()) noexcept {
    if (T *object = std::exchange(object_, nullptr))
      detail::core::put(from_, object, where);
  }

  /// Destroys the object instead of giving it back (it is broken, or holds
  /// what nobody else may see); then holds nothing.
  POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  void discard(std::source_location where =
                   std::source_location::current()) noexcept {
    if (T *object = std::exchange(object_, nullptr))
      detail::core::of(from_).discard(object, where);
  }

  /// Leaves the object to the caller, who owes raw::give_back().
  [[nodiscard]] POOL_TIDY_CALLABLE_WHEN("unconsumed", "unknown")
  POOL_TIDY_SET_STATE(consumed)
  T *release() noexcept {
    return std::exchange(object_, nullptr);
  }

  void swap(lease &other) noexcept {
    std::swap(object_, other.object_);
    std::swap(from_, other.from_);
  }
  friend void swap(lease &a, lease &b) noexcept { a.swap(b); }

private:
  template <typename U, typename Policy, std::size_t Magazine, checking Check>
  friend class object_pool;

  lease(T *object, detail::tag from) noexcept : object_(object), from_(from) {}

  T *object_ = nullptr;
  detail::tag from_ = 0;
};

} // namespace pool_tidy

#endif

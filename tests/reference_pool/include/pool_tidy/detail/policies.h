// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Policies: how a pool makes an object and how it makes one as good as new.

#ifndef POOL_TIDY_DETAIL_POLICIES_H
#define POOL_TIDY_DETAIL_POLICIES_H

#include "member_names.h"
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <type_traits>

namespace pool_tidy {

/// What reset() thinks of an object.
enum class verdict : bool {
  drop, ///< not worth keeping: destroy it
  keep, ///< as good as new
};

/// Values of at most this many bytes of capacity are kept by default.
inline constexpr std::size_t default_capacity_limit = 64 * 1024;

namespace detail {

template <typename T>
concept has_reset = requires(T &object) { object.reset(); };
/// A stream's clear(state) clears its error flags: the text stays.
template <typename T>
concept clears_flags_only =
    requires(T &object) { object.clear(object.rdstate()); };
template <typename T>
concept has_clear =
    requires(T &object) { object.clear(); } && !clears_flags_only<T>;
template <typename T>
concept has_capacity = requires(const T &object) {
  { object.capacity() } -> std::convertible_to<std::size_t>;
};

template <typename T> constexpr std::size_t element_size() {
  if constexpr (requires { typename T::value_type; })
    return sizeof(typename T::value_type);
  else
    return 1;
}

/// The policy makes objects itself, and may be asked to by several threads at
/// once: hence const.
template <typename P, typename T>
concept makes = requires(const P &policy) {
  { policy.make() } -> std::convertible_to<T>;
} || requires(const P &policy) {
  { policy.make() } -> std::same_as<T>;
};
template <typename P, typename T>
concept makes_with_resource =
    requires(const P &policy, std::pmr::memory_resource &resource) {
      { policy.make(resource) } -> std::same_as<T>;
    };
template <typename P, typename T>
concept resets = requires(const P &policy, T &object) {
  { policy.reset(object) } noexcept -> std::same_as<verdict>;
};
template <typename P, typename T>
concept knows_clean = requires(const P &policy, const T &object) {
  { policy.is_clean(object) } noexcept -> std::same_as<bool>;
};

/// Members of these names that are not what a pool calls would be passed over.
POOL_TIDY_NAMES(make)
POOL_TIDY_NAMES(is_clean)

/// A new object, as a prvalue, so that it need not be movable.
template <typename T, typename Policy>
T make_object(const Policy &policy, std::pmr::memory_resource &resource) {
  if constexpr (makes_with_resource<Policy, T>)
    return policy.make(resource);
  else if constexpr (makes<Policy, T>)
    return policy.make();
  else if constexpr (std::uses_allocator_v<
                         T, std::pmr::polymorphic_allocator<>>)
    return std::make_obj_using_allocator<T>(
        std::pmr::polymorphic_allocator<>(&resource));
  else
    return T();
}

} // namespace detail

/// The object's own reset() or clear(); containers that grew above
/// default_capacity_limit bytes are dropped, and what a reset left by a throw.
struct reset_or_clear {
  template <typename T>
    requires(detail::has_reset<T> || detail::has_clear<T>)
  verdict reset(T &object) const noexcept {
    try {
      if constexpr (detail::has_capacity<T>)
        if (object.capacity() >
            default_capacity_limit / detail::element_size<T>())
          return verdict::drop;
      if constexpr (detail::has_reset<T>)
        object.reset();
      else
        object.clear();
    } catch (...) {
      return verdict::drop; // half reset is not as good as new
    }
    return verdict::keep;
  }
};

/// clear(), and drop what grew above `MaxCapacity` elements, or threw.
template <std::size_t MaxCapacity> struct clear_and_limit {
  template <typename T>
    requires(detail::has_clear<T> && detail::has_capacity<T>)
  verdict reset(T &object) const noexcept {
    try {
      if (object.capacity() > MaxCapacity)
        return verdict::drop;
      object.clear();
    } catch (...) {
      return verdict::drop;
    }
    return verdict::keep;
  }
};

/// Overwrites all bytes with zero, in a way no optimiser leaves out: for
/// keys, passwords and other people's data.
struct zero_on_put {
  template <typename T>
    requires std::is_trivially_copyable_v<T>
  verdict reset(T &object) const noexcept {
    std::memset(static_cast<void *>(std::addressof(object)), 0, sizeof(T));
#if defined(__GNUC__)
    __asm__ __volatile__("" : : "r"(std::addressof(object)) : "memory");
#endif
    return verdict::keep;
  }
};

/// Objects come back as they were left.
struct no_reset {
  template <typename T> verdict reset(T &) const noexcept {
    return verdict::keep;
  }
};

} // namespace pool_tidy

#endif

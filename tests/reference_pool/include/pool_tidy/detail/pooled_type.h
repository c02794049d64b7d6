// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a type and its policy must be to be pooled.

#ifndef POOL_TIDY_DETAIL_POOLED_TYPE_H
#define POOL_TIDY_DETAIL_POOLED_TYPE_H

#include "policies.h"
#include <memory>
#include <type_traits>

namespace pool_tidy::detail {

template <typename T> inline constexpr bool points_away = std::is_pointer_v<T>;
template <typename T, typename D>
inline constexpr bool points_away<std::unique_ptr<T, D>> = true;
template <typename T>
inline constexpr bool points_away<std::shared_ptr<T>> = true;

} // namespace pool_tidy::detail

/// What T and Policy must be. For the body of a pool's class: with an error in
/// there a compiler does not go on to what follows from it.
#define POOL_TIDY_POOLED_TYPE(T, Policy)                                       \
  static_assert(std::is_object_v<T> && !std::is_array_v<T> &&                  \
                    !std::is_const_v<T> && !std::is_volatile_v<T>,             \
                "pool a changeable object type");                              \
  static_assert(!detail::points_away<T>,                                       \
                "pool the object itself, not a pointer to it");                \
  static_assert(std::is_nothrow_destructible_v<T>,                             \
                "a pooled object's destructor must not throw");                \
  static_assert(!detail::resets<Policy, T> ||                                  \
                    std::is_nothrow_move_constructible_v<Policy>,              \
                "a policy must move without throwing");                        \
  static_assert(detail::has_reset<T> || !detail::clears_flags_only<T> ||       \
                    !std::is_same_v<Policy, reset_or_clear>,                   \
                "a stream's clear() leaves its text; pool what it writes to, " \
                "or name a policy that empties it");                           \
  static_assert(detail::resets<Policy, T>,                                     \
                "the policy needs `verdict reset(T &) const noexcept`; name "  \
                "no_reset if the type has nothing to reset");                  \
  static_assert(!detail::names_make<Policy> || detail::makes<Policy, T> ||     \
                    detail::makes_with_resource<Policy, T>,                    \
                "the policy's make must be `T make() const` or "               \
                "`T make(std::pmr::memory_resource &) const`");                \
  static_assert(!detail::names_is_clean<Policy> ||                             \
                    detail::knows_clean<Policy, T>,                            \
                "the policy's is_clean must be "                               \
                "`bool is_clean(const T &) const noexcept`");                  \
  static_assert(detail::makes<Policy, T> ||                                    \
                    detail::makes_with_resource<Policy, T> ||                  \
                    std::is_default_constructible_v<T>,                        \
                "the policy needs `T make() const`: the type has no default "  \
                "constructor")

#endif

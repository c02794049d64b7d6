// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// object_pool: reused objects for any number of threads. Each thread gets from
// and puts to a small magazine of its own; what overflows it is shared.
//
//   pool_tidy::object_pool<std::string> pool;
//   auto text = pool.get();   // from the pool, or new
//   text->append("...");      // cleared when it goes back, at scope's end
//
// docs/reference-pool.md tells when a pool pays and what bounds what.

#ifndef POOL_TIDY_OBJECT_POOL_H
#define POOL_TIDY_OBJECT_POOL_H

#include "detail/annotations.h"
#include "detail/core.h"
#include "detail/end.h"
#include "detail/lease.h"
#include "detail/misuse.h"
#include "detail/paths.h"
#include "detail/policies.h"
#include "detail/pooled_type.h"
#include "detail/trim.h"
#include "detail/typed.h"
#include <cstddef>
#include <initializer_list>
#include <source_location>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace pool_tidy {

namespace detail {

/// Of which there is none: a list of these is empty braces.
class nothing {
  nothing(nothing *, nothing *);
};

/// The raw pair below, without making its functions friends of the pool.
struct raw_access;

} // namespace detail

/// A pool of T. All members may be called from any thread at any time; make()
/// and reset() of the policy, too, are called from several threads at once.
///
/// \tparam Policy   `verdict reset(T &) const noexcept`, and if a value-
///                  initialised T is not what is wanted `T make() const`, or
///                  `T make(std::pmr::memory_resource &) const`.
/// \tparam Magazine objects that each thread keeps to itself; half of them move
///                  at once. Deeper bursts cost more.
/// \tparam Check    how much misuse is noticed, at what cost.
template <typename T, typename Policy = reset_or_clear,
          std::size_t Magazine = 32, checking Check = default_checking>
class object_pool {
  POOL_TIDY_POOLED_TYPE(T, Policy);
  static_assert(Magazine >= 2 && Magazine <= 1024 && Magazine % 2 == 0,
                "a magazine holds an even number of objects, 2 to 1024");

public:
  using value_type = T;
  using policy_type = Policy;
  static constexpr std::size_t magazine_size = Magazine;
  static constexpr checking check = Check;

  /// \throws std::bad_alloc; std::invalid_argument if min_retained is above
  /// max_retained.
  explicit object_pool(pool_options options = {}, Policy policy = Policy())
      : tag_(core::make(valid(options), std::move(policy), Magazine)
                 ->my_tag()) {}
  explicit object_pool(Policy policy)
      : object_pool(pool_options(), std::move(policy)) {}
  /// `pool({})`: could else be either of these.
  explicit object_pool(std::initializer_list<detail::nothing>)
      : object_pool() {}

  object_pool(const object_pool &) = delete;
  object_pool &operator=(const object_pool &) = delete;

  /// Leases that are out stay valid; see at_destroy.
  ~object_pool() { core::of(tag_).close(); }

  /// An object as good as new.
  /// \throws what make() throws, std::bad_alloc; std::logic_error if the pool is
  /// being destroyed and nothing idles any more. Then nothing has changed.
  [[nodiscard]] lease<T>
  get(std::source_location where =
          std::source_location::current()) POOL_TIDY_LIFETIMEBOUND {
    return lease<T>(core::get(tag_, where), tag_);
  }

  /// The same; an empty lease where get() throws.
  [[nodiscard]] POOL_TIDY_RETURN_STATE(unknown) lease<T>
  try_get(std::source_location where =
              std::source_location::current()) noexcept POOL_TIDY_LIFETIMEBOUND {
    try {
      return lease<T>(core::get(tag_, where), tag_);
    } catch (...) {
      return lease<T>();
    }
  }

  /// Makes `count` objects, for as many leases on any threads without a call
  /// to make(). They are kept until used; trim() leaves them alone.
  /// \returns how many there was room for (max_retained, memory).
  /// \throws what make() throws; what was made until then stays.
  std::size_t prewarm(std::size_t count) {
    std::size_t made = 0;
    while (made < count && core::of(tag_).add_one())
      ++made;
    return made;
  }

  /// Begins a new epoch: what idles through two is destroyed, down to
  /// min_retained. Costs one step of reclaim(), however large the pool is.
  trim_step trim(std::size_t budget = detail::core::default_budget) noexcept {
    return core::of(tag_).trim(budget);
  }

  /// Destroys expired objects, at most `budget`, of at most 32 threads. Repeat
  /// until `done` if the memory is wanted now.
  trim_step
  reclaim(std::size_t budget = detail::core::default_budget) noexcept {
    return core::of(tag_).reclaim(budget);
  }

  /// Makes this thread's magazine available to the others, before a long
  /// sleep. \returns how many objects it held.
  std::size_t flush_this_thread() noexcept { return core::of(tag_).flush(); }

  pool_stats stats() const noexcept { return core::of(tag_).stats(); }
  const pool_options &options() const noexcept { return core::of(tag_).options(); }

private:
  friend detail::raw_access;
  using core = detail::typed_core<T, Policy, Check>;

  static const pool_options &valid(const pool_options &options) {
    if (options.min_retained > options.max_retained)
      throw std::invalid_argument(
          "object_pool: min_retained is above max_retained");
    return options;
  }

  const detail::tag tag_;
};

namespace detail {
struct raw_access {
  template <typename Pool>
  static auto *get(Pool &pool, std::source_location where) {
    return Pool::core::get(pool.tag_, where);
  }
  template <typename Pool>
  static void put(Pool &pool, typename Pool::value_type *object,
                  std::source_location where) noexcept {
    Pool::core::put_back(pool.tag_, object, where);
  }
};
} // namespace detail

/// Objects without a lease, for C callers and callbacks: each acquire() needs
/// one give_back(), before the pool is destroyed.
namespace raw {

/// \throws as object_pool::get().
template <typename T, typename P, std::size_t M, checking C>
[[nodiscard]] T *
acquire(object_pool<T, P, M, C> &pool,
        std::source_location where = std::source_location::current()) {
  return detail::raw_access::get(pool, where);
}

/// Resets the object and takes it back.
template <typename T, typename P, std::size_t M, checking C>
void give_back(object_pool<T, P, M, C> &pool, std::type_identity_t<T> *object,
               std::source_location where =
                   std::source_location::current()) noexcept {
  detail::raw_access::put(pool, object, where);
}

} // namespace raw
} // namespace pool_tidy

#endif

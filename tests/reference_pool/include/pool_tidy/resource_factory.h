//===- resource_factory.h - what a factory can do -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_FACTORY_H
#define POOL_TIDY_RESOURCE_FACTORY_H

#include "pool_tidy/detail/member_names.h"
#include "pool_tidy/resource_clock.h"
#include <concepts>

namespace pool_tidy {
namespace detail {

template <class F, class R>
concept creates_in_time = requires(F &factory,
                                   resource_clock::duration budget) {
  { factory.create(budget) } -> std::same_as<R>;
};
template <class F, class R>
concept creates = requires(F &factory) {
  { factory.create() } -> std::same_as<R>;
};
template <class F, class R>
concept validates = requires(F &factory, R &resource,
                             resource_clock::duration budget) {
  { factory.validate(resource, budget) } -> std::same_as<bool>;
};
template <class F, class R>
concept keeps_alive = requires(F &factory, R &resource,
                               resource_clock::duration budget) {
  { factory.keepalive(resource, budget) } -> std::same_as<bool>;
};
template <class F, class R>
concept recycles = requires(F &factory, R &resource) {
  { factory.recycle(resource) } -> std::same_as<bool>;
};
template <class F, class R>
concept destroys = requires(F &factory, R &resource) {
  factory.destroy(resource);
};
template <class F, class R>
concept destroys_quietly = requires(F &factory, R &resource) {
  { factory.destroy(resource) }
  noexcept;
};

POOL_TIDY_NAMES(validate)
POOL_TIDY_NAMES(keepalive)
POOL_TIDY_NAMES(recycle)
POOL_TIDY_NAMES(destroy)

// A member of such a name that the pool does not call would be passed over.
template <class F, class R>
concept validates_or_not = !names_validate<F> || validates<F, R>;
template <class F, class R>
concept keeps_alive_or_not = !names_keepalive<F> || keeps_alive<F, R>;
template <class F, class R>
concept recycles_or_not = !names_recycle<F> || recycles<F, R>;
template <class F, class R>
concept destroys_or_not = !(names_destroy<F> || destroys<F, R>) ||
                          destroys_quietly<F, R>;

} // namespace detail

/// Makes and looks after resources of type R. Its members are called without
/// the pool's lock, from several threads at once.
///
///     R create();                      // or create(budget); may throw
///     bool validate(R &, budget);      // optional: is it alive? a throw is no
///     bool keepalive(R &, budget);     // optional: instead of validate() for
///                                      //   idle ones that are kept alive
///     bool recycle(R &);               // optional: on each put, as a rollback;
///                                      //   false or a throw destroys it
///     void destroy(R &) noexcept;      // optional: before R's destructor
///
/// A member of such a name with another signature is refused.
/// `budget` is a std::chrono::nanoseconds: what is left of the time, for the
/// factory to hand on to its library. The pool cannot interrupt it.
template <class F, class R>
concept resource_factory =
    (detail::creates<F, R> || detail::creates_in_time<F, R>) &&
    detail::validates_or_not<F, R> && detail::keeps_alive_or_not<F, R> &&
    detail::recycles_or_not<F, R> && detail::destroys_or_not<F, R>;

} // namespace pool_tidy

#endif

//===- resource_pool.h - connections and the like, used again ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
//     struct connections {
//       connection create();                                // may throw
//       bool validate(connection &, std::chrono::nanoseconds budget);
//     };
//     pool_tidy::resource_pool<connection, connections> pool({}, {.max_size =
//     16}); auto lease = pool.acquire(); lease->query("select 1");
//
// The oldest who waits is served first: what comes back is handed to it
// directly, and so is the room that a failed creation leaves. The factory is
// never called under a lock.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_POOL_H
#define POOL_TIDY_RESOURCE_POOL_H

#include "pool_tidy/detail/resource_core.h"
#include "pool_tidy/resource_clock.h"
#include "pool_tidy/resource_factory.h"
#include "pool_tidy/resource_lease.h"
#include "pool_tidy/resource_options.h"
#include "pool_tidy/resource_reports.h"
#include <memory>
#include <source_location>
#include <type_traits>

namespace pool_tidy {

/// A bounded set of resources of type R, which `Factory` makes and looks after.
/// All members may be called from any thread, the destructor once no other
/// call begins any more.
template <class R, class Factory> class resource_pool {
  static_assert(std::is_object_v<R> && !std::is_const_v<R>,
                "a resource_pool holds objects that are not const");
  static_assert(std::is_nothrow_destructible_v<R>,
                "a resource's destructor must not throw");
  static_assert(detail::validates_or_not<Factory, R>,
                "Factory's validate must be "
                "`bool validate(R &, std::chrono::nanoseconds)`");
  static_assert(detail::keeps_alive_or_not<Factory, R>,
                "Factory's keepalive must be "
                "`bool keepalive(R &, std::chrono::nanoseconds)`");
  static_assert(detail::recycles_or_not<Factory, R>,
                "Factory's recycle must be `bool recycle(R &)`");
  static_assert(!detail::destroys<Factory, R> ||
                    detail::destroys_quietly<Factory, R>,
                "Factory::destroy(R &) must be noexcept");
  static_assert(detail::destroys<Factory, R> || !detail::names_destroy<Factory>,
                "Factory's destroy must be `void destroy(R &) noexcept`");
  static_assert(detail::creates<Factory, R> ||
                    detail::creates_in_time<Factory, R>,
                "Factory needs a create() or create(budget) that returns R");

public:
  using lease = resource_lease<R>;
  using duration = resource_clock::duration;
  using source_location = std::source_location;

  /// Throws bad_options for settings that check() finds fault with. Makes no
  /// resource: housekeeping does, or the first acquire.
  explicit resource_pool(Factory factory = {},
                         const resource_options &options = {},
                         resource_clock &clock POOL_TIDY_LIFETIMEBOUND =
                             resource_clock::steady()) {
    if (std::vector<option_finding> findings = check(options);
        !findings.empty())
      throw bad_options(std::move(findings));
    borrow_timeout_ = options.borrow_timeout;
    core_ = std::make_shared<core>(std::move(factory), options, clock);
    if (options.housekeeping > duration::zero())
      core_->keep_house();
  }
  resource_pool(const resource_pool &) = delete;
  resource_pool &operator=(const resource_pool &) = delete;
  /// As close(0): leases that are out stay good, and destroy what they hold
  /// when it is put.
  ~resource_pool() { core_->close(duration::zero()); }

  /// What is wrong with these options for this factory.
  static std::vector<option_finding> check(const resource_options &options) {
    return pool_tidy::check(options,
                            {.validates = core::calls::validating,
                             .keeps_alive = core::calls::keeping_alive});
  }

  /// An idle resource that is alive, or a new one if there is room, or else the
  /// next that comes back. Throws resource_timeout after `timeout`,
  /// resource_pool_closed, and what create() throws; then nothing has changed
  /// but the counters. May take longer than `timeout` by what the factory takes
  /// for the last creation or validation.
  [[nodiscard]] POOL_TIDY_RETURN_STATE(unconsumed) lease
  acquire(source_location where = source_location::current()) {
    return lease(core_->acquire(borrow_timeout_, false, where));
  }
  [[nodiscard]] POOL_TIDY_RETURN_STATE(unconsumed) lease
  acquire(duration timeout,
          source_location where = source_location::current()) {
    return lease(core_->acquire(timeout, false, where));
  }

  /// The same without waiting for others; an empty lease when nothing is free.
  [[nodiscard]] POOL_TIDY_RETURN_STATE(unknown) lease
  try_acquire(source_location where = source_location::current()) {
    return lease(core_->acquire(duration::zero(), true, where));
  }

  /// One round of housekeeping: destroys what is too old, asks whether the idle
  /// ones are alive, makes what min_idle asks for, reports leaks.
  maintenance_report maintain() noexcept { return core_->maintain(); }

  /// Every resource that exists now is destroyed: idle ones at once, the others
  /// when they are put. For a changed password, or a server that moved.
  void soft_evict() noexcept { core_->soft_evict(); }

  /// From now on acquires wait, leases that are out stay good; resume() serves
  /// those who wait, in order.
  void suspend() noexcept { core_->suspend(true); }
  void resume() noexcept { core_->suspend(false); }

  /// No more acquires: those who wait are told. Destroys the idle ones, and
  /// waits up to `drain` for what is out. Gives how many resources still exist;
  /// these are destroyed when they are put.
  std::size_t close(duration drain = duration::zero()) noexcept {
    return core_->close(drain);
  }

  [[nodiscard]] resource_health health() const noexcept {
    return core_->health();
  }

private:
  using core = detail::resource_core<R, Factory>;

  duration borrow_timeout_{};
  std::shared_ptr<core> core_;
};

} // namespace pool_tidy

#endif

//===- resource_core.h - a resource pool's upkeep and its end ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_CORE_H
#define POOL_TIDY_DETAIL_RESOURCE_CORE_H

#include "pool_tidy/detail/resource_lending.h"

namespace pool_tidy::detail {

template <class R, class Factory>
class resource_core final : public resource_lending<R, Factory> {
  using base = resource_lending<R, Factory>;
  using base::after;
  using base::alive;
  using base::bury;
  using base::clock_;
  using base::make;
  using base::store_;
  using base::tell;

public:
  using typename base::calls;
  using typename base::chain;
  using typename base::duration;
  using typename base::entry;
  using typename base::ticket;
  using typename base::time_point;

  using base::base;
  resource_core(const resource_core &) = delete;
  resource_core &operator=(const resource_core &) = delete;
  /// Only once nothing is out: leases own the core.
  ~resource_core() {
    close(duration::zero());
    // Still there: the pool ended in its own thread, which is the last to go.
    if (keeper_.joinable())
      keeper_.detach();
  }

  maintenance_report maintain() {
    maintenance_report done;
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      if (store_.closed)
        return done;
      store_.retire_idle(clock_.now(), dead);
    }
    done.destroyed = bury(dead);
    keep_alive(done);
    fill(done);
    tell_leaks(done);
    return done;
  }

  void soft_evict() noexcept {
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      ++store_.generation;
      store_.retire_idle(clock_.now(), dead);
    }
    bury(dead);
  }

  void suspend(bool on) noexcept {
    const time_point now = clock_.now();
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      store_.suspended = on;
      store_.grant(now, dead);
    }
    bury(dead);
  }

  resource_health health() {
    const time_point now = clock_.now();
    std::lock_guard lock(store_.mutex);
    return store_.health(now);
  }

  /// Starts the pool's own thread, which has the core live as long as itself.
  void keep_house() {
    auto mine =
        std::static_pointer_cast<resource_core>(this->shared_from_this());
    auto work = [self = std::move(mine)] {
      while (!self->is_closed()) {
        self->maintain();
        self->clock_.wait(
            self->keeper_event_,
            after(self->clock_.now(), self->store_.options.housekeeping));
      }
    };
    std::lock_guard lock(store_.mutex);
    keeper_ = std::thread(std::move(work));
  }

  /// Gives the number of resources that still exist after `drain`.
  std::size_t close(duration drain) {
    const time_point deadline = after(clock_.now(), drain);
    chain dead;
    std::thread keeper;
    {
      std::lock_guard lock(store_.mutex);
      store_.close(dead);
      // A leak handler may close the pool from this very thread; whoever closes
      // it next, the destructor at the latest, waits for its end.
      if (keeper_.get_id() != std::this_thread::get_id())
        keeper = std::move(keeper_);
    }
    bury(dead);
    keeper_event_.set();
    if (keeper.joinable())
      keeper.join();
    ticket t;
    std::unique_lock lock(store_.mutex);
    while (!store_.drained() && clock_.now() < deadline) {
      store_.closers.push(t);
      lock.unlock();
      clock_.wait(t.event, deadline);
      lock.lock();
      store_.closers.remove(t);
    }
    return store_.all.size() + store_.creating + store_.destroying;
  }

private:
  std::thread keeper_; ///< guarded by the store's mutex
  wake_event keeper_event_;

  bool is_closed() {
    std::lock_guard lock(store_.mutex);
    return store_.closed;
  }

  void keep_alive(maintenance_report &done) noexcept {
    if constexpr (calls::keeping_alive) {
      for (std::size_t left = store_.options.max_size; left; --left) {
        entry *e;
        {
          std::lock_guard lock(store_.mutex);
          e = store_.take_for_keepalive(clock_.now());
        }
        if (!e)
          return;
        const bool well = alive(*e, true);
        chain dead;
        {
          std::lock_guard lock(store_.mutex);
          const time_point now = clock_.now();
          if (!well || store_.closed || store_.retired(*e, now))
            store_.doom(*e, dead);
          else
            store_.offer(*e, now);
        }
        done.kept_alive += well;
        done.destroyed += bury(dead);
      }
    }
  }

  void fill(maintenance_report &done) noexcept {
    for (;;) {
      std::uint64_t generation;
      {
        std::lock_guard lock(store_.mutex);
        if (!store_.below_floor())
          return;
        ++store_.creating;
        generation = store_.generation;
      }
      std::unique_ptr<entry> made;
      try {
        made = make(store_.options.borrow_timeout);
      } catch (...) {
        done.create_failed = true;
        return;
      }
      chain dead;
      {
        std::lock_guard lock(store_.mutex);
        const time_point now = clock_.now();
        entry &e = store_.enter(std::move(made), generation, now);
        if (store_.closed)
          store_.doom(e, dead);
        else
          store_.offer(e, now);
      }
      ++done.created;
      bury(dead);
    }
  }

  void tell_leaks(maintenance_report &done) noexcept {
    leak_report report;
    for (std::size_t position = 0;; ++done.leaks) {
      {
        std::lock_guard lock(store_.mutex);
        if (!store_.next_leak(position, clock_.now(), report))
          return;
      }
      tell(report);
    }
  }
};

} // namespace pool_tidy::detail

#endif

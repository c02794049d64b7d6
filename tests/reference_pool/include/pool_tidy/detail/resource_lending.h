//===- resource_lending.h - acquire and put ---------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Calls the factory, always without the lock, and keeps the store's books. Two
// rules: whoever makes room or gives a resource back also grants it to those
// who wait, and a ticket that was answered is never lost, since its thread owns
// what it was given on every way out.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_LENDING_H
#define POOL_TIDY_DETAIL_RESOURCE_LENDING_H

#include "pool_tidy/detail/factory_calls.h"
#include "pool_tidy/detail/resource_store.h"
#include <optional>

namespace pool_tidy::detail {

template <class R, class Factory>
class resource_lending
    : public resource_owner<R>,
      public std::enable_shared_from_this<resource_lending<R, Factory>> {
public:
  using entry = resource_entry<R>;
  using ticket = resource_ticket<R>;
  using chain = resource_chain<R>;
  using duration = resource_clock::duration;
  using time_point = resource_clock::time_point;
  using calls = factory_calls<R, Factory>;

  resource_lending(Factory factory, const resource_options &options,
                   resource_clock &clock)
      : store_(options), clock_(clock), factory_(std::move(factory)) {}
  resource_lending(const resource_lending &) = delete;
  resource_lending &operator=(const resource_lending &) = delete;

  /// A leased resource; null when `may_fail` and nothing came free in time.
  entry *acquire(duration timeout, bool may_fail, std::source_location where) {
    // Taken first: the pool may be destroyed while this thread waits.
    std::shared_ptr<resource_owner<R>> self = this->shared_from_this();
    ticket t;
    t.where = where;
    t.since = clock_.now();
    const time_point deadline = after(t.since, timeout);
    bool served = admit(t, deadline);
    while (served && t.entry && !usable(*t.entry))
      served = replace(t, deadline);
    if (!served && may_fail)
      return nullptr;
    if (!served)
      refuse_late();
    if (!t.entry)
      create_for(t, deadline);
    t.entry->owner = std::move(self);
    return t.entry;
  }

  void take_back(entry *e, bool keep) noexcept override {
    std::shared_ptr<resource_owner<R>> self = std::move(e->owner);
    keep = keep && factory_.recycle(e->value);
    const time_point now = clock_.now();
    std::optional<leak_report> late;
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      if (e->leak_reported)
        late = leak_report{e->where, e->holder, now - e->leased_at, true};
      if (!keep)
        ++store_.counters.discarded;
      if (!keep || store_.closed || store_.retired(*e, now)) {
        store_.doom(*e, dead);
      } else {
        e->last_used = e->last_alive = now;
        store_.offer(*e, now);
      }
    }
    if (late)
      tell(*late);
    bury(dead);
  }

  std::unique_ptr<entry> let_go(entry *e) noexcept override {
    std::shared_ptr<resource_owner<R>> self = std::move(e->owner);
    const time_point now = clock_.now();
    std::unique_ptr<entry> out;
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      out = store_.remove(*e);
      ++store_.counters.released;
      store_.grant(now, dead);
      store_.settle();
    }
    bury(dead);
    return out;
  }

protected:
  ~resource_lending() = default;

  resource_store<R> store_;
  resource_clock &clock_;
  calls factory_;

  static time_point after(time_point now, duration wait) noexcept {
    return now +
           std::clamp<duration>(wait, duration::zero(), std::chrono::days(366));
  }

  /// Asks the factory. The whole validation_timeout is its own, however little
  /// is left of the wait: a good resource shall not die of a late borrower.
  bool alive(entry &e, bool idle) noexcept {
    const duration budget = store_.options.validation_timeout;
    const time_point start = clock_.now();
    bool said = idle ? factory_.keepalive(e.value, budget)
                     : factory_.validate(e.value, budget);
    const time_point end = clock_.now();
    said = said && end - start <= budget;
    if (said)
      e.last_alive = end;
    std::lock_guard lock(store_.mutex);
    ++store_.counters.validated;
    store_.counters.validation_failures += !said;
    return said;
  }

  /// Makes a resource in promised room, which is given on when that fails.
  std::unique_ptr<entry> make(duration budget) {
    try {
      return factory_.create(budget);
    } catch (...) {
      chain dead;
      {
        std::lock_guard lock(store_.mutex);
        store_.failed(clock_.now(), dead);
      }
      bury(dead);
      throw;
    }
  }

  /// Destroys a chain. Each one's room is granted to those who wait.
  std::size_t bury(chain &dead) noexcept {
    std::size_t count = 0;
    for (; std::unique_ptr<entry> e = dead.pop(); ++count) {
      factory_.destroy(std::move(e));
      std::lock_guard lock(store_.mutex);
      store_.buried();
      store_.grant(clock_.now(), dead);
      store_.settle();
    }
    return count;
  }

  void tell(const leak_report &report) noexcept {
    if (store_.options.on_leak)
      store_.options.on_leak(report);
    else
      print_leak(report);
  }

private:
  [[noreturn]] void refuse_closed() const {
    throw resource_pool_closed("the resource pool is closed");
  }
  [[noreturn]] void refuse_late() {
    std::lock_guard lock(store_.mutex);
    throw resource_timeout(store_.suspended ? "the resource pool is suspended"
                                            : "no resource came free in time");
  }

  /// Waits in the queue until the ticket is answered; false when time is up.
  bool admit(ticket &t, time_point deadline) {
    chain dead;
    bool queued;
    {
      std::lock_guard lock(store_.mutex);
      if (store_.closed)
        refuse_closed();
      store_.serve(t, t.since, dead);
      queued = t.now == ticket::state::waiting;
      if (queued)
        store_.waiters.push(t);
    }
    // May make the very room that is waited for.
    bury(dead);
    if (!queued)
      return true;
    std::unique_lock lock(store_.mutex);
    while (t.now == ticket::state::waiting) {
      if (clock_.now() >= deadline) {
        store_.waiters.remove(t);
        ++store_.counters.timeouts;
        return false;
      }
      lock.unlock();
      clock_.wait(t.event, deadline);
      lock.lock();
    }
    if (t.now == ticket::state::closed)
      refuse_closed();
    return true;
  }

  /// Whether a resource is alive: asked, unless it was a moment ago.
  bool usable(entry &e) noexcept {
    if constexpr (calls::validating)
      return clock_.now() - e.last_alive < store_.options.alive_bypass ||
             alive(e, false);
    else
      return true;
  }

  /// Destroys what a ticket got and gives it another, or the room to make one;
  /// false when the time that it had to wait is up.
  bool replace(ticket &t, time_point deadline) {
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      --store_.counters.acquired;
      store_.doom(*t.entry, dead);
    }
    factory_.destroy(dead.pop());
    t.entry = nullptr;
    t.now = ticket::state::waiting;
    {
      std::lock_guard lock(store_.mutex);
      const time_point now = clock_.now();
      store_.buried();
      if (now >= deadline && deadline > t.since)
        ++store_.counters.timeouts;
      else if (!store_.closed)
        store_.serve_first(t, now, dead);
      store_.grant(now, dead);
      store_.settle();
      if (store_.closed)
        t.now = ticket::state::closed;
    }
    bury(dead);
    if (t.now == ticket::state::closed)
      refuse_closed();
    return t.now != ticket::state::waiting;
  }

  /// Makes the resource that a ticket has room for.
  void create_for(ticket &t, time_point deadline) {
    // Never nothing, which many libraries take for "without limit".
    const duration budget =
        std::max(store_.options.validation_timeout, deadline - clock_.now());
    std::unique_ptr<entry> made = make(budget);
    chain dead;
    {
      std::lock_guard lock(store_.mutex);
      const time_point now = clock_.now();
      entry &e = store_.enter(std::move(made), t.generation, now);
      store_.lend(e, t, now);
      if (store_.closed) {
        --store_.counters.acquired;
        store_.doom(e, dead);
      }
    }
    if (!dead.first)
      return;
    bury(dead);
    refuse_closed();
  }
};

} // namespace pool_tidy::detail

#endif

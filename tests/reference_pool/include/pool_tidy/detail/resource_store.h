//===- resource_store.h - what a resource pool's lock guards ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The books of a resource pool: which resources exist, which of them are idle,
// who waits. Nothing here calls the factory, blocks or allocates; resources to
// be destroyed leave in a chain, and the caller does that without the lock.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_STORE_H
#define POOL_TIDY_DETAIL_RESOURCE_STORE_H

#include "pool_tidy/detail/resource_waiters.h"
#include "pool_tidy/resource_options.h"
#include "pool_tidy/resource_reports.h"
#include <algorithm>
#include <memory>
#include <vector>

namespace pool_tidy::detail {

/// Resources that have left the pool and wait for their destruction.
template <class R> struct resource_chain {
  resource_entry<R> *first = nullptr;

  void push(std::unique_ptr<resource_entry<R>> entry) noexcept {
    entry->next = first;
    first = entry.release();
  }
  std::unique_ptr<resource_entry<R>> pop() noexcept {
    resource_entry<R> *entry = first;
    if (entry)
      first = entry->next;
    return std::unique_ptr<resource_entry<R>>(entry);
  }
};

/// Every member function but the constructor needs `mutex` to be locked.
template <class R> class resource_store {
public:
  using entry = resource_entry<R>;
  using ticket = resource_ticket<R>;
  using chain = resource_chain<R>;
  using duration = resource_clock::duration;
  using time_point = resource_clock::time_point;

  explicit resource_store(const resource_options &asked) : options(asked) {
    // A put must not fail, so there is room for all from the start.
    all.reserve(options.max_size);
    idle.reserve(options.max_size);
  }
  ~resource_store() = default;
  resource_store(const resource_store &) = delete;
  resource_store &operator=(const resource_store &) = delete;

  std::mutex mutex;
  const resource_options options;
  std::vector<std::unique_ptr<entry>> all;
  std::vector<entry *> idle; ///< the one used last at the end
  resource_waiters<R> waiters;
  resource_waiters<R> closers; ///< who waits for the last to come back
  std::size_t creating = 0;    ///< promised room, a resource may be made
  std::size_t destroying = 0;  ///< out of the books, still taking room
  std::size_t failures_in_a_row = 0;
  std::uint64_t generation = 0;
  bool suspended = false;
  bool closed = false;
  resource_counters counters;

  bool has_room() const noexcept {
    return all.size() + creating + destroying < options.max_size;
  }
  bool drained() const noexcept {
    return all.empty() && !creating && !destroying;
  }

  /// Serves `t` at once if nobody is before it and there is something to serve.
  /// Idle resources that are too old to be served go to `dead`.
  void serve(ticket &t, time_point now, chain &dead) noexcept {
    if (!suspended && waiters.empty())
      serve_first(t, now, dead);
  }

  /// The same for one that has waited already: it need not wait again.
  void serve_first(ticket &t, time_point now, chain &dead) noexcept {
    if (entry *e = take_idle(now, dead))
      lend(*e, t, now);
    else if (has_room())
      promise(t);
  }

  /// Gives what there is to the oldest who wait. To be called whenever there is
  /// more than before: then nobody waits for what is there.
  void grant(time_point now, chain &dead) noexcept {
    while (!suspended && !closed && !waiters.empty()) {
      ticket &t = *waiters.oldest();
      serve_first(t, now, dead);
      if (t.now == ticket::state::waiting)
        return;
      waiters.remove(t);
      t.event.set();
    }
  }

  /// A resource that nobody has: to the oldest who waits, else idle.
  void offer(entry &e, time_point now) noexcept {
    e.leased = false;
    if (!suspended && !waiters.empty()) {
      ++counters.handed_over;
      ticket &t = waiters.pop();
      lend(e, t, now);
      t.event.set();
      return;
    }
    auto place = std::upper_bound(idle.begin(), idle.end(), &e,
                                  [](const entry *a, const entry *b) {
                                    return a->last_used < b->last_used;
                                  });
    idle.insert(place, &e);
  }

  /// `e` is now leased by the one who has `t`.
  void lend(entry &e, ticket &t, time_point now) noexcept {
    e.leased = true;
    e.leak_reported = false;
    e.leased_at = now;
    e.where = t.where;
    e.holder = t.holder;
    t.entry = &e;
    ++counters.acquired;
    t.now = ticket::state::served;
  }

  /// A new resource, made in promised room. Nobody has it yet.
  entry &enter(std::unique_ptr<entry> made, std::uint64_t born,
               time_point now) noexcept {
    entry &e = *made;
    --creating;
    failures_in_a_row = 0;
    ++counters.created;
    e.generation = born;
    e.last_used = e.last_alive = now;
    if (options.max_lifetime > duration::zero())
      e.retire_at = now + lifetime();
    e.position = all.size();
    all.push_back(std::move(made));
    return e;
  }

  /// A creation in promised room that failed: the room goes to the next who
  /// waits, who would else wait for a creation that nobody does.
  void failed(time_point now, chain &dead) noexcept {
    --creating;
    ++failures_in_a_row;
    ++counters.create_failures;
    grant(now, dead);
    settle();
  }

  /// Takes a resource out of the books, not out of `idle`.
  std::unique_ptr<entry> remove(entry &e) noexcept {
    std::unique_ptr<entry> &place = all[e.position];
    std::unique_ptr<entry> out = std::move(place);
    if (&place != &all.back()) {
      place = std::move(all.back());
      place->position = e.position;
    }
    all.pop_back();
    return out;
  }

  /// The same for one that is to be destroyed: its room is taken until
  /// `buried()`.
  void doom(entry &e, chain &dead) noexcept {
    dead.push(remove(e));
    ++destroying;
  }
  void buried() noexcept {
    --destroying;
    ++counters.destroyed;
  }

  /// Whether a resource is past its life, and counts why.
  bool retired(const entry &e, time_point now) noexcept {
    const bool soft = e.generation != generation;
    const bool old = !soft && now >= e.retire_at;
    counters.retired_soft += soft;
    counters.retired_lifetime += old;
    return soft || old;
  }

  /// Dooms what has been idle for too long or is past its life.
  void retire_idle(time_point now, chain &dead) noexcept {
    auto over = [&](entry *e) {
      if (!retired(*e, now))
        return false;
      doom(*e, dead);
      return true;
    };
    idle.erase(std::remove_if(idle.begin(), idle.end(), over), idle.end());
    if (options.idle_timeout <= duration::zero())
      return;
    // Those unused for longest stand first.
    auto end = idle.begin();
    for (std::size_t left = idle.size(); left > options.min_idle;
         --left, ++end) {
      if (now - (*end)->last_used < options.idle_timeout)
        break;
      ++counters.retired_idle;
      doom(**end, dead);
    }
    idle.erase(idle.begin(), end);
  }

  /// The idle resource whose life sign is oldest, if keepalive is due for it;
  /// it is then nobody's and not idle.
  entry *take_for_keepalive(time_point now) noexcept {
    if (options.keepalive <= duration::zero() || idle.empty() || closed)
      return nullptr;
    auto oldest = std::min_element(idle.begin(), idle.end(),
                                   [](const entry *a, const entry *b) {
                                     return a->last_alive < b->last_alive;
                                   });
    entry *e = *oldest;
    if (now - e->last_alive < options.keepalive)
      return nullptr;
    idle.erase(oldest);
    return e;
  }

  /// Whether housekeeping has to make one more.
  bool below_floor() const noexcept {
    return !closed && !suspended && idle.size() + creating < options.min_idle &&
           has_room();
  }

  /// The next lease from `position` on that is held for too long and was not
  /// reported; moves `position` on.
  bool next_leak(std::size_t &position, time_point now,
                 leak_report &report) noexcept {
    if (options.leak_threshold <= duration::zero())
      return false;
    while (position < all.size()) {
      entry &e = *all[position++];
      if (!e.leased || e.leak_reported ||
          now - e.leased_at < options.leak_threshold)
        continue;
      e.leak_reported = true;
      ++counters.leaks;
      report = {e.where, e.holder, now - e.leased_at, false};
      return true;
    }
    return false;
  }

  void close(chain &dead) noexcept {
    closed = true;
    while (!waiters.empty()) {
      ticket &t = waiters.pop();
      t.now = ticket::state::closed;
      t.event.set();
    }
    for (entry *e : idle)
      doom(*e, dead);
    idle.clear();
  }

  /// Tells those who close the pool when nothing is out any more.
  void settle() noexcept {
    if (closed && drained())
      for (ticket *t = closers.oldest(); t; t = t->after)
        t->event.set();
  }

  resource_health health(time_point now) const noexcept {
    duration wait{}, held{};
    if (ticket *oldest = waiters.oldest())
      wait = now - oldest->since;
    for (const std::unique_ptr<entry> &e : all)
      if (e->leased)
        held = std::max(held, now - e->leased_at);
    return {condition(),
            all.size(),
            idle.size(),
            all.size() - idle.size(),
            creating,
            waiters.size(),
            failures_in_a_row,
            wait,
            held,
            counters};
  }

private:
  entry *take_idle(time_point now, chain &dead) noexcept {
    while (!idle.empty()) {
      entry *e = idle.back();
      idle.pop_back();
      if (!retired(*e, now))
        return e;
      doom(*e, dead);
    }
    return nullptr;
  }

  /// max_lifetime, shorter by a random part of the jitter.
  duration lifetime() noexcept {
    std::uint64_t mixed = dice_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    const double part =
        static_cast<double>((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53;
    const auto whole = static_cast<double>(options.max_lifetime.count());
    return options.max_lifetime - duration(static_cast<duration::rep>(
                                      whole * options.lifetime_jitter * part));
  }

  void promise(ticket &t) noexcept {
    ++creating;
    t.generation = generation;
    t.now = ticket::state::slot;
  }

  resource_condition condition() const noexcept {
    if (closed)
      return resource_condition::closed;
    if (suspended)
      return resource_condition::suspended;
    if (failures_in_a_row)
      return resource_condition::failing;
    return waiters.empty() ? resource_condition::healthy
                           : resource_condition::exhausted;
  }

  std::uint64_t dice_ = reinterpret_cast<std::uintptr_t>(this);
};

} // namespace pool_tidy::detail

#endif

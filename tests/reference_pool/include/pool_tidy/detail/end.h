// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ends: of a thread, of the pool, of its last lease.

#ifndef POOL_TIDY_DETAIL_END_H
#define POOL_TIDY_DETAIL_END_H

#include "core.h"
#include <thread>

namespace pool_tidy::detail {

inline pool_stats core::stats() const noexcept {
  pool_stats sum;
  std::uint64_t gets = stray_gets_.get(), puts = stray_puts_.get();
  auto add = [&](const events &e) {
    sum.misses += e.misses.get();
    sum.steals += e.steals.get();
    sum.victim_hits += e.victim_hits.get();
    sum.drops.rejected += e.rejected.get();
    sum.drops.full += e.full.get();
    sum.drops.discarded += e.discarded.get();
    sum.drops.trimmed += e.trimmed.get();
    sum.drops.late += e.late.get();
  };
  add(strays_);
  for (shard *s = first(); s; s = s->next_in_core) {
    std::uint32_t held = s->held();
    puts += s->all_puts();
    gets += s->all_gets();
    add(s->seen);
    sum.retained += held + s->chains[0].size() + s->chains[1].size();
    sum.threads += s->state.load(std::memory_order_relaxed) == shard::owned;
  }
  sum.retained += reserve_.size();
  sum.hits = gets > sum.misses ? gets - sum.misses : 0;
  sum.outstanding = static_cast<std::size_t>(gets > puts ? gets - puts : 0);
  return sum;
}

/// Puts are read first: what is counted as put is no longer out, and no get
/// comes after close().
inline std::uint64_t core::leases_out() const noexcept {
  std::uint64_t puts = stray_puts_.get();
  for (shard *s = first(); s; s = s->next_in_core)
    puts += s->all_puts();
  std::uint64_t gets = stray_gets_.get();
  for (shard *s = first(); s; s = s->next_in_core)
    gets += s->all_gets();
  return gets > puts ? gets - puts : 0;
}

/// The last put that close() did not see ends the core. A fast put that runs
/// at the very moment of close() may miss that; then its thread's next slow
/// path or end gets here.
POOL_TIDY_NOINLINE inline void core::end_if_last(core &c) noexcept {
  if (c.closed_.load(std::memory_order_seq_cst) && !c.leases_out() &&
      !c.ended_.exchange(true, std::memory_order_acq_rel))
    c.end();
}

inline void core::close() noexcept {
  // One lease more, so that nobody ends the core before this is through.
  stray_gets_.add_shared(1);
  closed_.store(true, std::memory_order_seq_cst);
  for (shard *s = first(); s; s = s->next_in_core)
    s->watch.store(true, std::memory_order_release);
  if (std::uint64_t out = leases_out() - 1) {
    if (options_.at_destroy == at_destroy::report && ops_.report_leaks)
      ops_.report_leaks(*this, static_cast<std::size_t>(out));
    // Their destructors may put leases of this pool.
    while (destroy_idle(false))
      ;
    std::this_thread::yield(); // lets a put that runs now be seen
  }
  stray_puts_.add_shared(1);
  end_if_last(*this);
  for (hot_line **link = &this_thread.lists[number_.value]; (*link)->home;
       link = &(*link)->next_in_table)
    if ((*link)->home == this) {
      auto *s = static_cast<shard *>(*link);
      *link = s->next_in_table;
      s->leave();
      forget_memory();
      break;
    }
  forget_memory();
}

/// Destroys all idle objects; of the magazines only this thread's and those of
/// ended threads, unless `all_magazines`. Returns how many.
inline std::size_t core::destroy_idle(bool all_magazines) noexcept {
  std::size_t sum = 0;
  for (shard *s = first(); s; s = s->next_in_core) {
    bool adopted = !all_magazines && s->adopt();
    sum += destroy_in(*s, all_magazines || adopted || s == mine());
    if (adopted)
      s->leave();
  }
  for (; void *object = take_stocked(); ++sum)
    ops_.destroy(*this, object);
  return sum;
}

inline std::size_t core::destroy_in(shard &s, bool magazine) noexcept {
  std::size_t sum = 0;
  for (chain &from : s.chains)
    for (void *object; from.steal(&object, 1); ++sum)
      ops_.destroy(*this, object);
  if (magazine)
    for (void *object; s.drain(&object, 1); ++sum)
      ops_.destroy(*this, object);
  return sum;
}

/// No lease is out and nobody gets: all magazines are this thread's to read.
inline void core::end() noexcept {
  // Their destructors may still take what idles, and put it.
  while (destroy_idle(true))
    ;
  ops_.finish(*this);
  number_.give_back();
  forget_memory();
}

/// The last one frees shards and core, without a call to code that the pool's
/// maker brought: its library may be gone.
inline void core::forget_memory() noexcept {
  if (holders_.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  for (shard *s = first(); s;) {
    shard *next = s->next_in_core;
    shard::free(s);
    s = next;
  }
  this->~core();
  ::operator delete(static_cast<void *>(this), std::align_val_t(core_align));
}

inline void core::thread_ends() noexcept {
  thread_table &table = this_thread;
  table.ended = true;
  for (hot_line *&list : table.lists)
    while (core *owner = list->home) {
      core &home = *owner;
      auto *s = static_cast<shard *>(list);
      list = s->next_in_table;
      s->leave();
      if (home.closed_.load(std::memory_order_seq_cst))
        end_if_last(home);
      home.forget_memory();
    }
}

} // namespace pool_tidy::detail

#endif

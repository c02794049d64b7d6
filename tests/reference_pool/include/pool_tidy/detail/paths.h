// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The slow paths of get and put.

#ifndef POOL_TIDY_DETAIL_PATHS_H
#define POOL_TIDY_DETAIL_PATHS_H

#include "core.h"

namespace pool_tidy::detail {

/// Gives up the thread's shards at its end. Made when the thread gets its
/// first shard; what other thread_locals put later finds `ended`.
struct thread_exit {
  thread_exit() noexcept {}
  ~thread_exit() { core::thread_ends(); }
};

POOL_TIDY_NOINLINE inline void arm_thread_exit() noexcept {
  static thread_local thread_exit hook;
  static_cast<void>(&hook);
}

inline core::core(const operations &ops, const pool_options &options,
                  std::uint32_t magazine) noexcept
    : number_(pool_number::take()), magazine_(magazine),
      batch_(static_cast<std::uint32_t>(std::clamp<std::size_t>(
          options.max_retained, 1, magazine / 2))),
      ops_(ops),
      resource_(options.memory_resource ? options.memory_resource
                                        : std::pmr::new_delete_resource()),
      options_(options) {}

// ---- shards -------------------------------------------------------------------

/// The calling thread's shard, found or made; null when the thread has ended,
/// the pool was destroyed, or there is no memory.
POOL_TIDY_NOINLINE inline shard *core::enter() noexcept {
  thread_table &table = this_thread;
  hot_line **link = &table.lists[number_.value];
  hot_line *found = nullptr;
  while (core *home = (*link)->home) {
    hot_line *s = *link;
    if (home == this) {
      *link = s->next_in_table;
      found = s;
      break;
    }
    if (home->ended_.load(std::memory_order_acquire)) {
      *link = s->next_in_table;
      home->forget_memory();
    } else {
      link = &s->next_in_table;
    }
  }
  if (!found)
    found = new_shard();
  if (found) {
    found->next_in_table = table.lists[number_.value];
    table.lists[number_.value] = found;
  }
  return static_cast<shard *>(found);
}

inline shard *core::new_shard() noexcept {
  if (this_thread.ended || closed_.load(std::memory_order_acquire))
    return nullptr;
  arm_thread_exit();
  shard *s = first();
  while (s && !s->adopt())
    s = s->next_in_core;
  if (!s) {
    std::size_t keep = std::min<std::size_t>(magazine_, options_.max_retained);
    s = shard::make(this, my_tag(), magazine_, static_cast<std::uint32_t>(keep),
                    epoch_.load(std::memory_order_relaxed));
    if (!s)
      return nullptr;
    s->next_in_core = first();
    while (!shards_.compare_exchange_weak(s->next_in_core, s,
                                          std::memory_order_seq_cst))
      ;
    shard_count_.fetch_add(1, std::memory_order_relaxed);
    // Either close() sees the shard in the list, or this sees that it closed.
    if (closed_.load(std::memory_order_seq_cst))
      s->watch.store(true, std::memory_order_relaxed);
  }
  holders_.fetch_add(1, std::memory_order_relaxed);
  return s;
}

// ---- books --------------------------------------------------------------------

inline void core::note(shard *s, counter events::*what) noexcept {
  if (s)
    (s->seen.*what).increment();
  else
    (strays_.*what).add_shared(1);
}

inline void core::count_get(shard *s) noexcept {
  if (s)
    s->gets.increment();
  else
    stray_gets_.add_shared(1);
}

inline std::size_t core::admit(std::size_t count) noexcept {
  if (options_.max_retained == unlimited)
    return count;
  std::size_t before = chained_.fetch_add(count, std::memory_order_relaxed);
  std::size_t room =
      before < options_.max_retained ? options_.max_retained - before : 0;
  std::size_t admitted = std::min(count, room);
  left(count - admitted);
  return admitted;
}

inline void core::left(std::size_t count) noexcept {
  if (count && options_.max_retained != unlimited)
    chained_.fetch_sub(count, std::memory_order_relaxed);
}

// ---- get ----------------------------------------------------------------------

POOL_TIDY_NOINLINE inline void *core::take_slow() noexcept {
  shard *s = mine();
  if (!s)
    s = enter();
  if (s) {
    rotate(*s);
    // The magazine of an adopted shard, or filled by what rotating destroyed.
    if (void *object = s->pop())
      return object;
    if (std::uint32_t n = s->primary_chain().pop(s->magazine(), batch_)) {
      left(n);
      s->count.store(n, std::memory_order_relaxed);
      return s->pop();
    }
  }
  if (void *object = take_stolen(s))
    return object;
  return take_reserved(s);
}

inline void core::made_one() noexcept {
  shard *s = mine();
  note(s, &events::misses);
  count_get(s);
}

/// Some of the oldest: one to return, the rest for the magazine of `to`, which
/// is empty. A thread without shard takes one.
inline void *core::take_from(chain &source, shard *to) noexcept {
  void *one = nullptr;
  std::uint32_t n =
      to ? source.steal(to->magazine(), batch_) : source.steal(&one, 1);
  if (!n)
    return nullptr;
  left(n);
  if (to) {
    to->count.store(n, std::memory_order_relaxed);
    return to->pop();
  }
  count_get(nullptr);
  return one;
}

/// From the magazine of a shard whose thread has ended.
inline void *core::take_from_orphan(shard &source, shard *to) noexcept {
  if (!source.held() || !source.adopt())
    return nullptr;
  void *one = nullptr;
  std::uint32_t n = source.drain(to ? to->magazine() : &one, to ? batch_ : 1);
  source.leave();
  if (!n)
    return nullptr;
  if (to) {
    to->count.store(n, std::memory_order_relaxed);
    return to->pop();
  }
  count_get(nullptr);
  return one;
}

/// From the primaries of the others, then from any victim, one's own last.
/// Starts behind one's own place in the list, so that thieves spread.
inline void *core::take_stolen(shard *to) noexcept {
  for (bool victims : {false, true}) {
    shard *start = to && to->next_in_core ? to->next_in_core : first();
    shard *from = start;
    while (from) {
      chain &source = victims ? from->victim_chain() : from->primary_chain();
      void *object = nullptr;
      if (from != to) {
        object = take_from(source, to);
        if (!object && !victims)
          object = take_from_orphan(*from, to);
      }
      if (object) {
        note(to, &events::steals);
        if (victims)
          note(to, &events::victim_hits);
        return object;
      }
      from = from->next_in_core ? from->next_in_core : first();
      if (from == start)
        break;
    }
  }
  if (!to)
    return nullptr;
  void *object = take_from(to->victim_chain(), to);
  if (object)
    note(to, &events::victim_hits);
  return object;
}

/// One at a time: a magazine full of reserved objects would be out of the
/// other threads' reach, and prewarm(n) promises n leases on any threads.
inline void *core::take_reserved(shard *to) noexcept {
  void *object = take_stocked();
  if (object)
    count_get(to);
  return object;
}

// ---- put ----------------------------------------------------------------------

POOL_TIDY_NOINLINE inline void core::keep_slow(void *object) noexcept {
  shard *s = mine();
  if (!s)
    s = enter();
  if (!s || closed_.load(std::memory_order_acquire))
    return drop(object, &events::late);
  rotate(*s);
  if (std::uint32_t had = s->count.load(std::memory_order_relaxed);
      had == s->room && !s->lent() && !spill(*s, std::min(had, batch_)))
    return drop(object, &events::full);
  if (!s->push(object)) // what rotating destroyed came back here
    return drop(object, &events::full);
  if (s->watch.load(std::memory_order_acquire))
    look_closer(*s);
}

/// After a put: the pool may have been destroyed, or keeps nothing.
POOL_TIDY_NOINLINE inline void core::look_closer(shard &s) noexcept {
  core &home = *s.home;
  if (home.closed_.load(std::memory_order_acquire))
    return end_if_last(home);
  s.set_lent();
  home.drop(s.front, &events::full);
}

/// Moves the oldest of the magazine to the primary chain.
inline std::uint32_t core::spill(shard &s, std::uint32_t count) noexcept {
  auto admitted = static_cast<std::uint32_t>(admit(count));
  if (!admitted)
    return 0;
  std::uint32_t moved = s.primary_chain().push(s.magazine(), admitted);
  left(admitted - moved);
  std::uint32_t rest = s.count.load(std::memory_order_relaxed) - moved;
  for (std::uint32_t i = 0; i < rest; ++i)
    s.magazine()[i] = s.magazine()[moved + i];
  s.count.store(rest, std::memory_order_relaxed);
  return moved;
}

POOL_TIDY_NOINLINE inline void
core::drop(void *object, counter events::*cause) noexcept {
  ops_.destroy(*this, object);
  shard *s = mine();
  note(s, cause);
  put_done(s);
}

POOL_TIDY_NOINLINE inline void
core::discard(void *object, std::source_location where) noexcept {
  if (!ops_.check || ops_.check(*this, object, where) != outcome::ignore)
    drop(object, &events::discarded);
}

/// Counts a put. After that the core may end any time, and its memory is sure
/// only while something holds it: the thread's table, or this.
inline void core::put_done(shard *s) noexcept {
  if (s) {
    s->puts.increment();
    if (closed_.load(std::memory_order_acquire))
      end_if_last(*this);
    return;
  }
  holders_.fetch_add(1, std::memory_order_relaxed);
  stray_puts_.add_shared(1);
  if (closed_.load(std::memory_order_acquire))
    end_if_last(*this);
  forget_memory();
}

inline std::size_t core::flush() noexcept {
  shard *s = mine();
  if (!s)
    return 0;
  std::size_t moved = spill(*s, s->count.load(std::memory_order_relaxed));
  void *last;
  if (!s->count.load(std::memory_order_relaxed) && s->drain(&last, 1)) {
    s->magazine()[0] = last;
    s->count.store(1, std::memory_order_relaxed);
    moved += spill(*s, 1);
  }
  return moved;
}

} // namespace pool_tidy::detail

#endif

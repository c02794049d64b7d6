// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a pool is behind its types: shards, reserve, and who frees what when.
// Definitions of the slow paths are in paths.h (get, put), trim.h and end.h.

#ifndef POOL_TIDY_DETAIL_CORE_H
#define POOL_TIDY_DETAIL_CORE_H

#include "chain.h"
#include "misuse.h"
#include "reserve.h"
#include "shard.h"
#include "thread_table.h"
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <source_location>

namespace pool_tidy {

/// What becomes of leases that are out when their pool is destroyed. They
/// stay valid in any case, and go back to what is left of the pool.
enum class at_destroy {
  report,  ///< checked builds tell the misuse handler of each
  outlive, ///< that is meant
};

inline constexpr std::size_t unlimited =
    std::numeric_limits<std::size_t>::max();

struct pool_options {
  /// Idle objects, not counting magazines (one per thread, each with at most
  /// this many). 0: nothing is pooled.
  std::size_t max_retained = unlimited;
  /// Idle objects that trim() leaves.
  std::size_t min_retained = 0;
  pool_tidy::at_destroy at_destroy = pool_tidy::at_destroy::report;
  /// Where objects live; null: new and delete. Must be thread-safe and outlive
  /// pool and leases. The pool's own books come from new.
  std::pmr::memory_resource *memory_resource = nullptr;
};

/// Counts since the pool was made, and what it holds now. Exact while no other
/// thread uses the pool.
struct pool_stats {
  std::uint64_t hits = 0;        ///< gets that needed no factory
  std::uint64_t misses = 0;      ///< gets that made an object
  std::uint64_t steals = 0;      ///< batches from other threads
  std::uint64_t victim_hits = 0; ///< batches saved from expiry
  struct {
    std::uint64_t rejected = 0;  ///< the policy said drop
    std::uint64_t full = 0;      ///< max_retained reached
    std::uint64_t discarded = 0; ///< lease::discard()
    std::uint64_t trimmed = 0;   ///< idle for two epochs
    std::uint64_t late = 0;      ///< put after the end of pool or thread
  } drops;
  std::size_t retained = 0;    ///< idle objects
  std::size_t outstanding = 0; ///< leases
  std::size_t threads = 0;     ///< with a magazine of their own
};

/// One step of trimming.
struct trim_step {
  std::size_t destroyed = 0; ///< objects, at most the budget
  std::size_t visited = 0;   ///< shards, at most 32
  bool done = false;         ///< nothing expired is left
};

namespace detail {

/// What a put has to do with an object.
enum class outcome { keep, drop, ignore };

/// What the core asks its typed part.
struct operations {
  /// Makes the object as good as new; null when there is nothing to do.
  outcome (*reset)(core &, void *, std::source_location) noexcept;
  /// Before discard(); null when there is nothing to do.
  outcome (*check)(core &, void *, std::source_location) noexcept;
  void (*destroy)(core &, void *) noexcept;
  /// Tells the misuse handler of leases that are out.
  void (*report_leaks)(core &, std::size_t count) noexcept;
  /// Destroys the typed part; the core's memory stays.
  void (*finish)(core &) noexcept;
};

/// The core outlives its pool while leases are out: it *ends* (destroys all
/// objects and the policy) when the pool is destroyed and the last lease is
/// back. Its memory stays while a thread's table refers to one of its shards.
class alignas(core_align) core {
public:
  static constexpr std::size_t max_visits = 32;
  static constexpr std::size_t default_budget = 64;

  core(const operations &ops, const pool_options &options,
       std::uint32_t magazine) noexcept;
  core(const core &) = delete;
  core &operator=(const core &) = delete;

  static core &of(tag t) noexcept {
    return *reinterpret_cast<core *>(t & ~tag(core_align - 1));
  }
  tag my_tag() const noexcept {
    return reinterpret_cast<tag>(this) | number_.value |
           (ops_.reset ? reset_bit : 0);
  }

  /// From this thread's front or magazine, or null.
  static void *take(tag t) noexcept {
    shard *s = here(t);
    tag key = s->key.load(std::memory_order_relaxed);
    if (key == t) [[likely]]
      return s->pop_front(t);
    return key == (t | lent_bit) ? s->pop_magazine() : nullptr;
  }
  /// From anywhere else, or null: then the caller makes one, and tells.
  void *take_slow() noexcept;
  void made_one() noexcept;

  static void put(tag t, void *object, std::source_location where) noexcept {
    if (t & reset_bit) {
      core &c = of(t);
      if (outcome o = c.ops_.reset(c, object, where); o != outcome::keep)
        [[unlikely]]
        return o == outcome::drop ? c.drop(object, &events::rejected) : void();
    }
    keep(t, object);
  }
  /// Takes in an object that is as good as new.
  static void keep(tag t, void *object) noexcept {
    shard *s = here(t);
    tag key = s->key.load(std::memory_order_relaxed);
    if (key == (t | lent_bit)) [[likely]]
      s->push_front(t, object);
    else if (key != t || !s->push_on(object))
      return of(t).keep_slow(object);
    // From here on only the shard is sure to exist: this thread's table
    // holds it.
    if (s->watch.load(std::memory_order_acquire)) [[unlikely]]
      look_closer(*s);
  }
  void discard(void *object, std::source_location where) noexcept;
  /// Destroys a lease's object, for the reason that `cause` counts.
  void drop(void *object, counter events::*cause) noexcept;

  trim_step trim(std::size_t budget) noexcept;
  trim_step reclaim(std::size_t budget) noexcept;
  std::size_t flush() noexcept;
  pool_stats stats() const noexcept;

  /// The pool's destructor.
  void close() noexcept;
  /// Gives up the calling thread's shards.
  static void thread_ends() noexcept;

  std::pmr::memory_resource &resource() const noexcept { return *resource_; }
  const pool_options &options() const noexcept { return options_; }

protected:
  /// How many of `count` more objects the chains may take.
  std::size_t admit(std::size_t count) noexcept;
  void left(std::size_t count) noexcept;
  /// Takes an object that was admitted into the reserve; false without memory.
  bool stock(void *object) noexcept;
  /// Whether the pool's destructor has begun.
  bool closed() const noexcept {
    return closed_.load(std::memory_order_acquire);
  }

private:
  /// This thread's shard if its key says so; else only its first line is sure
  /// to be there.
  static shard *here(tag t) noexcept {
    return static_cast<shard *>(this_thread.lists[t % table_size]);
  }
  shard *mine() const noexcept {
    shard *s = here(number_.value);
    return s->home == this ? s : nullptr;
  }
  // ---- paths.h ---------------------------------------------------------------
  shard *enter() noexcept;
  shard *new_shard() noexcept;
  void *take_from(chain &source, shard *to) noexcept;
  void *take_from_orphan(shard &source, shard *to) noexcept;
  void *take_stolen(shard *to) noexcept;
  void *take_reserved(shard *to) noexcept;
  void keep_slow(void *object) noexcept;
  static void look_closer(shard &s) noexcept;
  void put_done(shard *s) noexcept;
  std::uint32_t spill(shard &s, std::uint32_t count) noexcept;
  void note(shard *s, counter events::*what) noexcept;
  void count_get(shard *s) noexcept;

  // ---- trim.h ----------------------------------------------------------------
  void rotate(shard &s) noexcept;
  trim_step expire(void *const *objects, std::size_t count) noexcept;
  trim_step expire_from(shard &s, std::size_t budget) noexcept;
  bool keep_as_floor(void *object) noexcept;
  void *take_stocked() noexcept;

  // ---- end.h -----------------------------------------------------------------
  std::uint64_t leases_out() const noexcept;
  static void end_if_last(core &c) noexcept;
  std::size_t destroy_idle(bool all_magazines) noexcept;
  std::size_t destroy_in(shard &s, bool magazine) noexcept;
  void end() noexcept;
  void forget_memory() noexcept;

  shard *first() const noexcept {
    return shards_.load(std::memory_order_seq_cst);
  }

  // ---- read by every get and put, written never -----------------------------
  const pool_number number_;
  const std::uint32_t magazine_;
  const std::uint32_t batch_; ///< objects that move at once
  const operations &ops_;
  std::pmr::memory_resource *const resource_;
  const pool_options options_;
  // ---- read on slow paths ---------------------------------------------------
  alignas(line) std::atomic<std::uint64_t> epoch_{0};
  std::atomic<shard *> shards_{nullptr};
  std::atomic<std::size_t> shard_count_{0};
  std::atomic<bool> closed_{false};
  std::atomic<bool> ended_{false};
  // ---- written by many ------------------------------------------------------
  alignas(line) std::atomic<std::size_t> chained_{0}; ///< if there is a maximum
  std::atomic<std::size_t> holders_{2}; ///< of the memory: the pool, what has
                                        ///< not ended, and table entries
  std::atomic<shard *> cursor_{nullptr}; ///< where trimming goes on
  std::atomic<std::size_t> quiet_{0};    ///< visits since something expired
  counter stray_gets_, stray_puts_;
  events strays_; ///< of threads that have ended
  /// What is in the reserve or about to be: so of several threads that fill the
  /// floor at once none goes above it, and none leaves it short.
  std::atomic<std::size_t> stocked_{0};
  reserve reserve_; ///< prewarmed objects and the floor
};

} // namespace detail
} // namespace pool_tidy

#endif

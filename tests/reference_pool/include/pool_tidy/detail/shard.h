// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One thread's part of one pool.

#ifndef POOL_TIDY_DETAIL_SHARD_H
#define POOL_TIDY_DETAIL_SHARD_H

#include "chain.h"

namespace pool_tidy::detail {

class core;

/// A number that one thread at a time writes and any thread reads: no
/// read-modify-write needed. `order` matters where the number tells that
/// something else is done.
class counter {
public:
  std::uint64_t get() const noexcept {
    return value_.load(std::memory_order_acquire);
  }
  void add(std::uint64_t n,
           std::memory_order order = std::memory_order_relaxed) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + n, order);
  }
  /// By many threads.
  void add_shared(std::uint64_t n) noexcept {
    value_.fetch_add(n, std::memory_order_acq_rel);
  }

private:
  std::atomic<std::uint64_t> value_{0};
};

/// What happened on the slow paths.
struct events {
  counter misses;      ///< the factory made one
  counter steals;      ///< taken from another thread's chain
  counter victim_hits; ///< taken from a victim chain
  counter rejected;    ///< destroyed: the policy said drop
  counter full;        ///< destroyed: max_retained
  counter discarded;   ///< destroyed: discard()
  counter trimmed;     ///< destroyed: expired
  counter late;        ///< destroyed: the pool or the thread had ended
};

/// The fast path touches the first line and the magazine, which only the owner
/// writes. `state` says who that is.
struct alignas(line) shard {
  // ---- the fast path -------------------------------------------------------
  core *const home;
  std::atomic<std::uint32_t> count{0}; ///< objects in the magazine
  /// Room in the magazine; set to 0 when the pool is destroyed.
  std::atomic<std::uint32_t> limit;
  counter gets;
  counter puts; ///< the last thing a put writes: then it is done with the core
  // ---- the owner's slow path ------------------------------------------------
  /// Of the core when this shard last rotated.
  std::atomic<std::uint64_t> epoch;
  std::atomic<std::uint32_t> primary{0}; ///< which chain; the other is victim
  bool expiring = false; ///< the owner is destroying expired objects
  events seen;

  enum owner : std::uint32_t { orphan, owned };
  alignas(line) std::atomic<std::uint32_t> state{owned};
  shard *next_in_core = nullptr;  ///< fixed once it is in the list
  shard *next_in_table = nullptr; ///< the owning thread's
  chain chains[2];

  static shard *make(core *of, std::uint32_t magazine, std::uint32_t room,
                     std::uint64_t now) noexcept {
    // Whole lines: a neighbour on the last one would be false sharing.
    std::size_t room_bytes = (magazine * sizeof(void *) + line - 1) & ~(line - 1);
    void *memory = ::operator new(sizeof(shard) + room_bytes,
                                  std::align_val_t(line), std::nothrow);
    return memory ? ::new (memory) shard(of, room, now) : nullptr;
  }
  static void free(shard *s) noexcept {
    s->~shard();
    ::operator delete(s, std::align_val_t(line));
  }

  void **magazine() noexcept { return reinterpret_cast<void **>(this + 1); }

  chain &primary_chain() noexcept {
    return chains[primary.load(std::memory_order_relaxed)];
  }
  chain &victim_chain() noexcept {
    return chains[1 - primary.load(std::memory_order_relaxed)];
  }

  /// Makes the calling thread the owner of a shard whose thread has ended.
  bool adopt() noexcept {
    std::uint32_t was = orphan;
    return state.load(std::memory_order_relaxed) == orphan &&
           state.compare_exchange_strong(was, owned,
                                         std::memory_order_acquire,
                                         std::memory_order_relaxed);
  }
  void leave() noexcept { state.store(orphan, std::memory_order_release); }

  /// Owner only: takes one from the magazine, or null.
  void *pop() noexcept {
    std::uint32_t n = count.load(std::memory_order_relaxed);
    if (!n)
      return nullptr;
    void *object = magazine()[n - 1];
    count.store(n - 1, std::memory_order_relaxed);
    gets.add(1);
    return object;
  }

  /// Owner only: takes the object into the magazine if there is room.
  bool push(void *object) noexcept {
    std::uint32_t n = count.load(std::memory_order_relaxed);
    if (n >= limit.load(std::memory_order_relaxed))
      return false;
    magazine()[n] = object;
    count.store(n + 1, std::memory_order_relaxed);
    return true;
  }

private:
  shard(core *of, std::uint32_t room, std::uint64_t now) noexcept
      : home(of), limit(room), epoch(now) {}
  ~shard() = default;
};

} // namespace pool_tidy::detail

#endif

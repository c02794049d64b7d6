// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One thread's part of one pool.

#ifndef POOL_TIDY_DETAIL_SHARD_H
#define POOL_TIDY_DETAIL_SHARD_H

#include "annotations.h"
#include "chain.h"

namespace pool_tidy::detail {

class core;

#if defined(__SANITIZE_THREAD__)
#define POOL_TIDY_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define POOL_TIDY_TSAN 1
#endif
#endif

/// A number that one thread at a time writes and any thread reads: no
/// read-modify-write needed.
class counter {
public:
  std::uint64_t get() const noexcept {
    return value_.load(std::memory_order_acquire);
  }
  /// By the one thread; whoever sees the new value sees what came before.
  void increment() noexcept {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&         \
    !defined(POOL_TIDY_TSAN)
    // What clang makes of the line below. GCC keeps load, addition and store
    // apart, which makes get and put slower by a third.
    __asm__ __volatile__("incq %0" : "+m"(value_) : : "memory");
#else
    value_.store(value_.load(std::memory_order_relaxed) + 1,
                 std::memory_order_release);
#endif
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

/// How a core is referred to on the fast path: its address, with its number in
/// the threads' tables and what a put must know in the low bits, so that
/// neither get nor put needs to read the core.
using tag = std::uintptr_t;

/// Pools are numbered, smallest free number first, and share numbers when
/// there are more of them than this.
inline constexpr tag table_size = 64;
inline constexpr tag lent_bit = 64;  ///< in a shard's key
inline constexpr tag reset_bit = 128; ///< leases have to be reset
inline constexpr std::size_t core_align = 256;

/// The fast path touches the first line, bursts the magazine, and only the
/// owner writes them. `state` says who that is.
///
/// The object put last waits in `front`; the key tells whether it is there, and
/// whose shard this is, in one comparison. So get and put of one object depend
/// on each other by branches only, while an index into a magazine would make
/// each get wait for what the put before it stored.
///
/// What passes through the front is counted once, in `front_gets`; all else in
/// `gets` and `puts`, also what is pushed on from the front to the magazine. So
///     gets - puts - (there is one in front ? 1 : 0)
/// of the leases gotten here are out, or were put elsewhere.
struct alignas(line) hot_line {
  std::atomic<tag> key{0}; ///< the core's tag, with lent_bit if front is empty
  void *front = nullptr;
  /// A put has to look closer: the pool was destroyed, or keeps nothing.
  std::atomic<bool> watch{false};
  std::uint32_t room = 0;              ///< of the magazine
  std::atomic<std::uint32_t> count{0}; ///< objects in the magazine
  counter front_gets;
  counter gets;
  counter puts; ///< written last by a put: then it is done with the core
  core *const home = nullptr;
  hot_line *next_in_table = nullptr; ///< the owning thread's

  constexpr hot_line() = default;
  hot_line(core *of, tag key_of, std::uint32_t keep) noexcept
      : key(key_of | lent_bit), watch(keep == 0), room(keep ? keep - 1 : 0),
        home(of) {}
};

/// What the table of a thread without shard refers to: no pool's. So the fast
/// path need not ask whether there is a shard.
inline constinit hot_line nobody{};

struct shard : hot_line {
  // ---- the owner's slow path ------------------------------------------------
  /// Of the core when this shard last rotated.
  std::atomic<std::uint64_t> epoch;
  std::atomic<std::uint32_t> primary{0}; ///< which chain; the other is victim
  bool expiring = false; ///< the owner is destroying expired objects
  events seen;

  enum owner : std::uint32_t { orphan, owned };
  alignas(line) std::atomic<std::uint32_t> state{owned};
  shard *next_in_core = nullptr;  ///< fixed once it is in the list
  chain chains[2];

  /// `keep` objects at most in front and magazine.
  static shard *make(core *of, tag key_of, std::uint32_t magazine,
                     std::uint32_t keep, std::uint64_t now) noexcept {
    // Whole lines: a neighbour on the last one would be false sharing.
    std::size_t bytes = (magazine * sizeof(void *) + line - 1) & ~(line - 1);
    void *memory = ::operator new(sizeof(shard) + bytes,
                                  std::align_val_t(line), std::nothrow);
    return memory ? ::new (memory) shard(of, key_of, keep, now) : nullptr;
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

  // ---- owner only ------------------------------------------------------------

  bool lent() const noexcept {
    return key.load(std::memory_order_relaxed) & lent_bit;
  }
  void set_lent() noexcept {
    key.store(key.load(std::memory_order_relaxed) | lent_bit,
              std::memory_order_relaxed);
  }

  /// The one in front, which is there.
  void *pop_front(tag own) noexcept {
    key.store(own | lent_bit, std::memory_order_relaxed);
    front_gets.increment();
    void *object = front;
    if (!object)
      POOL_TIDY_UNREACHABLE(); // spares the caller a comparison
    return object;
  }
  /// Into the front, which is empty.
  void push_front(tag own, void *object) noexcept {
    front = object;
    key.store(own, std::memory_order_release);
  }
  /// One from the magazine, or null.
  void *pop_magazine() noexcept {
    std::uint32_t n = count.load(std::memory_order_relaxed);
    if (!n) [[unlikely]]
      return nullptr;
    void *object = magazine()[n - 1];
    count.store(n - 1, std::memory_order_relaxed);
    gets.increment();
    return object;
  }
  /// To the front, and the one that was there to the magazine; false if there
  /// is no room.
  bool push_on(void *object) noexcept {
    std::uint32_t n = count.load(std::memory_order_relaxed);
    if (n >= room) [[unlikely]]
      return false;
    magazine()[n] = front;
    count.store(n + 1, std::memory_order_relaxed);
    front = object;
    puts.increment();
    return true;
  }

  /// One from front or magazine, or null.
  void *pop() noexcept {
    return lent() ? pop_magazine()
                  : pop_front(key.load(std::memory_order_relaxed));
  }
  /// Takes the object in; false if there is no room.
  bool push(void *object) noexcept {
    if (!lent())
      return push_on(object);
    push_front(key.load(std::memory_order_relaxed) & ~lent_bit, object);
    return true;
  }
  /// Takes up to `most`, the newest first; counts them as put, not as gotten.
  std::uint32_t drain(void **out, std::uint32_t most) noexcept {
    std::uint32_t n = 0;
    if (n < most && !lent()) {
      set_lent();
      puts.increment();
      out[n++] = front;
    }
    for (std::uint32_t c = count.load(std::memory_order_relaxed);
         n < most && c; count.store(--c, std::memory_order_relaxed))
      out[n++] = magazine()[c - 1];
    return n;
  }

  // ---- any thread ------------------------------------------------------------

  /// What was gotten and put here, the front's part included. While no get is
  /// under way, all_puts() only grows.
  std::uint64_t all_gets() const noexcept {
    return front_gets.get() + gets.get();
  }
  std::uint64_t all_puts() const noexcept {
    std::uint64_t through = front_gets.get() + puts.get();
    return through + !(key.load(std::memory_order_acquire) & lent_bit);
  }
  std::uint32_t held() const noexcept {
    return count.load(std::memory_order_relaxed) + !lent();
  }

private:
  shard(core *of, tag key_of, std::uint32_t keep, std::uint64_t now) noexcept
      : hot_line(of, key_of, keep), epoch(now) {}
  ~shard() = default;
};

} // namespace pool_tidy::detail

#endif

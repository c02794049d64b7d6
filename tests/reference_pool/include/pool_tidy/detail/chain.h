// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A growing store of idle objects: one owner pushes and pops at the head, any
// thread steals at the tail, nobody waits.

#ifndef POOL_TIDY_DETAIL_CHAIN_H
#define POOL_TIDY_DETAIL_CHAIN_H

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace pool_tidy::detail {

/// Two lines: the prefetcher of x86 fetches them in pairs.
inline constexpr std::size_t line = 128;

/// Objects between two ends, both in one word: whoever moves an end knows the
/// other. A slot belongs to whoever moved an end over it; a thief tells that
/// it has read its slots by clearing them, and only clear slots are pushed to.
/// So what the compare-exchange decides is who owns a slot, never what is in
/// it, and ends that came back to the same values do no harm.
class alignas(line) ring {
public:
  using slot = std::atomic<void *>;

  static ring *make(std::uint32_t size) noexcept {
    void *memory =
        ::operator new(sizeof(ring) + size * sizeof(slot),
                       std::align_val_t(line), std::nothrow);
    return memory ? ::new (memory) ring(size) : nullptr;
  }
  static void free(ring *r) noexcept {
    ::operator delete(r, std::align_val_t(line));
  }

  std::uint32_t size() const noexcept {
    std::uint64_t ends = ends_.load(std::memory_order_relaxed);
    return head(ends) - tail(ends);
  }

  /// Owner only: pushes as many as there is room for.
  std::uint32_t push(void *const *objects, std::uint32_t count) noexcept {
    std::uint64_t ends = ends_.load(std::memory_order_relaxed);
    std::uint32_t at = head(ends);
    count = std::min(count, mask_ + 1 - (at - tail(ends)));
    std::uint32_t done = 0;
    for (; done < count; ++done) {
      slot &s = slots()[(at + done) & mask_];
      if (s.load(std::memory_order_acquire))
        break; // a thief has not read it yet
      s.store(objects[done], std::memory_order_relaxed);
    }
    if (done)
      ends_.fetch_add(std::uint64_t(done) << 32, std::memory_order_release);
    return done;
  }

  /// Owner only: takes the newest, at most `count`; the newest comes last.
  std::uint32_t pop(void **out, std::uint32_t count) noexcept {
    std::uint64_t ends = ends_.load(std::memory_order_relaxed);
    std::uint32_t first, taken;
    do {
      taken = std::min(count, head(ends) - tail(ends));
      if (!taken)
        return 0;
      first = head(ends) - taken;
    } while (!ends_.compare_exchange_weak(ends, word(first, tail(ends)),
                                          std::memory_order_relaxed));
    for (std::uint32_t i = 0; i < taken; ++i) {
      slot &s = slots()[(first + i) & mask_];
      out[i] = s.load(std::memory_order_relaxed);
      s.store(nullptr, std::memory_order_relaxed);
    }
    return taken;
  }

  /// Any thread: takes the oldest, at most `count`.
  std::uint32_t steal(void **out, std::uint32_t count) noexcept {
    std::uint64_t ends = ends_.load(std::memory_order_acquire);
    std::uint32_t first, taken;
    do {
      taken = std::min(count, head(ends) - tail(ends));
      if (!taken)
        return 0;
      first = tail(ends);
    } while (!ends_.compare_exchange_weak(ends,
                                          word(head(ends), first + taken),
                                          std::memory_order_acquire));
    for (std::uint32_t i = 0; i < taken; ++i) {
      slot &s = slots()[(first + i) & mask_];
      out[i] = s.load(std::memory_order_relaxed);
      s.store(nullptr, std::memory_order_release);
    }
    return taken;
  }

private:
  explicit ring(std::uint32_t size) noexcept : mask_(size - 1) {
    std::uninitialized_value_construct_n(slots(), size);
  }

  slot *slots() noexcept { return reinterpret_cast<slot *>(this + 1); }

  static std::uint32_t head(std::uint64_t ends) noexcept {
    return static_cast<std::uint32_t>(ends >> 32);
  }
  static std::uint32_t tail(std::uint64_t ends) noexcept {
    return static_cast<std::uint32_t>(ends);
  }
  static std::uint64_t word(std::uint32_t head, std::uint32_t tail) noexcept {
    return std::uint64_t(head) << 32 | tail;
  }

  std::atomic<std::uint64_t> ends_{0};
  const std::uint32_t mask_;
};

/// Rings of 64, 128, ...: the owner works in the topmost that holds objects.
/// A ring once made lives as long as its chain, so thieves need no protection
/// from its end.
class chain {
public:
  chain() = default;
  chain(const chain &) = delete;
  chain &operator=(const chain &) = delete;
  ~chain() {
    for (std::atomic<ring *> &r : rings_)
      ring::free(r.load(std::memory_order_relaxed));
  }

  bool empty() const noexcept { return size() == 0; }

  std::size_t size() const noexcept {
    std::size_t all = 0;
    for (std::uint32_t i = 0, n = used(); i < n; ++i)
      all += at(i)->size();
    return all;
  }

  /// Owner only. Returns how many were pushed: fewer only without memory.
  std::uint32_t push(void *const *objects, std::uint32_t count) noexcept {
    std::uint32_t done = 0;
    while (top_ && !at(top_)->size())
      --top_;
    while (ring *r = top()) {
      done += r->push(objects + done, count - done);
      if (done == count || top_ + 1 == max_rings)
        break;
      ++top_;
    }
    if (top_ == used()) // no memory for it
      top_ -= top_ != 0;
    return done;
  }

  /// Owner only: the newest, at most `count`.
  std::uint32_t pop(void **out, std::uint32_t count) noexcept {
    if (!used())
      return 0;
    for (;; --top_)
      if (std::uint32_t taken = at(top_)->pop(out, count); taken || !top_)
        return taken;
  }

  /// Any thread: some of the oldest, at most `count`.
  std::uint32_t steal(void **out, std::uint32_t count) noexcept {
    for (std::uint32_t i = 0, n = used(); i < n; ++i)
      if (std::uint32_t taken = at(i)->steal(out, count))
        return taken;
    return 0;
  }

private:
  static constexpr std::uint32_t first_size = 64;
  static constexpr std::uint32_t max_rings = 24; // 2^30 objects

  std::uint32_t used() const noexcept {
    return used_.load(std::memory_order_acquire);
  }
  ring *at(std::uint32_t i) const noexcept {
    return rings_[i].load(std::memory_order_relaxed);
  }

  /// The owner's ring, made when it is needed the first time.
  ring *top() noexcept {
    if (top_ < used())
      return at(top_);
    ring *made = ring::make(first_size << top_);
    if (made) {
      rings_[top_].store(made, std::memory_order_relaxed);
      used_.store(top_ + 1, std::memory_order_release);
    }
    return made;
  }

  std::atomic<std::uint32_t> used_{0};
  std::uint32_t top_ = 0;
  std::atomic<ring *> rings_[max_rings] = {};
};

} // namespace pool_tidy::detail

#endif

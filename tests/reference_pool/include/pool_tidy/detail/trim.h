// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stays and what goes: epochs, expiry, the reserve.

#ifndef POOL_TIDY_DETAIL_TRIM_H
#define POOL_TIDY_DETAIL_TRIM_H

#include "core.h"

namespace pool_tidy::detail {

/// Begins an epoch: what idled through the last two has expired. That is all;
/// owners rotate when they come by, and what nobody comes by for is reclaimed
/// in steps.
inline trim_step core::trim(std::size_t budget) noexcept {
  epoch_.fetch_add(1, std::memory_order_acq_rel);
  quiet_.store(0, std::memory_order_relaxed);
  return reclaim(budget);
}

/// Owner only: makes the primary chain the victim, once the old victim is
/// empty; destroys a few of its objects each time until then.
inline void core::rotate(shard &s) noexcept {
  std::uint64_t now = epoch_.load(std::memory_order_acquire);
  if (s.epoch.load(std::memory_order_relaxed) == now || s.expiring)
    return;
  // A destructor may come back here.
  s.expiring = true;
  void *expired[16];
  std::uint32_t n = s.victim_chain().steal(expired, 16);
  left(n);
  expire(expired, n);
  s.expiring = false;
  if (!s.victim_chain().empty())
    return;
  s.primary.store(1 - s.primary.load(std::memory_order_relaxed),
                  std::memory_order_relaxed);
  s.epoch.store(now, std::memory_order_relaxed);
}

inline trim_step core::reclaim(std::size_t budget) noexcept {
  trim_step step;
  std::size_t handled = 0;
  std::size_t all = shard_count_.load(std::memory_order_relaxed);
  while (step.visited < max_visits && step.visited < all && handled < budget) {
    shard *s = cursor_.load(std::memory_order_acquire);
    if (!s)
      s = first();
    cursor_.store(s->next_in_core, std::memory_order_release);
    ++step.visited;
    trim_step here = expire_from(*s, budget - handled);
    // Objects that went to the reserve were work, too.
    handled += here.visited;
    step.destroyed += here.destroyed;
    if (here.visited)
      quiet_.store(0, std::memory_order_relaxed);
    else
      quiet_.fetch_add(1, std::memory_order_relaxed);
  }
  step.done = quiet_.load(std::memory_order_relaxed) >= all;
  return step;
}

/// Whatever has expired in one shard. Here `visited` counts objects.
inline trim_step core::expire_from(shard &s, std::size_t budget) noexcept {
  trim_step sum;
  std::uint64_t behind = epoch_.load(std::memory_order_acquire) -
                         s.epoch.load(std::memory_order_relaxed);
  auto take = [&](void **out, std::uint32_t most) -> std::uint32_t {
    if (!behind)
      return 0;
    if (std::uint32_t n = s.victim_chain().steal(out, most))
      return n;
    return behind < 2 ? 0 : s.primary_chain().steal(out, most);
  };
  void *expired[32];
  auto go_on = [&](std::uint32_t n) {
    trim_step part = expire(expired, n);
    sum.visited += part.visited;
    sum.destroyed += part.destroyed;
  };
  auto room = [&] {
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(32, budget - sum.visited));
  };
  while (sum.visited < budget) {
    std::uint32_t n = take(expired, room());
    if (!n)
      break;
    left(n);
    go_on(n);
  }
  // An ended thread's magazine is as idle as its chains.
  if (behind >= 2 && sum.visited < budget && s.held() && s.adopt()) {
    std::uint32_t n = s.drain(expired, room());
    s.leave();
    go_on(n);
  }
  return sum;
}

/// Destroys what is above the floor, keeps the rest in the reserve.
inline trim_step core::expire(void *const *objects, std::size_t count) noexcept {
  trim_step sum;
  for (; sum.visited < count; ++sum.visited) {
    void *object = objects[sum.visited];
    if (keep_as_floor(object))
      continue;
    ops_.destroy(*this, object);
    ++sum.destroyed;
  }
  strays_.trimmed.add_shared(sum.destroyed);
  return sum;
}

inline bool core::keep_as_floor(void *object) noexcept {
  std::size_t there = stocked_.load(std::memory_order_relaxed);
  do
    if (there >= options_.min_retained)
      return false;
  while (!stocked_.compare_exchange_weak(there, there + 1,
                                         std::memory_order_relaxed));
  if (admit(1)) {
    if (reserve_.add(object))
      return true;
    left(1);
  }
  stocked_.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

inline bool core::stock(void *object) noexcept {
  stocked_.fetch_add(1, std::memory_order_relaxed);
  if (reserve_.add(object))
    return true;
  stocked_.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

inline void *core::take_stocked() noexcept {
  void *object = reserve_.take();
  if (object) {
    stocked_.fetch_sub(1, std::memory_order_relaxed);
    left(1);
  }
  return object;
}

} // namespace pool_tidy::detail

#endif

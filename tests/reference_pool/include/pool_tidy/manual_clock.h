//===- manual_clock.h - a clock that tests move -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_MANUAL_CLOCK_H
#define POOL_TIDY_MANUAL_CLOCK_H

#include "pool_tidy/resource_clock.h"
#include <algorithm>
#include <cstddef>
#include <vector>

namespace pool_tidy {

/// Stands still until somebody moves it. Whoever waits is woken by an event as
/// always, or by advance().
class manual_clock final : public resource_clock {
public:
  time_point now() const noexcept override {
    std::lock_guard lock(mutex_);
    return now_;
  }

  void wait(wake_event &event, time_point deadline) noexcept override {
    {
      std::lock_guard lock(mutex_);
      if (now_ >= deadline)
        return;
      sleepers_.push_back(&event);
      ++naps_;
    }
    slept_.notify_all();
    event.wait();
    std::lock_guard lock(mutex_);
    sleepers_.erase(std::find(sleepers_.begin(), sleepers_.end(), &event));
  }

  /// Moves the time, and wakes all who wait so that they look at it.
  void advance(duration step) {
    std::lock_guard lock(mutex_);
    now_ += step;
    for (wake_event *event : sleepers_)
      event->set();
  }

  /// Returns once `count` threads wait by this clock: then they have all come
  /// as far as they can.
  void await_sleepers(std::size_t count) {
    std::unique_lock lock(mutex_);
    slept_.wait(lock, [&] { return sleepers_.size() >= count; });
  }

  /// How often anybody began to wait.
  std::size_t naps() const {
    std::lock_guard lock(mutex_);
    return naps_;
  }

  /// Returns once somebody began to wait for the `count`th time.
  void await_nap(std::size_t count) {
    std::unique_lock lock(mutex_);
    slept_.wait(lock, [&] { return naps_ >= count; });
  }

private:
  mutable std::mutex mutex_;
  std::condition_variable slept_;
  // Not zero, which is what a time that was never set looks like.
  time_point now_ = time_point() + std::chrono::hours(1);
  std::vector<wake_event *> sleepers_;
  std::size_t naps_ = 0;
};

} // namespace pool_tidy

#endif

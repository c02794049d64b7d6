//===- resource_clock.h - the time that a pool lives by ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool asks a resource_clock what time it is, and waits by it. steady() is
// the machine's; manual_clock (manual_clock.h) stands still until a test moves
// it, so that no test sleeps.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_CLOCK_H
#define POOL_TIDY_RESOURCE_CLOCK_H

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace pool_tidy {

/// A permit that one thread waits for and any thread gives. Given before the
/// wait it is not lost; given twice it counts once.
class wake_event {
public:
  void set() noexcept {
    std::lock_guard lock(mutex_);
    permit_ = true;
    // Under the lock: whoever waits may destroy the event once it has it.
    wake_.notify_one();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return permit_; });
    permit_ = false;
  }

  void wait_until(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    wake_.wait_until(lock, deadline, [this] { return permit_; });
    permit_ = false;
  }

private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool permit_ = false;
};

/// What time it is, and how to wait for a time. Safe to use from any thread;
/// must outlive every pool that lives by it, and their leases.
class resource_clock {
public:
  using duration = std::chrono::nanoseconds;
  using time_point =
      std::chrono::time_point<std::chrono::steady_clock, duration>;

  virtual time_point now() const noexcept = 0;
  /// Returns when `event` was set or when it is `deadline`; may return early.
  virtual void wait(wake_event &event, time_point deadline) noexcept = 0;

  /// The machine's steady clock.
  static resource_clock &steady() noexcept;

protected:
  ~resource_clock() = default;
};

namespace detail {
class steady_resource_clock final : public resource_clock {
public:
  time_point now() const noexcept override {
    return std::chrono::time_point_cast<duration>(
        std::chrono::steady_clock::now());
  }
  void wait(wake_event &event, time_point deadline) noexcept override {
    event.wait_until(deadline);
  }
};
} // namespace detail

inline resource_clock &resource_clock::steady() noexcept {
  // Trivially destructible: leases may be put while statics are destroyed.
  static constinit detail::steady_resource_clock clock;
  return clock;
}

} // namespace pool_tidy

#endif

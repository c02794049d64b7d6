//===- resource_reports.h - what a resource pool tells ----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_REPORTS_H
#define POOL_TIDY_RESOURCE_REPORTS_H

#include "pool_tidy/resource_clock.h"
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <source_location>
#include <stdexcept>
#include <string>
#include <thread>

namespace pool_tidy {

/// A lease that is held for longer than the leak threshold.
struct leak_report {
  std::source_location where;    ///< where it was acquired
  std::thread::id holder;        ///< by which thread
  resource_clock::duration held; ///< for how long up to now
  bool returned;                 ///< it came back after it had been reported
};

/// What has happened since the pool was made.
struct resource_counters {
  std::uint64_t acquired = 0; ///< leases given out
  std::uint64_t handed_over =
      0; ///< of these, straight from one lease to the next
  std::uint64_t created = 0;
  std::uint64_t destroyed = 0;
  std::uint64_t released = 0; ///< taken out of the pool by lease::release()
  std::uint64_t create_failures = 0;
  std::uint64_t validated = 0; ///< asked whether they are alive, keepalives too
  std::uint64_t validation_failures = 0; ///< of these, dead or too late
  std::uint64_t timeouts = 0;            ///< acquires that got nothing
  std::uint64_t retired_idle = 0;        ///< destroyed for: idle timeout,
  std::uint64_t retired_lifetime = 0;    ///< max lifetime,
  std::uint64_t retired_soft = 0;        ///< soft_evict(),
  std::uint64_t discarded = 0; ///< lease::discard() or a recycle that said no
  std::uint64_t leaks = 0;     ///< leases reported
};

/// How a pool is, the gravest first.
enum class resource_condition {
  closed,
  suspended,
  failing,
  exhausted,
  healthy
};

struct resource_health {
  resource_condition condition;
  std::size_t size;     ///< resources that exist
  std::size_t idle;     ///< of these, ready to be given out
  std::size_t in_use;   ///< of these, leased or being validated
  std::size_t creating; ///< being made now
  std::size_t waiting;  ///< acquires that wait
  std::size_t create_failures_in_a_row;
  resource_clock::duration longest_wait; ///< of those who wait now
  resource_clock::duration longest_held; ///< of the leases out now
  resource_counters counters;

  bool ok() const noexcept { return condition == resource_condition::healthy; }
};

/// What one maintain() did.
struct maintenance_report {
  std::size_t destroyed = 0;
  std::size_t created = 0;
  std::size_t kept_alive = 0;
  std::size_t leaks = 0;
  bool create_failed = false; ///< the floor of min_idle could not be reached
};

/// Why an acquire got nothing, other than that the factory threw.
class resource_error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Nothing came free in time.
class resource_timeout : public resource_error {
  using resource_error::resource_error;
};
/// The pool is closed.
class resource_pool_closed : public resource_error {
  using resource_error::resource_error;
};

namespace detail {
/// Where a leak is told when nobody wants to hear of it otherwise.
inline void print_leak(const leak_report &report) {
  double seconds = std::chrono::duration<double>(report.held).count();
  std::fprintf(stderr, "%s:%u: lease acquired in %s %s %.1f s\n",
               report.where.file_name(), report.where.line(),
               report.where.function_name(),
               report.returned ? "came back after" : "has been held for", seconds);
}
} // namespace detail

} // namespace pool_tidy

#endif

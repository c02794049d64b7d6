//===- resource_options.h - how a resource pool is set up -------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_RESOURCE_OPTIONS_H
#define POOL_TIDY_RESOURCE_OPTIONS_H

#include "pool_tidy/resource_clock.h"
#include "pool_tidy/resource_reports.h"
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pool_tidy {

/// How a resource_pool is set up. A time of zero switches a thing off where
/// that is said; nothing else is switched off silently: check() tells.
struct resource_options {
  using duration = resource_clock::duration;

  /// At most this many resources exist at a time, those being made and being
  /// destroyed included. 1 to 65536.
  std::size_t max_size = 8;
  /// Housekeeping keeps this many ready. 0 to max_size.
  std::size_t min_idle = 0;
  /// How long acquire() waits. Above 0, at most an hour.
  duration borrow_timeout = std::chrono::seconds(5);
  /// How long a validation or keepalive may take; one that takes longer has
  /// failed. Above 0, below borrow_timeout.
  duration validation_timeout = std::chrono::seconds(1);
  /// A resource that was alive this recently is not validated. 0: always
  /// validate.
  duration alive_bypass = std::chrono::milliseconds(500);
  /// Idle ones beyond min_idle are destroyed after this time. 0: never.
  duration idle_timeout = std::chrono::minutes(10);
  /// After this time a resource is destroyed as soon as nobody has it. 0:
  /// never; otherwise at least a second.
  duration max_lifetime = std::chrono::minutes(30);
  /// Each resource's lifetime is shorter by up to this share of it, so that
  /// those made together do not end together. 0 to 0.5.
  double lifetime_jitter = 0.05;
  /// Idle ones are asked whether they are alive after this time. 0: never.
  duration keepalive = duration::zero();
  /// A lease held for longer is told to on_leak. 0: never; otherwise at least
  /// two seconds, below which a slow answer looks like a leak.
  duration leak_threshold = duration::zero();
  /// How often the pool's own thread calls maintain(). 0: there is no such
  /// thread, the owner calls it.
  duration housekeeping = std::chrono::seconds(10);
  /// Gets each leak once, and once more when the lease came back after all.
  /// Must not throw. None: a line on standard error.
  std::function<void(const leak_report &)> on_leak = {};
};

/// What a setting is accused of.
enum class option_fault {
  out_of_range,  ///< no pool can keep to it
  without_effect ///< another setting, or what the factory cannot do, voids it
};

struct option_finding {
  std::string_view option; ///< the member's name
  option_fault fault;
  std::string text; ///< one sentence
};

/// What a pool's factory can do beside create().
struct factory_abilities {
  bool validates = true;   ///< validate()
  bool keeps_alive = true; ///< keepalive(), or validate() in its place
};

/// Every setting that is out of range or has no effect, in the order of the
/// members. A default that has no effect is none of these: nobody asked for it.
std::vector<option_finding> check(const resource_options &options,
                                  factory_abilities factory = {});

/// Thrown for settings that check() finds fault with.
class bad_options : public std::invalid_argument {
public:
  explicit bad_options(std::vector<option_finding> findings)
      : std::invalid_argument(joined(findings)),
        findings_(std::move(findings)) {}
  const std::vector<option_finding> &findings() const noexcept {
    return findings_;
  }

private:
  static std::string joined(const std::vector<option_finding> &findings) {
    std::string all = "bad resource_options";
    const char *between = ": ";
    for (const option_finding &finding : findings) {
      all.append(between)
          .append(finding.option)
          .append(" ")
          .append(finding.text);
      between = "; ";
    }
    return all;
  }

  std::vector<option_finding> findings_;
};

} // namespace pool_tidy

#include "pool_tidy/detail/resource_check.h"

#endif

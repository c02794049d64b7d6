//===- resource_check.h - which settings cannot be kept ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Included by resource_options.h.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_RESOURCE_CHECK_H
#define POOL_TIDY_DETAIL_RESOURCE_CHECK_H

#include "pool_tidy/resource_options.h"
#include <cmath>

namespace pool_tidy {
namespace detail {

/// Collects findings; one rule is one call.
class option_rules {
public:
  option_rules(const resource_options &options, factory_abilities abilities)
      : o(options), factory(abilities) {}

  std::vector<option_finding> run() && {
    sizes();
    waits();
    ages();
    housekeeping();
    return std::move(findings);
  }

private:
  using duration = resource_clock::duration;

  const resource_options &o;
  const factory_abilities factory;
  const resource_options standard;
  std::vector<option_finding> findings;

  static constexpr std::size_t largest_size = 65536;
  static constexpr duration longest_borrow = std::chrono::hours(1);
  static constexpr duration longest = std::chrono::days(366);
  static constexpr duration shortest_lifetime = std::chrono::seconds(1);
  static constexpr duration shortest_leak = std::chrono::seconds(2);

  bool out_of_range(bool is, std::string_view option, const char *text) {
    if (is)
      findings.push_back({option, option_fault::out_of_range, text});
    return is;
  }
  bool without_effect(bool is, std::string_view option, const char *text) {
    if (is)
      findings.push_back({option, option_fault::without_effect, text});
    return is;
  }
  /// A time that may be zero, which switches something off.
  bool no_time(duration value, std::string_view option) {
    return out_of_range(value < duration::zero(), option, "is negative") ||
           out_of_range(value > longest, option, "is longer than a year");
  }

  static bool on(duration value) { return value > duration::zero(); }
  /// Whether what happens after `later` never happens, as `sooner` ends it.
  static bool outlived(duration later, duration sooner) {
    return on(sooner) && later >= sooner;
  }
  /// Whether every idle resource may be destroyed by the idle timeout.
  bool idle_ends_all() const { return o.min_idle == 0 && on(o.idle_timeout); }

  void sizes() {
    out_of_range(o.max_size == 0, "max_size",
                 "is zero: nothing could be acquired");
    out_of_range(o.max_size > largest_size, "max_size", "is above 65536");
    out_of_range(o.min_idle > o.max_size, "min_idle", "is above max_size");
  }

  void waits() {
    out_of_range(!on(o.borrow_timeout), "borrow_timeout",
                 "is not above zero: try_acquire() is there for not waiting");
    out_of_range(
        o.borrow_timeout > longest_borrow, "borrow_timeout",
        "is longer than an hour: whoever waits that long waits for a leak");

    if (!out_of_range(!on(o.validation_timeout), "validation_timeout",
                      "is not above zero: every validation would fail") &&
        factory.validates)
      out_of_range(
          o.validation_timeout >= o.borrow_timeout, "validation_timeout",
          "is not below borrow_timeout: one dead resource would use up "
          "the whole wait");
    if (o.validation_timeout != standard.validation_timeout) {
      without_effect(!factory.validates && !factory.keeps_alive,
                     "validation_timeout",
                     "has no effect: the factory validates nothing");
      without_effect(!factory.validates && factory.keeps_alive &&
                         o.keepalive == duration::zero(),
                     "validation_timeout",
                     "has no effect: the factory has keepalive() only, and "
                     "keepalive is off");
    }

    if (no_time(o.alive_bypass, "alive_bypass") ||
        o.alive_bypass == standard.alive_bypass)
      return;
    without_effect(!factory.validates, "alive_bypass",
                   "has no effect: the factory has no validate()");
    without_effect(idle_ends_all() && outlived(o.alive_bypass, o.idle_timeout),
                   "alive_bypass",
                   "leaves validation none: idle_timeout ends a resource before");
    without_effect(outlived(o.alive_bypass, o.max_lifetime), "alive_bypass",
                   "leaves validation none: max_lifetime ends a resource before");
  }

  void ages() {
    if (!no_time(o.idle_timeout, "idle_timeout") &&
        o.idle_timeout != standard.idle_timeout && on(o.idle_timeout)) {
      without_effect(o.min_idle >= o.max_size, "idle_timeout",
                     "has no effect: min_idle keeps every resource");
      without_effect(outlived(o.idle_timeout, o.max_lifetime), "idle_timeout",
                     "has no effect: max_lifetime ends a resource before");
    }

    if (!no_time(o.max_lifetime, "max_lifetime"))
      out_of_range(on(o.max_lifetime) && o.max_lifetime < shortest_lifetime,
                   "max_lifetime",
                   "is below a second: nothing would be reused");

    // Written so that a NaN is out of range too.
    out_of_range(!(o.lifetime_jitter >= 0.0 && o.lifetime_jitter <= 0.5),
                 "lifetime_jitter", "is not within 0 and 0.5");
    without_effect(o.lifetime_jitter != standard.lifetime_jitter &&
                       o.lifetime_jitter != 0.0 && !on(o.max_lifetime),
                   "lifetime_jitter",
                   "has no effect: there is no max_lifetime");

    if (!no_time(o.keepalive, "keepalive") && on(o.keepalive)) {
      without_effect(!factory.keeps_alive, "keepalive",
                     "has no effect: the factory validates nothing");
      without_effect(idle_ends_all() && outlived(o.keepalive, o.idle_timeout),
                     "keepalive",
                     "has no effect: idle_timeout ends a resource before");
      without_effect(outlived(o.keepalive, o.max_lifetime), "keepalive",
                     "has no effect: max_lifetime ends a resource before");
    }

    if (!no_time(o.leak_threshold, "leak_threshold"))
      out_of_range(on(o.leak_threshold) && o.leak_threshold < shortest_leak,
                   "leak_threshold",
                   "is below two seconds: slow answers would be called leaks");
    without_effect(o.on_leak && !on(o.leak_threshold), "on_leak",
                   "has no effect: there is no leak_threshold");
  }

  void housekeeping() {
    if (no_time(o.housekeeping, "housekeeping"))
      return;
    auto too_rare = [&](duration value, const char *text) {
      out_of_range(on(value) && o.housekeeping > value, "housekeeping", text);
    };
    too_rare(o.idle_timeout,
             "is longer than idle_timeout, which only it looks at");
    too_rare(o.keepalive, "is longer than keepalive, which only it looks at");
    too_rare(o.leak_threshold,
             "is longer than leak_threshold, which only it looks at");
    without_effect(on(o.housekeeping) &&
                       o.housekeeping != standard.housekeeping &&
                       o.min_idle == 0 && !on(o.idle_timeout) &&
                       !on(o.max_lifetime) && !on(o.keepalive) &&
                       !on(o.leak_threshold),
                   "housekeeping",
                   "has no effect: there is nothing that it looks for");
  }
};

} // namespace detail

inline std::vector<option_finding> check(const resource_options &options,
                                         factory_abilities factory) {
  return detail::option_rules(options, factory).run();
}

} // namespace pool_tidy

#endif

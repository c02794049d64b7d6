//===- Settings.cpp - check(options), rule by rule ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <limits>

namespace {

using pool_tidy::option_fault;

/// `option: fault` of each finding.
std::vector<std::string> faults(const Options &options,
                                pool_tidy::factory_abilities factory = {}) {
  std::vector<std::string> all;
  for (const auto &finding : pool_tidy::check(options, factory))
    all.push_back(
        std::string(finding.option) +
        (finding.fault == option_fault::out_of_range ? ": range" : ": effect"));
  return all;
}

using Faults = std::vector<std::string>;
constexpr pool_tidy::factory_abilities nothing{.validates = false,
                                               .keeps_alive = false};
constexpr pool_tidy::factory_abilities keepalive_only{.validates = false};

TEST(Check, DefaultsAreGood) {
  EXPECT_EQ(faults({}), Faults{});
  EXPECT_EQ(faults({}, nothing), Faults{});
  EXPECT_EQ(faults({}, keepalive_only), Faults{});
}

TEST(Check, Sizes) {
  EXPECT_EQ(faults({.max_size = 0}), Faults{"max_size: range"});
  EXPECT_EQ(faults({.max_size = 65536}), Faults{});
  EXPECT_EQ(faults({.max_size = 65537}), Faults{"max_size: range"});
  EXPECT_EQ(faults({.max_size = 4, .min_idle = 4}), Faults{});
  EXPECT_EQ(faults({.max_size = 4, .min_idle = 5}), Faults{"min_idle: range"});
}

TEST(Check, BorrowTimeout) {
  EXPECT_EQ(faults({.borrow_timeout = 0s, .validation_timeout = 1s}),
            (Faults{"borrow_timeout: range", "validation_timeout: range"}));
  EXPECT_EQ(faults({.borrow_timeout = 1h}), Faults{});
  EXPECT_EQ(faults({.borrow_timeout = 1h + 1ns}),
            Faults{"borrow_timeout: range"});
}

TEST(Check, Validation) {
  EXPECT_EQ(faults({.validation_timeout = 0s}),
            Faults{"validation_timeout: range"});
  EXPECT_EQ(faults({.borrow_timeout = 2s, .validation_timeout = 2s}),
            Faults{"validation_timeout: range"});
  EXPECT_EQ(faults({.borrow_timeout = 2s, .validation_timeout = 2s - 1ns}),
            Faults{});
  EXPECT_EQ(faults({.validation_timeout = 2s}, nothing),
            Faults{"validation_timeout: effect"});
  EXPECT_EQ(faults({.validation_timeout = 2s}, keepalive_only),
            Faults{"validation_timeout: effect"});
  EXPECT_EQ(faults({.validation_timeout = 2s, .keepalive = 1min},
                   keepalive_only),
            Faults{});
}

TEST(Check, AliveBypass) {
  EXPECT_EQ(faults({.alive_bypass = -1ns}), Faults{"alive_bypass: range"});
  EXPECT_EQ(faults({.alive_bypass = 0s}), Faults{});
  EXPECT_EQ(faults({.alive_bypass = 0s}, nothing),
            Faults{"alive_bypass: effect"});
  EXPECT_EQ(faults({.alive_bypass = 2s, .keepalive = 1min}, keepalive_only),
            Faults{"alive_bypass: effect"});
  EXPECT_EQ(faults({.alive_bypass = 1min, .idle_timeout = 1min}),
            Faults{"alive_bypass: effect"});
  EXPECT_EQ(faults({.min_idle = 1, .alive_bypass = 1min, .idle_timeout = 1min}),
            Faults{});
  EXPECT_EQ(faults({.alive_bypass = 30min, .idle_timeout = 0s}),
            Faults{"alive_bypass: effect"});
}

TEST(Check, IdleTimeout) {
  EXPECT_EQ(faults({.idle_timeout = -1s}), Faults{"idle_timeout: range"});
  EXPECT_EQ(faults({.idle_timeout = 0s}), Faults{});
  EXPECT_EQ(faults({.max_size = 2, .min_idle = 2, .idle_timeout = 1min}),
            Faults{"idle_timeout: effect"});
  EXPECT_EQ(faults({.idle_timeout = 1min, .max_lifetime = 1min}),
            Faults{"idle_timeout: effect"});
  EXPECT_EQ(faults({.max_lifetime = 1min}), Faults{})
      << "the default of idle_timeout was nobody's wish";
}

TEST(Check, MaxLifetime) {
  EXPECT_EQ(faults({.max_lifetime = -1s}), Faults{"max_lifetime: range"});
  EXPECT_EQ(faults({.max_lifetime = 0s}), Faults{});
  EXPECT_EQ(faults({.max_lifetime = 1s}), Faults{});
  EXPECT_EQ(faults({.max_lifetime = 1s - 1ns}), Faults{"max_lifetime: range"});
  EXPECT_EQ(faults({.max_lifetime = std::chrono::hours(24 * 400)}),
            Faults{"max_lifetime: range"});
}

TEST(Check, Jitter) {
  EXPECT_EQ(faults({.lifetime_jitter = 0}), Faults{});
  EXPECT_EQ(faults({.lifetime_jitter = .5}), Faults{});
  EXPECT_EQ(faults({.lifetime_jitter = .51}), Faults{"lifetime_jitter: range"});
  EXPECT_EQ(faults({.lifetime_jitter = -.1}), Faults{"lifetime_jitter: range"});
  EXPECT_EQ(
      faults({.lifetime_jitter = std::numeric_limits<double>::quiet_NaN()}),
      Faults{"lifetime_jitter: range"});
  EXPECT_EQ(faults({.max_lifetime = 0s, .lifetime_jitter = .1}),
            Faults{"lifetime_jitter: effect"});
}

TEST(Check, Keepalive) {
  EXPECT_EQ(faults({.keepalive = -1s}), Faults{"keepalive: range"});
  EXPECT_EQ(faults({.keepalive = 1min}), Faults{});
  EXPECT_EQ(faults({.keepalive = 1min}, nothing), Faults{"keepalive: effect"});
  EXPECT_EQ(faults({.keepalive = 1min}, keepalive_only), Faults{});
  EXPECT_EQ(faults({.keepalive = 10min}), Faults{"keepalive: effect"});
  EXPECT_EQ(faults({.min_idle = 1, .keepalive = 10min}), Faults{});
  EXPECT_EQ(faults({.min_idle = 1, .keepalive = 30min}),
            Faults{"keepalive: effect"});
}

TEST(Check, Leaks) {
  EXPECT_EQ(faults({.leak_threshold = -1s}), Faults{"leak_threshold: range"});
  EXPECT_EQ(faults({.leak_threshold = 2s, .housekeeping = 1s}), Faults{});
  EXPECT_EQ(faults({.leak_threshold = 2s - 1ns, .housekeeping = 1s}),
            Faults{"leak_threshold: range"});
  EXPECT_EQ(faults({.on_leak = [](const auto &) {}}),
            Faults{"on_leak: effect"});
}

TEST(Check, Housekeeping) {
  EXPECT_EQ(faults({.housekeeping = -1s}), Faults{"housekeeping: range"});
  EXPECT_EQ(faults({.housekeeping = 0s}), Faults{});
  EXPECT_EQ(faults({.idle_timeout = 5s}), Faults{"housekeeping: range"});
  EXPECT_EQ(faults({.keepalive = 5s}), Faults{"housekeeping: range"});
  EXPECT_EQ(faults({.leak_threshold = 5s}), Faults{"housekeeping: range"});
  EXPECT_EQ(faults({.keepalive = 5s, .housekeeping = 5s}), Faults{});
  EXPECT_EQ(faults({.idle_timeout = 0s, .max_lifetime = 0s, .housekeeping = 1s}),
            Faults{"housekeeping: effect"});
  EXPECT_EQ(faults({.idle_timeout = 0s, .max_lifetime = 0s}), Faults{})
      << "nobody asked for the default";
  EXPECT_EQ(faults({.min_idle = 1,
                    .idle_timeout = 0s,
                    .max_lifetime = 0s,
                    .housekeeping = 1s}),
            Faults{});
}

TEST(Check, EverythingAtOnceInTheOrderOfTheMembers) {
  EXPECT_EQ(
      faults({.max_size = 0, .min_idle = 1, .lifetime_jitter = 2}),
      (Faults{"max_size: range", "min_idle: range", "lifetime_jitter: range"}));
}

TEST_F(Rig, APoolRefusesBadOptionsAndSaysAllOfThem) {
  try {
    open({.max_size = 0, .max_lifetime = -1s});
    ADD_FAILURE();
  } catch (const pool_tidy::bad_options &error) {
    EXPECT_EQ(error.findings().size(), 2u);
    EXPECT_STREQ(error.what(),
                 "bad resource_options: max_size is zero: nothing could be "
                 "acquired; max_lifetime is negative");
  }
}

struct Plain {
  int create() { return 1; }
};

TEST(Check, ThePoolKnowsItsFactory) {
  const Options options{.keepalive = 1min};
  EXPECT_EQ(Pool::check(options).size(), 0u);
  EXPECT_EQ((pool_tidy::resource_pool<int, Plain>::check(options).size()), 1u);
}

} // namespace

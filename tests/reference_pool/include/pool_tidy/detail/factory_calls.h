//===- factory_calls.h - a factory, asked without surprises -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What a factory lacks is filled in here, and what it throws outside of
// create() is an answer: no.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_DETAIL_FACTORY_CALLS_H
#define POOL_TIDY_DETAIL_FACTORY_CALLS_H

#include "pool_tidy/detail/resource_entry.h"
#include "pool_tidy/resource_factory.h"
#include <memory>
#include <utility>

namespace pool_tidy::detail {

template <class R, class Factory> class factory_calls {
public:
  using entry = resource_entry<R>;
  using duration = resource_clock::duration;

  static constexpr bool validating = validates<Factory, R>;
  static constexpr bool keeping_alive = keeps_alive<Factory, R> || validating;

  explicit factory_calls(Factory factory) : factory_(std::move(factory)) {}

  std::unique_ptr<entry> create(duration budget) {
    return std::make_unique<entry>([&]() -> R {
      if constexpr (creates_in_time<Factory, R>)
        return factory_.create(budget);
      else
        return factory_.create();
    });
  }

  bool validate([[maybe_unused]] R &value,
                [[maybe_unused]] duration budget) noexcept {
    if constexpr (validating)
      return answer([&] { return factory_.validate(value, budget); });
    else
      return true;
  }

  bool keepalive(R &value, duration budget) noexcept {
    if constexpr (keeps_alive<Factory, R>)
      return answer([&] { return factory_.keepalive(value, budget); });
    else
      return validate(value, budget);
  }

  bool recycle([[maybe_unused]] R &value) noexcept {
    if constexpr (recycles<Factory, R>)
      return answer([&] { return factory_.recycle(value); });
    else
      return true;
  }

  void destroy(std::unique_ptr<entry> dead) noexcept {
    if constexpr (destroys<Factory, R>)
      factory_.destroy(dead->value);
  }

private:
  template <class Ask> static bool answer(Ask ask) noexcept {
    try {
      return ask();
    } catch (...) {
      return false;
    }
  }

  Factory factory_;
};

} // namespace pool_tidy::detail

#endif

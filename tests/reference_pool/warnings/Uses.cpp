//===- Uses.cpp - the pools in a program that is strict -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/manual_clock.h"
#include "pool_tidy/object_pool.h"
#include "pool_tidy/resource_pool.h"
#include <string>

struct Connection {
  int number;
};
class Connections {
public:
  Connections() = default;
  Connections(const Connections &) = default;
  Connections &operator=(const Connections &) = default;
  virtual ~Connections() = default;
  Connection create() { return {1}; }
  bool validate(Connection &, std::chrono::nanoseconds) { return true; }
  bool recycle(Connection &) { return true; }
  void destroy(Connection &) noexcept {}
};

template <pool_tidy::checking Check> static void objects() {
  pool_tidy::object_pool<std::string, pool_tidy::reset_or_clear, 16, Check> pool(
      {.max_retained = 10, .min_retained = 2});
  pool.prewarm(2);
  pool.get().put();
  auto text = pool.try_get();
  if (text)
    text.discard();
  pool.trim();
  pool.flush_this_thread();
  pool_tidy::raw::give_back(pool, pool_tidy::raw::acquire(pool));
  static_cast<void>(pool.stats());
}

static void resources() {
  pool_tidy::manual_clock clock;
  pool_tidy::resource_pool<Connection, Connections> pool(
      {}, {.max_size = 2, .housekeeping = std::chrono::seconds(0)}, clock);
  auto lease = pool.acquire();
  lease->number = 2;
  lease.put();
  pool.maintain();
  pool.soft_evict();
  pool.suspend();
  pool.resume();
  static_cast<void>(pool.health());
  pool.close();
}

int main() {
  objects<pool_tidy::checking::none>();
  objects<pool_tidy::checking::header>();
  objects<pool_tidy::checking::full>();
  resources();
}

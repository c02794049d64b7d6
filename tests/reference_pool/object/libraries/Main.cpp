//===- Main.cpp - a program that loads and unloads a plugin ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Pools.h"
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <thread>
#include <vector>

namespace {

void expect(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::exit(1);
}

template <typename F> F *symbol(void *library, const char *name) {
  void *found = dlsym(library, name);
  expect(found, name);
  return reinterpret_cast<F *>(found);
}

void use_here(Pool &pool, int count) {
  std::vector<pool_tidy::lease<Item>> all;
  for (int i = 0; i < count; ++i)
    all.push_back(pool.get());
}

} // namespace

int main(int, char **arguments) {
  // Of one thread that lives on, and has seen pools of an unloaded library.
  Pool own;
  for (int round = 0; round < 3; ++round) {
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    expect(library, "the library loads");
    auto *use = symbol<void(Pool *, int)>(library, "use");
    auto *destroy = symbol<void(Pool *)>(library, "destroy_pool");
    auto *make = symbol<Pool *()>(library, "make_pool");
    auto *table = symbol<void *()>(library, "table");
    expect(table() != &pool_tidy::detail::this_thread, "two tables");
    Pool *theirs = make();
    use_here(*theirs, 40); // leaves an entry in the table of this side
    std::thread([&] {
      // Two shards of one thread for one pool.
      use(theirs, 40);
      use(&own, 40);
      use_here(own, 40);
      use_here(*theirs, 40);
      expect(own.stats().outstanding == 0, "all leases are back");
    }).join();
    expect(theirs->stats().misses <= 80, "the shards share");
    // On a thread that ends, for its end is the plugin's code.
    std::thread([&] { destroy(theirs); }).join();
    expect(dlclose(library) == 0, "the library unloads");
    expect(!dlopen(arguments[1], RTLD_NOW | RTLD_NOLOAD), "it is gone");
    std::vector<Pool> others(3); // finds the entry of a pool that ended
    for (Pool &pool : others)
      use_here(pool, 1);
  }
  use_here(own, 100);
  expect(own.stats().outstanding == 0, "all leases are back");
}

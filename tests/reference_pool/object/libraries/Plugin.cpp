//===- Plugin.cpp - a library with a table of its own ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Pools.h"
#include <vector>

#define EXPORTED extern "C" __attribute__((visibility("default")))

EXPORTED Pool *make_pool() { return new Pool; }
EXPORTED void destroy_pool(Pool *pool) { delete pool; }
EXPORTED void *table() { return &pool_tidy::detail::this_thread; }
EXPORTED void use(Pool *pool, int count) {
  std::vector<pool_tidy::lease<Item>> all;
  for (int i = 0; i < count; ++i)
    all.push_back(pool->get());
}

//===- Pools.h - what program and plugin agree on ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/object_pool.h"

struct Item {
  int value = 0;
};
using Pool = pool_tidy::object_pool<Item, pool_tidy::no_reset, 16,
                                    pool_tidy::checking::none>;

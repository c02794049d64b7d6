//===- clean_pool.h - a pool that resets on put -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The pool resets what comes back, so its users need not.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_CLEAN_POOL_H
#define TESTS_CLEAN_POOL_H

#include "buffer_pool.h"

class CleanPool {
public:
  CleanPool() = default;
  CleanPool(const CleanPool &) = delete;
  CleanPool &operator=(const CleanPool &) = delete;
  ~CleanPool() {
    for (Buffer *b : free_)
      delete b;
  }

  Buffer *acquire() {
    if (free_.empty())
      return new Buffer;
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) {
    b->clear();
    free_.push_back(b);
  }

private:
  std::vector<Buffer *> free_;
};

#endif

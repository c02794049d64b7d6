//===- resetting_pool.h - a pool of any type that has a reset ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The pool calls reset() when an object comes back.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_RESETTING_POOL_H
#define TESTS_RESETTING_POOL_H

#include <vector>

template <typename T> class ResettingPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    t->reset();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};

#endif

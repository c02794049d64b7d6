//===- conn_pool.h - a pool that may have none ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TESTS_CONN_POOL_H
#define TESTS_CONN_POOL_H

#include <vector>

struct Conn {
  int fd;
  int exec() noexcept;
};

/// Null when all are out: its body says so.
class ConnPool {
public:
  Conn *acquire() {
    if (idle_.empty())
      return nullptr;
    Conn *c = idle_.back();
    idle_.pop_back();
    return c;
  }
  void release(Conn *c) { idle_.push_back(c); }

private:
  std::vector<Conn *> idle_;
};

#endif

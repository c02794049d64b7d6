//===- scratch_pool.h - pools that are easily built -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TESTS_SCRATCH_POOL_H
#define TESTS_SCRATCH_POOL_H

#include "buffer_pool.h"

/// Its constructor is elsewhere; with a handle.
class ScratchPool {
public:
  explicit ScratchPool(int limit);

  class Lease {
  public:
    explicit Lease(ScratchPool &pool) : pool_(pool), buffer_(pool.acquire()) {}
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;
    ~Lease() { pool_.release(buffer_); }
    Buffer *operator->() const { return buffer_; }

  private:
    ScratchPool &pool_;
    Buffer *buffer_;
  };

  Buffer *acquire();
  void release(Buffer *b);
  void prewarm(int n);
  void set_limit(int n);
  int idle() const;
};

/// One that makes itself known to whoever wants buffers.
class CurrentPool;
extern CurrentPool *current_pool;
class CurrentPool {
public:
  CurrentPool() { current_pool = this; }
  Buffer *acquire();
  void release(Buffer *b);
};

#endif

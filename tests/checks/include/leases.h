//===- leases.h - owners that put back in their destructors -----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The RAII owners that projects write around a raw acquire/put pair.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_LEASES_H
#define TESTS_LEASES_H

#include "buffer_pool.h"
#include "clean_pool.h"
#include <memory>
#include <utility>

/// Puts back as it is.
struct PutBuffer {
  BufferPool *pool = nullptr;
  void operator()(Buffer *b) const { pool->release(b); }
};
using BufferPtr = std::unique_ptr<Buffer, PutBuffer>;

/// Clears, then puts back.
struct ClearAndPut {
  BufferPool *pool = nullptr;
  void operator()(Buffer *b) const {
    b->clear();
    pool->release(b);
  }
};
using CleanBufferPtr = std::unique_ptr<Buffer, ClearAndPut>;

inline BufferPtr make_buffer(BufferPool &pool) {
  return BufferPtr(pool.acquire(), PutBuffer{&pool});
}
inline CleanBufferPtr make_clean_buffer(BufferPool &pool) {
  return CleanBufferPtr(pool.acquire(), ClearAndPut{&pool});
}

/// A guard that acquires in its constructor and can only be moved.
class BufferLease {
public:
  explicit BufferLease(BufferPool &pool)
      : pool_(&pool), buffer_(pool.acquire()) {}
  BufferLease(BufferLease &&other) noexcept
      : pool_(other.pool_), buffer_(std::exchange(other.buffer_, nullptr)) {}
  BufferLease(const BufferLease &) = delete;
  BufferLease &operator=(const BufferLease &) = delete;
  BufferLease &operator=(BufferLease &&) = delete;
  ~BufferLease() {
    if (buffer_)
      pool_->release(buffer_);
  }

  Buffer *operator->() const { return buffer_; }
  Buffer &operator*() const { return *buffer_; }
  Buffer *get() const { return buffer_; }
  Buffer *release() { return std::exchange(buffer_, nullptr); }

private:
  BufferPool *pool_;
  Buffer *buffer_;
};

/// A guard around a buffer that is already there: clears and puts at the end.
class PutAtEnd {
public:
  PutAtEnd(BufferPool &pool, Buffer *b) : pool_(pool), buffer_(b) {}
  PutAtEnd(const PutAtEnd &) = delete;
  PutAtEnd &operator=(const PutAtEnd &) = delete;
  ~PutAtEnd() {
    buffer_->clear();
    pool_.release(buffer_);
  }

private:
  BufferPool &pool_;
  Buffer *buffer_;
};

#endif

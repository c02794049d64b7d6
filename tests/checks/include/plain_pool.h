//===- plain_pool.h - pools that can be copied ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Pools whose authors did not think of copies: by-value stores that a copy
// duplicates, and ones that copies share, that cannot be copied or that begin
// empty.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_PLAIN_POOL_H
#define TESTS_PLAIN_POOL_H

#include "buffer_pool.h"
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

/// Pointers in a vector; moves as the compiler makes them.
class PlainPool {
public:
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
  void prewarm(int n) {
    while (n-- > 0)
      free_.push_back(new Buffer);
  }
  std::size_t size() const { return free_.size(); }

private:
  std::vector<Buffer *> free_;
};

/// The objects themselves in an array.
class SlotPool {
public:
  Buffer *acquire() { return used_ < slots_.size() ? &slots_[used_++] : nullptr; }
  void release(Buffer *b);

private:
  std::array<Buffer, 8> slots_;
  std::size_t used_ = 0;
};

/// A list through the objects; the destructor keeps the compiler from making a
/// move.
class ListPool {
public:
  ListPool() = default;
  ~ListPool();
  Buffer *acquire() {
    if (!head_)
      return new Buffer;
    Buffer *b = head_;
    head_ = b->next;
    return b;
  }
  void release(Buffer *b) {
    b->next = head_;
    head_ = b;
  }

private:
  Buffer *head_ = nullptr;
};

/// Bodies elsewhere: only the members speak.
class FarPool {
public:
  Buffer *acquire();
  void release(Buffer *b);

private:
  std::deque<std::shared_ptr<Buffer>> free_;
  std::vector<int> sizes_;
};

/// A store within a base.
class NamedPool : public PlainPool {
public:
  std::string name;
};

template <typename T> class TypedPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) { free_.push_back(t); }

private:
  std::vector<T *> free_;
};

// --- fine to copy

/// Copies share one store.
class SharedPool {
public:
  SharedPool() : core_(std::make_shared<Core>()) {}
  Buffer *acquire() {
    if (core_->free.empty())
      return new Buffer;
    Buffer *b = core_->free.back();
    core_->free.pop_back();
    return b;
  }
  void release(Buffer *b) { core_->free.push_back(b); }

private:
  struct Core {
    std::vector<Buffer *> free;
  };
  std::shared_ptr<Core> core_;
  std::vector<int> sizes_;
};

/// A view of somebody's pool.
class BorrowedPool {
public:
  explicit BorrowedPool(PlainPool &pool) : pool_(&pool) {}
  Buffer *acquire() { return pool_->acquire(); }
  void release(Buffer *b) { pool_->release(b); }

private:
  PlainPool *pool_;
};

/// A copy begins empty, as that of an allocator.
class FreshPool {
public:
  FreshPool() = default;
  FreshPool(const FreshPool &other) : limit_(other.limit_) {}
  FreshPool &operator=(const FreshPool &) { return *this; }
  Buffer *acquire() {
    if (free_.empty())
      return new Buffer;
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) {
    if (free_.size() < limit_)
      free_.push_back(b);
  }

private:
  std::size_t limit_ = 64;
  std::vector<Buffer *> free_;
};

/// Its author wrote the copy, and it takes the pointers over.
class WrittenPool {
public:
  WrittenPool() = default;
  WrittenPool(const WrittenPool &other) : free_(other.free_) {}
  Buffer *acquire() {
    if (free_.empty())
      return new Buffer;
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
};

#endif

//===- buffer_pool.h - a pool whose users reset -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A hand-made pool as found in many projects: a free list, nothing reset by the
// pool, acquire never null. What the heuristics must take for a pool, surely.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_BUFFER_POOL_H
#define TESTS_BUFFER_POOL_H

#include <cstddef>
#include <string>
#include <vector>

struct Buffer {
  std::string text;
  std::vector<int> marks;
  std::size_t len = 0;
  Buffer *next = nullptr;

  void append(const char *s) {
    text += s;
    len = text.size();
  }
  std::size_t size() const { return text.size(); }
  bool empty() const { return text.empty(); }
  void clear() {
    text.clear();
    marks.clear();
    len = 0;
    next = nullptr;
  }
};

class BufferPool {
public:
  BufferPool() = default;
  BufferPool(const BufferPool &) = delete;
  BufferPool &operator=(const BufferPool &) = delete;
  ~BufferPool() {
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
  void release(Buffer *b) { free_.push_back(b); }

private:
  std::vector<Buffer *> free_;
};

// Unknown code that only looks, and unknown code that has nothing to do with
// any lease.
void consume(const Buffer &b);
void log_line(const std::string &line);
bool ready();
void work();

#endif

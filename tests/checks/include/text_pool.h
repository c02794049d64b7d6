//===- text_pool.h - pools of things that grow ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Texts and packets that keep their storage when they are cleared, pools that
// take everything back, and pools that look at what comes back.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_TEXT_POOL_H
#define TESTS_TEXT_POOL_H

#include <cstddef>
#include <cstdint>
#include <istream>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Text {
  std::string body;
  std::vector<int> marks;
  int kind = 0;

  void clear() {
    body.clear();
    marks.clear();
    kind = 0;
  }
  void append(std::string_view more) { body.append(more); }
  std::size_t capacity() const { return body.capacity(); }
  std::size_t size() const { return body.size(); }
};

/// Gives back what is large.
struct TrimmedText {
  std::string body;
  void clear() {
    body.clear();
    if (body.capacity() > 4096)
      body.shrink_to_fit();
  }
};

/// Takes everything back as it is.
template <typename T> class FreeList {
public:
  FreeList() = default;
  FreeList(const FreeList &) = delete;
  FreeList &operator=(const FreeList &) = delete;
  ~FreeList() {
    for (T *t : free_)
      delete t;
  }
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

class TextPool {
public:
  Text *acquire() {
    if (free_.empty())
      return new Text;
    Text *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(Text *t) { free_.push_back(t); }

private:
  std::vector<Text *> free_;
};

class TrimmedPool {
public:
  TrimmedText *acquire() {
    if (free_.empty())
      return new TrimmedText;
    TrimmedText *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(TrimmedText *t) { free_.push_back(t); }

private:
  std::vector<TrimmedText *> free_;
};

/// Keeps nothing large.
class CarefulPool {
public:
  Text *acquire() {
    if (free_.empty())
      return new Text;
    Text *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(Text *t) {
    if (t->capacity() > 64 * 1024) {
      delete t;
      return;
    }
    t->clear();
    free_.push_back(t);
  }

private:
  std::vector<Text *> free_;
};

/// Shrinks what comes back.
class ShrinkingPool {
public:
  Text *acquire() {
    if (free_.empty())
      return new Text;
    Text *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(Text *t) {
    t->clear();
    t->body.shrink_to_fit();
    free_.push_back(t);
  }

private:
  std::vector<Text *> free_;
};

/// Keeps so many and no more.
class BoundedPool {
public:
  Text *acquire() {
    if (free_.empty())
      return new Text;
    Text *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(Text *t) {
    if (free_.size() >= limit_) {
      delete t;
      return;
    }
    free_.push_back(t);
  }
  std::size_t size() const { return free_.size(); }

private:
  std::size_t limit_ = 64;
  std::vector<Text *> free_;
};

struct PutText {
  TextPool *pool;
  void operator()(Text *t) const {
    t->clear();
    pool->release(t);
  }
};
using TextPtr = std::unique_ptr<Text, PutText>;
inline TextPtr make_text(TextPool &pool) {
  return TextPtr(pool.acquire(), PutText{&pool});
}

// Code in other files.
void send(const Text &t);
bool next_line(std::string &line);
std::vector<std::string> split(std::string_view text);
bool running();

#endif

//===- enders.h - what only the bodies of a header tell ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Overriders, lambdas, templates and helpers' helpers around a pool. Nothing of
// it is called from here.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_ENDERS_H
#define TESTS_ENDERS_H

#include "buffer_pool.h"

namespace enders {

struct Ender {
  virtual ~Ender() = default;
  virtual void end(BufferPool &pool, Buffer *b) = 0;
};

namespace detail {
inline void really_end(BufferPool &pool, Buffer *b) { pool.release(b); }

struct Plain : Ender {
  void end(BufferPool &pool, Buffer *b) override { really_end(pool, b); }
};
} // namespace detail

template <class Style> struct Styled : Ender {
  void end(BufferPool &pool, Buffer *b) override {
    Style::before(*b);
    pool.release(b);
  }
};
struct Clearing {
  static void before(Buffer &b) { b.clear(); }
};
inline Styled<Clearing> *clearing() {
  static Styled<Clearing> one;
  return &one;
}

struct Looker {
  virtual ~Looker() = default;
  virtual void look(Buffer *b) = 0;
};
struct Counter : Looker {
  void look(Buffer *b) override { seen += b->size(); }
  std::size_t seen = 0;
};

template <class Pool, class Object> void put_in(Pool &pool, Object *o) {
  auto put = [&pool](Object *each) { pool.release(each); };
  put(o);
}

/// Owns a lease through a member whose destructor puts.
class Held {
public:
  Held(BufferPool &pool, Buffer *b) : inner_(pool, b) {}

private:
  struct Inner {
    Inner(BufferPool &pool, Buffer *b) : pool(pool), b(b) {}
    Inner(const Inner &) = delete;
    Inner &operator=(const Inner &) = delete;
    ~Inner() { detail::really_end(pool, b); }
    BufferPool &pool;
    Buffer *b;
  };
  Inner inner_;
};

} // namespace enders

#endif

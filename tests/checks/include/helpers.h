//===- helpers.h - wrappers around the pool's calls -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Helpers as they grow around a pool: they acquire, put, reset and fill for
// their callers, some over several levels, some only when they say so.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_HELPERS_H
#define TESTS_HELPERS_H

#include "buffer_pool.h"
#include "packet_pool.h"
#include <stdexcept>

inline Buffer *take_buffer(BufferPool &pool) { return pool.acquire(); }
inline Buffer *take_prepared(BufferPool &pool) {
  Buffer *b = take_buffer(pool);
  return b;
}

inline void give_back(BufferPool &pool, Buffer *b) { pool.release(b); }
inline void give_back_twice_removed(BufferPool &pool, Buffer *b) {
  give_back(pool, b);
}
inline void clear_and_give_back(BufferPool &pool, Buffer *b) {
  b->clear();
  pool.release(b);
}

inline void fill(Buffer &b, const char *s) { b.append(s); }
inline void wipe_buffer(Buffer &b) { b.clear(); }
inline void wipe_deep(Buffer &b) { wipe_buffer(b); }
inline void forget_text(Buffer &b) { b.text.clear(); }
inline std::size_t measure(const Buffer *b) { return b->size() + b->len; }

/// Puts `b` back and answers true, or leaves it to the caller.
inline bool put_if_small(BufferPool &pool, Buffer *b, std::size_t n) {
  if (n > 4096)
    return false;
  b->clear();
  pool.release(b);
  return true;
}

/// Puts `b` back only when told to.
inline void finish(BufferPool &pool, Buffer *b, bool put) {
  b->clear();
  if (put)
    pool.release(b);
}

inline void check_limit(std::size_t n) {
  if (n > 4096)
    throw std::length_error("too long");
}
inline void check_name(const std::string &name) { check_limit(name.size()); }

[[noreturn]] void die(const char *why);
inline void fail_hard(const char *why) { die(why); }

#endif

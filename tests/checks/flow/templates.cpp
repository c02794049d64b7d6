// RUN: %check %s
// Only instantiations are looked at, and each line is reported once.

#include "clean_pool.h"

template <class Pool> void bad_generic_twice(Pool &pool) {
  auto *b = pool.acquire();
  pool.release(b); // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

template <class Pool> void bad_generic_leak(Pool &pool, bool stop) {
  auto *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(b);
}

template <class Pool> void good_generic(Pool &pool) {
  auto *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

// Never instantiated: nothing is known of Pool.
template <class Pool> void good_not_instantiated(Pool &pool) {
  auto *b = pool.acquire();
  pool.release(b);
  pool.release(b);
}

template <bool Clear> void good_if_constexpr(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if constexpr (Clear)
    b->append("x");
  if constexpr (Clear)
    b->clear();
  pool.release(b);
}

template <class F> void with_buffer(BufferPool &pool, F f) {
  Buffer *b = pool.acquire();
  f(*b);
  b->clear();
  pool.release(b);
}

template <class... Args> void good_fold(BufferPool &pool, const Args &...args) {
  Buffer *b = pool.acquire();
  (b->append(args), ...);
  b->clear();
  pool.release(b);
}

void instantiate(BufferPool &a, CleanPool &b) {
  bad_generic_twice(a);
  bad_generic_twice(b);
  bad_generic_leak(a, false);
  bad_generic_leak(b, true);
  good_generic(a);
  good_generic(b);
  good_if_constexpr<true>(a);
  good_if_constexpr<false>(a);
  with_buffer(a, [](Buffer &buffer) { buffer.append("x"); });
  good_fold(a, "x", "y");
}

// RUN: %check %s
// Code that the preprocessor, a cast to void or a static check leaves out.

#include "buffer_pool.h"
#include <cassert>
#include <type_traits>

void good_discarded_on_purpose_is_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  (void)b->size();
  pool.release(b);
}

void good_name_only(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  using T = std::remove_pointer_t<decltype(b)>;
  static_assert(sizeof(*b) == sizeof(T));
  (void)b;
}

void good_asserted_value(BufferPool &pool, Buffer *expected) {
  Buffer *b = pool.acquire();
  pool.release(b);
  assert(b != expected);
  (void)expected;
}

void good_address_of_name(BufferPool &pool, Buffer **&out) {
  static Buffer *b = nullptr;
  b = pool.acquire();
  out = &b;
}

#if 0
void not_compiled(BufferPool &pool) {
  pool.acquire();
}
#endif

// --- code that stays

std::size_t bad_void_before_use(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  (void)b;
  return b->size(); // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_asserted_content(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  assert(b->empty()); // expect: pool-use-after-put "'b' is used after it was put back"
}

#if 1
void bad_compiled(BufferPool &pool) {
  pool.acquire(); // expect: pool-resource-leak "the result of 'acquire' is discarded"
}
#endif

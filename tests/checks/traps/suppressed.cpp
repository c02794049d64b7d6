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

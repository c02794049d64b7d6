// RUN: %check %s --checks=pool-double-put
// The other checks are off: what only they would say is not said.

#include "buffer_pool.h"

void bad_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void good_as_far_as_this_check_goes(BufferPool &pool, bool stop) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (stop)
    return;
  pool.release(b);
  b->clear();
}

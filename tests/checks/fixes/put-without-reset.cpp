// RUN: %check %s --checks=pool-put-without-reset --fix
// What the fix inserts before a put, and where there is none.

#include "buffer_pool.h"
#include "leases.h"
#include <string>

void in_a_block(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
}

void alone_in_a_branch(BufferPool &pool, bool now) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (now)
    pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
  else
    pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
}

void in_a_case(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  b->append("x");
  switch (n) {
  case 1:
    pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
    break;
  default: {
    log_line("other");
    pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
  }
  }
}

void by_reference(BufferPool &pool) {
  Buffer &b = *pool.acquire();
  b.append("x");
  pool.release(&b); // expect: put-without-reset "'b' is put back without a reset"
}

class ValuePool {
public:
  Buffer *acquire();
  void release(Buffer &b);
};
void into_a_reference(ValuePool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  pool.release(*b); // expect: put-without-reset "'b' is put back without a reset"
}

struct Session {
  Buffer *in = nullptr;
  void end(BufferPool &pool) {
    in->append("x");
    pool.release(in); // expect: put-without-reset "'in' is put back without a reset"
    in = nullptr;
  }
};

// --- no fix

void by_a_pointer_to_it(BufferPool &pool, Buffer **slot) {
  *slot = pool.acquire();
  (*slot)->append("x");
  pool.release(*slot); // expect: put-without-reset "is put back without a reset"
}

#define GIVE(pool, b) (pool).release(b)
void in_a_macro(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  GIVE(pool, b); // expect: put-without-reset "'b' is put back without a reset"
}

void in_an_expression(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  b->append("x");
  n > 3 ? pool.release(b) : pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
  // expect@-1: put-without-reset "'b' is put back without a reset"
}

void by_a_handle(BufferPool &pool) {
  BufferPtr b = make_buffer(pool); // expect: put-without-reset "'b' is put back without a reset"
  b->append("x");
}

struct TwoWays {
  std::string text;
  void clear();
  void reset();
};
class TwoWaysPool {
public:
  TwoWays *acquire();
  void release(TwoWays *t);
};
void which_reset(TwoWaysPool &pool) {
  TwoWays *t = pool.acquire();
  t->text = "x";
  pool.release(t); // expect: put-without-reset "'t' is put back without a reset"
}

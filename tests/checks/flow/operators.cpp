// RUN: %check %s
// Paths inside expressions and in the initialisers of statements.

#include "helpers.h"

void good_conditional_acquire(BufferPool &a, BufferPool &b, bool first) {
  Buffer *buffer = first ? a.acquire() : b.acquire();
  consume(*buffer);
  if (first)
    a.release(buffer);
  else
    b.release(buffer);
}

void good_conditional_pool(BufferPool &a, BufferPool &b, bool first) {
  BufferPool &pool = first ? a : b;
  Buffer *buffer = pool.acquire();
  consume(*buffer);
  pool.release(buffer);
}

void bad_conditional_put(BufferPool &pool, bool keep) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  keep ? work() : pool.release(b);
}

void good_conditional_reset(BufferPool &pool, bool fast) {
  Buffer *b = pool.acquire();
  b->append("x");
  fast ? b->clear() : wipe_buffer(*b);
  pool.release(b);
}

void bad_and_skips_reset(BufferPool &pool, bool used) {
  Buffer *b = pool.acquire();
  b->append("x"); // note: "changed here"
  (void)(used && (b->clear(), true));
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

bool good_and_uses_before_put(PacketPool &pool) {
  Packet *p = pool.get();
  const bool big = p && p->len > 100;
  if (p)
    pool.put(p);
  return big;
}

bool bad_or_uses_after_put(BufferPool &pool, bool known) {
  Buffer *b = pool.acquire();
  pool.release(b);              // note: "put back here"
  return known || b->len > 100; // expect: pool-use-after-put "'b' is used after it was put back"
}

void good_comma(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  b->clear(), pool.release(b);
}

void bad_comma(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b), consume(*b); // expect: pool-use-after-put "'b' is used after it was put back"
}

void good_if_initialiser(PacketPool &pool) {
  if (Packet *p = pool.get(); p && link_up()) {
    send(*p);
    pool.put(p);
  } else if (p) {
    pool.put(p);
  }
}

void bad_if_initialiser(PacketPool &pool) {
  if (Packet *p = pool.get(); p && link_up()) { // expect: pool-resource-leak "'p' is not put back on some path"
    send(*p);
    pool.put(p);
  }
}

void good_switch_initialiser(BufferPool &pool, int k) {
  switch (Buffer *b = pool.acquire(); k) {
  case 1:
    consume(*b);
    pool.release(b);
    break;
  default:
    pool.release(b);
  }
}

int good_read_before_put_in_one_expression(BufferPool &pool) {
  Buffer *b = pool.acquire();
  int n = static_cast<int>(b->len);
  return pool.release(b), n;
}

void good_assigned_in_condition(PacketPool &pool) {
  Packet *p;
  if ((p = pool.get())) {
    send(*p);
    pool.put(p);
  }
}

void bad_acquire_in_condition_only(PacketPool &pool) {
  if (pool.get()) // expect: pool-resource-leak "put back"
    work();
}

void good_nested_calls(BufferPool &pool) { pool.release(pool.acquire()); }

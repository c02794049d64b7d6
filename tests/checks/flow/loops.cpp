// RUN: %check %s
// Leases around, inside and across loops.

#include "buffer_pool.h"
#include "packet_pool.h"

bool fetch(const Buffer &b);
int next_kind();

void good_retry_with_one_lease(BufferPool &pool) {
  Buffer *b = pool.acquire();
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (fetch(*b))
      break;
  }
  pool.release(b);
}

void good_retry_label(PacketPool &pool) {
  Packet *p;
try_again:
  p = pool.get();
  if (!p) {
    if (link_up())
      goto try_again;
    return;
  }
  send(*p);
  pool.put(p);
}

void good_retry_with_a_new_lease(BufferPool &pool) {
  for (;;) {
    Buffer *b = pool.acquire();
    const bool ok = ready();
    pool.release(b);
    if (ok)
      break;
  }
}

void bad_retry_keeps_the_old(BufferPool &pool) {
  Buffer *b = nullptr;
  do {
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
    work();
  } while (!ready());
  pool.release(b);
}

void good_wait_until_there_is_one(PacketPool &pool) {
  Packet *p = nullptr;
  while ((p = pool.get()) == nullptr)
    work();
  send(*p);
  pool.put(p);
}

void good_drain(PacketPool &pool) {
  while (Packet *p = pool.get()) {
    send(*p);
    pool.put(p);
  }
}

void bad_drain_stops_early(PacketPool &pool) {
  while (Packet *p = pool.get()) { // expect: pool-resource-leak "'p' is not put back on some path"
    if (!link_up())
      break;
    pool.put(p);
  }
}

void bad_continue_between(PacketPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Packet *p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
    if (!p)
      break;
    if (next_kind() == 0)
      continue;
    send(*p);
    pool.put(p);
  }
}

void good_continue_after_put(PacketPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Packet *p = pool.get();
    if (!p)
      continue;
    if (next_kind() == 0) {
      pool.put(p);
      continue;
    }
    send(*p);
    pool.put(p);
  }
}

void good_lazy_lease(BufferPool &pool, int n) {
  Buffer *b = nullptr;
  for (int i = 0; i < n; ++i) {
    if (!b)
      b = pool.acquire();
    consume(*b);
  }
  if (b)
    pool.release(b);
}

void bad_reset_only_every_other(BufferPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire();
    b->append("x");
    if (i % 2 == 0)
      b->clear();
    pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
  }
}

void good_changed_and_reset_in_turns(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  for (int i = 0; i < n; ++i) {
    b->append("x");
    consume(*b);
    b->clear();
  }
  pool.release(b);
}

void bad_reset_before_the_loop(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  b->clear();
  for (int i = 0; i < n; ++i)
    b->append("x"); // note: "changed here"
  pool.release(b);  // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_swap_roles(BufferPool &pool, int n) {
  Buffer *now = pool.acquire();
  Buffer *then = pool.acquire();
  for (int i = 0; i < n; ++i) {
    consume(*now);
    Buffer *t = now;
    now = then;
    then = t;
  }
  pool.release(now);
  pool.release(then);
}

void good_put_and_take_in_turn(BufferPool &pool) {
  Buffer *b = pool.acquire();
  while (ready()) {
    consume(*b);
    pool.release(b);
    b = pool.acquire();
  }
  pool.release(b);
}

void bad_put_at_the_end_of_each_round(BufferPool &pool) {
  Buffer *b = pool.acquire();
  do {
    consume(*b);     // expect: pool-use-after-put "'b' is used after it was put back"
    pool.release(b); // note: "put back here"
  } while (ready());
}

// ---- the count of a loop tells its rounds

void good_acquired_in_the_first(BufferPool &pool, int n) {
  Buffer *b = nullptr;
  for (int i = 0; i < n; ++i) {
    if (i == 0)
      b = pool.acquire();
    consume(*b);
  }
  if (b)
    pool.release(b);
}

void good_first_and_last(BufferPool &pool) {
  Buffer *b = nullptr;
  for (int i = 0; i < 3; i++) {
    if (i == 0)
      b = pool.acquire();
    consume(*b);
    if (i == 2)
      pool.release(b);
  }
}

void good_down(BufferPool &pool) {
  Buffer *b = pool.acquire();
  for (int i = 2; i >= 0; --i) {
    consume(*b);
    if (i == 0)
      pool.release(b);
  }
}

void bad_second_of_three(BufferPool &pool) {
  Buffer *b = pool.acquire();
  for (int i = 0; i < 3; ++i) {
    consume(*b); // expect: pool-use-after-put "'b' is used after it was put back"
    if (i == 1)
      pool.release(b);
  }
}

void bad_never_so_many(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  for (int i = 0; i < 3; ++i) {
    consume(*b);
    if (i == 3)
      pool.release(b);
  }
}

// --- a number that is asked for before it is stepped

void good_all_by_a_countdown(BufferPool &pool) {
  Buffer *all[2] = {pool.acquire(), pool.acquire()};
  for (unsigned k = 2; k-- > 0;) {
    all[k]->clear();
    pool.release(all[k]);
  }
}

void good_all_while_there_are_some(BufferPool &pool) {
  Buffer *all[2] = {pool.acquire(), pool.acquire()};
  int k = 2;
  while (k--) {
    all[k]->clear();
    pool.release(all[k]);
  }
}

void good_in_the_first_round(BufferPool &pool) {
  Buffer *b = pool.acquire();
  int rounds = 0;
  while (rounds++ < 1) {
    b->clear();
    pool.release(b);
  }
}

void bad_in_no_round(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  int rounds = 1;
  while (rounds++ < 1) {
    b->clear();
    pool.release(b);
  }
}

// RUN: %check %s
// Clean-up labels and switches.

#include "buffer_pool.h"

enum class Kind { None, Small, Large, Broken };
Kind kind();

int good_cleanup_label(BufferPool &pool) {
  int rc = -1;
  Buffer *b = pool.acquire();
  if (!ready())
    goto done;
  if (kind() == Kind::Broken)
    goto done;
  rc = 0;
done:
  b->clear();
  pool.release(b);
  return rc;
}

int bad_jump_over_put(BufferPool &pool, int limit) {
  int rc = -1;
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (limit < 0)
    goto done;
  rc = 0;
  pool.release(b);
done:
  return rc;
}

int bad_jump_to_second_put(BufferPool &pool, int limit) {
  Buffer *b = pool.acquire();
  if (limit < 0) {
    pool.release(b); // note: "first put back here"
    goto done;
  }
  work();
done:
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
  return limit;
}

int bad_jump_over_reset(BufferPool &pool, int limit) {
  Buffer *b = pool.acquire();
  b->append("x"); // note: "changed here"
  if (limit < 0)
    goto put;
  b->clear();
put:
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
  return limit;
}

int good_null_at_label(BufferPool &pool, int limit) {
  int rc = -1;
  Buffer *in = nullptr, *out = nullptr;
  if (limit < 0)
    goto done;
  in = pool.acquire();
  if (limit == 0)
    goto done;
  out = pool.acquire();
  rc = 0;
done:
  if (out)
    pool.release(out);
  if (in)
    pool.release(in);
  return rc;
}

void good_every_case_puts(BufferPool &pool, Kind k) {
  Buffer *b = pool.acquire();
  switch (k) {
  case Kind::None:
    pool.release(b);
    break;
  case Kind::Small:
  case Kind::Large:
    consume(*b);
    pool.release(b);
    break;
  case Kind::Broken:
    pool.release(b);
    return;
  }
}

void good_default_puts(BufferPool &pool, int k) {
  Buffer *b = pool.acquire();
  switch (k) {
  case 1:
    consume(*b);
    [[fallthrough]];
  default:
    pool.release(b);
  }
}

void bad_case_forgets(BufferPool &pool, int k) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  switch (k) {
  case 1:
    pool.release(b);
    break;
  case 2:
    work();
    break;
  default:
    pool.release(b);
    break;
  }
}

void bad_falls_through(BufferPool &pool, int k) {
  Buffer *b = pool.acquire();
  switch (k) {
  case 1:
    log_line("one");
    pool.release(b); // note: "first put back here"
    [[fallthrough]];
  default:
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  }
}

int bad_return_in_case(BufferPool &pool, int k) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  switch (k) {
  case 1:
    return 1; // note: "returns here without putting it back"
  case 2:
    work();
    break;
  default:
    break;
  }
  pool.release(b);
  return 0;
}

void good_same_switch_twice(BufferPool &pool, int k) {
  Buffer *b = pool.acquire();
  if (k == 2)
    b->append("x");
  switch (k) {
  case 2:
    b->clear();
    break;
  default:
    break;
  }
  pool.release(b);
}

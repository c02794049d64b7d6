// RUN: %check %s
// The same condition twice: the paths that mix its two values do not exist.

#include "buffer_pool.h"

void good_flag(BufferPool &pool, bool used) {
  Buffer *b = pool.acquire();
  if (used)
    b->append("x");
  work();
  if (used)
    b->clear();
  pool.release(b);
}

void good_optional_lease(BufferPool &pool, bool wanted) {
  Buffer *b = nullptr;
  if (wanted)
    b = pool.acquire();
  work();
  if (wanted)
    pool.release(b);
}

void good_optional_lease_by_pointer(BufferPool &pool, bool wanted) {
  Buffer *b = wanted ? pool.acquire() : nullptr;
  work();
  if (b)
    pool.release(b);
}

void good_five_optional_leases(BufferPool &pool, bool a, bool b, bool c, bool d, bool e) {
  Buffer *ba = a ? pool.acquire() : nullptr;
  Buffer *bb = b ? pool.acquire() : nullptr;
  Buffer *bc = c ? pool.acquire() : nullptr;
  Buffer *bd = d ? pool.acquire() : nullptr;
  Buffer *be = e ? pool.acquire() : nullptr;
  work();
  if (be)
    pool.release(be);
  if (bd)
    pool.release(bd);
  if (bc)
    pool.release(bc);
  if (bb)
    pool.release(bb);
  if (ba)
    pool.release(ba);
}

void bad_other_flag(BufferPool &pool, bool wanted, bool done) {
  Buffer *b = nullptr;
  if (wanted)
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  work();
  if (wanted && done)
    pool.release(b);
}

void bad_flag_changed_between(BufferPool &pool, bool used) {
  Buffer *b = pool.acquire();
  if (used)
    b->append("x"); // note: "changed here"
  used = ready();
  if (used)
    b->clear();
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_inverted_flag(BufferPool &pool, bool skip) {
  Buffer *b = pool.acquire();
  const bool use = !skip;
  if (use)
    b->append("x");
  if (!skip)
    b->clear();
  pool.release(b);
}

void good_flag_set_on_the_way(BufferPool &pool, int kind) {
  Buffer *b = pool.acquire();
  bool dirty = false;
  if (kind == 3) {
    b->append("x");
    dirty = true;
  }
  if (dirty)
    b->clear();
  pool.release(b);
}

void bad_flag_forgotten_on_one_way(BufferPool &pool, int kind) {
  Buffer *b = pool.acquire();
  bool dirty = false;
  if (kind == 3) {
    b->append("x");
    dirty = true;
  } else if (kind == 4) {
    b->append("y"); // note: "changed here"
  }
  if (dirty)
    b->clear();
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_number_compared_twice(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  if (n > 10)
    pool.release(b);
  work();
  if (n <= 10)
    pool.release(b);
}

void bad_number_compared_otherwise(BufferPool &pool, int n, int m) {
  Buffer *b = pool.acquire();
  if (n > 10)
    pool.release(b); // note: "first put back here"
  work();
  if (m <= 10)
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  else if (n <= 10)
    pool.release(b);
}

void good_error_flag_at_the_end(BufferPool &pool, bool a, bool c) {
  bool ok = true;
  Buffer *b = pool.acquire();
  if (a)
    ok = false;
  if (ok && c)
    ok = false;
  pool.release(b);
  if (!ok)
    log_line("failed");
}

// --- is it the one that is here anyway?

void good_not_the_local_one(BufferPool &pool, bool large) {
  Buffer local;
  Buffer *b = &local;
  if (large)
    b = pool.acquire();
  work();
  if (b != &local)
    pool.release(b);
}

char good_not_the_stack(std::size_t size) {
  char stack[64];
  char *bytes = stack;
  if (size > sizeof stack)
    bytes = new char[size];
  bytes[0] = 'x';
  char first = bytes[0];
  if (bytes != stack)
    delete[] bytes;
  return first;
}

void bad_only_the_local_one(BufferPool &pool, bool large) {
  Buffer local;
  Buffer *b = &local;
  if (large)
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  work();
  if (b == &local)
    return;
  if (ready())
    return;
  pool.release(b);
}

struct Options {
  bool has(const char *name) const;
  void set(const char *name);
};

void good_const_member_with_arguments(BufferPool &pool, const Options &options) {
  Buffer *b = nullptr;
  if (options.has("tls"))
    b = pool.acquire();
  if (!options.has("tls"))
    return;
  b->clear();
  pool.release(b);
}

void bad_other_arguments(BufferPool &pool, const Options &options) {
  Buffer *b = nullptr;
  if (options.has("tls"))
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (options.has("log"))
    pool.release(b);
}

void bad_changed_between(BufferPool &pool, Options options) {
  Buffer *b = nullptr;
  if (options.has("tls"))
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  options.set("tls");
  if (options.has("tls"))
    pool.release(b);
}

void good_order(BufferPool &pool, int n, int m) {
  Buffer *b = nullptr;
  if (n < m)
    b = pool.acquire();
  if (m <= n || n == m)
    return;
  pool.release(b);
}

// ---- two numbers of which each is known

void good_no_round(BufferPool &pool, bool wanted) {
  int n = 0;
  Buffer *b = nullptr;
  if (wanted) {
    b = pool.acquire();
    n = 1;
  }
  for (int i = 0; i < n; ++i)
    pool.release(b);
}

void good_compared_the_other_way(BufferPool &pool, bool wanted) {
  int n = 0, none = 0;
  Buffer *b = nullptr;
  if (wanted) {
    b = pool.acquire();
    n = 1;
  }
  if (none < n)
    pool.release(b);
}

void bad_only_for_two(BufferPool &pool, bool wanted) {
  int n = 0, one = 1;
  Buffer *b = nullptr;
  if (wanted) {
    b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
    n = 1;
  }
  if (one < n)
    pool.release(b);
}

// What was known of a member is so no more where a callee has assigned it.
struct Counts {
  int used = 0, most = 0;
  void grow() { ++most; }
};
void good_member_changed_by_a_callee(BufferPool &pool, Counts &c) {
  if (c.used < c.most)
    return;
  Buffer *b = pool.acquire();
  c.grow();
  if (c.used < c.most)
    pool.release(b);
  else
    pool.release(b);
}
void bad_member_changed_by_a_callee(BufferPool &pool, Counts &c) {
  if (c.used < c.most)
    return;
  Buffer *b = pool.acquire();
  c.grow();
  if (c.used < c.most)
    pool.release(b); // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

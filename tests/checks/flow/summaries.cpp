// RUN: %check %s
// What callees do on some of their paths only, again and again, or never.

#include "helpers.h"
#include <cstdlib>

// --- puts when it says so

void good_result_believed(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  if (put_if_small(pool, b, n))
    return;
  b->clear();
  pool.release(b);
}

void good_result_kept(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  const bool done = put_if_small(pool, b, n);
  work();
  if (!done)
    pool.release(b);
}

void bad_used_when_taken(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  if (put_if_small(pool, b, n)) { // note: "put back here"
    consume(*b);                  // expect: pool-use-after-put "'b' is used after it was put back"
    return;
  }
  pool.release(b);
}

void bad_put_when_taken(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  if (put_if_small(pool, b, n)) // note: "first put back here"
    pool.release(b);            // expect: pool-double-put "'b' is put back twice"
  else
    pool.release(b);
}

void good_put_when_told(BufferPool &pool) {
  Buffer *b = pool.acquire();
  finish(pool, b, true);
}

// --- recursion

static void put_chain(BufferPool &pool, Buffer *b) {
  if (!b)
    return;
  put_chain(pool, b->next);
  b->clear();
  pool.release(b);
}

static void put_after(BufferPool &pool, Buffer *b, int rounds) {
  if (rounds == 0) {
    pool.release(b);
    return;
  }
  put_after(pool, b, rounds - 1);
}

void good_recursive_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  put_after(pool, b, 3);
}

void bad_recursive_put_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  put_after(pool, b, 3); // note: "first put back here"
  pool.release(b);       // expect: pool-double-put "'b' is put back twice"
}

void good_recursive_chain(BufferPool &pool, Buffer *head) { put_chain(pool, head); }

static bool odd(BufferPool &pool, Buffer *b, int n);
static bool even(BufferPool &pool, Buffer *b, int n) {
  if (n > 0)
    return odd(pool, b, n - 1);
  pool.release(b);
  return true;
}
static bool odd(BufferPool &pool, Buffer *b, int n) {
  if (n > 0)
    return even(pool, b, n - 1);
  pool.release(b);
  return false;
}

void bad_mutual_recursion(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  even(pool, b, n); // note: "put back here"
  consume(*b);      // expect: pool-use-after-put "'b' is used after it was put back"
}

// --- functions that do not come back

void good_abort(PacketPool &pool, bool broken) {
  Packet *p = pool.get();
  if (!p)
    std::abort();
  if (broken)
    std::exit(1);
  pool.put(p);
}

void good_die(BufferPool &pool, bool broken) {
  Buffer *b = pool.acquire();
  if (broken)
    die("broken");
  pool.release(b);
}

void good_die_behind_a_wrapper(BufferPool &pool, bool broken) {
  Buffer *b = pool.acquire();
  if (broken)
    fail_hard("broken");
  pool.release(b);
}

void good_put_before_dying(BufferPool &pool, bool broken) {
  Buffer *b = pool.acquire();
  if (broken) {
    pool.release(b);
    fail_hard("broken");
  }
  pool.release(b);
}

void good_unreachable(BufferPool &pool, int kind) {
  Buffer *b = pool.acquire();
  switch (kind) {
  case 0:
  case 1:
    pool.release(b);
    return;
  }
  __builtin_unreachable();
}

// --- virtual calls

namespace {

struct Step {
  virtual ~Step() = default;
  virtual void run(const Buffer &b) = 0;
  virtual void end(BufferPool &pool, Buffer *b) = 0;
};
struct PlainEnd : Step {
  void run(const Buffer &b) override { consume(b); }
  void end(BufferPool &pool, Buffer *b) override { pool.release(b); }
};
struct ClearingEnd : Step {
  void run(const Buffer &b) override { log_line(b.text); }
  void end(BufferPool &pool, Buffer *b) override {
    b->clear();
    pool.release(b);
  }
};
struct Keeper final {
  void look(Buffer *b) { seen += b->size(); }
  std::size_t seen = 0;
};

void good_virtual_end(BufferPool &pool, Step &step) {
  Buffer *b = pool.acquire();
  step.run(*b);
  step.end(pool, b);
}

void bad_virtual_end_twice(BufferPool &pool, Step &step) {
  Buffer *b = pool.acquire();
  step.end(pool, b); // note: "first put back here"
  pool.release(b);   // expect: pool-double-put "'b' is put back twice"
}

void bad_final_only_looks(BufferPool &pool, Keeper &keeper) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  keeper.look(b);
}

} // namespace

void run_steps(BufferPool &pool) {
  PlainEnd plain;
  ClearingEnd clearing;
  Keeper keeper;
  good_virtual_end(pool, plain);
  bad_virtual_end_twice(pool, clearing);
  bad_final_only_looks(pool, keeper);
}

struct Visitor {
  virtual ~Visitor();
  virtual void visit(Buffer *b); // elsewhere: may take it
};

void good_unknown_visitor(BufferPool &pool, Visitor &v) {
  Buffer *b = pool.acquire();
  v.visit(b);
}

// RUN: %check %s --checks=pool-short-lived-pool --confidence possible
// Pools that live for one call.

#include "plain_pool.h"
#include "scratch_pool.h"

void use_elsewhere(BufferPool &pool);
void keep_elsewhere(BufferPool *pool);

// --- acquired from at most once

void bad_once() {
  BufferPool pool; // expect: short-lived-pool "'pool' is built for this call and acquired from only once"
  Buffer *b = pool.acquire(); // note: "acquired here"
  consume(*b);
  b->clear();
  pool.release(b);
}

void bad_prepared(int n) {
  ScratchPool pool(16); // expect: short-lived-pool "'pool' is built for this call"
  pool.set_limit(n);
  pool.prewarm(n);
  Buffer *b = pool.acquire();
  pool.release(b);
  if (pool.idle() > n)
    log_line("many");
}

void bad_never(int n) {
  PlainPool pool; // expect: short-lived-pool "'pool' is built for this call and never acquired from"
  if (n > 4)
    log_line("many");
}

// Its constructor is not seen, and nothing else is done with it.
void bad_perhaps_a_scope() {
  ScratchPool pool(4); // expect: short-lived-pool "never acquired from (possible)"
  work();
}

void bad_one_branch(bool wanted) {
  BufferPool pool; // expect: short-lived-pool "acquired from only once"
  if (wanted)
    pool.release(pool.acquire());
}

void bad_braces() {
  auto pool = PlainPool(); // expect: short-lived-pool "acquired from only once"
  PlainPool other{}; // expect: short-lived-pool "never acquired from"
  pool.release(pool.acquire());
}

int bad_in_lambda(int n) {
  auto count = [n] {
    PlainPool pool; // expect: short-lived-pool "acquired from only once"
    Buffer *b = pool.acquire();
    int got = int(b->len) + n;
    pool.release(b);
    return got;
  };
  return count();
}

struct Handler {
  void bad_method() {
    BufferPool pool; // expect: short-lived-pool "acquired from only once"
    pool.release(pool.acquire());
  }
};

// --- more than once

void good_twice() {
  BufferPool pool;
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire();
  pool.release(a);
  pool.release(b);
}

void good_loop(int n) {
  BufferPool pool;
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire();
    b->clear();
    pool.release(b);
  }
}
void good_while() {
  BufferPool pool;
  while (ready())
    pool.release(pool.acquire());
}
void good_do() {
  BufferPool pool;
  do
    pool.release(pool.acquire());
  while (ready());
}
void good_range(const std::vector<int> &all) {
  BufferPool pool;
  for (int each : all) {
    Buffer *b = pool.acquire();
    b->len = each;
    b->clear();
    pool.release(b);
  }
}
void good_goto() {
  BufferPool pool;
again:
  pool.release(pool.acquire());
  if (ready())
    goto again;
}
// The loop builds a new pool each time.
void bad_within_loop(int n) {
  for (int i = 0; i < n; ++i) {
    BufferPool pool; // expect: short-lived-pool "acquired from only once"
    pool.release(pool.acquire());
  }
}
void bad_beside_loop(int n) {
  BufferPool pool; // expect: short-lived-pool "acquired from only once"
  Buffer *b = pool.acquire();
  for (int i = 0; i < n; ++i)
    b->append("x");
  b->clear();
  pool.release(b);
}

// --- a handle acquires too

void bad_one_handle() {
  ScratchPool pool(4); // expect: short-lived-pool "'pool' is built for this call"
  ScratchPool::Lease lease(pool);
  lease->append("x");
}
void good_handles() {
  ScratchPool pool(4);
  ScratchPool::Lease one(pool);
  ScratchPool::Lease two(pool);
}
void good_handle_each(int n) {
  ScratchPool pool(4);
  while (n-- > 0)
    ScratchPool::Lease lease(pool);
}

// --- it leaves

void good_reference_leaves() {
  BufferPool pool;
  use_elsewhere(pool);
}
void good_address_leaves() {
  BufferPool pool;
  keep_elsewhere(&pool);
  pool.release(pool.acquire());
}
void good_named_again() {
  BufferPool pool;
  BufferPool &same = pool;
  use_elsewhere(same);
}
void good_captured() {
  BufferPool pool;
  auto serve = [&pool] { pool.release(pool.acquire()); };
  serve();
  serve();
}
void good_captured_by_default() {
  BufferPool pool;
  auto serve = [&] { pool.release(pool.acquire()); };
  serve();
  serve();
}
PlainPool good_returned() {
  PlainPool pool;
  pool.prewarm(8);
  return pool;
}
void good_moved(std::vector<PlainPool> &all) {
  PlainPool pool;
  pool.prewarm(8);
  all.push_back(std::move(pool));
}
void good_registered() {
  CurrentPool pool;
  work();
}

// --- not built for a call

BufferPool the_pool;
void good_global() { the_pool.release(the_pool.acquire()); }
void good_static() {
  static BufferPool pool;
  pool.release(pool.acquire());
}
void good_thread_local() {
  thread_local BufferPool pool;
  pool.release(pool.acquire());
}
void good_parameter(PlainPool &pool) { pool.release(pool.acquire()); }
struct Member {
  BufferPool pool;
  void good_member() { pool.release(pool.acquire()); }
};
// Copied or taken over from another pool.
void good_copy(PlainPool &other) {
  PlainPool pool = other;
  pool.release(pool.acquire());
}
void good_taken(PlainPool &other) {
  PlainPool pool = std::move(other);
  pool.release(pool.acquire());
}
void good_made() {
  PlainPool pool = good_returned();
  pool.release(pool.acquire());
}

// A program's main is called once.
int main() {
  BufferPool pool;
  pool.release(pool.acquire());
}

#define TEST(name) void name()
TEST(good_unit_test) {
  BufferPool pool;
  pool.release(pool.acquire());
}

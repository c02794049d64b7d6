// RUN: %check %s
// std::move, std::exchange, std::swap: the lease changes its owner.

#include "leases.h"
#include <vector>

void keep(BufferPtr b);

void good_exchange(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(std::exchange(b, nullptr));
  if (b)
    consume(*b);
}

void good_exchange_on_each_way(BufferPool &pool, bool early) {
  Buffer *b = pool.acquire();
  if (early)
    pool.release(std::exchange(b, nullptr));
  work();
  if (b)
    pool.release(b);
}

void good_exchange_for_another(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *old = std::exchange(b, pool.acquire());
  consume(*b);
  pool.release(old);
  pool.release(b);
}

void good_swap(BufferPool &pool) {
  Buffer *front = pool.acquire();
  Buffer *back = pool.acquire();
  std::swap(front, back);
  pool.release(front);
  consume(*back);
  pool.release(back);
}

void bad_swap(BufferPool &pool) {
  Buffer *front = pool.acquire();
  Buffer *back = pool.acquire();
  pool.release(front); // note: "put back here"
  std::swap(front, back);
  consume(*back); // expect: pool-use-after-put "is used after it was put back"
  pool.release(front);
}

void good_moved_to_function(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  keep(std::move(b));
}

void good_moved_to_variable(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  BufferPtr other = std::move(b);
  consume(*other);
}

void good_moved_on_one_way(BufferPool &pool, bool later) {
  BufferPtr b = make_buffer(pool);
  if (later)
    keep(std::move(b));
  else
    consume(*b);
}

BufferPtr good_returned_by_name(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");
  return b;
}

BufferLease good_returned_lease(BufferPool &pool) {
  BufferLease lease(pool);
  lease->append("x");
  return lease;
}

void good_moved_into_container(BufferPool &pool, std::vector<BufferPtr> &all) {
  BufferPtr b = make_buffer(pool);
  b->append("x");
  all.push_back(std::move(b));
}

// The moved-to handle puts at its own end: one put only.
void good_inner_scope(BufferPool &pool) {
  BufferPtr outer;
  {
    BufferPtr inner = make_buffer(pool);
    consume(*inner);
    outer = std::move(inner);
  }
  consume(*outer);
}

void bad_raw_of_inner(BufferPool &pool) {
  Buffer *raw = nullptr;
  {
    BufferPtr inner = make_buffer(pool);
    raw = inner.get();
  } // note: "put back here"
  consume(*raw); // expect: pool-use-after-put "is used after it was put back"
}

void good_raw_of_outer(BufferPool &pool) {
  BufferPtr outer;
  Buffer *raw = nullptr;
  {
    BufferPtr inner = make_buffer(pool);
    raw = inner.get();
    outer = std::move(inner);
  }
  consume(*raw);
}

void bad_moved_to_is_dirty(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");                 // note: "changed here"
  BufferPtr other = std::move(b); // expect: pool-put-without-reset "'other' is put back without a reset"
}

void good_reset_with_another(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  b.reset(pool.acquire());
  consume(*b);
}

void bad_assigned_over_dirty(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");        // note: "changed here"
  b = make_buffer(pool); // expect: pool-put-without-reset "'b' is put back without a reset"
  consume(*b);
}

// A structure that a function moves on is empty where it came from.

struct Box {
  BufferPtr buffer;
};
struct Crate {
  Box box;
};
static Box again(Box &&box) { return Box{std::move(box)}; }
static Crate packed(Box &&box) { return Crate{std::move(box)}; }

void good_box_moved_on(BufferPool &pool) {
  Box box = again(Box{make_buffer(pool)});
  consume(*box.buffer);
}
void good_box_packed(BufferPool &pool) {
  Crate crate = packed(Box{make_buffer(pool)});
  consume(*crate.box.buffer);
}
void bad_box_given_up(BufferPool &pool) {
  Box box = again(Box{make_buffer(pool)}); // expect: pool-resource-leak "is never put back"
  consume(*box.buffer.release());
}

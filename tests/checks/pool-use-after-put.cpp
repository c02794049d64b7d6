// RUN: %check %s
// What is a use, what only looks at the pointer's value, and what ends a name.

#include "buffer_pool.h"
#include "helpers.h"
#include "leases.h"
#include "packet_pool.h"
#include <cstdint>
#include <cstdio>
#include <set>

void inspect(const Buffer *b);
extern Buffer *spare;

// --- uses

std::size_t bad_read_field(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b); // note: "put back here"
  return b->len;   // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_write_field(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "put back here"
  b->len = 0;      // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_method(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "put back here"
  b->clear();      // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_passed_by_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "put back here"
  consume(*b);     // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_passed_as_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b); // note: "put back here"
  inspect(b);      // expect: pool-use-after-put "'b' is used after it was put back"
}

Buffer *bad_returned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b); // note: "put back here"
  return b;        // expect: pool-use-after-put "'b' is returned after it was put back"
}

void good_uses_before(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  std::size_t n = b->len;
  b->clear();
  pool.release(b);
  std::printf("%zu\n", n);
}

void good_value_saved_before(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::string line = b->text;
  pool.release(b);
  log_line(line);
}

// --- on some path

void bad_used_after_conditional_put(BufferPool &pool, bool done) {
  Buffer *b = pool.acquire();
  if (done)
    pool.release(b); // note: "put back here"
  consume(*b);       // expect: pool-use-after-put "'b' is used after it was put back"
  if (!done)
    pool.release(b);
}

void good_used_only_where_held(BufferPool &pool, bool done) {
  Buffer *b = pool.acquire();
  if (done)
    pool.release(b);
  work();
  if (!done) {
    consume(*b);
    pool.release(b);
  }
}

void good_return_after_put(BufferPool &pool, bool done) {
  Buffer *b = pool.acquire();
  if (done) {
    pool.release(b);
    return;
  }
  consume(*b);
  pool.release(b);
}

void bad_loop_keeps_old(BufferPool &pool) {
  Buffer *b = pool.acquire();
  do {
    consume(*b);     // expect: pool-use-after-put "'b' is used after it was put back"
    pool.release(b); // note: "put back here"
  } while (ready());
}

void good_loop_takes_another(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  for (int i = 0; i < n; ++i) {
    consume(*b);
    pool.release(b);
    b = pool.acquire();
  }
  pool.release(b);
}

// --- aliases

void bad_through_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *same = b;
  pool.release(b); // note: "put back here"
  same->clear();   // expect: pool-use-after-put "is used after it was put back"
}

void bad_through_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer &r = *b;
  pool.release(b); // note: "put back here"
  r.clear();       // expect: pool-use-after-put "is used after it was put back"
}

void bad_put_through_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *same = b;
  pool.release(same); // note: "put back here"
  consume(*b);        // expect: pool-use-after-put "is used after it was put back"
}

void good_two_leases(BufferPool &pool) {
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire();
  pool.release(a);
  consume(*b);
  pool.release(b);
}

// --- a put of what came from outside

void bad_parameter(BufferPool &pool, Buffer *b) {
  pool.release(b); // note: "put back here"
  consume(*b);     // expect: pool-use-after-put "'b' is used after it was put back"
}

struct Session {
  BufferPool &pool_;
  Buffer *in_ = nullptr;
  std::size_t bad_field() {
    pool_.release(in_); // note: "put back here"
    return in_->len;    // expect: pool-use-after-put "is used after it was put back"
  }
  void good_field_ends() {
    pool_.release(in_);
    in_ = nullptr;
  }
  void good_field_replaced() {
    pool_.release(in_);
    in_ = pool_.acquire();
    consume(*in_);
  }
};

// --- through a wrapper

void bad_wrapper_put(BufferPool &pool) {
  Buffer *b = take_buffer(pool);
  give_back(pool, b); // note: "put back here"
  consume(*b);        // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_wrapper_use(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);     // note: "put back here"
  if (measure(b) > 10) // expect: pool-use-after-put "'b' is used after it was put back"
    work();
}

// --- the pointer's value is no use

void good_compared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  if (b == spare)
    work();
}

void good_erased_by_value(BufferPool &pool, std::set<Buffer *> &active) {
  Buffer *b = pool.acquire();
  active.insert(b);
  consume(*b);
  pool.release(b);
  active.erase(b);
}

void good_printed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  std::printf("put %p\n", static_cast<void *>(b));
}

void good_as_a_number(BufferPool &pool, std::uintptr_t &last) {
  Buffer *b = pool.acquire();
  pool.release(b);
  last = reinterpret_cast<std::uintptr_t>(b);
}

void good_unevaluated(BufferPool &pool, std::size_t &bytes) {
  Buffer *b = pool.acquire();
  pool.release(b);
  bytes += sizeof(*b);
}

void good_new_value(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  b = nullptr;
  if (b)
    consume(*b);
}

// --- handles

void bad_handle_reset_then_raw(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  Buffer *raw = b.get();
  b.reset();     // note: "put back here"
  consume(*raw); // expect: pool-use-after-put "is used after it was put back"
}

Buffer *bad_raw_leaves_its_handle(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  Buffer *raw = b.get();
  b.reset();  // note: "put back here"
  return raw; // expect: pool-use-after-put "is returned after it was put back"
}

void good_handle_used_inside(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  Buffer *raw = b.get();
  consume(*raw);
}

void good_handle_taken_again(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  b.reset();
  b = make_buffer(pool);
  consume(*b);
}

// --- the caller gets what goes back on the way out

Buffer *bad_given_from_an_owner(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  return b.get(); // expect: pool-use-after-put "'b' is returned, and put back on the way out"
}

Buffer &bad_referred_from_an_owner(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->clear();
  return *b; // expect: pool-use-after-put "'b' is returned, and put back on the way out"
}

Buffer *good_released_from_an_owner(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->clear();
  return b.release();
}

BufferPtr good_owner_itself(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->clear();
  return b;
}

std::size_t good_a_number(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  return b->size();
}

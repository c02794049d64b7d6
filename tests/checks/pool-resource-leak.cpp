// RUN: %check %s
// From the acquire to every way out of the function.

#include "buffer_pool.h"
#include "helpers.h"
#include "leases.h"
#include "packet_pool.h"
#include <map>
#include <stdexcept>

// --- never

void bad_never_put(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  consume(*b);
}

void good_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

void bad_discarded(BufferPool &pool) {
  pool.acquire(); // expect: pool-resource-leak "the result of 'acquire' is discarded and never put back"
}

void bad_used_once_and_dropped(BufferPool &pool) {
  pool.acquire()->clear(); // expect: pool-resource-leak "put back"
}

// --- on some path

void bad_early_return(BufferPool &pool, bool stop) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  consume(*b);
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(b);
}

void good_early_return_puts(BufferPool &pool, bool stop) {
  Buffer *b = pool.acquire();
  consume(*b);
  if (stop) {
    pool.release(b);
    return;
  }
  work();
  pool.release(b);
}

int bad_second_return(BufferPool &pool, int kind) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (kind == 1) {
    pool.release(b);
    return 1;
  }
  if (kind == 2)
    return 2; // note: "returns here without putting it back"
  pool.release(b);
  return 0;
}

void bad_put_on_one_arm(BufferPool &pool, bool keep) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (!keep)
    pool.release(b);
}

void bad_throw(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (n > 100)
    throw std::length_error("n"); // note: "an exception leaves here"
  pool.release(b);
}

void good_throw_after_put(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
  if (n > 100)
    throw std::length_error("n");
}

void bad_callee_throws(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  check_limit(n);             // note: "an exception leaves here"
  pool.release(b);
}

void good_callee_throws_first(BufferPool &pool, std::size_t n) {
  check_limit(n);
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

// --- in loops

void bad_continue(BufferPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
    consume(*b);
    if (i % 2)
      continue;
    pool.release(b);
  }
}

void good_loop(BufferPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire();
    consume(*b);
    pool.release(b);
  }
}

void bad_break(BufferPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
    if (i == 7)
      break;
    pool.release(b);
  }
}

// --- overwritten

void bad_overwritten(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  consume(*b);
  b = pool.acquire(); // note: "overwritten here"
  consume(*b);
  pool.release(b);
}

void bad_set_to_null(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  consume(*b);
  b = nullptr; // note: "overwritten here"
}

void good_overwritten_after_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
  b = pool.acquire();
  consume(*b);
  pool.release(b);
}

void good_other_name_keeps_it(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *first = b;
  b = pool.acquire();
  consume(*b);
  pool.release(b);
  pool.release(first);
}

// --- failure to acquire is no lease

void good_null_needs_no_put(PacketPool &pool) {
  Packet *p = pool.get();
  if (!p)
    return;
  send(*p);
  pool.put(p);
}

void bad_checked_and_leaked(PacketPool &pool) {
  Packet *p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
  if (!p)
    return;
  send(*p);
  if (!link_up())
    return; // note: "returns here without putting it back"
  pool.put(p);
}

void bad_checked_and_never_put(PacketPool &pool) {
  Packet *p = pool.get(); // expect: pool-resource-leak "'p' is never put back"
  if (p != nullptr)
    send(*p);
}

// --- handed over: somebody else puts it

struct Request {
  Buffer *body = nullptr;
};
struct Connection {
  Buffer *current_ = nullptr;
  std::vector<Buffer *> queue_;
  std::map<int, Buffer *> by_id_;
  void start(BufferPool &pool) { current_ = pool.acquire(); }
  void enqueue(BufferPool &pool) { queue_.push_back(pool.acquire()); }
  void remember(BufferPool &pool, int id) { by_id_[id] = pool.acquire(); }
};
void submit(Buffer *b); // unknown: may take it

Buffer *good_returned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->clear();
  return b;
}

void good_out_parameter(BufferPool &pool, Buffer **out) {
  Buffer *b = pool.acquire();
  b->clear();
  *out = b;
}

void good_out_reference(BufferPool &pool, Buffer *&out) {
  out = pool.acquire();
}

void good_stored_in_object(BufferPool &pool, Request &request) {
  Buffer *b = pool.acquire();
  b->clear();
  request.body = b;
}

void good_stored_in_container(BufferPool &pool, std::vector<Buffer *> &all) {
  Buffer *b = pool.acquire();
  b->clear();
  all.push_back(b);
}

void good_maybe_taken(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->clear();
  submit(b);
}

void bad_reference_is_only_use(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  wipe_buffer(*b);
  log_line(b->text);
}

void bad_known_body_only_reads(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  if (measure(b) > 10)
    work();
}

void good_one_way_handed_over(BufferPool &pool, Request &request, bool later) {
  Buffer *b = pool.acquire();
  if (later) {
    request.body = b;
    return;
  }
  consume(*b);
  pool.release(b);
}

// --- handles

void good_lease(BufferPool &pool, bool stop) {
  BufferLease lease(pool);
  consume(*lease);
  if (stop)
    return;
  log_line(lease->text);
}

void good_smart_pointer(BufferPool &pool, std::size_t n) {
  BufferPtr b = make_buffer(pool);
  check_limit(n);
  consume(*b);
}

void bad_released_and_dropped(BufferPool &pool) {
  BufferPtr b(pool.acquire(), PutBuffer{&pool}); // expect: pool-resource-leak "put back"
  consume(*b);
  b.release();
}

Buffer *good_released_and_returned(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->clear();
  return b.release();
}

void good_released_and_put(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  Buffer *raw = b.release();
  pool.release(raw);
}

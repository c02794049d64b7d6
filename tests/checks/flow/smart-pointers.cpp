// RUN: %check %s
// Smart pointers with pool deleters, as members, locals and results.

#include "leases.h"
#include <optional>

struct Request {
  BufferPtr body;
  CleanBufferPtr head;
};
void observe(const Buffer *b);

void good_local(BufferPool &pool) {
  BufferPtr b(pool.acquire(), PutBuffer{&pool});
  consume(*b);
}

void good_shared_with_deleter(BufferPool &pool) {
  std::shared_ptr<Buffer> b(pool.acquire(), ClearAndPut{&pool});
  b->append("x");
  std::shared_ptr<Buffer> again = b;
  consume(*again);
}

void good_shared_with_lambda(BufferPool &pool) {
  std::shared_ptr<Buffer> b(pool.acquire(), [&pool](Buffer *p) {
    p->clear();
    pool.release(p);
  });
  b->append("x");
}

void good_member(BufferPool &pool, Request &r) {
  r.body = make_buffer(pool);
  r.head = make_clean_buffer(pool);
  r.head->append("x");
}

void good_reset_to_raw(BufferPool &pool, bool twice) {
  BufferPtr b(nullptr, PutBuffer{&pool});
  b.reset(pool.acquire());
  if (twice)
    b.reset(pool.acquire());
  consume(*b);
}

void good_get_is_only_a_look(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  observe(b.get());
}

void bad_release_is_no_put(BufferPool &pool) {
  BufferPtr b(pool.acquire(), PutBuffer{&pool}); // expect: pool-resource-leak "put back"
  consume(*b);
  (void)b.release();
}

void bad_released_and_forgotten_on_one_way(BufferPool &pool, bool stop) {
  BufferPtr b(pool.acquire(), PutBuffer{&pool}); // expect: pool-resource-leak "put back on some path"
  Buffer *raw = b.release();
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(raw);
}

void bad_wrapper_released_and_forgotten(BufferPool &pool) {
  BufferPtr b = make_buffer(pool); // expect: pool-resource-leak "put back"
  b.release();
}

void good_optional_lease(BufferPool &pool, bool wanted) {
  std::optional<BufferLease> lease;
  if (wanted)
    lease.emplace(pool);
  work();
}

void good_unique_of_lease(BufferPool &pool) {
  auto lease = std::make_unique<BufferLease>(pool);
  consume(**lease);
}

void good_null_assigned(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  b = nullptr;
  work();
}

void bad_used_after_null_assigned(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  Buffer &r = *b;
  b = nullptr; // note: "put back here"
  consume(r);  // expect: pool-use-after-put "is used after it was put back"
}

void bad_dirty_null_assigned(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x"); // note: "changed here"
  b = nullptr;    // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_object_cleared_through_get(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");
  b.get()->clear();
}

void bad_changed_through_reference(BufferPool &pool) {
  BufferPtr b = make_buffer(pool); // expect: pool-put-without-reset "'b' is put back without a reset"
  Buffer &r = *b;
  r.append("x"); // note: "changed here"
}

void good_lease_released_by_hand(BufferPool &pool) {
  BufferLease lease(pool);
  consume(*lease);
  Buffer *b = lease.release();
  pool.release(b);
}

void bad_lease_raw_put(BufferPool &pool) {
  BufferLease lease(pool); // expect: pool-double-put "is put back twice"
  Buffer *b = lease.get();
  consume(*b);
  pool.release(b); // note: "first put back here"
}

// RUN: %check %s
// What counts as a change, what counts as a reset, and where the put stands.

#include "buffer_pool.h"
#include "clean_pool.h"
#include "helpers.h"
#include "leases.h"
#include "packet_pool.h"
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

void reset_buffer(Buffer &b); // no body: the name says it
void write_header(Buffer &b); // no body: the name says that it writes

// --- never reset

void bad_never_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();  // note: "acquired here"
  b->append("GET / HTTP/1.1"); // note: "changed here"
  consume(*b);
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void good_reset_before_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("GET / HTTP/1.1");
  consume(*b);
  b->clear();
  pool.release(b);
}

void good_only_read(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  log_line(b->text);
  if (b->size() > 0)
    work();
  pool.release(b);
}

void good_put_untouched(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
}

void bad_field_written(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  b->len = n;      // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void bad_container_grown(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->marks.push_back(mark); // note: "changed here"
  pool.release(b);          // expect: pool-put-without-reset "'b' is put back without a reset"
}

void bad_filled_by_function(BufferPool &pool) {
  Buffer *b = pool.acquire();
  write_header(*b); // note: "changed here"
  pool.release(b);  // expect: pool-put-without-reset "'b' is put back without a reset"
}

// --- the order matters

void bad_changed_after_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("first");
  b->clear();
  b->append("second"); // note: "changed here"
  pool.release(b);     // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void good_reset_last(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("first");
  b->clear();
  b->append("second");
  b->clear();
  pool.release(b);
}

// --- on some path only

void bad_reset_on_one_arm(BufferPool &pool, bool keep) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (!keep)
    b->clear();
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_reset_on_both_arms(BufferPool &pool, bool fast) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (fast)
    b->clear();
  else
    *b = Buffer();
  pool.release(b);
}

void good_reset_where_changed(BufferPool &pool, bool used) {
  Buffer *b = pool.acquire();
  if (used)
    b->append("x");
  log_line("between");
  if (used)
    b->clear();
  pool.release(b);
}

void good_reset_unless_empty(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (!b->empty())
    b->clear();
  pool.release(b);
}

void bad_early_put(BufferPool &pool, bool stop) {
  Buffer *b = pool.acquire();
  b->append("x");
  if (stop) {
    pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
    return;
  }
  b->clear();
  pool.release(b);
}

// --- field by field

void bad_one_field_left(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->marks.push_back(mark);
  b->text.clear();
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since 'marks' was changed"
}

void good_each_field_cleared(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->marks.push_back(mark);
  b->text.clear();
  b->marks.clear();
  pool.release(b);
}

void bad_two_fields_left(BufferPool &pool, Buffer *chain) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->len = 1;
  b->next = chain;
  b->len = 0;
  pool.release(b); // expect: pool-put-without-reset "were changed"
}

void good_only_the_changed_field_cleared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->text = "x";
  log_line(b->text);
  b->text.clear();
  pool.release(b);
}

// --- trivial storage is bounded by its length

void good_length_bounds_the_bytes(PacketPool &pool, const char *src, std::size_t n) {
  Packet *p = pool.get();
  if (!p)
    return;
  std::memcpy(p->data, src, n);
  p->len = n;
  send(*p);
  p->len = 0;
  pool.put(p);
}

void bad_pointer_stays(PacketPool &pool, const char *from) {
  Packet *p = pool.get();
  if (!p)
    return;
  p->len = 10;
  p->source = from;
  send(*p);
  p->len = 0;
  pool.put(p); // expect: pool-put-without-reset "'p' is put back without a reset since 'source' was changed"
}

// --- other ways to reset

void good_fresh_value(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  *b = {};
  pool.release(b);
}

const Buffer no_buffer;
void good_constant_value(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  *b = no_buffer;
  pool.release(b);
}

void good_fresh_variable(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  Buffer fresh;
  *b = std::move(fresh);
  pool.release(b);
}

void bad_filled_variable(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer other;
  other.append("x");
  *b = other;
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_swapped_with_fresh(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  Buffer fresh;
  std::swap(*b, fresh);
  consume(fresh);
  pool.release(b);
}

void bad_swapped_with_filled(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  Buffer other;
  other.append("y");
  std::swap(*b, other);
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_exchanged(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  Buffer taken = std::exchange(*b, {});
  consume(taken);
  pool.release(b);
}

void good_fields_renewed(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->marks.push_back(mark);
  std::vector<int>().swap(b->marks);
  log_line(std::exchange(b->text, {}));
  pool.release(b);
}

void bad_other_field_renewed(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->marks.push_back(mark);
  std::vector<int>().swap(b->marks);
  pool.release(b); // expect: pool-put-without-reset "since 'text' was changed"
}

void good_constructed_again(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  std::destroy_at(b);
  std::construct_at(b);
  pool.release(b);
}

struct Header {
  int kind = 0;
  char name[32];
  void reset();
};

class HeaderPool {
public:
  Header *acquire() {
    if (free_.empty())
      return new Header;
    Header *h = free_.back();
    free_.pop_back();
    return h;
  }
  void release(Header *h) { free_.push_back(h); }

private:
  std::vector<Header *> free_;
};

void good_memset_of_the_whole(HeaderPool &pool) {
  Header *h = pool.acquire();
  h->kind = 4;
  std::memset(static_cast<void *>(h), 0, sizeof(*h));
  pool.release(h);
}

void bad_header_kept(HeaderPool &pool) {
  Header *h = pool.acquire();
  h->kind = 4;
  pool.release(h); // expect: pool-put-without-reset "'h' is put back without a reset"
}

void good_reset_without_a_body(HeaderPool &pool) {
  Header *h = pool.acquire();
  h->kind = 4;
  h->reset();
  pool.release(h);
}

void good_reset_function_by_name(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  reset_buffer(*b);
  pool.release(b);
}

void good_reset_function_by_body(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  wipe_deep(*b);
  pool.release(b);
}

void good_pool_resets(CleanPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  pool.release(b);
}

// --- handles

void bad_lease_put_dirty(BufferPool &pool) {
  BufferLease lease(pool); // expect: pool-put-without-reset "'lease' is put back without a reset since it was changed"
  lease->append("x");      // note: "changed here"
  consume(*lease);
} // note: "put back here, at the end of its scope"

void good_lease_cleared(BufferPool &pool) {
  BufferLease lease(pool);
  lease->append("x");
  consume(*lease);
  lease->clear();
}

void good_lease_only_read(BufferPool &pool) {
  BufferLease lease(pool);
  consume(*lease);
}

void bad_smart_pointer_put_dirty(BufferPool &pool) {
  BufferPtr b = make_buffer(pool); // expect: pool-put-without-reset "'b' is put back without a reset"
  b->append("x");                  // note: "changed here"
}

void good_deleter_clears(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  b->append("x");
}

// The handle's own reset() puts the lease back: it does not reset the object.
void bad_handle_reset_is_a_put(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x"); // note: "changed here"
  b.reset();      // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_object_reset_then_handle_reset(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  b->append("x");
  b->clear();
  b.reset();
}

// --- through an iterator of one's own part

void bad_each_mark(BufferPool &pool) {
  Buffer *b = pool.acquire();
  for (int &mark : b->marks)
    mark = 1; // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void bad_by_iterator(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto it = b->marks.begin();
  *it = 1;
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void good_marks_cleared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  for (int &mark : b->marks)
    mark = 1;
  b->marks.clear();
  pool.release(b);
}

int good_marks_read(BufferPool &pool) {
  Buffer *b = pool.acquire();
  int sum = 0;
  for (int mark : b->marks)
    sum += mark;
  pool.release(b);
  return sum;
}

void good_other_marks(BufferPool &pool, std::vector<int> &marks) {
  Buffer *b = pool.acquire();
  for (int &mark : marks)
    mark = int(b->size());
  pool.release(b);
}

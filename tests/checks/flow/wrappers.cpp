// RUN: %check %s
// Helpers in a user header acquire, put, reset and fill; findings stand where
// the analysed function calls them.

#include "helpers.h"

// --- acquire

void bad_wrapped_acquire(BufferPool &pool, bool stop) {
  Buffer *b = take_prepared(pool); // expect: pool-resource-leak "'b' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(b);
}

void bad_wrapped_acquire_discarded(BufferPool &pool) {
  take_buffer(pool); // expect: pool-resource-leak "is discarded and never put back"
}

void good_wrapped_acquire(BufferPool &pool) {
  Buffer *b = take_prepared(pool);
  consume(*b);
  give_back_twice_removed(pool, b);
}

static Packet *packet_or_null(PacketPool &pool, bool up) {
  if (!up)
    return nullptr;
  return pool.get();
}

void good_wrapped_null(PacketPool &pool) {
  Packet *p = packet_or_null(pool, link_up());
  if (!p)
    return;
  send(*p);
  pool.put(p);
}

static bool take_out(BufferPool &pool, Buffer **out) {
  if (!ready())
    return false;
  *out = pool.acquire();
  return true;
}

void good_wrapped_out_parameter(BufferPool &pool) {
  Buffer *b = nullptr;
  if (!take_out(pool, &b))
    return;
  consume(*b);
  pool.release(b);
}

void bad_wrapped_out_parameter(BufferPool &pool, bool stop) {
  Buffer *b = nullptr;
  if (!take_out(pool, &b)) // expect: pool-resource-leak "'b' is not put back on some path"
    return;
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(b);
}

static Buffer *either(Buffer *a, Buffer *b, bool first) { return first ? a : b; }
static Buffer *same(Buffer *b) { return b; }

void bad_result_is_the_argument(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *s = same(b);
  pool.release(b); // note: "first put back here"
  pool.release(s); // expect: pool-double-put "is put back twice"
}

void good_result_is_one_of_two(BufferPool &pool, bool first) {
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire();
  consume(*either(a, b, first));
  pool.release(a);
  pool.release(b);
}

// --- put

void bad_wrapped_put_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  give_back(pool, b);               // note: "first put back here"
  give_back_twice_removed(pool, b); // expect: pool-double-put "'b' is put back twice"
}

void bad_wrapped_put_dirty(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");                   // note: "changed here"
  give_back_twice_removed(pool, b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_wrapped_put_clears(BufferPool &pool) {
  Buffer *b = pool.acquire();
  b->append("x");
  clear_and_give_back(pool, b);
}

void bad_wrapped_put_used(BufferPool &pool) {
  Buffer *b = pool.acquire();
  clear_and_give_back(pool, b); // note: "put back here"
  b->append("x");               // expect: pool-use-after-put "'b' is used after it was put back"
}

// --- reset and fill

void bad_wrapped_fill(BufferPool &pool) {
  Buffer *b = pool.acquire();
  fill(*b, "x");   // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset since it was changed"
}

void good_wrapped_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();
  fill(*b, "x");
  wipe_deep(*b);
  pool.release(b);
}

void bad_wrapped_partial_reset(BufferPool &pool, int mark) {
  Buffer *b = pool.acquire();
  b->text = "x";
  b->marks.push_back(mark);
  forget_text(*b);
  pool.release(b); // expect: pool-put-without-reset "since 'marks' was changed"
}

void good_measured(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if (measure(b) == 0)
    work();
  pool.release(b);
}

// --- methods of the object's owner

class Reader {
public:
  explicit Reader(BufferPool &pool) : pool_(pool) {}
  Reader(const Reader &) = delete;
  Reader &operator=(const Reader &) = delete;

  void good_process() {
    Buffer *b = begin();
    fill(*b, "x");
    end(b);
  }
  void bad_process(bool stop) {
    Buffer *b = begin(); // expect: pool-resource-leak "'b' is not put back on some path"
    if (stop)
      return; // note: "returns here without putting it back"
    end(b);
  }
  void bad_process_twice() {
    Buffer *b = begin();
    end(b); // note: "first put back here"
    end(b); // expect: pool-double-put "'b' is put back twice"
  }

private:
  Buffer *begin() { return pool_.acquire(); }
  void end(Buffer *b) {
    b->clear();
    pool_.release(b);
  }
  BufferPool &pool_;
};

// --- put, of what nobody here acquired

static void put(BufferPool &pool, Buffer *b) {
  b->clear();
  pool.release(b);
}
static void put_if(BufferPool &pool, Buffer *b, bool all) {
  if (all)
    pool.release(b);
}

void bad_wrapped_put_of_a_local(BufferPool &pool, std::vector<Buffer *> &all) {
  Buffer *b = all.back();
  put(pool, b);
  consume(*b); // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_wrapped_put_in_a_loop(BufferPool &pool, std::vector<Buffer *> &all) {
  for (Buffer *b : all) {
    put(pool, b);
    log_line(b->text); // expect: pool-use-after-put "'b' is used after it was put back"
  }
}

void bad_wrapped_put_twice(BufferPool &pool, std::vector<Buffer *> &all) {
  Buffer *b = all.back();
  put(pool, b);
  put(pool, b); // expect: pool-double-put "'b' is put back twice"
}

void good_wrapped_put_of_each(BufferPool &pool, std::vector<Buffer *> &all) {
  for (Buffer *b : all)
    put(pool, b);
  all.clear();
}

void good_wrapped_put_that_may_not(BufferPool &pool, std::vector<Buffer *> &all, bool every) {
  Buffer *b = all.back();
  put_if(pool, b, every);
  if (!every)
    consume(*b);
}

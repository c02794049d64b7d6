// RUN: %check %s
// Destructors of locals that put, or reset, or only log.

#include "helpers.h"
#include "leases.h"

template <class F> class Finally {
public:
  explicit Finally(F f) : f_(std::move(f)) {}
  Finally(const Finally &) = delete;
  Finally &operator=(const Finally &) = delete;
  ~Finally() { f_(); }

private:
  F f_;
};

class ClearAtEnd {
public:
  explicit ClearAtEnd(Buffer *b) : b_(b) {}
  ClearAtEnd(const ClearAtEnd &) = delete;
  ClearAtEnd &operator=(const ClearAtEnd &) = delete;
  ~ClearAtEnd() { b_->clear(); }

private:
  Buffer *b_;
};

class Trace {
public:
  explicit Trace(const char *what) : what_(what) {}
  ~Trace() { log_line(what_); }

private:
  const char *what_;
};

void good_put_at_end(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b);
  b->append("x");
  check_limit(n);
}

int good_put_at_end_on_each_return(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b);
  if (n < 0)
    return -1;
  consume(*b);
  return static_cast<int>(b->len);
}

void good_finally(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  Finally put([&] {
    b->clear();
    pool.release(b);
  });
  b->append("x");
  check_limit(n);
}

void good_cleared_by_guard_before_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    ClearAtEnd clear(b);
    b->append("x");
    consume(*b);
  }
  pool.release(b);
}

void bad_only_a_trace(BufferPool &pool, bool stop) {
  Trace trace("only a trace");
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  pool.release(b);
}

void bad_guard_and_put(BufferPool &pool, bool early) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b); // expect: pool-double-put "is put back twice"
  if (early)
    pool.release(b); // note: "first put back here"
}

void good_guard_in_inner_scope(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    PutAtEnd guard(pool, b);
    consume(*b);
  }
  work();
}

void bad_used_after_inner_scope(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    PutAtEnd guard(pool, b);
    consume(*b);
  } // note: "put back here"
  consume(*b); // expect: pool-use-after-put "is used after it was put back"
}

int good_value_read_before_the_guard_runs(BufferPool &pool) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b);
  return static_cast<int>(b->size());
}

// ---- what a guard gives up is its caller's

void good_given_up(BufferPool &pool) {
  BufferLease lease(pool);
  pool.release(lease.release());
}

Buffer *good_given_up_and_returned(BufferPool &pool, int n) {
  BufferLease lease(pool);
  if (n < 0)
    return nullptr;
  return lease.release();
}

void good_given_to_another(BufferPool &pool) {
  BufferLease lease(pool);
  BufferPtr same(lease.release(), PutBuffer{&pool});
  consume(*same);
}

void good_kept_by_the_guard(BufferPool &pool) {
  BufferLease lease(pool);
  Buffer *b = lease.get();
  consume(*b);
}

void good_moved_on(BufferPool &pool) {
  BufferLease lease(pool);
  BufferLease other(std::move(lease));
  consume(*other);
}

void bad_given_up_and_dropped(BufferPool &pool) {
  BufferLease lease(pool); // expect: pool-resource-leak "is never put back"
  static_cast<void>(lease.release());
}

void bad_given_up_and_lost(BufferPool &pool, int n) {
  BufferLease lease(pool); // expect: pool-resource-leak "is not put back on some path"
  Buffer *b = lease.release();
  if (n < 0)
    return;
  pool.release(b);
}

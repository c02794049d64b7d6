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

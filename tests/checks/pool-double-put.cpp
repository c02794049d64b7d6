// RUN: %check %s
// The second put, near and far from the first.

#include "buffer_pool.h"
#include "helpers.h"
#include "leases.h"
#include "packet_pool.h"
#include <stdexcept>

// --- plainly twice

void bad_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b); // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void good_once(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

void bad_branch_then_end(BufferPool &pool, bool error) {
  Buffer *b = pool.acquire();
  if (error)
    pool.release(b); // note: "first put back here"
  work();
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void good_branch_returns(BufferPool &pool, bool error) {
  Buffer *b = pool.acquire();
  if (error) {
    pool.release(b);
    return;
  }
  work();
  pool.release(b);
}

void good_exclusive_arms(BufferPool &pool, bool error) {
  Buffer *b = pool.acquire();
  if (error) {
    log_line("error");
    pool.release(b);
  } else {
    consume(*b);
    pool.release(b);
  }
}

void good_flag_remembers(BufferPool &pool, bool error) {
  Buffer *b = pool.acquire();
  bool put = false;
  if (error) {
    pool.release(b);
    put = true;
  }
  work();
  if (!put)
    pool.release(b);
}

void good_null_remembers(BufferPool &pool, bool error) {
  Buffer *b = pool.acquire();
  if (error) {
    pool.release(b);
    b = nullptr;
  }
  work();
  if (b)
    pool.release(b);
}

// --- loops

void bad_put_in_loop(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  do {
    work();
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  } while (ready());
}

void good_put_in_loop_then_break(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  for (int i = 0;; ++i) {
    if (i >= n) {
      pool.release(b);
      break;
    }
    work();
  }
}

void good_each_round_its_own(BufferPool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire();
    consume(*b);
    pool.release(b);
  }
}

// --- aliases and other names

void bad_through_alias(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer *same = b;
  pool.release(b);    // note: "first put back here"
  pool.release(same); // expect: pool-double-put "is put back twice"
}

void bad_through_address(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Buffer &r = *b;
  pool.release(b);  // note: "first put back here"
  pool.release(&r); // expect: pool-double-put "is put back twice"
}

void good_swapped_names(BufferPool &pool) {
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire();
  std::swap(a, b);
  pool.release(a);
  pool.release(b);
}

// --- what came from outside

void bad_parameter(BufferPool &pool, Buffer *b) {
  pool.release(b); // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

class Session {
  BufferPool &pool_;
  Buffer *in_ = nullptr;

public:
  explicit Session(BufferPool &pool) : pool_(pool) {}
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  void bad_close(bool error) {
    if (error)
      pool_.release(in_); // note: "first put back here"
    pool_.release(in_);   // expect: pool-double-put "is put back twice"
  }
  void good_close() {
    if (in_) {
      pool_.release(in_);
      in_ = nullptr;
    }
  }
  ~Session() { good_close(); }
};

// --- wrappers

void bad_wrapper_then_put(BufferPool &pool) {
  Buffer *b = take_prepared(pool);
  give_back(pool, b); // note: "first put back here"
  pool.release(b);    // expect: pool-double-put "'b' is put back twice"
}

void bad_put_then_deep_wrapper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);                  // note: "first put back here"
  give_back_twice_removed(pool, b); // expect: pool-double-put "'b' is put back twice"
}

// A wrapper that clears first also uses it: that is still one double put.
void bad_wrapper_clears_too(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);              // note: "first put back here"
  clear_and_give_back(pool, b); // expect: pool-double-put "'b' is put back twice"
}

// --- exceptions

void bad_catch_puts_again(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    consume(*b);
    pool.release(b); // note: "first put back here"
    check_limit(n);
  } catch (const std::exception &) {
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  }
}

void good_catch_puts(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  try {
    check_limit(n);
    consume(*b);
  } catch (const std::exception &) {
    pool.release(b);
    throw;
  }
  pool.release(b);
}

// --- handles

void bad_raw_of_a_guard(BufferPool &pool) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b); // expect: pool-double-put "is put back twice"
  consume(*b);
  pool.release(b); // note: "first put back here"
}

void good_guard_alone(BufferPool &pool) {
  Buffer *b = pool.acquire();
  PutAtEnd guard(pool, b);
  consume(*b);
}

void bad_handle_reset_then_raw(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  Buffer *raw = b.get();
  b.reset();         // note: "first put back here"
  pool.release(raw); // expect: pool-double-put "is put back twice"
}

void good_handle_reset_twice(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  consume(*b);
  b.reset();
  b.reset();
}

void good_handle_released_then_put(BufferPool &pool) {
  BufferPtr b = make_buffer(pool);
  pool.release(b.release());
}

// A guard that can be copied puts back twice as soon as somebody copies it.
class CopyableGuard { // expect: pool-double-put "twice"
public:
  CopyableGuard(BufferPool &pool, Buffer *b) : pool_(pool), buffer_(b) {}
  ~CopyableGuard() { pool_.release(buffer_); }

private:
  BufferPool &pool_;
  Buffer *buffer_;
};

class MovesWithoutClearing { // expect: pool-double-put "twice"
public:
  MovesWithoutClearing(BufferPool *pool, Buffer *b) : pool_(pool), buffer_(b) {}
  MovesWithoutClearing(const MovesWithoutClearing &) = delete;
  MovesWithoutClearing &operator=(const MovesWithoutClearing &) = delete;
  MovesWithoutClearing(MovesWithoutClearing &&other) noexcept
      : pool_(other.pool_), buffer_(other.buffer_) {}
  ~MovesWithoutClearing() {
    if (buffer_)
      pool_->release(buffer_);
  }

private:
  BufferPool *pool_;
  Buffer *buffer_;
};

class GoodGuard {
public:
  GoodGuard(BufferPool *pool, Buffer *b) : pool_(pool), buffer_(b) {}
  GoodGuard(const GoodGuard &) = delete;
  GoodGuard &operator=(const GoodGuard &) = delete;
  GoodGuard(GoodGuard &&other) noexcept
      : pool_(other.pool_), buffer_(other.buffer_) {
    other.buffer_ = nullptr;
  }
  ~GoodGuard() {
    if (buffer_)
      pool_->release(buffer_);
  }

private:
  BufferPool *pool_;
  Buffer *buffer_;
};

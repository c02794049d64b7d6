// RUN: %check %s
// Guards that ask whether an exception is on its way.

#include "buffer_pool.h"
#include <exception>

void check(int n) {
  if (n < 0)
    throw n;
}

template <class F> class ScopeFail {
  F undo_;
  int before_ = std::uncaught_exceptions();

public:
  explicit ScopeFail(F undo) : undo_(undo) {}
  ScopeFail(const ScopeFail &) = delete;
  ~ScopeFail() {
    if (std::uncaught_exceptions() > before_)
      undo_();
  }
};

template <class F> class ScopeSuccess {
  F done_;
  int before_ = std::uncaught_exceptions();

public:
  explicit ScopeSuccess(F done) : done_(done) {}
  ScopeSuccess(const ScopeSuccess &) = delete;
  ~ScopeSuccess() noexcept(false) {
    if (before_ == std::uncaught_exceptions())
      done_();
  }
};

Buffer *good_undone_on_failure(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  ScopeFail undo([&] { pool.release(b); });
  check(n);
  return b;
}

void good_both_guards(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  ScopeFail undo([&] { pool.release(b); });
  ScopeSuccess done([&] { pool.release(b); });
  check(n);
}

void bad_only_on_failure(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  ScopeFail undo([&] { pool.release(b); });
  check(n);
}

void bad_only_on_success(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  ScopeSuccess done([&] { pool.release(b); });
  check(n); // note: "an exception leaves here"
}

void bad_success_and_by_hand(BufferPool &pool) {
  Buffer *b = pool.acquire();
  ScopeSuccess done([&] { pool.release(b); }); // expect: pool-double-put "'b' is put back twice"
  pool.release(b);
}

// In a handler the exception is caught: what is made and ends there sees none.
void bad_in_a_handler(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  try {
    check(n);
  } catch (int) {
    ScopeFail undo([&] { pool.release(b); });
    return;
  }
  pool.release(b);
}

// --- asked in a function of its own

class Transaction {
public:
  explicit Transaction(BufferPool &pool) : pool_(pool), b_(pool.acquire()) {}
  Transaction(const Transaction &) = delete;
  ~Transaction() {
    if (failed())
      pool_.release(b_);
  }
  Buffer *get() { return b_; }

private:
  bool failed() const { return std::uncaught_exceptions() > before_; }
  BufferPool &pool_;
  Buffer *b_;
  int before_ = std::uncaught_exceptions();
};

void good_put_where_it_does_not(BufferPool &pool, int n) {
  Transaction t(pool);
  check(n);
  pool.release(t.get());
}

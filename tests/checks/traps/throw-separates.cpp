// RUN: %check %s
// A throw, or an abort, between what looks like two of the same.

#include "helpers.h"

class Slots {
public:
  explicit Slots(BufferPool &pool) : pool_(pool) {}
  Slots(const Slots &) = delete;
  Slots &operator=(const Slots &) = delete;

  // The first put is followed by a throw on every path.
  void good_give_back(std::size_t pos) {
    Buffer *b = slots_[pos];
    slots_[pos] = nullptr;
    if (b->len > 100) {
      pool_.release(b);
      throw std::length_error("slot");
    }
    b->clear();
    pool_.release(b);
  }

  void good_release_all(bool fatal) {
    Buffer *b = slots_[0];
    if (fatal) {
      pool_.release(b);
      fail_hard("fatal");
    }
    pool_.release(b);
    slots_[0] = nullptr;
  }

private:
  BufferPool &pool_;
  std::vector<Buffer *> slots_;
};

[[noreturn]] static void throw_closed() { throw std::logic_error("closed"); }
static void refuse(bool closed) {
  if (closed)
    throw_closed();
}

void good_throwing_helper(BufferPool &pool, bool closed) {
  Buffer *b = pool.acquire();
  if (closed) {
    pool.release(b);
    throw_closed();
  }
  consume(*b);
  pool.release(b);
}

void good_checked_before(BufferPool &pool, bool closed) {
  refuse(closed);
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

// --- where nothing separates them

void bad_caught_between(BufferPool &pool, bool closed) {
  Buffer *b = pool.acquire();
  try {
    if (closed) {
      pool.release(b); // note: "first put back here"
      throw_closed();
    }
  } catch (const std::logic_error &) {
  }
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

static void warn(bool closed);
void bad_helper_that_returns(BufferPool &pool, bool closed) {
  Buffer *b = pool.acquire();
  if (closed) {
    pool.release(b); // note: "first put back here"
    warn(closed);
  }
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}
static void warn(bool closed) {
  if (closed)
    log_line("closed");
}

void bad_checked_behind(BufferPool &pool, bool closed) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  refuse(closed);
  consume(*b);
  pool.release(b);
}

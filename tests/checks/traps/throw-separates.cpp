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

// RUN: %check %s --confidence possible
// Members, friends, deleters and handles of a pool are its implementation.

#include "buffer_pool.h"
#include <memory>

class SlabPool;

class SlabHandle {
public:
  SlabHandle(SlabPool &pool, Buffer *b) : pool_(&pool), b_(b) {}
  SlabHandle(SlabHandle &&o) noexcept : pool_(o.pool_), b_(o.b_) {
    o.b_ = nullptr;
  }
  SlabHandle(const SlabHandle &) = delete;
  SlabHandle &operator=(const SlabHandle &) = delete;
  ~SlabHandle();
  Buffer *operator->() const { return b_; }

private:
  SlabPool *pool_;
  Buffer *b_;
};

class SlabPool {
public:
  Buffer *acquire() {
    Buffer *b = head_;
    if (!b)
      return new Buffer;
    head_ = b->next;
    return b;
  }
  void release(Buffer *b) {
    b->clear();
    b->next = head_;
    head_ = b;
    ++returned_;
  }
  SlabHandle lease() { return SlabHandle(*this, acquire()); }
  void prewarm(int n) {
    for (int i = 0; i < n; ++i)
      release(new Buffer);
  }
  void shrink() {
    while (Buffer *b = head_) {
      head_ = b->next;
      delete b;
    }
  }
  void swap_out(Buffer *b) {
    release(b);
    last_ = b->next;
  }
  friend void rebalance(SlabPool &from, SlabPool &to);

private:
  Buffer *head_ = nullptr, *last_ = nullptr;
  int returned_ = 0;
};

SlabHandle::~SlabHandle() {
  if (b_)
    pool_->release(b_);
}

void rebalance(SlabPool &from, SlabPool &to) {
  Buffer *b = from.acquire();
  to.release(b);
  to.head_->len = b->len;
}

void good_user(SlabPool &pool) {
  auto lease = pool.lease();
  lease->append("x");
}

// What is said of the pool's own code says nothing of its users.

Buffer *bad_user(SlabPool &pool) {
  Buffer *b = pool.acquire();
  pool.release(b);
  return b->next; // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_user_of_two(SlabPool &pool) {
  auto lease = pool.lease();
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (b->empty())
    return;
  pool.release(b);
}

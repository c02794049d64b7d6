// RUN: %check %s --confidence possible
// A callee leaves one lease under several names.

#include "conn_pool.h"

struct Guard {
  Guard(Conn **c, ConnPool *pool) : pool_(pool) {
    *c = pool->acquire();
    held_ = *c;
  }
  Guard(const Guard &) = delete;
  ~Guard() {
    if (held_)
      pool_->release(held_);
  }
  Conn *held_;
  ConnPool *pool_;
};

void both(Conn **a, Conn **b, ConnPool &pool) {
  *a = pool.acquire();
  *b = *a;
}

struct Holder {
  explicit Holder(ConnPool &pool) : pool_(pool) {}
  Holder(const Holder &) = delete;
  ~Holder() { drop(); }
  void open(Conn **c) {
    drop();
    held_ = pool_.acquire();
    *c = held_;
  }
  void drop() {
    if (held_)
      pool_.release(held_);
    held_ = nullptr;
  }
  ConnPool &pool_;
  Conn *held_ = nullptr;
};

void good_guarded(ConnPool *pool) {
  Conn *c;
  Guard guard(&c, pool);
  if (c)
    c->exec();
}

void good_by_either(ConnPool &pool) {
  Conn *a, *b;
  both(&a, &b, pool);
  if (a)
    pool.release(b);
}

void good_held(ConnPool &pool) {
  Holder holder(pool);
  Conn *c;
  holder.open(&c);
  if (c)
    c->exec();
}

int bad_guard_is_gone(ConnPool *pool) {
  Conn *c;
  Guard(&c, pool); // a temporary
  return c ? c->fd : 0; // expect: pool-use-after-put "'c' is used after it was put back"
}

int bad_other_name(ConnPool &pool) {
  Conn *a, *b;
  both(&a, &b, pool);
  if (!a)
    return 0;
  pool.release(b);
  return a->fd; // expect: pool-use-after-put "'a' is used after it was put back"
}

void bad_by_each(ConnPool &pool) {
  Conn *a, *b;
  both(&a, &b, pool);
  if (!a)
    return;
  pool.release(a);
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

int bad_by_none(ConnPool &pool) {
  Conn *a, *b;
  both(&a, &b, pool); // expect: pool-resource-leak "'a' is never put back"
  return a ? a->exec() : 0;
}

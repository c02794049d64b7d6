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

// ---- both in one answer, or the other only where it is asked for

struct Chain {
  Conn *head, *tail;
};
Chain chain(ConnPool &pool) {
  Chain c;
  c.head = pool.acquire();
  c.tail = c.head;
  return c;
}
void begin(ConnPool &pool, Chain &c, Conn **raw) {
  c.head = pool.acquire();
  if (raw)
    *raw = c.head;
}

void good_chain(ConnPool &pool) {
  Chain c = chain(pool);
  if (c.head)
    pool.release(c.head);
}
void good_chain_by_its_end(ConnPool &pool) {
  Chain c = chain(pool);
  if (c.tail)
    pool.release(c.tail);
}
void good_asked_for(ConnPool &pool) {
  Chain c;
  Conn *raw;
  begin(pool, c, &raw);
  if (c.head)
    pool.release(c.head);
}
int bad_chain(ConnPool &pool) {
  Chain c = chain(pool);
  if (!c.head)
    return 0;
  pool.release(c.head);
  return c.tail->fd; // expect: pool-use-after-put "'c.tail' is used after it was put back"
}

// ---- a name that is declared right before a switch

void good_bound_before_a_switch(ConnPool &pool, int kind) {
  Conn *c = pool.acquire();
  if (!c)
    return;
  Conn *&same = c;
  switch (kind) {
  case 0:
    c->exec();
    [[fallthrough]];
  default:
    switch (kind + 1) {
    case 2:
      pool.release(same);
      break;
    default:
      pool.release(same);
    }
  }
}
void bad_bound_before_a_switch(ConnPool &pool, int kind) {
  Conn *c = pool.acquire(); // expect: pool-resource-leak "'c' is not put back on some path"
  if (!c)
    return;
  Conn *&same = c;
  switch (kind) {
  case 0:
    pool.release(same);
    break;
  case 1:
    break;
  default:
    pool.release(same);
  }
}
struct Job {
  Conn *conn;
  int kind;
};
void good_reference_to_a_reference(ConnPool &pool, Job &job) {
  job.conn = pool.acquire();
  if (!job.conn)
    return;
  Job &same = job;
  switch (same.kind) {
  case 0:
    pool.release(same.conn);
    same.conn = nullptr;
    break;
  default:
    break;
  }
}

// RUN: %check %s
// Pools with two ways to acquire, a plain pointer and a handle, in either order of
// declaration: what is got by one comes back by the put of both.

#include <istream>
#include <memory>
#include <string>
#include <vector>

struct Body {
  std::string data;
  void reset() { data.clear(); }
};

class LeaseFirstPool {
public:
  struct Return {
    LeaseFirstPool *pool;
    void operator()(Body *b) const { pool->release(b); }
  };
  std::unique_ptr<Body, Return> lease() { return {acquire(), Return{this}}; }
  Body *acquire() {
    if (free_.empty())
      return new Body;
    Body *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Body *b) { free_.push_back(b); }

private:
  std::vector<Body *> free_;
};

class LeaseLastPool {
public:
  struct Return {
    LeaseLastPool *pool;
    void operator()(Body *b) const { pool->release(b); }
  };
  Body *acquire() {
    if (free_.empty())
      return new Body;
    Body *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Body *b) { free_.push_back(b); }
  std::unique_ptr<Body, Return> lease() { return {acquire(), Return{this}}; }

private:
  std::vector<Body *> free_;
};

// A handle of the pool's own, and a put that takes it back.
class OwnHandlePool {
public:
  class Lease {
  public:
    Lease(OwnHandlePool &pool, Body *b) : pool_(&pool), body_(b) {}
    Lease(Lease &&other) noexcept : pool_(other.pool_), body_(other.body_) {
      other.body_ = nullptr;
    }
    Lease &operator=(Lease &&) = delete;
    ~Lease() {
      if (body_)
        pool_->release(body_);
    }
    Body *operator->() const { return body_; }

  private:
    OwnHandlePool *pool_;
    Body *body_;
  };
  Lease lease() { return Lease(*this, acquire()); }
  Body *acquire() {
    if (free_.empty())
      return new Body;
    Body *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Body *b) { free_.push_back(b); }

private:
  std::vector<Body *> free_;
};

// --- by the pointer

void bad_late(LeaseFirstPool &pool) {
  Body *b = pool.acquire();
  pool.release(b);
  b->data = "x"; // expect: use-after-put "'b' is used after it was put back"
}

void bad_twice(OwnHandlePool &pool) {
  Body *b = pool.acquire();
  pool.release(b);
  pool.release(b); // expect: double-put "'b' is put back twice"
}

void bad_dirty(LeaseFirstPool &pool) {
  Body *b = pool.acquire();
  b->data = "x";
  pool.release(b); // expect: put-without-reset "'b' is put back without a reset"
}

void bad_left(OwnHandlePool &pool, bool stop) {
  Body *b = pool.acquire(); // expect: resource-leak "'b' is not put back"
  if (stop)
    return;
  pool.release(b);
}

void bad_large(LeaseFirstPool &pool, std::istream &in) {
  Body *b = pool.acquire();
  std::getline(in, b->data);
  b->reset();
  pool.release(b); // expect: oversized-put "'b' is put back however large 'data' has become"
}

void good_pointer(LeaseFirstPool &first, LeaseLastPool &last, OwnHandlePool &own) {
  Body *a = first.acquire(), *b = last.acquire(), *c = own.acquire();
  a->data = b->data = c->data = "x";
  a->reset();
  b->reset();
  c->reset();
  first.release(a);
  last.release(b);
  own.release(c);
}

// --- by the handle

void bad_lease(LeaseLastPool &pool) {
  auto b = pool.lease(); // expect: put-without-reset "'b' is put back without a reset"
  b->data = "x";
}

void bad_lease_first(LeaseFirstPool &pool) {
  auto b = pool.lease(); // expect: put-without-reset "'b' is put back without a reset"
  b->data = "x";
}

void bad_own_lease(OwnHandlePool &pool) {
  auto b = pool.lease(); // expect: put-without-reset "'b' is put back without a reset"
  b->data = "x";
}

void bad_large_lease(LeaseLastPool &pool, std::istream &in) {
  auto b = pool.lease(); // expect: oversized-put "'b' is put back however large 'data' has become"
  std::getline(in, b->data);
  b->reset();
}

void bad_put_beside(LeaseLastPool &pool) {
  auto b = pool.lease();
  pool.release(b.get()); // expect: foreign-put "what 'b' still owns is put into a pool"
}

void good_given_up(LeaseLastPool &pool) {
  auto b = pool.lease();
  Body *raw = b.release();
  raw->reset();
  pool.release(raw);
}

void good_leases(LeaseFirstPool &first, LeaseLastPool &last, OwnHandlePool &own) {
  auto a = first.lease();
  auto b = last.lease();
  auto c = own.lease();
  a->data = b->data = c->data = "x";
  a->reset();
  b->reset();
  c->reset();
}

// --- no second way

// `get` looks at what is leased already; only the handle comes and goes.
class LookedAtPool {
public:
  struct Return {
    LookedAtPool *pool;
    void operator()(Body *b) const { pool->free_.push_back(b); }
  };
  std::unique_ptr<Body, Return> acquire();
  Body *get(const std::string &name);

private:
  std::vector<Body *> free_;
};

void good_look(LookedAtPool &pool) {
  Body *b = pool.get("a");
  b->data = "x";
}

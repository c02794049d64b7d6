// RUN: %check %s
// The lease is one part of an answer, and another part tells whether there is one.

#include "conn_pool.h"
#include <utility>

struct Got {
  Conn *conn;
  int error;
};

std::pair<Conn *, bool> checkout(ConnPool &pool) {
  Conn *c = pool.acquire();
  return {c, c != nullptr};
}

Got open(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return {nullptr, -1};
  return {c, 0};
}

int good_flag(ConnPool &pool) {
  auto [c, ok] = checkout(pool);
  if (!ok)
    return -1;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_error(ConnPool &pool) {
  Got got = open(pool);
  if (got.error)
    return got.error;
  int r = got.conn->exec();
  pool.release(got.conn);
  return r;
}

int good_error_by_name(ConnPool &pool) {
  auto [c, error] = open(pool);
  if (error != 0)
    return error;
  int r = c->exec();
  pool.release(c);
  return r;
}

int bad_the_other_way_round(ConnPool &pool) {
  auto [c, error] = open(pool); // expect: pool-resource-leak "'c' is never put back"
  if (error == 0)
    return 0;
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(c);
  return r;
}

int bad_lost(ConnPool &pool, bool busy) {
  Got got = open(pool); // expect: pool-resource-leak "'got.conn' is not put back on some path"
  if (got.error || busy)
    return got.error;
  int r = got.conn->exec();
  pool.release(got.conn);
  return r;
}

// A class of the project's own is what its members say, whatever its name.
template <class T> class Result {
public:
  Result(T value) : value_(value) {}
  Result(int error) : error_(error) {}
  bool ok() const { return error_ == 0; }
  T value() const { return value_; }

private:
  T value_{};
  int error_ = 0;
};

Result<Conn *> get(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return 12;
  return c;
}

void good_result(ConnPool &pool) {
  Result<Conn *> r = get(pool);
  if (!r.ok())
    return;
  r.value()->exec();
  pool.release(r.value());
}

void bad_result(ConnPool &pool, bool busy) {
  Result<Conn *> r = get(pool); // expect: pool-resource-leak "'r.value_' is not put back on some path"
  if (!r.ok() || busy)
    return;
  pool.release(r.value());
}

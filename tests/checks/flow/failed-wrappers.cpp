// RUN: %check %s --confidence=possible -- -std=c++23
// A failed acquire that a wrapper turns into an empty optional, an error, or a pair
// of nothing and a flag: whoever calls the wrapper has to ask.

#include "conn_pool.h"
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

std::optional<Conn *> get_optional(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return std::nullopt;
  return c;
}

std::optional<Conn *> get_assigned(ConnPool &pool) {
  std::optional<Conn *> found;
  if (Conn *c = pool.acquire())
    found = c;
  return found;
}

std::optional<Conn *> get_twice_removed(ConnPool &pool) {
  auto c = get_optional(pool);
  if (!c)
    return {};
  (*c)->fd = 0;
  return c;
}

std::expected<Conn *, int> get_expected(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return std::unexpected(3);
  return c;
}

std::pair<Conn *, bool> get_pair(ConnPool &pool) {
  if (Conn *c = pool.acquire())
    return {c, true};
  return {nullptr, false};
}

std::tuple<Conn *, int> get_tuple(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return {nullptr, 1};
  return {c, 0};
}

// An answer of the project's own that holds either, in a way of its own.
enum class Error { Busy };
template <class T, class E> class Result {
  alignas(T) alignas(E) unsigned char bytes_[sizeof(T) > sizeof(E) ? sizeof(T) : sizeof(E)];
  bool ok_;

public:
  Result(T value);
  Result(E error);
  explicit operator bool() const;
  T &operator*();
  E error() const;
};

Result<Conn *, Error> get_result(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return Error::Busy;
  return c;
}

struct Got {
  Conn *conn;
  int error;
};

Got get_struct(ConnPool &pool) {
  Got got{};
  got.conn = pool.acquire();
  if (!got.conn)
    got.error = 3;
  return got;
}

struct PutBack {
  ConnPool *pool;
  void operator()(Conn *c) const { pool->release(c); }
};
using Lease = std::unique_ptr<Conn, PutBack>;

std::optional<Lease> get_lease(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return std::nullopt;
  return Lease(c, PutBack{&pool});
}

bool get_filled(ConnPool &pool, Conn **out, int *error) {
  Conn *c = pool.acquire();
  if (!c) {
    *error = 3;
    *out = nullptr;
    return false;
  }
  *error = 0;
  *out = c;
  return true;
}

int bad_optional(ConnPool &pool) {
  auto c = get_optional(pool);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(*c);
  return r;
}

int bad_assigned(ConnPool &pool) {
  auto c = get_assigned(pool);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(*c);
  return r;
}

int bad_twice_removed(ConnPool &pool) {
  auto c = get_twice_removed(pool);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(*c);
  return r;
}

int bad_expected(ConnPool &pool) {
  auto c = get_expected(pool);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(*c);
  return r;
}

int bad_result(ConnPool &pool) {
  auto c = get_result(pool);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(*c);
  return r;
}

int bad_pair(ConnPool &pool) {
  auto [c, ok] = get_pair(pool);
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(c);
  return r;
}

int bad_tuple(ConnPool &pool) {
  auto [c, error] = get_tuple(pool);
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(c);
  return r;
}

int bad_struct(ConnPool &pool) {
  auto got = get_struct(pool);
  int r = got.conn->exec(); // expect: pool-unchecked-acquire "'got.conn' is dereferenced without a check that its acquire succeeded"
  pool.release(got.conn);
  return r;
}

int bad_lease(ConnPool &pool) {
  auto c = get_lease(pool);
  return (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
}

int bad_filled(ConnPool &pool) {
  Conn *c;
  int error;
  get_filled(pool, &c, &error);
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pool.release(c);
  return r;
}

void bad_lost(ConnPool &pool) {
  auto c = get_optional(pool); // expect: pool-resource-leak "'c' is not put back on some path (possible)"
  if (!c || (*c)->fd < 0)
    return;
  pool.release(*c);
}

int good_optional(ConnPool &pool) {
  auto c = get_optional(pool);
  if (c == std::nullopt)
    return 1;
  Conn *conn = *c;
  int r = conn->exec();
  pool.release(conn);
  return r;
}

int good_assigned(ConnPool &pool) {
  std::optional<Conn *> c;
  while (!(c = get_assigned(pool))) {
  }
  int r = c.value()->exec();
  pool.release(*c);
  return r;
}

int good_or_new(ConnPool &pool) {
  auto c = get_optional(pool);
  if (!c)
    c.emplace(new Conn);
  int r = (*c)->exec();
  pool.release(*c);
  return r;
}

int good_twice_removed(ConnPool &pool) {
  for (;;) {
    auto c = get_twice_removed(pool);
    if (!c)
      continue;
    int r = (*c)->exec();
    pool.release(*c);
    return r;
  }
}

int good_expected(ConnPool &pool) {
  auto c = get_expected(pool);
  if (!c)
    return c.error();
  int r = (*c)->exec();
  pool.release(*c);
  return r;
}

int good_result(ConnPool &pool) {
  auto c = get_result(pool);
  if (!c)
    return -1;
  int r = (*c)->exec();
  pool.release(*c);
  return r;
}

int good_value(ConnPool &pool) {
  Conn *c = get_expected(pool).value(); // or it throws
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_pair(ConnPool &pool) {
  auto got = get_pair(pool);
  if (!got.second)
    return 0;
  int r = got.first->exec();
  pool.release(got.first);
  return r;
}

int good_tuple(ConnPool &pool) {
  auto [c, error] = get_tuple(pool);
  if (error)
    return error;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_tied(ConnPool &pool) {
  Conn *c;
  int error;
  std::tie(c, error) = get_tuple(pool);
  if (error != 0)
    return error;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_half_tied(ConnPool &pool) {
  Conn *c;
  std::tie(c, std::ignore) = get_tuple(pool);
  if (!c)
    return 0;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_struct(ConnPool &pool) {
  auto got = get_struct(pool);
  if (got.error != 0)
    return got.error;
  int r = got.conn->exec();
  pool.release(got.conn);
  return r;
}

int good_lease(ConnPool &pool) {
  auto c = get_lease(pool);
  return c ? (*c)->exec() : -1;
}

int good_filled(ConnPool &pool) {
  Conn *c;
  int error;
  get_filled(pool, &c, &error);
  if (error)
    return error;
  int r = c->exec();
  pool.release(c);
  return r;
}

// Where nobody gives what it fails for, it does not fail.
std::optional<Conn *> get_or_wait(ConnPool *pool, bool wait) {
  if (!pool)
    return std::nullopt;
  Conn *c = pool->acquire();
  if (!c && !wait)
    return std::nullopt;
  while (!c)
    c = pool->acquire();
  return c;
}

int good_waits(ConnPool &pool) {
  auto c = get_or_wait(&pool, true);
  int r = (*c)->exec();
  pool.release(*c);
  return r;
}

int bad_may_wait(ConnPool &pool, bool wait) {
  auto c = get_or_wait(&pool, wait);
  int r = (*c)->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded (possible)"
  pool.release(*c);
  return r;
}

// What is put into a container of them has left.
std::vector<std::optional<Conn *>> waiting;
bool good_kept(ConnPool &pool) {
  std::optional<Conn *> c = get_optional(pool);
  if (!c)
    return false;
  waiting.push_back(c);
  return true;
}
void serve(ConnPool &pool) {
  for (auto &c : waiting)
    if (c)
      pool.release(*c);
  waiting.clear();
}

// Who is given to an optional to be called has what is in it.
std::optional<int> good_transformed(ConnPool &pool) {
  return get_optional(pool).transform([&](Conn *c) {
    int r = c->exec();
    pool.release(c);
    return r;
  });
}

// No value equals an error.
int good_compared(ConnPool &pool) {
  auto c = get_expected(pool);
  if (c == std::unexpected(3))
    return 0;
  int r = (*c)->exec();
  pool.release(*c);
  return r;
}

// A reference that is an object goes on as a pointer would.
std::optional<std::reference_wrapper<Conn>> good_referred(ConnPool &pool) {
  Conn *c = pool.acquire();
  if (!c)
    return std::nullopt;
  return *c;
}
std::reference_wrapper<Conn> good_always_referred(ConnPool &pool) {
  Conn *c = pool.acquire();
  while (!c)
    c = pool.acquire();
  return *c;
}

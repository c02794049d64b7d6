// RUN: %check %s --models %S/../models/model-handle.yaml
// A handle of a library: its bodies are elsewhere, the model says what it does.

#include <utility>

namespace pool_lib {

struct Conn {
  int number = 0;
  void query(const char *sql);
};

class Entry {
public:
  Entry() = default;
  Entry(Entry &&) noexcept;
  Entry &operator=(Entry &&) noexcept;
  ~Entry();
  Conn *operator->() const;
  Conn &operator*() const;
  explicit operator bool() const;
  Conn *get() const;
  void give_back();
  Conn *detach();
};

class Pool {
public:
  Entry acquire();
  Entry try_acquire(); // may be empty
  void put_raw(Conn *c);
};

} // namespace pool_lib

void good_entry(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  e->query("select 1");
}

void good_entry_checked(pool_lib::Pool &pool) {
  if (auto e = pool.try_acquire())
    e->query("select 1");
}

void good_entry_put_early(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  e->query("select 1");
  e.give_back();
}

void bad_entry_used(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  e->query("select 1");
  e.give_back();        // note: "put back here"
  e->query("select 2"); // expect: pool-use-after-put "'e' is used after it was put back"
}

int bad_entry_raw_used(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  pool_lib::Conn *c = e.get();
  e.give_back();    // note: "put back here"
  return c->number; // expect: pool-use-after-put "is used after it was put back"
}

void bad_entry_detached(pool_lib::Pool &pool) {
  auto e = pool.acquire(); // expect: pool-resource-leak "put back"
  e->query("select 1");
  e.detach();
}

void good_entry_detached_and_put(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  pool_lib::Conn *c = e.detach();
  c->query("select 1");
  pool.put_raw(c);
}

void bad_detached_leak(pool_lib::Pool &pool, bool stop) {
  auto e = pool.acquire(); // expect: pool-resource-leak "put back on some path"
  pool_lib::Conn *c = e.detach();
  if (stop)
    return; // note: "returns here without putting it back"
  pool.put_raw(c);
}

void good_entry_moved(pool_lib::Pool &pool) {
  auto a = pool.acquire();
  pool_lib::Entry b = std::move(a);
  b->query("select 1");
}

pool_lib::Entry good_entry_returned(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  e->query("select 1");
  return e;
}

void good_entry_reassigned(pool_lib::Pool &pool) {
  auto e = pool.acquire();
  e.give_back();
  e = pool.acquire();
  e->query("select 1");
}

// The put happens at once, at the end of the full expression.
void good_temporary(pool_lib::Pool &pool) {
  pool.acquire()->query("select 1");
  (void)pool.acquire();
}

int bad_temporary_kept(pool_lib::Pool &pool) {
  pool_lib::Conn *c = pool.acquire().get();
  return c->number; // expect: pool-use-after-put "is used after it was put back"
}

// RUN: %check %s -- -I%root/tests/reference_pool/include
// Policies and factories are called by several threads at once.

#include <atomic>
#include <memory>
#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <string>
#include <thread>

using pool_tidy::verdict;

struct Session {
  explicit Session(int number) : number(number) {}
  int number;
  std::string text;
};

// ---- pool-racy-factory ------------------------------------------------------------

struct Counts : pool_tidy::no_reset {
  Session make() const { return Session(++next); } // expect: pool-racy-factory "'next' is written without a lock by the factory"
  mutable int next = 0;
};
struct CountsAtomically : pool_tidy::no_reset {
  Session make() const { return Session(++next); }
  static inline std::atomic<int> next = 0;
};
static long total;
struct Sums {
  Session make() const { return Session(0); }
  verdict reset(Session &session) const noexcept {
    total += session.number; // expect: pool-racy-factory "'total' is written without a lock by the reset callback"
    session.number = 0;
    session.text.clear();
    return verdict::keep;
  }
};
pool_tidy::object_pool<Session, Counts> counted;
pool_tidy::object_pool<Session, CountsAtomically> counted_atomically;
pool_tidy::object_pool<Session, Sums> summed;
void use() {
  auto one = counted.get();
  auto two = counted_atomically.get();
  auto three = summed.get();
}
void serve() {
  std::jthread other(use);
  use();
}

struct Connection {
  int number = 0;
};
struct Numbered {
  int next = 0;
  Connection create() { return {++next}; } // expect: pool-racy-factory "'next' is written without a lock by the factory"
};
struct NumberedAtomically {
  std::shared_ptr<std::atomic<int>> next = std::make_shared<std::atomic<int>>(0);
  Connection create() { return {++*next}; }
};
pool_tidy::resource_pool<Connection, Numbered> numbered;
pool_tidy::resource_pool<Connection, NumberedAtomically> numbered_atomically;
void borrow() {
  auto one = numbered.acquire();
  auto two = numbered_atomically.acquire();
}

// ---- pool-null-factory: of values there is no null; of pointers to what a C library
// ---- gives there is.

struct CHandle;
CHandle *c_open();
struct Handles {
  CHandle *create() {
    if (CHandle *handle = c_open())
      return handle;
    return nullptr; // expect: pool-null-factory "the factory returns null here"
  }
  void destroy(CHandle *&) noexcept;
};
struct ThrowingHandles {
  CHandle *create() {
    if (CHandle *handle = c_open())
      return handle;
    throw std::runtime_error("no handle");
  }
  void destroy(CHandle *&) noexcept;
};
void lend(pool_tidy::resource_pool<CHandle *, Handles> &a, pool_tidy::resource_pool<CHandle *, ThrowingHandles> &b) {
  auto one = a.acquire();
  auto two = b.acquire();
}

// Each user gets the one and only.
static Connection only;
struct OnlyOne {
  Connection *create() { return &only; } // expect: pool-null-factory "the factory returns 'only' each time"
};
void share(pool_tidy::resource_pool<Connection *, OnlyOne> &pool) { auto one = pool.acquire(); }

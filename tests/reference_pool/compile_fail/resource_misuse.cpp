//===- resource_misuse.cpp - what does not compile ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/resource_pool.h"

struct Connection {
  void query() {}
};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;
using Lease = pool_tidy::resource_lease<Connection>;
using namespace std::chrono_literals;

// expected-note@pool_tidy/resource_lease.h:* 0+ {{}}
// expected-note@pool_tidy/resource_pool.h:* 0+ {{}}
// expected-note@pool_tidy/resource_factory.h:* 0+ {{}}
// expected-note@concepts:* 0+ {{}}

void leases(Pool &pool, Lease lease) {
  // From a lease that is about to die there is nothing to be shown.
  pool.acquire()->query(); // expected-error {{overload resolution selected deleted operator '->'}}
  (*pool.acquire()).query(); // expected-error {{overload resolution selected deleted operator '*'}}
  Connection *raw = pool.acquire().get(); // expected-error {{call to deleted member function 'get'}}
  std::move(lease)->query(); // expected-error {{overload resolution selected deleted operator '->'}}

  // A lease has one owner.
  Lease second = lease; // expected-error {{call to deleted constructor}}
  second = lease; // expected-error {{overload resolution selected deleted operator '='}}
  delete lease; // expected-error {{cannot delete expression}}
  bool there = lease; // expected-error {{no viable conversion}}
  Lease made(new Connection); // expected-error {{no matching constructor}}

  // Whoever drops what it was given has not understood what it is.
  pool.acquire(); // expected-error {{ignoring return value}}
  pool.try_acquire(); // expected-error {{ignoring return value}}
  lease.release(); // expected-error {{ignoring return value}}
  Lease(); // expected-error {{ignoring temporary}}
  pool.health(); // expected-error {{ignoring return value}}
}

void pools(Pool &pool, const Pool &fixed) {
  // A pool has one place.
  Pool copy = pool; // expected-error {{call to deleted constructor}}
  Pool moved = std::move(pool); // expected-error {{call to deleted constructor}}
  pool = Pool(); // expected-error {{overload resolution selected deleted operator '='}}
  (void)fixed.acquire(); // expected-error {{no matching member function for call to 'acquire'}}
  pool.acquire(5); // expected-error {{no matching member function for call to 'acquire'}}
  Pool({}, {.max_size = 2, .min_idel = 1}); // expected-error {{no matching constructor}}
}

struct Pinned {
  Pinned() = default;
  Pinned(const Pinned &) = delete;
};
struct Pins {
  Pinned create() { return {}; }
};
void immovable(pool_tidy::resource_lease<Pinned> lease) {
  (void)lease.release(); // expected-error {{invalid reference to function 'release': constraints not satisfied}}
}

// expected-error@pool_tidy/resource_pool.h:* {{Factory needs a create() or create(budget) that returns R}}
struct Nothing {};
using NoPool = pool_tidy::resource_pool<Connection, Nothing>;
static_assert(sizeof(NoPool)); // expected-note {{requested here}}

// expected-error@pool_tidy/resource_pool.h:* {{Factory::destroy(R &) must be noexcept}}
struct Loud : Connections {
  void destroy(Connection &) {}
};
using LoudPool = pool_tidy::resource_pool<Connection, Loud>;
static_assert(sizeof(LoudPool)); // expected-note {{requested here}}

// What is spelled almost right would never be called.

// expected-error@pool_tidy/resource_pool.h:* {{Factory's validate must be `bool validate(R &, std::chrono::nanoseconds)`}}
struct Hurried : Connections {
  bool validate(Connection &) { return true; }
};
using HurriedPool = pool_tidy::resource_pool<Connection, Hurried>;
static_assert(sizeof(HurriedPool)); // expected-note {{requested here}}

// expected-error@pool_tidy/resource_pool.h:* {{Factory's keepalive must be `bool keepalive(R &, std::chrono::nanoseconds)`}}
struct Silent : Connections {
  void keepalive(Connection &, std::chrono::nanoseconds) {}
};
using SilentPool = pool_tidy::resource_pool<Connection, Silent>;
static_assert(sizeof(SilentPool)); // expected-note {{requested here}}

// expected-error@pool_tidy/resource_pool.h:* {{Factory's recycle must be `bool recycle(R &)`}}
struct Unsaid : Connections {
  void recycle(Connection &) {}
};
using UnsaidPool = pool_tidy::resource_pool<Connection, Unsaid>;
static_assert(sizeof(UnsaidPool)); // expected-note {{requested here}}

// expected-error@pool_tidy/resource_pool.h:* {{Factory's destroy must be `void destroy(R &) noexcept`}}
struct ByPointer : Connections {
  void destroy(Connection *) noexcept {}
};
using ByPointerPool = pool_tidy::resource_pool<Connection, ByPointer>;
static_assert(sizeof(ByPointerPool)); // expected-note {{requested here}}

static_assert(!pool_tidy::resource_factory<Hurried, Connection> &&
              !pool_tidy::resource_factory<Silent, Connection> &&
              !pool_tidy::resource_factory<Unsaid, Connection> &&
              !pool_tidy::resource_factory<ByPointer, Connection>);

struct Generic {
  bool recycle = true; // a flag of its own
  Connection create() { return {}; }
  template <class Any> bool validate(Any &, std::chrono::nanoseconds) {
    return true;
  }
};
static_assert(pool_tidy::resource_factory<Generic, Connection>);
using GenericPool = pool_tidy::resource_pool<Connection, Generic>;
static_assert(sizeof(GenericPool));

// expected-error@pool_tidy/resource_pool.h:* {{a resource's destructor must not throw}}
struct Bomb {
  ~Bomb() noexcept(false) {}
};
struct Bombs {
  Bomb create() { return {}; }
};
using BombPool = pool_tidy::resource_pool<Bomb, Bombs>;
static_assert(sizeof(BombPool)); // expected-note {{requested here}}

//===- object_misuse.cpp - what does not compile -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/local_pool.h"
#include "pool_tidy/object_pool.h"
#include <memory>
#include <sstream>
#include <string>

using pool_tidy::lease;
using pool_tidy::object_pool;
using pool_tidy::verdict;
using Pool = object_pool<std::string>;

// expected-note@pool_tidy/object_pool.h:* 0+ {{}}
// expected-note@pool_tidy/local_pool.h:* 0+ {{}}
// expected-note@pool_tidy/detail/pooled_type.h:* 0+ {{}}
// expected-note@pool_tidy/detail/policies.h:* 0+ {{}}
// expected-note@pool_tidy/detail/lease.h:* 0+ {{}}

void leases(Pool &pool, lease<std::string> text) {
  // The object of a lease without a name goes back at the end of the line.
  pool.get()->size();                 // expected-error {{overload resolution selected deleted operator '->'}}
  (*pool.get()).size();               // expected-error {{overload resolution selected deleted operator '*'}}
  std::string *raw = pool.get().get(); // expected-error {{call to deleted member function 'get'}}
  std::move(text)->size();            // expected-error {{overload resolution selected deleted operator '->'}}

  // A lease has one owner.
  lease<std::string> second = text; // expected-error {{call to deleted constructor}}
  second = text;                    // expected-error {{overload resolution selected deleted operator '='}}
  delete text;                      // expected-error {{cannot delete expression}}
  bool there = text;                // expected-error {{no viable conversion}}
  lease<std::string> own(new std::string, 0); // expected-error {{calling a private constructor}}

  pool.get();     // expected-error {{ignoring return value}}
  pool.try_get(); // expected-error {{ignoring return value}}
  text.release(); // expected-error {{ignoring return value}}
  pool_tidy::raw::acquire(pool); // expected-error {{ignoring return value}}
}

void pools(Pool &pool, const Pool &fixed, int *number) {
  Pool copy = pool;             // expected-error {{call to deleted constructor}}
  Pool moved = std::move(pool); // expected-error {{call to deleted constructor}}
  pool = Pool();                // expected-error {{overload resolution selected deleted operator '='}}
  (void)fixed.get();            // expected-error {{'this' argument to member function 'get' has type 'const Pool'}}
  pool_tidy::raw::give_back(pool, number); // expected-error {{no matching function for call to 'give_back'}}
  // expected-note@pool_tidy/object_pool.h:* 0+ {{candidate}}
  Pool({.max_retianed = 1}); // expected-error {{no matching constructor}}
}

using Local = pool_tidy::local_pool<std::string>;
void local(Local &pool, Local &other, Local::lease text) {
  pool.get()->size();                  // expected-error {{overload resolution selected deleted operator '->'}}
  (*pool.get()).size();                // expected-error {{overload resolution selected deleted operator '*'}}
  std::string *raw = pool.get().get(); // expected-error {{call to deleted member function 'get'}}
  Local::lease second = text;          // expected-error {{call to deleted constructor}}
  Local::lease own(new std::string, &pool); // expected-error {{calling a private constructor}}
  Local copy = pool;                   // expected-error {{call to deleted constructor}}
  pool = std::move(other);             // expected-error {{overload resolution selected deleted operator '='}}
  pool.get();                          // expected-error {{ignoring return value}}
  pool.acquire();                      // expected-error {{ignoring return value}}
  text.release();                      // expected-error {{ignoring return value}}
}
// expected-error@pool_tidy/local_pool.h:* {{pool the object itself, not a pointer to it}}
template class pool_tidy::local_pool<int *, pool_tidy::no_reset>; // expected-note {{in instantiation}}

// expected-error@pool_tidy/object_pool.h:* {{pool the object itself, not a pointer to it}}
template class pool_tidy::object_pool<std::unique_ptr<int>>; // expected-note {{in instantiation}}

// expected-error@pool_tidy/object_pool.h:* {{pool a changeable object type}}
template class pool_tidy::object_pool<const std::string, pool_tidy::no_reset>; // expected-note {{in instantiation}}

struct Throws {
  ~Throws() noexcept(false) {}
};
// expected-error@pool_tidy/object_pool.h:* {{a pooled object's destructor must not throw}}
template class pool_tidy::object_pool<Throws, pool_tidy::no_reset>; // expected-note {{in instantiation}}

struct Plain {
  int field;
};
// expected-error@pool_tidy/object_pool.h:* {{the policy needs `verdict reset(T &) const noexcept`; name no_reset if the type has nothing to reset}}
template class pool_tidy::object_pool<Plain>; // expected-note {{in instantiation}}

struct MayThrow {
  verdict reset(Plain &) const { return verdict::keep; }
};
// expected-error@pool_tidy/object_pool.h:* {{the policy needs `verdict reset(T &) const noexcept`}}
template class pool_tidy::object_pool<Plain, MayThrow>; // expected-note {{in instantiation}}

struct Changes {
  int calls = 0;
  verdict reset(Plain &) noexcept { return ++calls, verdict::keep; }
};
// expected-error@pool_tidy/object_pool.h:* {{the policy needs `verdict reset(T &) const noexcept`}}
template class pool_tidy::object_pool<Plain, Changes>; // expected-note {{in instantiation}}

struct Named {
  explicit Named(std::string);
};
// expected-error@pool_tidy/object_pool.h:* {{the policy needs `T make() const`: the type has no default constructor}}
template class pool_tidy::object_pool<Named, pool_tidy::no_reset>; // expected-note {{in instantiation}}

// A member of a policy that is spelled almost right would be passed over.

struct Makes : pool_tidy::no_reset {
  int made = 0;
  Plain make() { return {++made}; }
};
// expected-error@pool_tidy/object_pool.h:* {{the policy's make must be `T make() const` or `T make(std::pmr::memory_resource &) const`}}
template class pool_tidy::object_pool<Plain, Makes>; // expected-note {{in instantiation}}

struct MakesPointers : pool_tidy::no_reset {
  std::unique_ptr<Plain> make() const;
};
// expected-error@pool_tidy/object_pool.h:* {{the policy's make must be}}
template class pool_tidy::object_pool<Plain, MakesPointers>; // expected-note {{in instantiation}}

struct MakesOnPointer final : pool_tidy::no_reset {
  Plain make(std::pmr::memory_resource *) const;
};
// expected-error@pool_tidy/object_pool.h:* {{the policy's make must be}}
template class pool_tidy::object_pool<Plain, MakesOnPointer>; // expected-note {{in instantiation}}

class MakesSecretly : public pool_tidy::no_reset {
  Plain make() const;
};
// expected-error@pool_tidy/object_pool.h:* {{the policy's make must be}}
template class pool_tidy::object_pool<Plain, MakesSecretly>; // expected-note {{in instantiation}}

struct SaysLoudly : pool_tidy::no_reset {
  bool is_clean(const Plain &) const;
};
// expected-error@pool_tidy/object_pool.h:* {{the policy's is_clean must be `bool is_clean(const T &) const noexcept`}}
template class pool_tidy::object_pool<Plain, SaysLoudly>; // expected-note {{in instantiation}}

// These are what the pool calls, or nobody's business.
struct Given : pool_tidy::no_reset {
  template <typename T = Plain> T make() const { return {}; }
  bool is_clean(const auto &) const noexcept { return true; }
};
template class pool_tidy::object_pool<Plain, Given>;
struct Flags : pool_tidy::no_reset {
  bool make = true;
  int is_clean = 0;
};
template class pool_tidy::object_pool<Plain, Flags>;
struct Both final : pool_tidy::no_reset {
  Plain make() const { return {}; }
  Plain make(std::pmr::memory_resource &) const { return {}; }
};
template class pool_tidy::object_pool<Plain, Both>;

// A stream that is cleared has its text still.
// expected-error@pool_tidy/object_pool.h:* {{a stream's clear() leaves its text; pool what it writes to, or name a policy that empties it}}
template class pool_tidy::object_pool<std::ostringstream>; // expected-note {{in instantiation}}

struct Report : std::ostringstream {
  void reset() {
    str({});
    clear();
  }
};
template class pool_tidy::object_pool<Report>;

// expected-error@pool_tidy/object_pool.h:* {{a magazine holds an even number of objects, 2 to 1024}}
template class pool_tidy::object_pool<Plain, pool_tidy::no_reset, 3>; // expected-note {{in instantiation}}

//===- resource_typestate.cpp - what clang sees of a lease's life -------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "pool_tidy/resource_pool.h"

struct Connection {
  int rows = 0;
  void query() {}
};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;
using Lease = pool_tidy::resource_lease<Connection>;

void ended(Pool &pool) {
  Lease put = pool.acquire();
  put->query();
  put.put();
  put->query(); // expected-warning {{invalid invocation of method 'operator->' on object 'put' while it is in the 'consumed' state}}

  Lease twice = pool.acquire();
  twice.put();
  twice.put(); // expected-warning {{invalid invocation of method 'put' on object 'twice' while it is in the 'consumed' state}}

  Lease broken = pool.acquire();
  broken.discard();
  (*broken).query(); // expected-warning {{invalid invocation of method 'operator*' on object 'broken' while it is in the 'consumed' state}}

  Lease moved = pool.acquire();
  Lease owner = std::move(moved);
  moved->query(); // expected-warning {{invalid invocation of method 'operator->' on object 'moved' while it is in the 'consumed' state}}
  Connection mine = owner.release();
  mine.query();
  (void)owner.get(); // expected-warning {{invalid invocation of method 'get' on object 'owner' while it is in the 'consumed' state}}

  Lease empty;
  empty->query(); // expected-warning {{invalid invocation of method 'operator->' on object 'empty' while it is in the 'consumed' state}}
}

void tried(Pool &pool) {
  Lease lease = pool.try_acquire();
  if (!lease)
    lease->query(); // expected-warning {{invalid invocation of method 'operator->' on object 'lease' while it is in the 'consumed' state}}
  else
    lease->query();
}

void given(Pool &pool, Lease lease) {
  lease->query();
  lease = pool.acquire();
  lease->query();
  lease.put();
  lease = pool.acquire();
  lease->query();
}

Connection &shown(Pool &pool) {
  Lease lease = pool.acquire();
  return *lease; // expected-warning {{reference to stack memory associated with local variable 'lease' returned}}
}

Connection *pointed(Pool &pool) {
  Lease lease = pool.acquire();
  return lease.get(); // expected-warning {{address of stack memory associated with local variable 'lease' returned}}
}

// These are wrong, and clang says nothing: it follows the lease's name, within
// one function. tests/checks/reference-pool has them with pool-tidy's words.

void byAnotherName(Pool &pool) {
  Lease lease = pool.acquire();
  Connection &same = *lease;
  lease.put();
  same.query();
}

void put(Lease &lease) { lease.put(); }
void putByAFunction(Pool &pool) {
  Lease lease = pool.acquire();
  put(lease);
  lease->query();
}

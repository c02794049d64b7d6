// RUN: %check %s --confidence possible -- -I%root/tests/reference_pool/include
// The model of the bundled resource pool against its real header.

#include <pool_tidy/resource_pool.h>
#include <string>
#include <vector>

struct Connection {
  int rows = 0;
  bool query(const char *) { return ++rows > 0; }
};
struct Connections {
  Connection create() { return {}; }
};
using Pool = pool_tidy::resource_pool<Connection, Connections>;
using Lease = pool_tidy::resource_lease<Connection>;

void log(int rows);

int good_scope(Pool &pool) {
  Lease lease = pool.acquire();
  if (!lease->query("select 1"))
    return -1;
  return lease->rows;
}

int good_tried(Pool &pool) {
  if (Lease lease = pool.try_acquire())
    return lease->query("select 1");
  return 0;
}

void good_put_early(Pool &pool) {
  Lease lease = pool.acquire();
  int rows = lease->rows;
  lease.put();
  log(rows);
}

void good_discarded(Pool &pool) {
  Lease lease = pool.acquire();
  if (!lease->query("begin"))
    lease.discard();
}

Lease good_handed_on(Pool &pool) {
  Lease lease = pool.acquire();
  lease->query("begin");
  return lease;
}

void good_kept(Pool &pool, std::vector<Lease> &session) {
  session.push_back(pool.acquire());
}

// The resource is the caller's own now, and ends as any object does.
int good_released(Pool &pool) {
  Lease lease = pool.acquire();
  Connection own = lease.release();
  return own.query("detach");
}

// A connection keeps what it is: there is nothing to reset.
void good_changed(Pool &pool) {
  Lease lease = pool.acquire();
  lease->rows = 7;
}

int good_refilled(Pool &pool) {
  Lease lease = pool.acquire();
  lease.put();
  lease = pool.acquire();
  return lease->rows;
}

int bad_used_after_put(Pool &pool) {
  Lease lease = pool.acquire(); // note: "acquired here"
  lease->query("select 1");
  lease.put();        // note: "put back here"
  return lease->rows; // expect: pool-use-after-put "'lease' is used after it was put back"
}

int bad_reference_after_put(Pool &pool) {
  Lease lease = pool.acquire();
  Connection &connection = *lease;
  connection.query("select 1");
  lease.put();
  return connection.rows; // expect: pool-use-after-put "after it was put back"
}

bool bad_used_after_discard(Pool &pool) {
  Lease lease = pool.acquire();
  Connection *connection = lease.get();
  if (!connection->query("begin"))
    lease.discard();
  return connection->query("commit"); // expect: pool-use-after-put "after it was put back"
}

int bad_used_after_release(Pool &pool) {
  Lease lease = pool.acquire();
  Connection own = lease.release();
  return lease->rows + own.rows; // expect: pool-use-after-put "after it was put back"
}

// The second put finds the lease empty; that is clang's to warn of.
void harmless_put_twice(Pool &pool, bool wanted) {
  Lease lease = pool.acquire();
  if (!wanted)
    lease.put();
  lease.put();
}

// RUN: %check %s
// Filling a pool at the start is no put of a lease.

#include "packet_pool.h"

class Server {
public:
  Server() {
    for (Packet &p : own_)
      pool_.put(&p);
  }
  int good_step() {
    Packet *p = pool_.get();
    if (!p)
      return 0;
    send(*p);
    p->reset();
    pool_.put(p);
    return 1;
  }

private:
  PacketPool pool_;
  Packet own_[8];
};

void good_prewarm(PacketPool &pool, int n) {
  for (int i = 0; i < n; ++i)
    pool.put(new Packet);
}

void good_take_all_then_put_all(PacketPool &pool) {
  Packet *all[4];
  int n = 0;
  while (n < 4 && (all[n] = pool.get()))
    ++n;
  while (n > 0)
    pool.put(all[--n]);
}

// --- what is no start

int bad_step(PacketPool &pool) {
  Packet *p = pool.get();
  if (!p)
    return 0;
  pool.put(p);
  pool.put(p); // expect: pool-double-put "'p' is put back twice"
  return 1;
}

void bad_own_storage(PacketPool &pool) {
  Packet own;
  pool.put(&own); // expect: pool-foreign-put "'own'"
}

void bad_last_not_put(PacketPool &pool) {
  Packet *last = nullptr;
  for (int n = 0; n < 4; ++n) {
    if (last)
      pool.put(last);
    last = pool.get(); // expect: pool-resource-leak "'last' is not put back on some path"
    if (!last)
      return;
  }
}

// RUN: %check %s
// Null is no lease, and a null test tells the paths apart.

#include "packet_pool.h"
#include <cassert>

void good_early_null(PacketPool &pool) {
  Packet *p = pool.get();
  if (p == nullptr)
    return;
  send(*p);
  pool.put(p);
}

void good_nested(PacketPool &pool) {
  Packet *p = pool.get();
  if (p) {
    send(*p);
    pool.put(p);
  }
}

void good_asserted(PacketPool &pool) {
  Packet *p = pool.get();
  assert(p);
  send(*p);
  pool.put(p);
}

void good_second_missing(PacketPool &pool) {
  Packet *a = pool.get();
  if (!a)
    return;
  Packet *b = pool.get();
  if (!b) {
    pool.put(a);
    return;
  }
  send(*a);
  send(*b);
  pool.put(b);
  pool.put(a);
}

void bad_second_missing(PacketPool &pool) {
  Packet *a = pool.get(); // expect: pool-resource-leak "'a' is not put back on some path"
  if (!a)
    return;
  Packet *b = pool.get();
  if (!b)
    return; // note: "returns here without putting it back"
  send(*a);
  send(*b);
  pool.put(b);
  pool.put(a);
}

void good_both_tested_at_once(PacketPool &pool) {
  Packet *a = pool.get();
  Packet *b = pool.get();
  if (a && b) {
    send(*a);
    send(*b);
  }
  if (a)
    pool.put(a);
  if (b)
    pool.put(b);
}

void bad_both_or_nothing(PacketPool &pool) {
  Packet *a = pool.get(); // expect: pool-resource-leak "'a' is not put back on some path"
  Packet *b = pool.get(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (a && b) {
    send(*a);
    send(*b);
    pool.put(a);
    pool.put(b);
  }
}

void good_put_marks_null(PacketPool &pool, bool early) {
  Packet *p = pool.get();
  if (!p)
    return;
  if (early) {
    pool.put(p);
    p = nullptr;
  }
  if (!p)
    return;
  send(*p);
  pool.put(p);
}

void bad_null_after_test(PacketPool &pool, bool early) {
  Packet *p = pool.get();
  if (!p)
    return;
  if (early)
    pool.put(p); // note: "put back here"
  if (!p)
    return;
  send(*p); // expect: pool-use-after-put "'p' is used after it was put back"
  if (!early)
    pool.put(p);
}

Packet *good_null_returned_on(PacketPool &pool) {
  Packet *p = pool.get();
  if (!p)
    return nullptr;
  p->reset();
  return p;
}

void good_fallback_to_own(PacketPool &pool) {
  Packet own;
  Packet *p = pool.get();
  Packet *use = p ? p : &own;
  send(*use);
  if (p)
    pool.put(p);
}

bool good_pointer_as_flag(PacketPool &pool) {
  Packet *p = pool.get();
  bool have = p != nullptr;
  if (have)
    send(*p);
  if (have)
    pool.put(p);
  return have;
}

// --- an address is not null

int good_reason_given(PacketPool &pool) {
  const char *reason = nullptr;
  Packet *p = pool.get();
  if (!p)
    reason = "busy";
  if (reason)
    return -1;
  send(*p);
  pool.put(p);
  return 0;
}

int good_pool_it_came_from(PacketPool &first, PacketPool &second) {
  PacketPool *from = nullptr;
  Packet *p = first.get();
  if (p)
    from = &first;
  else if ((p = second.get()))
    from = &second;
  if (!from)
    return -1;
  send(*p);
  from->put(p);
  return 0;
}

int good_pool_or_none(PacketPool &first, PacketPool &second) {
  PacketPool *from = &first;
  Packet *p = first.get();
  if (!p) {
    p = second.get();
    from = p ? &second : nullptr;
  }
  if (!from)
    return -1;
  send(*p);
  from->put(p);
  return 0;
}

int bad_reason_not_asked(PacketPool &pool) {
  const char *reason = nullptr;
  Packet *p = pool.get(); // expect: pool-resource-leak "'p' is never put back"
  if (!p)
    reason = "busy";
  if (!reason)
    return -1;
  send(*p); // expect: pool-unchecked-acquire "'p' is dereferenced without a check that its acquire succeeded"
  pool.put(p);
  return 0;
}

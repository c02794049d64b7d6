// RUN: %check %s --confidence possible
// bail_out labels, ok flags, try_again loops, one exit.

#include "packet_pool.h"

bool parse(const Packet &p);
bool route(int port);

bool good_bail_out(PacketPool &pool) {
  bool ok = false;
  Packet *in = pool.get();
  Packet *out = nullptr;
  if (!in)
    goto bail_out;
  if (!parse(*in))
    goto bail_out;
  out = pool.get();
  if (!out)
    goto bail_out;
  ok = true;

bail_out:
  if (out) {
    out->reset();
    pool.put(out);
  }
  if (in) {
    in->reset();
    pool.put(in);
  }
  return ok;
}

bool good_ok_flag(PacketPool &pool, int port) {
  Packet *p = pool.get();
  bool ok = p != nullptr;
  if (ok)
    ok = parse(*p);
  if (ok)
    ok = route(port);
  if (p)
    pool.put(p);
  return ok;
}

bool good_try_again(PacketPool &pool, int tries) {
  Packet *p;
try_again:
  p = pool.get();
  if (!p)
    return false;
  if (!parse(*p)) {
    pool.put(p);
    if (--tries > 0)
      goto try_again;
    return false;
  }
  pool.put(p);
  return true;
}

bool good_single_exit(PacketPool &pool) {
  bool result = false;
  do {
    Packet *p = pool.get();
    if (!p)
      break;
    if (parse(*p))
      result = true;
    pool.put(p);
  } while (false);
  return result;
}

bool good_handed_over_on_success(PacketPool &pool, Packet **out) {
  bool ok = false;
  Packet *p = pool.get();
  if (!p)
    return false;
  if (!parse(*p))
    goto fail;
  *out = p;
  p = nullptr;
  ok = true;
fail:
  if (p)
    pool.put(p);
  return ok;
}

bool good_ownership_flag(PacketPool &pool, Packet *given) {
  bool own = false;
  Packet *p = given;
  if (!p) {
    p = pool.get();
    if (!p)
      return false;
    own = true;
  }
  const bool ok = parse(*p);
  if (own)
    pool.put(p);
  return ok;
}

int good_count_as_flag(PacketPool &pool) {
  Packet *p[2] = {nullptr, nullptr};
  int n = 0;
  for (; n < 2; ++n) {
    p[n] = pool.get();
    if (!p[n])
      break;
  }
  for (int i = 0; i < n; ++i)
    pool.put(p[i]);
  return n;
}

// --- and where the clean-up forgets one

bool bad_bail_out(PacketPool &pool) {
  bool ok = false;
  Packet *in = pool.get(); // expect: pool-resource-leak "'in' is not put back on some path"
  Packet *out = nullptr;
  if (!in)
    goto bail_out;
  if (!parse(*in))
    goto bail_out;
  out = pool.get();
  if (!out)
    goto bail_out;
  in->reset();
  pool.put(in);
  ok = true;

bail_out:
  if (out) {
    out->reset();
    pool.put(out);
  }
  return ok;
}

bool bad_bail_out_twice(PacketPool &pool) {
  Packet *p = pool.get();
  if (!p)
    return false;
  if (!parse(*p)) {
    pool.put(p); // note: "first put back here"
    goto bail_out;
  }
  if (!route(p->port))
    goto bail_out;
  send(*p);
bail_out:
  pool.put(p); // expect: pool-double-put "'p' is put back twice"
  return true;
}

bool bad_ok_flag(PacketPool &pool, int port) {
  Packet *p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
  bool ok = p != nullptr;
  if (ok)
    ok = parse(*p);
  if (ok)
    ok = route(port);
  if (ok)
    pool.put(p);
  return ok;
}

bool bad_try_again(PacketPool &pool, int tries) {
  Packet *p;
try_again:
  p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
  if (!p)
    return false;
  if (!parse(*p)) {
    if (--tries > 0)
      goto try_again;
    pool.put(p);
    return false;
  }
  pool.put(p);
  return true;
}

bool bad_single_exit(PacketPool &pool) {
  bool result = false;
  do {
    Packet *p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
    if (!p)
      break;
    if (!parse(*p))
      break;
    result = true;
    pool.put(p);
  } while (false);
  return result;
}

bool bad_ownership_flag(PacketPool &pool, Packet *given) {
  bool own = false;
  Packet *p = given;
  if (!p) {
    p = pool.get(); // expect: pool-resource-leak "'p' is not put back on some path"
    if (!p)
      return false;
    own = true;
  }
  const bool ok = parse(*p);
  if (own && ok)
    pool.put(p);
  return ok;
}

// RUN: %check %s --models %S/../models/sessions.yaml
// Pools of connections: owners that put, raw ones that may fail in each way,
// owners whose copies share, those that can be told to be broken.

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>

struct Link {
  bool usable() const;
  void query(const char *text);
};
void work();

// --- moved out and moved back

class Wire {
public:
  Wire(Wire &&) noexcept;
  Wire &operator=(Wire &&) noexcept;
  ~Wire();
  void send(const char *text);
};
class WirePool {
public:
  Wire fetch();
  void release(Wire wire);
};

void good_moved_back(WirePool &pool) {
  Wire wire = pool.fetch();
  wire.send("ping");
  pool.release(std::move(wire));
}

void good_sent_by_another(WirePool &pool) {
  Wire wire = pool.fetch();
  pool.release(std::move(wire));
  wire = pool.fetch();
  wire.send("pong");
  pool.release(std::move(wire));
}

bool bad_wire_lost(WirePool &pool, int n) {
  Wire wire = pool.fetch(); // expect: resource-leak "'wire' is not put back on some path"
  if (n < 0)
    return false;
  pool.release(std::move(wire));
  return true;
}

// --- waits, tries, or tries into an argument; filled at the start

class LinkManager {
public:
  Link *Acquire();
  Link *TryAcquire();
  bool TryAcquire(Link *&link);
  void Release(Link *link);
  void PutResource(Link *link);
};

void good_waited(LinkManager &m) {
  Link *link = m.Acquire();
  link->query("a");
  m.Release(link);
}

bool good_tried(LinkManager &m) {
  Link *link = m.TryAcquire();
  if (!link)
    return false;
  m.Release(link);
  return true;
}

bool good_tried_into(LinkManager &m) {
  Link *link = nullptr;
  if (!m.TryAcquire(link))
    return false;
  link->query("b");
  m.Release(link);
  return true;
}

void good_setup(LinkManager &m) {
  for (int i = 0; i < 4; ++i)
    m.PutResource(new Link);
}

bool bad_waited(LinkManager &m, int n) {
  Link *link = m.Acquire(); // expect: resource-leak "'link' is not put back on some path"
  if (n < 0)
    throw std::runtime_error("number");
  m.Release(link);
  return true;
}

bool bad_tried_into(LinkManager &m, int n) {
  Link *link = nullptr;
  if (!m.TryAcquire(link)) // expect: resource-leak "'link' is not put back on some path"
    return false;
  if (n < 0)
    return false;
  m.Release(link);
  return true;
}

// --- an owner whose copies share it, and that can be told to be broken

class Entry {
public:
  Entry(const Entry &);
  Entry &operator=(const Entry &);
  ~Entry();
  Link *operator->() const;
  bool isNull() const;
  void expire();
};
class EntryPool {
public:
  Entry get(std::chrono::milliseconds timeout);
};

void good_shared_entry(EntryPool &pool) {
  Entry entry = pool.get(std::chrono::milliseconds(5));
  Entry other = entry;
  other->query("c");
  if (!other->usable())
    entry.expire();
}

// --- returned with or without a reset

class PooledLink {
public:
  PooledLink(PooledLink &&) noexcept;
  ~PooledLink();
  Link *operator->() const;
  Link &get();
  void return_without_reset() noexcept;
  Link *detach();
};
class LinkPool {
public:
  PooledLink get_link();
  void async_get_link(std::function<void(PooledLink)> done);
};

void good_without_reset(LinkPool &pool) {
  PooledLink link = pool.get_link();
  link->query("d");
  link.return_without_reset();
}

void bad_used_after_return(LinkPool &pool) {
  PooledLink link = pool.get_link();
  link.return_without_reset();
  link->query("e"); // expect: use-after-put "'link' is used after it was put back"
}

void good_later(LinkPool &pool) {
  pool.async_get_link([](PooledLink link) { link->query("f"); });
}

// --- given up: it does not come back to the pool, its new owner closes it

void close_link(Link *link);
void good_given_up(LinkPool &pool) {
  PooledLink link = pool.get_link();
  Link *raw = link.detach();
  raw->query("g");
  close_link(raw);
}

// --- closed by a method; the destructor does not

class Connection {
public:
  void Close();
  void Execute(const char *text);
};
class ConnectionPool {
public:
  Connection *GetConnection();
};

void good_closed(ConnectionPool &pool) {
  Connection *c = pool.GetConnection();
  c->Execute("h");
  c->Close();
}

void bad_not_closed(ConnectionPool &pool, int n) {
  Connection *c = pool.GetConnection(); // expect: resource-leak "'c' is not put back on some path"
  if (n < 0)
    return;
  c->Close();
}

// --- posted back as a bare pointer

class Slots {
public:
  void *get();
  void post(void *slot);
};

void good_posted(Slots &slots) {
  void *slot = slots.get();
  work();
  slots.post(slot);
}

void bad_posted_twice(Slots &slots) {
  void *slot = slots.get();
  slots.post(slot);
  slots.post(slot); // expect: double-put "'slot' is put back twice"
}

// RUN: %check %s --models %S/../models/made-and-ended.yaml
// Pools that construct and destroy each time: no reset is owed, all else is.

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

struct Session {
  int number = 0;
  bool open = false;
  void clear();
};
void show(const Session &s);

// --- null when it is full; null is nothing to release; all at once

template <typename T, std::size_t N> class ObjectPool {
public:
  template <typename... Args> T *CreateObject(Args &&...args);
  void ReleaseObject(T *object);
  void ReleaseAll();
};
using Sessions = ObjectPool<Session, 8>;

bool good_created(Sessions &pool, bool use) {
  Session *s = pool.CreateObject();
  if (s == nullptr)
    return false;
  s->number = use;
  pool.ReleaseObject(s);
  return true;
}

void good_null_released(Sessions &pool) {
  Session *s = pool.CreateObject();
  if (s)
    s->open = true;
  pool.ReleaseObject(s);
}

bool bad_created_and_left(Sessions &pool, int n) {
  Session *s = pool.CreateObject(); // expect: resource-leak "'s' is not put back on some path"
  if (!s)
    return false;
  if (n < 0)
    return false;
  pool.ReleaseObject(s);
  return true;
}

void bad_released_twice(Sessions &pool) {
  Session *s = pool.CreateObject();
  pool.ReleaseObject(s);
  pool.ReleaseObject(s); // expect: double-put "'s' is put back twice"
}

// --- taken back by a pointer to const

class FixedSessions {
public:
  Session *new_object(int number);
  void delete_object(const Session *object);
  void delete_all();
};

int good_by_const(FixedSessions &pool) {
  Session *s = pool.new_object(1);
  if (!s)
    return 0;
  s->open = true;
  int number = s->number;
  pool.delete_object(s);
  return number;
}

int bad_by_const(FixedSessions &pool) {
  const Session *s = pool.new_object(1);
  pool.delete_object(s);
  return s->number; // expect: use-after-put "'s' is used after it was put back"
}

// --- pages, and ids that lead to what is in them

class Id {
public:
  std::uint64_t value = 0;
};
class SessionOwner {
public:
  Id make_rid();
  Session *get_or_null(const Id &id);
  void free(const Id &id);
};

void good_by_rid(SessionOwner &owner) {
  Id id = owner.make_rid();
  if (Session *s = owner.get_or_null(id))
    s->number = 1;
  owner.free(id);
}

void bad_rid_freed_twice(SessionOwner &owner) {
  Id id = owner.make_rid();
  owner.free(id);
  owner.free(id); // expect: double-put "'id' is put back twice"
}

bool bad_rid_lost(SessionOwner &owner, int n) {
  Id id = owner.make_rid(); // expect: resource-leak "'id' is not put back on some path"
  if (n < 0)
    return false;
  owner.free(id);
  return true;
}

// --- the destructor by hand, then the storage

struct Algorithm {
  virtual ~Algorithm();
  int kind = 0;
};
struct Dispatcher {
  void *allocate_algorithm(int size);
  void free_algorithm(void *p);
};

void good_ended_by_hand(Dispatcher &d) {
  void *memory = d.allocate_algorithm(sizeof(Algorithm));
  Algorithm *a = new (memory) Algorithm;
  a->kind = 2;
  a->~Algorithm();
  d.free_algorithm(a);
}

int bad_ended_and_read(Dispatcher &d) {
  void *memory = d.allocate_algorithm(sizeof(Algorithm));
  Algorithm *a = new (memory) Algorithm;
  a->~Algorithm();
  d.free_algorithm(memory);
  return a->kind; // expect: use-after-put "is used after it was put back"
}

// --- ask first, then it cannot fail: new and delete for their users

struct Vehicle {
  static bool can_allocate();
  void *operator new(std::size_t size);
  void operator delete(void *p);
  int speed = 0;
};

int good_asked_first() {
  if (!Vehicle::can_allocate())
    return -1;
  Vehicle *v = new Vehicle;
  int speed = v->speed;
  delete v;
  return speed;
}

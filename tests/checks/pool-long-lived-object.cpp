// RUN: %check %s
// Objects that live in storage of their own and are put into a pool.

#include "buffer_pool.h"
#include <vector>

static Buffer scratch;
Buffer shared_scratch;
static BufferPool pool;

void bad_static() {
  scratch.append("x");
  scratch.clear();
  pool.release(&scratch); // expect: pool-long-lived-object "'scratch' is put into a pool, and has static storage"
}

void bad_global_by_pointer() {
  Buffer *b = &shared_scratch;
  pool.release(b); // expect: pool-long-lived-object "'shared_scratch' is put into a pool, and has static storage"
}

void bad_local_static() {
  static Buffer once;
  pool.release(&once); // expect: pool-long-lived-object "'once' is put into a pool, and has static storage"
}

void bad_thread_local() {
  thread_local Buffer mine;
  pool.release(&mine); // expect: pool-long-lived-object "'mine' is put into a pool, and has static storage"
}

// What a long-lived pointer points to is not long-lived itself.
static Buffer *spare = nullptr;
void good_static_pointer() {
  if (spare)
    pool.release(spare);
  spare = nullptr;
}

// --- members

struct Session {
  Buffer out;
  Buffer *in = nullptr;
  Buffer many[4];
};

void bad_member(Session &s) {
  s.out.clear();
  pool.release(&s.out); // expect: pool-long-lived-object "'s.out' is put into a pool, and is a member of an object that lives on"
}

void good_pointer_member(Session &s) {
  pool.release(s.in);
  s.in = nullptr;
}

class Worker {
public:
  void bad_own_member() {
    pool.release(&line_); // expect: pool-long-lived-object "'line_' is put into a pool, and is a member"
  }
  void good_own_lease() {
    pool.release(lease_);
    lease_ = nullptr;
  }

private:
  Buffer line_;
  Buffer *lease_ = nullptr;
};

// A pool is seeded from an array that the same class owns.
class Slab {
public:
  Slab() {
    for (Buffer &b : slots_)
      pool_.release(&b);
    for (int i = 0; i < 4; ++i)
      pool_.release(&more_[i]);
  }

private:
  Buffer slots_[16];
  Buffer more_[4];
  BufferPool pool_;
};

// --- a singleton, and a part of one

class Registry {
public:
  static Registry &instance() {
    static Registry only;
    return only;
  }
  Buffer line;
};

void bad_part_of_singleton() {
  pool.release(&Registry::instance().line); // expect: pool-long-lived-object "is put into a pool, and "
}

// --- marked

struct [[clang::annotate("pool::long_lived")]] Config {
  int port = 0;
  void clear();
};
class ConfigPool {
public:
  Config *acquire();
  void release(Config *config);
};
Config *current();

void bad_marked(ConfigPool &configs) {
  Config *c = current();
  configs.release(c); // expect: pool-long-lived-object "'c' is put into a pool, and its type is marked long-lived"
}

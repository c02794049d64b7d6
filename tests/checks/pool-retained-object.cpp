// RUN: %check %s
// Leased objects under names that outlive the lease.

#include "buffer_pool.h"
#include "leases.h"
#include <atomic>
#include <map>
#include <vector>

static Buffer *last = nullptr;
static std::vector<Buffer *> recent;

void bad_global(BufferPool &pool) {
  Buffer *b = pool.acquire(); // note: "acquired here"
  last = b; // expect: pool-retained-object "'last' keeps 'b', which is put back"
  pool.release(b); // note: "put back here"
}

void good_taken_out_again(BufferPool &pool) {
  Buffer *b = pool.acquire();
  last = b;
  work();
  last = nullptr;
  pool.release(b);
}

void good_replaced(BufferPool &pool, Buffer *other) {
  Buffer *b = pool.acquire();
  last = b;
  pool.release(b);
  last = other;
}

void bad_by_handle(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  last = b.get(); // expect: pool-retained-object "'last' keeps 'b', which is put back"
}

class Reader {
public:
  void bad_member(BufferPool &pool) {
    Buffer *b = pool.acquire();
    current_ = b; // expect: pool-retained-object "'current_' keeps 'b', which is put back"
    pool.release(b);
  }
  void good_member(BufferPool &pool) {
    Buffer *b = pool.acquire();
    current_ = b;
    current_ = nullptr;
    pool.release(b);
  }
  // The member is the name it is used and put by; the next round sets it anew.
  void good_own_name(BufferPool &pool) {
    current_ = pool.acquire();
    consume(*current_);
    pool.release(current_);
  }
  void good_handed_over(BufferPool &pool) { current_ = pool.acquire(); }

private:
  Buffer *current_ = nullptr;
};

void keep(Buffer *b) { last = b; }
void bad_kept_by_callee(BufferPool &pool) {
  Buffer *b = pool.acquire();
  keep(b); // expect: pool-retained-object "'last' keeps 'b', which is put back"
  pool.release(b);
}

static std::atomic<Buffer *> newest;
void bad_atomic(BufferPool &pool) {
  Buffer *b = pool.acquire();
  newest.store(b); // expect: pool-retained-object "'newest' keeps 'b', which is put back"
  pool.release(b);
}
void bad_atomic_assigned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  newest = b; // expect: pool-retained-object "'newest' keeps 'b', which is put back"
  pool.release(b);
}
void good_atomic(BufferPool &pool) {
  Buffer *b = pool.acquire();
  newest = b;
  work();
  newest = nullptr;
  pool.release(b);
}

thread_local Buffer *mine = nullptr;
struct Stage {
  static Buffer *current;
};
Buffer *Stage::current = nullptr;
void bad_thread_local(BufferPool &pool) {
  Buffer *b = pool.acquire();
  mine = b; // expect: pool-retained-object "'mine' keeps 'b', which is put back"
  pool.release(b);
}
void bad_static_member(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Stage::current = b; // expect: pool-retained-object "'current' keeps 'b', which is put back"
  pool.release(b);
}
// Put there for the time of a scope.
struct Current {
  Buffer *before;
  explicit Current(Buffer *b) : before(mine) { mine = b; }
  Current(const Current &) = delete;
  ~Current() { mine = before; }
};
void good_for_a_scope(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    Current current(b);
    work();
  }
  pool.release(b);
}

// --- in containers

void bad_container(BufferPool &pool) {
  Buffer *b = pool.acquire();
  recent.push_back(b); // expect: pool-retained-object "'recent' keeps 'b', which is put back"
  pool.release(b);
}

void good_container_emptied(BufferPool &pool) {
  Buffer *b = pool.acquire();
  recent.push_back(b);
  work();
  recent.pop_back();
  pool.release(b);
}

void good_local_container(BufferPool &pool) {
  std::vector<Buffer *> mine;
  Buffer *b = pool.acquire();
  mine.push_back(b);
  pool.release(b);
}

// --- for good

static Buffer *cached = nullptr;
void bad_cached(BufferPool &pool) {
  if (!cached)
    cached = pool.acquire(); // expect: pool-retained-object "'cached' is kept in 'cached' for good, and never put back"
  cached->append("x");
}

static Buffer *held = nullptr;
void good_held(BufferPool &pool) { held = pool.acquire(); }
void good_let_go(BufferPool &pool) {
  pool.release(held);
  held = nullptr;
}

static Buffer *lent = nullptr;
void good_lent(BufferPool &pool) { lent = pool.acquire(); }
Buffer *whoever_puts_it() { return lent; }

// --- in a slot of a container

class Slots {
public:
  void bad_by_key(BufferPool &pool, int key) {
    Buffer *b = pool.acquire();
    by_key_[key] = b; // expect: pool-retained-object "'by_key_' keeps 'b', which is put back"
    pool.release(b);
  }
  void bad_by_index(BufferPool &pool, int at) {
    Buffer *b = pool.acquire();
    all_[at] = b; // expect: pool-retained-object "'all_' keeps 'b', which is put back"
    pool.release(b);
  }
  void good_slot_emptied(BufferPool &pool, int at) {
    Buffer *b = pool.acquire();
    all_[at] = b;
    work();
    all_[at] = nullptr;
    pool.release(b);
  }
  void good_erased(BufferPool &pool, int key) {
    Buffer *b = pool.acquire();
    by_key_[key] = b;
    work();
    by_key_.erase(key);
    pool.release(b);
  }
  void good_kept(BufferPool &pool, int key) { by_key_[key] = pool.acquire(); }

private:
  std::map<int, Buffer *> by_key_;
  Buffer *all_[8] = {};
};

// --- taken out by an exchange

static std::atomic<Buffer *> latest;

void good_exchanged(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if (Buffer *old = latest.exchange(b)) {
    old->clear();
    pool.release(old);
  }
}

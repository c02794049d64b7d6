// RUN: %check %s
// What a callee does depends on its arguments, and on what it is given to look at.

#include "buffer_pool.h"
#include <cstdio>
#include <stdexcept>

// ---- it throws only when told so

static void check(int rc) {
  if (rc != 0)
    throw std::runtime_error("no success");
}
static void require(bool ok, const char *what) {
  if (!ok)
    throw std::runtime_error(what);
}
int open_log(std::FILE **out);

void good_checked_before(BufferPool &pool) {
  check(0);
  Buffer *b = pool.acquire();
  check(0);
  pool.release(b);
}

long good_required(const char *name) {
  std::FILE *f = std::fopen(name, "r");
  require(f != nullptr, name);
  long c = std::fgetc(f);
  std::fclose(f);
  return c;
}

long bad_required(const char *name, int size) {
  std::FILE *f = std::fopen(name, "r"); // expect: pool-resource-leak "'f' is not closed on some path"
  require(f != nullptr, name);
  require(size > 0, name);
  long c = std::fgetc(f);
  std::fclose(f);
  return c;
}

void bad_checked(BufferPool &pool, int rc) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  check(rc);
  pool.release(b);
}

void good_checked_by_a_branch(BufferPool &pool, int rc) {
  if (rc != 0)
    return;
  Buffer *b = pool.acquire();
  check(rc);
  pool.release(b);
}

// ---- a flag that it is given by reference

void good_finished_once(BufferPool &pool, bool early) {
  Buffer *b = pool.acquire();
  bool done = false;
  auto finish = [&] {
    if (!done) {
      pool.release(b);
      done = true;
    }
  };
  if (early)
    finish();
  finish();
}

static void finish(BufferPool &pool, Buffer *b, bool &done) {
  if (!done) {
    pool.release(b);
    done = true;
  }
}
static void finish_by_pointer(BufferPool &pool, Buffer *b, bool *done) {
  if (*done)
    return;
  *done = true;
  pool.release(b);
}

void good_finished_by_function(BufferPool &pool, bool early) {
  Buffer *b = pool.acquire();
  bool done = false;
  if (early)
    finish(pool, b, done);
  finish(pool, b, done);
}

void good_finished_by_pointer(BufferPool &pool, bool early) {
  Buffer *b = pool.acquire();
  bool done = false;
  if (early)
    finish_by_pointer(pool, b, &done);
  finish_by_pointer(pool, b, &done);
}

void bad_flag_taken_back(BufferPool &pool) {
  Buffer *b = pool.acquire();
  bool done = false;
  finish(pool, b, done);
  done = false;
  finish(pool, b, done); // expect: pool-double-put "'b' is put back twice"
}

void bad_flag_that_lies(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  bool done = true;
  finish(pool, b, done);
}

// ---- a reset, and then a change

struct Counter {
  int hits = 0, misses = 0;
  void reset() { hits = misses = 0; }
  void restart() {
    reset();
    hits++;
  }
};
class CounterPool {
public:
  Counter *acquire();
  void release(Counter *c);
};

void good_restarted(CounterPool &pool) {
  Counter *c = pool.acquire();
  c->misses = 3;
  c->restart();
  c->hits = 0;
  pool.release(c);
}

void bad_restarted(CounterPool &pool) {
  Counter *c = pool.acquire();
  c->misses = 3;
  c->restart();
  pool.release(c); // expect: pool-put-without-reset "'c'"
}

// ---- a case that it does not know

enum class Way { In, Out, Both };

static void direct(Buffer &b, Way way) {
  switch (way) {
  case Way::In:
  case Way::Out:
    b.next = nullptr;
    break;
  default:
    throw std::logic_error("no such way");
  }
}

void good_known_way(BufferPool &pool) {
  Buffer *b = pool.acquire();
  direct(*b, Way::Out);
  b->clear();
  pool.release(b);
}

void bad_unknown_way(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  direct(*b, Way::Both);
  b->clear();
  pool.release(b);
}

static void direct_all(Buffer &b, Way way) {
  switch (way) {
  case Way::In:
  case Way::Out:
  case Way::Both:
    b.next = nullptr;
    break;
  default:
    throw std::logic_error("no such way");
  }
}

void good_all_ways_known(BufferPool &pool, Way way) {
  Buffer *b = pool.acquire();
  direct_all(*b, way);
  b->clear();
  pool.release(b);
}

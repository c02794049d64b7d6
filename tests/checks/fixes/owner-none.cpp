// RUN: %check %s --level strict --confidence possible --checks=pool-resource-leak,pool-unguarded-resource
// RUN: %exits 1 %check %s --level strict --confidence possible --checks=pool-resource-leak,pool-unguarded-resource --fix | %FileCheck %s
// CHECK: --fix: no finding has a fix
// Where an owner would not do the same, or would not compile: no fix.

#include "buffer_pool.h"
#include <cstdio>
#include <map>

void work();
void keep(Buffer **);
extern Buffer *spare;
extern std::map<Buffer *, int> counts;

void reassigned(BufferPool &pool, bool more) {
  Buffer *b = pool.acquire(); // expect: unguarded-resource "by hand"
  work();
  pool.release(b);
  b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (more)
    return;
  pool.release(b);
}

Buffer *returned(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return nullptr;
  return b;
}

void stored(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  spare = b;
}

void another_name(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  Buffer *same = b;
  if (n < 0)
    return;
  pool.release(same);
}

void captured(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  auto put = [&] { pool.release(b); };
  if (n < 0)
    return;
  put();
}

static void give(BufferPool &pool, Buffer *b) { pool.release(b); }
void by_another_function(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  give(pool, b);
}

void in_a_condition(BufferPool &pool, int n) {
  if (Buffer *b = pool.acquire()) { // expect: resource-leak "not put back on some path"
    if (n < 0)
      return;
    pool.release(b);
  }
}

void asked_after_the_put(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  pool.release(b);
  counts.erase(b);
}

void assigned_later(BufferPool &pool, int n) {
  Buffer *b;
  b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  pool.release(b);
}

#define TAKE(pool) Buffer *b = (pool).acquire()
void from_a_macro(BufferPool &pool, int n) {
  TAKE(pool); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  pool.release(b);
}

template <typename Pool> void in_a_template(Pool &pool, int n) {
  auto *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  pool.release(b);
}
template void in_a_template(BufferPool &, int);

// Which of the pools it is put to is known at the put only.
void later_pool(BufferPool *pool, BufferPool *other, int n) {
  Buffer *b = pool->acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  BufferPool *same = pool;
  same->release(b);
}

void pool_changes(BufferPool *pool, int n) {
  Buffer *b = pool->acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  pool->release(b);
  ++pool;
}

int pair_of_names(int n) {
  std::FILE *in = std::fopen("in", "r"), *out = std::fopen("out", "w"); // expect: resource-leak "'in'"
  // expect@-1: resource-leak "'out'"
  if (n < 0)
    return 1;
  if (in)
    std::fclose(in);
  if (out)
    std::fclose(out);
  return 0;
}

void look(const Buffer *b);
void too_many_uses(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: resource-leak "not put back on some path"
  if (n < 0)
    return;
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b); look(b);
  pool.release(b);
}

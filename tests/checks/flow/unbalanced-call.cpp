// RUN: %check %s --level strict --confidence possible --checks=pool-unbalanced-put
// A file in which new objects go into a pool and none comes out.

#include "text_pool.h"

void possible_event(FreeList<Text> &pool, std::string_view message) {
  Text *t = new Text;
  t->append(message);
  send(*t);
  t->clear();
  pool.release(t); // expect: unbalanced-put "a new Text is put into the pool in each call, and none is acquired (possible)"
}

void bad_events(FreeList<Text> &pool) {
  std::string line;
  while (next_line(line))
    possible_event(pool, line); // expect: unbalanced-put "a new Text is put into the pool in each round, and none is acquired"
}

void good_counted(FreeList<Text> &pool) {
  for (int i = 0; i < 16; ++i)
    possible_event(pool, "warm");
}

void init_pool(FreeList<Text> &pool) { pool.release(new Text); }

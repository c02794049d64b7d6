// RUN: %check %s --level strict --checks=pool-unbalanced-put
// New objects that go into a pool again and again.

#include "text_pool.h"

void bad_loop(TextPool &pool) {
  while (running()) {
    Text *t = new Text;
    send(*t);
    t->clear();
    pool.release(t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

void bad_for_ever(FreeList<std::vector<int>> &pool) {
  for (;;)
    pool.release(new std::vector<int>); // expect: unbalanced-put "is put into the pool in each round, and none is acquired"
}

void bad_owner(TextPool &pool) {
  std::string line;
  while (next_line(line)) {
    auto t = std::make_unique<Text>();
    t->append(line);
    send(*t);
    t->clear();
    pool.release(t.release()); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

static Text *made(const std::string &line) {
  Text *t = new Text;
  t->append(line);
  return t;
}
void bad_made_elsewhere(TextPool &pool) {
  std::string line;
  while (next_line(line)) {
    Text *t = made(line);
    t->clear();
    pool.release(t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

static void put(TextPool &pool, Text *t) {
  t->clear();
  pool.release(t);
}
void bad_put_elsewhere(TextPool &pool) {
  while (running()) {
    Text *t = new Text;
    send(*t);
    put(pool, t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

// --- as many as are counted, and once

void good_counted(TextPool &pool) {
  for (int i = 0; i < 16; ++i)
    pool.release(new Text);
}

void good_counted_by_whoever_calls(TextPool &pool, int n) {
  while (n-- > 0)
    pool.release(new Text);
}

void good_one_for_each(TextPool &pool, const std::vector<int> &kinds) {
  for (int kind : kinds) {
    Text *t = new Text;
    t->kind = kind;
    pool.release(t);
  }
}

class Server {
public:
  explicit Server(TextPool &pool) : pool_(pool) {
    pool_.release(new Text);
  }
  void prewarm() {
    while (running())
      pool_.release(new Text);
  }

private:
  TextPool &pool_;
};

int main() {
  TextPool pool;
  pool.release(new Text);
}

// --- balanced

void good_acquired_where_there_is_one(TextPool &pool, bool fresh) {
  while (running()) {
    Text *t = fresh ? new Text : pool.acquire();
    send(*t);
    t->clear();
    pool.release(t);
  }
}

void good_replaced(FreeList<Text> &pool) {
  while (running()) {
    Text *t = pool.acquire();
    if (t->kind) {
      delete t;
      t = new Text;
    }
    t->clear();
    pool.release(t);
  }
}

// The pool keeps no more than it wants.
void good_bounded(BoundedPool &pool) {
  while (running())
    pool.release(new Text);
}

void good_filled_up(BoundedPool &pool) {
  while (pool.size() < 8)
    pool.release(new Text);
}

// Once, whatever the loop is for.
void good_leaves(TextPool &pool) {
  Text *t = new Text;
  while (running())
    send(*t);
  t->clear();
  pool.release(t);
}

// RUN: %check %s --level all --checks=pool-tiny-object
// Small objects that never leave who acquired them, and all that is not so.

#include <string>
#include <vector>

template <typename T> class ObjectPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) { free_.push_back(t); }

private:
  std::vector<T *> free_;
};

void consume(int n);

// --- small, and stays

struct Point {
  int x, y;
};
ObjectPool<Point> points; // expect: pool-tiny-object "the pool of 'Point' saves nothing, a local one of 8 bytes would do"

void bad_local(int n) {
  Point *p = points.acquire(); // note: "acquired here, and put back in the same function"
  p->x = n;
  p->y = 0;
  consume(p->x + p->y);
  points.release(p);
}

struct Pair {
  int first = 0;
  const char *second = nullptr;
};
class PairPool { // expect: pool-tiny-object "the pool of 'Pair' saves nothing"
public:
  Pair *acquire() {
    Pair *p = free_.back();
    free_.pop_back();
    return p;
  }
  void release(Pair *p) { free_.push_back(p); }

private:
  std::vector<Pair *> free_;
};

int add(const Pair &p) { return p.first; }
void bad_through_functions(PairPool &pool, bool early) {
  Pair *p = pool.acquire();
  p->first = 1;
  if (early) {
    pool.release(p);
    return;
  }
  consume(add(*p));
  pool.release(p);
}

// --- too large

struct Block {
  char bytes[65];
};
ObjectPool<Block> blocks;
void good_large() {
  Block *b = blocks.acquire();
  b->bytes[0] = 0;
  blocks.release(b);
}

struct JustSmall {
  char bytes[64];
};
ObjectPool<JustSmall> just_small; // expect: pool-tiny-object "a local one of 64 bytes would do"
void bad_just_small() {
  JustSmall *b = just_small.acquire();
  b->bytes[0] = 0;
  just_small.release(b);
}

// --- costs something to make

struct Table {
  std::vector<int> rows;
};
ObjectPool<Table> tables;
void good_allocates() {
  Table *t = tables.acquire();
  t->rows.clear();
  tables.release(t);
}

int next_id();
struct Ticket {
  int id = next_id();
};
ObjectPool<Ticket> tickets;
void good_computes() {
  Ticket *t = tickets.acquire();
  consume(t->id);
  tickets.release(t);
}

struct Opened {
  Opened();
  int id;
};
ObjectPool<Opened> opened;
void good_own_constructor() {
  Opened *o = opened.acquire();
  consume(o->id);
  opened.release(o);
}

// --- leaves

struct Kept {
  int value = 0;
};
ObjectPool<Kept> kept;
Kept *current;
void good_kept_here() {
  Kept *k = kept.acquire();
  consume(k->value);
  kept.release(k);
}
void good_and_stored_there() { current = kept.acquire(); }

struct Given {
  int value = 0;
};
ObjectPool<Given> given;
Given *good_returned() { return given.acquire(); }
void good_user() {
  Given *g = good_returned();
  consume(g->value);
  given.release(g);
}

struct Queued {
  int value = 0;
};
ObjectPool<Queued> queued;
void good_queued(std::vector<Queued *> &queue) {
  queue.push_back(queued.acquire());
}

struct Sometimes {
  int value = 0;
};
ObjectPool<Sometimes> sometimes;
void good_leaves_on_one_path(std::vector<Sometimes *> &queue, bool later) {
  Sometimes *s = sometimes.acquire();
  if (later) {
    queue.push_back(s);
    return;
  }
  sometimes.release(s);
}

// Nobody acquires here: nothing is known.
struct Unused {
  int value = 0;
};
ObjectPool<Unused> unused;

// --- not objects

struct Connection {
  int fd;
};
class ConnectionPool {
public:
  Connection *acquire();
  void release(Connection *c);
};
void good_connection(ConnectionPool &pool) {
  Connection *c = pool.acquire();
  consume(c->fd);
  pool.release(c);
}

// --- strings

class AnswerPool { // expect: pool-tiny-object "the pool of strings saves nothing, what they hold fits into a local one"
public:
  std::string *acquire() {
    std::string *s = free_.back();
    free_.pop_back();
    return s;
  }
  void release(std::string *s) { free_.push_back(s); }

private:
  std::vector<std::string *> free_;
};
void bad_short_string(AnswerPool &pool, bool yes) {
  std::string *s = pool.acquire();
  *s = "answer: ";
  *s += yes ? 'y' : 'n';
  consume(int(s->size()));
  s->clear();
  pool.release(s);
}

class TextPool {
public:
  std::string *acquire() {
    std::string *s = free_.back();
    free_.pop_back();
    return s;
  }
  void release(std::string *s) { free_.push_back(s); }

private:
  std::vector<std::string *> free_;
};
void good_any_length(TextPool &pool, const std::string &text) {
  std::string *s = pool.acquire();
  *s += text;
  consume(int(s->size()));
  s->clear();
  pool.release(s);
}

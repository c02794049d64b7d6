// RUN: %check %s --checks=pool-incomplete-reset
// A put that reaches the reset through a helper, a deleter or a policy: what the
// reset leaves is left all the same, whatever way the object is stored by.

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// --- stored by what takes the pointer, or an owner made of it

struct Machine {
  int state = 0; // note: "'state' is left, 'Machine::start' changes it"
  std::string log;
  void start() {
    state = 1;
    log += "x";
  }
  void reset() { log.clear(); } // expect: incomplete-reset "'Machine::reset' leaves members of the pooled 'Machine' as they were"
};
class MachinePool {
public:
  Machine *acquire();
  void put(Machine *m) {
    m->reset();
    keep(m);
  }

private:
  void keep(Machine *m) { free_.emplace_back(m); }
  std::vector<Machine *> free_;
};

struct Parser {
  int depth = 0; // note: "'depth' is left, 'Parser::enter' changes it"
  std::string text;
  void enter() { ++depth; }
  void feed(const char *s) { text += s; }
  void reset() { text.clear(); } // expect: incomplete-reset "'Parser::reset' leaves members"
};
class ParserPool {
  struct Back {
    ParserPool *pool;
    void operator()(Parser *p) const { pool->put(p); }
  };

public:
  std::unique_ptr<Parser, Back> acquire();

private:
  void put(Parser *p) {
    p->reset();
    free_.push_back(std::unique_ptr<Parser>(p));
  }
  std::vector<std::unique_ptr<Parser>> free_;
};
void parse(ParserPool &pool) {
  auto p = pool.acquire();
  p->enter();
}

struct Query {
  int limit = 0; // note: "'limit' is left, 'Query::most' changes it"
  std::string text;
  void most(int n) { limit = n; }
  void reset() { text.clear(); } // expect: incomplete-reset "'Query::reset' leaves members"
};
template <typename T> class OwnerPool {
  struct Deleter {
    OwnerPool *home;
    void operator()(T *t) const { home->back(std::unique_ptr<T>(t)); }
  };

public:
  using Handle = std::unique_ptr<T, Deleter>;
  Handle acquire() {
    if (free_.empty())
      return Handle(new T, Deleter{this});
    std::unique_ptr<T> t = std::move(free_.back());
    free_.pop_back();
    return Handle(t.release(), Deleter{this});
  }

private:
  void back(std::unique_ptr<T> t) {
    t->reset();
    free_.push_back(std::move(t));
  }
  std::vector<std::unique_ptr<T>> free_;
};
OwnerPool<Query> queries;
void ask() { queries.acquire()->most(3); }

// The helper does what the reset does not, or makes all of it anew.
struct Timer {
  int ticks = 0;
  std::string name;
  void tick() { ++ticks; }
  void reset() { name.clear(); }
};
class TimerPool {
public:
  Timer *acquire();
  void put(Timer *t) { recycle(t); }

private:
  void recycle(Timer *t) {
    t->reset();
    t->ticks = 0;
    free_.emplace_back(t);
  }
  std::deque<Timer *> free_;
};

struct Slate {
  int marks = 0;
  std::string name;
  void mark() { ++marks; }
  void reset() { name.clear(); }
};
class SlatePool {
public:
  Slate *acquire();
  void put(Slate *s) { recycle(*s); }

private:
  void recycle(Slate &s) {
    Slate fresh;
    std::swap(s, fresh);
    free_.emplace_back(&s);
  }
  std::vector<Slate *> free_;
};

struct Board {
  int marks = 0;
  std::string name;
  void mark() { ++marks; }
  void reset() { name.clear(); }
};
class BoardPool {
public:
  Board *acquire();
  void put(Board *b) { recycle(b); }

private:
  void recycle(Board *b) {
    std::destroy_at(b);
    std::construct_at(b);
    free_.push_back(b);
  }
  std::vector<Board *> free_;
};

// --- parts of members

class Frame {
  struct Meta {
    std::string title;
    int rotation = 0; // note: "'meta_.rotation' is left, 'Frame::set' changes it"
  } meta_;

public:
  void set(std::string title, int rotation) {
    meta_.title = title;
    meta_.rotation = rotation;
  }
  int rotation() const { return meta_.rotation; }
  void reset() { meta_.title.clear(); } // expect: incomplete-reset "'Frame::reset' leaves members of the pooled 'Frame'"
};
class FramePool {
public:
  Frame *acquire();
  void put(Frame *f) { recycle(f); }

private:
  void recycle(Frame *f) {
    f->reset();
    free_.push_back(f);
  }
  std::vector<Frame *> free_;
};

class Hidden {
  struct Private {
    std::string title;
    int turns = 0; // note: "'d->turns' is left, 'Hidden::turn' changes it"
  };
  std::unique_ptr<Private> d = std::make_unique<Private>();

public:
  void call(const char *t) { d->title = t; }
  void turn() { d->turns++; }
  void reset() { d->title.clear(); } // expect: incomplete-reset "'Hidden::reset' leaves members of the pooled 'Hidden'"
};
class HiddenPool {
public:
  Hidden *acquire();
  void put(Hidden *h) { recycle(h); }

private:
  void recycle(Hidden *h) {
    h->reset();
    free_.push_back(h);
  }
  std::vector<Hidden *> free_;
};

// What the reset leaves of it, the pool sets.
struct Sheet {
  struct Head {
    std::string title;
    int page = 0;
  } head;
  void number(int n) { head.page = n; }
  void reset() { head.title.clear(); }
};
class SheetPool {
public:
  Sheet *acquire();
  void put(Sheet *s) { recycle(s); }

private:
  void recycle(Sheet *s) {
    s->reset();
    s->head.page = 0;
    free_.push_back(s);
  }
  std::vector<Sheet *> free_;
};

// The pool sets one part of what the reset does not touch: it is the pool's.
struct Crate {
  struct Label {
    int slot = 0;
    int row = 0;
  } label;
  std::string text;
  void move(int r) { label.row = r; }
  void reset() { text.clear(); }
};
class CratePool {
public:
  Crate *acquire();
  void put(Crate *c) { recycle(c); }

private:
  void recycle(Crate *c) {
    c->reset();
    c->label.slot = int(free_.size());
    free_.push_back(c);
  }
  std::vector<Crate *> free_;
};

// --- one policy for several types: each has a reset of its own

struct Policy {
  template <class T> static void recycle(T &t) { t.reset(); }
};
template <class T, class P = Policy> class PolicyPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void put(T *t) {
    P::recycle(*t);
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};
struct First {
  int state = 0; // note: "'state' is left, 'First::start' changes it"
  std::string log;
  void start() { state = 1; }
  void reset() { log.clear(); } // expect: incomplete-reset "'First::reset' leaves members of the pooled 'First'"
};
struct Second {
  int phase = 0; // note: "'phase' is left, 'Second::start' changes it"
  std::string log;
  void start() { phase = 1; }
  void reset() { log.clear(); } // expect: incomplete-reset "'Second::reset' leaves members of the pooled 'Second'"
};
struct Third {
  int phase = 0;
  void start() { phase = 1; }
  void reset() { phase = 0; }
};
PolicyPool<First> firsts;
PolicyPool<Second> seconds;
PolicyPool<Third> thirds;
void use_policy() {
  firsts.put(firsts.acquire());
  seconds.put(seconds.acquire());
  thirds.put(thirds.acquire());
}

// A policy that works on the object itself, for each type.
struct ByHand {
  template <class T> static void recycle(T &t) { // expect: incomplete-reset "'ByHand::recycle' leaves members of the pooled 'Fourth'"
    t.log.clear(); // expect@-1: incomplete-reset "'ByHand::recycle' leaves members of the pooled 'Fifth'"
  }
};
struct Fourth {
  int state = 0;
  std::string log;
  void start() { state = 1; }
};
struct Fifth {
  int phase = 0;
  std::string log;
  void start() { phase = 1; }
};
PolicyPool<Fourth, ByHand> fourths;
PolicyPool<Fifth, ByHand> fifths;
void use_by_hand() {
  fourths.put(fourths.acquire());
  fifths.put(fifths.acquire());
}

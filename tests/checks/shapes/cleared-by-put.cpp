// RUN: %check %s --checks=pool-put-without-reset
// What the pool's own put clears needs no reset by whoever puts, though the type
// has a method for it.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Part {
  int count = 0;
  std::string text;
  std::vector<int> marks;
  void reset() {
    count = 0;
    text.clear();
    marks.clear();
  }
  bool touched() const;
  void trim() { text = {}; }
  void on_return(); // no body here
};

template <typename T> class Idle {
public:
  T *take() {
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void give(T *object) { free_.push_back(object); }
  std::size_t size() const { return free_.size(); }

private:
  std::vector<T *> free_;
};

// --- field by field

class FieldPool {
public:
  Part *acquire() { return idle_.take(); }
  void release(Part *p) {
    p->count = 0;
    p->text.clear();
    idle_.give(p);
  }

private:
  Idle<Part> idle_;
};

void good_both(FieldPool &pool) {
  Part *p = pool.acquire();
  p->count = 3;
  p->text += "x";
  pool.release(p);
}

void good_round_for_round(FieldPool &pool, bool more()) {
  Part *p = pool.acquire();
  while (more())
    p->text += "x";
  pool.release(p);
}

void bad_another(FieldPool &pool) {
  Part *p = pool.acquire();
  p->count = 3;
  p->marks.push_back(3); // note: "changed here"
  pool.release(p); // expect: put-without-reset "'p' is put back without a reset since 'marks' was changed"
}

void good_another(FieldPool &pool) {
  Part *p = pool.acquire();
  p->count = 3;
  p->marks.push_back(3);
  p->marks.clear();
  pool.release(p);
}

// A helper of the pool's does it, or a method of the object that no name tells of.
class HelpedPool {
public:
  Part *acquire() { return idle_.take(); }
  void release(Part &p) { take_back(&p); }

private:
  static void sweep(Part &p) { p.count = 0; }
  void take_back(Part *p) {
    sweep(*p);
    p->trim();
    idle_.give(p);
  }
  Idle<Part> idle_;
};

void good_helped(HelpedPool &pool) {
  Part *p = pool.acquire();
  p->count = 3;
  p->text = "x";
  pool.release(*p);
}

void bad_helped(HelpedPool &pool) {
  Part *p = pool.acquire();
  p->marks.push_back(1);
  pool.release(*p); // expect: put-without-reset "'p' is put back without a reset"
}

// Where nothing is kept, nothing is to be cleared; and who asks first, knows.
class FewPool {
public:
  Part *acquire() { return idle_.take(); }
  void release(Part *p) {
    if (idle_.size() > 8) {
      delete p;
      return;
    }
    if (p->touched())
      p->count = 0;
    idle_.give(p);
  }

private:
  Idle<Part> idle_;
};

void good_few(FewPool &pool) {
  Part *p = pool.acquire();
  p->count = 3;
  pool.release(p);
}

void bad_few(FewPool &pool) {
  Part *p = pool.acquire();
  p->text = "x";
  pool.release(p); // expect: put-without-reset "'p' is put back without a reset"
}

// What the put sets to something that it is told, it has not left as it was; what
// it adds to, it has.
class MarkingPool {
public:
  Part *acquire() { return idle_.take(); }
  void release(Part *p) {
    p->marks.push_back(-1);
    idle_.give(p);
  }

private:
  Idle<Part> idle_;
};

void bad_marked(MarkingPool &pool) {
  Part *p = pool.acquire();
  p->marks.push_back(3);
  pool.release(p); // expect: put-without-reset "'p' is put back without a reset"
}

// --- by a handle

class HandlePool {
  struct Back {
    HandlePool *pool;
    void operator()(Part *p) const { pool->release(p); }
  };

public:
  std::unique_ptr<Part, Back> acquire() { return {idle_.take(), Back{this}}; }
  void release(Part *p) {
    p->count = 0;
    idle_.give(p);
  }

private:
  Idle<Part> idle_;
};

void good_handle(HandlePool &pool) {
  auto p = pool.acquire();
  p->count = 3;
}

void bad_handle(HandlePool &pool) {
  auto p = pool.acquire(); // expect: put-without-reset "'p' is put back without a reset"
  p->text = "x";
}

// --- by a policy of the pool's

template <typename T, typename Policy> class PolicyPool {
public:
  T *acquire() { return idle_.take(); }
  void release(T *object) {
    policy_.on_release(*object);
    idle_.give(object);
  }

private:
  Policy policy_;
  Idle<T> idle_;
};

class Service {
public:
  void start() { worker_ = std::jthread([](std::stop_token) {}); }
  void note(int n) { last_ = n; }
  void shutdown() {
    worker_.request_stop();
    if (worker_.joinable())
      worker_.join();
  }
  void reset() {
    shutdown();
    last_ = 0;
  }

private:
  std::jthread worker_;
  int last_ = 0;
};
struct Stops {
  void on_release(Service &s) { s.shutdown(); }
};
struct OnlyCounts {
  void on_release(Service &) {}
};

void good_stopped(PolicyPool<Service, Stops> &pool) {
  Service *s = pool.acquire();
  s->start();
  pool.release(s);
}

void bad_stopped(PolicyPool<Service, Stops> &pool) {
  Service *s = pool.acquire();
  s->start();
  s->note(1);
  pool.release(s); // expect: put-without-reset "'s' is put back without a reset"
}

void bad_not_stopped(PolicyPool<Service, OnlyCounts> &pool) {
  Service *s = pool.acquire();
  s->start();
  pool.release(s); // expect: put-without-reset "'s' is put back without a reset"
}

// RUN: %check %s --checks=pool-incomplete-reset
// What the pool's put calls on the object that it takes back, under whatever
// name, is a part of the reset.

#include <deque>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

template <typename T> class FinishingPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    back(t);
    t->reset();
    free_.push_back(t);
  }

private:
  void back(T *t) { t->finish(); }
  std::vector<T *> free_;
};
template <typename T> void use(FinishingPool<T> &pool) {
  T *t = pool.acquire();
  t->add(1);
  pool.release(t);
}

struct Drained {
  std::string text;
  std::deque<int> queue;
  std::map<int, int> table;
  int counts[4];
  void add(int n) {
    text += "x";
    queue.push_back(n);
    table[n] = n;
    ++counts[n & 3];
  }
  void finish() {
    while (!queue.empty())
      queue.pop_front();
    table.erase(table.begin(), table.end());
    for (int &each : counts)
      each = 0;
  }
  void reset() { text.clear(); }
};
void drained(FinishingPool<Drained> &pool) { use(pool); }

struct Joined {
  std::string text;
  std::thread worker;
  void add(int) {
    text += "x";
    worker = std::thread([] {});
  }
  void finish() {
    if (worker.joinable())
      worker.join();
  }
  void reset() { text.clear(); }
};
void joined(FinishingPool<Joined> &pool) { use(pool); }

// By a base, and part by part.
struct Ending {
  std::deque<int> queue;
  virtual ~Ending() = default;
  virtual void finish() {}
};
struct Ended : Ending {
  struct {
    int at = 0, to = 0;
  } range;
  std::string text;
  void add(int n) {
    text += "x";
    queue.push_back(n);
    range.at = range.to = n;
  }
  void finish() override {
    queue.clear();
    range.at = 0;
    range.to = 0;
  }
  void reset() { text.clear(); }
};
void ended(FinishingPool<Ended> &pool) { use(pool); }

// The put of a template that nothing in this file calls.
struct NotCalled {
  std::string text;
  std::deque<int> queue;
  void add(int n) {
    text += "x";
    queue.push_back(n);
  }
  void finish() {
    while (!queue.empty())
      queue.pop_front();
  }
  void reset() { text.clear(); }
};
template <typename T> class PlainPool {
public:
  T *acquire();
  void release(T *t) {
    t->finish();
    t->reset();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};
PlainPool<NotCalled> not_called;

// What it adds is no cleaning, nor what it only looks at.
struct Noted {
  std::string text;
  std::vector<int> notes; // note: "'notes' is left"
  std::deque<int> queue;  // note: "'queue' is left, 'Noted::add' changes it"
  void add(int n) {
    text += "x";
    notes.push_back(n);
    queue.push_back(n);
  }
  void finish() {
    if (!queue.empty())
      notes.push_back(0);
  }
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'Noted::reset' leaves"
};
void noted(FinishingPool<Noted> &pool) { use(pool); }

// A method that the pool calls elsewhere cleans nothing on the way back.
struct Popped {
  std::string text;
  std::deque<int> queue; // note: "'queue' is left, 'Popped::add' changes it"
  void add(int n) {
    text += "x";
    queue.push_back(n);
  }
  void step() { queue.pop_front(); }
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'Popped::reset' leaves"
};
class PoppedPool {
public:
  Popped *acquire() {
    if (free_.empty())
      return new Popped;
    Popped *p = free_.back();
    free_.pop_back();
    return p;
  }
  void release(Popped *p) {
    p->reset();
    free_.push_back(p);
  }
  void step_one(Popped &p) { p.step(); }

private:
  std::vector<Popped *> free_;
};

// The answer of a future is taken once.
struct Asking {
  std::string text;
  std::future<int> answer;
  std::future<int> other; // note: "'other' is left, 'Asking::ask' changes it"
  void ask() {
    text += "x";
    answer = std::async([] { return 1; });
    other = std::async([] { return 2; });
  }
  void reset() { // expect: pool-incomplete-reset "'Asking::reset' leaves"
    text.clear();
    if (answer.valid())
      answer.get();
    other.wait();
  }
};
struct Kept {
  std::string text;
  std::unique_ptr<int> own; // note: "'own' is left, 'Kept::ask' changes it"
  void ask() {
    text += "x";
    own = std::make_unique<int>(1);
  }
  void reset() { // expect: pool-incomplete-reset "'Kept::reset' leaves"
    text.clear();
    if (own.get())
      text = "";
  }
};
template <typename T> class ResettingPool {
public:
  T *acquire();
  void release(T *t) {
    t->reset();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};
ResettingPool<Asking> askings;
ResettingPool<Kept> kept;

// The put itself calls it, with no helper between.
struct Direct {
  std::string text;
  std::deque<int> queue;
  void add(int n) {
    text += "x";
    queue.push_back(n);
  }
  void drain() {
    while (!queue.empty())
      queue.pop_front();
  }
  void reset() { text.clear(); }
};
class DirectPool {
public:
  Direct *acquire() {
    if (free_.empty())
      return new Direct;
    Direct *d = free_.back();
    free_.pop_back();
    return d;
  }
  void release(Direct *d) {
    d->drain();
    d->reset();
    free_.push_back(d);
  }

private:
  std::vector<Direct *> free_;
};

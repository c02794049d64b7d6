// RUN: %check %s --checks=pool-incomplete-reset
// What a reset may leave: values that a tag or flag counts out, the object's own
// place among others, what is made anew, what a start sets.

#include "resetting_pool.h"
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// --- a tag beside a union, a flag beside values

struct Value {
  enum class Kind { None, Int, Real } kind = Kind::None;
  union {
    long i;
    double d;
  };
  void set(long v) {
    kind = Kind::Int;
    i = v;
  }
  void reset() { kind = Kind::None; }
};
template class ResettingPool<Value>;
ResettingPool<Value> pool_of_Value;

// The tag is left as well.
struct Tagged {
  enum Kind { None, Int } kind = None; // note: "'kind' is left, 'Tagged::set' changes it"
  union { // note: "'i' is left, 'Tagged::set' changes it"
    long i;
    double d;
  };
  std::string name;
  void set(long v) {
    kind = Int;
    i = v;
  }
  void reset() { name.clear(); } // expect: pool-incomplete-reset "'Tagged::reset' leaves"
};
template class ResettingPool<Tagged>;
ResettingPool<Tagged> pool_of_Tagged;

// A count says nothing of a union.
struct UnionBesideCount {
  int count = 0;
  union { // note: "'whole' is left, 'UnionBesideCount::set' changes it"
    long whole = 0;
    double real;
  };
  void add() { ++count; }
  void set(long v) { whole = v; }
  void reset() { count = 0; } // expect: pool-incomplete-reset "'UnionBesideCount::reset' leaves"
};
template class ResettingPool<UnionBesideCount>;
ResettingPool<UnionBesideCount> pool_of_UnionBesideCount;

struct Sample {
  bool valid = false;
  double x = 0, y = 0;
  void set(double a, double b) {
    valid = true;
    x = a;
    y = b;
  }
  double sum() const { return valid ? x + y : 0; }
  void reset() { valid = false; }
};
template class ResettingPool<Sample>;
ResettingPool<Sample> pool_of_Sample;

// Somebody does not go by the flag.
struct Counted {
  bool valid = false;
  int tries = 0; // note: "'tries' is left, 'Counted::retry' changes it"
  void set() { valid = true; }
  void retry() { ++tries; }
  void reset() { valid = false; } // expect: pool-incomplete-reset "'Counted::reset' leaves"
};
template class ResettingPool<Counted>;
ResettingPool<Counted> pool_of_Counted;

// A flag says nothing of what owns something.
struct Owning {
  bool valid = false;
  std::vector<int> ids; // note: "'ids' is left, 'Owning::add' changes it"
  void add(int n) {
    valid = true;
    ids.push_back(n);
  }
  void reset() { valid = false; } // expect: pool-incomplete-reset "'Owning::reset' leaves"
};
template class ResettingPool<Owning>;
ResettingPool<Owning> pool_of_Owning;

// --- the object's own place

struct Job {
  std::list<Job *>::iterator place;
  std::multimap<long, Job *>::iterator due;
  Job **pprev = nullptr;
  std::list<int>::iterator current; // note: "'current' is left, 'link' changes it"
  std::string text;
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'Job::reset' leaves"
};
template class ResettingPool<Job>;
ResettingPool<Job> pool_of_Job;
void link(Job &job, std::list<Job *> &all, std::multimap<long, Job *> &timers,
          Job **head, std::list<int> &numbers) {
  job.place = all.insert(all.end(), &job);
  job.due = timers.emplace(3, &job);
  job.pprev = head;
  job.current = numbers.begin();
  job.text = "x";
}

// --- storage that a count bounds

class Matrix {
public:
  void shape(std::size_t r, std::size_t c) {
    rows_ = r;
    cols_ = c;
    a_.assign(r * c, 0.0);
  }
  double &at(std::size_t i, std::size_t j) { return a_[i * cols_ + j]; }
  void reset() { rows_ = cols_ = 0; }

private:
  std::vector<double> a_;
  std::size_t rows_ = 0, cols_ = 0;
};
template class ResettingPool<Matrix>;
ResettingPool<Matrix> pool_of_Matrix;

// A text that is copied in is no storage of that count.
class Named {
public:
  void set(const std::string &name, int n) {
    name_.assign(name);
    n_ = n;
  }
  void reset() { n_ = 0; } // expect: pool-incomplete-reset "'Named::reset' leaves"

private:
  std::string name_; // note: "'name_' is left, 'Named::set' changes it"
  int n_ = 0;
};
template class ResettingPool<Named>;
ResettingPool<Named> pool_of_Named;

// --- a start

class Writer {
public:
  void begin(char *from, char *to) {
    out_ = from;
    end_ = to;
    depth_ = 0;
  }
  void put(char c) {
    if (out_ != end_)
      *out_++ = c;
    ++depth_;
  }
  void reset() { out_ = end_ = nullptr; }

private:
  char *out_ = nullptr, *end_ = nullptr;
  int depth_ = 0;
};
template class ResettingPool<Writer>;
ResettingPool<Writer> pool_of_Writer;

// What it sets to something else of its own is left for the next one.
class Timer {
public:
  void start(int ms) {
    ms_ = ms;
    running_ = true;
  }
  bool running() const { return running_; }
  void reset() { ms_ = 0; } // expect: pool-incomplete-reset "'Timer::reset' leaves"

private:
  int ms_ = 0;
  bool running_ = false; // note: "'running_' is left, 'Timer::start' changes it"
};
template class ResettingPool<Timer>;
ResettingPool<Timer> pool_of_Timer;

// --- objects that are ended and made

struct Slotted {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
class SlotPool {
public:
  Slotted *acquire() {
    for (auto &slot : slots_)
      if (!slot) {
        slot.emplace();
        return &*slot;
      }
    return nullptr;
  }
  void release(Slotted *m) {
    for (auto &slot : slots_)
      if (slot && &*slot == m)
        slot.reset();
  }

private:
  std::vector<std::optional<Slotted>> slots_;
};
void use(SlotPool &pool) {
  if (Slotted *m = pool.acquire()) {
    m->ids.push_back(1);
    pool.release(m);
  }
}

class Rebuilt {
public:
  explicit Rebuilt(int n) : n_(n) {}
  void clear() { body_.clear(); }
  void add() {
    body_ += "x";
    ++n_;
  }
  int n() const { return n_; }

private:
  std::string body_;
  int n_ = 0;
};
class RebuiltPool {
public:
  Rebuilt *acquire() {
    if (free_.empty())
      return new Rebuilt(1);
    Rebuilt *m = free_.back();
    free_.pop_back();
    m->~Rebuilt();
    return new (m) Rebuilt(1);
  }
  void release(Rebuilt *m) {
    m->clear();
    free_.push_back(m);
  }

private:
  std::vector<Rebuilt *> free_;
};

// --- members behind a unique_ptr are the object's own

class Hidden {
public:
  void set(int s, const char *b) {
    d->status = s;
    d->body = b;
  }
  const std::string &body() const { return d->body; }
  void reset() { d->status = 0; } // expect: pool-incomplete-reset "'Hidden::reset' leaves"

private:
  struct Impl {
    int status = 0;
    std::string body; // note: "'d->body' is left, 'Hidden::set' changes it"
  };
  std::unique_ptr<Impl> d = std::make_unique<Impl>();
};
template class ResettingPool<Hidden>;
ResettingPool<Hidden> pool_of_Hidden;

class HiddenFull {
public:
  void set(int s, const char *b) {
    d->status = s;
    d->body = b;
    d->left = 3;
  }
  const std::string &body() const { return d->body; }
  void reset() {
    Impl &all = *d;
    all.status = 0;
    d->body.clear();
    (*d).left = 0;
  }

private:
  struct Impl {
    int status = 0;
    int left = 0;
    std::string body;
  };
  std::unique_ptr<Impl> d = std::make_unique<Impl>();
};
template class ResettingPool<HiddenFull>;
ResettingPool<HiddenFull> pool_of_HiddenFull;

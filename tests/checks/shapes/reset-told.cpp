// RUN: %check %s --checks=pool-incomplete-reset
// Which reset counts: what the pool is told to call, and what it calls; and what
// it does besides is done.

#include <functional>
#include <string>
#include <utility>
#include <vector>

template <typename T> class ToldPool {
public:
  explicit ToldPool(std::function<void(T &)> reset) : reset_(std::move(reset)) {}
  ToldPool(const ToldPool &) = delete;
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    reset_(*t);
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
  std::function<void(T &)> reset_;
};

template <typename T, typename Policy> class PolicyPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    Policy::reset(*t);
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};

// --- a lambda

struct ByLambda {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
ToldPool<ByLambda> by_lambda([](ByLambda &m) {
  m.reset();
  m.ids.clear();
});
void fill(ByLambda &m) {
  m.body = "x";
  m.ids.push_back(1);
}

struct ByGeneric {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
void use_generic() {
  ToldPool<ByGeneric> pool([](auto &m) {
    m.reset();
    m.ids.clear();
  });
  ByGeneric *m = pool.acquire();
  m->body = "x";
  m->ids.push_back(1);
  pool.release(m);
}

struct Forgotten {
  std::string body;
  std::vector<int> ids; // note: "'ids' is left, 'fill' changes it"
};
ToldPool<Forgotten> forgotten([](Forgotten &m) { m.body.clear(); }); // expect: pool-incomplete-reset "the lambda leaves members of the pooled 'Forgotten' as they were"
void fill(Forgotten &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// What it sets is no change by the function around it.
struct Marked {
  std::string body;
  int mark = 0;
};
void use_marked() {
  ToldPool<Marked> pool([](Marked &m) {
    m.body.clear();
    m.mark = -1;
  });
  Marked *m = pool.acquire();
  m->body = "x";
  pool.release(m);
}

// --- a function

struct ByFunction {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
static void scrub(ByFunction &m) {
  m.reset();
  m.ids.clear();
}
ToldPool<ByFunction> by_function(scrub);
void fill(ByFunction &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// --- a policy, traits, whatever a name finds

struct Policed {
  std::string body;
  std::vector<int> ids;
  void clear() { body.clear(); }
};
struct Police {
  static void reset(Policed &m) {
    m.clear();
    m.ids.clear();
  }
};
PolicyPool<Policed, Police> policed;
void use_policed() {
  Policed *m = policed.acquire();
  m->body = "x";
  m->ids.push_back(1);
  policed.release(m);
}

struct Lax {
  std::string body;
  std::vector<int> ids; // note: "'ids' is left, 'use_lax' changes it"
  void clear() {
    body.clear();
    ids.clear();
  }
};
struct LaxPolice {
  static void reset(Lax &m) { m.body.clear(); } // expect: pool-incomplete-reset "'LaxPolice::reset' leaves"
};
PolicyPool<Lax, LaxPolice> lax;
void use_lax() {
  Lax *m = lax.acquire();
  m->body = "x";
  m->ids.push_back(1);
  lax.release(m);
}

template <typename T> class FoundPool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    reset(*t);
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};
struct Overloaded {
  std::string body;
  std::vector<int> ids;
  void clear() { body.clear(); }
};
void reset(Overloaded &m) {
  m.clear();
  m.ids.clear();
}
FoundPool<Overloaded> overloaded;
void use_overloaded() {
  Overloaded *m = overloaded.acquire();
  m->body = "x";
  m->ids.push_back(1);
  overloaded.release(m);
}

// --- what the pool's own code calls

struct Scrubbed {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
static void scrub(Scrubbed &m) {
  m.reset();
  m.ids.clear();
}
class ScrubPool {
public:
  Scrubbed *acquire() {
    if (free_.empty())
      return new Scrubbed;
    Scrubbed *m = free_.back();
    free_.pop_back();
    return m;
  }
  void release(Scrubbed *m) {
    scrub(*m);
    free_.push_back(m);
  }

private:
  std::vector<Scrubbed *> free_;
};
void fill(Scrubbed &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// Somebody who is not seen works on the object: nobody knows what is left.
struct Unseen {
  std::string body;
  std::vector<int> ids;
  void reset() { body.clear(); }
};
void polish(Unseen &m);
class UnseenPool {
public:
  Unseen *acquire() {
    if (free_.empty())
      return new Unseen;
    Unseen *m = free_.back();
    free_.pop_back();
    return m;
  }
  void release(Unseen *m) {
    m->reset();
    polish(*m);
    free_.push_back(m);
  }

private:
  std::vector<Unseen *> free_;
};
void fill(Unseen &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// The smaller one of two is called.
struct Smaller {
  std::string body;
  std::vector<int> ids; // note: "'ids' is left, 'fill' changes it"
  void clear() { body.clear(); } // expect: pool-incomplete-reset "'Smaller::clear' leaves"
  void reset() {
    clear();
    ids.clear();
  }
};
class SmallerPool {
public:
  Smaller *acquire() {
    if (free_.empty())
      return new Smaller;
    Smaller *m = free_.back();
    free_.pop_back();
    return m;
  }
  void release(Smaller *m) {
    m->clear();
    free_.push_back(m);
  }

private:
  std::vector<Smaller *> free_;
};
void fill(Smaller &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// Both are called, one when it goes and one when it comes.
struct Shared {
  std::string body;
  std::vector<int> ids;
  void clear() { body.clear(); }
  void reset() { ids.clear(); }
};
class SharedPool {
public:
  Shared *acquire() {
    if (free_.empty())
      return new Shared;
    Shared *m = free_.back();
    free_.pop_back();
    m->reset();
    return m;
  }
  void release(Shared *m) {
    m->clear();
    free_.push_back(m);
  }

private:
  std::vector<Shared *> free_;
};
void fill(Shared &m) {
  m.body = "x";
  m.ids.push_back(1);
}

// A reset that wants arguments.
class Request {
public:
  void reset(const std::string &url) { url_ = url; } // expect: pool-incomplete-reset "'Request::reset' leaves"
  void retry() { ++tries_; }
  int tries() const { return tries_; }

private:
  std::string url_;
  int tries_ = 0; // note: "'tries_' is left, 'Request::retry' changes it"
};
class FullRequest {
public:
  void reset(const std::string &url) {
    url_ = url;
    tries_ = 0;
  }
  void retry() { ++tries_; }
  int tries() const { return tries_; }

private:
  std::string url_;
  int tries_ = 0;
};
template <typename T> class RequestPool {
public:
  T *acquire(const std::string &url) {
    T *r;
    if (free_.empty()) {
      r = new T;
    } else {
      r = free_.back();
      free_.pop_back();
    }
    r->reset(url);
    return r;
  }
  void release(T *r) { free_.push_back(r); }

private:
  std::vector<T *> free_;
};
template class RequestPool<Request>;
RequestPool<Request> pool_of_Request;
template class RequestPool<FullRequest>;
RequestPool<FullRequest> pool_of_FullRequest;

// RUN: %check %s --checks=pool-incomplete-reset,pool-dirty-acquire
// Who changes a lease: not whoever sets up the object that it has just made,
// and not whoever makes a member as it was.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

template <typename T> class ObjectPool {
public:
  explicit ObjectPool(std::function<T *()> make = [] { return new T; })
      : make_(std::move(make)) {}
  ObjectPool(const ObjectPool &) = delete;
  T *acquire() {
    if (free_.empty())
      return make_();
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    t->reset();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
  std::function<T *()> make_;
};

// --- settings, given to an object that was just made

struct ByFunction {
  int limit = 0;
  std::string name;
  std::string body;
  void reset() { body.clear(); }
};
static ByFunction *make() {
  auto *made = new ByFunction;
  made->limit = 4096;
  made->name = "conf";
  return made;
}
void use_function() {
  ObjectPool<ByFunction> pool(make);
  ByFunction *b = pool.acquire();
  b->body = "x";
  pool.release(b);
}

struct ByLambda {
  int limit = 0;
  std::string body;
  void reset() { body.clear(); }
};
void use_lambda(int limit) {
  ObjectPool<ByLambda> pool([limit] {
    auto *made = new ByLambda;
    made->limit = limit;
    return made;
  });
  ByLambda *b = pool.acquire();
  b->body = "x";
  pool.release(b);
}

class ByStatic {
public:
  static ByStatic *create(int limit) {
    auto *made = new ByStatic;
    made->limit_ = limit;
    return made;
  }
  void set() { body_ = "x"; }
  void reset() { body_.clear(); }

private:
  int limit_ = 0;
  std::string body_;
};
template class ObjectPool<ByStatic>;
ObjectPool<ByStatic> pool_of_ByStatic;

struct BySmart {
  int limit = 0;
  std::string body;
  void reset() { body.clear(); }
};
template class ObjectPool<BySmart>;
ObjectPool<BySmart> pool_of_BySmart;
std::unique_ptr<BySmart> make_smart(int limit) {
  auto made = std::make_unique<BySmart>();
  made->limit = limit;
  BySmart &same = *made;
  same.limit += 1;
  return made;
}

struct ByPrewarm {
  int limit = 0;
  std::string body;
  void reset() { body.clear(); }
};
void prewarm(ObjectPool<ByPrewarm> &pool, int n) {
  for (int i = 0; i < n; ++i) {
    auto *made = new ByPrewarm;
    made->limit = 64;
    pool.release(made);
  }
}

struct ByValue {
  int kind = 0;
  std::string body;
  void reset() { body.clear(); }
};
template class ObjectPool<ByValue>;
ObjectPool<ByValue> pool_of_ByValue;
ByValue parse(const std::string &text) {
  ByValue v;
  v.kind = int(text.size());
  v.body = text;
  return v;
}

struct ByHelper {
  int limit = 0;
  std::string body;
  void reset() { body.clear(); }
};
static void configure(ByHelper &h) { h.limit = 3; }
template class ObjectPool<ByHelper>;
ObjectPool<ByHelper> pool_of_ByHelper;
ByHelper *make_helper() {
  auto made = std::make_unique<ByHelper>();
  configure(*made);
  return made.release();
}

// Somewhere else a setter may be called on a lease: that is only possible.
class BySetter {
public:
  void set_limit(int n) { limit_ = n; }
  void set() { body_ = "x"; }
  void reset() { body_.clear(); }

private:
  int limit_ = 0;
  std::string body_;
};
template class ObjectPool<BySetter>;
ObjectPool<BySetter> pool_of_BySetter;
BySetter *make_setter() {
  auto *made = new BySetter;
  made->set_limit(3);
  return made;
}

// --- a lease, or what may be one

struct Later {
  int limit = 0; // note: "'limit' is left, 'swap_in' changes it"
  std::string body;
  void reset() { // expect: pool-incomplete-reset "'Later::reset' leaves"
    body.clear();
  }
};
void swap_in(ObjectPool<Later> &pool) {
  Later *l = new Later;
  pool.release(l);
  l = pool.acquire();
  l->limit = 3;
  l->body = "x";
  pool.release(l);
}

struct Either {
  int limit = 0; // note: "'limit' is left, 'either' changes it"
  std::string body;
  void reset() { // expect: pool-incomplete-reset "'Either::reset' leaves"
    body.clear();
  }
};
void either(ObjectPool<Either> &pool, bool fresh) {
  Either *e = fresh ? new Either : pool.acquire();
  e->limit = 3;
  pool.release(e);
}

struct Both {
  int limit = 0; // note: "'limit' is left, 'tune' changes it"
  std::string body;
  void reset() { // expect: pool-incomplete-reset "'Both::reset' leaves"
    body.clear();
  }
};
static void tune(Both &b) { b.limit = 3; }
void both(ObjectPool<Both> &pool) {
  auto *made = new Both;
  tune(*made);
  pool.release(made);
  Both *b = pool.acquire();
  tune(*b);
  pool.release(b);
}

// --- what makes it as it was

struct Emptied {
  std::vector<int> ids;
  void *at = nullptr;
  int n = 0;
  std::string body;
  void forget() {
    ids.clear();
    at = nullptr;
    n = 0;
  }
  void reset() { body.clear(); } // expect: pool-incomplete-reset "'Emptied::reset' leaves"
};
template class ObjectPool<Emptied>;
ObjectPool<Emptied> pool_of_Emptied;
void fill(Emptied &e) { e.body = "x"; }


// 0 is not what it starts with.
struct Spent {
  int left = 5; // note: "'left' is left, 'Spent::spend' changes it"
  std::string body;
  void spend() { left = 0; }
  void reset() { // expect: pool-incomplete-reset "'Spent::reset' leaves"
    body.clear();
  }
};
template class ObjectPool<Spent>;
ObjectPool<Spent> pool_of_Spent;

// --- elements that are set one by one are no scratch

class Indexed {
public:
  std::size_t add(const std::string &k, const std::string &v) {
    headers_[k.size()] = v;
    return headers_.size();
  }
  void done(int s) { status_ = s; }
  void reset() { status_ = 0; } // expect: pool-incomplete-reset "'Indexed::reset' leaves"

private:
  std::vector<std::string> headers_ = std::vector<std::string>(8); // note: "'headers_' is left, 'Indexed::add' changes it"
  int status_ = 0;
};
template class ObjectPool<Indexed>;
ObjectPool<Indexed> pool_of_Indexed;

// --- a setting is not what the last user left

struct Slip {
  int limit = 0;
  int votes = 0;
  void reset() { votes = 0; }
};
class [[clang::annotate("pool::convention(\"caller-after-acquire\")")]] SlipPool {
public:
  Slip *acquire();
  void release(Slip *s);
  void add(Slip *s);
};
void fill(SlipPool &pool) {
  for (int i = 0; i < 4; ++i) {
    Slip *s = new Slip;
    s->limit = 64;
    pool.add(s);
  }
}
int good_setting(SlipPool &pool) {
  Slip *s = pool.acquire();
  int limit = s->limit;
  s->reset();
  s->votes = 1;
  pool.release(s);
  return limit;
}
int bad_left(SlipPool &pool) {
  Slip *s = pool.acquire();
  int votes = s->votes; // expect: pool-dirty-acquire "its 'votes' is what the last user left"
  s->votes = 2;
  pool.release(s);
  return votes;
}

// --- another class that has the same base

struct Listed {
  int mode = 0;

protected:
  std::vector<int> list_;
};
struct First : Listed {
  std::string text;
  void add() { text += "x"; }
  void reset() { text.clear(); }
};
struct Second : Listed {
  void fill() {
    list_.push_back(1);
    mode = 3;
  }
};
template class ObjectPool<First>;
ObjectPool<First> pool_of_First;

// What its own base does is its own.
struct Third : Second {
  std::string text;
  void add() { text += "x"; }
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'Third::reset' leaves"
};
template class ObjectPool<Third>;
ObjectPool<Third> pool_of_Third;

// --- a value of several parts, set as a whole

struct Paired {
  std::pair<std::string, int> pair;
  void set(const char *s) { pair = {s, 1}; }
  void reset() { pair.second = 0; } // expect: pool-incomplete-reset "'Paired::reset' leaves"
};
template class ObjectPool<Paired>;
ObjectPool<Paired> pool_of_Paired;

struct BothParts {
  std::pair<std::string, int> pair;
  void set(const char *s) { pair = {s, 1}; }
  void reset() {
    pair.first.clear();
    pair.second = 0;
  }
};
template class ObjectPool<BothParts>;
ObjectPool<BothParts> pool_of_BothParts;

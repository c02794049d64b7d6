// RUN: %check %s --checks=pool-oversized-put
// Pools whose policy, a template argument, looks at what comes back.
#include <istream>
#include <string>
#include <vector>

struct DropLarge {
  bool keep(std::string &s) const {
    if (s.capacity() > 4096)
      return false;
    s.clear();
    return true;
  }
};

/// Asks whatever can answer.
struct DropLargeIfAsked {
  template <typename T> bool keep(T &t) const {
    if constexpr (requires { t.capacity(); })
      if (t.capacity() > 4096)
        return false;
    t.clear();
    return true;
  }
};

struct OnlyClear {
  template <typename T> bool keep(T &t) const {
    t.clear();
    return true;
  }
};

struct Page {
  std::string text;
  void clear() { text.clear(); }
};

template <typename T, typename Policy> class Pool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) {
    if (policy_.keep(*t))
      free_.push_back(t);
    else
      delete t;
  }

private:
  Policy policy_;
  std::vector<T *> free_;
};

void good_drops(Pool<std::string, DropLarge> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::getline(in, *s);
  pool.release(s);
}

void good_drops_what_answers(Pool<std::string, DropLargeIfAsked> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::getline(in, *s);
  pool.release(s);
}

void bad_cannot_answer(Pool<Page, DropLargeIfAsked> &pool, std::istream &in) {
  Page *p = pool.acquire();
  std::getline(in, p->text);
  pool.release(p); // expect: oversized-put "'p' is put back however large 'text' has become"
}

void bad_only_clears(Pool<std::string, OnlyClear> &pool, std::istream &in) {
  std::string *s = pool.acquire();
  std::getline(in, *s);
  pool.release(s); // expect: oversized-put "'s' is put back however large it has become"
}

// RUN: %check %s --checks=pool-incomplete-reset
// Ways in which real types are built and reset: mixins and curiously recurring
// bases, hidden implementations, variants, arenas, intrusive lists, attributes.

#include <algorithm>
#include <array>
#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
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
template <typename T> void lease(ObjectPool<T> &pool) {
  T *t = pool.acquire();
  t->set();
  t->reset();
  pool.release(t);
}

// --- bases

template <typename T> struct Resettable {
  void reset() { static_cast<T *>(this)->parts_away(); } // expect: pool-incomplete-reset "'Resettable::reset' leaves members of the pooled 'Half'"
};
struct Full : Resettable<Full> {
  std::string text;
  int number = 0;
  void set() {
    text = "x";
    number = 1;
  }
  void parts_away() {
    text.clear();
    number = 0;
  }
};
struct Half : Resettable<Half> {
  std::string text;
  int number = 0; // note: "'number' is left, 'Half::set' changes it"
  void set() {
    text = "x";
    number = 1;
  }
  void parts_away() { text.clear(); }
};
ObjectPool<Full> fulls;
ObjectPool<Half> halves;
void use_recurring() {
  lease(fulls);
  lease(halves);
}

struct Named {
  std::string name;
  void clear_name() { name.clear(); }
};
struct Stamped {
  long at = 0; // note: "'at' is left"
  void clear_stamp() { at = 0; }
};
struct Mixed : Named, Stamped {
  std::string body;
  void set() {
    name = body = "x";
    at = 1;
  }
  void reset() {
    clear_name();
    clear_stamp();
    body.clear();
  }
};
struct HalfMixed : Named, Stamped {
  std::string body;
  void set() {
    name = body = "x";
    at = 1;
  }
  void reset() { // expect: pool-incomplete-reset "'HalfMixed::reset' leaves"
    clear_name();
    body.clear();
  }
};
ObjectPool<Mixed> mixed;
ObjectPool<HalfMixed> half_mixed;

// The base's reset calls what the class adds to it.
struct Hooking {
  int id = 0;
  virtual ~Hooking() = default;
  void reset() {
    id = 0;
    on_reset();
  }
  virtual void on_reset() {}
};
struct Hooked : Hooking {
  std::string text;
  void set() {
    id = 1;
    text = "x";
  }
  void on_reset() override { text.clear(); }
};
ObjectPool<Hooked> hooked;

// Out of line, in the order of nobody's choice.
struct Addressed {
  std::string to;
  void reset_address();
};
struct Letter : Addressed {
  std::string body;
  void set(const char *text) { to = body = text; }
  void reset();
};
void Letter::reset() {
  reset_address();
  body.clear();
}
void Addressed::reset_address() { to.clear(); }
ObjectPool<Letter> letters;

// --- hidden implementations

class Hidden {
public:
  Hidden();
  ~Hidden();
  void set(int n);
  void reset();

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};
struct Hidden::Parts {
  int number = 0;
  std::string text;
  void clear() {
    number = 0;
    text.clear();
  }
};
Hidden::Hidden() : parts_(std::make_unique<Parts>()) {}
Hidden::~Hidden() = default;
void Hidden::set(int n) {
  parts_->number = n;
  parts_->text = "x";
}
void Hidden::reset() { parts_->clear(); }
ObjectPool<Hidden> hidden;

class HiddenRenewed {
public:
  HiddenRenewed() : parts_(std::make_unique<Parts>()) {}
  void set(int n) { parts_->number = n; }
  void reset() { *parts_ = Parts(); }

private:
  struct Parts {
    int number = 0;
    std::string text;
  };
  std::unique_ptr<Parts> parts_;
};
ObjectPool<HiddenRenewed> hidden_renewed;

class HiddenLeft {
public:
  HiddenLeft() : parts_(std::make_unique<Parts>()) {}
  void set(int n) {
    parts_->number = n;
    used_ = true;
  }
  void reset() { used_ = false; } // expect: pool-incomplete-reset "'HiddenLeft::reset' leaves"

private:
  struct Parts {
    int number = 0;
  };
  std::unique_ptr<Parts> parts_; // note: "'parts_' is left, 'HiddenLeft::set' changes it"
  bool used_ = false;
};
ObjectPool<HiddenLeft> hidden_left;

// --- members of all sorts

struct Either {
  std::variant<std::monostate, std::string> one;
  std::variant<int, std::string> two;
  std::vector<int> many;
  std::list<int> list;
  std::map<int, int> map;
  void set() {
    one = "x";
    two = "y";
    many.push_back(1);
    list.push_back(1);
    map[1] = 2;
  }
  void reset() {
    one.emplace<std::monostate>();
    two = 0;
    std::exchange(many, {});
    list.erase(list.begin(), list.end());
    map.erase(map.begin(), map.end());
  }
};
ObjectPool<Either> eithers;
struct EitherLeft {
  std::variant<int, std::string> one; // note: "'one' is left, 'EitherLeft::set' changes it"
  int number = 0;
  void set() {
    one = "x";
    number = 1;
  }
  void reset() { number = 0; } // expect: pool-incomplete-reset "'EitherLeft::reset' leaves"
};
ObjectPool<EitherLeft> eithers_left;

struct Timed {
  enum class State { Idle, Busy } state = State::Idle;
  std::chrono::steady_clock::time_point since{};
  std::string text;
  void set() {
    state = State::Busy;
    since = std::chrono::steady_clock::now();
    text = "x";
  }
  void reset() {
    state = State::Idle;
    since = {};
    text.resize(0);
  }
};
ObjectPool<Timed> timed;
struct TimedLeft {
  enum class State { Idle, Busy } state = State::Idle; // note: "'state' is left"
  std::chrono::steady_clock::time_point since{};       // note: "'since' is left"
  std::string text;
  void set() {
    state = State::Busy;
    since = std::chrono::steady_clock::now();
    text = "x";
  }
  void reset() { text.clear(); } // expect: pool-incomplete-reset "'TimedLeft::reset' leaves"
};
ObjectPool<TimedLeft> timed_left;

// Views point into a lease's life.
struct Viewing {
  std::string_view text; // note: "'text' is left, 'Viewing::set' changes it"
  std::span<int> all;    // note: "'all' is left"
  int number = 0;
  void set(std::string_view t, std::span<int> a) {
    text = t;
    all = a;
    number = 1;
  }
  void reset() { number = 0; } // expect: pool-incomplete-reset "'Viewing::reset' leaves"
};
ObjectPool<Viewing> viewing;

struct Arrays {
  int counts[4] = {};
  std::array<std::string, 2> names;
  std::array<std::string, 2> others;
  int low = 0;
  std::string text;
  void set() {
    counts[0] = 1;
    names[1] = others[0] = "x";
    low = 1;
    text = "x";
  }
  void reset() {
    std::fill(std::begin(counts), std::end(counts), 0);
    names.fill({});
    std::for_each(others.begin(), others.end(), [](std::string &s) { s.clear(); });
    std::tie(low, text) = std::make_tuple(0, std::string());
  }
};
ObjectPool<Arrays> arrays;

// An arena is let go of, and the allocator of a string stays.
struct Arena {
  std::pmr::monotonic_buffer_resource memory;
  std::pmr::vector<int> numbers{&memory};
  std::pmr::memory_resource *upstream = std::pmr::get_default_resource();
  std::pmr::string text{upstream};
  void set() {
    numbers.push_back(1);
    text += "x";
  }
  void reset() {
    numbers = std::pmr::vector<int>(&memory);
    memory.release();
    text.clear();
  }
};
ObjectPool<Arena> arenas;

// --- intrusive lists

struct Link {
  Link *next = nullptr, *prev = nullptr;
};
struct Derived : Link {
  int value = 0;
  void set() { value = 1; }
  void reset() { value = 0; }
};
struct Hook {
  Link link;
  int value = 0;
  void set() { value = 1; }
  void reset() { value = 0; }
};
void insert(Derived &d, Hook &h, Link &head) {
  d.next = head.next;
  d.prev = &head;
  h.link.prev = &head;
}
ObjectPool<Derived> derived;
ObjectPool<Hook> hooks;

// --- the whole at once

struct Anew {
  std::string text;
  int number = 0;
  void set() {
    text = "x";
    number = 1;
  }
  void reset() {
    std::destroy_at(this);
    std::construct_at(this);
  }
};
struct Moved {
  std::string text;
  int number = 0;
  void set() {
    text = "x";
    number = 1;
  }
  void reset() {
    Moved fresh;
    *this = std::move(fresh);
  }
};
struct EarlyOut {
  bool dirty = false;
  std::string text;
  void set() {
    text = "x";
    dirty = true;
  }
  void reset() {
    if (!dirty)
      return;
    text.clear();
    dirty = false;
  }
};
ObjectPool<Anew> anew;
ObjectPool<Moved> moved;
ObjectPool<EarlyOut> early_out;

// A pool of owners, and objects that only a static function makes.
class Made {
public:
  static std::unique_ptr<Made> make() { return std::unique_ptr<Made>(new Made); }
  void set() {
    text_ = "x";
    number_ = 1;
  }
  void reset() { text_.clear(); } // expect: pool-incomplete-reset "'Made::reset' leaves"

private:
  Made() = default;
  std::string text_;
  int number_ = 0; // note: "'number_' is left, 'Made::set' changes it"
};
class MadePool {
public:
  std::unique_ptr<Made> acquire() {
    if (free_.empty())
      return Made::make();
    std::unique_ptr<Made> made = std::move(free_.back());
    free_.pop_back();
    return made;
  }
  void release(std::unique_ptr<Made> made) { free_.push_back(std::move(made)); }

private:
  std::vector<std::unique_ptr<Made>> free_;
};
MadePool made;

// Containers that are not the library's.
template <typename T> struct SmallVector {
  T first[4];
  unsigned n = 0;
  void push(T t) { first[n++] = t; }
  void clear() { n = 0; }
};
struct Small {
  SmallVector<int> one;
  SmallVector<int> two; // note: "'two' is left, 'Small::set' changes it"
  void set() {
    one.push(1);
    two.push(2);
  }
  void reset() { one.clear(); } // expect: pool-incomplete-reset "'Small::reset' leaves"
};
ObjectPool<Small> small;

// --- said by attributes, of a pool that nothing here names

struct Tile {
  int x = 0;
  std::string text; // note: "'text' is left, 'Tile::set' changes it"
  void set() {
    x = 1;
    text = "x";
  }
  [[clang::annotate("pool::reset")]] void blank() { x = 0; } // expect: pool-incomplete-reset "'Tile::blank' leaves members of the pooled 'Tile'"
};
class Board {
public:
  [[clang::annotate("pool::acquire")]] Tile *draw();
  [[clang::annotate("pool::put")]] void back(Tile *tile);
};

struct Page {
  int x = 0;
  std::string text; // note: "'text' is left, 'Page::set' changes it"
  void set() {
    x = 1;
    text = "x";
  }
  [[clang::reinitializes]] void begin_anew() { x = 0; } // expect: pool-incomplete-reset "'Page::begin_anew' leaves"
};
ObjectPool<Page> pages;

// RUN: %check %s --checks=pool-incomplete-reset
// What a reset must clear, what clears it, and what is no state. The fix is
// tried in fixes/.

#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// A pool as the heuristics know it: a free list, the caller resets.
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

// --- members that other code writes

struct Request {
  int id = 0;
  std::string path; // note: "'path' is left, 'parse' changes it"
  int retries = 0;  // note: "'retries' is left, 'Request::retry' changes it"
  const int limit = 3;
  static int made;

  void retry() { ++retries; }
  void clear() { // expect: pool-incomplete-reset "'Request::clear' leaves members of the pooled 'Request' as they were"
    id = 0;
  }
};
ObjectPool<Request> requests;
void parse(Request &r, const char *text) {
  r.id = 1;
  r.path = text;
  ++Request::made;
}

struct FullRequest {
  int id = 0;
  std::string path;
  int retries = 0;

  void retry() { ++retries; }
  void clear() {
    id = 0;
    path.clear();
    retries = 0;
  }
};
ObjectPool<FullRequest> full_requests;
void parse(FullRequest &r, const char *text) {
  r.id = 1;
  r.path = text;
}

// Only constructors, the destructor and resets write it: a setting.
class Setting {
public:
  explicit Setting(int size = 10) : size_(size), name_("setting") {}
  ~Setting() { size_ = 0; }
  void reset() { used_ = 0; }
  void use() { used_ += size_; }

private:
  int size_;
  int used_ = 0;
  std::string name_;
};
ObjectPool<Setting> settings;

// What a constructor sets and the life of a lease changes.
class Budget {
public:
  Budget() : left_(5) {}
  bool spend() { return left_-- > 0; }
  void add(int n) { used_ += n; }
  void reset() { used_ = 0; } // expect: pool-incomplete-reset "'Budget::reset' leaves"

private:
  int left_; // note: "'left_' is left, 'Budget::spend' changes it"
  int used_ = 0;
};
ObjectPool<Budget> budgets;

// A helper that only the constructor and the reset call is part of them.
class Prepared {
public:
  Prepared() { fill(); }
  void reset() { count_ = 0; }
  void add() { ++count_; }

private:
  void fill() { size_ = 20; }
  int size_ = 0;
  int count_ = 0;
};
ObjectPool<Prepared> prepared;

class AlsoChanged {
public:
  AlsoChanged() { fill(20); }
  void reset() { count_ = 0; } // expect: pool-incomplete-reset "'AlsoChanged::reset' leaves"
  void grow() {
    fill(40);
    ++count_;
  }

private:
  void fill(int n) { size_ = n; }
  int size_ = 0; // note: "'AlsoChanged::fill' changes it"
  int count_ = 0;
};
ObjectPool<AlsoChanged> also_changed;

// Only read: nothing to clear.
struct OnlyRead {
  int kind = 0;
  int count = 0;
  void reset() { count = 0; }
};
ObjectPool<OnlyRead> only_read;
int kind_of(OnlyRead &o) {
  o.count = 1;
  return o.kind;
}

// --- what can own, or point into a lease's life

struct Filled {
  int id = 0;
  std::vector<int> marks; // note: "'marks' is left"
  const char *source = nullptr; // note: "'source' is left"
  void reset() { // expect: pool-incomplete-reset "'Filled::reset' leaves members"
    id = 0;
  }
};
ObjectPool<Filled> filled;

// Private, and every member is seen: nobody fills it.
class NeverFilled {
public:
  void reset() { id_ = 0; }
  void name(int n) { id_ = n; }
  bool empty() const { return marks_.empty(); }

private:
  int id_ = 0;
  std::vector<int> marks_;
};
ObjectPool<NeverFilled> never_filled;

class FilledElsewhere {
public:
  void reset() { // expect: pool-incomplete-reset "'FilledElsewhere::reset' leaves"
    id_ = 0;
  }
  void mark(int m); // in some other file

private:
  int id_ = 0;
  std::vector<int> marks_; // note: "'marks_' is left"
};
ObjectPool<FilledElsewhere> filled_elsewhere;

// A constructor gives it what it keeps.
class Named {
public:
  explicit Named(std::string name = "none") : name_(std::move(name)) {}
  void reset() { count_ = 0; }
  void count(int n);

private:
  std::string name_;
  int count_ = 0;
};
ObjectPool<Named> named;

struct Callbacks {
  int id = 0;
  std::function<void()> done;          // note: "'done' is left"
  std::unique_ptr<int> own;            // note: "'own' is left"
  std::optional<std::string> comment;  // note: "'comment' is left"
  std::map<int, int> table;            // note: "'table' is left"
  void reset() { id = 0; }             // expect: pool-incomplete-reset "'Callbacks::reset' leaves"
};
ObjectPool<Callbacks> callbacks;

// --- what is no state

struct Pinned;
class PinnedPool;
struct Pinned {
  std::mutex mutex;
  int refs = 0;
  unsigned generation = 0;
  char padding[8];
  Pinned *next = nullptr;
  PinnedPool *owner = nullptr;
  const int &shared;
  [[clang::annotate("pool::keep")]] int seed = 0;
  std::string text;

  explicit Pinned(const int &s) : shared(s) {}
  void ref() { ++refs; }
  void reseed(int n) { seed = n; }
  void clear() { text.clear(); }
};
class PinnedPool {
public:
  Pinned *acquire() {
    Pinned *p = first_;
    if (!p)
      return new Pinned(zero_);
    first_ = p->next;
    ++p->generation;
    return p;
  }
  void release(Pinned *p) {
    p->next = first_;
    first_ = p;
  }

private:
  Pinned *first_ = nullptr;
  int zero_ = 0;
};
void pin(PinnedPool &pool, Pinned *p) {
  p->owner = &pool;
  p->next = nullptr;
  std::lock_guard<std::mutex> lock(p->mutex);
  p->padding[0] = 1;
}

// A pointer of another name than a link's leads into the lease's life.
struct Tree {
  Tree *left = nullptr; // note: "'left' is left, 'hang' changes it"
  int value = 0;
  void reset() { // expect: pool-incomplete-reset "'Tree::reset' leaves"
    value = 0;
  }
};
ObjectPool<Tree> trees;
void hang(Tree &under, Tree &leaf) { under.left = &leaf; }

// The pool sets it each time.
struct Stamped {
  long taken_at = 0;
  int uses = 0;
  int value = 0;
  void reset() { value = 0; }
};
class StampedPool {
public:
  Stamped *acquire() {
    Stamped *s = free_.back();
    free_.pop_back();
    s->taken_at = now();
    return s;
  }
  void release(Stamped *s) { free_.push_back(s); }
  static long now();

private:
  std::vector<Stamped *> free_;
};
void stamp(Stamped &s) {
  s.taken_at = StampedPool::now();
  ++s.uses;
  s.value = 1;
}

// --- trivial storage and what bounds it

struct Packet {
  char data[1500];
  std::array<int, 4> offsets;
  std::size_t len = 0;
  void reset() { len = 0; }
};
ObjectPool<Packet> packets;
void fill(Packet &p, const char *from, std::size_t n) {
  std::memcpy(p.data, from, n);
  p.offsets[0] = 1;
  p.len = n;
}

struct Unbounded {
  char data[1500]; // note: "'data' is left, 'fill' changes it"
  bool ready = false;
  std::string note;
  void reset() { // expect: pool-incomplete-reset "'Unbounded::reset' leaves"
    note.clear();
    ready_at = 0.0;
  }
  double ready_at = 0;
};
ObjectPool<Unbounded> unbounded;
void fill(Unbounded &u, const char *from, std::size_t n) {
  std::memcpy(u.data, from, n);
}

// Storage elsewhere, with its capacity: b = b[:0].
class Bytes {
public:
  ~Bytes() { std::free(data_); }
  void append(char c) {
    if (len_ == cap_) {
      cap_ = cap_ ? 2 * cap_ : 64;
      data_ = static_cast<char *>(std::realloc(data_, cap_));
    }
    data_[len_++] = c;
  }
  void clear() { len_ = 0; }

private:
  char *data_ = nullptr;
  std::size_t len_ = 0, cap_ = 0;
};
ObjectPool<Bytes> bytes;

class Scanner {
public:
  Scanner() : room_(4096) {}
  void put(char c) { room_[used_++] = c; }
  void clear() { used_ = 0; }

private:
  std::vector<char> room_;
  std::size_t used_ = 0;
};
ObjectPool<Scanner> scanners;

// Who fills it is in some other file; there is a length beside it.
class Unseen {
public:
  void put(char c);
  void clear() { len_ = 0; }

private:
  char *data_ = nullptr;
  std::size_t len_ = 0;
};
ObjectPool<Unseen> unseen;

// A vector whose own size is its length must be cleared.
class Lines {
public:
  void put(int c) {
    ends_.push_back(c);
    ++used_;
  }
  void clear() { used_ = 0; } // expect: pool-incomplete-reset "'Lines::clear' leaves"

private:
  std::vector<int> ends_; // note: "'ends_' is left"
  std::size_t used_ = 0;
};
ObjectPool<Lines> lines;

// A flag says whether the value counts.
struct Sparse {
  bool has_weight = false;
  double weight = 0;
  double height = 0; // note: "'height' is left, 'weigh' changes it"
  void reset() { has_weight = false; } // expect: pool-incomplete-reset "'Sparse::reset' leaves"
};
ObjectPool<Sparse> sparse;
void weigh(Sparse &s, double w) {
  s.has_weight = true;
  s.weight = w;
  s.height = w;
}

// --- ways to clear

// Out of line, with helpers, statics, and a lambda.
class Ways {
public:
  void set(int n, const char *s);
  void reset();

private:
  void clear_names();
  static void clear_numbers(Ways &w);
  std::string first_, second_;
  int third_ = 0;
  double fourth_ = 0;
  std::vector<int> fifth_;
};
void Ways::set(int n, const char *s) {
  first_ = second_ = s;
  third_ = n;
  fourth_ = n;
  fifth_.push_back(n);
}
void Ways::clear_names() {
  first_.clear();
  second_ = "";
}
void Ways::clear_numbers(Ways &w) { w.third_ = 0; }
void Ways::reset() {
  clear_names();
  clear_numbers(*this);
  auto rest = [this] { fourth_ = 0; };
  rest();
  std::vector<int>().swap(fifth_);
}
ObjectPool<Ways> ways;

// A helper whose body is elsewhere may clear everything.
class Elsewhere {
public:
  void set(int n) { value_ = n; }
  void reset() { clear_all(); }

private:
  void clear_all();
  int value_ = 0;
};
ObjectPool<Elsewhere> elsewhere;

// So may a reset that is only declared here.
class Declared {
public:
  void set(int n) { value_ = n; }
  void reset();

private:
  int value_ = 0;
};
ObjectPool<Declared> declared;

struct Fresh {
  int a = 0;
  std::string b;
  void reset() { *this = Fresh{}; }
};
ObjectPool<Fresh> fresh;
struct FreshBraces {
  int a = 0;
  std::string b;
  void reset() { *this = {}; }
};
ObjectPool<FreshBraces> fresh_braces;
struct FreshSwap {
  int a = 0;
  std::string b;
  void reset() {
    FreshSwap empty;
    std::swap(*this, empty);
  }
};
ObjectPool<FreshSwap> fresh_swap;
struct FreshOwnSwap {
  int a = 0;
  std::string b;
  void swap(FreshOwnSwap &other) {
    std::swap(a, other.a);
    b.swap(other.b);
  }
  void reset() {
    FreshOwnSwap empty;
    empty.swap(*this);
  }
};
ObjectPool<FreshOwnSwap> fresh_own_swap;
struct FreshMemset {
  int a = 0;
  int b = 0;
  void reset() { std::memset(static_cast<void *>(this), 0, sizeof(*this)); }
};
ObjectPool<FreshMemset> fresh_memset;
struct FreshPart {
  int id = 0;
  struct {
    int a, b;
  } rest;
  void reset() {
    std::memset(&rest, 0, sizeof(rest));
    id = 0;
  }
};
ObjectPool<FreshPart> fresh_part;
struct FreshPlaced {
  int a = 0;
  std::string b;
  void reset() {
    this->~FreshPlaced();
    new (this) FreshPlaced;
  }
};
ObjectPool<FreshPlaced> fresh_placed;
template <typename T> void touch(T &t) {
  t.a = 1;
  t.b = {};
}
void touch_all(Fresh &f, FreshBraces &b, FreshSwap &s, FreshOwnSwap &o,
               FreshMemset &m, FreshPart &q, FreshPlaced &p) {
  touch(f);
  touch(b);
  touch(s);
  touch(o);
  touch(m);
  touch(q.rest);
  q.id = 1;
  touch(p);
}

struct Header {
  std::string name;
  int flags = 0;
  void reset() {
    name.clear();
    flags = 0;
  }
};

// Arrays of members, members that reset themselves, optional, smart pointers,
// atomics, bit-fields, anonymous unions.
struct Many {
  Header header;
  Header trailers[2];
  std::vector<Header> more;
  int counts[3] = {};
  std::optional<int> choice;
  std::unique_ptr<Header> own;
  std::shared_ptr<Header> shared;
  std::atomic<int> waiting{0};
  unsigned low : 4;
  unsigned high : 4;
  union {
    int number;
    double real;
  };
  struct {
    int x, y;
  };

  void reset() {
    header.reset();
    for (Header &t : trailers)
      t.reset();
    for (auto &m : more)
      m.reset();
    for (int i = 0; i < 3; ++i)
      counts[i] = 0;
    choice.reset();
    own.reset();
    shared = nullptr;
    waiting.store(0);
    low = high = 0;
    number = 0;
    x = 0;
    y = 0;
  }
};
ObjectPool<Many> many;

struct ManyLeft {
  Header header;            // note: "'header' is left"
  Header trailers[2];       // note: "'trailers' is left"
  int counts[3] = {};       // note: "'counts' is left"
  std::optional<int> choice; // note: "'choice' is left"
  std::shared_ptr<Header> shared; // note: "'shared' is left"
  std::atomic<int> waiting{0}; // note: "'waiting' is left"
  unsigned low : 4;
  unsigned high : 4; // note: "'high' is left"
  union {            // note: "'number' is left"
    int number;
    double real;
  };
  struct {
    int x;
    int y; // note: "'y' is left"
  };
  std::string text;

  void reset() { // expect: pool-incomplete-reset "'ManyLeft::reset' leaves"
    text.clear();
    x = 0;
    low = 0;
  }
};
ObjectPool<ManyLeft> many_left;
template <typename T> void touch_many(T &m) {
  m.header.flags = 1;
  m.trailers[1].name = "x";
  m.counts[2] = 1;
  m.choice = 3;
  m.shared = std::make_shared<Header>();
  m.waiting++;
  m.low = 1;
  m.high = 1;
  m.real = 0.5;
  m.x = m.y = 1;
}
template void touch_many(Many &);
template void touch_many(ManyLeft &);

// Part by part: the part that is left is named.
struct Parts {
  Header header;
  void reset() { // expect: pool-incomplete-reset "'Parts::reset' leaves"
    header.name.clear();
  }
};
void flag(Parts &p) {
  p.header.flags = 1;
  p.header.name = "x";
}
ObjectPool<Parts> parts;

struct AllParts {
  Header header;
  void reset() {
    header.name.clear();
    header.flags = 0;
  }
};
void flag(AllParts &p) {
  p.header.flags = 1;
  p.header.name = "x";
}
ObjectPool<AllParts> all_parts;

// --- bases

class Message {
public:
  virtual ~Message() = default;
  void to(const char *s) { to_ = s; }
  virtual void reset() { to_.clear(); }

private:
  std::string to_;
};
class Mail : public Message {
public:
  void body(const char *s) { body_ = s; }
  void reset() override {
    Message::reset();
    body_.clear();
  }

private:
  std::string body_;
};
ObjectPool<Mail> mails;

class Forgetful {
public:
  void to(const char *s) { to_ = s; }
  void reset() { to_.clear(); }

private:
  std::string to_; // note: "'to_' is left, 'Forgetful::to' changes it"
};
class Letter : public Forgetful {
public:
  void body(const char *s) { body_ = s; }
  void reset() { // expect: pool-incomplete-reset "'Letter::reset' leaves members of the pooled 'Letter'"
    body_.clear();
  }

private:
  std::string body_;
};
ObjectPool<Letter> letters;

// The reset is the base's own, and knows nothing of what was added.
class Parcel : public Forgetful {
public:
  void weigh(int w) { weight_ = w; }

private:
  int weight_ = 0;
};

// What a base hides and offers no reset for is the base's business.
class Counted {
public:
  void hold() { ++holders_; }

private:
  int holders_ = 0;
};
class Held : public Counted {
public:
  void set(int n) { n_ = n; }
  void reset() { n_ = 0; }

private:
  int n_ = 0;
};
ObjectPool<Held> held;

// A template method: the reset calls what the class overrides.
class Steps {
public:
  virtual ~Steps() = default;
  void reset() { clear_own(); }

protected:
  virtual void clear_own() {}
};
class Walk : public Steps {
public:
  void go() { ++paces_; }

protected:
  void clear_own() override { paces_ = 0; }

private:
  int paces_ = 0;
};
ObjectPool<Walk> walks;

// --- scratch: every use sets it first

class Encoder {
public:
  std::size_t encode(const char *s) {
    scratch_.clear();
    scratch_ += s;
    total_ += scratch_.size();
    return scratch_.size();
  }
  void reset() { total_ = 0; }

private:
  std::string scratch_;
  std::size_t total_ = 0;
};
ObjectPool<Encoder> encoders;

class Peeked {
public:
  void encode(const char *s) {
    last_.clear();
    last_ += s;
    ++count_;
  }
  const std::string &last() const { return last_; }
  void reset() { count_ = 0; } // expect: pool-incomplete-reset "'Peeked::reset' leaves"

private:
  std::string last_; // note: "'last_' is left"
  std::size_t count_ = 0;
};
ObjectPool<Peeked> peeked;

// A start that sets it with what it is given.
class Started {
public:
  void init(int fd) { fd_ = fd; }
  void seek(int n) { fd_ += n, at_ = n; }
  void reset() { at_ = 0; }

private:
  int fd_ = -1;
  int at_ = 0;
};
ObjectPool<Started> started;

// --- another value than the constructor's

struct Gauge {
  int level = 0;
  std::string unit; // note: "'unit' is left"
  void set(const char *u) { unit = u; }
  void Clear() { // expect: pool-incomplete-reset "'Gauge::Clear' leaves"
    level = 1;   // note: "'level' becomes 1 here, the constructor gives it 0"
  }
};
ObjectPool<Gauge> gauges;

// On its own it is no finding: a reset may know better.
struct Dial {
  int level = 0;
  void turn() { ++level; }
  void Clear() { level = 1; }
};
ObjectPool<Dial> dials;

// --- getters that show a member

class Shown {
public:
  std::string &text() { return text_; }
  void reset() { n_ = 0; } // expect: pool-incomplete-reset "'Shown::reset' leaves"
  void set(int n) { n_ = n; }

private:
  std::string text_; // note: "'text_' is left, 'write_shown' changes it"
  int n_ = 0;
};
ObjectPool<Shown> shown;
void write_shown(Shown &s) { s.text() += "x"; }

class ShownReset {
public:
  std::string &text() { return text_; }
  void reset() { text().clear(); }

private:
  std::string text_;
};
ObjectPool<ShownReset> shown_reset;
void write_shown(ShownReset &s) { s.text() += "x"; }

// --- resets of other kinds

// A free function.
struct Frame {
  int width = 0;
  std::string title; // note: "'title' is left"
};
void frame_reset(Frame *f) { f->width = 0; } // expect: pool-incomplete-reset "'frame_reset' leaves members of the pooled 'Frame'"
ObjectPool<Frame> frames;
void size(Frame &f) {
  f.width = 3;
  f.title = "x";
}

// Several names: the most thorough one counts.
struct Two {
  int a = 0;
  int b = 0;
  void clear() { a = 0; }
  void reset() {
    clear();
    b = 0;
  }
};
ObjectPool<Two> two;
void size(Two &t) { t.a = t.b = 1; }

// --- no pool, no question

struct Alone {
  int id = 0;
  int count = 0;
  void reset() { id = 0; }
};
void change(Alone &a) { a.count = 1; }

// Connections keep their state on purpose.
struct Connection {
  int fd = -1;
  std::string peer;
  void reset() { fd = -1; }
};
class ConnectionPool {
public:
  Connection *acquire();
  void release(Connection *c);
};
void dial(ConnectionPool &pool) {
  Connection *c = pool.acquire();
  c->peer = "x";
  pool.release(c);
}

// Made anew each time.
struct Made {
  int id = 0;
  int count = 0;
  void reset() { id = 0; }
};
class MadePool {
public:
  Made *acquire() { return new Made; }
  void release(Made *m) { delete m; }
};
void make(MadePool &pool) {
  Made *m = pool.acquire();
  m->count = 1;
  pool.release(m);
}

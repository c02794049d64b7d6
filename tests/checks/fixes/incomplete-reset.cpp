// RUN: %check %s --checks=pool-incomplete-reset --fix
// RUN-FIXED
// What the fix inserts, by type, and where there is none.

#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
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

struct Header {
  std::string name;
  void reset() { name.clear(); }
};
struct Point {
  int x, y;
};

struct All {
  std::string text;
  std::vector<int> marks;
  std::unique_ptr<int> own;
  std::optional<int> choice;
  std::variant<int, std::string> either;
  std::function<void()> done;
  std::atomic<int> waiting;
  int count;
  int left = 5;
  bool open = false;
  const char *source = nullptr;
  Header header;
  Point point;
  int table[3];
  unsigned low : 4;
  const char *unit = "ms";
  std::string title = "none";
  std::vector<int> bins = std::vector<int>(3);
  Point corner = {1, 2};
  double scale{1.5};

  void use() {
    text = "x";
    marks.push_back(1);
    own = std::make_unique<int>(1);
    choice = 2;
    either = "x";
    done = [] {};
    waiting++;
    count = 1;
    left = 0;
    open = true;
    source = "x";
    header.name = "x";
    point.x = 1;
    table[1] = 1;
    low = 1;
    unit = "s";
    title = "x";
    bins[0] = 1;
    corner.x = 3;
    scale = 2;
  }
  bool fresh() const {
    return text.empty() && marks.empty() && !own && !choice && !either.index() && !done &&
           waiting == 0 && count == 0 && left == 5 && !open && !source &&
           header.name.empty() && point.x == 0 && table[1] == 0 && low == 0 &&
           unit[0] == 'm' && title == "none" && bins[0] == 0 &&
           corner.x == 1 && scale == 1.5;
  }
  void reset() { // expect: pool-incomplete-reset "'All::reset' leaves"
  }
};
ObjectPool<All> all;

class Tail {
public:
  void add(const char *s) { text_ += s, ++count_; }
  void clear();

private:
  std::string text_;
  int count_ = 0;
};
ObjectPool<Tail> tails;
void Tail::clear() // expect: pool-incomplete-reset "'Tail::clear' leaves"
{
    count_ = 0;
}

// No fix: one line, a return, a macro, a template, a pointer that is freed.
struct OneLine {
  std::string text;
  void reset() {} // expect: pool-incomplete-reset "'OneLine::reset' leaves"
};
ObjectPool<OneLine> one_line;

struct Leaves {
  int id = 0;
  std::string text;
  void reset() { // expect: pool-incomplete-reset "'Leaves::reset' leaves"
    if (id == 0)
      return;
    id = 0;
  }
};
ObjectPool<Leaves> leaves;

#define BODY                                                                   \
  {                                                                            \
    id = 0;                                                                    \
  }
struct InMacro {
  int id = 0;
  std::string text;
  void reset() BODY // expect: pool-incomplete-reset "'InMacro::reset' leaves"
};
ObjectPool<InMacro> in_macro;

template <typename T> struct Box {
  int id = 0;
  T value;
  void set(T v) { value = v; }
  void reset() { // expect: pool-incomplete-reset "'Box::reset' leaves"
    id = 0;
  }
};
template struct Box<int>;
ObjectPool<Box<int>> boxes;

struct Freed {
  int id = 0;
  char *text = nullptr;
  ~Freed() { delete[] text; }
  void set(const char *s) {
    text = new char[std::strlen(s) + 1];
    std::strcpy(text, s);
    id = 1;
  }
  void rename(char *s) { text = s; }
  bool named = false;
  void reset() { // expect: pool-incomplete-reset "'Freed::reset' leaves"
    named = false;
  }
};
ObjectPool<Freed> freed;

// No fix either: what cannot be assigned, what a constructor chose, and braces
// that name a constructor.
struct Counts {
  int id = 0;
  std::array<std::atomic<int>, 2> counts;
  void set(int n) { counts[0] = id = n; }
  void reset() { // expect: pool-incomplete-reset "'Counts::reset' leaves"
    id = 0;
  }
};
ObjectPool<Counts> counts;

struct Chosen {
  explicit Chosen(int n = 8) : limit(n) {}
  int id = 0;
  int limit;
  void set(int n) { limit = id = n; }
  void reset() { // expect: pool-incomplete-reset "'Chosen::reset' leaves"
    id = 0;
  }
};
ObjectPool<Chosen> chosen;

struct Braced {
  int id = 0;
  std::unique_ptr<int> own{new int(1)};
  void set(int n) { id = n, own = nullptr; }
  void reset() { // expect: pool-incomplete-reset "'Braced::reset' leaves"
    id = 0;
  }
};
ObjectPool<Braced> braced;

int main() {
  All one;
  one.use();
  one.reset();
  // Before the fix this is false.
  return one.fresh() ? 0 : 1;
}

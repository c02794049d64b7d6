// RUN: %clangxx -std=c++20 %s -o %t && %t
// What pool-oversized-put knows of libstdc++, asked of it: which ways to empty a
// container keep its storage, and which give it back.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

static int failures = 0;

// Streams do not tell what they keep: what is allocated does.
static std::size_t allocated = 0;
void *operator new(std::size_t n) {
  auto *p = static_cast<std::size_t *>(std::malloc(n + 16));
  *p = n;
  allocated += n;
  return p + 16 / sizeof *p;
}
void operator delete(void *p) noexcept {
  if (!p)
    return;
  auto *size = static_cast<std::size_t *>(p) - 16 / sizeof(std::size_t);
  allocated -= *size;
  std::free(size);
}
void operator delete(void *p, std::size_t) noexcept { operator delete(p); }

template <typename F> void expect_stream(const char *what, bool keeps, F empty) {
  std::size_t before = allocated;
  std::stringstream s;
  for (int i = 0; i < 100000; ++i)
    s << 'x';
  empty(s);
  bool kept = allocated >= before + 100000;
  if (kept != keeps || !s.str().empty()) {
    std::printf("%s: %s\n", what, kept ? "keeps" : "gives back");
    ++failures;
  }
}

template <typename T> T grown() {
  T t;
  for (int i = 0; i < 100000; ++i)
    t.push_back('x');
  return t;
}

template <typename T, typename F>
void expect(const char *what, bool keeps, F empty) {
  T t = grown<T>();
  empty(t);
  bool kept = t.capacity() >= 100000;
  if (kept != keeps || !t.empty()) {
    std::printf("%s: %s\n", what, kept ? "keeps" : "gives back");
    ++failures;
  }
}

int main() {
  using S = std::string;
  using V = std::vector<char>;
  expect<S>("string clear", true, [](S &s) { s.clear(); });
  expect<S>("string = {}", true, [](S &s) { s = {}; });
  expect<S>("string = string()", true, [](S &s) { s = std::string(); });
  expect<S>("string = literal", true, [](S &s) { s = ""; });
  expect<S>("string assign", true, [](S &s) { s.assign(""); });
  expect<S>("string resize", true, [](S &s) { s.resize(0); });
  expect<S>("string shrink_to_fit", false, [](S &s) { s.clear(), s.shrink_to_fit(); });
  expect<S>("string swap", false, [](S &s) { std::string().swap(s); });
  expect<S>("string exchange", false, [](S &s) { std::exchange(s, {}); });
  expect<S>("string moved", false, [](S &s) { S t = std::move(s); });
  expect<V>("vector clear", true, [](V &v) { v.clear(); });
  expect<V>("vector = {}", true, [](V &v) { v = {}; });
  expect<V>("vector resize", true, [](V &v) { v.resize(0); });
  expect<V>("vector assign", true, [](V &v) { v.assign(0, 'x'); });
  expect<V>("vector = vector()", false, [](V &v) { v = std::vector<char>(); });
  expect<V>("vector shrink_to_fit", false, [](V &v) { v.clear(), v.shrink_to_fit(); });
  expect<V>("vector swap", false, [](V &v) { std::vector<char>().swap(v); });
  expect<V>("vector exchange", false, [](V &v) { std::exchange(v, {}); });
  using T = std::stringstream;
  expect_stream("stream str", true, [](T &t) { t.str(""); });
  expect_stream("stream str of a string", true, [](T &t) { t.str(std::string()); });
  expect_stream("stream = stream()", true, [](T &t) { t = T(); });
  expect_stream("stream swap", false, [](T &t) { T().swap(t); });
  expect_stream("stream std::swap", false, [](T &t) { T u; std::swap(t, u); });
  expect_stream("stream moved", false, [](T &t) { T u = std::move(t); });
  expect_stream("stream moved out", false,
                [](T &t) { std::string all = std::move(t).str(); });
  return failures != 0;
}

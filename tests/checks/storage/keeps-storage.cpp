// RUN: %clangxx -std=c++20 %s -o %t && %t
// What pool-oversized-put knows of libstdc++, asked of it: which ways to empty a
// container keep its storage, and which give it back.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

static int failures = 0;

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
  return failures != 0;
}

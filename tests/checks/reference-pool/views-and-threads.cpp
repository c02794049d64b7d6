// RUN: %check %s --checks=pool-dangling-view,pool-shared-across-threads -- -I%root/tests/reference_pool/include
// What looks at a leased object, or works on it, has to end before the lease does.

#include <functional>
#include <future>
#include <pool_tidy/object_pool.h>
#include <pool_tidy/resource_pool.h>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using Text = pool_tidy::object_pool<std::string>;
using Numbers = pool_tidy::object_pool<std::vector<int>>;

void show(std::string_view) noexcept;
void sum(std::span<const int>) noexcept;

// ---- pool-dangling-view

void bad_view(Text &pool) {
  auto text = pool.get();
  text->append("hello");
  std::string_view all = *text;
  text.put();
  show(all); // expect: pool-dangling-view "'all'"
}

void good_view(Text &pool) {
  auto text = pool.get();
  text->append("hello");
  std::string_view all = *text;
  show(all);
  text.put();
}

// The lease ends with its scope.
void bad_span(Numbers &pool) {
  std::span<const int> all;
  {
    auto numbers = pool.get();
    numbers->push_back(1);
    all = *numbers;
  }
  sum(all); // expect: pool-dangling-view "'all'"
}

void good_span(Numbers &pool) {
  auto numbers = pool.get();
  numbers->push_back(1);
  std::span<const int> all = *numbers;
  sum(all);
}

// A copy outlives all.
std::string good_copy(Text &pool) {
  auto text = pool.get();
  text->append("hello");
  return *text;
}

// The bytes of a view are given to whoever called.
std::string_view bad_answer(Text &pool) {
  auto text = pool.get();
  text->append("hello");
  return *text; // expect: pool-dangling-view "'text'"
}

// ---- pool-shared-across-threads

void fill(std::string &text) noexcept;

void bad_task(Text &pool) {
  auto text = pool.get();
  std::thread worker(fill, std::ref(*text));
  text.put(); // expect: pool-shared-across-threads "'text'"
  worker.join();
}

void good_task(Text &pool) {
  auto text = pool.get();
  std::thread worker(fill, std::ref(*text));
  worker.join();
  text.put();
}

// The lease itself goes with the task.
void good_moved(Text &pool) {
  auto text = pool.get();
  std::thread worker([text = std::move(text)]() mutable { fill(*text); });
  worker.detach();
}

// jthread joins before the lease ends, since it was made later.
void good_scope(Text &pool) {
  auto text = pool.get();
  std::jthread worker([&] { fill(*text); });
}

void bad_scope(Text &pool) {
  std::jthread worker;
  auto text = pool.get(); // expect: pool-shared-across-threads "'text'"
  worker = std::jthread([&] { fill(*text); });
}

void bad_async(Text &pool) {
  std::future<void> done;
  {
    auto text = pool.get(); // expect: pool-shared-across-threads "'text'"
    done = std::async(std::launch::async, [&] { fill(*text); });
  }
  done.get();
}

void good_async(Text &pool) {
  auto text = pool.get();
  auto done = std::async(std::launch::async, [&] { fill(*text); });
  done.get();
}

// RUN: %check %s --std=c++23
// A pool that answers with what it hands out, or why there is none.

#include "scarce_pool.h"
#include <expected>

enum class Why { empty, closed };

class ExpectedPool {
public:
  std::expected<Frame *, Why> acquire() {
    if (free_.empty())
      return std::unexpected(Why::closed);
    Frame *frame = free_.back();
    free_.pop_back();
    return frame;
  }
  void release(Frame *frame) {
    frame->clear();
    free_.push_back(frame);
  }

private:
  std::vector<Frame *> free_;
};

class ExpectedOwnerPool {
public:
  std::expected<std::unique_ptr<Frame>, Why> acquire() {
    if (free_.empty())
      return std::unexpected(Why::empty);
    auto frame = std::move(free_.back());
    free_.pop_back();
    return frame;
  }
  void release(std::unique_ptr<Frame> frame) {
    frame->clear();
    free_.push_back(std::move(frame));
  }

private:
  std::vector<std::unique_ptr<Frame>> free_;
};

void bad(ExpectedPool &pool) {
  auto frame = pool.acquire();
  (*frame)->number = 1; // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(*frame);
}
void bad_arrow(ExpectedOwnerPool &pool) {
  auto frame = pool.acquire();
  (*frame)->number = 1; // expect: unchecked-acquire "'frame' is dereferenced"
  pool.release(std::move(*frame));
}
void bad_leak(ExpectedPool &pool, bool early) {
  auto frame = pool.acquire(); // expect: resource-leak "'frame' is not put back on some path"
  if (!frame)
    return;
  if (early)
    return;
  pool.release(*frame);
}
void bad_twice(ExpectedPool &pool) {
  auto frame = pool.acquire();
  if (!frame)
    return;
  pool.release(*frame);
  pool.release(*frame); // expect: double-put "'frame' is put back twice"
}
void good(ExpectedPool &pool) {
  auto frame = pool.acquire();
  if (!frame)
    return;
  (*frame)->number = 1;
  pool.release(*frame);
}
int good_has_value(ExpectedPool &pool) {
  auto frame = pool.acquire();
  if (!frame.has_value())
    return frame.error() == Why::closed ? -2 : -1;
  Frame *f = frame.value();
  f->number = 1;
  pool.release(f);
  return 0;
}
void good_value(ExpectedPool &pool) {
  auto frame = pool.acquire();
  frame.value()->number = 1; // throws when there is none
  pool.release(*frame);
}
std::expected<int, Why> good_passed_on(ExpectedPool &pool) {
  auto frame = pool.acquire();
  if (!frame)
    return std::unexpected(frame.error());
  int n = (*frame)->number;
  pool.release(*frame);
  return n;
}
std::expected<Frame *, Why> good_handed_out(ExpectedPool &pool) {
  return pool.acquire();
}

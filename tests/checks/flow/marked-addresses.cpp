// RUN: %check %s --level strict --checks=pool-resource-leak,pool-double-put,pool-use-after-put
// Addresses kept as numbers, with marks in their low bits.

#include "helpers.h"
#include <cstdint>

namespace {
constexpr std::uintptr_t Dirty = 1, Busy = 2;

std::uintptr_t mark(Buffer *b) {
  return reinterpret_cast<std::uintptr_t>(b) | Dirty;
}
Buffer *unmark(std::uintptr_t number) {
  return reinterpret_cast<Buffer *>(number & ~(Dirty | Busy));
}
} // namespace

void good_there_and_back(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::uintptr_t number = reinterpret_cast<std::uintptr_t>(b) | Dirty | Busy;
  pool.release(reinterpret_cast<Buffer *>(number & ~std::uintptr_t(3)));
}

void good_by_functions(BufferPool &pool) {
  std::uintptr_t number = mark(pool.acquire());
  consume(*unmark(number));
  pool.release(unmark(number));
}

void bad_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto number = reinterpret_cast<std::uintptr_t>(b) | Dirty;
  pool.release(b);              // note: "first put back here"
  pool.release(unmark(number)); // expect: pool-double-put "put back twice"
}

void bad_used_after_put(BufferPool &pool) {
  std::uintptr_t number = mark(pool.acquire());
  pool.release(unmark(number)); // note: "put back here"
  consume(*unmark(number)); // expect: pool-use-after-put "used after it was put back"
}

void bad_lost(BufferPool &pool, bool give_up) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  std::uintptr_t number = mark(b);
  if (give_up)
    return; // note: "returns here without putting it back"
  pool.release(unmark(number));
}

// A mark that is asked for is no address: it says nothing of null.
void good_aligned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if ((reinterpret_cast<std::uintptr_t>(b) & 15) == 0)
    consume(*b);
  pool.release(b);
}

// Nor is what two addresses have in common.
void good_both_aligned(BufferPool &pool) {
  Buffer *a = pool.acquire();
  Buffer *b = pool.acquire();
  auto bits = reinterpret_cast<std::uintptr_t>(a) | reinterpret_cast<std::uintptr_t>(b);
  if (bits & 7)
    consume(*a);
  pool.release(a);
  pool.release(b);
}

// The owner keeps it as a number.
struct Slot {
  static Slot *make(int value) { return new Slot{value}; }
  std::uintptr_t tag() const { return reinterpret_cast<std::uintptr_t>(this) | 1; }
  static void close(std::uintptr_t tag) {
    delete reinterpret_cast<Slot *>(tag & ~std::uintptr_t(1));
  }
  int value;
};
struct GoodOwner {
  explicit GoodOwner(int value) : tag_(Slot::make(value)->tag()) {}
  GoodOwner(const GoodOwner &) = delete;
  ~GoodOwner() { Slot::close(tag_); }
  const std::uintptr_t tag_;
};
GoodOwner owner(3);

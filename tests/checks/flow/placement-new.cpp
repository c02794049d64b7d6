// RUN: %check %s --level strict --checks=pool-resource-leak,pool-use-after-put,pool-double-put
// Storage from operator new that an object is made in: the same pointer.

#include <cstddef>
#include <new>
#include <utility>

struct Ring {
  explicit Ring(unsigned n);
  unsigned size;
};

Ring *good_make(unsigned n) {
  void *memory = ::operator new(sizeof(Ring), std::align_val_t(64), std::nothrow);
  return memory ? ::new (memory) Ring(n) : nullptr;
}

Ring *good_make_or_throw(unsigned n) {
  void *memory = ::operator new(sizeof(Ring));
  try {
    return ::new (memory) Ring(n);
  } catch (...) {
    ::operator delete(memory);
    throw;
  }
}

unsigned good_one_after_the_other(unsigned n) {
  void *memory = ::operator new(sizeof(Ring));
  Ring *ring = ::new (memory) Ring(n);
  unsigned size = ring->size;
  ring->~Ring();
  ::operator delete(ring);
  return size;
}

void bad_made_and_forgotten(unsigned n) {
  void *memory = ::operator new(sizeof(Ring)); // expect: resource-leak "is never put back"
  Ring *ring = ::new (memory) Ring(n);
  ring->size = 1;
}

unsigned bad_used_by_its_new_name(unsigned n) {
  void *memory = ::operator new(sizeof(Ring));
  Ring *ring = ::new (memory) Ring(n);
  ::operator delete(memory);
  return ring->size; // expect: use-after-put "is used after it was put back"
}

void bad_both_names(unsigned n) {
  void *memory = ::operator new(sizeof(Ring));
  Ring *ring = ::new (memory) Ring(n);
  ::operator delete(ring);
  ::operator delete(memory); // expect: double-put "is put back twice"
}

bool good_null_has_nothing_to_put(unsigned n) {
  void *memory = ::operator new(n, std::nothrow);
  if (!memory)
    return false;
  ::operator delete(memory);
  return true;
}

// --- a guard that only its own function can copy, and does not

void good_local_guard(unsigned n) {
  struct Memory {
    void *bytes;
    ~Memory() { ::operator delete(bytes); }
  } memory{::operator new(n)};
  *static_cast<char *>(memory.bytes) = 0;
}

void bad_local_guard_copied(unsigned n) {
  struct Memory { // expect: double-put "a copy of a 'Memory' holds the same 'bytes'"
    void *bytes;
    ~Memory() { ::operator delete(bytes); }
  } memory{::operator new(n)}; // expect: double-put "put back"
  Memory other = memory;
  *static_cast<char *>(other.bytes) = 0;
}

// --- counted references: who drops one need not be the last

class Counted {
public:
  static Counted *make() { return new Counted; }
  void keep() { ++holders_; }
  void drop() {
    if (--holders_ != 0)
      return;
    delete this;
  }
  int value() const { return value_; }

private:
  ~Counted() = default;
  int holders_ = 1;
  int value_ = 0;
};

int good_two_references(Counted &c, bool more) {
  c.keep();
  if (more)
    c.drop();
  int value = c.value();
  c.drop();
  return value;
}

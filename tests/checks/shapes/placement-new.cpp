// RUN: %check %s --level strict
// An object that is made in memory from a pool has the pool's memory.

#include <new>

struct Ring {
  explicit Ring(unsigned size) : size(size) {}
  unsigned size;
};

class Arena {
public:
  void *acquire(unsigned size);
  void release(void *memory);
};

Ring *good_returned(Arena &arena, unsigned size) {
  void *memory = arena.acquire(size);
  return memory ? ::new (memory) Ring(size) : nullptr;
}

Ring *good_from_operator_new(unsigned size) {
  void *memory = ::operator new(sizeof(Ring) + size, std::nothrow);
  return memory ? ::new (memory) Ring(size) : nullptr;
}

unsigned good_put(Arena &arena) {
  Ring *ring = ::new (arena.acquire(sizeof(Ring))) Ring(3);
  unsigned size = ring->size;
  arena.release(ring);
  return size;
}

unsigned bad_used(Arena &arena) {
  void *memory = arena.acquire(sizeof(Ring));
  Ring *ring = ::new (memory) Ring(3);
  arena.release(memory);
  return ring->size; // expect: pool-use-after-put "'ring' is used after it was put back"
}

bool bad_lost(Arena &arena, bool wanted) {
  void *memory = arena.acquire(sizeof(Ring)); // expect: pool-resource-leak "is not put back on some path"
  Ring *ring = ::new (memory) Ring(3);
  if (!wanted)
    return false;
  arena.release(ring);
  return true;
}

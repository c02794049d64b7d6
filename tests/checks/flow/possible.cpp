// RUN: %check %s --confidence possible
// What is found but not sure: unknown calls, assumed throws, weak evidence.

#include "unsure.h"
#include <new>

void maybe_taken(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "(possible)"
  submit(b);
}

void maybe_taken_on_refusal(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "(possible)"
  if (!accept(b))
    return;
  b->clear();
  pool.release(b);
}

void maybe_changed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  adjust(*b);
  pool.release(b); // expect: pool-put-without-reset "(possible)"
}

void good_changed_and_cleared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  adjust(*b);
  b->clear();
  pool.release(b);
}

void good_unknown_reader(BufferPool &pool) {
  Buffer *b = pool.acquire();
  consume(*b);
  pool.release(b);
}

void maybe_throws_into_handler(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "(possible)"
  try {
    work();
  } catch (...) {
    return;
  }
  pool.release(b);
}

void good_throws_into_putting_handler(BufferPool &pool) {
  Buffer *b = pool.acquire();
  try {
    work();
  } catch (...) {
    pool.release(b);
    return;
  }
  pool.release(b);
}

// `new` throws where somebody waits for it; elsewhere that is nobody's path.
int *maybe_out_of_memory(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "(possible)"
  int *numbers = nullptr;
  try {
    numbers = new int[n];
  } catch (const std::bad_alloc &) {
    return nullptr; // note: "returns here without putting it back"
  }
  pool.release(b);
  return numbers;
}

int *good_out_of_memory_puts(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  int *numbers = nullptr;
  try {
    numbers = new int[n];
  } catch (const std::bad_alloc &) {
  }
  pool.release(b);
  return numbers;
}

int *good_nothing_waits_for_new(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  int *numbers = new (std::nothrow) int[n];
  try {
    if (!numbers)
      numbers = new int[1];
  } catch (int) {
    return nullptr;
  }
  pool.release(b);
  return numbers;
}

void maybe_put_when_told(BufferPool &pool, bool now) {
  Buffer *b = pool.acquire();
  finish(pool, b, now);
  pool.release(b); // expect: pool-double-put "put back twice"
}

void maybe_put_when_small(BufferPool &pool, std::size_t n) {
  Buffer *b = pool.acquire();
  put_if_small(pool, b, n);
  pool.release(b); // expect: pool-double-put "put back twice"
}

void maybe_a_pool(FrameRecycler &frames) {
  Frame *f = frames.get();
  frames.recycle(f);
  frames.recycle(f); // expect: pool-double-put "'f' is put back twice (possible)"
}

void maybe_has_state(NodePool &nodes) {
  Node *n = nodes.acquire();
  n->key = 3;
  nodes.release(n); // expect: pool-put-without-reset "(possible)"
}

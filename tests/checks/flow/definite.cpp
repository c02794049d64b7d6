// RUN: %check %s
// The same code as in possible.cpp at the default confidence: all silent.

#include "unsure.h"

void good_maybe_taken(BufferPool &pool) {
  Buffer *b = pool.acquire();
  submit(b);
}

void good_maybe_taken_on_refusal(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if (!accept(b))
    return;
  b->clear();
  pool.release(b);
}

void good_maybe_changed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  adjust(*b);
  pool.release(b);
}

void good_maybe_throws_into_handler(BufferPool &pool) {
  Buffer *b = pool.acquire();
  try {
    work();
  } catch (...) {
    return;
  }
  pool.release(b);
}

void good_maybe_a_pool(FrameRecycler &frames) {
  Frame *f = frames.get();
  frames.recycle(f);
  frames.recycle(f);
}

void good_maybe_has_state(NodePool &nodes) {
  Node *n = nodes.acquire();
  n->key = 3;
  nodes.release(n);
}

// Every path is wrong here, so the unknown reader changes nothing.
void bad_surely_twice(NodePool &nodes) {
  Node *n = nodes.acquire();
  if (n->key == 3)
    work();
  nodes.release(n); // note: "first put back here"
  nodes.release(n); // expect: pool-double-put "'n' is put back twice"
}

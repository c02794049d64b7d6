// RUN: %check %s
// What a pool gets that it never gave: another pool's object, one with storage
// of its own, one that somebody else still owns.

#include "buffer_pool.h"
#include "leases.h"
#include <memory>

BufferPool small_pool;
BufferPool large_pool;

// --- another pool's

void bad_other_global(const char *s) {
  Buffer *b = small_pool.acquire(); // note: "acquired here"
  b->append(s);
  b->clear();
  large_pool.release(b); // expect: pool-foreign-put "'b' is put into 'large_pool', but came from another pool"
}

void good_same_global(const char *s) {
  Buffer *b = small_pool.acquire();
  b->append(s);
  b->clear();
  small_pool.release(b);
}

class Server {
public:
  void bad_other_member() {
    Buffer *b = requests_.acquire();
    consume(*b);
    replies_.release(b); // expect: pool-foreign-put "'b' is put into 'replies_'"
  }
  void good_same_member() {
    Buffer *b = requests_.acquire();
    consume(*b);
    requests_.release(b);
  }
  // The same way in and out, through functions of one's own.
  Buffer *take() { return requests_.acquire(); }
  void give(Buffer *b) { requests_.release(b); }
  void give_wrong(Buffer *b) { replies_.release(b); }

  void good_wrapped() {
    Buffer *b = take();
    consume(*b);
    give(b);
  }
  void bad_wrapped() {
    Buffer *b = take();
    consume(*b);
    give_wrong(b); // expect: pool-foreign-put "'b' is put into 'replies_'"
  }

private:
  BufferPool requests_, replies_;
};

void bad_locals() {
  BufferPool a, b;
  Buffer *x = a.acquire();
  Buffer *y = b.acquire();
  a.release(y); // expect: pool-foreign-put "'y' is put into 'a'"
  b.release(x); // expect: pool-foreign-put "'x' is put into 'b'"
}

// Two names may be one pool: nobody knows.
void good_parameters(BufferPool &from, BufferPool &to) {
  Buffer *b = from.acquire();
  consume(*b);
  to.release(b);
}
void good_alias() {
  BufferPool &same = small_pool;
  Buffer *b = small_pool.acquire();
  consume(*b);
  same.release(b);
}
void good_pointer(bool large) {
  BufferPool *pool = large ? &large_pool : &small_pool;
  Buffer *b = pool->acquire();
  consume(*b);
  pool->release(b);
}
void good_branches(bool large) {
  Buffer *b = large ? large_pool.acquire() : small_pool.acquire();
  consume(*b);
  if (large)
    large_pool.release(b);
  else
    small_pool.release(b);
}

// --- with automatic storage

void bad_local(BufferPool &pool) {
  Buffer b;
  b.append("x");
  b.clear();
  pool.release(&b); // expect: pool-foreign-put "'b' is put into a pool, and has automatic storage"
}

void bad_local_by_pointer(BufferPool &pool) {
  Buffer b;
  Buffer *p = &b;
  pool.release(p); // expect: pool-foreign-put "'b' is put into a pool, and has automatic storage"
}

void bad_element(BufferPool &pool) {
  Buffer all[4];
  pool.release(&all[0]); // expect: pool-foreign-put "'all[0]' is put into a pool, and has automatic storage"
}

void recycle(BufferPool &pool, Buffer *b) {
  b->clear();
  pool.release(b);
}
void bad_local_by_wrapper(BufferPool &pool) {
  Buffer b;
  recycle(pool, &b); // expect: pool-foreign-put "'b' is put into a pool, and has automatic storage"
}

void good_array_of_leases(BufferPool &pool) {
  Buffer *all[2];
  all[0] = pool.acquire();
  all[1] = pool.acquire();
  consume(*all[0]);
  pool.release(all[0]);
  pool.release(all[1]);
}

void good_fresh(BufferPool &pool) {
  Buffer *b = new Buffer;
  pool.release(b);
}

// A pool that takes values copies them in.
class TextPool {
public:
  std::string acquire();
  void release(std::string &text);
  void release(const std::string *text);
};
void good_value(TextPool &pool) {
  std::string text = "x";
  text.clear();
  pool.release(text);
}

// --- still owned

void bad_owned_by_unique_ptr(BufferPool &pool) {
  auto b = std::make_unique<Buffer>();
  b->append("x");
  b->clear();
  pool.release(b.get()); // expect: pool-foreign-put "what 'b' still owns is put into a pool"
}

void bad_owned_by_lease(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  b->append("x");
  b->clear();
  pool.release(b.get()); // expect: pool-foreign-put "what 'b' still owns is put into a pool"
}

void good_released(BufferPool &pool) {
  auto b = std::make_unique<Buffer>();
  b->append("x");
  b->clear();
  pool.release(b.release());
}

void good_released_afterwards(BufferPool &pool) {
  auto b = std::make_unique<Buffer>();
  pool.release(b.get());
  (void)b.release();
}

// RUN: %check %s --models %S/thread-safe.yaml
// A type that several threads may use.

#include "../include/buffer_pool.h"
#include <thread>

struct Counter {
  void add();
  void clear();
};
class CounterPool {
public:
  Counter *acquire();
  void release(Counter *c);
};

void good_thread_safe(CounterPool &pool) {
  Counter *c = pool.acquire();
  std::thread t([c] { c->add(); });
  pool.release(c);
  t.join();
}

void bad_other_type(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "may still run"
  t.join();
}

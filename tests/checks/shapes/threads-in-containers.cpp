// RUN: %check %s --checks=pool-racy-factory
// A file whose only threads are made by a container, out of what it is given.

#include "factory_pool.h"
#include <thread>

void bad_local_pool(int n) {
  int made = 0;
  FunctionPool pool([&made] {
    ++made; // expect: racy-factory "'made' is written without a lock"
    return new Buffer;
  });
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&pool] { pool.release(pool.acquire()); });
  for (auto &t : threads)
    t.join();
}

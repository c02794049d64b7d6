// RUN: %check %s --checks=pool-racy-factory
// Containers of other things start no threads.

#include "factory_pool.h"

void good_local_pool(int n) {
  int made = 0;
  FunctionPool pool([&made] {
    ++made;
    return new Buffer;
  });
  std::vector<std::function<void()>> jobs;
  for (int i = 0; i < n; ++i)
    jobs.emplace_back([&pool] { pool.release(pool.acquire()); });
  for (auto &job : jobs)
    job();
}

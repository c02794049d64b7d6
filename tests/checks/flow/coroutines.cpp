// RUN: %check %s
// Coroutines with leases in their frame.

#include "leases.h"
#include <coroutine>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

Task good_raw(BufferPool &pool) {
  Buffer *b = pool.acquire();
  co_await std::suspend_always{};
  consume(*b);
  pool.release(b);
}

Task good_lease(BufferPool &pool, bool stop) {
  BufferLease lease(pool);
  if (stop)
    co_return;
  co_await std::suspend_always{};
  consume(*lease);
}

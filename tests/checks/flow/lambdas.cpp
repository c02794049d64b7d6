// RUN: %check %s
// Lambdas: called here, stored, handed on.

#include "leases.h"
#include <functional>

void post(std::function<void()> task);
extern std::function<void()> on_close;

void good_called_here(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto put = [&] {
    b->clear();
    pool.release(b);
  };
  b->append("x");
  put();
}

int good_called_on_each_way(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  auto put = [&] { pool.release(b); };
  if (n < 0) {
    put();
    return -1;
  }
  consume(*b);
  put();
  return 0;
}

int bad_not_called_on_one_way(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  auto put = [&] { pool.release(b); };
  if (n < 0)
    return -1; // note: "returns here without putting it back"
  put();
  return 0;
}

void bad_called_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto put = [&] { pool.release(b); };
  put(); // note: "first put back here"
  put(); // expect: pool-double-put "'b' is put back twice"
}

void bad_used_by_lambda(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto show = [&] { consume(*b); };
  show();
  pool.release(b); // note: "put back here"
  show();          // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_by_copy_of_the_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto put = [b, &pool] { pool.release(b); };
  put();           // note: "first put back here"
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void good_defined_but_not_called(BufferPool &pool) {
  Buffer *b = pool.acquire();
  [[maybe_unused]] auto put = [&] { pool.release(b); };
  pool.release(b);
}

void good_immediately_invoked(BufferPool &pool, bool fast) {
  Buffer *b = pool.acquire();
  [&] {
    if (fast)
      return;
    consume(*b);
  }();
  pool.release(b);
}

void bad_filled_by_lambda(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto fill_in = [](Buffer &to) { to.append("x"); };
  fill_in(*b);     // note: "changed here"
  pool.release(b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

// --- handed on: the task puts it

void good_posted(BufferPool &pool) {
  Buffer *b = pool.acquire();
  post([b, &pool] {
    consume(*b);
    pool.release(b);
  });
}

void good_stored_in_global(BufferPool &pool) {
  Buffer *b = pool.acquire();
  on_close = [b, &pool] { pool.release(b); };
}

std::function<void()> good_returned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  return [b, &pool] { pool.release(b); };
}

void good_lease_moved_into_lambda(BufferPool &pool) {
  auto b = std::make_shared<BufferLease>(pool);
  post([b] { consume(**b); });
}

// --- a whole lease inside one

void good_inside(BufferPool &pool) {
  post([&pool] {
    Buffer *b = pool.acquire();
    consume(*b);
    pool.release(b);
  });
}

void bad_inside_leak(BufferPool &pool, bool stop) {
  post([&pool, stop] {
    Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
    if (stop)
      return; // note: "returns here without putting it back"
    pool.release(b);
  });
}

void bad_inside_twice(BufferPool &pool) {
  auto task = [&pool] {
    Buffer *b = pool.acquire();
    pool.release(b); // note: "first put back here"
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
  };
  task();
}

Buffer *good_returned_from_lambda(BufferPool &pool) {
  auto take = [&] {
    Buffer *b = pool.acquire();
    b->clear();
    return b;
  };
  Buffer *b = take();
  consume(*b);
  return b;
}

// ---- a lambda in a lambda, both by reference

void good_deep(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto outer = [&] {
    auto inner = [&] { pool.release(b); };
    inner();
  };
  outer();
}

void good_deep_at_once(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto outer = [&] { [&] { [&] { pool.release(b); }(); }(); };
  outer();
}

void bad_used_after_a_deep_put(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto outer = [&] {
    auto inner = [&] { pool.release(b); };
    inner();
  };
  outer();
  consume(*b); // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_deep_never_called(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  auto outer = [&] {
    auto inner = [&] { pool.release(b); };
    static_cast<void>(inner);
  };
  outer();
}

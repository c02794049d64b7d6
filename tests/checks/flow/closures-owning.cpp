// RUN: %check %s --confidence possible
// A closure that an owner was moved into owns: what it holds is put when the closure
// is destroyed.

#include "buffer_pool.h"
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace {
struct Return {
  BufferPool *pool;
  void operator()(Buffer *b) const {
    b->clear();
    pool->release(b);
  }
};
using Lease = std::unique_ptr<Buffer, Return>;
Lease lend(BufferPool &pool) { return Lease(pool.acquire(), Return{&pool}); }

struct Own {
  BufferPool *pool;
  Buffer *b;
  explicit Own(BufferPool &p) : pool(&p), b(p.acquire()) {}
  Own(Own &&o) : pool(o.pool), b(std::exchange(o.b, nullptr)) {}
  ~Own() {
    if (b)
      pool->release(b);
  }
};

struct Loop {
  std::vector<std::function<void()>> later;
  template <class F> void run(F f) { f(); }
  template <class F> void run_here(F &&f) { f(); }
};
} // namespace
void post(std::function<void()> f);

void good_moved_in(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  auto task = [l = std::move(l)] { return l->size(); };
  task();
}
void good_made_in(BufferPool &pool) {
  auto task = [l = lend(pool)] { return l->size(); };
  task();
}
void good_made_from_pointer(BufferPool &pool) {
  auto task = [l = Lease(pool.acquire(), Return{&pool})] { return l->size(); };
  task();
}
void good_called_at_once(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  [l = std::move(l)] { return l->size(); }();
}
void good_emptied_inside(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  auto task = [l = std::move(l)]() mutable { l.reset(); };
  task();
}
void good_by_value(BufferPool &pool, Loop &loop) {
  Lease l(pool.acquire(), Return{&pool});
  loop.run([l = std::move(l)] { return l->size(); });
}
void good_by_reference(BufferPool &pool, Loop &loop) {
  Lease l(pool.acquire(), Return{&pool});
  loop.run_here([l = std::move(l)] { return l->size(); });
}
void good_started(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  std::thread t([l = std::move(l)] { l->clear(); });
  t.join();
}
void good_detached(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  std::thread([l = std::move(l)] { l->clear(); }).detach();
}
auto good_returned(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  return [l = std::move(l)] { return l->size(); };
}
void good_own_class(BufferPool &pool) {
  Own o(pool);
  auto task = [o = std::move(o)] { return o.b->size(); };
  task();
}
void good_own_class_detached(BufferPool &pool) {
  Own o(pool);
  std::thread t([o = std::move(o)] { return o.b->size(); });
  t.detach();
}
void good_shared(BufferPool &pool) {
  std::shared_ptr<Buffer> s(pool.acquire(), Return{&pool});
  auto task = [s = std::move(s)] { return s->size(); };
  task();
}
void good_posted(BufferPool &pool) {
  std::shared_ptr<Buffer> s(pool.acquire(), Return{&pool});
  post([s] { s->clear(); });
}

template <class F> static auto twice(F &&f) {
  return [f = std::forward<F>(f)]() mutable { f(), f(); };
}
void good_wrapped(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool});
  auto task = twice([l = std::move(l)] { return l->size(); });
  task();
}

void bad_given_up_inside(BufferPool &pool) {
  Lease l(pool.acquire(), Return{&pool}); // expect: pool-resource-leak "'l' is never put back"
  auto task = [l = std::move(l)]() mutable { l.release(); };
  task();
}
void bad_raw_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  auto task = [b] { return b->size(); };
  task();
}
void bad_put_beside(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto task = [l = Lease(b, Return{&pool})] { return l->size(); };
  task();
  pool.release(b); // expect: pool-foreign-put "what 'task' still owns is put into a pool"
}

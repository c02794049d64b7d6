// RUN: %check %s --confidence possible
// Closures that somebody keeps, deleters that put what they captured, and calls of
// what a std::function holds.

#include "buffer_pool.h"
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

// --- kept for later

void good_kept_in_pair(BufferPool &pool, std::map<int, std::function<void()>> &later) {
  Buffer *b = pool.acquire();
  later.insert(std::make_pair(1, [b, &pool] { pool.release(b); }));
  consume(*b);
}

void good_bound(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto done = std::bind([&] { pool.release(b); });
  consume(*b);
  done();
}

void good_made_unique(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto done = std::make_unique<std::function<void()>>([&] { pool.release(b); });
  consume(*b);
  (*done)();
}

void good_made_optional(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto done = std::make_optional<std::function<void()>>([b, &pool] { pool.release(b); });
  consume(*b);
  (*done)();
}

void good_assigned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::function<void()> done;
  done = [&] { pool.release(b); };
  done();
}

void good_called_by_algorithm(BufferPool &pool, const std::vector<int> &all) {
  Buffer *b = pool.acquire();
  std::for_each(all.begin(), all.end(), [&](int i) { b->marks.push_back(i); });
  b->clear();
  pool.release(b);
}

void bad_called_by_algorithm(BufferPool &pool, const std::vector<int> &all) {
  Buffer *b = pool.acquire();
  pool.release(b);
  std::for_each(all.begin(), all.end(), [&](int i) { b->marks.push_back(i); }); // expect: pool-use-after-put "'b' is used after it was put back"
}

// --- deleters

void good_shared_guard(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::shared_ptr<void> undo(nullptr, [&](void *) {
    b->clear();
    pool.release(b);
  });
  consume(*b);
}

void good_unique_guard(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto undo = [&](void *) { pool.release(b); };
  std::unique_ptr<void, decltype(undo)> guard(&pool, undo);
  consume(*b);
}

int good_file_guard(const char *name) {
  std::FILE *f = std::fopen(name, "r");
  if (!f)
    return -1;
  std::shared_ptr<void> close(nullptr, [f](void *) { std::fclose(f); });
  return std::fgetc(f);
}

void bad_guard_of_another(BufferPool &pool, Buffer *other) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  std::shared_ptr<void> undo(nullptr, [&pool, other](void *) { pool.release(other); });
  consume(*b);
}

void good_shared_reset(BufferPool &pool, std::shared_ptr<Buffer> &out) {
  out.reset(pool.acquire(), [&pool](Buffer *b) {
    b->clear();
    pool.release(b);
  });
}

void good_shared_reset_by_name(BufferPool &pool) {
  std::shared_ptr<Buffer> mine;
  Buffer *b = pool.acquire();
  mine.reset(b, [&pool](Buffer *p) {
    p->clear();
    pool.release(p);
  });
  consume(*mine);
}

// --- calls of what somebody registered

class Server {
public:
  void good_handed_on() {
    Buffer *b = pool_.acquire(); // expect: pool-resource-leak "'b' is never put back (possible)"
    b->append("x");
    on_message_(b);
  }
  void good_after_const_callback() {
    Buffer *b = pool_.acquire();
    on_look_(*b);
    pool_.release(b);
  }
  void bad_callback_of_another(Buffer *other) {
    Buffer *b = pool_.acquire(); // expect: pool-resource-leak "'b' is never put back"
    on_message_(other);
    consume(*b);
  }

private:
  BufferPool pool_;
  std::function<void(Buffer *)> on_message_;
  std::function<void(const Buffer &)> on_look_;
};

// --- what the library makes of a function

void good_bound_method(BufferPool &pool) {
  auto put = std::bind(&BufferPool::release, &pool, std::placeholders::_1);
  Buffer *b = pool.acquire();
  put(b);
}
void good_bound_front(BufferPool &pool) {
  auto put = std::bind_front(&BufferPool::release, &pool);
  put(pool.acquire());
}
void good_member_function(BufferPool &pool) {
  auto put = std::mem_fn(&BufferPool::release);
  Buffer *b = pool.acquire();
  put(pool, b);
}
void good_bound_with_it(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto done = std::bind(&BufferPool::release, &pool, b);
  done();
}
void good_invoked(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::invoke(&BufferPool::release, pool, b);
}
void bad_only_compared(BufferPool &pool, const Buffer *other) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  if (std::less<const Buffer *>()(b, other))
    b->clear();
}

// --- what answers with one of two

void good_ordered(BufferPool &pool) {
  Buffer *a = pool.acquire(), *b = pool.acquire();
  auto [first, second] = std::minmax(a, b);
  pool.release(first);
  pool.release(second);
}
void good_lower_first(BufferPool &pool) {
  Buffer *a = pool.acquire(), *b = pool.acquire();
  Buffer *low = std::min(a, b), *high = std::max(a, b);
  pool.release(low);
  pool.release(high);
}
void good_lower_first_by_range(BufferPool &pool) {
  Buffer *a = pool.acquire(), *b = pool.acquire();
  Buffer *low = std::ranges::min(a, b), *high = std::ranges::max(a, b);
  pool.release(low);
  pool.release(high);
}
void bad_lower_length(BufferPool &pool) {
  Buffer *a = pool.acquire(); // expect: pool-resource-leak "'a' is never put back"
  a->marks.resize(std::min(a->size(), std::size_t(8)));
}

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

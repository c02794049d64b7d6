// RUN: %check %s --checks=pool-shared-across-threads
// Threads behind pointers, futures that are shared, and what a task is given beside
// the object.

#include "leases.h"
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

void use(Buffer *b) noexcept;
void blur(Buffer *b, int row) noexcept;
void index_words(const Buffer &b) noexcept;

// --- by const reference

void bad_const_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(index_words, std::cref(*b));
  pool.release(b); // expect: shared-across-threads "while 't', which has it, may still run"
  t.join();
}
void good_const_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(index_words, std::cref(*b));
  std::thread u = std::move(t);
  u.join();
  pool.release(b);
}

// --- futures that several share

void bad_shared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::shared_future<void> done = std::async(use, b).share();
  pool.release(b); // expect: shared-across-threads "while 'done', which has it, may still run"
  done.wait();
}
void bad_made_shared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::shared_future<void> done = std::async(use, b);
  pool.release(b); // expect: shared-across-threads "while 'done', which has it, may still run"
  done.wait();
}
void good_shared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto job = std::async(use, b);
  std::shared_future<void> done = job.share();
  done.get();
  pool.release(b);
}
void good_either(BufferPool &pool, bool first) {
  Buffer *b = pool.acquire();
  std::shared_future<void> done = std::async(use, b);
  std::shared_future<void> also = done;
  if (first)
    done.wait();
  else
    also.wait();
  pool.release(b);
}
void good_shared_among_many(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::shared_future<void>> all;
  all.push_back(std::async(use, b).share());
  for (auto &each : all)
    each.wait();
  pool.release(b);
}

// --- numbers that a task is given

void bad_rows(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  for (int i = 0; i < n; ++i)
    std::thread(blur, b, i).detach();
  pool.release(b); // expect: shared-across-threads "a thread or task that has it may still run"
}
void bad_rows_in_vector(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> all;
  for (int i = 0; i < n; ++i)
    all.emplace_back(blur, b, i);
  pool.release(b); // expect: shared-across-threads "while 'all', which has it, may still run"
  for (auto &t : all)
    t.join();
}
void good_rows_in_vector(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> all;
  for (int i = 0; i < n; ++i)
    all.emplace_back(blur, b, i);
  for (auto &t : all)
    t.join();
  pool.release(b);
}
int bad_asked_number(BufferPool &pool, int row) {
  Buffer *b = pool.acquire();
  std::thread t(blur, b, row);
  int rows = row > 3 ? 2 : 1;
  pool.release(b); // expect: shared-across-threads "while 't', which has it, may still run"
  t.join();
  return rows;
}
// By reference it can be told something.
void count_down(Buffer *b, std::atomic<int> &left);
void count_to(Buffer *b, volatile int &rows);
void good_counted_down(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::atomic<int> left{1};
  std::thread t(count_down, b, std::ref(left));
  while (left > 0)
    std::this_thread::yield();
  pool.release(b);
  t.join();
}
void good_number_by_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  volatile int rows = 0;
  std::thread t(count_to, b, std::ref(rows));
  while (rows < 4)
    std::this_thread::yield();
  pool.release(b);
  t.join();
}

// --- threads behind pointers

void bad_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::unique_ptr<std::thread> t;
  t.reset(new std::thread([b] { use(b); }));
  pool.release(b); // expect: shared-across-threads "may still run"
  t->join();
}
void good_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::unique_ptr<std::thread> t;
  t.reset(new std::thread([b] { use(b); }));
  t->join();
  pool.release(b);
}
void good_reset_sometimes(BufferPool &pool, bool beside) {
  Buffer *b = pool.acquire();
  std::unique_ptr<std::thread> t;
  if (beside)
    t.reset(new std::thread([b] { use(b); }));
  else
    use(b);
  if (t)
    t->join();
  pool.release(b);
}
void bad_new(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto *t = new std::thread(use, b);
  pool.release(b); // expect: shared-across-threads "may still run"
  t->join();
  delete t;
}
void good_new(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto *t = new std::thread(use, b);
  t->join();
  delete t;
  pool.release(b);
}
void good_new_by_another_name(BufferPool &pool, bool first) {
  Buffer *b = pool.acquire();
  std::thread *t = new std::thread(use, b);
  std::thread *same = t;
  if (first)
    (*t).join();
  else
    same->join();
  pool.release(b);
}
void good_jthread_deleted(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto *t = new std::jthread(use, b);
  delete t;
  pool.release(b);
}
void good_jthread_reset(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto t = std::unique_ptr<std::jthread>(new std::jthread(use, b));
  t.reset();
  pool.release(b);
}
void good_in_list(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread *> all;
  all.push_back(new std::thread(use, b));
  all[0]->join();
  pool.release(b);
}
void good_owned_in_list(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::unique_ptr<std::thread>> all;
  all.emplace_back(new std::thread(use, b));
  for (auto &t : all)
    t->join();
  pool.release(b);
}
void finish(std::thread *t) {
  t->join();
  delete t;
}
void finish_unseen(std::thread *t);
void good_finished_by_helper(BufferPool &pool, bool seen) {
  Buffer *b = pool.acquire();
  auto *t = new std::thread(use, b);
  if (seen)
    finish(t);
  else
    finish_unseen(t);
  pool.release(b);
}
class Renderer {
public:
  void bad_member(BufferPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = new std::thread(use, b);
    pool.release(b); // expect: shared-across-threads "may still run"
    stop();
  }
  void good_member(BufferPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = new std::thread(use, b);
    stop();
    pool.release(b);
  }
  void stop() {
    if (thread_)
      thread_->join();
    delete thread_;
    thread_ = nullptr;
  }

private:
  std::thread *thread_ = nullptr;
};

// --- a wait that throws has waited

void good_caught(BufferPool &pool) {
  Buffer *b = pool.acquire();
  try {
    std::thread t([b] { use(b); });
    t.join();
  } catch (const std::system_error &) {
    use(b);
  }
  pool.release(b);
}
void good_caught_from_task(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto job = std::async(std::launch::async, use, b);
  try {
    job.get();
  } catch (...) {
  }
  pool.release(b);
}
void bad_caught_before(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t;
  try {
    t = std::thread(use, b);
  } catch (const std::system_error &) {
    use(b);
  }
  pool.release(b); // expect: shared-across-threads "while 't', which has it, may still run"
  t.join();
}

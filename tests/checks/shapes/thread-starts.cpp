// RUN: %check %s --checks=pool-shared-across-threads
// Threads whose start is asked, that are kept in a member, and whose group is given
// an owner by reference.

#include "clean_pool.h"
#include "leases.h"
#include <atomic>
#include <functional>
#include <pthread.h>
#include <thread>
#include <vector>

void look(const Buffer &b) noexcept;
void *consume_it(void *b);

// --- whether it started says nothing of whether it is done

void bad_detached_when_started(CleanPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  if (pthread_create(&t, nullptr, consume_it, b) != 0) {
    pool.release(b);
    return;
  }
  pthread_detach(t);
  pool.release(b); // expect: shared-across-threads "'b' is put back while 't', which has it, may still run"
}
void bad_not_joined_when_started(CleanPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  if (pthread_create(&t, nullptr, consume_it, b) == 0)
    look(*b);
  pool.release(b); // expect: shared-across-threads "while 't', which has it, may still run"
}
void good_joined_when_started(CleanPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  if (pthread_create(&t, nullptr, consume_it, b) != 0) {
    pool.release(b);
    return;
  }
  pthread_join(t, nullptr);
  pool.release(b);
}
void good_put_when_not_started(CleanPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  if (pthread_create(&t, nullptr, consume_it, b) == 0)
    pthread_detach(t); // whose task puts it
  else
    pool.release(b);
}

// --- a thread in a member, which has the object that the member is of

class Worker {
public:
  void bad_member(CleanPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = std::thread(&Worker::run, this, b);
    pool.release(b); // expect: shared-across-threads "'b' is put back while 'thread_', which has it, may still run"
  }
  void bad_another_is_joined(CleanPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = std::thread(&Worker::run, this, b);
    other_.join();
    pool.release(b); // known: what waits for one of its parts may wait for all
  }
  void good_member_joined(CleanPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = std::thread(&Worker::run, this, b);
    thread_.join();
    pool.release(b);
  }
  void good_stopped(CleanPool &pool) {
    Buffer *b = pool.acquire();
    thread_ = std::thread(&Worker::run, this, b);
    stop();
    pool.release(b);
  }
  void good_done(CleanPool &pool) {
    Buffer *b = pool.acquire();
    done_ = false;
    thread_ = std::thread(&Worker::run, this, b);
    while (!done_)
      std::this_thread::yield();
    pool.release(b);
  }
  void stop() {
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run(Buffer *b);
  std::thread thread_, other_;
  std::atomic<bool> done_{false};
};

// --- a group that joins at its end

class Group {
public:
  template <typename F> void run(F f) { threads_.emplace_back(std::move(f)); }
  void wait() {
    for (auto &t : threads_)
      t.join();
    threads_.clear();
  }
  ~Group() { wait(); }

private:
  std::vector<std::thread> threads_;
};

void bad_group_outlives_owner(CleanPool &pool) {
  Group group;
  CleanPool *p = &pool;
  Buffer *b = p->acquire();
  Buffer &same = *b;
  group.run([&same] { look(same); });
  pool.release(b); // expect: shared-across-threads "'b' is put back while 'group.threads_', which has it, may still run"
}
void bad_handle_by_reference(BufferPool &pool) {
  Group group;
  CleanBufferPtr b = make_clean_buffer(pool); // expect: shared-across-threads "'b' is put back while 'group.threads_', which has it, may still run"
  group.run([&] { look(*b); });
}
void good_group_ends_first(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  Group group;
  group.run([&] { look(*b); });
}
void good_group_waited(BufferPool &pool) {
  Group group;
  CleanBufferPtr b = make_clean_buffer(pool);
  group.run([&] { look(*b); });
  group.wait();
}
void good_group_has_copy(CleanPool &pool) {
  Group group;
  Buffer *b = pool.acquire();
  group.run([n = b->len] { (void)n; });
  pool.release(b);
}

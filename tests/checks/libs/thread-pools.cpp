// RUN: %check %s
// Pools of threads that models know, as their headers declare them.

#include "../include/buffer_pool.h"
#include <future>

namespace BS {
class thread_pool {
public:
  explicit thread_pool(unsigned n);
  ~thread_pool();
  template <typename F> void detach_task(F &&) {}
  template <typename F> std::future<void> submit_task(F &&) { return {}; }
  void wait();
};
} // namespace BS

namespace tbb {
class task_group {
public:
  ~task_group();
  template <typename F> void run(F &&) {}
  int wait();
};
} // namespace tbb

class QThreadPool {
public:
  template <typename F> void start(F &&, int = 0) {}
  bool waitForDone(int msecs = -1);
};

namespace folly {
class ThreadPoolExecutor {
public:
  void join();
};
class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  template <typename F> void add(F) {}
};
} // namespace folly

void bad_bs(BufferPool &pool, BS::thread_pool &threads) {
  Buffer *b = pool.acquire();
  threads.detach_task([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'threads', which has it, may still run"
}
void good_bs(BufferPool &pool, BS::thread_pool &threads) {
  Buffer *b = pool.acquire();
  threads.detach_task([b] { consume(*b); });
  threads.wait();
  pool.release(b);
}
void bad_bs_future_too_late(BufferPool &pool, BS::thread_pool &threads) {
  Buffer *b = pool.acquire();
  auto f = threads.submit_task([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'f', which has it, may still run"
  f.get();
}
void good_bs_future(BufferPool &pool, BS::thread_pool &threads) {
  Buffer *b = pool.acquire();
  auto f = threads.submit_task([b] { consume(*b); });
  f.get();
  pool.release(b);
}

void bad_tbb(BufferPool &pool) {
  tbb::task_group group;
  Buffer *b = pool.acquire();
  group.run([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'group', which has it, may still run"
  group.wait();
}
void good_tbb(BufferPool &pool) {
  tbb::task_group group;
  Buffer *b = pool.acquire();
  group.run([b] { consume(*b); });
  group.wait();
  pool.release(b);
}

void bad_qt(BufferPool &pool, QThreadPool *threads) {
  Buffer *b = pool.acquire();
  threads->start([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "may still run"
}
void good_qt(BufferPool &pool, QThreadPool *threads) {
  Buffer *b = pool.acquire();
  threads->start([b] { consume(*b); });
  threads->waitForDone();
  pool.release(b);
}

void bad_folly(BufferPool &pool, folly::CPUThreadPoolExecutor &threads) {
  Buffer *b = pool.acquire();
  threads.add([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'threads', which has it, may still run"
}
void good_folly(BufferPool &pool, folly::CPUThreadPoolExecutor &threads) {
  Buffer *b = pool.acquire();
  threads.add([b] { consume(*b); });
  threads.join();
  pool.release(b);
}

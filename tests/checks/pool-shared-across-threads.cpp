// RUN: %check %s --models %S/models/tasks.yaml
// Leased objects that are put back while a thread or task has them.

#include "leases.h"
#include "thread_pools.h"
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <mutex>
#include <pthread.h>
#include <semaphore>
#include <thread>

void use(Buffer *b);
void index_words(const Buffer &b);

// --- threads

void bad_thread(BufferPool &pool) {
  Buffer *b = pool.acquire(); // note: "acquired here"
  std::thread t([b] { consume(*b); }); // note: "'t' gets it here"
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}

void good_joined(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t([b] { consume(*b); });
  work();
  t.join();
  pool.release(b);
}

void good_joinable(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t([b] { consume(*b); });
  if (t.joinable())
    t.join();
  pool.release(b);
}

void bad_detached(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread([b] { consume(*b); }).detach(); // note: "a thread or task gets it here"
  work();
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

void bad_function_and_argument(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(use, b);
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

void bad_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(index_words, std::ref(*b));
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

void good_function_joined(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(use, b);
  t.join();
  pool.release(b);
}

// Given to the task for good: its body puts it.
void good_put_in_task(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread([b, &pool] {
    consume(*b);
    pool.release(b);
  }).detach();
}

// What the task does not have.
void good_other_object(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::string text = b->text;
  std::thread t([text] { log_line(text); });
  pool.release(b);
  t.join();
}

// Not every path joins.
void bad_joined_sometimes(BufferPool &pool, bool quick) {
  Buffer *b = pool.acquire();
  std::thread t([b] { consume(*b); });
  if (!quick)
    t.join();
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  if (quick)
    t.join();
}

void good_correlated(BufferPool &pool, bool beside) {
  Buffer *b = pool.acquire();
  std::thread t;
  if (beside)
    t = std::thread([b] { consume(*b); });
  else
    consume(*b);
  if (beside)
    t.join();
  pool.release(b);
}

// --- handles

void good_moved_in(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  std::thread t([b = std::move(b)] { consume(*b); });
  t.detach();
}

void good_moved_as_argument(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  std::thread t([](CleanBufferPtr mine) { consume(*mine); }, std::move(b));
  t.detach();
}

void bad_handle_ends_first(BufferPool &pool) {
  std::thread t;
  {
    CleanBufferPtr b = make_clean_buffer(pool); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
    t = std::thread([&b] { consume(*b); });
  } // note: "put back here, at the end of its scope"
  t.join();
}

void good_handle_joined(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  std::thread t([&b] { consume(*b); });
  t.join();
}

void good_jthread_declared_after(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  std::jthread t([&b] { consume(*b); });
}

void bad_jthread_declared_before(BufferPool &pool) {
  std::jthread t;
  CleanBufferPtr b = make_clean_buffer(pool); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t = std::jthread([&b] { consume(*b); });
}

void bad_guard(BufferPool &pool) {
  std::thread t;
  {
    BufferLease b(pool); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
    t = std::thread([&b] { consume(*b); });
  }
  t.join();
}

void good_guard(BufferPool &pool) {
  BufferLease b(pool);
  std::thread t([&b] { consume(*b); });
  t.join();
}

void bad_jthread_and_raw_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::jthread t([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
}

void good_jthread_in_block(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    std::jthread t([b] { consume(*b); });
  }
  pool.release(b);
}

// --- many

void good_many(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([b] { consume(*b); });
  for (std::thread &t : threads)
    t.join();
  pool.release(b);
}

void bad_many(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'threads', which has it, may still run"
  for (std::thread &t : threads)
    t.join();
}

void good_many_by_index(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread threads[4];
  for (int i = 0; i < 4; ++i)
    threads[i] = std::thread([b] { consume(*b); });
  for (int i = 0; i < 4; ++i)
    threads[i].join();
  pool.release(b);
}

void good_many_in_array(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread threads[2] = {std::thread([b] { consume(*b); }), std::thread(use, b)};
  for (auto &t : threads)
    if (t.joinable())
      t.join();
  pool.release(b);
}

void good_many_by_iterator(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  threads.push_back(std::thread([b] { consume(*b); }));
  for (auto it = threads.begin(); it != threads.end(); ++it)
    it->join();
  pool.release(b);
}

void good_many_by_algorithm(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  threads.push_back(std::thread([b] { consume(*b); }));
  std::for_each(threads.begin(), threads.end(), [](auto &t) { t.join(); });
  pool.release(b);
}

void good_many_by_member_pointer(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  threads.push_back(std::thread([b] { consume(*b); }));
  std::for_each(threads.begin(), threads.end(), std::mem_fn(&std::thread::join));
  pool.release(b);
}

void good_jthreads_cleared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([b] { consume(*b); });
  threads.clear();
  pool.release(b);
}

void good_jthreads_end_first(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&b] { consume(*b); });
}

void join_all(std::vector<std::thread> &threads);
void good_unseen_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  threads.emplace_back(use, b);
  join_all(threads);
  pool.release(b);
}

void good_threads_owned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto t = std::make_unique<std::thread>([b] { consume(*b); });
  t->join();
  pool.release(b);
}

// --- std::async

void bad_async(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto f = std::async(std::launch::async, [b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 'f', which has it, may still run"
  f.get();
}

void good_async(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto f = std::async(std::launch::async, [b] { return b->size(); });
  log_line(std::to_string(f.get()));
  pool.release(b);
}

void good_discarded_future_waits(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::async(std::launch::async, [b] { consume(*b); });
  pool.release(b);
}

void good_deferred(BufferPool &pool) {
  CleanBufferPtr b = make_clean_buffer(pool);
  auto f = std::async(std::launch::deferred, [&b] { consume(*b); });
  f.get();
}

void good_futures(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::future<void>> all;
  for (int i = 0; i < 4; ++i)
    all.push_back(std::async(std::launch::async, use, b));
  for (auto &f : all)
    f.get();
  pool.release(b);
}

void bad_futures(BufferPool &pool) {
  std::vector<std::future<void>> all;
  Buffer *b = pool.acquire();
  for (int i = 0; i < 4; ++i)
    all.push_back(std::async(std::launch::async, use, b));
  pool.release(b); // expect: pool-shared-across-threads "while 'all', which has it, may still run"
}

// --- std::packaged_task

void good_packaged_here(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::packaged_task<void()> job([b] { consume(*b); });
  job();
  pool.release(b);
}

void bad_packaged_elsewhere(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::packaged_task<void()> job([b] { consume(*b); });
  std::thread t(std::move(job));
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

void good_packaged_waited(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::packaged_task<void()> job([b] { consume(*b); });
  auto done = job.get_future();
  std::thread t(std::move(job));
  done.wait();
  pool.release(b);
  t.join();
}

// --- other things to wait for

void good_latch(BufferPool &pool) {
  std::latch done(1);
  Buffer *b = pool.acquire();
  std::thread t([&] {
    consume(*b);
    done.count_down();
  });
  done.wait();
  pool.release(b);
  t.join();
}

void bad_latch_too_late(BufferPool &pool) {
  std::latch done(1);
  Buffer *b = pool.acquire();
  std::thread t([&] {
    consume(*b);
    done.count_down();
  });
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  done.wait();
  t.join();
}

void bad_other_latch(BufferPool &pool) {
  std::latch other(1);
  Buffer *b = pool.acquire();
  std::thread t([b] { consume(*b); });
  other.wait();
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

void good_barrier(BufferPool &pool, std::barrier<> &all) {
  Buffer *b = pool.acquire();
  std::thread t([b, &all] {
    consume(*b);
    all.arrive_and_wait();
  });
  all.arrive_and_wait();
  pool.release(b);
  t.join();
}

void good_semaphore(BufferPool &pool) {
  std::binary_semaphore done(0);
  Buffer *b = pool.acquire();
  std::jthread t([b, &done] {
    consume(*b);
    done.release();
  });
  done.acquire();
  pool.release(b);
}

void good_condition(BufferPool &pool) {
  std::mutex m;
  std::condition_variable ready;
  bool done = false;
  Buffer *b = pool.acquire();
  std::thread t([&] {
    consume(*b);
    std::lock_guard lock(m);
    done = true;
    ready.notify_one();
  });
  {
    std::unique_lock lock(m);
    while (!done)
      ready.wait(lock);
  }
  pool.release(b);
  t.join();
}

void good_condition_with_predicate(BufferPool &pool) {
  std::mutex m;
  std::condition_variable ready;
  bool done = false;
  Buffer *b = pool.acquire();
  std::thread t([&] {
    consume(*b);
    std::lock_guard lock(m);
    done = true;
    ready.notify_one();
  });
  std::unique_lock lock(m);
  ready.wait(lock, [&] { return done; });
  pool.release(b);
  lock.unlock();
  t.join();
}

void good_spinning(BufferPool &pool) {
  std::atomic<bool> done{false};
  Buffer *b = pool.acquire();
  std::thread t([&done, b] {
    consume(*b);
    done = true;
  });
  while (!done.load(std::memory_order_acquire))
    std::this_thread::yield();
  pool.release(b);
  t.join();
}

void good_atomic_wait(BufferPool &pool) {
  std::atomic<bool> done{false};
  Buffer *b = pool.acquire();
  std::thread t([&done, b] {
    consume(*b);
    done = true;
    done.notify_one();
  });
  done.wait(false);
  pool.release(b);
  t.join();
}

void bad_told_to_stop(BufferPool &pool) {
  std::atomic<bool> stop{false};
  Buffer *b = pool.acquire();
  std::thread t([&stop, b] {
    while (!stop)
      consume(*b);
  });
  work();
  stop.store(true);
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

void good_promise(BufferPool &pool) {
  std::promise<void> p;
  auto done = p.get_future();
  Buffer *b = pool.acquire();
  std::thread t([b, p = std::move(p)]() mutable {
    consume(*b);
    p.set_value();
  });
  done.wait();
  pool.release(b);
  t.join();
}

// Whoever comes last puts it.
void good_counted(BufferPool &pool) {
  auto left = std::make_shared<std::atomic<int>>(2);
  Buffer *b = pool.acquire();
  std::thread t([b, left, &pool] {
    consume(*b);
    if (left->fetch_sub(1) == 1)
      pool.release(b);
  });
  consume(*b);
  if (left->fetch_sub(1) == 1)
    pool.release(b);
  t.join();
}

// Both lock the same mutex, and the object is nobody's behind it.
void good_locked(BufferPool &pool) {
  std::mutex m;
  Buffer *b = pool.acquire();
  std::thread t([&] {
    std::lock_guard lock(m);
    if (b)
      consume(*b);
  });
  {
    std::lock_guard lock(m);
    pool.release(b);
    b = nullptr;
  }
  t.join();
}

class WaitGroup {
public:
  void add(int n);
  void done();
  void wait() {
    std::unique_lock lock(m_);
    while (left_ > 0)
      zero_.wait(lock);
  }

private:
  std::mutex m_;
  std::condition_variable zero_;
  int left_ = 0;
};

void good_wait_group(BufferPool &pool) {
  WaitGroup group;
  group.add(1);
  Buffer *b = pool.acquire();
  std::thread([b, &group] {
    consume(*b);
    group.done();
  }).detach();
  group.wait();
  pool.release(b);
}

// --- helpers

std::thread start(Buffer *b) {
  return std::thread([b] { consume(*b); });
}
void finish(std::thread &t) {
  if (t.joinable())
    t.join();
}
void join_each(std::vector<std::thread> &threads) {
  for (auto &t : threads)
    t.join();
}

void bad_started_by_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t = start(b); // note: "'t' gets it here"
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}
void good_started_by_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t = start(b);
  t.join();
  pool.release(b);
}
void good_joined_by_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t = start(b);
  finish(t);
  pool.release(b);
}
void good_all_joined_by_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::vector<std::thread> threads;
  threads.push_back(start(b));
  join_each(threads);
  pool.release(b);
}
void clear_and_put(BufferPool &pool, Buffer *b) {
  b->clear();
  pool.release(b);
}
void bad_put_by_helper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(use, b);
  clear_and_put(pool, b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}
void bad_parameter(BufferPool &pool, Buffer *b) {
  std::thread t(use, b);
  pool.release(b); // expect: pool-shared-across-threads "while 't', which has it, may still run"
  t.join();
}

template <typename F> std::future<void> run_beside(F f) {
  return std::async(std::launch::async, std::move(f));
}
void bad_run_beside(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto f = run_beside([b] { consume(*b); });
  pool.release(b); // expect: pool-shared-across-threads "while 'f', which has it, may still run"
  f.wait();
}
void good_run_beside(BufferPool &pool) {
  Buffer *b = pool.acquire();
  auto f = run_beside([b] { consume(*b); });
  f.wait();
  pool.release(b);
}

// --- members

class Worker {
public:
  explicit Worker(BufferPool &pool) : pool_(pool) {}
  void bad_run() {
    buffer_ = pool_.acquire();
    thread_ = std::thread([this] { consume(*buffer_); });
    pool_.release(buffer_); // expect: pool-shared-across-threads "may still run"
  }
  void good_run() {
    buffer_ = pool_.acquire();
    thread_ = std::thread([this] { consume(*buffer_); });
    thread_.join();
    pool_.release(buffer_);
  }
  void good_stopped() {
    Buffer *b = pool_.acquire();
    thread_ = std::thread([this, b] { loop(b); });
    stop();
    pool_.release(b);
  }
  void good_other_member() {
    Buffer *b = pool_.acquire();
    buffer_ = b;
    thread_ = std::thread([this] { ++count_; });
    buffer_ = nullptr;
    pool_.release(b);
  }
  ~Worker() {
    if (thread_.joinable())
      thread_.join();
    if (buffer_)
      pool_.release(buffer_);
  }

private:
  void loop(Buffer *b);
  void stop() {
    stopping_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  BufferPool &pool_;
  Buffer *buffer_ = nullptr;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  int count_ = 0;
};

// --- pools of threads

// Nobody knows when such an executor runs it, or how one would wait.
void good_unknown_executor(BufferPool &pool, Executor &executor) {
  Buffer *b = pool.acquire();
  executor.submit([b] { consume(*b); });
  executor.wait_idle();
  pool.release(b);
}

void good_seen_executor(BufferPool &pool, OwnThreads &threads) {
  Buffer *b = pool.acquire();
  threads.submit([b] { consume(*b); });
  threads.wait();
  pool.release(b);
}

// --- a worker of the object's own

struct Upload {
  std::jthread worker;
  std::string text;
  void begin() { worker = std::jthread([this] { text += "sent"; }); }
  void clear() {
    worker = {};
    text.clear();
  }
};

class UploadPool {
public:
  Upload *acquire();
  void release(Upload *upload);
};

void good_own_worker(UploadPool &pool) {
  Upload *upload = pool.acquire();
  upload->begin();
  upload->clear();
  pool.release(upload);
}

// Whether a reset or the put stops it is asked where the type is declared.
void good_own_worker_not_stopped(UploadPool &pool) {
  Upload *upload = pool.acquire();
  upload->worker = std::jthread([upload] { upload->text += "sent"; });
  pool.release(upload); // expect: put-without-reset "'upload' is put back without a reset"
}

// --- threads of C

void *consume_it(void *buffer);

void bad_pthread(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  pthread_create(&t, nullptr, consume_it, b); // note: "'t' gets it here"
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  pthread_join(t, nullptr);
}

void bad_detached_pthread(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  pthread_create(&t, nullptr, consume_it, b);
  pthread_detach(t);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
}

bool good_pthread(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  if (pthread_create(&t, nullptr, consume_it, b) != 0) {
    pool.release(b);
    return false;
  }
  pthread_join(t, nullptr);
  pool.release(b);
  return true;
}

void good_pthreads(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t[4];
  for (int i = 0; i < 4; ++i)
    pthread_create(&t[i], nullptr, consume_it, b);
  for (pthread_t each : t)
    pthread_join(each, nullptr);
  pool.release(b);
}

void good_started_kept(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  bool started = pthread_create(&t, nullptr, consume_it, b) == 0;
  if (started)
    pthread_join(t, nullptr);
  pool.release(b);
}

void good_joined_if_started(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  int status = pthread_create(&t, nullptr, consume_it, b);
  if (status == 0)
    pthread_join(t, nullptr);
  pool.release(b);
}

void bad_detached_if_started(BufferPool &pool) {
  Buffer *b = pool.acquire();
  pthread_t t;
  int status = pthread_create(&t, nullptr, consume_it, b);
  if (status == 0)
    pthread_detach(t);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
}

// --- functions of the project that a model names

void run_async(std::function<void()> task);
extern "C" void spawn(void (*run)(void *), void *data);
bool try_spawn(const char *name, void (*run)(Buffer *), Buffer *data);
int spawn_numbered(void (*run)(Buffer *), Buffer *data);
class Strand {
public:
  void poll();
};
void post_to(Strand &strand, std::function<void()> task);
void consume_data(void *data);
void reap(int number);
void rest();

void bad_run_async(BufferPool &pool) {
  Buffer *b = pool.acquire();
  run_async([b] { consume(*b); }); // note: "a thread or task gets it here"
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

void bad_spawn(BufferPool &pool) {
  Buffer *b = pool.acquire();
  spawn(consume_data, b);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

void bad_spawn_by_pointer(BufferPool &pool, void (*run)(void *)) {
  Buffer *b = pool.acquire();
  spawn(run, b);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

void good_put_in_async(BufferPool &pool) {
  Buffer *b = pool.acquire();
  run_async([b, &pool] {
    consume(*b);
    pool.release(b);
  });
}

void good_async_signals(BufferPool &pool) {
  std::latch done(1);
  Buffer *b = pool.acquire();
  run_async([&] {
    consume(*b);
    done.count_down();
  });
  done.wait();
  pool.release(b);
}

void good_async_flag(BufferPool &pool) {
  std::atomic<bool> done{false};
  Buffer *b = pool.acquire();
  run_async([&] {
    consume(*b);
    done = true;
  });
  while (!done)
    rest();
  pool.release(b);
}

void wait_for_tasks();
void good_all_waited(BufferPool &pool) {
  Buffer *b = pool.acquire();
  run_async([b] { consume(*b); });
  wait_for_tasks();
  pool.release(b);
}

void good_not_its_own(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  run_async([n] { log_line(std::to_string(n)); });
  pool.release(b);
}

void good_not_started(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if (!try_spawn("index", use, b))
    pool.release(b);
}

void bad_started(BufferPool &pool) {
  Buffer *b = pool.acquire();
  if (try_spawn("index", use, b))
    pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

// What it gives may be what to wait by, and so may what it is given.
void good_reaped(BufferPool &pool) {
  Buffer *b = pool.acquire();
  int number = spawn_numbered(use, b);
  reap(number);
  pool.release(b);
}

void bad_number_dropped(BufferPool &pool) {
  Buffer *b = pool.acquire();
  spawn_numbered(use, b);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while a thread or task that has it may still run"
}

void good_strand(BufferPool &pool, Strand &strand) {
  Buffer *b = pool.acquire();
  post_to(strand, [b] { consume(*b); });
  strand.poll();
  pool.release(b);
}

// --- bound first, and parts of the object

void bad_bound(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(std::bind(use, b));
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}
void good_bound(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t(std::bind(use, b));
  t.join();
  pool.release(b);
}
void bad_part_by_reference(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::size_t &n = b->len;
  std::thread t([&n] { ++n; });
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}
void bad_part_captured(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t([&n = b->len] { ++n; });
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}
void bad_address_of_part(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::thread t([](std::size_t *n) { ++*n; }, &b->len);
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}
void bad_pointer_to_part(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::size_t *n = &b->len;
  std::thread t([n] { ++*n; });
  pool.release(b); // expect: pool-shared-across-threads "'b' is put back while 't', which has it, may still run"
  t.join();
}
void good_part_joined(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::size_t &n = b->len;
  std::thread t([&n] { ++n; });
  t.join();
  pool.release(b);
}
void count(std::size_t n);
void good_copies_of_parts(BufferPool &pool) {
  Buffer *b = pool.acquire();
  std::size_t n = b->len;
  std::thread t([n] { count(n); });
  std::thread u([n = b->len] { count(n); });
  std::thread v([](std::size_t n) { count(n); }, b->len);
  pool.release(b);
  t.join();
  u.join();
  v.join();

// --- workers of the object's own, which its reset joins

struct Crew {
  std::vector<std::thread> workers;
  int done = 0;
  void start() {
    workers.emplace_back([this] { done = 1; });
  }
  void reset() {
    for (auto &t : workers)
      t.join();
    workers.clear();
    done = 0;
  }
};
class CrewPool {
public:
  Crew *acquire() {
    if (free_.empty())
      return new Crew;
    Crew *c = free_.back();
    free_.pop_back();
    return c;
  }
  void release(Crew *c) {
    c->reset();
    free_.push_back(c);
  }

private:
  std::vector<Crew *> free_;
};

void good_joined_by_the_put(CrewPool &pool) {
  Crew *c = pool.acquire();
  c->start();
  pool.release(c);
}
void bad_another_list(CrewPool &pool, std::vector<std::thread> &workers) {
  Crew *c = pool.acquire();
  workers.emplace_back([c] { c->done = 1; });
  pool.release(c); // expect: pool-shared-across-threads "may still run"
}

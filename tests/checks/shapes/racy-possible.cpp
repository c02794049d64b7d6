// RUN: %check %s --checks=pool-racy-factory --confidence possible
// What only the pool itself can race with, and who uses a pool without a lock.

#include "factory_pool.h"
#include <thread>

int made = 0;

/// Holds its lock while it calls.
class LockedPool {
public:
  explicit LockedPool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  LockedPool(const LockedPool &) = delete;
  Buffer *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      return make_();
    Buffer *b = free_.back();
    free_.pop_back();
    return b;
  }
  void release(Buffer *b) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(b);
  }

private:
  std::mutex mutex_;
  std::vector<Buffer *> free_;
  std::function<Buffer *()> make_;
};

// --- what lies in the callable

struct Numbers {
  int last = 0, all[2] = {};
};
LockedPool good_copy([n = 0]() mutable {
  auto *b = new Buffer;
  b->len = n++;
  return b;
});
LockedPool good_copies([n = Numbers(), v = std::vector<int>()]() mutable {
  n.last++;
  n.all[0] += 2;
  v.push_back(n.last);
  return new Buffer;
});
struct Maker {
  int next = 0;
  Buffer *operator()() {
    ++next;
    return new Buffer;
  }
};
LockedPool good_member(Maker{});
LockedPool bad_global([] {
  ++made; // expect: racy-factory "'made' is written without a lock by the factory"
  return new Buffer;
});
LockedPool bad_static([] {
  static int count = 0;
  ++count; // expect: racy-factory "'count' is written without a lock by the factory"
  return new Buffer;
});
LockedPool bad_pointer([to = &made] {
  ++*to; // expect: racy-factory "'to' is written without a lock by the factory"
  return new Buffer;
});
void bad_reference() {
  static int count = 0;
  static LockedPool pool([&n = count] {
    ++n; // expect: racy-factory "'n' is written without a lock by the factory"
    return new Buffer;
  });
  pool.release(pool.acquire());
}
FunctionPool bad_copy_without_the_lock([n = 0]() mutable {
  ++n; // expect: racy-factory "'n' is written without a lock by the factory"
  return new Buffer;
});

// --- a pool without a lock, and an owner that has one

class GoodLocking {
public:
  Buffer *get() {
    std::lock_guard<std::mutex> lock(mutex_);
    return take();
  }
  void put(Buffer *b) {
    mutex_.lock();
    pool_.release(b);
    mutex_.unlock();
  }

private:
  Buffer *take() { return pool_.acquire(); }

  std::mutex mutex_;
  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_;
    return new Buffer;
  }};
};

class GoodLockingInConstructor {
public:
  GoodLockingInConstructor()
      : pool_([this] {
          ++made_;
          return new Buffer;
        }) {
    for (int i = 0; i < 4; ++i)
      pool_.release(pool_.acquire());
  }
  Buffer *get() {
    std::unique_lock<std::mutex> lock(mutex_);
    return pool_.acquire();
  }

private:
  std::mutex mutex_;
  int made_ = 0;
  LocklessPool pool_;
};

class BadOnceWithout {
public:
  Buffer *get() {
    std::lock_guard<std::mutex> lock(mutex_);
    return pool_.acquire();
  }
  void put(Buffer *b) { pool_.release(b); }

private:
  std::mutex mutex_;
  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_; // expect: racy-factory "'made_' is written without a lock by the factory"
    return new Buffer;
  }};
};

class BadBehindTheLock {
public:
  Buffer *get() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      ++asked_;
    }
    return pool_.acquire();
  }

private:
  std::mutex mutex_;
  int made_ = 0, asked_ = 0;
  LocklessPool pool_{[this] {
    ++made_; // expect: racy-factory "'made_' is written without a lock by the factory"
    return new Buffer;
  }};
};

// --- … or that is one thread

class GoodWorker {
public:
  GoodWorker() : thread_([this] { run(); }) {}
  ~GoodWorker() { thread_.join(); }

private:
  void run() {
    for (int i = 0; i < 100; ++i)
      pool_.release(pool_.acquire());
  }

  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_;
    return new Buffer;
  }};
  std::thread thread_;
};

class GoodStartedWorker {
public:
  void start() { thread_ = std::thread(&GoodStartedWorker::run, this); }
  void stop() { thread_.join(); }

private:
  void run() { pool_.release(pool_.acquire()); }

  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_;
    return new Buffer;
  }};
  std::thread thread_;
};

class BadWorker {
public:
  BadWorker() : thread_([this] { pool_.release(pool_.acquire()); }) {}
  ~BadWorker() { thread_.join(); }
  Buffer *one() { return pool_.acquire(); }

private:
  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_; // expect: racy-factory "'made_' is written without a lock by the factory"
    return new Buffer;
  }};
  std::thread thread_;
};

class BadTwoThreads {
public:
  BadTwoThreads() : first_([this] { run(); }), second_([this] { run(); }) {}

private:
  void run() { pool_.release(pool_.acquire()); }

  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_; // expect: racy-factory "'made_' is written without a lock by the factory"
    return new Buffer;
  }};
  std::jthread first_, second_;
};

// Each of two pools holds its own lock where it makes one, and what others make
// holds none.
template <typename T> class LockedMakingPool {
public:
  T *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      return new T; // note: "the pool makes it here, and so do others that do not hold this lock"
    T *object = free_.back();
    free_.pop_back();
    return object;
  }
  void release(T *object) {
    object->clear();
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(object);
  }

private:
  std::mutex mutex_;
  std::vector<T *> free_;
};
struct TwiceNumbered : Buffer {
  static inline int last = 0;
  int number = last++; // expect: racy-factory "'last' is written without a lock where a pool that several threads use makes an object"
};
LockedMakingPool<TwiceNumbered> one_of_two, other_of_two;
template class LockedMakingPool<TwiceNumbered>;
struct OftenNumbered : Buffer {
  static inline int last = 0;
  int number = last++; // expect: racy-factory "'last' is written without a lock where a pool"
};
LockedMakingPool<OftenNumbered> not_alone;
template class LockedMakingPool<OftenNumbered>;
OftenNumbered *made_elsewhere() { return new OftenNumbered; }
struct OnceNumbered : Buffer {
  static inline int last = 0;
  int number = last++;
};
LockedMakingPool<OnceNumbered> good_alone;
template class LockedMakingPool<OnceNumbered>;

// RUN: %check %s --checks=pool-racy-factory
// Factories and reset callbacks of pools that several threads use.

#include "factory_pool.h"
#include <atomic>
#include <cstring>
#include <map>
#include <random>
#include <thread>

// --- static and global state

int made = 0;
std::atomic<int> counted{0};
std::mutex guard;
std::once_flag once;
thread_local int mine = 0;
std::vector<Buffer *> all;

FunctionPool bad_global_counter([] { // note: "the pool is given this factory here"
  ++made; // expect: racy-factory "'made' is written without a lock by the factory of a pool that several threads use"
  return new Buffer;
});
FunctionPool bad_static_counter([] {
  static int count = 0; // note: "all of them share this 'count'"
  auto *b = new Buffer;
  b->len = count++; // expect: racy-factory "'count' is written without a lock"
  return b;
});
FunctionPool bad_compound([] {
  made += 2; // expect: racy-factory "'made' is written without a lock"
  return new Buffer;
});
FunctionPool bad_assigned([] {
  made = 1; // expect: racy-factory "'made' is written without a lock"
  return new Buffer;
});
FunctionPool bad_registered([] {
  auto *b = new Buffer;
  all.push_back(b); // expect: racy-factory "'all' is written without a lock"
  return b;
});
std::map<int, int> by_size;
FunctionPool bad_counted_by_size([] {
  by_size[1]++; // expect: racy-factory "'by_size' is written without a lock"
  return new Buffer;
});
int table[4];
FunctionPool bad_by_pointer([] {
  int *first = &table[0];
  *first = 1; // expect: racy-factory "'table' is written without a lock"
  return new Buffer;
});
FunctionPool bad_by_library([] {
  std::memset(table, 0, sizeof(table)); // expect: racy-factory "'table' is written without a lock"
  std::swap(table[0], table[1]); // expect: racy-factory "'table' is written without a lock"
  return new Buffer;
});
struct Statistics {
  int taken = 0;
  void take() { ++taken; }
  int so_far() { return taken; }
};
Statistics statistics;
FunctionPool bad_by_member([] {
  statistics.take(); // expect: racy-factory "'statistics' is written without a lock"
  return new Buffer;
});
struct GuardedStatistics {
  std::mutex mutex;
  int taken = 0;
  void take() {
    std::lock_guard<std::mutex> lock(mutex);
    ++taken;
  }
};
GuardedStatistics guarded_statistics;
FunctionPool good_by_member([] {
  guarded_statistics.take();
  auto *b = new Buffer;
  b->len = statistics.so_far();
  return b;
});
FunctionPool good_pointer_elsewhere([] {
  int own = 0;
  int *to = &table[0];
  to = &own;
  *to = 1;
  return new Buffer;
});
FunctionPool good_tried([] {
  if (guard.try_lock()) {
    ++made;
    guard.unlock();
  }
  return new Buffer;
});
FunctionPool bad_random([] {
  static std::mt19937 generator;
  auto *b = new Buffer;
  b->len = generator(); // expect: racy-factory "'generator' is written without a lock"
  return b;
});
FunctionPool bad_by_reference([] {
  int &count = made;
  ++count; // expect: racy-factory "'made' is written without a lock"
  return new Buffer;
});
int next_number() { return ++made; } // expect: racy-factory "'made' is written without a lock"
FunctionPool bad_in_helper([] {
  auto *b = new Buffer;
  b->len = next_number();
  return b;
});

FunctionPool good_atomic([] {
  ++counted;
  counted.fetch_add(1);
  return new Buffer;
});
FunctionPool good_locked([] {
  std::lock_guard<std::mutex> lock(guard);
  ++made;
  return new Buffer;
});
FunctionPool good_locked_by_hand([] {
  guard.lock();
  ++made;
  guard.unlock();
  return new Buffer;
});
FunctionPool good_once([] {
  std::call_once(once, [] { made = 1; });
  return new Buffer;
});
std::size_t next_size_of_buffers();
FunctionPool good_initialised_once([] {
  static const std::size_t size = next_size_of_buffers();
  auto *b = new Buffer;
  b->len = size;
  return b;
});
FunctionPool good_thread_local([] {
  ++mine;
  return new Buffer;
});
FunctionPool good_read([] {
  auto *b = new Buffer;
  b->len = made + all.size();
  return b;
});
FunctionPool good_own([] {
  int count = 0;
  ++count;
  auto *b = new Buffer;
  b->len = count;
  b->append("x");
  return b;
});
FunctionPool bad_after_unlock([] {
  {
    std::lock_guard<std::mutex> lock(guard);
    ++made;
  }
  ++made; // expect: racy-factory "'made' is written without a lock"
  return new Buffer;
});

// --- captured state

class Service {
public:
  // The member is a pool that every thread of the service uses.
  Service()
      : pool_([this] {
          ++made_; // expect: racy-factory "'made_' is written without a lock"
          return new Buffer;
        }) {}

private:
  FunctionPool pool_;
  int made_ = 0;
};

void bad_captured_by_reference() {
  int count = 0;
  FunctionPool pool([&count] {
    ++count; // expect: racy-factory "'count' is written without a lock"
    return new Buffer;
  });
  std::thread worker([&pool] { pool.release(pool.acquire()); });
  pool.release(pool.acquire());
  worker.join();
}
void bad_shared_with_thread() {
  int count = 0;
  auto pool = std::make_shared<FunctionPool>([&count] {
    ++count; // expect: racy-factory "'count' is written without a lock"
    return new Buffer;
  });
  std::thread worker([pool] { pool->release(pool->acquire()); });
  pool->release(pool->acquire());
  worker.join();
}
void bad_captured_by_copy() {
  static FunctionPool pool([count = 0]() mutable {
    auto *b = new Buffer;
    b->len = count++; // expect: racy-factory "'count' is written without a lock"
    return b;
  });
  pool.release(pool.acquire());
}
void bad_captured_pointer(int *count) {
  static FunctionPool pool([count] {
    ++*count; // expect: racy-factory "'count' is written without a lock"
    return new Buffer;
  });
  pool.release(pool.acquire());
}
void good_captured_atomic(std::atomic<int> &count) {
  static FunctionPool pool([&count] {
    ++count;
    return new Buffer;
  });
  pool.release(pool.acquire());
}

// --- pools of one thread

void good_local_pool() {
  int count = 0;
  FunctionPool pool([&count] {
    ++count;
    return new Buffer;
  });
  pool.release(pool.acquire());
}
Buffer *good_per_thread() {
  thread_local FunctionPool pool([] {
    static thread_local int count = 0;
    ++count;
    return new Buffer;
  });
  return pool.acquire();
}
void good_thread_local_pool(int &count) {
  thread_local FunctionPool pool([&count] {
    ++count;
    return new Buffer;
  });
  pool.release(pool.acquire());
}

// --- a shared factory object

class CountingFactory : public BufferFactory {
public:
  Buffer *create() override {
    ++made_; // expect: racy-factory "'made_' is written without a lock by the factory"
    return new Buffer;
  }
  void reset(Buffer &b) override {
    b.clear();
    ++resets_; // expect: racy-factory "'resets_' is written without a lock by the reset callback"
  }

private:
  int made_ = 0, resets_ = 0;
};
CountingFactory counting;
ObjectFactoryPool bad_object(counting);

class CarefulFactory : public BufferFactory {
public:
  Buffer *create() override {
    std::scoped_lock lock(mutex_);
    ++made_;
    return new Buffer;
  }
  void reset(Buffer &b) override {
    b.clear();
    resets_.fetch_add(1);
  }

private:
  std::mutex mutex_;
  int made_ = 0;
  std::atomic<int> resets_{0};
};
CarefulFactory careful;
ObjectFactoryPool good_object(careful);

struct CountingPolicy {
  static inline int made = 0;
  static Buffer *make() {
    ++made; // expect: racy-factory "'made' is written without a lock by the factory"
    return new Buffer;
  }
  static void reset(Buffer &b) { b.clear(); }
};
PolicyPool<Buffer, CountingPolicy> bad_policy;

// --- reset callbacks

FunctionPool bad_reset([] { return new Buffer; },
                       [](Buffer &b) {
                         b.clear();
                         ++made; // expect: racy-factory "'made' is written without a lock by the reset callback"
                       });
FunctionPool good_reset([] { return new Buffer; },
                        [](Buffer &b) {
                          b.clear();
                          b.len = 0;
                        });

// --- pools without a lock, which their users must not share, or lock

class Locking {
public:
  Buffer *get() {
    std::lock_guard<std::mutex> lock(mutex_);
    return pool_.acquire();
  }
  void put(Buffer *b) {
    std::lock_guard<std::mutex> lock(mutex_);
    pool_.release(b);
  }

private:
  std::mutex mutex_;
  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_;
    return new Buffer;
  }};
};

struct PerThread {
  int made = 0;
  LocklessPool pool{[this] {
    ++made;
    return new Buffer;
  }};
};
thread_local PerThread per_thread;

class Worker {
public:
  Worker() : thread_([this] { pool_.release(pool_.acquire()); }) {}
  ~Worker() { thread_.join(); }

private:
  int made_ = 0;
  LocklessPool pool_{[this] {
    ++made_;
    return new Buffer;
  }};
  std::thread thread_;
};

// The lock is in a part that lies elsewhere.
class Shards {
public:
  Buffer *take();
  void give(Buffer *b);

private:
  std::mutex mutex_;
};
class ElsewherePool {
public:
  explicit ElsewherePool(std::function<Buffer *()> make) : make_(std::move(make)) {}
  ElsewherePool(const ElsewherePool &) = delete;
  Buffer *acquire() {
    Buffer *b = shards_->take();
    return b ? b : make_();
  }
  void release(Buffer *b) { shards_->give(b); }

private:
  std::unique_ptr<Shards> shards_ = std::make_unique<Shards>();
  std::function<Buffer *()> make_;
};
ElsewherePool bad_elsewhere([] {
  ++made; // expect: racy-factory "'made' is written without a lock by the factory"
  return new Buffer;
});

// --- by what makes the object

struct Numbered : Buffer {
  static inline int last = 0;
  static inline std::atomic<int> last_safe{0};
  int number;
  int safe = 0;
  Numbered() : number(++last) { safe = 1; } // expect: racy-factory "'last' is written without a lock by the factory"
  explicit Numbered(int) : number(++last_safe) {
    count();
    safe = number;
  }
  void count() { safe++; }
};
FunctionPool bad_constructor([] { return new Numbered; });
FunctionPool good_constructor([] { return new Numbered(1); });
FunctionPool good_constructor_locked([] {
  std::lock_guard<std::mutex> lock(guard);
  return new Numbered;
});

struct Totals {
  int made = 0;
  void bump() { ++made; }
  static Totals &get() {
    static Totals one;
    return one;
  }
  static Totals &mine() {
    thread_local Totals one;
    return one;
  }
};
struct SafeTotals {
  std::atomic<int> made{0};
  static SafeTotals &get() {
    static SafeTotals one;
    return one;
  }
};
Totals *totals();
FunctionPool bad_instance([] {
  Totals::get().made++; // expect: racy-factory "'made' is written without a lock by the factory"
  return new Buffer;
});
FunctionPool bad_instance_member([] {
  Totals::get().bump(); // expect: racy-factory "'one' is written without a lock by the factory"
  return new Buffer;
});
FunctionPool good_instances([] {
  SafeTotals::get().made++;
  Totals::mine().bump();
  totals()->bump(); // nobody knows whose
  return new Buffer;
});

// --- a table of functions

int resets = 0;
Buffer *create_counting(void *) {
  ++made; // expect: racy-factory "'made' is written without a lock by the factory"
  return new Buffer;
}
void reset_counting(Buffer *b, void *) {
  b->clear();
  ++resets; // expect: racy-factory "'resets' is written without a lock by the reset callback"
}
OperationsPool bad_operations({create_counting, reset_counting}, nullptr);

// --- a pool in an object that each thread has for itself

struct ThreadsOwn {
  int made = 0;
  FunctionPool pool{[this] {
    ++made;
    return new Buffer;
  }};
};
thread_local ThreadsOwn good_threads_own;
struct Everybodys {
  int made = 0;
  FunctionPool pool{[this] {
    ++made; // expect: racy-factory "'made' is written without a lock by the factory"
    return new Buffer;
  }};
};
thread_local Everybodys one_of_many;
Everybodys bad_everybodys;
struct Held {
  int made = 0;
  FunctionPool pool{[this] {
    ++made; // expect: racy-factory "'made' is written without a lock by the factory"
    return new Buffer;
  }};
};
thread_local Held good_held;
struct HeldByAll {
  Held held;
} bad_held;

// --- objects that the pool makes itself

template <typename T> class MakingPool {
public:
  T *acquire() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        T *object = free_.back();
        free_.pop_back();
        return object;
      }
    }
    return make(); // the lock is gone
  }
  void release(T *object) {
    object->clear();
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(object);
  }

private:
  T *make() { return new T; }

  std::mutex mutex_;
  std::vector<T *> free_;
};
struct Numbers : Buffer {
  static inline int last = 0; // note: "all of them share this 'last'"
  int number = last++; // expect: racy-factory "'last' is written without a lock where a pool that several threads use makes an object"
};
MakingPool<Numbers> bad_default_value;
template class MakingPool<Numbers>;
struct Counts : Buffer {
  static inline int last = 0;
  Counts() { ++last; } // expect: racy-factory "'last' is written without a lock where a pool"
};
MakingPool<Counts> bad_made_by_constructor;
template class MakingPool<Counts>;
struct Registers : Buffer {
  Registers() { all.push_back(this); } // expect: racy-factory "'all' is written without a lock where a pool"
};
class RegistersPool {
public:
  std::unique_ptr<Registers> acquire() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (free_.empty()) {
      lock.unlock();
      return std::make_unique<Registers>(); // note: "the pool makes it here"
    }
    auto object = std::move(free_.back());
    free_.pop_back();
    return object;
  }
  void release(std::unique_ptr<Registers> object) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(std::move(object));
  }

private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Registers>> free_;
};
RegistersPool bad_made_by_library;
struct Plain {
  static inline int last = 0;
  int number = last++; // expect: racy-factory "'last' is written without a lock where a pool"
  void clear() {}
};
class PlainsPool {
public:
  Plain *acquire() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!free_.empty()) {
        Plain *object = free_.back();
        free_.pop_back();
        return object;
      }
    }
    return new Plain{};
  }
  void release(Plain *object) {
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(object);
  }

private:
  std::mutex mutex_;
  std::vector<Plain *> free_;
};
PlainsPool bad_made_of_a_list;

struct AtomicNumbers : Buffer {
  static inline std::atomic<int> last{0};
  int number = last++;
};
MakingPool<AtomicNumbers> good_made_atomic;
template class MakingPool<AtomicNumbers>;
struct ThreadNumbers : Buffer {
  static inline thread_local int last = 0;
  int number = last++;
};
MakingPool<ThreadNumbers> good_made_thread_local;
template class MakingPool<ThreadNumbers>;
struct LockedNumbers : Buffer {
  static inline int last = 0;
  int number;
  LockedNumbers() {
    std::lock_guard<std::mutex> lock(guard);
    number = last++;
  }
};
MakingPool<LockedNumbers> good_made_locked;
template class MakingPool<LockedNumbers>;
struct ThreadsNumbers : Buffer {
  static inline int last = 0;
  int number = last++;
};
thread_local MakingPool<ThreadsNumbers> good_made_for_one_thread;
template class MakingPool<ThreadsNumbers>;
struct LocalNumbers : Buffer {
  static inline int last = 0;
  int number = last++;
};
void good_made_for_one_call() {
  MakingPool<LocalNumbers> pool;
  pool.release(pool.acquire());
}

// Within its lock: nobody else makes them.
template <typename T> class LockedMakingPool {
public:
  T *acquire() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty())
      return new T;
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
struct OnlyNumbers : Buffer {
  static inline int last = 0;
  int number = last++;
};
LockedMakingPool<OnlyNumbers> good_made_within_lock;
template class LockedMakingPool<OnlyNumbers>;

// The pool's own bookkeeping is its author's matter.
class NodePool {
  struct Node {
    static inline int last = 0;
    int number = last++;
    void clear() {}
  };

public:
  Node *acquire() { return new Node; }
  void release(Node *node) {
    node->clear();
    std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(node);
  }

private:
  std::mutex mutex_;
  std::vector<Node *> free_;
};
NodePool good_own_nodes;

// A factory makes them in these ways too.
struct Defaults : Buffer {
  static inline int last = 0;
  int number = last++; // expect: racy-factory "'last' is written without a lock by the factory"
};
FunctionPool bad_factory_default([] { return new Defaults; });

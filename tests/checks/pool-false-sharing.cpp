// RUN: %check %s --level all --checks=pool-false-sharing
// Parts of a pool for each thread, CPU or shard, and the lines they lie in.

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

struct Item {
  int value = 0;
};

unsigned current_cpu();

// --- too small, by the name of the member

struct Counters { // note: "'Counters' is declared here without 'alignas(64)'"
  std::atomic<int> taken{0};
  std::atomic<int> given{0};
};

class NamedPool {
public:
  Item *acquire() {
    shards_[0].taken++;
    Item *i = free_.back();
    free_.pop_back();
    return i;
  }
  void release(Item *i) { free_.push_back(i); }

private:
  Counters shards_[8]; // expect: pool-false-sharing "elements of 'shards_' share cache lines, each holds atomics, has 8 bytes and is aligned to 4"
  std::vector<Item *> free_;
};

// --- by what indexes it

class IndexedPool {
public:
  Item *acquire(unsigned thread) {
    parts_[thread % 4].head++;
    unsigned at = current_cpu() % 4;
    counts_[at]++;
    auto slot = std::hash<std::thread::id>{}(std::this_thread::get_id()) % 4;
    flags_.at(slot).test_and_set();
    Item *i = free_.back();
    free_.pop_back();
    return i;
  }
  void release(Item *i) { free_.push_back(i); }

private:
  struct Part {
    std::atomic<int> head{0};
    std::vector<Item *> items;
  };
  Part parts_[4];                          // expect: pool-false-sharing "elements of 'parts_' share cache lines"
  std::array<std::atomic<long>, 4> counts_; // expect: pool-false-sharing "elements of 'counts_' share cache lines"
  std::vector<std::atomic_flag> flags_;     // expect: pool-false-sharing "elements of 'flags_' share cache lines"
  std::vector<Item *> free_;
};

// --- large enough, whether aligned or not

struct Padded { // heads are 64 bytes apart
  std::atomic<int> head{0};
  char padding[60];
};
struct Ends { // the last of one is beside the first of the next
  std::atomic<int> head{0};
  char padding[56];
  std::atomic<int> tail{0};
};
struct Counted { // as is what is no atomic
  std::atomic<int> head{0};
  int taken = 0;
  char padding[56];
};
struct Twice {
  std::atomic<int> heads[2];
  char reserved_[64];
};
struct alignas(64) Aligned {
  std::atomic<int> head{0};
};
struct alignas(32) HalfAligned {
  std::atomic<int> head{0};
  std::atomic<int> taken{0};
  char padding[56];
};

class PaddedPool {
public:
  Item *acquire() {
    Item *i = free_.back();
    free_.pop_back();
    return i;
  }
  void release(Item *i) { free_.push_back(i); }

private:
  Padded padded_shards_[4];
  std::vector<Padded> padded_cpus_;
  Twice twice_shards_[4];
  Ends end_shards_[4];         // expect: pool-false-sharing "has 64 bytes and is aligned to 4"
  Counted counted_shards_[4];  // expect: pool-false-sharing "has 64 bytes and is aligned to 4"
  HalfAligned half_shards_[4]; // expect: pool-false-sharing "has 64 bytes and is aligned to 32"
  alignas(64) Ends good_end_shards_[4]; // each element has a line of its own
  alignas(64) std::array<Counted, 4> good_counted_shards_;
  alignas(64) std::vector<Ends> cpus_; // expect: pool-false-sharing "has 64 bytes and is aligned to 4"
  Aligned good_shards_[4];
  std::vector<Aligned> good_cpus_;
  std::vector<Item *> free_;
};

// --- indexed by something else, no atomics, elsewhere in memory, one only

class OtherPool {
public:
  Item *acquire(unsigned size_class) {
    sizes_[size_class].taken++;
    Item *i = free_.back();
    free_.pop_back();
    return i;
  }
  void release(Item *i) { free_.push_back(i); }

private:
  Counters sizes_[8];
  int thread_hits_[8];
  std::vector<std::unique_ptr<Counters>> shards_;
  Counters only_shard_[1];
  std::atomic<int> threads_{0};
  std::vector<Item *> free_;
};

// --- what a pool has as a member is part of it

struct Freelists {
  std::atomic<Item *> per_cpu[16]; // expect: pool-false-sharing "elements of 'per_cpu' share cache lines"
};
class SplitPool {
public:
  Item *acquire() {
    Item *i = free_.back();
    free_.pop_back();
    return i;
  }
  void release(Item *i) { free_.push_back(i); }

private:
  Freelists lists_;
  std::vector<Item *> free_;
};

// --- a template pool, told once

template <typename T> class ShardedPool {
public:
  T *acquire() {
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) { free_.push_back(t); }

private:
  std::atomic<int> shard_sizes_[4]; // expect: pool-false-sharing "elements of 'shard_sizes_' share cache lines"
  std::vector<T *> free_;
};
ShardedPool<Item> items;
ShardedPool<int> numbers;

// --- of the class, and by what each thread has for itself

thread_local unsigned mine;
thread_local Item *last;
class StaticPool {
public:
  Item *acquire();
  void release(Item *i);
  void count() { lanes_[mine & 15].taken++; }
  void size(unsigned of) { sizes_[of & 15].taken++; }

private:
  static Counters per_thread_[16]; // expect: pool-false-sharing "elements of 'per_thread_' share cache lines"
  inline static Counters lanes_[16]; // expect: pool-false-sharing "elements of 'lanes_' share cache lines"
  inline static Counters sizes_[16];
  static thread_local Counters thread_caches_[16]; // no other thread's
};
Counters StaticPool::per_thread_[16];

// --- stripes; and what the elements are for, by their index

class StripedPool {
public:
  Item *acquire();
  void release(Item *i);

private:
  struct Stripe {
    std::atomic<long> hits{0}, misses{0};
  };
  std::array<Stripe, 16> stripes_; // expect: pool-false-sharing "elements of 'stripes_' share cache lines"
};

class ByFunctionPool {
public:
  Item *acquire();
  void release(Item *i);
  void hit() { hits_[slot()].taken++; }
  void of(Item *i) { values_[place(i)].taken++; }

private:
  static std::size_t slot() {
    auto id = std::hash<std::thread::id>{}(std::this_thread::get_id());
    return id % 16;
  }
  static std::size_t place(Item *i) {
    (void)std::this_thread::get_id();
    return std::size_t(i->value) % 16;
  }
  std::array<Counters, 16> hits_; // expect: pool-false-sharing "elements of 'hits_' share cache lines"
  std::array<Counters, 16> values_;
};

class KindsPool { // called so, but there is one for each kind of something
public:
  enum State { Idle, Busy, Gone };
  Item *acquire();
  void release(Item *i);
  void idle() { worker_counts_[Idle]++; }
  void move(State from, State to) {
    worker_counts_[from]--;
    worker_counts_[int(to)]++;
  }
  int all() const {
    int sum = 0;
    for (int i = 0; i < 3; ++i)
      sum += worker_counts_[i];
    return sum;
  }
  void run(unsigned worker) {
    worker_hits_[Idle]++;
    worker_hits_[worker]++;
  }

private:
  std::atomic<int> worker_counts_[3];
  std::atomic<int> worker_hits_[3]; // expect: pool-false-sharing "elements of 'worker_hits_' share cache lines"
};

// --- other containers whose elements lie side by side, and some whose do not

template <typename T> class SmallVector {
public:
  T *data();
  T &operator[](unsigned at) { return data()[at]; }

private:
  T *first_;
  unsigned size_;
};
template <typename T> struct InlineVector : SmallVector<T> {};
template <typename T> class Chain {
public:
  T &operator[](unsigned at);
  const void *data() const;

private:
  struct Link {
    T value;
    Link *next;
  };
  Link *first_;
};

class ContainersPool {
public:
  Item *acquire();
  void release(Item *i);

private:
  std::deque<std::atomic<int>> worker_counts_; // expect: pool-false-sharing "elements of 'worker_counts_' share cache lines, each holds atomics, has 4 bytes and is aligned to 4"
  std::shared_ptr<Counters[]> shards_;         // expect: pool-false-sharing "elements of 'shards_' share cache lines"
  SmallVector<Counters> small_shards_;         // expect: pool-false-sharing "elements of 'small_shards_' share cache lines"
  InlineVector<Counters> inline_shards_;       // expect: pool-false-sharing "elements of 'inline_shards_' share cache lines"
  inline static std::deque<Counters> cpus_;    // expect: pool-false-sharing "elements of 'cpus_' share cache lines"
  static std::deque<Counters> declared_cpus_;  // expect: pool-false-sharing "elements of 'declared_cpus_' share cache lines"
  std::deque<Aligned> good_shards_;
  SmallVector<Aligned> good_small_shards_;
  std::shared_ptr<Counters> one_shard_;
  std::deque<Counters> sizes_;
  Chain<Counters> chained_shards_;
};

// --- templates that no variable names: what is made of them, however it came about

template <typename T, int N> class OrderedPool {
public:
  T *acquire();
  void release(T *t);
  void hit(unsigned thread) { locals_[thread].taken++; }
  void of(unsigned size_class) { sizes_[size_class].taken++; }

private:
  struct Local {
    std::atomic<int> taken;
    T *head;
  };
  Local locals_[N]; // expect: pool-false-sharing "elements of 'locals_' share cache lines"
  Local sizes_[N];
};
template class OrderedPool<Item, 4>;

template <typename T> class HeapPool {
public:
  T *acquire();
  void release(T *t);

private:
  Counters shards_[4]; // expect: pool-false-sharing "elements of 'shards_' share cache lines"
  Aligned good_shards_[4];
  Counters only_shard_[sizeof(T) > 1024 ? 4 : 1];
};
struct HasPool {
  std::unique_ptr<HeapPool<Item>> pool;
  void start() { pool = std::make_unique<HeapPool<Item>>(); }
};

template <typename T> class SpecialPool {
public:
  T *acquire();
  void release(T *t);
};
template <> class SpecialPool<Item> { // a class like any other
public:
  Item *acquire();
  void release(Item *i);

private:
  Counters shards_[4]; // expect: pool-false-sharing "elements of 'shards_' share cache lines"
};

template <typename T> class NeverMadePool { // how large its parts are, nobody knows
public:
  T *acquire();
  void release(T *t);

private:
  std::atomic<T> shards_[4];
};

// --- no pool

class Statistics {
public:
  void hit(unsigned thread) { shards_[thread].taken++; }

private:
  Counters shards_[8];
};

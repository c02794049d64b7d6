//===- pool_bench.cpp - get and put of pools and allocators ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One benchmark per contestant and column; Google Benchmark interleaves their
// repetitions at random. With each repetition go two counters by which `run`
// leaves out those that other programs disturbed:
//   share  the least of the threads' CPU time over its wall time
//   probe  how long a loop bound by the core's throughput took beside it
//
//===----------------------------------------------------------------------===//
#include "contestants.h"
#include <atomic>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdlib>
#include <ctime>

namespace {

double seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Another hardware thread of the same core takes its part of this.
double probe() {
  double least = 1;
  for (int i = 0; i < 3; ++i) {
    double begin = seconds(CLOCK_MONOTONIC);
    unsigned long a = 0, b = 0, c = 0, d = 0;
    for (int j = 0; j < 4000; ++j) {
      ++a, ++b, ++c, ++d;
      asm volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d));
    }
    double took = seconds(CLOCK_MONOTONIC) - begin;
    least = took < least ? took : least;
  }
  return least;
}

class Disturbance {
public:
  explicit Disturbance(benchmark::State &state)
      : state_(state), before_(probe()), wall_(seconds(CLOCK_MONOTONIC)),
        cpu_(seconds(CLOCK_THREAD_CPUTIME_ID)) {}
  ~Disturbance() {
    double wall = seconds(CLOCK_MONOTONIC) - wall_;
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu_;
    using benchmark::Counter;
    state_.counters["share"] = Counter(cpu / wall, Counter::kAvgThreads);
    double after = probe();
    state_.counters["probe"] =
        Counter(before_ > after ? before_ : after, Counter::kAvgThreads);
  }

private:
  benchmark::State &state_;
  double before_, wall_, cpu_;
};

template <typename T> void use(T *object) {
  asm volatile("" : : "r"(object) : "memory");
}

template <template <typename> class Pool, std::size_t Size>
void pair(benchmark::State &state) {
  using P = Pool<Block<Size>>;
  P::put(P::get());
  Disturbance measured(state);
  for (auto _ : state) {
    auto *object = P::get();
    use(object);
    P::put(object);
  }
}

template <template <typename> class Pool> void burst(benchmark::State &state) {
  using P = Pool<Block<64>>;
  constexpr int depth = 64;
  Block<64> *out[depth];
  Disturbance measured(state);
  for (auto _ : state) {
    for (auto *&object : out) {
      object = P::get();
      use(object);
    }
    for (auto *object : out)
      P::put(object);
  }
  // Time is per get and put.
  state.SetItemsProcessed(state.iterations() * depth);
}

/// A queue between one thread and one other, of the least cost: each side
/// reads the other's position only when it runs out of room.
template <typename T> class Handover {
public:
  void send(T *object) {
    if (sent_ == room_)
      while ((room_ = taken_.load(std::memory_order_acquire) + size) == sent_)
        ;
    slots_[sent_ % size] = object;
    put_.store(++sent_, std::memory_order_release);
  }
  T *receive() {
    if (seen_ == got_)
      while ((seen_ = put_.load(std::memory_order_acquire)) == got_)
        ;
    T *object = slots_[got_ % size];
    taken_.store(++got_, std::memory_order_release);
    return object;
  }

private:
  static constexpr std::size_t size = 512;
  alignas(128) std::size_t sent_ = 0;
  std::size_t room_ = size;
  std::atomic<std::size_t> put_{0};
  alignas(128) std::size_t got_ = 0;
  std::size_t seen_ = 0;
  std::atomic<std::size_t> taken_{0};
  alignas(128) T *slots_[size];
};

template <typename T> struct Nothing {
  static inline T one;
  static T *get() { return &one; }
  static void put(T *) {}
};

template <template <typename> class Pool> void across(benchmark::State &state) {
  using T = Block<64>;
  using P = Pool<T>;
  static Handover<T> handover;
  Disturbance measured(state);
  if (state.thread_index() == 0)
    for (auto _ : state) {
      T *object = P::get();
      use(object);
      handover.send(object);
    }
  else
    for (auto _ : state) {
      T *object = handover.receive();
      use(object);
      P::put(object);
    }
}

template <template <typename> class Pool>
void contest(const char *name, bool threads = true, bool others = true) {
  auto add = [&](const char *column, auto *function) {
    return benchmark::RegisterBenchmark(
        (std::string(name) + "/" + column).c_str(), function);
  };
  add("pair_64", pair<Pool, 64>);
  add("pair_4096", pair<Pool, 4096>);
  add("burst_64", burst<Pool>);
  if (threads)
    add("two_threads", pair<Pool, 64>)->Threads(2)->UseRealTime();
  if (others)
    add("across", across<Pool>)->Threads(2)->UseRealTime();
}

} // namespace

int main(int count, char **arguments) {
  contest<NewDelete>("new_delete");
  // Under another allocator only that is of interest.
  if (!std::getenv("POOL_BENCH_ALLOCATOR_ONLY")) {
    contest<ObjectPool>("object_pool");
    contest<LocalPool>("local_pool", false, false);
    contest<CheckedPool>("object_pool_checked");
    contest<MutexVector>("mutex_vector");
    // What one thread puts another never gets: not a pool then.
    contest<ThreadLocalVector>("thread_local_vector", true, false);
#if HAS_BOOST
    contest<BoostObjectPool>("boost_object_pool", false, false);
    contest<BoostObjectPoolLocked>("boost_object_pool_locked");
    contest<BoostSingletonPool>("boost_singleton_pool");
#endif
#if HAS_MOODYCAMEL
    contest<Moodycamel>("moodycamel");
#endif
#if HAS_TBB
    contest<TbbQueue>("tbb_queue");
#endif
    benchmark::RegisterBenchmark("handover_alone/across", across<Nothing>)
        ->Threads(2)
        ->UseRealTime();
  }
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}

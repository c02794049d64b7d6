//===- contestants.h - pools and allocators under one interface --------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Each is a template over the object with static get() and put(), used from
// any thread. What a contestant cannot do (boost::object_pool knows no
// threads) is not registered for it.
//
//===----------------------------------------------------------------------===//
#ifndef POOL_TIDY_BENCH_CONTESTANTS_H
#define POOL_TIDY_BENCH_CONTESTANTS_H

#include "pool_tidy/local_pool.h"
#include "pool_tidy/object_pool.h"
#include <cstddef>
#include <mutex>
#include <vector>

#if __has_include(<boost/pool/object_pool.hpp>)
#include <boost/pool/object_pool.hpp>
#include <boost/pool/singleton_pool.hpp>
#define HAS_BOOST 1
#endif
#if __has_include(<concurrentqueue/moodycamel/concurrentqueue.h>)
#include <concurrentqueue/moodycamel/concurrentqueue.h>
#define HAS_MOODYCAMEL 1
#elif __has_include(<concurrentqueue/concurrentqueue.h>)
#include <concurrentqueue/concurrentqueue.h>
#define HAS_MOODYCAMEL 1
#endif
#if __has_include(<oneapi/tbb/concurrent_queue.h>)
#include <oneapi/tbb/concurrent_queue.h>
#define HAS_TBB 1
#endif

/// Not initialised: what is measured is the pool, not the object.
template <std::size_t Size> struct Block {
  Block() {}
  alignas(16) std::byte bytes[Size];
};

template <typename T> struct NewDelete {
  static T *get() { return new T; }
  static void put(T *object) { delete object; }
};

template <typename T> struct ObjectPool {
  static inline pool_tidy::object_pool<T, pool_tidy::no_reset> pool;
  static T *get() { return pool_tidy::raw::acquire(pool); }
  static void put(T *object) { pool_tidy::raw::give_back(pool, object); }
};

template <typename T> struct LocalPool {
  static inline pool_tidy::local_pool<T, pool_tidy::no_reset> pool;
  static T *get() { return pool.acquire(); }
  static void put(T *object) { pool.give_back(object); }
};

/// The pool with all of its checks.
template <typename T> struct CheckedPool {
  static inline pool_tidy::object_pool<T, pool_tidy::no_reset, 32,
                                       pool_tidy::checking::full>
      pool;
  static T *get() { return pool_tidy::raw::acquire(pool); }
  static void put(T *object) { pool_tidy::raw::give_back(pool, object); }
};

template <typename T> struct MutexVector {
  static inline std::mutex mutex;
  static inline std::vector<T *> idle;
  static T *get() {
    {
      std::lock_guard lock(mutex);
      if (!idle.empty()) {
        T *object = idle.back();
        idle.pop_back();
        return object;
      }
    }
    return new T;
  }
  static void put(T *object) {
    std::lock_guard lock(mutex);
    idle.push_back(object);
  }
};

template <typename T> struct ThreadLocalVector {
  static inline thread_local std::vector<T *> idle;
  static T *get() {
    if (idle.empty())
      return new T;
    T *object = idle.back();
    idle.pop_back();
    return object;
  }
  static void put(T *object) { idle.push_back(object); }
};

#if HAS_BOOST
template <typename T> struct BoostObjectPool {
  static inline boost::object_pool<T> pool;
  static T *get() { return pool.construct(); }
  static void put(T *object) { pool.destroy(object); }
};
/// What one has to make of it where there are threads.
template <typename T> struct BoostObjectPoolLocked {
  static inline std::mutex mutex;
  static inline boost::object_pool<T> pool;
  static T *get() {
    std::lock_guard lock(mutex);
    return pool.construct();
  }
  static void put(T *object) {
    std::lock_guard lock(mutex);
    pool.destroy(object);
  }
};
template <typename T> struct BoostSingletonPool {
  struct tag {};
  using pool = boost::singleton_pool<tag, sizeof(T)>;
  static T *get() { return ::new (pool::malloc()) T; }
  static void put(T *object) {
    object->~T();
    pool::free(object);
  }
};
#endif

#if HAS_MOODYCAMEL
template <typename T> struct Moodycamel {
  static inline moodycamel::ConcurrentQueue<T *> idle;
  static T *get() {
    T *object;
    return idle.try_dequeue(object) ? object : new T;
  }
  static void put(T *object) { idle.enqueue(object); }
};
#endif

#if HAS_TBB
template <typename T> struct TbbQueue {
  static inline tbb::concurrent_queue<T *> idle;
  static T *get() {
    T *object;
    return idle.try_pop(object) ? object : new T;
  }
  static void put(T *object) { idle.push(object); }
};
#endif

#endif

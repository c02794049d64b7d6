//===- thread_pools.h - whoever runs tasks ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Pools of threads as projects have them: one of another file, one with bodies.
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_THREAD_POOLS_H
#define TESTS_THREAD_POOLS_H

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

class Executor {
public:
  void submit(std::function<void()> task);
  void wait_idle();
};

class OwnThreads {
public:
  explicit OwnThreads(unsigned n) {
    for (unsigned i = 0; i < n; ++i)
      threads_.emplace_back([this] { run(); });
  }
  ~OwnThreads() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    more_.notify_all();
    for (std::thread &t : threads_)
      t.join();
  }
  template <typename F> void submit(F task) {
    {
      std::lock_guard lock(mutex_);
      tasks_.push(std::move(task));
    }
    more_.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return tasks_.empty() && running_ == 0; });
  }

private:
  void run();
  std::vector<std::thread> threads_;
  std::queue<std::function<void()>> tasks_;
  std::mutex mutex_;
  std::condition_variable more_, idle_;
  int running_ = 0;
  bool stop_ = false;
};

#endif

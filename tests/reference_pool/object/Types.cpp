//===- Types.cpp - what can be pooled, and where leases travel ---------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <coroutine>
#include <memory_resource>
#include <mutex>
#include <string>

namespace {

template <std::size_t Align> struct alignas(Align) Aligned {
  std::byte data[Align];
};

template <typename T, checking Check> void expect_aligned() {
  object_pool<T, no_reset, 4, Check> pool;
  pool.prewarm(2);
  std::vector<lease<T>> all;
  for (int i = 0; i < 20; ++i) {
    all.push_back(pool.get());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(all.back().get()) % alignof(T), 0u);
  }
}

TEST(ObjectPoolTypes, AnyAlignment) {
  expect_aligned<char, checking::full>();
  expect_aligned<Aligned<32>, checking::none>();
  expect_aligned<Aligned<64>, checking::header>();
  expect_aligned<Aligned<64>, checking::full>();
  expect_aligned<Aligned<4096>, checking::none>();
  expect_aligned<Aligned<4096>, checking::full>();
}

TEST(ObjectPoolTypes, PmrObjectsUseThePoolsMemory) {
  Memory memory;
  std::pmr::synchronized_pool_resource synchronized(&memory);
  {
    object_pool<std::pmr::string, clear_and_limit<4096>> pool(
        {.memory_resource = &synchronized});
    auto text = pool.get();
    EXPECT_EQ(text->get_allocator().resource(), &synchronized);
    text->assign(1000, 'x');
    on_thread([&] { pool.get()
                        .put(); });
  }
  synchronized.release();
  EXPECT_EQ(memory.blocks, 0);
}

TEST(ObjectPoolTypes, AFactoryMayUseThePoolsMemory) {
  struct OnMemory : no_reset {
    std::pmr::vector<int> make(std::pmr::memory_resource &memory) const {
      return std::pmr::vector<int>(100, &memory);
    }
  };
  Memory memory;
  {
    object_pool<std::pmr::vector<int>, OnMemory> pool(
        {.memory_resource = &memory});
    auto list = pool.get();
    EXPECT_EQ(memory.blocks, 2);
  }
  EXPECT_EQ(memory.blocks, 0);
}

TEST(ObjectPoolTypes, NeitherCopiedNorMovedNorDefaultConstructed) {
  struct Pinned {
    explicit Pinned(int n) : n(n) {}
    Pinned(Pinned &&) = delete;
    std::mutex mutex;
    int n;
  };
  struct Pins : no_reset {
    Pinned make() const { return Pinned(3); }
  };
  object_pool<Pinned, Pins> pool;
  auto pinned = pool.get();
  EXPECT_EQ(pinned->n, 3);
}

// ---- coroutines ---------------------------------------------------------------------

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

/// Goes on where somebody resumes it.
struct Elsewhere {
  std::coroutine_handle<> &waiting;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) { waiting = handle; }
  void await_resume() {}
};

Task hop(pool_of<> &pool, std::coroutine_handle<> &waiting) {
  for (int i = 0; i < 8; ++i) {
    auto before = pool.get();
    before->value = i;
    co_await Elsewhere{waiting};
    auto after = pool.get(); // on another thread than the get above
    EXPECT_EQ(before->value, i);
    before.put();
    after.put();
  }
}

TEST(ObjectPoolTypes, CoroutinesResumeOnOtherThreads) {
  pool_of<> pool;
  std::coroutine_handle<> waiting[2];
  hop(pool, waiting[0]);
  hop(pool, waiting[1]);
  for (int i = 0; i < 8; ++i) {
    // Two threads at once: each must use its own magazine.
    std::thread a([&] { waiting[0].resume(); });
    std::thread b([&] { waiting[1].resume(); });
    a.join();
    b.join();
  }
  EXPECT_EQ(pool.stats().outstanding, 0u);
}

} // namespace

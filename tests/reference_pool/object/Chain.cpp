//===- Chain.cpp - the store between threads, by itself ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <memory>
#include <mutex>
#include <algorithm>

namespace {

using detail::chain;
using detail::ring;

struct FreeRing {
  void operator()(ring *r) const { ring::free(r); }
};
using OwnRing = std::unique_ptr<ring, FreeRing>;

/// Numbers as objects: rings and chains never look behind the pointer.
std::vector<void *> numbered(std::uintptr_t first, std::uintptr_t count) {
  std::vector<void *> all;
  for (std::uintptr_t i = 0; i < count; ++i)
    all.push_back(reinterpret_cast<void *>(first + i));
  return all;
}

TEST(Ring, TheOldestAtTheTailTheNewestAtTheHead) {
  OwnRing r(ring::make(8));
  auto objects = numbered(1, 5);
  EXPECT_EQ(r->push(objects.data(), 5), 5u);
  void *out[8];
  ASSERT_EQ(r->steal(out, 2), 2u);
  EXPECT_EQ(out[0], objects[0]);
  EXPECT_EQ(out[1], objects[1]);
  ASSERT_EQ(r->pop(out, 2), 2u);
  EXPECT_EQ(out[0], objects[3]);
  EXPECT_EQ(out[1], objects[4]);
  EXPECT_EQ(r->size(), 1u);
  ASSERT_EQ(r->pop(out, 8), 1u);
  EXPECT_EQ(out[0], objects[2]);
  EXPECT_EQ(r->pop(out, 8), 0u);
  EXPECT_EQ(r->steal(out, 8), 0u);
}

TEST(Ring, TakesWhatThereIsRoomFor) {
  OwnRing r(ring::make(4));
  auto objects = numbered(1, 6);
  EXPECT_EQ(r->push(objects.data(), 6), 4u);
  EXPECT_EQ(r->push(objects.data() + 4, 2), 0u);
  void *out[4];
  EXPECT_EQ(r->steal(out, 1), 1u);
  EXPECT_EQ(r->push(objects.data() + 4, 2), 1u);
  EXPECT_EQ(r->size(), 4u);
}

/// Both ends are numbers of 32 bits in one word, and run over.
TEST(Ring, EndsRunOver) {
  OwnRing r(ring::make(4));
  constexpr std::uint64_t near_the_end = 0xfffffffd'fffffffd;
  static_assert(std::is_standard_layout_v<ring>, "its ends come first");
  *reinterpret_cast<std::atomic<std::uint64_t> *>(r.get()) = near_the_end;
  EXPECT_EQ(r->size(), 0u);
  void *out[4];
  for (std::uintptr_t i = 0; i < 12; ++i) {
    auto objects = numbered(10 * i + 1, 3);
    ASSERT_EQ(r->push(objects.data(), 3), 3u);
    EXPECT_EQ(r->size(), 3u);
    ASSERT_EQ(r->steal(out, 1), 1u);
    EXPECT_EQ(out[0], objects[0]);
    ASSERT_EQ(r->pop(out, 1), 1u);
    EXPECT_EQ(out[0], objects[2]);
    ASSERT_EQ(r->steal(out, 4), 1u);
    EXPECT_EQ(out[0], objects[1]);
  }
}

TEST(Chain, GrowsAndGivesAllBack) {
  chain c;
  EXPECT_TRUE(c.empty());
  auto objects = numbered(1, 1000);
  for (std::size_t i = 0; i < 1000; i += 8)
    ASSERT_EQ(c.push(objects.data() + i, 8), 8u);
  EXPECT_EQ(c.size(), 1000u);
  std::set<void *> seen;
  void *out[8];
  for (bool steal : {false, true, false, true})
    for (int i = 0; i < 25; ++i) {
      std::uint32_t n = steal ? c.steal(out, 8) : c.pop(out, 8);
      for (std::uint32_t j = 0; j < n; ++j)
        EXPECT_TRUE(seen.insert(out[j]).second);
    }
  while (std::uint32_t n = c.steal(out, 8))
    for (std::uint32_t j = 0; j < n; ++j)
      EXPECT_TRUE(seen.insert(out[j]).second);
  EXPECT_EQ(seen.size(), 1000u);
  EXPECT_TRUE(c.empty());
}

/// ABA: while a thief looks, the owner brings the ends back to where they were,
/// with other objects between them. In a ring of two that is the rule. Whoever
/// takes an object must then be its only holder.
TEST(Ring, EndsThatComeBackAreNoMatter) {
  constexpr int objects = 6, thieves = 3;
  OwnRing r(ring::make(2));
  std::atomic<int> holders[objects] = {}; // 0: in the ring or at hand
  std::atomic<int> wrong{0}, stolen{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<void *> back; // what thieves have done with

  auto index = [](void *object) {
    return reinterpret_cast<std::uintptr_t>(object) - 1;
  };
  auto hold = [&](void *object) { wrong += holders[index(object)]++ != 0; };
  auto leave = [&](void *object) { wrong += holders[index(object)]-- != 1; };

  std::vector<std::thread> all;
  for (int t = 0; t < thieves; ++t)
    all.emplace_back([&] {
      void *out[2];
      while (!stop) {
        std::uint32_t n = r->steal(out, 2);
        if (!n)
          std::this_thread::yield();
        for (std::uint32_t i = 0; i < n; ++i) {
          hold(out[i]);
          ++stolen;
          leave(out[i]);
          std::lock_guard lock(mutex);
          back.push_back(out[i]);
        }
      }
    });
  auto hand = numbered(1, objects);
  void *out[2];
  for (int i = 0; stolen < 4000; ++i) {
    if (hand.size() >= 2) {
      // Others each time, at the same ends.
      std::rotate(hand.begin(), hand.begin() + 1, hand.end());
      std::uint32_t n = r->push(hand.data(), 1 + i % 2);
      hand.erase(hand.begin(), hand.begin() + n);
    }
    std::uint32_t n = i % 3 ? 0 : r->pop(out, 2);
    for (std::uint32_t j = 0; j < n; ++j) {
      hold(out[j]);
      leave(out[j]);
      hand.push_back(out[j]);
    }
    if (hand.size() < 2 || i % 64 == 0) {
      std::this_thread::yield();
      std::lock_guard lock(mutex);
      hand.insert(hand.end(), back.begin(), back.end());
      back.clear();
    }
  }
  stop = true;
  for (std::thread &t : all)
    t.join();
  std::uint32_t left = r->steal(out, 2);
  EXPECT_EQ(hand.size() + back.size() + left, std::size_t(objects));
  EXPECT_EQ(wrong, 0);
}

/// Each that adds finds a place, also while others add; each is taken once.
TEST(Reserve, AnyThreadAddsAndTakes) {
  constexpr int threads = 4, each = 50000;
  detail::reserve store;
  std::atomic<int> refused{0};
  std::atomic<std::size_t> taken{0};
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t] {
      auto mine = numbered(1 + std::uintptr_t(t) * each, each);
      for (int i = 0; i < each; ++i) {
        refused += !store.add(mine[i]);
        if (i % 3 == 0)
          taken += store.take() != nullptr;
      }
    });
  for (std::thread &t : all)
    t.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(store.size() + taken, std::size_t(threads) * each);
  std::set<void *> left;
  while (void *one = store.take())
    EXPECT_TRUE(left.insert(one).second);
  EXPECT_EQ(left.size() + taken, std::size_t(threads) * each);
  EXPECT_EQ(store.size(), 0u);
}

} // namespace

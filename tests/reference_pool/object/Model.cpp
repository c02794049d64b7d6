//===- Model.cpp - random operations against a simple model ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include <algorithm>
#include <random>

namespace {

/// Knows where it is: two leases of one object, or one that was destroyed,
/// show.
struct Known {
  static inline std::multiset<const Known *> live;
  static inline int made = 0;

  Known() {
    ++made;
    live.insert(this);
  }
  Known(const Known &) = delete;
  ~Known() { live.erase(live.find(this)); }

  bool out = false;
};

/// One in a hundred is not worth keeping.
struct Sometimes {
  verdict reset(Known &known) const noexcept {
    known.out = false;
    return random() % 100 ? verdict::keep : verdict::drop;
  }
  static unsigned random() noexcept {
    static std::minstd_rand source(1);
    return static_cast<unsigned>(source());
  }
};

class ObjectPoolModel : public testing::TestWithParam<unsigned> {};

TEST_P(ObjectPoolModel, NothingIsLostOrLentTwice) {
  std::mt19937 random(GetParam());
  auto below = [&](std::size_t n) { return random() % n; };
  std::size_t max_retained = GetParam() % 3 ? unlimited : 20;
  Known::made = 0;
  ASSERT_TRUE(Known::live.empty());
  {
    object_pool<Known, Sometimes, 8> pool(
        {.max_retained = max_retained, .min_retained = GetParam() % 2 ? 5u : 0u});
    std::vector<lease<Known>> out;
    std::uint64_t gets = 0, stocked = 0;
    // Mostly getting for a while, then mostly putting.
    std::size_t eager = 50;
    for (int step = 0; step < 3000; ++step) {
      if (step % 100 == 0)
        eager = 20 + below(60);
      switch (std::size_t what = below(110); what / 100) {
      case 0:
        if (what < eager) {
          out.push_back(what % 2 ? pool.get() : pool.try_get());
          ++gets;
          Known &known = *out.back();
          ASSERT_TRUE(Known::live.contains(&known));
          ASSERT_FALSE(std::exchange(known.out, true)) << "lent twice";
        } else if (!out.empty()) {
          std::swap(out[below(out.size())], out.back());
          if (what % 7 == 0)
            out.back().discard();
          else if (what % 7 == 1)
            raw::give_back(pool, out.back().release());
          out.pop_back();
        }
        break;
      default:
        switch (below(6)) {
        case 0:
          pool.trim(below(40));
          break;
        case 1:
          pool.reclaim(below(40));
          break;
        case 2:
          pool.flush_this_thread();
          break;
        case 3:
          stocked += pool.prewarm(below(4));
          break;
        case 4: // what a thread takes and leaves behind
          on_thread([&] {
            gets += 3;
            fill(pool, 3);
          });
          break;
        default:
          std::shuffle(out.begin(), out.end(), random);
        }
      }
      pool_stats s = pool.stats();
      ASSERT_EQ(s.outstanding, out.size());
      ASSERT_EQ(s.retained, Known::live.size() - out.size());
      ASSERT_EQ(s.hits + s.misses, gets);
      // A failed prewarm makes and destroys one without counting it.
      ASSERT_GE(static_cast<std::uint64_t>(Known::made), s.misses + stocked);
      ASSERT_EQ(s.misses + stocked - Known::live.size(),
                s.drops.rejected + s.drops.full + s.drops.discarded +
                    s.drops.trimmed + s.drops.late);
      for (const auto &lease : out)
        ASSERT_TRUE(lease->out);
    }
  }
  EXPECT_TRUE(Known::live.empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, ObjectPoolModel, testing::Range(1u, 13u));

} // namespace

//===- Misuse.cpp - what checked pools notice --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Rig.h"
#include "pool_tidy/local_pool.h"
#include <memory>
#include <string>

namespace {

struct Report {
  misuse kind;
  const void *object;
  unsigned first, second; ///< lines
};
std::vector<Report> reports;

/// Collects instead of aborting.
class ObjectPoolMisuse : public testing::Test {
protected:
  ObjectPoolMisuse()
      : before_(set_misuse_handler([](misuse kind, const void *object,
                                      const std::source_location &first,
                                      const std::source_location &second) {
          reports.push_back({kind, object, first.line(), second.line()});
        })) {
    reports.clear();
  }
  ~ObjectPoolMisuse() override { set_misuse_handler(before_); }

  static void expect(misuse kind, const void *object, unsigned first,
                     unsigned second) {
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].kind, kind);
    if (object) {
      EXPECT_EQ(reports[0].object, object);
    }
    EXPECT_EQ(reports[0].first, first);
    EXPECT_EQ(reports[0].second, second);
    reports.clear();
  }

private:
  misuse_handler before_;
};

unsigned line(std::source_location where = std::source_location::current()) {
  return where.line();
}

template <checking C> void double_put(unsigned &first, unsigned &second) {
  object_pool<Thing, no_reset, 16, C> pool;
  Thing *thing = raw::acquire(pool);
  raw::give_back(pool, thing), first = line();
  raw::give_back(pool, thing), second = line();
  EXPECT_EQ(pool.stats().retained, 1u);
  EXPECT_EQ(pool.stats().outstanding, 0u);
}
TEST_F(ObjectPoolMisuse, DoublePut) {
  unsigned first, second;
  double_put<checking::header>(first, second);
  expect(misuse::double_put, nullptr, first, second);
  double_put<checking::full>(first, second);
  expect(misuse::double_put, nullptr, first, second);
}

template <checking C> void foreign_put(unsigned &first, unsigned &second) {
  object_pool<Thing, no_reset, 16, C> a, b;
  Thing *thing = raw::acquire(a);
  first = line() - 1;
  raw::give_back(b, thing), second = line();
  EXPECT_EQ(b.stats().retained, 0u);
  raw::give_back(a, thing);
  EXPECT_EQ(a.stats().retained, 1u);
}
TEST_F(ObjectPoolMisuse, ForeignPut) {
  unsigned first, second;
  foreign_put<checking::header>(first, second);
  expect(misuse::foreign_put, nullptr, first, second);
  foreign_put<checking::full>(first, second);
  expect(misuse::foreign_put, nullptr, 0, second);
}

TEST_F(ObjectPoolMisuse, APutOfWhatNoPoolMade) {
  object_pool<Thing, no_reset, 16, checking::full> pool;
  Thing own;
  raw::give_back(pool, &own);
  expect(misuse::foreign_put, &own, 0, line() - 1);
}

#if !defined(POOL_TIDY_ASAN) // which stops the write itself
TEST_F(ObjectPoolMisuse, UseAfterPut) {
  Thing::forget();
  object_pool<Thing, no_reset, 16, checking::full> pool;
  Thing *thing = raw::acquire(pool);
  raw::give_back(pool, thing);
  unsigned put = line() - 1;
  thing->value = 1;
  auto next = pool.get();
  expect(misuse::use_after_put, thing, put, line() - 1);
  EXPECT_EQ(pool.stats().misses, 2u) << "the object was not handed out";
  EXPECT_EQ(Thing::live, 1);
}

TEST_F(ObjectPoolMisuse, TheSameWriteToTwoMembersAfterPut) {
  struct Counts {
    std::size_t hits = 0, misses = 0;
  };
  object_pool<Counts, no_reset, 16, checking::full> pool;
  Counts *counts = raw::acquire(pool);
  raw::give_back(pool, counts);
  unsigned put = line() - 1;
  counts->hits = counts->misses = 1;
  auto next = pool.get();
  expect(misuse::use_after_put, counts, put, line() - 1);
  EXPECT_EQ(next->hits + next->misses, 0u);
}
#endif

/// Writes that a sum of products would not show.
TEST(ObjectPoolSum, WritesToTwoWordsDoNotCancelOut) {
  for (std::uint64_t filling : {std::uint64_t(0), ~std::uint64_t(0),
                                std::uint64_t(0x0123456789abcdef)}) {
    std::uint64_t words[4];
    std::fill(std::begin(words), std::end(words), filling);
    const auto sum = [&] { return detail::sum_of(words, sizeof words); };
    const std::uint64_t before = sum();
    for (int i = 0; i < 4; ++i)
      for (int j = i + 1; j < 4; ++j) {
        for (int a = 0; a < 64; ++a)
          for (int b = 0; b < 64; ++b) {
            words[i] ^= std::uint64_t(1) << a;
            words[j] ^= std::uint64_t(1) << b;
            EXPECT_NE(sum(), before) << i << j << ' ' << a << ' ' << b;
            words[i] = words[j] = filling;
          }
        for (std::uint64_t by : {1, 2, 255, 1000, 1 << 30}) {
          words[i] += by, words[j] -= by;
          EXPECT_NE(sum(), before);
          words[i] = words[j] = filling + by;
          EXPECT_NE(sum(), before);
          words[i] = words[j] = filling;
        }
      }
  }
}

/// Any byte, also behind the last whole word.
TEST(ObjectPoolSum, EveryByteCounts) {
  unsigned char bytes[23] = {};
  const std::uint64_t before = detail::sum_of(bytes, sizeof bytes);
  for (unsigned char &byte : bytes)
    for (int value = 1; value < 256; ++value) {
      byte = static_cast<unsigned char>(value);
      EXPECT_NE(detail::sum_of(bytes, sizeof bytes), before);
      byte = 0;
    }
}

TEST_F(ObjectPoolMisuse, LeakAtDestroy) {
  lease<Thing> kept;
  unsigned got;
  {
    object_pool<Thing, no_reset, 16, checking::full> pool;
    auto back = pool.get();
    kept = pool.get(), got = line();
  }
  expect(misuse::leak_at_destroy, kept.get(), got, 0);
  kept.put();
  {
    object_pool<Thing, no_reset, 16, checking::header> pool;
    kept = pool.get();
  }
  expect(misuse::leak_at_destroy, nullptr, 0, 0);
  kept.put();
  {
    object_pool<Thing, no_reset, 16, checking::full> pool(
        {.at_destroy = at_destroy::outlive});
    kept = pool.get();
  }
  EXPECT_TRUE(reports.empty());
}

struct Message {
  std::string text;
  int urgency = 0;
  bool operator==(const Message &) const = default;
  void reset() { text.clear(); } // forgets the urgency
};
struct Emptied {
  verdict reset(std::string &text) const noexcept {
    if (!text.empty())
      text.resize(1); // almost
    return verdict::keep;
  }
};
struct Said {
  int field = 0;
};
struct Says {
  verdict reset(Said &) const noexcept { return verdict::keep; }
  bool is_clean(const Said &said) const noexcept { return said.field == 0; }
};

TEST_F(ObjectPoolMisuse, IncompleteReset) {
  object_pool<Message, reset_or_clear, 16, checking::full> messages;
  auto message = messages.get();
  message->text = "x";
  message.put();
  EXPECT_TRUE(reports.empty());
  message = messages.get();
  unsigned got = line() - 1;
  message->urgency = 3;
  const Message *dirty = message.get();
  message.put();
  expect(misuse::incomplete_reset, dirty, got, line() - 1);
  EXPECT_EQ(messages.stats().retained, 0u) << "it is not handed out again";

  object_pool<std::string, Emptied, 16, checking::full> texts;
  auto text = texts.get();
  got = line() - 1;
  *text = "long";
  text.put();
  expect(misuse::incomplete_reset, nullptr, got, line() - 1);

  object_pool<Said, Says, 16, checking::full> says;
  auto said = says.get();
  got = line() - 1;
  said->field = 1;
  said.put();
  expect(misuse::incomplete_reset, nullptr, got, line() - 1);

  // Elements without == do not matter.
  struct Bare {};
  object_pool<std::vector<Bare>, reset_or_clear, 16, checking::full> bare;
  bare.get()
      .put();
  EXPECT_TRUE(reports.empty());
}

TEST_F(ObjectPoolMisuse, OfALocalPool) {
  using Pool = local_pool<Thing, no_reset, checking::header>;
  Pool other;
  unsigned first, second;
  std::unique_ptr<Thing> leaked;
  {
    Pool pool;
    Thing *thing = pool.acquire();
    pool.give_back(thing), first = line();
    pool.give_back(thing), second = line();
    expect(misuse::double_put, thing, first, second);

    thing = pool.acquire();
    other.give_back(thing);
    expect(misuse::foreign_put, thing, 0, line() - 1);
    pool.give_back(thing);

    auto lease = pool.get();
    on_thread([&] { lease.put(), first = line(); });
    expect(misuse::other_thread, thing, 0, first);

    leaked.reset(pool.acquire()), first = line();
  }
  expect(misuse::leak_at_destroy, leaked.get(), first, 0);
}

TEST_F(ObjectPoolMisuse, TheHandlerIsReplaceable) {
  auto *mine = set_misuse_handler(nullptr);
  EXPECT_NE(mine, nullptr);
  EXPECT_EQ(set_misuse_handler(mine), detail::print_and_abort);
}

// ---- and without a handler of one's own ---------------------------------------------

using Checked = object_pool<Thing, no_reset, 16, checking::full>;

void put_twice() {
  Checked pool;
  Thing *thing = raw::acquire(pool);
  raw::give_back(pool, thing);
  raw::give_back(pool, thing);
}
void put_elsewhere() {
  Checked a, b;
  raw::give_back(b, raw::acquire(a));
}
void outlive() {
  lease<Thing> kept;
  Checked pool;
  kept = pool.get();
}
void reset_badly() {
  object_pool<Message, reset_or_clear, 16, checking::full> pool;
  auto message = pool.get();
  message->urgency = 1;
}
void write_idle() {
  Checked pool;
  Thing *thing = raw::acquire(pool);
  raw::give_back(pool, thing);
  thing->value = 1;
  auto other = pool.get();
}

TEST(ObjectPoolMisuseDeathTest, StopsTheProgram) {
  EXPECT_DEATH(put_twice(), "double put of 0x[0-9a-f]+: .*Misuse.cpp:[0-9]+, "
                            "then .*Misuse.cpp:[0-9]+");
  EXPECT_DEATH(put_elsewhere(), "foreign put of .*Misuse.cpp:[0-9]+");
  EXPECT_DEATH(outlive(), "leak at destroy of .*Misuse.cpp:[0-9]+");
  EXPECT_DEATH(reset_badly(), "incomplete reset of .*Misuse.cpp:[0-9]+");
  EXPECT_DEATH(write_idle(),
               "use after put of .*Misuse.cpp:[0-9]+, then|use-after-poison");
}

} // namespace

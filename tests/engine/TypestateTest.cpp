//===- TypestateTest.cpp - the life of a lease as a table -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "engine/Typestate.h"
#include <gtest/gtest.h>

namespace pooltidy {
namespace {

struct Row {
  Life Now;
  Event What;
  Life Next;
  std::optional<FindingKind> Violation;
};

constexpr std::nullopt_t Fine = std::nullopt;

class TypestateTest : public testing::TestWithParam<Row> {};

TEST_P(TypestateTest, Table) {
  const Row &R = GetParam();
  Transition T = next(R.Now, R.What);
  EXPECT_EQ(T.Next, R.Next);
  EXPECT_EQ(T.Violation, R.Violation);
}

INSTANTIATE_TEST_SUITE_P(
    Whole, TypestateTest,
    testing::Values(
        // The base run follows no lease: nothing can go wrong with it.
        Row{Life::None, Event::Use, Life::None, Fine},
        Row{Life::None, Event::Put, Life::None, Fine},
        Row{Life::None, Event::Lose, Life::None, Fine},
        Row{Life::Live, Event::Use, Life::Live, Fine},
        Row{Life::Live, Event::Put, Life::Returned, Fine},
        Row{Life::Live, Event::Lose, Life::Live, FindingKind::Leak},
        Row{Life::Returned, Event::Use, Life::Returned,
            FindingKind::UseAfterPut},
        Row{Life::Returned, Event::Put, Life::Returned, FindingKind::DoublePut},
        Row{Life::Returned, Event::Lose, Life::Returned, Fine}));

} // namespace
} // namespace pooltidy

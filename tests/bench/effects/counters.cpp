//===- counters.cpp - the effects' counters, at small sizes --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// For the tests: nothing here depends on time. The effects themselves throw
// when a count is not what it must be.
//
//===----------------------------------------------------------------------===//
#include "finalizers.h"
#include "prewarm.h"
#include "reset.h"
#include "shards.h"
#include <cstdio>

namespace {

void expect(const effects::Figures &figures, const std::string &name,
            double value) {
  effects::must(figures.at(name) == value,
                name + " is " + std::to_string(value) + ", but " +
                    std::to_string(figures.at(name)));
}

void all() {
  using namespace effects;
  for (std::size_t uses : {1, 2, 15})
    expect(forgotten_reset(uses), "kib", (static_cast<double>(uses) + 1) / 2);
  expect(unbounded_capacity(64 * kib), "memory", 64);
  expect(assigned_empty(64 * kib), "swapped",
         static_cast<double>(std::string().capacity()));

  Figures figures = prewarmed(8, 1);
  expect(figures, "cold", 8);
  expect(figures, "warm", 0);
  figures = floor_under_bursts(2, 32);
  expect(figures, "without", 160);
  expect(figures, "with", 12);
  expect(figures, "kept", 32);

  expect(finalizers(100, 16), "steps", 7);

  figures = shards(2, 40, 1); // the shards are the limit
  expect(figures, "visited", 32);
  expect(figures, "destroyed", 32);
  expect(figures, "walked", 40);
  figures = shards(2, 16, 8); // the objects are
  expect(figures, "visited", 8);
  expect(figures, "destroyed", 64);
}

} // namespace

int main() {
  try {
    all();
  } catch (const std::exception &wrong) {
    std::fprintf(stderr, "%s\n", wrong.what());
    return 1;
  }
}

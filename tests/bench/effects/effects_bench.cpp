//===- effects_bench.cpp - what pools gain and lose, in pairs ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Each benchmark runs both sides of its comparison once; `run` repeats it and
// takes medians of the counters. The time that the library prints is of both
// sides together, and means nothing.
//
//===----------------------------------------------------------------------===//
#include "finalizers.h"
#include "prewarm.h"
#include "reset.h"
#include "shards.h"
#include <benchmark/benchmark.h>

namespace {

template <typename F> void add(const std::string &name, F effect) {
  benchmark::RegisterBenchmark(name.c_str(), [effect](benchmark::State &state) {
    for (auto _ : state)
      for (auto &[figure, value] : effect())
        state.counters[figure] = value;
  })->Iterations(1);
}

} // namespace

int main(int count, char **arguments) {
  using namespace effects;
  for (std::size_t uses : {16, 64, 200, 240})
    add("reset/" + std::to_string(uses), [=] { return forgotten_reset(uses); });
  add("capacity/1MiB", [] { return unbounded_capacity(1024 * kib); });
  add("capacity/assigned", [] { return assigned_empty(1024 * kib); });
  for (std::size_t share : {0, 1, 3})
    add("prewarm/" + std::to_string(share), [=] { return prewarmed(64, share); });
  add("prewarm/floor", [] { return floor_under_bursts(20, 32); });
  add("finalizers/10000", [] { return finalizers(10000, 256); });
  for (std::size_t many : {8, 64, 512})
    add("shards/" + std::to_string(many), [=] { return shards(8, many, 8); });
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
}

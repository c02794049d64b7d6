//===- Progress.cpp - one line on the terminal ----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Progress.h"
#include <fmt/format.h>
#include <unistd.h>

namespace pooltidy::cli {

Progress::Progress(size_t Units)
    : Visible(isatty(STDERR_FILENO)), Units(Units),
      Start(std::chrono::steady_clock::now()) {
  draw();
}

Progress::~Progress() {
  if (Visible)
    fmt::print(stderr, "\r\033[K");
}

void Progress::add(size_t More) {
  ++Done;
  Findings += More;
  draw();
}

void Progress::draw() {
  if (!Visible)
    return;
  fmt::print(stderr, "\r[{}/{}] {} finding{}", Done, Units, Findings,
             Findings == 1 ? "" : "s");
  if (Done) {
    std::chrono::duration<double> Spent =
        std::chrono::steady_clock::now() - Start;
    fmt::print(stderr, ", ~{:.0f}s left",
               Spent.count() / Done * (Units - Done));
  }
  fmt::print(stderr, "\033[K");
  std::fflush(stderr);
}

} // namespace pooltidy::cli

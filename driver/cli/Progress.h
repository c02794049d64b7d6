//===- Progress.h - one line on the terminal --------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_PROGRESS_H
#define POOLTIDY_CLI_PROGRESS_H

#include <chrono>
#include <cstddef>

namespace pooltidy::cli {

/// `[n/m] k findings, ~Ns left` on standard error, redrawn in place. Says
/// nothing where standard error is no terminal.
class Progress {
public:
  explicit Progress(size_t Units);
  ~Progress(); ///< clears the line

  /// One more TU is done, with so many findings.
  void add(size_t Findings);
  void draw();

private:
  const bool Visible;
  const size_t Units;
  size_t Done = 0, Findings = 0;
  const std::chrono::steady_clock::time_point Start;
};

} // namespace pooltidy::cli

#endif

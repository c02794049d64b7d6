//===- Fixes.h - writes fixes into the sources ------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_FIXES_H
#define POOLTIDY_CLI_FIXES_H

#include "render/Render.h"
#include "llvm/ADT/ArrayRef.h"

namespace pooltidy::cli {

struct FixResult {
  unsigned Applied = 0;   ///< findings whose fixes were written
  unsigned Conflicts = 0; ///< findings whose fixes overlap earlier ones
  std::vector<std::string> Errors; ///< files that could not be written
};

/// Writes the fixes of all findings into their files, each finding's all or
/// none.
FixResult applyFixes(llvm::ArrayRef<render::Finding> Findings);

} // namespace pooltidy::cli

#endif

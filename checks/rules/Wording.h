//===- Wording.h - how findings are told ------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_WORDING_H
#define POOLTIDY_RULES_WORDING_H

#include "../Analysis.h"

namespace pooltidy {

/// `'buf'`, or `the buffer` where the object has no name.
std::string quoted(const Finding &F);
/// "put back" for pools, "closed" for plain resources.
llvm::StringRef putWord(const Finding &F);
llvm::StringRef putWord(const model::Pool *Family);
/// `'a', 'b' and 'c'`.
std::string listed(const std::vector<std::string> &Names);

/// The steps of the finding's path as notes, in path order; the last step is
/// left out where it is the diagnostic itself.
std::vector<Report::Note> pathNotes(const Finding &F);

/// Fills place, confidence and notes; the rule adds message and fixes.
Report reportOf(const Finding &F);

} // namespace pooltidy

#endif

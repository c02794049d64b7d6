//===- Clearing.h - statements that clear members ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_CLEARING_H
#define POOLTIDY_RULES_CLEARING_H

#include "../Analysis.h"
#include "../model/ResetGaps.h"

namespace pooltidy {

/// `name`, `header.name`; for an anonymous union its first member.
std::string spell(const model::FieldPath &Path);

/// Adds the fix that clears everything that is left before the closing brace of
/// the reset; none where one of the members has no short way, or where the text
/// would not fit in.
void addClearing(const Analysis &A, const model::ResetGaps &Gaps, Report &R);

} // namespace pooltidy

#endif

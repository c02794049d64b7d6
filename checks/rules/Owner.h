//===- Owner.h - a raw name becomes an owner --------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_OWNER_H
#define POOLTIDY_RULES_OWNER_H

#include "../Analysis.h"

namespace pooltidy {

/// Adds the fix that makes the local pointer which \p F's acquire initialises an
/// owner: the model's handle, else a `std::unique_ptr` that puts. Its uses and
/// puts in the function are rewritten with it; nothing is added where one of
/// them has no such form, or where the object may have another owner.
void addOwner(const Analysis &A, const Finding &F, Report &R);

} // namespace pooltidy

#endif

//===- PolicyReset.h - what a pool's own policy resets ----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_POLICYRESET_H
#define POOLTIDY_MODEL_POLICYRESET_H

#include "Model.h"
#include "clang/AST/DeclCXX.h"

namespace pooltidy::model {

/// True when \p Class, a pool of \p Family, was given a policy whose reset, as
/// the model names it, is seen to do no more than look at its object.
bool policyResetsNothing(const Pool &Family, const clang::CXXRecordDecl &Class);

/// True when the body of \p M is there, and does no more than look at what it is
/// given.
bool leavesAlone(const clang::CXXMethodDecl &M);

} // namespace pooltidy::model

#endif

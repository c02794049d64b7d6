//===- OwnedPools.h - who reaches a pool in a member ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_OWNEDPOOLS_H
#define POOLTIDY_OWNEDPOOLS_H

#include "clang/AST/Decl.h"

namespace pooltidy {

/// True where the class of the member \p Pool lets one thread at a time use it:
/// each use in its methods holds a lock, or all are in the one thread that its
/// objects start. What happens while objects are made and destroyed does not
/// count; one use that is neither, and the answer is no.
bool isUsedByOneThread(const clang::FieldDecl &Pool);

} // namespace pooltidy

#endif

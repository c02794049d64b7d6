//===- Guards.h - owners that can be copied ---------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_GUARDS_H
#define POOLTIDY_ENGINE_GUARDS_H

#include "../model/Model.h"
#include "clang/AST/DeclCXX.h"
#include <optional>
#include <string>

namespace pooltidy {

class Tu;

/// A class whose destructor puts what a plain member holds, and of which two
/// objects can come to hold the same.
struct UnsafeGuard {
  const clang::CXXRecordDecl *Class = nullptr;
  std::string Field;
  bool Moves = false; ///< by a move that leaves the source as it was
  clang::SourceLocation Put; ///< the destructor
  const model::Pool *Family = nullptr;
};

/// Looks at the destructor \p D; nothing when its class is safe.
std::optional<UnsafeGuard> unsafeGuard(Tu &T, const clang::CXXDestructorDecl &D);

} // namespace pooltidy

#endif

//===- Closures.h - lambdas that something holds ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_CLOSURES_H
#define POOLTIDY_ENGINE_CLOSURES_H

#include "clang/AST/ExprCXX.h"

namespace pooltidy {

/// The body that a call of \p Function, a `std::function`, runs: where it is a
/// variable that was made of a lambda, and that all of \p Body only calls. Else
/// null.
const clang::CXXMethodDecl *heldBody(const clang::Expr *Function,
                                     const clang::Stmt *Body);

} // namespace pooltidy

#endif

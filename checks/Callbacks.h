//===- Callbacks.h - the functions that pools are told to call --*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which functions of the TU make objects for a pool, or reset them: lambdas,
// functions, methods of factory and policy classes, found where a pool is given
// them, by its type or by a model.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CALLBACKS_H
#define POOLTIDY_CALLBACKS_H

#include "engine/Functions.h"
#include "engine/Nulls.h"
#include "model/Classifier.h"
#include <vector>

namespace pooltidy {

struct PoolCallback {
  const model::Pool *Family = nullptr;
  const clang::FunctionDecl *Function = nullptr; ///< its definition
  bool IsFactory = false; ///< else it resets
  bool Nullable = false;  ///< the pool expects null of it
  bool Locked = false;    ///< the pool holds its lock while it calls
  /// Whether several threads use the pool.
  enum Sharing { Own, Unsure, Shared } Threads = Unsure;
  /// Where the pool is told of it; invalid when its type says so.
  clang::SourceLocation Given;
  std::vector<NullReturn> Nulls; ///< of a factory that is not Nullable
  const clang::CXXRecordDecl *Pool = nullptr; ///< of an acquire: whose it is
  const clang::CXXRecordDecl *Object = nullptr; ///< … and what it hands out
};

/// By place, each function once for each pool family.
std::vector<PoolCallback> poolCallbacks(clang::ASTContext &Context,
                                        model::Classifier &Classes,
                                        const FunctionSet &Functions);

/// The acquires, with bodies in user code, that may make an object themselves:
/// each once, as if it were a factory.
std::vector<PoolCallback> makingAcquires(clang::ASTContext &Context,
                                         model::Classifier &Classes,
                                         const FunctionSet &Functions);

} // namespace pooltidy

#endif

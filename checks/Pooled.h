//===- Pooled.h - what the pools of a TU hold -------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What checks over declarations start from: which types live in which pool,
// and where a reader would say that they do.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_POOLED_H
#define POOLTIDY_POOLED_H

#include "engine/Functions.h"
#include "model/Classifier.h"
#include <vector>

namespace pooltidy {

/// One type in one pool of user code.
struct PooledType {
  const model::Pool *Family = nullptr;
  const clang::CXXRecordDecl *Object = nullptr; ///< its definition
  /// Where the pool is declared: the class, where user code defines it and it
  /// is no template; else the variable or member that is the pool (the
  /// definition, else the first declaration); the first acquire where a
  /// function is the pool.
  clang::SourceLocation Loc;
  /// The pool's class, its specialisation for a template; null where functions
  /// are the pool.
  const clang::CXXRecordDecl *Pool = nullptr;
  const clang::NamedDecl *Decl = nullptr; ///< what stands at Loc, or null
};

/// Each type in each pool once, by place. Types that are not defined in this
/// TU, and pools of system headers, are left out.
std::vector<PooledType> pooledTypes(clang::ASTContext &Context,
                                    model::Classifier &Classes,
                                    const FunctionSet &Functions);

/// The type that a call of \p Acquire hands out, looking through pointers,
/// handles and out-parameters; null when it is none or not defined here.
const clang::CXXRecordDecl *handedOut(const clang::FunctionDecl &Acquire,
                                      const model::Operation &Op);

/// The names of both the pooled type and its pool, for Report::Types.
std::vector<std::string> typesOf(const PooledType &P);

} // namespace pooltidy

#endif

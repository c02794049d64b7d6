//===- Functions.h - which functions of a TU are worth a look ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_FUNCTIONS_H
#define POOLTIDY_ENGINE_FUNCTIONS_H

#include "../model/Classifier.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <vector>

namespace pooltidy {

/// The functions of user code that have bodies, with who calls whom: one walk
/// over the TU, no control flow graphs.
struct FunctionSet {
  unsigned Bodies = 0;
  std::vector<const clang::FunctionDecl *> Defined; ///< all of them
  /// Functions that themselves acquire, put or close, or own a handle.
  llvm::SetVector<const clang::FunctionDecl *> Direct;
  /// Callers by callee, both as the definitions.
  llvm::DenseMap<const clang::FunctionDecl *,
                 std::vector<const clang::FunctionDecl *>>
      Callers;
  /// Callers of virtual methods by the canonical method that is named.
  llvm::DenseMap<const clang::CXXMethodDecl *,
                 std::vector<const clang::FunctionDecl *>>
      VirtualCallers;
  /// Overriders with bodies by the canonical method that they override.
  llvm::MapVector<const clang::CXXMethodDecl *,
                  std::vector<const clang::CXXMethodDecl *>>
      Overriders;

  /// Whoever may call \p F: by its name, or through a class that it overrides.
  void callersOf(const clang::FunctionDecl &F,
                 llvm::SetVector<const clang::FunctionDecl *> &Out) const;
  /// Classes that are pools and written out: no templates, but specialisations.
  std::vector<const clang::CXXRecordDecl *> PoolClasses;
  /// What is made of templates that are pools.
  std::vector<const clang::CXXRecordDecl *> PoolInstances;
  /// Variables, members and parameters that are pools, in source order.
  std::vector<const clang::DeclaratorDecl *> Pools;
  /// Where a pool is copied: copy constructions and assignments, and arguments
  /// of library functions that copy what they are given.
  struct PoolExpr {
    const clang::Expr *At = nullptr;
    const clang::FunctionDecl *In = nullptr; ///< null outside of functions
  };
  std::vector<PoolExpr> Copies;
  /// Variables that are copies of what has a pool in it: of a pair, a struct.
  std::vector<const clang::VarDecl *> HolderCopies;
  /// Where a pool is told something: constructions with arguments, calls of its
  /// members that are neither acquire nor put, assignments to its members.
  std::vector<PoolExpr> Setups;
  bool StartsThreads = false; ///< the main file does, or what it leads to
  /// Each function that acquires, with its first call.
  llvm::MapVector<const clang::FunctionDecl *, clang::SourceLocation> Acquires;
};

/// The class of a pool that \p R has by value and copies as it is; or null.
const clang::CXXRecordDecl *poolWithin(const clang::CXXRecordDecl &R,
                                       model::Classifier &Classes);

FunctionSet collectFunctions(clang::ASTContext &Context,
                             model::Classifier &Classes);

} // namespace pooltidy

#endif

//===- BodyNames.h - names that pools' own code uses --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_BODYNAMES_H
#define POOLTIDY_MODEL_BODYNAMES_H

#include "clang/AST/Stmt.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace pooltidy::model {

/// Members of containers that put something in, take it out, or do both.
bool isFillName(llvm::StringRef Name);
bool isDrainName(llvm::StringRef Name);
bool isExchangeName(llvm::StringRef Name);
/// Members that chain or mark an object while it lies in the pool.
bool isBookkeeping(llvm::StringRef Member);
/// Members that count references.
bool isCounter(llvm::StringRef Member);
/// How large an object's storage is: asked, or given back.
bool isCapacityWord(llvm::StringRef Name);
/// How many there are: `free_.size() < max`, `count_ >= kMax`, `idle_.full()`.
bool isCountWord(llvm::StringRef Name);

/// The name that a call, member or name in a template has; empty for others.
llvm::StringRef wordOf(const clang::Stmt *S);
/// True when \p Is holds for a name in \p S.
bool mentions(const clang::Stmt *S, llvm::function_ref<bool(llvm::StringRef)> Is);

} // namespace pooltidy::model

#endif

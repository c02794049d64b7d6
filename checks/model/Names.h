//===- Names.h - what names say ---------------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The vocabulary: which words stand for a pool, an acquire, a put, a reset.
// Works on text alone, but for the functions that spell a declaration.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_NAMES_H
#define POOLTIDY_MODEL_NAMES_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace clang {
class Decl;
class DeclContext;
class DeclarationName;
class NamedDecl;
} // namespace clang

namespace pooltidy::model {

/// The words of a snake or camel case name, in lower case: `HTTPConnPool` is
/// http, conn, pool; `m_free_list` is m, free, list. Digits end no word.
using Words = llvm::SmallVector<std::string, 4>;
Words splitWords(llvm::StringRef Name);

/// `ns::Class` of a context as modelName() spells it; empty at top level.
std::string contextName(const clang::DeclContext *Context);
/// The last component of modelName(): `get`, `operator new`, `~Class`.
std::string simpleName(const clang::NamedDecl &D);

/// The identifier; empty for operators, constructors and what has no name.
llvm::StringRef nameOf(clang::DeclarationName N);
llvm::StringRef nameOf(const clang::NamedDecl &D);
/// The same, also empty for null.
llvm::StringRef nameOf(const clang::NamedDecl *D);

inline bool isOneOf(llvm::StringRef Word,
                    std::initializer_list<llvm::StringRef> Of) {
  return llvm::is_contained(Of, Word);
}

/// True when \p Text is \p Pattern, in which each `*` stands for anything.
bool globMatch(llvm::StringRef Pattern, llvm::StringRef Text);

enum class PoolWord {
  None,
  Contains, ///< PoolBase, Recycler, free_list
  Ends      ///< BufferPool, bufpool
};
/// What a class name says: pools of threads, strings, constants, descriptors
/// and the like are None, and so are caches and guards (`PooledConnection`). A
/// JobPool is one that runs jobs, unless \p Object, what it is known to give and to
/// take back, is a Job.
PoolWord poolWord(llvm::StringRef ClassName, llvm::StringRef Object = "");
/// True when poolWord may say anything else than None for some object.
bool mayNamePool(llvm::StringRef ClassName);
/// True for `acquire`, `borrow`, …: what is got so is given back.
bool isLendName(llvm::StringRef Name);

/// True for `get`, `tryAcquire`, `borrow_object`, `CreateObject`, …
bool isAcquireName(llvm::StringRef Name);
/// True for `put`, `release`, `returnObject`, `give_back`, `Deallocate`, …
bool isPutName(llvm::StringRef Name);
/// True for `try_get`, `TryAcquire`, …
bool isTryName(llvm::StringRef Name);
/// True when a reset word stands anywhere: `on_recycle`, `deactivate`.
bool mentionsReset(llvm::StringRef Name);
/// True for types that stand for something outside the program: `Connection`,
/// `SqlSession`, `FileHandle`.
bool isResourceName(llvm::StringRef TypeName);
/// True for types that are raw storage: `Block`, `Chunk`, `MemPool`.
bool isMemoryName(llvm::StringRef TypeName);

} // namespace pooltidy::model

#endif

//===- Arrays.h - std::array as the array that it is -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_ARRAYS_H
#define POOLTIDY_ENGINE_ARRAYS_H

#include "Places.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace pooltidy {

/// The array within a std::array: its elements are those of the whole.
bool isArrayWithin(const clang::FieldDecl &F);
/// How many elements an array or std::array has, where its type says so.
std::optional<uint64_t> elementsOf(clang::QualType T, const clang::ASTContext &C);
/// The type of these elements.
clang::QualType elementType(clang::QualType T, const clang::ASTContext &C);
/// True where \p V, the variable of a range loop or a pointer to pointers, starts at
/// the first element of such an array: `T **p = a`, `auto it = a.begin()`.
bool startsWithin(const clang::VarDecl &V, const clang::ASTContext &C);
/// The index of the element that a member of std::array shows, `a[1]`,
/// `a.front()`; AnyElement for members of other classes, and where nobody knows.
SymbolId elementShown(const clang::CXXMethodDecl &M,
                      llvm::ArrayRef<const clang::Expr *> Args,
                      const clang::ASTContext &C);
/// What a member of std::array answers for any object: `a.size()`.
std::optional<int64_t> arrayAnswer(const clang::CXXMethodDecl &M);

} // namespace pooltidy

#endif

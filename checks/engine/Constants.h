//===- Constants.h - values that are known at compile time ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_CONSTANTS_H
#define POOLTIDY_ENGINE_CONSTANTS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <string>
#include <vector>

namespace pooltidy {

/// A number that clang's evaluator knows. A double holds every option that
/// somebody writes; durations count nanoseconds.
struct Constant {
  double Number = 0;
  bool IsTime = false; ///< nanoseconds, from a std::chrono::duration
  bool IsTruth = false; ///< 0 or 1, written as a truth value
};

/// True for a local variable that still holds what it was initialised with.
using IsUnchanged = llvm::function_ref<bool(const clang::VarDecl &)>;

/// The number, truth value or duration that \p E is.
std::optional<Constant> numberOf(const clang::Expr &E,
                                 clang::ASTContext &Context, IsUnchanged Holds);

/// The string literal that \p E is, or is made from: `"a"`, `"a"s`,
/// `std::string("a")`, `uri{"a"}`, a constant that holds one. Null when there
/// is none.
const clang::StringLiteral *textOf(const clang::Expr &E, IsUnchanged Holds);

/// \p E without what the compiler adds around it.
const clang::Expr *bare(const clang::Expr &E);

/// `key=value` of a text and where they stand in it. The keys of an object in
/// a JSON object are `outer.inner`.
struct TextEntry {
  std::string Key;
  std::string Value; ///< without quotes
  unsigned At = 0;   ///< offset of the value in the text
};
/// The keys of a JSON object; none when the text is no JSON.
std::vector<TextEntry> jsonEntries(llvm::StringRef Text);
/// The keys behind the `?` of a URI.
std::vector<TextEntry> uriEntries(llvm::StringRef Text);

/// `25`, `0.5`, `true`, `100ms` as they stand in such texts; \p Unit is what a
/// plain 1 is in nanoseconds, 0 for no time.
std::optional<Constant> numberIn(llvm::StringRef Value, double Unit);

} // namespace pooltidy

#endif

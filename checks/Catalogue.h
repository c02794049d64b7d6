//===- Catalogue.h - the checks as a table ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CATALOGUE_H
#define POOLTIDY_CATALOGUE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pooltidy {

class Analysis;
class Reporter;

enum class Category { State, Finalizer, Resource, Lifetime, Protocol };
enum class CheckLevel { Default, Strict, Perf };
enum class FixKind { None, Safe, Unsafe };
enum class MergePolicy { Any, All };

/// One line of Checks.def.
struct CheckInfo {
  void (*Run)(const Analysis &, Reporter &);
  llvm::StringLiteral Slug;
  Category In;
  CheckLevel Level;
  unsigned Cwe; ///< 0: none
  FixKind Fix;
  MergePolicy Merge;
  llvm::StringLiteral Summary;
};

/// All checks in the order of Checks.def.
llvm::ArrayRef<CheckInfo> catalogue();
/// The check with that slug, or null.
const CheckInfo *findCheck(llvm::StringRef Slug);
/// The words used in tables: "state", "default", "unsafe", ….
llvm::StringRef toWord(Category C);
llvm::StringRef toWord(CheckLevel L);
llvm::StringRef toWord(FixKind F);

} // namespace pooltidy

#endif

//===- Catalogue.cpp - the checks as a table ------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Catalogue.h"

namespace pooltidy {

#define POOL_CHECK(Function, Slug, In, Level, Cwe, Fix, Merge, Summary)        \
  void Function(const Analysis &, Reporter &);
#include "Checks.def"
#undef POOL_CHECK

llvm::ArrayRef<CheckInfo> catalogue() {
  static const CheckInfo Table[] = {
#define POOL_CHECK(Function, Slug, In, Level, Cwe, Fix, Merge, Summary)        \
  {Function,      Slug, Category::In, CheckLevel::Level, Cwe, FixKind::Fix,    \
   MergePolicy::Merge, Summary},
#include "Checks.def"
#undef POOL_CHECK
  };
  return Table;
}

const CheckInfo *findCheck(llvm::StringRef Slug) {
  for (const CheckInfo &C : catalogue())
    if (C.Slug == Slug)
      return &C;
  return nullptr;
}

llvm::StringRef toWord(Category C) {
  switch (C) {
  case Category::State: return "state";
  case Category::Finalizer: return "finalizer";
  case Category::Resource: return "resource";
  case Category::Lifetime: return "lifetime";
  case Category::Protocol: return "protocol";
  }
  return "";
}

llvm::StringRef toWord(CheckLevel L) {
  switch (L) {
  case CheckLevel::Default: return "default";
  case CheckLevel::Strict: return "strict";
  case CheckLevel::Perf: return "perf";
  }
  return "";
}

llvm::StringRef toWord(FixKind F) {
  switch (F) {
  case FixKind::None: return "none";
  case FixKind::Safe: return "safe";
  case FixKind::Unsafe: return "unsafe";
  }
  return "";
}

} // namespace pooltidy

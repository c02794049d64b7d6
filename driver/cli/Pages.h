//===- Pages.h - the pages of docs/checks, compiled in ----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLI_PAGES_H
#define POOLTIDY_CLI_PAGES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pooltidy::cli {

/// docs/checks/<slug>.md.
struct Page {
  llvm::StringRef Slug, Text;
};

/// All pages in the order of their slugs.
llvm::ArrayRef<Page> pages();

} // namespace pooltidy::cli

#endif

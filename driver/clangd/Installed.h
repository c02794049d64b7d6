//===- Installed.h - the files that the server needs ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLANGD_INSTALLED_H
#define POOLTIDY_CLANGD_INSTALLED_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace pooltidy::clangd {

/// Clang's own headers: those beside the program, else those of the clang it
/// was built with. Empty when neither is there.
std::string resourceDirectory();

/// The page of a check as a file:// URI: the installed one, else the one in
/// the sources. Empty when neither is there.
std::string pageUri(llvm::StringRef Slug);

} // namespace pooltidy::clangd

#endif

//===- TidyVersion.h - what differs between clang-tidy 19 and 22 -*- C++
//-*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_PLUGIN_TIDYVERSION_H
#define POOLTIDY_PLUGIN_TIDYVERSION_H

#include "clang-tidy/ClangTidyModule.h"
#include "llvm/Config/llvm-config.h"
// Deprecated in 22, where ClangTidyModule.h has all of it, and gone in 24.
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

#endif

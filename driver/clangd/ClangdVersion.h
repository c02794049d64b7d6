//===- ClangdVersion.h - what is taken from clangd 19 and 22 ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// clangd is installed as a library without headers or points of extension, so
// some of its functions are wrapped when it is linked (`--wrap`; CMakeLists.txt
// takes the names from here): whoever calls one of them calls `__wrap_NAME`,
// and `__real_NAME` is the original. A name that this clangd does not have
// fails the link.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_CLANGD_CLANGDVERSION_H
#define POOLTIDY_CLANGD_CLANGDVERSION_H

#include "clang-tidy/ClangTidyOptions.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"

/// Follow a declaration: what clangd calls instead, and what it meant.
#define POOLTIDY_WRAPPER(Name) asm("__wrap_" Name)
#define POOLTIDY_ORIGINAL(Name) asm("__real_" Name)

// clang-format off
#define POOLTIDY_IS_FAST_TIDY_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define POOLTIDY_PROVIDE_DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"
#define POOLTIDY_DIAGNOSTICS_TO_JSON "_ZN5clang6clangd6toJSONERKNS0_24PublishDiagnosticsParamsE"
#if LLVM_VERSION_MAJOR >= 22
#define POOLTIDY_BUILD_PREAMBLE "_ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llvm12MemoryBufferENS_14PreambleBoundsENS4_18IntrusiveRefCntPtrINS_17DiagnosticsEngineEEENS9_INS4_3vfs10FileSystemEEESt10shared_ptrINS_22PCHContainerOperationsEEbNS4_9StringRefERNS_17PreambleCallbacksE"
#else
#define POOLTIDY_BUILD_PREAMBLE "_ZN5clang19PrecompiledPreamble5BuildERKNS_18CompilerInvocationEPKN4llvm12MemoryBufferENS_14PreambleBoundsERNS_17DiagnosticsEngineENS4_18IntrusiveRefCntPtrINS4_3vfs10FileSystemEEESt10shared_ptrINS_22PCHContainerOperationsEEbNS4_9StringRefERNS_17PreambleCallbacksE"
#endif
// clang-format on

namespace pooltidy::clangd {

#if LLVM_VERSION_MAJOR >= 22
/// What provideDefaultChecks() gives: changes the options of a file.
using TidyDefaults = llvm::unique_function<void(
    clang::tidy::ClangTidyOptions &, llvm::StringRef) const>;
/// How a preamble is given the diagnostics.
using PreambleDiagnostics = llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>;
#else
using TidyDefaults =
    llvm::function_ref<void(clang::tidy::ClangTidyOptions &, llvm::StringRef)>;
using PreambleDiagnostics = clang::DiagnosticsEngine &;
#endif

} // namespace pooltidy::clangd

#endif

//===- TaskStarts.h - types whose constructors start a thread ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TASKSTARTS_H
#define POOLTIDY_ENGINE_TASKSTARTS_H

#include "../model/Classifier.h"

namespace pooltidy {

/// True when an object that \p F, of the standard library, makes of its
/// arguments is one whose constructor starts a thread:
/// `threads.emplace_back(work)`. It is the library's code that calls the
/// constructor, which nobody sees.
bool makesThread(const clang::FunctionDecl &F, model::Classifier &Classes);

} // namespace pooltidy

#endif

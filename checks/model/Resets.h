//===- Resets.h - what makes an object as good as new -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_RESETS_H
#define POOLTIDY_MODEL_RESETS_H

#include "Classifier.h"

namespace pooltidy::model {

/// Whether \p R has a reset-like method. Where it has several nobody knows which
/// one is meant (see Classifier::resetMethod), but there is one to be called.
bool hasResetMethod(Classifier &Classes, const clang::CXXRecordDecl &R);

} // namespace pooltidy::model

#endif

//===- SameObject.h - returns that give no new object -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_SAMEOBJECT_H
#define POOLTIDY_SAMEOBJECT_H

#include "model/Classifier.h"
#include <string>
#include <vector>

namespace pooltidy {

/// A return of a factory whose object is not a new one.
struct NotNew {
  clang::SourceLocation Return;
  std::string Object;
  bool LeftOver = false; ///< a used object, or one that was filled
  clang::SourceLocation At; ///< the one object, or what filled it
};

/// The returns of \p F that give one same object each time (the address of a
/// static, captured or member variable, a pointer that is made once), one that
/// was taken from where used ones lie, or one that was filled.
std::vector<NotNew> notNew(const clang::FunctionDecl &F,
                           model::Classifier &Classes);

} // namespace pooltidy

#endif

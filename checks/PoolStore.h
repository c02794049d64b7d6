//===- PoolStore.h - what a copy of a pool duplicates -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_POOLSTORE_H
#define POOLTIDY_POOLSTORE_H

#include "model/Classifier.h"

namespace pooltidy {

/// The member in which objects of the pool \p R, or pointers to them, lie, when
/// a copy of the pool gets one of its own with the same content. Null when
/// copies share the store, hold none, or begin with an empty one.
const clang::FieldDecl *duplicatedStore(const clang::CXXRecordDecl &R,
                                        model::Classifier &Classes);

} // namespace pooltidy

#endif

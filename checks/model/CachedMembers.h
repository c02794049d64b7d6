//===- CachedMembers.h - members that follow from others --------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_CACHEDMEMBERS_H
#define POOLTIDY_MODEL_CACHEDMEMBERS_H

#include "FieldWrites.h"

namespace pooltidy::model {

/// True for a hidden `mutable` member that owns nothing, where all that is seen to
/// change it are const methods, which set it anew whatever it was: what it holds
/// follows from the rest of the object, and says nothing that the rest does not.
bool isCached(const clang::FieldDecl &F, FieldReader &Reader,
              Classifier &Classes, clang::ASTContext &Context);

/// True for a hidden `mutable` member that only const methods change, each of them
/// where the version that it last saw is not that of the object: \p Reset counts
/// that on, so that nobody believes what is there.
bool isVersioned(const clang::FieldDecl &F, const Accesses &Reset,
                 FieldReader &Reader, Classifier &Classes);

} // namespace pooltidy::model

#endif

//===- ViewTypes.h - types that own, and types that look ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_VIEWTYPES_H
#define POOLTIDY_ENGINE_VIEWTYPES_H

#include "clang/AST/DeclCXX.h"

namespace pooltidy {

/// A class whose objects look at storage of others: `gsl::Pointer`, which clang
/// itself puts on string_view, span and the iterators of standard containers, and
/// whatever says that it is an iterator.
bool isViewClass(const clang::CXXRecordDecl *R);
/// A class whose objects own what they show: `gsl::Owner`, which clang itself
/// puts on standard containers, strings and optional. No shared owner.
bool isOwnerClass(const clang::CXXRecordDecl *R);
/// Pointers, references, views, and pairs and optionals of views.
bool isViewType(clang::QualType T);
/// The result looks into the object that \p F is called on: `[[clang::lifetimebound]]`.
bool isBoundToThis(const clang::FunctionDecl &F);
/// The result (or the object that it constructs) looks into argument \p I.
bool isBoundTo(const clang::FunctionDecl &F, unsigned I);

} // namespace pooltidy

#endif

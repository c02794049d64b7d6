//===- ViewTypes.h - types that own, and types that look ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_VIEWTYPES_H
#define POOLTIDY_ENGINE_VIEWTYPES_H

#include "clang/AST/DeclTemplate.h"

namespace pooltidy {

/// A class whose objects look at storage of others: `gsl::Pointer`, which clang
/// itself puts on string_view, span and the iterators of standard containers, and
/// whatever says that it is an iterator, or a view of ranges that are not its own.
bool isViewClass(const clang::CXXRecordDecl *R);
/// A class whose objects own what they show: `gsl::Owner`, which clang itself
/// puts on standard containers, strings and optional. No shared owner.
bool isOwnerClass(const clang::CXXRecordDecl *R);
/// Pointers, references, views, and pairs, tuples and optionals of them.
bool isViewType(clang::QualType T);
/// A class of the library that holds views as they were given:
/// `optional<span<int>>`; else null.
const clang::ClassTemplateSpecializationDecl *holderOfViews(clang::QualType T);
/// What the elements of a container of the library are; null for other classes.
clang::QualType elementOf(const clang::CXXRecordDecl *R);
/// An iterator of the container \p R.
bool isPositionIn(const clang::CXXRecordDecl &R, clang::QualType T);
/// A map's `second` in what its elements are, where that or the key is a view.
const clang::FieldDecl *mappedView(const clang::CXXRecordDecl *R);
/// Whether a \p View that is made of \p Of looks where that looks, or into that.
bool isMadeOf(clang::QualType View, clang::QualType Of);
/// The result looks into the object that \p F is called on: `[[clang::lifetimebound]]`.
bool isBoundToThis(const clang::FunctionDecl &F);
/// The result (or the object that it constructs) looks into argument \p I.
bool isBoundTo(const clang::FunctionDecl &F, unsigned I);

} // namespace pooltidy

#endif

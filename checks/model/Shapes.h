//===- Shapes.h - how a lease travels through a type ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which object a parameter or a result stands for: `T *`, `T &`, `T **`,
// `std::unique_ptr<T, D>`, a handle with operator->, a value, an index.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_SHAPES_H
#define POOLTIDY_MODEL_SHAPES_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"

namespace pooltidy::model {

struct Shape {
  enum Form {
    None,
    Pointer,   ///< T *
    Reference, ///< T &
    Smart,     ///< a class that owns or shows a T, see Holder
    Value,     ///< a class by value
    Integer    ///< an id or index
  } As = None;
  clang::QualType Object; ///< canonical and unqualified; the integer for ids
  const clang::CXXRecordDecl *Holder = nullptr; ///< of Smart
  bool Indirect = false; ///< T ** or T *&: what the argument points to

  explicit operator bool() const { return As != None; }
};

/// The shape of a function's result. `bool` and `void` have none.
Shape shapeOfResult(clang::QualType T);
/// The shape of a parameter. Things passed to be read only have none, but for
/// pointers to const, which some puts take.
Shape shapeOfParameter(clang::QualType T);

/// True for a plain value of class type that says how a call went, and can be
/// asked: a std::error_code, a Status with ok().
bool isStatusClass(clang::QualType T);
/// The method of the class \p T that says by its name that nothing failed; or null.
const clang::CXXMethodDecl *okOf(clang::QualType T);

/// The class of \p T, or of the template that a dependent \p T names.
const clang::CXXRecordDecl *recordOf(clang::QualType T);
/// Template argument \p Index of \p T, or of the class \p R, when it is a type, else
/// null.
clang::QualType templateArgument(clang::QualType T, unsigned Index);
clang::QualType templateArgument(const clang::CXXRecordDecl &R, unsigned Index);
/// The type arguments of \p S, with those of its packs.
llvm::SmallVector<clang::QualType, 4>
typeArguments(const clang::ClassTemplateSpecializationDecl &S);
/// True for `std::Name`, inline namespaces of the library included.
bool isStd(const clang::CXXRecordDecl &R, llvm::StringRef Name);
/// Where the members of \p R stand: its definition or, of an instance that nobody
/// has needed yet, its template's; null where there is none.
const clang::CXXRecordDecl *definitionOf(const clang::CXXRecordDecl &R);
/// `first` or `second` of a std::pair; null of other classes.
const clang::FieldDecl *memberOfPair(const clang::CXXRecordDecl &R, unsigned I);
/// \p R itself, or for a class template's specialisation what it was made from.
const clang::CXXRecordDecl *patternOf(const clang::CXXRecordDecl &R);
/// The function that \p F was instantiated from, else \p F.
const clang::FunctionDecl *patternOf(const clang::FunctionDecl &F);
/// What \p C calls; in a template, the only function that it can be; or null.
const clang::FunctionDecl *calleeOf(const clang::CallExpr &C);
/// The body of \p F or of its pattern; null when none is seen.
const clang::Stmt *bodyOf(const clang::FunctionDecl &F,
                          const clang::FunctionDecl *&Definition);

} // namespace pooltidy::model

#endif

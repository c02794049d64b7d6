//===- ClassifierImpl.h - the classifier's memory ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_CLASSIFIERIMPL_H
#define POOLTIDY_MODEL_CLASSIFIERIMPL_H

#include "Attributes.h"
#include "Classifier.h"
#include "Heuristics.h"
#include "ModelIndex.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

namespace pooltidy::model {

struct Classifier::Impl {
  Impl(const ModelSet &Models, clang::ASTContext &Context)
      : Context(Context), Index(Models) {}

  clang::ASTContext &Context;
  ModelIndex Index;

  /// Answers by canonical declaration; what is unknown shares one answer.
  llvm::DenseMap<const clang::FunctionDecl *, const CallMeaning *> Calls;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeMeaning *> Types;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Resets;
  const CallMeaning NoCall;
  const TypeMeaning NoType;

  /// Families found in the code and what they consist of. Deques, since
  /// answers point into them.
  std::deque<Pool> Families;
  std::deque<Operation> Operations;
  std::deque<Handle> Handles;
  std::deque<FunctionRule> FunctionRules;
  std::deque<TypeRule> TypeRules;
  std::deque<CallMeaning> CallAnswers;
  std::deque<TypeMeaning> TypeAnswers;
  llvm::DenseMap<const clang::FunctionDecl *, CallMeaning> Members;
  llvm::StringMap<Pool *> ByTag;
  llvm::DenseMap<const clang::Type *, Pool *> ByObject;
  /// Families of the models, with what bodies told of them.
  llvm::DenseMap<const Pool *, const Pool *> AsRead;
  std::deque<Pool> Told;
  bool AllSeen = false; ///< every class of user code was looked at
  bool AnnotatedSeen = false; ///< … and every function with attributes

  /// Classes and functions that are the implementation of these families
  /// beside the pool's own members: friends, deleters, second families.
  llvm::DenseMap<const clang::Decl *, llvm::SmallVector<const Pool *, 1>> Code;

  // Classifier.cpp
  const CallMeaning &call(const clang::FunctionDecl &F);
  CallMeaning computeCall(const clang::FunctionDecl &F);
  void askModels(const clang::FunctionDecl &F, const ModelIndex::Named &N,
                 CallMeaning &M);
  bool isDenied(const clang::FunctionDecl &F, const Pool &Family);

  // Resets.cpp
  bool computeReset(const clang::FunctionDecl &F);

  // ClassifierTypes.cpp
  const TypeMeaning &type(const clang::CXXRecordDecl &R);
  TypeMeaning computeType(const clang::CXXRecordDecl &R);
  /// Takes a unique_ptr for a handle when its deleter is seen to put.
  void askDeleter(const clang::CXXRecordDecl &R, TypeMeaning &M);
  /// The family that some call in \p Body puts \p Object into, or null.
  const Pool *putBy(const clang::Stmt *Body, const clang::VarDecl &Object);
  bool isUserCode(const clang::Decl &D) const;
  /// True when \p Context lies in the implementation of a family, or of \p Of.
  bool isCodeOf(const clang::DeclContext *Context, const Pool *Of);
  void noteFriends(const clang::CXXRecordDecl &R, const Pool &Family);
  /// Makes \p Found known; the pool that answers for it.
  Pool *adopt(FoundPool &&Found, const clang::CXXRecordDecl *Class);

  // Conventions.cpp
  /// \p P of a model, or where it does not say who resets, and its bodies do, a
  /// family of this TU that does.
  const Pool *toldByBodies(const Pool *P);

  // Families.cpp
  /// The family that annotations in \p R make of it, or null.
  Pool *classFamily(const clang::CXXRecordDecl &R);
  CallMeaning attributeCall(const clang::FunctionDecl &F, AttributeOp A);
  Pool &familyFor(const clang::FunctionDecl &F, const AttributeOp &A);

  // Explain.cpp
  /// Calls \p Do on each class and function that user code declares, in
  /// source order; templates once, by their pattern.
  void forEachUserDecl(
      llvm::function_ref<void(const clang::NamedDecl &)> Do) const;
};

} // namespace pooltidy::model

#endif

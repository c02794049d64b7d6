//===- ActionsImpl.h - reading bodies for actions ---------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_ACTIONSIMPL_H
#define POOLTIDY_MODEL_ACTIONSIMPL_H

#include "Actions.h"
#include "Contents.h"
#include "Locks.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <set>
#include <tuple>

namespace pooltidy::model {

/// What an expression has to do with the object asked about.
struct Origin {
  enum Of {
    Unknown,
    Self, ///< the object, or a pointer to it
    Part  ///< a member, or something reached through it
  } Is = Unknown;
  const clang::FieldDecl *Member = nullptr; ///< of Part: the object's own
  llvm::SmallVector<const clang::FieldDecl *, 2> Path; ///< of Part: below it
  bool Owned = false; ///< of Part: it ends with the object
  bool Raw = false;   ///< of Part: a pointer that may own what it points to

  explicit operator bool() const { return Is != Unknown; }
  const clang::FieldDecl *lowest() const {
    return Path.empty() ? Member : Path.back();
  }
};

inline Origin self() {
  Origin O;
  O.Is = Origin::Self;
  return O;
}

struct ActionReader::Impl {
  Impl(Classifier &Classes, llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere)
      : Classes(Classes), Given(Elsewhere), Mutexes(Classes, Elsewhere) {}

  Classifier &Classes;
  Contents Given;
  Locks Mutexes;

  // Of one question.
  Actions Out;
  llvm::SmallVector<ActionStep, 4> Through;
  const clang::CXXRecordDecl *Asked = nullptr; ///< the object's class
  llvm::SmallPtrSet<const clang::FieldDecl *, 2> Holding; ///< point to it
  bool ByType = false; ///< whatever is one is the object
  bool Destroying = false;
  bool ByMember = false; ///< within the destruction of a member
  bool Once = false;     ///< within what is called once for each object
  unsigned Depth = 0;
  std::set<std::tuple<const void *, int, const void *>> Entered;
  llvm::SmallPtrSet<const clang::Expr *, 4> Starters; ///< told of already

  /// One body that is being read.
  struct Frame {
    Origin This;
    llvm::DenseMap<const clang::ValueDecl *, Origin> Variables;
    const clang::Stmt *Body = nullptr;
  };
  Frame *Now = nullptr;

  void begin(const clang::CXXRecordDecl &Object);
  bool isUserCode(const clang::Decl &D) const;
  Action *add(ActionKind Kind, const Origin &To, const clang::NamedDecl *What,
           clang::SourceLocation Loc, const Pool *Family = nullptr);

  // Actions.cpp: bodies and expressions
  /// True when there was a body of user code to read.
  bool read(const clang::FunctionDecl &F, Origin This,
            llvm::ArrayRef<Origin> Arguments);
  void visit(const clang::Stmt *S);
  void visitVariable(const clang::VarDecl &V);
  void visitLock(const clang::ValueDecl &Mutex, Origin O,
                 clang::SourceLocation Loc);
  void visitAssignment(const clang::Expr &To, const clang::Expr &From,
                       clang::SourceLocation Loc);
  /// \p O is given another value.
  void renewed(const Origin &O, clang::SourceLocation Loc);
  void countedUp(const clang::Expr &E, clang::SourceLocation Loc);
  Origin originOf(const clang::Expr *E);
  Origin memberOf(Origin Base, const clang::FieldDecl &F);
  /// What \p E constructs or calls to start a thread or the like; it then
  /// belongs to whoever asked.
  const clang::FunctionDecl *starterIn(const clang::Expr *E);
  /// \p Made goes to whoever called this: what it starts is his to wait for.
  void handedOut(const clang::Expr *Made);
  /// \p T is the object's class, or leads to one, where types tell.
  bool isByType(clang::QualType T) const;

  // ActionCalls.cpp: what a call does
  struct Call {
    const clang::Expr *Whole = nullptr;
    const clang::FunctionDecl *Callee = nullptr;
    Origin Receiver;
    llvm::SmallVector<Origin, 4> Arguments;
    clang::SourceLocation Loc;
    bool Dispatched = false; ///< which overrider runs is not known
  };
  void visitCall(const clang::CallExpr &C);
  void visitConstruction(const clang::CXXConstructExpr &C);
  void call(const Call &C);
  void start(const Call &C);
  bool callStored(const clang::CallExpr &C);
  void callByName(const clang::CXXDependentScopeMemberExpr &M,
                  const clang::CallExpr &C);
  void runArguments(const clang::CallExpr &C);
  /// True when \p C swaps the object, or a part of it, with another that ends
  /// then: all that the object's end does is done.
  bool swapsWithPassing(const clang::CallExpr &C);
  bool unregisters(const Call &C);
  bool notifies(const Call &C);
  /// True for the object, and for a lambda that captured it.
  bool givesSelf(const clang::Expr &E);

  // Destruction.cpp: what ends with an object
  void destroy(const clang::CXXRecordDecl &R, Origin O);
  void destroyType(clang::QualType T, Origin O, const clang::FieldDecl *Holder);
  void destroyStd(const clang::CXXRecordDecl &R, clang::QualType T, Origin O,
                  const clang::FieldDecl *Holder);
  /// \p T is what \p Holder is, or holds.
  void destroyContent(const clang::FieldDecl &Holder, clang::QualType T,
                      Origin O);
  /// What a virtual destructor of \p Base ends, as far as \p Holder's code says.
  void destroyDerived(const clang::FieldDecl &Holder, clang::QualType Base,
                      Origin O);
  void deleteWith(const clang::FunctionDecl &Deleter, Origin O);
  /// True when a model says what ends here.
  bool endsByModel(const clang::CXXRecordDecl &R, Origin O,
                   clang::SourceLocation Loc);
};

} // namespace pooltidy::model

#endif

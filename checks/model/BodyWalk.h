//===- BodyWalk.h - the walk behind FieldReader -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// BodyWalk.cpp has names, statements and expressions, BodyWalkCalls.cpp what is
// done by calls, BodyWalkLoops.cpp loops over all elements of an array,
// FreshObjects.cpp which objects a body has just made.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_BODYWALK_H
#define POOLTIDY_MODEL_BODYWALK_H

#include "FieldWrites.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallSet.h"

namespace pooltidy::model {

/// Walks over one body and, for one object, over the bodies it is given to.
class BodyWalk {
public:
  BodyWalk(FieldReader &Reader, Accesses &Out, bool Follow,
           const clang::CXXRecordDecl *Dynamic)
      : Reader(Reader), Out(Out), Follow(Follow), Dynamic(Dynamic) {}

  /// \p Object is the parameter that is the object; null: `this` is.
  void enter(const clang::FunctionDecl &Body, const clang::ParmVarDecl *Object);

  /// What an expression names, or as a pointer leads to.
  struct Ref {
    bool Known = false;
    bool OfThis = false;
    bool Inside = false;
    bool Behind = false;
    FieldPath Path;
    bool Fresh = false; ///< of an object that this body has made
  };
  Ref refOf(const clang::Expr *E);

private:
  enum Manner : uint8_t { Plainly, Deletes, Steps, Grows, Alters, Empties };

  static Ref inside(Ref R);
  static bool isOwnBehind(const Ref &R);
  Ref refOfMember(const clang::MemberExpr &M);
  Ref refOfCall(const clang::CallExpr &C);
  /// The object that a member is called on; null for other calls.
  static const clang::Expr *objectOf(const clang::CallExpr &C);
  void record(const Ref &R, Touch How, const clang::Expr *At,
              const clang::Expr *Value, Manner Way = Plainly);
  /// \p E is named in order to do \p How to it.
  void access(const clang::Expr *E, Touch How,
              const clang::Expr *Value = nullptr, Manner Way = Plainly);
  /// What stands on the way to what \p E names.
  void chain(const clang::Expr *E, Touch How);
  void visit(const clang::Stmt *S);
  void expression(const clang::Expr *E);
  void initialiser(const clang::CXXCtorInitializer &I);
  void declare(const clang::VarDecl &V);
  void range(const clang::CXXForRangeStmt &For);

  // BodyWalkLoops.cpp
  void loop(const clang::ForStmt &For);
  /// What stands below a condition happens to some elements only.
  void below(const clang::Stmt &Condition);
  /// True when the first that \p For does is to set its element.
  static bool beginsAnew(const clang::CXXForRangeStmt &For);
  /// True when the loops around set all elements of an array by assigning to
  /// \p E.
  bool isEachElement(const clang::Expr *E) const;

  // FreshObjects.cpp
  /// \p E makes an object, or names one that this body made and nobody else
  /// has put something else in its place.
  bool isFresh(const clang::Expr *E) const;
  /// \p E is a variable of a class that is itself the object.
  static bool isLocal(const clang::Expr *E);
  /// \p To is given \p Value, or by null something that is not seen.
  void forget(const clang::Expr *To, const clang::Expr *Value);
  /// \p S goes several ways: what is fresh behind it is so on all of them.
  void ways(const clang::Stmt &S);
  /// Does \p Way after what is known now, and leaves what is fresh without it too.
  void maybe(const clang::Stmt *Way);
  using FreshSet = llvm::SmallPtrSet<const clang::ValueDecl *, 8>;
  static FreshSet onBoth(const FreshSet &A, const FreshSet &B);
  void hand(const clang::FunctionDecl *To, const clang::ParmVarDecl *As,
            clang::QualType T, const clang::Expr *Object, bool Alone);

  // BodyWalkCalls.cpp
  void call(const clang::CallExpr &C, Touch Wanted);
  /// memset(&first, 0, n) with more than the first member: whoever writes that
  /// means the rest of the object.
  bool zeroesMore(const clang::CallExpr &C, const clang::FunctionDecl &F);
  void method(const clang::CallExpr &C, const clang::CXXMethodDecl &M,
              const clang::Expr *Object, Touch Wanted);
  /// A call of a standard algorithm on parts of members.
  bool algorithm(const clang::CallExpr &C, const clang::FunctionDecl &F);
  /// The object itself is given to \p F.
  void follow(const clang::FunctionDecl &F, const clang::ParmVarDecl *Object);
  void arguments(const clang::FunctionDecl &F,
                 llvm::ArrayRef<const clang::Expr *> Args, unsigned From);
  /// \p Arg goes to a parameter of type \p T of \p F, where that is known.
  /// \p From: what is copied there, or null.
  void given(const clang::Expr *Arg, clang::QualType T,
             const clang::FunctionDecl *F, const clang::ParmVarDecl *P,
             const clang::Expr *From = nullptr);

  FieldReader &Reader;
  Accesses &Out;
  const bool Follow;
  const clang::CXXRecordDecl *Dynamic;
  const clang::FunctionDecl *Now = nullptr;
  bool ThisIsObject = true;
  llvm::DenseMap<const clang::ValueDecl *, Ref> Aliases;
  FreshSet Fresh;
  FreshSet Made; ///< … not by its declaration, but by an assignment
  const FreshSet *AtSwitch = nullptr; ///< what is fresh where a case is reached
  /// Variables of the loops around, elements or indices.
  llvm::SmallDenseMap<const clang::ValueDecl *, const clang::Stmt *, 4> Each;
  llvm::StringRef CalledAs; ///< the variable that the call at hand goes by
  llvm::SmallSet<
      std::pair<const clang::FunctionDecl *, const clang::ParmVarDecl *>, 8>
      Entered;
};

/// Members of library classes that show a part without changing it.
bool isLook(const clang::CXXMethodDecl &M);
/// Members of library classes that show what they have once and no more.
bool takesAway(const clang::CXXMethodDecl &M);
/// \p E without parentheses and what only keeps a temporary.
const clang::Expr *withoutWraps(const clang::Expr *E);

} // namespace pooltidy::model

#endif

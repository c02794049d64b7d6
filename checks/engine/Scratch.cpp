//===- Scratch.cpp - members that only matter within a call ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A parser keeps its cursor in a member so that its helpers need no argument.
// Each public method sets the cursor before anybody looks; what is in it between
// the calls is nobody's.
//
//===----------------------------------------------------------------------===//
#include "Scratch.h"
#include "ViewTypes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

const Expr *bare(const Expr *E) { return E->IgnoreParenImpCasts(); }

bool isOnThis(const Expr *E) { return isa<CXXThisExpr>(bare(E)); }

bool isLook(QualType T) {
  return T->isPointerType() ? T->getPointeeType()->isAnyCharacterType() ||
                                  T->getPointeeType()->isArithmeticType()
                            : isViewClass(T->getAsCXXRecordDecl());
}

/// How the methods of one class treat one member of it.
class Uses {
public:
  explicit Uses(const FieldDecl &Member)
      : Member(Member), Class(*cast<CXXRecordDecl>(Member.getParent())) {}

  bool isScratch() {
    auto IsOther = [](const Decl *D) {
      const auto *R = dyn_cast<CXXRecordDecl>(D);
      return isa<FunctionTemplateDecl>(D) || (R && !R->isImplicit() && !R->isLambda());
    };
    if (Class.hasFriends() || llvm::any_of(Class.decls(), IsOther))
      return false;
    for (const CXXMethodDecl *M : Class.methods()) {
      if (M->isImplicit() || M->isDeleted() || M->isDefaulted())
        continue;
      if (!M->hasBody()) {
        if (M->getTemplateInstantiationPattern())
          continue; // nobody here calls it
        return false;
      }
      if (M->getAccess() != AS_private || isa<CXXDestructorDecl>(M))
        if (does(*M) == Reads)
          return false;
    }
    return true;
  }

  /// True when \p M sets the member on each way, before anybody reads it.
  bool sets(const CXXMethodDecl &M) { return does(M) == Sets; }

private:
  enum Does { Nothing, Sets, Reads };

  Does does(const CXXMethodDecl &M) {
    const FunctionDecl *Body = nullptr;
    if (M.isDefaulted() || M.isDeleted())
      return Nothing;
    if (!M.hasBody(Body))
      return Reads;
    auto [It, New] = Known.try_emplace(M.getCanonicalDecl(), Nothing);
    if (!New)
      return It->second; // within itself it adds nothing
    Does What = Nothing;
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Body))
      for (const CXXCtorInitializer *I : C->inits()) {
        if (What == Nothing)
          What = of(I->getInit(), true);
        if (What == Nothing && I->getMember() == &Member)
          What = Sets;
      }
    if (What == Nothing)
      What = of(Body->getBody(), true);
    return Known[M.getCanonicalDecl()] = What;
  }

  /// The first thing that \p S does to the member, as it stands in the text;
  /// \p Always: whoever gets past S has run it.
  Does of(const Stmt *S, bool Always) {
    if (!S)
      return Nothing;
    if (const Expr *Value = assigned(*S))
      return of(Value, false) == Nothing && Always ? Sets : Reads;
    if (const auto *M = dyn_cast<MemberExpr>(S)) {
      if (M->getMemberDecl() == &Member)
        return Reads;
      const auto *Called = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
      // Its base, and what it is given, comes first.
      if (Does Base = of(M->getBase(), Always); Base != Nothing || !isOwn(Called))
        return Base;
      return called(*Called, Always && isOnThis(M->getBase()));
    }
    if (const auto *D = dyn_cast<DeclRefExpr>(S)) {
      const auto *M = dyn_cast<CXXMethodDecl>(D->getDecl());
      return isOwn(M) ? called(*M, false) : Nothing;
    }
    if (const auto *I = dyn_cast<IfStmt>(S))
      return inOrder({I->getInit(), I->getConditionVariableDeclStmt(), I->getCond()},
                     {I->getThen(), I->getElse()}, Always);
    if (const auto *F = dyn_cast<ForStmt>(S))
      return inOrder({F->getInit(), F->getConditionVariableDeclStmt(), F->getCond()},
                     {F->getBody(), F->getInc()}, Always);
    if (const auto *W = dyn_cast<WhileStmt>(S))
      return inOrder({W->getConditionVariableDeclStmt(), W->getCond()},
                     {W->getBody()}, Always);
    if (const auto *R = dyn_cast<CXXForRangeStmt>(S))
      return inOrder({R->getInit(), R->getRangeStmt()},
                     {R->getBody(), R->getInc(), R->getCond()}, Always);
    if (const auto *W = dyn_cast<SwitchStmt>(S))
      return inOrder({W->getInit(), W->getConditionVariableDeclStmt(), W->getCond()},
                     {W->getBody()}, Always);
    bool Plain = isa<CompoundStmt, DeclStmt, ExprWithCleanups, ReturnStmt, CXXTryStmt>(S) ||
                 (isa<Expr>(S) && !isa<LambdaExpr, AbstractConditionalOperator>(S));
    if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isLogicalOp())
      Plain = false;
    if (const auto *L = dyn_cast<LambdaExpr>(S))
      if (Does Body = of(L->getBody(), false); Body != Nothing)
        return Reads;
    // The function of a call is named before its arguments, and runs after.
    if (const auto *C = dyn_cast<CallExpr>(S))
      for (const Expr *A : C->arguments())
        if (Does What = of(A, Always && Plain); What != Nothing)
          return What;
    for (const Stmt *Child : S->children())
      if (Does What = of(Child, Always && Plain); What != Nothing)
        return What;
    return Nothing;
  }

  Does inOrder(std::initializer_list<const Stmt *> First,
               std::initializer_list<const Stmt *> Perhaps, bool Always) {
    for (const Stmt *S : First)
      if (Does What = of(S, Always); What != Nothing)
        return What;
    for (const Stmt *S : Perhaps)
      if (Does What = of(S, false); What != Nothing)
        return What;
    return Nothing;
  }

  bool isOwn(const CXXMethodDecl *M) const {
    return M && M->getParent()->getCanonicalDecl() == Class.getCanonicalDecl();
  }

  Does called(const CXXMethodDecl &M, bool Always) {
    Does What = does(M);
    return What == Sets && !Always ? Reads : What;
  }

  /// What `member = value` gives the member; null for other statements.
  const Expr *assigned(const Stmt &S) const {
    const Expr *To = nullptr, *Value = nullptr;
    if (const auto *B = dyn_cast<BinaryOperator>(&S); B && B->getOpcode() == BO_Assign)
      To = B->getLHS(), Value = B->getRHS();
    else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&S);
             O && O->getOperator() == OO_Equal && O->getNumArgs() == 2)
      To = O->getArg(0), Value = O->getArg(1);
    const auto *M = To ? dyn_cast<MemberExpr>(bare(To)) : nullptr;
    return M && M->getMemberDecl() == &Member && isOnThis(M->getBase()) ? Value
                                                                       : nullptr;
  }

  const FieldDecl &Member;
  const CXXRecordDecl &Class;
  llvm::DenseMap<const CXXMethodDecl *, Does> Known;
};

} // namespace

llvm::SmallVector<const FieldDecl *, 1> scratchViews(const FunctionDecl &F) {
  llvm::SmallVector<const FieldDecl *, 1> Out;
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (!M || M->isStatic() || M->getAccess() == AS_private ||
      M->getParent()->isLambda())
    return Out;
  for (const FieldDecl *Field : M->getParent()->fields())
    if (Field->getAccess() == AS_private && isLook(Field->getType()))
      if (Uses Of(*Field); Of.sets(*M) && Of.isScratch())
        Out.push_back(Field);
  return Out;
}

} // namespace pooltidy

//===- pool-short-lived-pool.cpp ---------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool that lives for one call and from which at most one object is acquired:
// it has nothing to reuse, and building it costs more than the object.
//
//===----------------------------------------------------------------------===//
#include "../Analysis.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace pooltidy {

namespace {

/// What a function does with one of its local pools.
class Uses : public RecursiveASTVisitor<Uses> {
public:
  Uses(model::Classifier &Classes, const VarDecl &Pool)
      : Classes(Classes), Pool(Pool) {}

  unsigned Acquires = 0;
  const CallExpr *Acquire = nullptr; ///< the first one
  bool Leaves = false; ///< somebody else may acquire from it, or it is repeated

  /// A loop around the pool's declaration builds a pool each time.
  bool TraverseStmt(Stmt *S) {
    bool Loop = isa_and_nonnull<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
    bool Was = InLoop;
    InLoop |= Loop && Declared;
    bool Go = RecursiveASTVisitor::TraverseStmt(S);
    InLoop = Was;
    return Go;
  }
  bool VisitVarDecl(VarDecl *V) {
    Declared |= V == &Pool;
    return true;
  }
  bool VisitGotoStmt(GotoStmt *) { return leaves(); }
  bool VisitIndirectGotoStmt(IndirectGotoStmt *) { return leaves(); }
  bool TraverseLambdaExpr(LambdaExpr *L) {
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable() && C.getCapturedVar() == &Pool)
        return leaves();
    return RecursiveASTVisitor::TraverseLambdaExpr(L);
  }
  bool TraverseCXXMemberCallExpr(CXXMemberCallExpr *C) {
    if (!names(C->getImplicitObjectArgument()))
      return RecursiveASTVisitor::TraverseCXXMemberCallExpr(C);
    const CXXMethodDecl *M = C->getMethodDecl();
    if (!M)
      return leaves();
    if (Classes.classify(*M).What == model::Role::Acquire) {
      acquired(C);
    } else {
      // What a call gives may be another way to the pool's objects.
      QualType Result = M->getReturnType();
      if (!Result->isVoidType() && !Result->isArithmeticType() &&
          Classes.classify(*M).What != model::Role::Put)
        return leaves();
    }
    for (Expr *Argument : C->arguments())
      if (!TraverseStmt(Argument))
        return false;
    return true;
  }
  /// A handle that is made of the pool acquires, as a call does.
  bool TraverseCXXConstructExpr(CXXConstructExpr *C) { return constructed(C); }
  bool TraverseCXXTemporaryObjectExpr(CXXTemporaryObjectExpr *C) {
    return constructed(C);
  }
  bool VisitDeclRefExpr(DeclRefExpr *D) {
    return D->getDecl() != &Pool || leaves();
  }

private:
  bool leaves() {
    Leaves = true;
    return false;
  }
  void acquired(CallExpr *C) {
    Acquires += InLoop ? 2 : 1;
    Acquire = C;
  }
  bool names(const Expr *E) const {
    const auto *D = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    return D && D->getDecl() == &Pool;
  }
  bool constructed(CXXConstructExpr *C) {
    const CXXConstructorDecl &Made = *C->getConstructor();
    const CXXDestructorDecl *End = Made.getParent()->getDestructor();
    bool Handle = Classes.classify(*Made.getParent()).HandleOf ||
                  (End && End->isUserProvided() && Classes.isPoolCode(Made));
    for (Expr *Argument : C->arguments()) {
      if (Handle && names(Argument))
        acquired(nullptr);
      else if (!TraverseStmt(Argument))
        return false;
    }
    return true;
  }

  model::Classifier &Classes;
  const VarDecl &Pool;
  bool Declared = false, InLoop = false;
};

/// True when constructor or destructor of \p R may tell somebody of the pool.
bool mayRegister(const CXXRecordDecl &R, bool &Unseen) {
  class Finder : public RecursiveASTVisitor<Finder> {
  public:
    bool Gives = false;
    bool TraverseMemberExpr(MemberExpr *M) {
      return isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts()) ||
             RecursiveASTVisitor::TraverseMemberExpr(M);
    }
    bool VisitCXXThisExpr(CXXThisExpr *) {
      Gives = true;
      return false;
    }
  };
  auto Looks = [&](const FunctionDecl *F) {
    if (!F || !F->isUserProvided())
      return false;
    const FunctionDecl *Definition = nullptr;
    if (!F->hasBody(Definition)) {
      Unseen = true;
      return false;
    }
    Finder Find;
    Find.TraverseStmt(Definition->getBody());
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Definition))
      for (const CXXCtorInitializer *I : C->inits())
        Find.TraverseStmt(I->getInit());
    return Find.Gives;
  };
  return llvm::any_of(R.ctors(), Looks) || Looks(R.getDestructor());
}

/// True for a variable that is built where it is declared, not taken over.
bool isBuilt(const VarDecl &V) {
  const Expr *Init = V.getInit();
  while (Init) {
    Init = Init->IgnoreImplicit();
    if (const auto *C = dyn_cast<CXXFunctionalCastExpr>(Init))
      Init = C->getSubExpr();
    else if (const auto *C = dyn_cast<CXXConstructExpr>(Init);
             C && C->isElidable() && C->getNumArgs())
      Init = C->getArg(0); // C++14: `Pool pool = Pool(n);`
    else
      break;
  }
  if (const auto *C = dyn_cast_or_null<CXXConstructExpr>(Init))
    return !C->getConstructor()->isCopyOrMoveConstructor();
  return isa_and_nonnull<InitListExpr>(Init);
}

} // namespace

void checkShortLivedPool(const Analysis &A, Reporter &Out) {
  model::Classifier &Classes = A.classifier();
  for (const DeclaratorDecl *D : A.functions().Pools) {
    const auto *V = dyn_cast<VarDecl>(D);
    const CXXRecordDecl *R = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
    const auto *In = V ? dyn_cast<FunctionDecl>(V->getDeclContext()) : nullptr;
    // What a macro writes around a test, and main, is built once.
    if (!R || !In || isa<ParmVarDecl>(V) || !V->hasLocalStorage() || In->isMain() ||
        In->getLocation().isMacroID() || V->getLocation().isMacroID() ||
        Classes.isPoolCode(*In) || !isBuilt(*V))
      continue;
    Uses Of(Classes, *V);
    Of.TraverseStmt(In->getBody());
    bool Unseen = false;
    if (Of.Leaves || Of.Acquires > 1 || mayRegister(*R, Unseen))
      continue;
    Report New;
    New.Loc = V->getLocation();
    New.Types = {model::modelName(*R)};
    std::string Name = "'" + V->getNameAsString() + "'";
    New.Message = Of.Acquires ? Name + " is built for this call and acquired from "
                                       "only once"
                              : Name + " is built for this call and never "
                                       "acquired from";
    // A pool that nobody acquires from may be there for what it does when it is
    // built.
    if (Classes.classify(*R).PoolOf->Possible || (Unseen && !Of.Acquires))
      New.Sure = Confidence::Possible;
    if (Of.Acquire)
      New.Notes.push_back({Of.Acquire->getExprLoc(), "acquired here"});
    Out.report(New);
  }
}

} // namespace pooltidy

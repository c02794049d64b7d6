//===- pool-retained-object.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A leased object is kept under a name that outlives the scope, and put here; or
// kept in a variable of static storage that nothing ever puts from.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"
#include "../model/Names.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace pooltidy {

namespace {
/// True when the TU takes the variable's value somewhere from which it might be
/// put: anything but looking behind it, comparing it and giving it a value.
class TakenOut : public clang::RecursiveASTVisitor<TakenOut> {
public:
  explicit TakenOut(const clang::VarDecl &V) : V(V) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitDeclRefExpr(clang::DeclRefExpr *E) {
    if (E->getDecl()->getCanonicalDecl() == V.getCanonicalDecl())
      ++Names;
    return true;
  }
  bool VisitBinaryOperator(clang::BinaryOperator *B) {
    if (B->isAssignmentOp())
      harmless(B->getLHS());
    else if (B->isComparisonOp())
      harmless(B->getLHS()), harmless(B->getRHS());
    return true;
  }
  bool VisitMemberExpr(clang::MemberExpr *M) {
    const auto *Called = clang::dyn_cast<clang::CXXMethodDecl>(M->getMemberDecl());
    if (M->isArrow() || (Called && onlyTakesIn(*Called)))
      harmless(M->getBase());
    return true;
  }
  bool VisitImplicitCastExpr(clang::ImplicitCastExpr *C) {
    if (C->getCastKind() == clang::CK_PointerToBoolean)
      harmless(C->getSubExpr());
    return true;
  }
  bool any() const { return Names != Harmless; }

private:
  /// What `push_back` and `size` answer is not what is in there.
  static bool onlyTakesIn(const clang::CXXMethodDecl &M) {
    clang::QualType Result = M.getReturnType();
    llvm::StringRef Name = model::nameOf(M);
    return Result->isVoidType() || Result->isArithmeticType() ||
           Name.starts_with("emplace") || Name.starts_with("insert") ||
           Name == "try_emplace";
  }
  void harmless(const clang::Expr *E) {
    E = E->IgnoreParenImpCasts();
    while (const auto *M = clang::dyn_cast<clang::MemberExpr>(E)) {
      if (M->isArrow())
        return;
      E = M->getBase()->IgnoreParenImpCasts();
    }
    if (const auto *D =
            clang::dyn_cast<clang::DeclRefExpr>(E))
      Harmless += D->getDecl()->getCanonicalDecl() == V.getCanonicalDecl();
  }
  const clang::VarDecl &V;
  unsigned Names = 0, Harmless = 0;
};

bool isTakenOut(const Analysis &A, const clang::VarDecl &V) {
  TakenOut Look(V);
  for (clang::Decl *D : A.context().getTraversalScope())
    Look.TraverseDecl(D);
  return Look.any();
}
} // namespace

void checkRetainedObject(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::Retained)
      continue;
    Report R = reportOf(F);
    if (F.What.Global == 0) {
      R.Message = "'" + F.What.Other + "' keeps " + quoted(F) +
                  ", which is put back";
      Out.report(R);
      continue;
    }
    const clang::VarDecl *V = F.Keeper;
    if (!V || isTakenOut(A, *V))
      continue;
    // Another file may put from what it can see.
    if (V->hasExternalFormalLinkage())
      R.Sure = Confidence::Possible;
    R.Message = quoted(F) + " is kept in '" + F.What.Other +
                "' for good, and never put back";
    Out.report(R);
  }
}

} // namespace pooltidy

//===- PolicyReset.cpp --------------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "PolicyReset.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace pooltidy::model {

namespace {

/// What \p E is a part of, down to a name.
const Expr *wholeOf(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenImpCasts();
    const auto *M = dyn_cast<MemberExpr>(E);
    if (!M || M->isArrow())
      return E;
    E = M->getBase();
  }
}

/// Whether nothing in \p S can change \p P: it is read, or given as const.
bool onlyLooks(const Stmt *S, const ParmVarDecl &P) {
  if (!S)
    return true;
  auto IsP = [&](const Expr *E) {
    const auto *D = dyn_cast<DeclRefExpr>(wholeOf(E));
    return D && D->getDecl() == &P;
  };
  if (const auto *D = dyn_cast<DeclRefExpr>(S))
    return D->getDecl() != &P;
  if (const auto *C = dyn_cast<ImplicitCastExpr>(S);
      C && IsP(C->getSubExpr()) &&
      (C->getCastKind() == CK_LValueToRValue ||
       (C->getCastKind() == CK_NoOp && C->getType().isConstQualified())))
    return !C->getType()->isPointerType();
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(S);
      C && C->getMethodDecl() && C->getMethodDecl()->isConst() &&
      IsP(C->getImplicitObjectArgument()))
    return llvm::all_of(C->arguments(),
                        [&](const Expr *A) { return onlyLooks(A, P); });
  return llvm::all_of(S->children(),
                      [&](const Stmt *Child) { return onlyLooks(Child, P); });
}

/// The methods called so in a class, or else in its bases.
void methods(const CXXRecordDecl &R, llvm::StringRef Name,
             llvm::SmallVectorImpl<const CXXMethodDecl *> &Out) {
  const CXXRecordDecl *D = R.getDefinition();
  if (!D)
    return;
  for (const Decl *Each : D->decls()) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(Each))
      Each = T->getTemplatedDecl();
    if (const auto *M = dyn_cast<CXXMethodDecl>(Each);
        M && M->getIdentifier() && M->getName() == Name)
      Out.push_back(M);
  }
  if (!Out.empty())
    return;
  for (const CXXBaseSpecifier &B : D->bases())
    if (const CXXRecordDecl *Base = recordOf(B.getType()))
      methods(*Base, Name, Out);
}

} // namespace

bool leavesAlone(const CXXMethodDecl &M) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Body = M.getBody(Definition);
  if (!Body)
    return false;
  return llvm::all_of(Definition->parameters(), [&](const ParmVarDecl *P) {
    return !P->getIdentifier() || onlyLooks(Body, *P);
  });
}

bool policyResetsNothing(const Pool &Family, const CXXRecordDecl &Class) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!S || Family.ResetCallback.empty())
    return false;
  return llvm::all_of(Family.ResetCallback, [&](const Callback &C) {
    if (C.By != Callback::Policy || C.Index >= S->getTemplateArgs().size() ||
        S->getTemplateArgs()[C.Index].getKind() != TemplateArgument::Type)
      return false;
    const CXXRecordDecl *Policy =
        recordOf(S->getTemplateArgs()[C.Index].getAsType());
    llvm::SmallVector<const CXXMethodDecl *, 4> Found;
    if (Policy)
      methods(*Policy, C.Call, Found);
    return !Found.empty() && llvm::all_of(Found, [](const CXXMethodDecl *M) {
      return leavesAlone(*M);
    });
  });
}

} // namespace pooltidy::model

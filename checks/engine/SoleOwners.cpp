//===- SoleOwners.cpp - shared owners that nobody shares ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A std::shared_ptr puts when its last copy ends, which nobody knows. A variable
// that is made of a pointer and then only looked through, asked and reset has no
// copy: it puts as a std::unique_ptr does.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
using Owners = llvm::DenseSet<const VarDecl *>;

/// Objects of such a class can make owners of themselves.
bool sharesItself(const CXXRecordDecl &R) {
  if (!R.hasDefinition())
    return true;
  return llvm::any_of(R.bases(), [](const CXXBaseSpecifier &B) {
    const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
    return !Base || model::isStd(*Base, "enable_shared_from_this") ||
           sharesItself(*Base);
  });
}

/// The variable that \p E names, behind casts to the library's own bases.
const VarDecl *named(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// Whether \p V is made of a pointer and what is done with it at its end.
bool isMadeSole(const VarDecl &V) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      V.getType()->getAsCXXRecordDecl());
  if (!Spec || !model::isStd(*Spec, "shared_ptr") || !V.hasLocalStorage() ||
      isa<ParmVarDecl>(V) || !V.getInit())
    return false;
  llvm::SmallVector<QualType, 4> Of = model::typeArguments(*Spec);
  const CXXRecordDecl *R = Of.empty() ? nullptr : Of[0]->getAsCXXRecordDecl();
  const auto *Made =
      dyn_cast<CXXConstructExpr>(V.getInit()->IgnoreUnlessSpelledInSource());
  return R && !sharesItself(*R) && Made && Made->getNumArgs() == 2 &&
         Made->getArg(0)->getType()->isPointerType() &&
         Made->getType()->getAsCXXRecordDecl() == Spec;
}

/// Takes those out of \p All that anything else is done with in \p S.
void sieve(const Stmt *S, Owners &All) {
  if (!S || All.empty())
    return;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
    const Expr *Object = Call->getImplicitObjectArgument();
    const VarDecl *V = Object ? named(Object) : nullptr;
    const CXXMethodDecl *M = Call->getMethodDecl();
    if (V && All.contains(V) && M &&
        (isa<CXXConversionDecl>(M) ||
         (Call->getNumArgs() == 0 &&
          model::isOneOf(model::nameOf(M), {"get", "reset", "use_count"}))))
      return;
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    const VarDecl *V = Op->getNumArgs() > 0 ? named(Op->getArg(0)) : nullptr;
    if (V && All.contains(V) &&
        (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow))
      return;
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      All.erase(V);
  } else if (const auto *L = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable())
        if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar()))
          All.erase(V);
  }
  for (const Stmt *Child : S->children())
    sieve(Child, All);
}

void collect(const Stmt *S, Owners &All) {
  if (!S || isa<LambdaExpr>(S)) // a function of its own
    return;
  if (const auto *D = dyn_cast<DeclStmt>(S))
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each); V && isMadeSole(*V))
        All.insert(V);
  for (const Stmt *Child : S->children())
    collect(Child, All);
}
} // namespace

void FactsGenerator::findSoleOwners(const Stmt &Body) {
  Owners All;
  collect(&Body, All);
  sieve(&Body, All);
  for (const VarDecl *V : All)
    SoleOwners.insert(variable(*V));
}

} // namespace pooltidy

//===- FreshObjects.cpp - objects that a body has just made ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What a factory sets in the object that it made is how the object starts, and
// no change of somebody's lease. An object is fresh by the variable that names
// it, until something else is put there.
//
//===----------------------------------------------------------------------===//
#include "BodyWalk.h"
#include "Names.h"
#include "Shapes.h"

using namespace clang;

namespace pooltidy::model {

namespace {

bool isSmart(const CXXRecordDecl &R) {
  return isStd(R, "unique_ptr") || isStd(R, "shared_ptr");
}

/// The class that \p T is, points to, or holds as a smart pointer.
const RecordDecl *leadsTo(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  else if (const CXXRecordDecl *R = T->getAsCXXRecordDecl(); R && isSmart(*R))
    T = templateArgument(T, 0);
  return T.isNull() || T.isConstQualified() ? nullptr : T->getAsRecordDecl();
}

} // namespace

bool BodyWalk::isFresh(const Expr *E) const {
  E = withoutWraps(E);
  if (isa<CXXNewExpr, InitListExpr, CXXScalarValueInitExpr,
          ImplicitValueInitExpr>(E))
    return true;
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    return Fresh.contains(D->getDecl());
  if (const auto *C = dyn_cast<CastExpr>(E))
    return isFresh(C->getSubExpr());
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref) &&
           isFresh(U->getSubExpr());
  if (const auto *C = dyn_cast<ConditionalOperator>(E))
    return isFresh(C->getTrueExpr()) && isFresh(C->getFalseExpr());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    const CXXConstructorDecl *By = C->getConstructor();
    bool OfAnother = By->isCopyOrMoveConstructor() || isSmart(*By->getParent());
    return !OfAnother || C->getNumArgs() == 0 || isFresh(C->getArg(0));
  }
  const auto *C = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  if (!F)
    return false;
  if (const Expr *Object = objectOf(*C)) {
    const CXXRecordDecl *Of = cast<CXXMethodDecl>(F)->getParent();
    bool Shows = F->getOverloadedOperator() == OO_Arrow ||
                 F->getOverloadedOperator() == OO_Star ||
                 isOneOf(nameOf(*F), {"get", "release", "value"});
    return Shows && Of->isInStdNamespace() && isFresh(Object);
  }
  if (isOneOf(nameOf(*F), {"malloc", "calloc"}) && F->isExternC())
    return true;
  if (!F->isInStdNamespace())
    return false;
  if (isOneOf(nameOf(*F), {"make_unique", "make_shared", "allocate_shared",
                           "make_unique_for_overwrite",
                           "make_shared_for_overwrite"}))
    return true;
  return C->getNumArgs() == 1 &&
         isOneOf(nameOf(*F), {"move", "forward", "addressof", "ref"}) &&
         isFresh(C->getArg(0));
}

bool BodyWalk::isLocal(const Expr *E) {
  E = withoutWraps(E->IgnoreParenImpCasts());
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && U->getOpcode() == UO_AddrOf)
    E = withoutWraps(U->getSubExpr());
  const auto *D = dyn_cast<DeclRefExpr>(E);
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  const CXXRecordDecl *R = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
  return V && V->getType()->isRecordType() && !(R && isSmart(*R));
}

void BodyWalk::forget(const Expr *To, const Expr *Value) {
  bool Makes = Value && isFresh(Value);
  if (Fresh.empty() && !Makes)
    return;
  To = withoutWraps(To->IgnoreParenImpCasts());
  if (const auto *U = dyn_cast<UnaryOperator>(To);
      U && !Value && U->getOpcode() == UO_AddrOf)
    To = withoutWraps(U->getSubExpr());
  const auto *D = dyn_cast<DeclRefExpr>(To);
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  if (!V)
    return;
  if (!Makes)
    Fresh.erase(V);
  else if (V->hasLocalStorage() && !V->getType()->isReferenceType() &&
           Fresh.insert(V).second)
    Made.insert(V);
}

BodyWalk::FreshSet BodyWalk::onBoth(const FreshSet &A, const FreshSet &B) {
  FreshSet Both;
  for (const ValueDecl *D : A)
    if (B.contains(D))
      Both.insert(D);
  return Both;
}

void BodyWalk::maybe(const Stmt *Way) {
  FreshSet Without = Fresh;
  visit(Way);
  Fresh = onBoth(Fresh, Without);
}

/// The way through \p S ends there.
static bool leaves(const Stmt *S) {
  while (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  return isa_and_nonnull<ReturnStmt, CXXThrowExpr>(S);
}

void BodyWalk::ways(const Stmt &S) {
  if (const auto *Switch = dyn_cast<SwitchStmt>(&S)) {
    visit(Switch->getInit());
    visit(Switch->getConditionVariableDeclStmt());
    visit(Switch->getCond());
    FreshSet Before = Fresh;
    const FreshSet *Around = AtSwitch;
    AtSwitch = &Before;
    maybe(Switch->getBody());
    AtSwitch = Around;
    return;
  }
  const auto *If = dyn_cast<IfStmt>(&S);
  if (!If) { // a loop; what a `do` does is done
    const auto *While = dyn_cast<WhileStmt>(&S);
    for (const Stmt *Child : S.children())
      While && Child == While->getBody() ? maybe(Child) : visit(Child);
    return;
  }
  visit(If->getInit());
  visit(If->getConditionVariableDeclStmt());
  visit(If->getCond());
  FreshSet Before = Fresh;
  visit(If->getThen());
  FreshSet Then = Fresh;
  Fresh = Before;
  visit(If->getElse());
  if (leaves(If->getElse()))
    Fresh = Then;
  else if (!leaves(If->getThen()))
    Fresh = onBoth(Then, Fresh);
}

void BodyWalk::hand(const FunctionDecl *To, const ParmVarDecl *As, QualType T,
                    const Expr *Object, bool Alone) {
  QualType Held = T->getPointeeType();
  bool Slot = !Held.isNull() && !Held.isConstQualified() &&
              (Held->isPointerType() ||
               (Held->getAsCXXRecordDecl() &&
                isSmart(*Held->getAsCXXRecordDecl())));
  // An acquire fills what it is given.
  if (To && !T->isRValueReferenceType() && !Held.isNull() &&
      (Slot || Reader.Classes.classify(*To).What == Role::Acquire))
    forget(Object, nullptr);
  if (const RecordDecl *Of = leadsTo(T); Of && !Of->isInStdNamespace())
    Out.Handed.push_back({To, As, Of, Alone, isFresh(Object),
                          isLocal(Object), CalledAs});
}

} // namespace pooltidy::model

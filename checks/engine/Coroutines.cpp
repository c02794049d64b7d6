//===- Coroutines.cpp - what coroutines hand out and wait for -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A coroutine answers through its promise, which its caller's side reads: what
// `co_return` leaves in it is read when the locals are gone, what `co_yield`
// leaves in it is read before the coroutine goes on. A promise has a place of the
// kind that results have. Who awaits an object looks at what is in it.
//
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "Generator.h"
#include "ViewTypes.h"

using namespace clang;

namespace pooltidy {

/// The object through which \p Fn answers; null where it is no coroutine.
static const VarDecl *promiseOf(const FunctionDecl &Fn) {
  const auto *Body = dyn_cast_or_null<CoroutineBodyStmt>(Fn.getBody());
  return Body ? Body->getPromiseDecl() : nullptr;
}

/// True for the object through which this coroutine answers.
bool FactsGenerator::isPromise(const VarDecl &V) const {
  return V.isImplicit() && promiseOf(Fn) == &V;
}

/// Whoever resumes gets what the promise was given by the call \p To, and what
/// that left in it.
void FactsGenerator::handOver(const CallExpr *To, const Stmt *At) {
  if (To)
    for (const Expr *A : To->arguments()) {
      const Expr *Bare = A->IgnoreParenImpCasts();
      bool Number = Bare->getType()->isIntegralOrEnumerationType();
      if (!Bare->getType()->isPointerType() && !(Number && isa<DeclRefExpr>(Bare)))
        continue;
      Operand O = Bare->isGLValue() ? Operand::value(place(Bare)) : operand(Bare);
      if (O.Is == Operand::Value && O.Place != NoPlace)
        emit(FactKind::Store, At, Number ? Scalar : NoFlags).Src = O;
    }
  if (const VarDecl *Promise = promiseOf(Fn))
    emit(FactKind::Store, At).Src = Operand::value(variable(*Promise));
}

/// Whoever gets it looks at it, and asks for the next one when he is done.
void FactsGenerator::yields(const CoyieldExpr &Y) {
  const VarDecl *Promise = promiseOf(Fn);
  const CXXRecordDecl *R = Promise ? Promise->getType()->getAsCXXRecordDecl() : nullptr;
  if (!R)
    return;
  awaitedViews(variable(*Promise), *R, &Y);
  handOver(dyn_cast<CallExpr>(Y.getOperand()->IgnoreUnlessSpelledInSource()), &Y);
  looksNowhere(variable(*Promise), &Y);
}

void FactsGenerator::coReturns(const CoreturnStmt &R) {
  const Expr *Call = R.getPromiseCall();
  handOver(Call ? dyn_cast<CallExpr>(Call->IgnoreUnlessSpelledInSource()) : nullptr,
           &R);
  emit(FactKind::Return, &R);
}

/// Somebody gets all that \p Of, an \p R, has in its members, and looks at it.
void FactsGenerator::awaitedViews(PlaceId Of, const CXXRecordDecl &R,
                                  const Stmt *At, unsigned Depth) {
  if (Of == NoPlace || Depth > 2 || !R.hasDefinition())
    return;
  for (const FieldDecl *F : R.getDefinition()->fields()) {
    QualType Ty = F->getType();
    const CXXRecordDecl *Inner = Ty->getAsCXXRecordDecl();
    PlaceId P = field(Of, *F);
    if (isViewType(Ty))
      emit(FactKind::Use, At, Ty->isRecordType() ? NoFlags : Asks).Src =
          Operand::value(P);
    else if (Inner && !isWithinStd(*Inner))
      awaitedViews(P, *Inner, At, Depth + 1);
  }
  for (const CXXBaseSpecifier &B : R.getDefinition()->bases())
    if (const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl())
      awaitedViews(Of, *Base, At, Depth + 1);
}

} // namespace pooltidy

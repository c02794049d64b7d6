//===- Counts.cpp - branches on how many references are left --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
/// True for `--x` and its like, where x is no variable of the function's own.
bool lowers(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  auto IsKept = [](const Expr *Count) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Count->IgnoreParenImpCasts());
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return !V || !V->hasLocalStorage() || V->getType()->isReferenceType();
  };
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->isDecrementOp() && IsKept(U->getSubExpr());
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E))
    return C->getOperator() == OO_MinusMinus && IsKept(C->getArg(0));
  if (const auto *A = dyn_cast<AtomicExpr>(E))
    switch (A->getOp()) {
    case AtomicExpr::AO__atomic_sub_fetch:
    case AtomicExpr::AO__atomic_fetch_sub:
    case AtomicExpr::AO__c11_atomic_fetch_sub:
      return true;
    default:
      return false;
    }
  const auto *C = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  if (!F)
    return false;
  const model::Words Words = model::splitWords(model::nameOf(*F));
  return (llvm::is_contained(Words, "sub") && llvm::is_contained(Words, "fetch")) ||
         llvm::is_contained(Words, "decrement") || llvm::is_contained(Words, "dec");
}
} // namespace

/// The edge of a branch on \p Cond, 0 when it holds and 1 when not, on which a
/// count that it lowers has not come to its end.
std::optional<uint8_t> FactsGenerator::othersRemain(const Expr *Cond) {
  Cond = Cond->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(Cond); U && U->getOpcode() == UO_LNot) {
    if (auto Edge = othersRemain(U->getSubExpr()))
      return 1 - *Edge;
    return std::nullopt;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(Cond); B && B->isComparisonOp()) {
    if (!lowers(B->getLHS()))
      return std::nullopt;
    switch (B->getOpcode()) {
    case BO_EQ:
    case BO_LT:
    case BO_LE:
      return 1;
    default:
      return 0;
    }
  }
  if (lowers(Cond))
    return 0;
  return std::nullopt;
}

} // namespace pooltidy

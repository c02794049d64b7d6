//===- ZeroFills.cpp - arrays that are filled with zeros ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `b->slots.fill(0)`, `std::fill(begin(b->slots), end(b->slots), 0)`,
// `std::fill_n(b->slots, n, 0)`: what memset is for plain memory.
//
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "Generator.h"

using namespace clang;

namespace pooltidy {

/// The array or container of which \p Begin is the start: `a`, `a.begin()`,
/// `std::begin(a)`; or NoPlace.
PlaceId FactsGenerator::walkedFrom(const Expr *Begin) {
  Begin = Begin->IgnoreUnlessSpelledInSource();
  if (Begin->getType()->isArrayType())
    return place(Begin);
  const auto *C = dyn_cast<CallExpr>(Begin);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  if (!F || !F->getIdentifier() || !isWithinStd(*F) ||
      !(F->getName() == "begin" || F->getName() == "data"))
    return NoPlace;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(C)) {
    const Expr *Of = M->getImplicitObjectArgument();
    return Of->getType()->isPointerType() ? behind(operand(Of)) : place(Of);
  }
  return C->getNumArgs() == 1 ? place(C->getArg(0)) : NoPlace;
}

/// A call of the library that leaves zeros in all of an array.
bool FactsGenerator::fillsWithZero(const CallShape &S) {
  const FunctionDecl &F = *S.Callee;
  if (!isWithinStd(F))
    return false;
  auto Zero = [&](unsigned I) {
    Operand O = operand(S.Args[I]->IgnoreUnlessSpelledInSource());
    return O.Is == Operand::Constant && O.Number == 0;
  };
  StringRef Name = calledName(&F, S.ThisExpr);
  PlaceId P = NoPlace;
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F)) {
    const CXXRecordDecl *Of = M->getParent();
    if (Name == "fill" && S.Args.size() == 1 && Of->getIdentifier() &&
        Of->getName() == "array" && Zero(0))
      P = S.This;
    else if (Name == "fill" && S.Args.size() == 2 && Zero(1)) // std::ranges
      P = place(S.Args[0]);
  } else if (S.Args.size() == 3 && (Name == "fill" || Name == "fill_n") && Zero(2)) {
    P = walkedFrom(S.Args[0]);
  }
  if (P == NoPlace)
    return false;
  emit(FactKind::Reset, S.Expr).Dst = P;
  return true;
}

} // namespace pooltidy

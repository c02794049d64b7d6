//===- TestPoints.cpp - marks for the engine's own tests ------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"

using namespace clang;

namespace pooltidy {

/// `pool_tidy_point("name", p)` asks a test for the state there. The fact does
/// nothing, but counts as a mention of `p`: a lease is followed up to it.
bool FactsGenerator::testPoint(const CallShape &S) {
  if (S.Callee->getName() != "pool_tidy_point" || S.Args.empty())
    return false;
  Fact &F = emit(FactKind::TestPoint, S.Expr);
  F.Index = F.Site; // leads a test back to the call
  if (S.Args.size() > 1) {
    const Expr *Of = S.Args[1];
    PlaceId P = Of->isGLValue() ? place(Of) : NoPlace;
    F.Src = P == NoPlace ? operand(Of) : Operand::value(P);
  }
  return true;
}

} // namespace pooltidy

//===- Indices.cpp - functions that find an object by its number ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Indices.h"
#include "../model/Names.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace pooltidy {

/// What lies at a number: no map, which has any number.
static bool isRow(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType() || T->isArrayType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() &&
         model::isOneOf(model::nameOf(R), {"vector", "array", "deque", "span",
                                           "unique_ptr"});
}

bool indexesBy(const FunctionDecl &F, unsigned I) {
  const FunctionDecl *Body = nullptr;
  if (I >= F.getNumParams() || !F.getParamDecl(I)->getType()->isIntegerType() ||
      !F.hasBody(Body))
    return false;
  const auto *Block = dyn_cast<CompoundStmt>(Body->getBody());
  const auto *R = Block && Block->size() == 1
                      ? dyn_cast<ReturnStmt>(Block->body_front())
                      : nullptr;
  const Expr *E = R ? R->getRetValue() : nullptr;
  const ParmVarDecl *By = Body->getParamDecl(I);
  auto IsIt = [&](const Expr *Index) {
    const auto *D = dyn_cast<DeclRefExpr>(Index->IgnoreParenCasts());
    return D && D->getDecl() == By;
  };
  while (E) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
      return IsIt(A->getIdx());
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (O->getOperator() == OO_Subscript && O->getNumArgs() == 2)
        return IsIt(O->getArg(1)) && isRow(O->getArg(0)->getType());
      E = O->getOperator() == OO_Star || O->getOperator() == OO_Arrow ? O->getArg(0)
                                                                      : nullptr;
    } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      E = U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref
              ? U->getSubExpr()
              : nullptr;
    } else if (const auto *M = dyn_cast<MemberExpr>(E)) {
      E = M->getBase();
    } else if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
      // `slots_[i].get()`
      E = C->getNumArgs() == 0 ? C->getImplicitObjectArgument() : nullptr;
    } else {
      return false;
    }
  }
  return false;
}

} // namespace pooltidy

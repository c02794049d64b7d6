//===- ArrayNames.cpp - which arrays and members an expression names ------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "ArrayNames.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace pooltidy::model {

bool isArrayLike(QualType T) {
  T = T.getNonReferenceType();
  if (T->isArrayType() || T->isPointerType())
    return true;
  const CXXRecordDecl *R = recordOf(T);
  return R && R->isInStdNamespace() &&
         isOneOf(nameOf(*R), {"array", "vector", "unique_ptr", "shared_ptr",
                              "basic_string", "valarray"});
}

const FieldDecl *ArrayNames::arrayOf(const Expr *E) {
  E = E->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts();
  // `planes[i].data() + n`: one of several that go together
  if (isArrayLike(E->getType())) {
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
      return arrayOf(A->getBase());
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
        O && O->getOperator() == OO_Subscript && O->getNumArgs() == 2)
      return arrayOf(O->getArg(0));
  }
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    return F && isArrayLike(F->getType()) ? F->getCanonicalDecl() : nullptr;
  }
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    return Aliases.lookup(D->getDecl());
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_AddrOf)
      return elementOf(U->getSubExpr());
    if (U->isIncrementDecrementOp())
      return arrayOf(U->getSubExpr());
    return nullptr;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isAdditiveOp()) {
    const FieldDecl *Left = arrayOf(B->getLHS());
    return Left ? Left : arrayOf(B->getRHS());
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return C->getNumArgs() == 1 ? arrayOf(C->getArg(0)) : nullptr;
  const auto *C = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  if (!F)
    return nullptr;
  // `data.begin() + length`
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(C))
    return O->getNumArgs() == 2 && (O->getOperator() == OO_Plus ||
                                    O->getOperator() == OO_Minus)
               ? arrayOf(O->getArg(0))
               : nullptr;
  if (!isOneOf(nameOf(*F), {"data", "begin", "end", "cbegin", "cend", "get",
                            "c_str", "next", "to_address", "addressof"}))
    return nullptr;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(C))
    return arrayOf(M->getImplicitObjectArgument());
  return C->getNumArgs() > 0 ? arrayOf(C->getArg(0)) : nullptr;
}

const FieldDecl *ArrayNames::elementOf(const Expr *E) {
  E = E->IgnoreParenCasts()->IgnoreImplicit()->IgnoreParenCasts();
  if (const FieldDecl *Whole = arrayOf(E))
    return Whole;
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return elementOf(A->getBase());
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_Deref)
    return arrayOf(U->getSubExpr());
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return elementOf(M->getBase());
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && O->getNumArgs() > 0 &&
      (O->getOperator() == OO_Subscript || O->getOperator() == OO_Star))
    return elementOf(O->getArg(0));
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && isOneOf(nameOf(C->getDirectCallee()), {"at", "front", "back"}))
    return elementOf(C->getImplicitObjectArgument());
  return nullptr;
}

const FieldDecl *ArrayNames::sizeOf(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *S = dyn_cast<UnaryExprOrTypeTraitExpr>(E))
    return S->getKind() == UETT_SizeOf && !S->isArgumentType()
               ? elementOf(S->getArgumentExpr())
               : nullptr;
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    const FieldDecl *Left = sizeOf(B->getLHS());
    return Left ? Left : sizeOf(B->getRHS());
  }
  const auto *C = dyn_cast<CallExpr>(E);
  if (!C || !isOneOf(nameOf(C->getDirectCallee()),
                     {"size", "capacity", "max_size", "ssize"}))
    return nullptr;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(C))
    return arrayOf(M->getImplicitObjectArgument());
  return C->getNumArgs() == 1 ? arrayOf(C->getArg(0)) : nullptr;
}

void ArrayNames::names(const Stmt *S, Named &All) {
  if (!S || isa<LambdaExpr, UnaryExprOrTypeTraitExpr, ArraySubscriptExpr>(S))
    return;
  if (const auto *D = dyn_cast<DeclRefExpr>(S)) {
    if (const auto *V = dyn_cast<VarDecl>(D->getDecl());
        V && V->hasLocalStorage() && !Aliases.contains(V))
      All.insert(V);
    return;
  }
  if (const auto *M = dyn_cast<MemberExpr>(S)) {
    if (const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
        F && !F->getType()->isArrayType())
      All.insert(F->getCanonicalDecl());
    return names(M->getBase(), All);
  }
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S);
      O && O->getOperator() == OO_Subscript)
    return;
  // `data[size()]`
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(S))
    if (const CXXMethodDecl *M = C->getMethodDecl())
      if (const FunctionDecl *Body = nullptr; M->hasBody(Body) && Depth == 0) {
        ++Depth;
        Named Within;
        names(Body->getBody(), Within);
        --Depth;
        for (const ValueDecl *D : Within)
          if (isa<FieldDecl>(D))
            All.insert(D);
      }
  for (const Stmt *Child : S->children())
    names(Child, All);
}
Named ArrayNames::names(const Stmt *S) {
  Named All;
  names(S, All);
  return All;
}

} // namespace pooltidy::model

//===- BodyWalkLoops.cpp - loops over all elements ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Whoever assigns to each element of an array sets the array.
//
//===----------------------------------------------------------------------===//
#include "BodyWalk.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include <optional>

using namespace clang;

namespace pooltidy::model {

/// How many elements an array of type \p T has.
static std::optional<uint64_t> extentOf(QualType T, const ASTContext &Context) {
  if (const auto *A = Context.getAsConstantArrayType(T))
    return A->getSize().getZExtValue();
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T));
  if (!S || !isStd(*S, "array") || S->getTemplateArgs().size() != 2 ||
      S->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return S->getTemplateArgs()[1].getAsIntegral().getZExtValue();
}

void BodyWalk::loop(const ForStmt &For) {
  visit(For.getInit());
  const ValueDecl *Index = nullptr;
  if (const auto *Test = dyn_cast_or_null<BinaryOperator>(For.getCond());
      Test && (Test->getOpcode() == BO_LT || Test->getOpcode() == BO_NE))
    if (const auto *D = dyn_cast<DeclRefExpr>(Test->getLHS()->IgnoreParenImpCasts())) {
      Index = D->getDecl();
      Each[Index] = Test->getRHS();
    }
  visit(For.getCond());
  visit(For.getInc());
  visit(For.getBody());
  if (Index)
    Each.erase(Index);
}

bool BodyWalk::beginsAnew(const CXXForRangeStmt &For) {
  const Stmt *First = For.getBody();
  while (const auto *Block = dyn_cast_or_null<CompoundStmt>(First))
    First = Block->body_empty() ? nullptr : Block->body_front();
  const auto *Set = dyn_cast_or_null<BinaryOperator>(First);
  const auto *To = Set && Set->getOpcode() == BO_Assign
                       ? dyn_cast<DeclRefExpr>(Set->getLHS()->IgnoreParens())
                       : nullptr;
  return To && To->getDecl() == For.getLoopVariable();
}

void BodyWalk::below(const Stmt &Condition) {
  auto Around = std::move(Each);
  Each.clear();
  for (const Stmt *Child : Condition.children())
    visit(Child);
  Each = std::move(Around);
}

bool BodyWalk::isEachElement(const Expr *E) const {
  E = E->IgnoreParenImpCasts();
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    auto It = Each.find(D->getDecl());
    return It != Each.end() && D->getDecl()->getType()->isReferenceType() &&
           extentOf(It->second->getType(), Reader.Context);
  }
  const Expr *Array = nullptr, *Index = nullptr;
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    Array = A->getBase()->IgnoreParenImpCasts();
    Index = A->getIdx()->IgnoreParenImpCasts();
  } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
             O && O->getOperator() == OO_Subscript && O->getNumArgs() == 2) {
    Array = O->getArg(0)->IgnoreParenImpCasts();
    Index = O->getArg(1)->IgnoreParenImpCasts();
  } else {
    return false;
  }
  const auto *D = dyn_cast<DeclRefExpr>(Index);
  auto It = D ? Each.find(D->getDecl()) : Each.end();
  if (It == Each.end() || (!isa<MemberExpr>(Array) && !isEachElement(Array)))
    return false;
  const Expr *End = It->second->IgnoreParenImpCasts();
  std::optional<uint64_t> Extent = extentOf(Array->getType(), Reader.Context);
  if (!Extent)
    return false;
  if (const auto *C = dyn_cast<CallExpr>(End))
    return isOneOf(nameOf(C->getDirectCallee()), {"size", "ssize"});
  Expr::EvalResult Value;
  return !End->isValueDependent() &&
         End->EvaluateAsInt(Value, Reader.Context) &&
         Value.Val.getInt().getExtValue() == int64_t(*Extent);
}

} // namespace pooltidy::model

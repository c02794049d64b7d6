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
#include <functional>
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

namespace {
/// `for (i = Begin; i < End; …)`
struct Counting {
  const ValueDecl *Index = nullptr;
  const Expr *Begin = nullptr, *End = nullptr;

  explicit Counting(const ForStmt &For) {
    const auto *Test = dyn_cast_or_null<BinaryOperator>(For.getCond());
    if (!Test || (Test->getOpcode() != BO_LT && Test->getOpcode() != BO_NE))
      return;
    const auto *D = dyn_cast<DeclRefExpr>(Test->getLHS()->IgnoreParenImpCasts());
    if (!D)
      return;
    Index = D->getDecl();
    End = Test->getRHS()->IgnoreParenImpCasts();
    if (const auto *V = dyn_cast<VarDecl>(Index))
      Begin = V->getInit();
    if (const auto *Set = dyn_cast_or_null<BinaryOperator>(For.getInit());
        Set && Set->getOpcode() == BO_Assign)
      Begin = Set->getRHS();
  }
};

std::optional<uint64_t> number(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Value;
  if (!E || E->isValueDependent() || !E->EvaluateAsInt(Value, Context))
    return std::nullopt;
  return Value.Val.getInt().getExtValue();
}

/// Loops in \p S count on from \p At to \p End.
bool goesOn(const Stmt *S, uint64_t At, uint64_t End, const ASTContext &Context) {
  if (At >= End)
    return At == End;
  std::function<bool(const Stmt *)> Continues = [&](const Stmt *Each) {
    if (!Each)
      return false;
    if (const auto *For = dyn_cast<ForStmt>(Each)) {
      Counting C(*For);
      if (std::optional<uint64_t> To = number(C.End, Context);
          To && *To > At && number(C.Begin, Context) == At &&
          goesOn(S, *To, End, Context))
        return true;
    }
    return llvm::any_of(Each->children(), Continues);
  };
  return Continues(S);
}
} // namespace

void BodyWalk::loop(const ForStmt &For) {
  visit(For.getInit());
  const ValueDecl *Index = Counting(For).Index;
  if (Index)
    Each[Index] = &For;
  visit(For.getCond());
  visit(For.getInc());
  maybe(For.getBody());
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
  ways(Condition);
  Each = std::move(Around);
}

bool BodyWalk::isEachElement(const Expr *E) const {
  E = E->IgnoreParenImpCasts();
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    auto It = Each.find(D->getDecl());
    return It != Each.end() && D->getDecl()->getType()->isReferenceType() &&
           isa<CXXForRangeStmt>(It->second) &&
           extentOf(cast<CXXForRangeStmt>(It->second)->getRangeInit()->getType(),
                    Reader.Context);
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
  const auto *For = dyn_cast<ForStmt>(It->second);
  std::optional<uint64_t> Extent = extentOf(Array->getType(), Reader.Context);
  if (!For || !Extent)
    return false;
  Counting C(*For);
  if (number(C.Begin, Reader.Context) != 0u)
    return false;
  if (const auto *Size = dyn_cast<CallExpr>(C.End);
      Size && isOneOf(nameOf(Size->getDirectCallee()), {"size", "ssize"}))
    return true;
  // `for (i < 16) …; for (i = 16; i < 64) …`
  std::optional<uint64_t> End = number(C.End, Reader.Context);
  return End && goesOn(Now->getBody(), *End, *Extent, Reader.Context);
}

} // namespace pooltidy::model

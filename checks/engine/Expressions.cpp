//===- Expressions.cpp - which place or value an expression is ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Arrays.h"
#include "Generator.h"
#include "Types.h"

using namespace clang;

namespace pooltidy {

PlaceId FactsGenerator::thisPlace() {
  // In a lambda, `this` is the captured one.
  if (const auto *M = dyn_cast<CXXMethodDecl>(&Fn); M && M->getParent()->isLambda()) {
    PlaceId Closure = T.Places.root(PlaceKind::This, 0, "this");
    return T.Places.step(PlaceKind::Field,
                         T.Places.step(PlaceKind::Deref, Closure),
                         T.captureSymbol(nullptr), "this");
  }
  return T.Places.root(PlaceKind::This, 0, "this");
}

PlaceId FactsGenerator::field(PlaceId Of, const FieldDecl &F) {
  if (Of == NoPlace)
    return NoPlace;
  // Members of an anonymous union or struct are members of what holds it.
  if (F.isAnonymousStructOrUnion() || isArrayWithin(F))
    return Of;
  return T.Places.step(PlaceKind::Field, Of, T.fieldSymbol(F), F.getName());
}

PlaceId FactsGenerator::temp(const Expr *E) {
  if (auto It = Targets.find(E); It != Targets.end())
    return It->second;
  auto [It, New] = TempNumbers.try_emplace(E, NextTemp);
  NextTemp += New;
  return T.Places.root(PlaceKind::Temp, It->second, "");
}

PlaceId FactsGenerator::captured(const VarDecl &V) {
  const auto *M = cast<CXXMethodDecl>(&Fn);
  PlaceId Closure = T.Places.step(
      PlaceKind::Deref, T.Places.root(PlaceKind::This, 0, "this"));
  PlaceId Field = T.Places.step(PlaceKind::Field, Closure, T.captureSymbol(&V),
                                V.getName());
  for (const LambdaCapture &C : M->getParent()->captures())
    if (C.capturesVariable() && C.getCapturedVar() == &V &&
        C.getCaptureKind() == LCK_ByRef)
      return T.Places.step(PlaceKind::Deref, Field);
  return V.getType()->isReferenceType()
             ? T.Places.step(PlaceKind::Deref, Field)
             : Field;
}

PlaceId FactsGenerator::variable(const VarDecl &V) {
  if (auto It = Aliases.find(&V); It != Aliases.end())
    return It->second;
  PlaceId P;
  if (V.hasGlobalStorage()) {
    P = T.Places.root(PlaceKind::Global, T.symbol(V), V.getName());
  } else if (isPromise(V)) {
    P = T.Places.root(PlaceKind::Result, T.symbol(V), "");
  } else {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Fn);
    if (Method && Method->getParent()->isLambda() &&
        (V.getDeclContext() != Method || V.isInitCapture()) &&
        !isa<ParmVarDecl>(V))
      return captured(V);
    if (const auto *Parm = dyn_cast<ParmVarDecl>(&V)) {
      if (Parm->getDeclContext() != &Fn && Method &&
          Method->getParent()->isLambda())
        return captured(V);
      P = T.Places.root(PlaceKind::Param, T.symbol(*Parm), V.getName());
    } else {
      P = T.Places.root(PlaceKind::Local, T.symbol(V), V.getName());
    }
  }
  if (V.getType()->isArrayType())
    T.Places.markArray(P);
  if (V.getType()->isReferenceType()) {
    T.Places.markReference(P);
    return T.Places.step(PlaceKind::Deref, P);
  }
  return P;
}

PlaceId FactsGenerator::behind(const Operand &Pointer) {
  if (Pointer.Is == Operand::Address)
    return Pointer.Place;
  if (Pointer.Is == Operand::Value && Pointer.Place != NoPlace)
    return T.Places.step(PlaceKind::Deref, Pointer.Place);
  return NoPlace;
}

Operand FactsGenerator::addressOf(PlaceId P) {
  if (P == NoPlace)
    return {};
  if (T.Places[P].Kind == PlaceKind::Deref)
    return Operand::value(T.Places[P].Parent);
  return Operand::address(P);
}

Operand FactsGenerator::bound(const Expr *E) { return addressOf(place(E)); }

Operand FactsGenerator::argument(const Expr *E, QualType Param) {
  return Param->isReferenceType() ? bound(E) : operand(E);
}

bool FactsGenerator::isOneOfMany(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return !A->getBase()->IgnoreParenImpCasts()->getType()->isArrayType();
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (C->getOperator() != OO_Subscript || C->getNumArgs() != 2)
      return C->getOperator() == OO_Subscript;
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(C->getDirectCallee());
    return !M || elementShown(*M, {C->getArg(1)}, T.Context) == AnyElement;
  }
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return isOneOfMany(M->getBase());
  return false;
}

PlaceId FactsGenerator::place(const Expr *E) {
  if (!E)
    return NoPlace;
  E = E->IgnoreParens();
  if (auto It = Results.find(E); It != Results.end()) {
    const Operand &R = It->second;
    if (E->isGLValue())
      return behind(R); // results of reference type are kept as addresses
    return R.Is == Operand::Value ? R.Place : NoPlace;
  }
  switch (E->getStmtClass()) {
  case Stmt::DeclRefExprClass: {
    const ValueDecl *D = cast<DeclRefExpr>(E)->getDecl();
    if (const auto *V = dyn_cast<VarDecl>(D))
      return variable(*V);
    if (const auto *B = dyn_cast<BindingDecl>(D))
      return B->getBinding() ? place(B->getBinding()) : NoPlace;
    return NoPlace;
  }
  case Stmt::MemberExprClass: {
    const auto *M = cast<MemberExpr>(E);
    if (const auto *V = dyn_cast<VarDecl>(M->getMemberDecl()))
      return variable(*V);
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (!F)
      return NoPlace;
    PlaceId Base = M->isArrow() ? behind(operand(M->getBase())) : place(M->getBase());
    PlaceId P = field(Base, *F);
    if (P != NoPlace && F->getType()->isReferenceType())
      return T.Places.step(PlaceKind::Deref, P);
    return P;
  }
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(E);
    if (U->getOpcode() == UO_Deref)
      return behind(operand(U->getSubExpr()));
    if (U->isPrefix() || U->getOpcode() == UO_Extension)
      return place(U->getSubExpr());
    return NoPlace;
  }
  case Stmt::ArraySubscriptExprClass: {
    const auto *A = cast<ArraySubscriptExpr>(E);
    const Expr *Base = A->getBase()->IgnoreParenImpCasts();
    if (!Base->getType()->isArrayType()) {
      PlaceId P = behind(operand(A->getBase()));
      Expr::EvalResult Zero;
      if (P == NoPlace || (A->getIdx()->EvaluateAsInt(Zero, T.Context) &&
                           Zero.Val.getInt().isZero()))
        return P;
      return T.Places.step(PlaceKind::Element, P, AnyElement);
    }
    PlaceId Array = place(Base);
    Expr::EvalResult R;
    if (Array != NoPlace && A->getIdx()->EvaluateAsInt(R, T.Context) &&
        R.Val.getInt().isSignedIntN(24))
      return T.Places.step(PlaceKind::Element, Array,
                           SymbolId(R.Val.getInt().getExtValue()));
    return Array == NoPlace
               ? NoPlace
               : T.Places.step(PlaceKind::Element, Array, AnyElement);
  }
  case Stmt::CXXThisExprClass:
    return NoPlace;
  case Stmt::MaterializeTemporaryExprClass:
    return place(cast<MaterializeTemporaryExpr>(E)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return place(cast<CXXBindTemporaryExpr>(E)->getSubExpr());
  case Stmt::ExprWithCleanupsClass:
  case Stmt::ConstantExprClass:
    return place(cast<FullExpr>(E)->getSubExpr());
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return place(cast<SubstNonTypeTemplateParmExpr>(E)->getReplacement());
  case Stmt::CXXDefaultArgExprClass:
    return place(cast<CXXDefaultArgExpr>(E)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return place(cast<CXXDefaultInitExpr>(E)->getExpr());
  case Stmt::OpaqueValueExprClass:
    return place(cast<OpaqueValueExpr>(E)->getSourceExpr());
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
    return place(cast<CoroutineSuspendExpr>(E)->getResumeExpr());
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CXXFunctionalCastExprClass:
  case Stmt::CXXStaticCastExprClass:
  case Stmt::CXXConstCastExprClass:
  case Stmt::CXXReinterpretCastExprClass:
  case Stmt::CXXDynamicCastExprClass:
    return place(cast<CastExpr>(E)->getSubExpr());
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass: {
    const auto *C = cast<CXXConstructExpr>(E);
    if (C->isElidable() && C->getNumArgs() >= 1)
      return place(C->getArg(0));
    return temp(E);
  }
  case Stmt::InitListExprClass:
    if (const Expr *One = onlyValue(*cast<InitListExpr>(E)))
      return place(One);
    return temp(E);
  case Stmt::CompoundLiteralExprClass:
    if (const auto *L = dyn_cast<InitListExpr>(
            cast<CompoundLiteralExpr>(E)->getInitializer()->IgnoreParens()))
      return place(L); // which fills it
    return temp(E);
  case Stmt::LambdaExprClass:
    return temp(E);
  case Stmt::ConditionalOperatorClass:
    return E->isGLValue() && !Loaded.count(E)
               ? T.Places.step(PlaceKind::Deref, temp(E))
               : temp(E);
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass: {
    const auto *B = cast<BinaryOperator>(E);
    if (B->isAssignmentOp())
      return place(B->getLHS());
    if (B->getOpcode() == BO_Comma)
      return place(B->getRHS());
    return NoPlace;
  }
  default:
    return NoPlace;
  }
}

namespace {
/// Cheap guard before constant evaluation: leaves that can be constants.
bool mayBeConstant(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
  case Stmt::CXXBoolLiteralExprClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
  case Stmt::SubstNonTypeTemplateParmExprClass:
  case Stmt::ConstantExprClass:
    return true;
  case Stmt::DeclRefExprClass: {
    const ValueDecl *D = cast<DeclRefExpr>(E)->getDecl();
    if (isa<EnumConstantDecl>(D))
      return true;
    const auto *V = dyn_cast<VarDecl>(D);
    return V && (V->isConstexpr() ||
                 (V->getType().isConstQualified() && V->hasGlobalStorage()));
  }
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(E);
    return (U->getOpcode() == UO_Minus || U->getOpcode() == UO_Not ||
            U->getOpcode() == UO_Plus || U->getOpcode() == UO_LNot) &&
           mayBeConstant(U->getSubExpr()->IgnoreParens());
  }
  case Stmt::BinaryOperatorClass: {
    const auto *B = cast<BinaryOperator>(E);
    return mayBeConstant(B->getLHS()->IgnoreParens()) &&
           mayBeConstant(B->getRHS()->IgnoreParens());
  }
  default:
    if (const auto *C = dyn_cast<CastExpr>(E))
      return mayBeConstant(C->getSubExpr()->IgnoreParens());
    return false;
  }
}

bool isAddress(const Expr *E);

/// An aligned address has low bits to spare, in which programs keep marks: the
/// number that \p B makes one with bits set (`address | 1`) or cleared
/// (`number & ~1`) of. Null when it makes something else. What a mask leaves of
/// an address (`address & 15`) is no address.
const Expr *marked(const BinaryOperator &B) {
  const Expr *L = B.getLHS(), *R = B.getRHS();
  if (B.getOpcode() == BO_Or)
    return isAddress(L) == isAddress(R) ? nullptr : isAddress(L) ? L : R;
  const auto *Not = dyn_cast<UnaryOperator>(R->IgnoreParenCasts());
  return B.getOpcode() == BO_And && Not && Not->getOpcode() == UO_Not ? L
                                                                      : nullptr;
}

/// Whether \p E, a number, is written as an address, with or without marks.
bool isAddress(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *C = dyn_cast<CastExpr>(E))
    return C->getCastKind() == CK_PointerToIntegral ||
           (C->getCastKind() != CK_LValueToRValue && isAddress(C->getSubExpr()));
  const auto *B = dyn_cast<BinaryOperator>(E);
  const Expr *Of = B ? marked(*B) : nullptr;
  return Of && isAddress(Of);
}
} // namespace

Operand FactsGenerator::operand(const Expr *E) {
  if (!E)
    return {};
  E = E->IgnoreParens();
  if (E->getType().isNull())
    return {};
  if (auto It = Results.find(E); It != Results.end()) {
    if (E->isGLValue()) {
      PlaceId P = behind(It->second);
      return P == NoPlace ? Operand() : Operand::value(P);
    }
    return It->second;
  }
  QualType Ty = E->getType();
  if ((Ty->isIntegralOrEnumerationType() || Ty->isAnyPointerType() ||
       Ty->isNullPtrType()) &&
      !E->isGLValue() && mayBeConstant(E)) {
    if (E->getType()->isNullPtrType() ||
        (Ty->isAnyPointerType() &&
         E->isNullPointerConstant(T.Context, Expr::NPC_ValueDependentIsNotNull)))
      return Operand::constant(0);
    Expr::EvalResult R;
    // A constant that is a null pointer.
    if (Ty->isAnyPointerType() && !E->isValueDependent() &&
        E->EvaluateAsRValue(R, T.Context) && R.Val.isLValue() &&
        R.Val.isNullPointer())
      return Operand::constant(0);
    if (!E->isValueDependent() && E->EvaluateAsInt(R, T.Context))
      if (std::optional<int64_t> Number = asNumber(R.Val.getInt()))
        return Operand::constant(*Number);
  }
  if (const auto *C = dyn_cast<CastExpr>(E)) {
    const Expr *Sub = C->getSubExpr();
    switch (C->getCastKind()) {
    case CK_LValueToRValue: {
      PlaceId P = place(Sub);
      return P == NoPlace ? Operand() : Operand::value(P);
    }
    case CK_ArrayToPointerDecay: {
      PlaceId P = place(Sub);
      return P == NoPlace ? Operand() : Operand::address(P);
    }
    case CK_NullToPointer:
      return Operand::constant(0);
    case CK_IntegralToPointer: {
      const auto *B = dyn_cast<BinaryOperator>(Sub->IgnoreParenCasts());
      const Expr *Of = B ? marked(*B) : nullptr;
      return operand(Of ? Of : Sub);
    }
    case CK_PointerToBoolean:
    case CK_IntegralToBoolean:
      return truth(Sub);
    case CK_FunctionToPointerDecay:
    case CK_ToVoid:
      return {};
    default:
      return operand(Sub);
    }
  }
  switch (E->getStmtClass()) {
  case Stmt::CXXThisExprClass:
    return Operand::value(thisPlace());
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(E);
    switch (U->getOpcode()) {
    case UO_AddrOf:
      return addressOf(place(U->getSubExpr()));
    case UO_LNot:
      return truth(E);
    case UO_Deref:
    case UO_PreInc:
    case UO_PreDec:
    case UO_PostInc:
    case UO_PostDec:
    case UO_Extension: {
      PlaceId P = U->getOpcode() == UO_Deref ? place(E) : place(U->getSubExpr());
      return P == NoPlace ? Operand() : Operand::value(P);
    }
    default:
      return {};
    }
  }
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass: {
    const auto *B = cast<BinaryOperator>(E);
    if (B->isAssignmentOp()) {
      PlaceId P = place(B->getLHS());
      return P == NoPlace ? Operand() : Operand::value(P);
    }
    if (B->getOpcode() == BO_Comma)
      return operand(B->getRHS());
    if (B->isRelationalOp() || B->isEqualityOp())
      return truth(E);
    if (B->isLogicalOp())
      return Operand::value(temp(E));
    if (B->isAdditiveOp() && Ty->isPointerType())
      return operand(B->getLHS()->getType()->isPointerType() ? B->getLHS()
                                                             : B->getRHS());
    if (isAddress(E))
      return operand(marked(*B));
    return {};
  }
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
  case Stmt::CXXNewExprClass:
    return Operand::value(temp(E));
  case Stmt::StmtExprClass:
    return Ty->isScalarType() ? Operand::value(temp(E)) : Operand();
  case Stmt::CXXDefaultArgExprClass:
    return operand(cast<CXXDefaultArgExpr>(E)->getExpr());
  case Stmt::CXXDefaultInitExprClass:
    return operand(cast<CXXDefaultInitExpr>(E)->getExpr());
  case Stmt::ExprWithCleanupsClass:
  case Stmt::ConstantExprClass:
    return operand(cast<FullExpr>(E)->getSubExpr());
  case Stmt::MaterializeTemporaryExprClass:
    return operand(cast<MaterializeTemporaryExpr>(E)->getSubExpr());
  case Stmt::CXXBindTemporaryExprClass:
    return operand(cast<CXXBindTemporaryExpr>(E)->getSubExpr());
  case Stmt::OpaqueValueExprClass:
    return operand(cast<OpaqueValueExpr>(E)->getSourceExpr());
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
    return operand(cast<CoroutineSuspendExpr>(E)->getResumeExpr());
  case Stmt::CXXScalarValueInitExprClass:
  case Stmt::ImplicitValueInitExprClass:
    return Operand::constant(0);
  case Stmt::SubstNonTypeTemplateParmExprClass:
    return operand(cast<SubstNonTypeTemplateParmExpr>(E)->getReplacement());
  case Stmt::InitListExprClass: {
    const auto *L = cast<InitListExpr>(E);
    if (const Expr *One = onlyValue(*L))
      return operand(One);
    if (!Ty->isRecordType() && !Ty->isArrayType())
      return L->getNumInits() == 1 ? operand(L->getInit(0))
                                   : Operand::constant(0);
    return Operand::value(temp(E));
  }
  default: {
    PlaceId P = place(E);
    return P == NoPlace ? Operand() : Operand::value(P);
  }
  }
}

} // namespace pooltidy

//===- Failures.cpp - which acquires can fail -----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Nulls.h"
#include "../model/Shapes.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

/// Whether \p Given, what a callee asks of its parameters, fits what \p C gives.
FactsGenerator::Fit
FactsGenerator::fits(const CallSite &C,
                     llvm::ArrayRef<std::pair<PlaceId, Range>> Given) const {
  Fit Out = Fit::Yes;
  for (const auto &[P, R] : Given)
    for (const auto &[Root, Actual] : C.Bindings) {
      if (Root != P)
        continue;
      if ((Actual.Is == Operand::Constant && !R.contains(Actual.Number)) ||
          (isNeverNull(T.Places, Actual) && R.isZero()))
        return Fit::No;
      if (Actual.Is != Operand::Constant || R.HasHole)
        Out = Fit::Perhaps;
    }
  return Out;
}

/// Whether \p Body, which \p C calls, can return null for what it is given.
FactsGenerator::Fit FactsGenerator::givesNull(const FunctionDecl &Body,
                                              const CallSite &C) {
  Fit Best = Fit::No;
  for (const NullReturn &N : T.nullsOf(Body))
    Best = std::max(Best, fits(C, N.Given));
  return Best;
}

/// True for a parameter by which a pointer or an owner comes back.
static bool isFilled(QualType Param) {
  QualType To = Param->isPointerType() || Param->isReferenceType()
                    ? Param->getPointeeType()
                    : QualType();
  if (To.isNull())
    return false;
  const CXXRecordDecl *R = To->getAsCXXRecordDecl();
  return To->isPointerType() ||
         (R && (model::isStd(*R, "unique_ptr") || model::isStd(*R, "shared_ptr")));
}

/// Whether and how surely the acquire \p S can fail. What a model says is so;
/// what was read off a body or a name is asked again of the body's paths, for
/// the arguments that are given here, and may set \p Test.
uint32_t FactsGenerator::failure(const CallShape &S, const model::Operation &Op,
                                 Predicate &Test) {
  using model::Operation;
  if (Op.FailsBy == Operation::Said)
    return !Test ? NoFlags
           : Op.Fails == model::Failure::NoMemory ? MayFail | UnsureFailure
                                                  : MayFail;
  bool Named = Op.FailsBy == Operation::Named;
  const FunctionDecl *Body = nullptr;
  bool Seen = S.Callee->hasBody(Body) && T.isUserCode(*Body);
  QualType Result = S.Callee->getReturnType();
  const CXXRecordDecl *Owner = Result->getAsCXXRecordDecl();
  // What is seen to return `{}` or `nullptr` needs no paths.
  bool MayOwn = Owner && !Test &&
                (model::isStd(*Owner, "unique_ptr") || model::isStd(*Owner, "shared_ptr"));
  if (Op.Object.Where == model::Slot::Return && !Op.Id && Seen &&
      (Result->isPointerType() || MayOwn)) {
    CallSite C;
    bindCall(S, C);
    // What comes back for some arguments only may be what nobody gives.
    if (Fit Null = givesNull(*Body, C); Null != Fit::No) {
      Test = {S.Ret, Cmp::NE, 0};
      return MayFail | (Null == Fit::Yes ? NoFlags : UnsureFailure);
    }
    return Named && Test ? MayFail | UnsureFailure : NoFlags;
  }
  // What leaves the parameter as it was, and answers otherwise where it does not,
  // tells so whatever the answer's type lets one think.
  if (Op.Object.Where == model::Slot::Argument && Seen && !Result->isVoidType() &&
      Op.Object.Index < Body->getNumParams() &&
      isFilled(Body->getParamDecl(Op.Object.Index)->getType()))
    if (const OutAnswers *Out = T.outAnswersOf(*Body, Op.Object.Index)) {
      if (!Out->Leaves)
        return NoFlags;
      PlaceId Answer = S.Ret;
      if (Out->Field != NoPlace)
        Answer = T.Places.rebase(Out->Field, T.Places.rootOf(Out->Field), S.Ret);
      if (Predicate Tells = telling(Answer, *Out))
        Test = Tells;
      else if (!Owner)
        Out = nullptr;
      if (Out)
        return MayFail;
    }
  if (!Test)
    return NoFlags;
  // A status that is always the same says nothing.
  if (Op.Object.Where == model::Slot::Argument && Seen)
    if (const Summary *Sum = T.summary(*S.Callee)) {
      Range Failing = Sum->Results;
      Failing.keep(negate(Test.Op), Test.Constant);
      if (Failing.isEmpty())
        return NoFlags;
    }
  return MayFail | (Named ? UnsureFailure : NoFlags);
}

/// What a pool answers about itself is kept, as what its acquire then does may
/// follow from it: `if (pool.available())`.
void FactsGenerator::keepAnswer(const CallShape &S) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (!M || M->isStatic() || S.This == NoPlace || S.Ret == NoPlace ||
      !M->getReturnType()->isIntegralOrEnumerationType() ||
      !T.Classes.classify(*M->getParent()).PoolOf)
    return;
  Operand &Answer = Results[S.Expr];
  if (Answer.Is != Operand::Value || Answer.Place != S.Ret)
    return;
  PlaceId Kept = T.Places.step(PlaceKind::Query, S.This,
                               T.symbol(*M->getCanonicalDecl()),
                               M->getIdentifier() ? M->getName() : "");
  Fact &F = emit(FactKind::Copy, S.Expr, Scalar);
  F.Dst = Kept;
  F.Src = Operand::value(S.Ret);
  Answer = Operand::value(Kept);
}

/// \p O is looked behind at \p At, where no fact of its object says so.
void FactsGenerator::need(const Operand &O, const Stmt *At) {
  if (O.Is == Operand::Value && O.Place != NoPlace &&
      T.Places[O.Place].Kind != PlaceKind::This)
    emit(FactKind::Use, At, Needed).Src = O;
}

/// An object is found by the number \p Index: an id must be one.
void FactsGenerator::needIndex(const Expr *Index, const Stmt *At) {
  if (!NamesIds || !Index->getType()->isIntegralOrEnumerationType())
    return;
  Operand O = operand(Index);
  if (O.Is != Operand::Value || O.Place == NoPlace)
    return;
  Fact &F = emit(FactKind::Use, At, Needed);
  F.Src = O;
  F.Index = 1;
}

/// True when the callee's declaration forbids null for an argument.
bool FactsGenerator::isNonNull(const CallShape &S, unsigned Index) const {
  if (!S.Callee || Index >= S.Callee->getNumParams())
    return false;
  const ParmVarDecl *P = S.Callee->getParamDecl(Index);
  if (P->hasAttr<NonNullAttr>())
    return true;
  if (auto Kind = P->getType()->getNullability();
      Kind && *Kind == NullabilityKind::NonNull)
    return true;
  return llvm::any_of(S.Callee->specific_attrs<NonNullAttr>(),
                      [&](const NonNullAttr *A) { return A->isNonNull(Index); });
}

} // namespace pooltidy

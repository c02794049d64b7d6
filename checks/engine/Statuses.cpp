//===- Statuses.cpp - values that say how a call went ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A status of class type is asked by its methods. Where their bodies are seen, a
// field of it tells; where not, its place stands for its code, and 0 is that
// nothing failed.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Generator.h"
#include "Nulls.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

/// True for a class that has an `ok()` and nothing that could be a lease: numbers,
/// text, and pointers to what is the class's own business.
static bool isPlainStatus(QualType Class) {
  const CXXRecordDecl *R = Class->getAsCXXRecordDecl();
  R = R ? R->getDefinition() : nullptr;
  if (!R || isa<ClassTemplateSpecializationDecl>(R) || !model::okOf(Class))
    return false;
  return llvm::all_of(R->fields(), [&](const FieldDecl *F) {
    QualType To = F->getType();
    if (const CXXRecordDecl *Owner = To->getAsCXXRecordDecl();
        Owner && (model::isStd(*Owner, "unique_ptr") ||
                  model::isStd(*Owner, "shared_ptr")))
      To = model::templateArgument(To, 0);
    else if (To->isPointerType() || To->isReferenceType())
      To = To->getPointeeType();
    else
      return true;
    const CXXRecordDecl *Of = To.isNull() ? nullptr : To->getAsCXXRecordDecl();
    return !Of || !Of->hasDefinition() || Of->getDeclContext()->Equals(R);
  });
}

/// The test of a field that is all that a method with a body does, if it is.
static Predicate askedBy(const Operand &Gives) {
  if (Gives.Is == Operand::Truth)
    return Gives.Test;
  if (Gives.Is == Operand::Value)
    return {Gives.Place, Cmp::NE, 0};
  return {};
}

/// What holds of the status at \p At, of class \p Status, where nothing failed.
Predicate FactsGenerator::succeeded(QualType Status, PlaceId At) {
  const CXXMethodDecl *Ok = isPlainStatus(Status) ? model::okOf(Status) : nullptr;
  const Summary *Sum = Ok && T.isUserCode(*Ok) ? T.summary(*Ok) : nullptr;
  if (Sum)
    if (Predicate Asked = askedBy(Sum->Gives)) {
      CallSite C;
      C.Bindings.push_back(
          {T.Places.root(PlaceKind::This, 0, "this"), Operand::address(At)});
      Asked.Place = substitutePlace(Asked.Place, C);
      if (Asked)
        return Asked;
    }
  return {At, Cmp::EQ, 0};
}

/// `if (ec)`, `ec.value()`, `status.ok()` of what nobody sees, or whose body asks
/// more than one field: 0 is that nothing failed.
bool FactsGenerator::statusCall(const CallShape &S, const CXXMethodDecl &M) {
  if (!S.Args.empty() || !M.isConst())
    return false;
  StringRef Class = model::nameOf(M.getParent());
  StringRef Name = M.getIdentifier() ? M.getName() : "";
  bool Bool = M.getReturnType()->isBooleanType();
  const FunctionDecl *Body = nullptr;
  bool Seen = M.hasBody(Body) && T.isUserCode(*Body);
  if (!Seen && (Class == "error_code" || Class == "error_condition")) {
    if (isa<CXXConversionDecl>(M) && Bool)
      Results[S.Expr] = Operand::truth({S.This, Cmp::NE, 0});
    else if (Name == "value")
      Results[S.Expr] = Operand::value(S.This);
    else
      return false;
  } else {
    QualType Of = M.getFunctionObjectParameterType();
    if (!isPlainStatus(Of) || model::okOf(Of)->getName() != Name)
      return false;
    Predicate Ok = succeeded(Of, S.This);
    if (Ok.Place != S.This)
      return false; // a field says more
    Results[S.Expr] = Operand::truth(Ok);
  }
  emit(FactKind::Read, S.Expr).Dst = S.This;
  return true;
}

/// True for a status whose copy, whatever its body does for it, says the same.
bool FactsGenerator::copiesStatus(QualType Class) {
  if (!isPlainStatus(Class))
    return false;
  const CXXDestructorDecl *End = Class->getAsCXXRecordDecl()->getDestructor();
  const Summary *Sum = End && T.isUserCode(*End) ? T.summary(*End) : nullptr;
  return !Sum || !Sum->Puts;
}

/// The test of a status's field that tells whether \p L is there, if there is one.
Predicate FactsGenerator::toldByFields(const FreshLease &L, const CallSite &C) {
  for (const auto &[P, With] : L.Left) {
    const Place &Root = T.Places[T.Places.rootOf(P)];
    if (T.Places[P].Parent == NoPlace || Root.Kind != PlaceKind::Result)
      continue;
    auto It = llvm::find_if(
        L.Without, [P = P](const auto &Entry) { return Entry.first == P; });
    // Of what else is given back, nobody says that it is never so without one.
    const auto *Of = dyn_cast_or_null<FunctionDecl>(T.declOf(Root.Symbol));
    if (It == L.Without.end() && !(Of && isPlainStatus(Of->getReturnType())))
      continue;
    OutAnswers Out;
    Out.Fills = true;
    Out.Filled = With;
    Out.Field = P;
    if (It != L.Without.end())
      Out.Left = It->second;
    if (PlaceId Here = substitutePlace(P, C); Here != NoPlace)
      if (Predicate Tells = telling(Here, Out))
        return Tells;
  }
  return {};
}

Predicate telling(PlaceId Answer, const OutAnswers &Out) {
  if (!Out.Fills)
    return {};
  auto Tells = [&](Cmp Op, int64_t Number) {
    Range Left = Out.Left, Filled = Out.Filled;
    Left.keep(Op, Number);
    Filled.keep(negate(Op), Number);
    return Left.isEmpty() && Filled.isEmpty();
  };
  for (Cmp Op : {Cmp::EQ, Cmp::NE, Cmp::GE, Cmp::LE})
    if (Tells(Op, 0))
      return {Answer, Op, 0};
  if (Tells(Cmp::EQ, Out.Filled.Low))
    return {Answer, Cmp::EQ, Out.Filled.Low};
  if (Tells(Cmp::NE, Out.Left.Low))
    return {Answer, Cmp::NE, Out.Left.Low};
  if (Tells(Cmp::GE, Out.Filled.Low))
    return {Answer, Cmp::GE, Out.Filled.Low};
  if (Tells(Cmp::LE, Out.Filled.High))
    return {Answer, Cmp::LE, Out.Filled.High};
  // A status that is one thing where all is well, and elsewhere what nobody sees.
  if (Out.Field != NoPlace && Out.Left.isAny() && Out.Filled.Low == Out.Filled.High)
    return {Answer, Cmp::EQ, Out.Filled.Low};
  return {};
}

} // namespace pooltidy

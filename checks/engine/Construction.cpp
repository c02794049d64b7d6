//===- Construction.cpp - objects made and deleted -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Shapes.h"
#include "Generator.h"
#include "Questions.h"
#include "Types.h"

using namespace clang;

namespace pooltidy {

/// True for smart pointers of the project's own: a copy of one is another name
/// of the same object, whatever its body does to a counter.
bool FactsGenerator::copiesPointer(QualType Class) {
  const CXXRecordDecl *R = Class->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() ||
      model::shapeOfResult(Class).As != model::Shape::Smart)
    return false;
  const CXXDestructorDecl *End = R->getDestructor();
  const Summary *Sum = End && T.isUserCode(*End) ? T.summary(*End) : nullptr;
  return !Sum || !Sum->Puts; // what puts at its end is followed by its fields
}

/// A std::reference_wrapper, or what holds one: `optional<reference_wrapper<T>>`.
static bool refers(const CXXRecordDecl &R) {
  if (model::isStd(R, "reference_wrapper"))
    return true;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return Spec && R.isInStdNamespace() &&
         llvm::any_of(model::typeArguments(*Spec), [](QualType Each) {
           const CXXRecordDecl *Held = Each->getAsCXXRecordDecl();
           return Held && model::isStd(*Held, "reference_wrapper");
         });
}

void FactsGenerator::construct(const CXXConstructExpr &C) {
  const CXXConstructorDecl *D = C.getConstructor();
  if (C.isElidable() && C.getNumArgs() >= 1)
    return;
  PlaceId Dst = temp(&C);
  if (optionalConstruct(C, Dst) || handleConstruct(C, Dst))
    return;
  auto Plain = [&](FactKind K) {
    PlaceId From = place(C.getArg(0));
    // Where nobody names what it is moved into, it was only thrown away.
    const auto *Into = T.Places[Dst].Kind == PlaceKind::Local
                           ? dyn_cast_or_null<VarDecl>(T.declOf(T.Places[Dst].Symbol))
                           : nullptr;
    bool Dropped = K == FactKind::Move && Into && !Into->isReferenced();
    if (From != NoPlace)
      emit(FactKind::Read, &C, Dropped ? Asks : NoFlags).Dst = From;
    if (K == FactKind::Copy && From != NoPlace && isPartOfObject(From))
      for (const FieldDecl *F : copiedFields(T, C.getType()))
        emit(FactKind::Read, &C).Dst = field(From, *F);
    Fact &F = emit(From == NoPlace ? FactKind::Assign : K, &C);
    F.Dst = Dst;
    if (From != NoPlace)
      F.Src = Operand::value(From);
  };
  bool IsPlain = C.getNumArgs() >= 1 && D->isCopyOrMoveConstructor() &&
                 (D->isImplicit() || D->isDefaulted() || !T.isUserCode(*D) ||
                  copiesPointer(C.getType()) || copiesStatus(C.getType()));
  // `std::shared_future<void> done = std::async(…)`
  bool TakesTask = C.getNumArgs() == 1 && !C.getArg(0)->isLValue() &&
                   D->getParent()->isInStdNamespace() &&
                   isTaskType(C.getType()) &&
                   isTaskType(C.getArg(0)->getType());
  if (TakesTask || (IsPlain && D->isMoveConstructor())) {
    Plain(FactKind::Move);
    // A vector that was moved from is empty, as the standard has it.
    if (model::isStd(*D->getParent(), "vector"))
      if (PlaceId From = place(C.getArg(0));
          From != NoPlace && isPartOfObject(From))
        emit(FactKind::Reset, &C).Dst = From;
    return;
  }
  if (IsPlain)
    return Plain(FactKind::Copy);
  CallShape S;
  S.Expr = &C;
  S.Callee = D;
  S.This = Dst;
  S.Ret = NoPlace;
  for (const Expr *A : C.arguments())
    S.Args.push_back(A);
  if (D->isDefaultConstructor() && (D->isDefaulted() || D->isImplicit()))
    return;
  const model::CallMeaning &M = T.Classes.classify(*D);
  if (M.What != model::Role::None && byMeaning(S))
    return;
  if (makesParts(Dst, C.getType(), S.Args, &C))
    return;
  if (bySummary(S))
    return derive(S, Dst);
  // A reference that is an object: whoever has it has what it refers to.
  if (S.Args.size() == 1 && refers(*D->getParent()))
    if (PlaceId To = place(S.Args[0]);
        To != NoPlace && T.Places[To].Kind == PlaceKind::Deref)
      emit(FactKind::Store, &C).Src = Operand::value(T.Places[To].Parent);
  mayThrow(S, nullptr);
  if (M.Rule && M.Rule->StartsThread && startTask(S))
    return;
  mayWait(S);
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    QualType P = I < D->getNumParams() ? D->getParamDecl(I)->getType()
                                       : S.Args[I]->getType();
    // By value, or a copy of what a const reference leads to.
    QualType Given = P->isReferenceType() && P->getPointeeType().isConstQualified()
                         ? P->getPointeeType()
                         : P;
    if ((Given->isPointerType() && !Given->getPointeeType().isConstQualified()) ||
        Given->isIntegralOrEnumerationType())
      emit(FactKind::Store, &C).Src = operand(S.Args[I]);
    else
      unknownArgument(S, S.Args[I], P, I);
    // A struct is copied with the pointers that are in it.
    if (P->isReferenceType() && P->getPointeeType()->isRecordType() &&
        T.isUserCode(*D))
      if (PlaceId Held = place(S.Args[I]); Held != NoPlace)
        emit(FactKind::Take, &C).Src = Operand::value(Held);
  }
  // std::function, std::packaged_task: the closure is in there now.
  if (S.Args.size() == 1 && D->getParent()->isInStdNamespace())
    if (const CXXRecordDecl *R = S.Args[0]->getType()->getAsCXXRecordDecl();
        R && R->isLambda())
      if (PlaceId From = place(S.Args[0]); From != NoPlace) {
        Fact &F = emit(S.Args[0]->isLValue() ? FactKind::Copy : FactKind::Move, &C);
        F.Dst = Dst;
        F.Src = Operand::value(From);
      }
  derive(S, Dst);
}

namespace {
/// True when an object that \p D makes can have told somebody where it is: it is
/// given something to tell, or nobody sees what it does.
bool canRegister(const CXXConstructorDecl &D) {
  if (!D.isUserProvided())
    return false;
  return !D.hasBody() || llvm::any_of(D.parameters(), [](const ParmVarDecl *P) {
    QualType Ty = P->getType();
    return (Ty->isPointerType() || Ty->isLValueReferenceType()) &&
           Ty->getPointeeType()->isRecordType() &&
           !Ty->getPointeeType().isConstQualified();
  });
}
} // namespace

void FactsGenerator::newExpr(const CXXNewExpr &N) {
  PlaceId Result = temp(&N);
  allocationMayThrow(N);
  // What a new object is given it may register somewhere; a thread's is its
  // task's.
  const model::FunctionRule *Rule =
      N.getConstructExpr()
          ? T.Classes.classify(*N.getConstructExpr()->getConstructor()).Rule
          : nullptr;
  if (const CXXConstructExpr *C = N.getConstructExpr();
      C && !(Rule && Rule->StartsThread))
    for (const Expr *A : C->arguments())
      if (Operand O = A->isGLValue() ? bound(A) : operand(A);
          O.Is == Operand::Value || O.Is == Operand::Address)
        if (A->getType()->isPointerType() || A->getType()->isRecordType() ||
            A->getType()->isIntegralOrEnumerationType())
          emit(FactKind::Store, &N).Src = O;
  // `new (space) T(value)`, in a container of pointers or ids.
  if (const Expr *Init = N.getInitializer();
      Init && Init->isPRValue() &&
      (Init->getType()->isPointerType() || Init->getType()->isIntegerType()))
    if (Operand O = operand(Init); O.Is == Operand::Value)
      emit(FactKind::Store, &N).Src = O;
  // … and what its constructor, or a list, has put into it went with it.
  if (const CXXConstructExpr *C = N.getConstructExpr()) {
    Fact &F = emit(FactKind::Store, &N);
    F.Src = Operand::value(temp(C));
    if (!N.isArray() && isTaskType(N.getAllocatedType()))
      F.Dst = T.Places.step(PlaceKind::Deref, Result); // `new std::thread(…)`
  } else if (const Expr *List = N.getInitializer();
             List && List->getType()->isRecordType())
    if (Operand O = operand(List); O.Is == Operand::Value)
      emit(FactKind::Store, &N).Src = O;
  const FunctionDecl *Op = N.getOperatorNew();
  if (!N.shouldNullCheckAllocation()) {
    Fact &F = emit(FactKind::Assign, &N);
    F.Dst = Result;
    F.Test = {Result, Cmp::NE, 0};
  } else {
    emit(FactKind::Assign, &N, MayBeNull).Dst = Result;
  }
  auto Made = [&] {
    if (const Expr *Init = N.isArray() ? nullptr : N.getInitializer())
      makesWithViews(T.Places.step(PlaceKind::Deref, Result), N.getAllocatedType(),
                     {Init}, &N);
    if (!N.isArray() && N.getNumPlacementArgs() == 0)
      emit(FactKind::Make, &N).Dst = Result;
  };
  if (!Op)
    return Made();
  if (Op->isReservedGlobalPlacementOperator()) {
    // new (p) T: what was there before is no more, and the result is p again.
    Operand At = operand(N.getPlacementArg(0));
    if (PlaceId P = behind(At); P != NoPlace) {
      emit(FactKind::Reset, &N).Dst = P;
      emit(FactKind::Bound, &N).Dst = P;
    }
    if (At.Is == Operand::Value || At.Is == Operand::Address) {
      Fact &F = emit(FactKind::Copy, &N);
      F.Dst = Result;
      F.Src = At;
    }
    return;
  }
  const model::CallMeaning &M = T.Classes.classify(*Op);
  if (M.What != model::Role::Acquire)
    return Made();
  Fact &F = emit(FactKind::Acquire, &N, Follows);
  F.Dst = Result;
  F.Family = T.family(*M.Family);
  if (N.shouldNullCheckAllocation()) {
    F.Test = {Result, Cmp::NE, 0};
    F.Flags |= MayFail;
  }
  if (const auto *R = N.getAllocatedType()->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
  // `new Task(queue);`: what nobody keeps has put itself somewhere.
  if (const CXXConstructExpr *C = N.getConstructExpr();
      C && Discarded.count(&N) && canRegister(*C->getConstructor()))
    emit(FactKind::Store, &N).Src = Operand::value(Result);
  Made();
}

/// `{a, b}` for a function or constructor that takes any number of them: whoever
/// gets the list may keep what is in it.
void FactsGenerator::listed(const CXXStdInitializerListExpr &L) {
  const auto *List = dyn_cast<InitListExpr>(
      L.getSubExpr()->IgnoreUnlessSpelledInSource());
  if (!List)
    return;
  for (const Expr *E : List->inits()) {
    QualType Ty = E->getType();
    bool Number = Ty->isIntegralOrEnumerationType();
    if (!Ty->isPointerType() && !Ty->isRecordType() && !Number)
      continue;
    PlaceId P = Ty->isRecordType() ? place(E) : NoPlace;
    if (Operand O = P != NoPlace ? Operand::value(P) : operand(E);
        O.Is == Operand::Value)
      emit(FactKind::Store, &L, Number ? Scalar : NoFlags).Src = O;
  }
}

void FactsGenerator::deleteExpr(const CXXDeleteExpr &D) {
  Operand O = operand(D.getArgument());
  if (PlaceId P = behind(O); P != NoPlace && !D.getDestroyedType().isNull())
    waitAtEnd(P, D.getDestroyedType(), &D);
  const FunctionDecl *Op = D.getOperatorDelete();
  const model::CallMeaning *M = Op ? &T.Classes.classify(*Op) : nullptr;
  if (!M || M->What != model::Role::Put) {
    // Deleting ends whatever it was; only its own family asks more.
    emit(FactKind::Use, &D).Src = O;
    emit(FactKind::Store, &D).Src = O;
    return;
  }
  Fact &F = emit(FactKind::Put, &D, NoResetNeeded);
  F.Src = O;
  F.Family = T.family(*M->Family);
}

void FactsGenerator::lambda(const LambdaExpr &L) {
  PlaceId Closure = temp(&L);
  auto Init = L.capture_init_begin();
  for (const LambdaCapture &C : L.captures()) {
    const Expr *E = *Init++;
    if (C.capturesThis()) {
      PlaceId P = T.Places.step(PlaceKind::Field, Closure,
                                T.captureSymbol(nullptr), "this");
      Fact &F = emit(FactKind::Copy, &L);
      F.Dst = P;
      F.Src = Operand::value(thisPlace());
      continue;
    }
    if (!C.capturesVariable())
      continue;
    const ValueDecl *V = C.getCapturedVar();
    PlaceId P = T.Places.step(PlaceKind::Field, Closure, T.captureSymbol(V),
                              V->getName());
    if (C.getCaptureKind() == LCK_ByRef) {
      Operand O = bound(E);
      if (O.Is == Operand::Address)
        T.Places.takeAddress(T.Places.rootOf(O.Place));
      if (O.Is == Operand::None)
        continue;
      Fact &F = emit(FactKind::Copy, &L);
      F.Dst = P;
      F.Src = O;
    } else {
      initialise(P, V->getType(), E, &L);
    }
  }
}

} // namespace pooltidy

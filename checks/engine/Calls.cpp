//===- Calls.cpp - calls by their meaning ---------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// In order: what everybody knows (std::move, memset), handles, what a model
// says, resets, a summary of the body; UnknownCalls.cpp has the rest.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

FactsGenerator::CallShape FactsGenerator::shapeOf(const CallExpr &C) {
  CallShape S;
  S.Expr = &C;
  S.Callee = C.getDirectCallee();
  S.Ret = temp(&C);
  S.ResultUsed = !Discarded.count(&C);
  unsigned Skip = 0;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(&C)) {
    S.ThisExpr = M->getImplicitObjectArgument();
    if (S.ThisExpr)
      S.This = S.ThisExpr->getType()->isPointerType()
                   ? behind(operand(S.ThisExpr))
                   : place(S.ThisExpr);
  } else if (isa<CXXOperatorCallExpr>(&C) &&
             isa_and_nonnull<CXXMethodDecl>(S.Callee) && C.getNumArgs() > 0) {
    if (!cast<CXXMethodDecl>(S.Callee)->isStatic()) {
      S.ThisExpr = C.getArg(0);
      S.This = place(S.ThisExpr);
      Skip = 1;
    }
  }
  for (const Expr *A : llvm::drop_begin(C.arguments(), Skip))
    S.Args.push_back(A);
  return S;
}

/// The value (a pointer, handle, id) that a model's slot names.
Operand FactsGenerator::slotOperand(const CallShape &S, const model::Slot &Slot) {
  switch (Slot.Where) {
  case model::Slot::None:
    return {};
  case model::Slot::Return:
    return Operand::value(S.Ret);
  case model::Slot::This:
    return addressOf(S.This);
  case model::Slot::Argument:
    break;
  }
  if (Slot.Index >= S.Args.size())
    return {};
  const Expr *Arg = S.Args[Slot.Index];
  QualType Param = S.Callee && Slot.Index < S.Callee->getNumParams()
                       ? S.Callee->getParamDecl(Slot.Index)->getType()
                       : Arg->getType();
  if (!Slot.Indirect) {
    // By reference to a pointer, handle or number: the value is in there.
    if (Param->isReferenceType()) {
      QualType To = Param->getPointeeType();
      PlaceId P = place(Arg);
      if (To->isPointerType() || To->isIntegralOrEnumerationType() ||
          handleOf(To, P).Is)
        return P == NoPlace ? Operand() : Operand::value(P);
      return addressOf(P);
    }
    return operand(Arg);
  }
  PlaceId P = Param->isReferenceType() ? place(Arg) : behind(operand(Arg));
  return P == NoPlace ? Operand() : Operand::value(P);
}

namespace {
/// What must hold of a call's result when it did not fail.
Predicate success(model::Failure F, PlaceId Result) {
  switch (F) {
  case model::Failure::Null:
  case model::Failure::Zero:
  case model::Failure::False:
    return {Result, Cmp::NE, 0};
  case model::Failure::Negative:
    return {Result, Cmp::GE, 0};
  case model::Failure::NonZero:
    return {Result, Cmp::EQ, 0};
  default:
    return {};
  }
}

bool isOpaque(QualType T) {
  return T->isVoidType() || T->isAnyCharacterType() || T->isStdByteType();
}
} // namespace

/// Whether a put asks its caller for a reset.
uint16_t FactsGenerator::resetFlags(const model::Pool &P, const FunctionDecl *Put,
                                    QualType Object) {
  using model::Convention;
  if (P.What == model::Kind::Memory ||
      (P.What == model::Kind::Resource && P.Reset.empty()))
    return NoResetNeeded;
  if (!Object.isNull() && isOpaque(Object))
    return NoResetNeeded;
  switch (P.Resets) {
  case Convention::PoolOnPut:
    return ResetsSelf;
  case Convention::PoolOnAcquire:
  case Convention::ConstructDestroy:
  case Convention::CallerAfterAcquire:
  case Convention::Never:
    return NoResetNeeded;
  case Convention::CallerBeforePut:
    return NoFlags;
  case Convention::Unknown:
    break;
  }
  const CXXRecordDecl *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl();
  return R && R->hasDefinition() && T.Classes.resetMethod(*R) ? NoFlags
                                                              : UnsureReset;
}

static QualType pointee(QualType T) {
  if (T.isNull())
    return T;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return T->getPointeeType();
  if (const auto *R = T->getAsCXXRecordDecl())
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(R))
      for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
        if (A.getKind() == TemplateArgument::Type)
          return A.getAsType();
  return T;
}

void FactsGenerator::acquire(const CallShape &S, const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  bool InPlace = false;
  PlaceId Dst = S.Ret;
  QualType Given = S.Callee->getReturnType();
  if (Op.Object.Where == model::Slot::This) {
    Dst = S.This;
    InPlace = true;
    Given = S.ThisExpr ? S.ThisExpr->getType() : QualType();
  } else if (Op.Object.Where == model::Slot::Argument) {
    if (Op.Object.Index >= S.Args.size())
      return;
    Given = S.Args[Op.Object.Index]->getType();
    Operand O = slotOperand(S, Op.Object);
    if (O.Is == Operand::Address) {
      Dst = O.Place;
      InPlace = true;
    } else if (O.Is == Operand::Value) {
      Dst = O.Place;
    } else {
      return;
    }
  }
  if (Dst == NoPlace)
    return;
  // Some acquire only where nothing was given to work on.
  if (Op.WhenNull >= 0) {
    if (unsigned(Op.WhenNull) >= S.Args.size())
      return;
    Operand Given = operand(S.Args[Op.WhenNull]);
    if (Given.Is != Operand::Constant || Given.Number != 0)
      return;
  }
  // What a failed out-parameter acquire leaves in the status is told first.
  if (Dst != S.Ret) {
    Fact &F = emit(FactKind::Assign, S.Expr, Scalar);
    F.Dst = S.Ret;
  }
  Fact &F = emit(FactKind::Acquire, S.Expr,
                 (InPlace ? pooltidy::InPlace : 0) |
                     (M.Family->FreesAll ? NotOwned : 0));
  F.Dst = Dst;
  F.Family = T.family(*M.Family);
  F.Test = success(Op.Fails, S.Ret);
  // A handle that an acquire returns puts where the acquire took from.
  if (const auto *R = Given->getAsCXXRecordDecl();
      R && Op.Object.Where == model::Slot::Return)
    T.Returned.try_emplace(R->getCanonicalDecl(), M.Family);
  if (const auto *R = pointee(pointee(Given))->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
}

void FactsGenerator::put(const CallShape &S, const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  if (Op.Setup)
    return;
  Operand Src = slotOperand(S, Op.Object);
  uint16_t Flags = Op.Nulls ? Nulls : NoFlags;
  QualType Object;
  if (Op.Object.Where == model::Slot::This)
    Object = S.ThisExpr ? pointee(S.ThisExpr->getType()) : QualType();
  else if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size())
    Object = pointee(S.Args[Op.Object.Index]->IgnoreParenImpCasts()->getType());
  Flags |= resetFlags(*M.Family, S.Callee, Object);
  // A handle given by value or moved in is empty afterwards.
  if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size() &&
      Op.Object.Index < S.Callee->getNumParams()) {
    QualType P = S.Callee->getParamDecl(Op.Object.Index)->getType();
    if (P->isRecordType() || P->isRValueReferenceType())
      Flags |= Nulls;
  }
  if (Op.Fails != model::Failure::Never && S.ResultUsed)
    Flags |= Tested;
  if (S.Ret != NoPlace) {
    Fact &R = emit(FactKind::Assign, S.Expr, Scalar);
    R.Dst = S.Ret;
  }
  Fact &F = emit(FactKind::Put, S.Expr, Flags);
  F.Src = Src;
  F.Family = T.family(*M.Family);
  F.Test = success(Op.Fails, S.Ret);
  if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
}

bool FactsGenerator::byMeaning(const CallShape &S) {
  const model::CallMeaning &M = T.Classes.classify(*S.Callee);
  if (M.Rule) {
    if (M.Rule->NoReturn) {
      emit(FactKind::Stop, S.Expr);
      return true;
    }
    int Taken = M.Rule->Takes;
    if (M.Rule->Moves >= 0 && unsigned(M.Rule->Moves) < S.Args.size()) {
      // realloc: on success the old object is gone and the result is a new
      // one; on failure the old one stays.
      Operand Old = operand(S.Args[M.Rule->Moves]);
      if (Old.Is == Operand::Constant && M.What == model::Role::Acquire) {
        acquire(S, M);
        return true;
      }
      Fact &Result = emit(FactKind::Assign, S.Expr, Scalar);
      Result.Dst = S.Ret;
      Fact &F = emit(FactKind::Put, S.Expr, NoResetNeeded | Moves);
      F.Dst = S.Ret;
      F.Src = Old;
      F.Family = AnyFamily;
      F.Test = {S.Ret, Cmp::NE, 0};
      return true;
    }
    // mysql_real_connect, curl_slist_append: the argument again, or null.
    if (M.Rule->Returns >= 0 && unsigned(M.Rule->Returns) < S.Args.size()) {
      Operand Same = operand(S.Args[M.Rule->Returns]);
      emit(FactKind::Use, S.Expr).Src = Same;
      if (Same.Is == Operand::Value) {
        Fact &Fork = emit(FactKind::Copy, S.Expr, OrNull);
        Fork.Dst = S.Ret;
        Fork.Src = Same;
      }
      if (M.What == model::Role::None)
        return true;
    }
    if (Taken >= 0 && unsigned(Taken) < S.Args.size())
      emit(FactKind::Store, S.Expr).Src = operand(S.Args[Taken]);
    if (M.What == model::Role::None && M.Rule->Keeps) {
      for (const Expr *A : S.Args)
        emit(FactKind::Use, A).Src = operand(A);
      return true;
    }
  }
  switch (M.What) {
  case model::Role::None:
    return false;
  case model::Role::Acquire:
    // The arguments of an acquire are used: a connection to prepare on.
    for (unsigned I = 0; I < S.Args.size(); ++I)
      if (!(M.Op->Object.Where == model::Slot::Argument && M.Op->Object.Index == I))
        emit(FactKind::Use, S.Expr).Src = operand(S.Args[I]);
    acquire(S, M);
    return true;
  case model::Role::Put:
    put(S, M);
    return true;
  case model::Role::Reset: {
    Operand O = slotOperand(S, M.Op->Object);
    if (PlaceId P = behind(O); P != NoPlace)
      emit(FactKind::Reset, S.Expr).Dst = P;
    return true;
  }
  case model::Role::Use:
    for (const Expr *A : S.Args) {
      Fact &F = emit(FactKind::Use, S.Expr);
      F.Src = operand(A);
      F.Dst = S.Ret; // what it answers depends on the object
    }
    return true;
  }
  return false;
}

/// A reset by name: `b->clear()`, `reset_buffer(b)`, `b->data.clear()`.
bool FactsGenerator::resets(const CallShape &S) {
  if (!T.Classes.isReset(*S.Callee))
    return false;
  // `reset(p)` gives the object something new to hold: its body says what.
  if (S.This != NoPlace && T.isUserCode(*S.Callee))
    for (const Expr *A : S.Args)
      if (A->getType()->isPointerType() || A->getType()->isRecordType())
        return false;
  if (S.This != NoPlace) {
    if (const Summary *Sum = T.isUserCode(*S.Callee) ? T.summary(*S.Callee) : nullptr)
      if (Sum->Puts)
        return false;
    emit(FactKind::Reset, S.Expr).Dst = S.This;
    return true;
  }
  if (isa<CXXMethodDecl>(S.Callee) || S.Args.size() < 1)
    return false;
  QualType P = S.Callee->getNumParams() ? S.Callee->getParamDecl(0)->getType()
                                        : QualType();
  if (P.isNull() || !(P->isPointerType() || P->isReferenceType()) ||
      P->getPointeeType().isConstQualified())
    return false;
  if (const Summary *Sum = T.isUserCode(*S.Callee) ? T.summary(*S.Callee) : nullptr)
    if (Sum->Puts)
      return false;
  PlaceId Object = P->isReferenceType() ? place(S.Args[0]) : behind(operand(S.Args[0]));
  if (Object == NoPlace)
    return false;
  emit(FactKind::Reset, S.Expr).Dst = Object;
  return true;
}

void FactsGenerator::mayThrow(const CallShape &S, const Summary *Known) {
  const FunctionDecl *F = S.Callee;
  if (F) {
    if (const auto *P = F->getType()->getAs<FunctionProtoType>();
        P && P->isNothrow())
      return;
    if (F->isExternC() || F->getBuiltinID() || isa<CXXDestructorDecl>(F))
      return;
    const model::CallMeaning &M = T.Classes.classify(*F);
    if (M.What == model::Role::Put || M.What == model::Role::Reset ||
        (M.Rule && M.Rule->NoThrow))
      return;
    if (Known) {
      if (Known->Throwing != Throws::Never)
        throwFrom(S.Expr, Known->Throwing == Throws::Assumed,
                  static_cast<const Type *>(Known->Thrown));
      return;
    }
    if (T.Classes.isReset(*F))
      return;
  }
  throwFrom(S.Expr, true);
}

/// A callee's place in the caller's terms, by the arguments alone.
PlaceId FactsGenerator::substitutePlace(PlaceId P, const CallSite &C) {
  const Place Here = T.Places[P];
  if (Here.Parent == NoPlace) {
    if (Here.Kind == PlaceKind::Result)
      return C.Ret;
    if (Here.Kind == PlaceKind::Global)
      return P;
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == P)
        return Actual.Is == Operand::Value ? Actual.Place : NoPlace;
    return NoPlace;
  }
  if (Here.Kind == PlaceKind::Deref && T.Places[Here.Parent].Parent == NoPlace)
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == Here.Parent)
        return behind(Actual);
  PlaceId Above = substitutePlace(Here.Parent, C);
  return Above == NoPlace ? NoPlace : T.Places.rebase(P, Here.Parent, Above);
}

Operand FactsGenerator::substitute(const Operand &O, const CallSite &C) {
  Operand Out = O;
  if (O.Is == Operand::Truth) {
    Out.Test.Place = substitutePlace(O.Test.Place, C);
    return Out.Test.Place == NoPlace ? Operand() : Out;
  }
  if (T.Places[O.Place].Parent == NoPlace && O.Is == Operand::Value)
    for (const auto &[Root, Actual] : C.Bindings)
      if (Root == O.Place)
        return Actual;
  Out.Place = substitutePlace(O.Place, C);
  return Out.Place == NoPlace ? Operand() : Out;
}

void FactsGenerator::bindCall(const CallShape &S, CallSite &C) {
  const FunctionDecl *Body = S.Callee->getDefinition();
  if (!Body)
    Body = S.Callee;
  if (S.This != NoPlace)
    C.Bindings.push_back(
        {T.Places.root(PlaceKind::This, 0, "this"), addressOf(S.This)});
  for (unsigned I = 0; I < Body->getNumParams() && I < S.Args.size(); ++I) {
    const ParmVarDecl *P = Body->getParamDecl(I);
    Operand O = argument(S.Args[I], P->getType());
    C.Bindings.push_back(
        {T.Places.root(PlaceKind::Param, T.symbol(*P), P->getName()), O});
  }
  C.Ret = S.Ret;
}

void FactsGenerator::freshLeases(const CallShape &S, const Summary &Sum,
                                 const CallSite &C) {
  for (const FreshLease &L : Sum.Fresh) {
    PlaceId Dst = substitutePlace(L.Out, C);
    if (Dst == NoPlace)
      continue;
    PlaceKind Root = T.Places[T.Places.rootOf(L.Out)].Kind;
    if (Root == PlaceKind::This && !isa<CXXConstructorDecl>(S.Callee))
      continue; // a member that some method filled: the object's own business
    uint16_t Flags = L.Flags & (InPlace | NotOwned);
    if (L.State == Dirt::Dirty)
      Flags |= AcquiredDirty;
    if (!L.Owned || Root == PlaceKind::This)
      Flags |= NotOwned;
    Fact &F = emit(FactKind::Acquire, S.Expr, Flags);
    F.Dst = Dst;
    F.Family = L.Family;
    if (Root != PlaceKind::Result)
      F.Src = Operand::value(S.Ret); // a status that tells whether there is one
    if (Root == PlaceKind::Result || L.Result.isNonZero())
      F.Test = {S.Ret, Cmp::NE, 0};
    else if (L.Result.isZero())
      F.Test = {S.Ret, Cmp::EQ, 0};
    else if (L.Result.Low == 0)
      F.Test = {S.Ret, Cmp::GE, 0};
    if (S.Ret == NoPlace || S.Callee->getReturnType()->isVoidType() ||
        isa<CXXConstructorDecl>(S.Callee) ||
        S.Callee->getReturnType()->isReferenceType())
      F.Test = {};
    QualType Given = S.Callee->getReturnType();
    if (const auto *R = pointee(Given)->getAsCXXRecordDecl())
      G->TypeAt[F.Site] = R;
  }
}

bool FactsGenerator::bySummary(const CallShape &S) {
  if (!T.isUserCode(*S.Callee))
    return false;
  const Summary *Sum = T.summary(*S.Callee);
  if (!Sum || Sum->Incomplete)
    return false;
  CallSite C;
  C.Callee = Sum;
  bindCall(S, C);
  mayThrow(S, Sum);
  if (!Sum->Returns) {
    Fact &F = emit(FactKind::Apply, S.Expr);
    F.Index = G->Facts.Calls.size();
    G->Facts.Calls.push_back(std::move(C));
    emit(FactKind::Stop, S.Expr);
    return true;
  }
  if (Sum->Gives.Is != Operand::None && Sum->Fresh.empty()) {
    Operand O = substitute(Sum->Gives, C);
    if (O.Is != Operand::None) {
      if (S.This != NoPlace)
        emit(FactKind::Read, S.Expr).Dst = S.This;
      for (const auto &[Root, Actual] : C.Bindings)
        if (Actual.Is == Operand::Value && T.Places[Root].Kind == PlaceKind::Param)
          emit(FactKind::Use, S.Expr).Src = Actual;
      Results[S.Expr] = O;
      return true;
    }
  }
  // Anything read through `this` is a use of what it points to.
  Fact &F = emit(FactKind::Apply, S.Expr);
  F.Index = G->Facts.Calls.size();
  G->Facts.Calls.push_back(C);
  freshLeases(S, *Sum, C);
  return true;
}

/// Functions that are the same in every program.
bool FactsGenerator::wellKnown(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  if (!F->getIdentifier())
    return false;
  if (testPoint(S))
    return true;
  StringRef Name = F->getName();
  size_t N = S.Args.size();
  if (F->isInStdNamespace()) {
    if (N == 1 && (Name == "move" || Name == "forward" || Name == "as_const" ||
                   Name == "move_if_noexcept")) {
      Results[S.Expr] = bound(S.Args[0]);
      return true;
    }
    if (N == 1 && (Name == "addressof" || Name == "to_address")) {
      Results[S.Expr] = Name == "addressof" ? bound(S.Args[0]) : operand(S.Args[0]);
      return true;
    }
    if (N == 1 && Name == "ref") {
      Results[S.Expr] = bound(S.Args[0]);
      return true;
    }
    if (N == 2 && Name == "exchange") {
      PlaceId P = place(S.Args[0]);
      if (P == NoPlace)
        return false;
      Fact &F1 = emit(FactKind::Move, S.Expr);
      F1.Dst = S.Ret;
      F1.Src = Operand::value(P);
      Operand New = S.Args[1]->isGLValue() ? Operand::value(place(S.Args[1]))
                                           : operand(S.Args[1]);
      Fact &F2 = emit(New.Is == Operand::Value && New.Place != NoPlace
                          ? FactKind::Copy
                          : FactKind::Assign,
                      S.Expr);
      F2.Dst = P;
      if (New.Place != NoPlace || New.Is == Operand::Constant)
        F2.Src = New;
      return true;
    }
    if (N == 2 && Name == "swap") {
      PlaceId A = place(S.Args[0]), B = place(S.Args[1]);
      if (A == NoPlace || B == NoPlace)
        return false;
      Fact &W = emit(FactKind::Swap, S.Expr);
      W.Dst = A;
      W.Src = Operand::value(B);
      return true;
    }
  }
  bool C = F->isExternC() || F->getBuiltinID() || F->isInStdNamespace();
  if (C && N == 3 && (Name == "memset" || Name == "__builtin_memset")) {
    PlaceId P = behind(operand(S.Args[0]));
    Operand V = operand(S.Args[1]);
    if (P != NoPlace)
      emit(V.Is == Operand::Constant && V.Number == 0 ? FactKind::Reset
                                                      : FactKind::Write,
           S.Expr)
          .Dst = P;
    Results[S.Expr] = operand(S.Args[0]);
    return true;
  }
  if (C && N == 2 && (Name == "bzero" || Name == "explicit_bzero")) {
    if (PlaceId P = behind(operand(S.Args[0])); P != NoPlace)
      emit(FactKind::Reset, S.Expr).Dst = P;
    return true;
  }
  return false;
}

void FactsGenerator::call(const CallExpr &C) {
  CallShape S = shapeOf(C);
  // A result of reference type is kept as the address it holds.
  Results[&C] = Operand::value(S.Ret);
  if (!S.Callee) {
    mayThrow(S, nullptr);
    unknownCall(S);
    return;
  }
  if (isa<CXXDestructorDecl>(S.Callee))
    return; // obj->~T(): what follows says what becomes of the storage
  if (wellKnown(S) || handleCall(S))
    return;
  const model::CallMeaning &M = T.Classes.classify(*S.Callee);
  if (M.What != model::Role::None || M.Rule) {
    mayThrow(S, nullptr);
    if (byMeaning(S))
      return;
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
      Method && S.This != NoPlace && S.Args.size() == 1 &&
      (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator()) &&
      !Method->getParent()->isInStdNamespace() &&
      (Method->isImplicit() || Method->isDefaulted() || !Method->hasBody()))
    return assignObject(S, *Method);
  if (resets(S))
    return;
  if (bySummary(S))
    return;
  mayThrow(S, nullptr);
  unknownCall(S);
  if (S.Callee->isNoReturn())
    emit(FactKind::Stop, S.Expr);
}

void FactsGenerator::construct(const CXXConstructExpr &C) {
  const CXXConstructorDecl *D = C.getConstructor();
  if (C.isElidable() && C.getNumArgs() >= 1)
    return;
  PlaceId Dst = temp(&C);
  if (handleConstruct(C, Dst))
    return;
  auto Plain = [&](FactKind K) {
    PlaceId From = place(C.getArg(0));
    if (From != NoPlace)
      emit(FactKind::Read, &C).Dst = From;
    Fact &F = emit(From == NoPlace ? FactKind::Assign : K, &C);
    F.Dst = Dst;
    if (From != NoPlace)
      F.Src = Operand::value(From);
  };
  if (C.getNumArgs() >= 1 && D->isMoveConstructor() &&
      (D->isImplicit() || D->isDefaulted() || !T.isUserCode(*D)))
    return Plain(FactKind::Move);
  if (C.getNumArgs() >= 1 && D->isCopyConstructor() &&
      (D->isImplicit() || D->isDefaulted() || !T.isUserCode(*D)))
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
  if (bySummary(S))
    return;
  mayThrow(S, nullptr);
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    QualType P = I < D->getNumParams() ? D->getParamDecl(I)->getType()
                                       : S.Args[I]->getType();
    if ((P->isPointerType() && !P->getPointeeType().isConstQualified()) ||
        P->isIntegralOrEnumerationType())
      emit(FactKind::Store, &C).Src = operand(S.Args[I]);
    else
      unknownArgument(S, S.Args[I], P, I);
  }
}

void FactsGenerator::newExpr(const CXXNewExpr &N) {
  PlaceId Result = temp(&N);
  // What a new object is given it may register somewhere.
  if (const CXXConstructExpr *C = N.getConstructExpr())
    for (const Expr *A : C->arguments())
      if (Operand O = A->isGLValue() ? bound(A) : operand(A);
          O.Is == Operand::Value || O.Is == Operand::Address)
        if (A->getType()->isPointerType() || A->getType()->isRecordType() ||
            A->getType()->isIntegralOrEnumerationType())
          emit(FactKind::Store, &N).Src = O;
  // … and what its constructor has put into it went with it.
  if (const CXXConstructExpr *C = N.getConstructExpr())
    emit(FactKind::Store, &N).Src = Operand::value(temp(C));
  const FunctionDecl *Op = N.getOperatorNew();
  if (!N.shouldNullCheckAllocation()) {
    Fact &F = emit(FactKind::Assign, &N);
    F.Dst = Result;
    F.Test = {Result, Cmp::NE, 0};
  }
  if (!Op)
    return;
  if (Op->isReservedGlobalPlacementOperator())
    return;
  const model::CallMeaning &M = T.Classes.classify(*Op);
  if (M.What != model::Role::Acquire)
    return;
  Fact &F = emit(FactKind::Acquire, &N);
  F.Dst = Result;
  F.Family = T.family(*M.Family);
  if (N.shouldNullCheckAllocation())
    F.Test = {Result, Cmp::NE, 0};
  if (const auto *R = N.getAllocatedType()->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
}

void FactsGenerator::deleteExpr(const CXXDeleteExpr &D) {
  Operand O = operand(D.getArgument());
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

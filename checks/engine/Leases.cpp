//===- Leases.cpp - acquires and puts as a model has them ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Bodies.h"
#include "../model/PolicyReset.h"
#include "../model/Resets.h"
#include "../model/Shapes.h"
#include "Generator.h"
#include "Types.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
bool isOpaque(QualType T) {
  return T->isVoidType() || T->isAnyCharacterType() || T->isStdByteType();
}

/// What must hold of a call's result when it did not fail.
Predicate success(model::Failure F, PlaceId Result) {
  switch (F) {
  case model::Failure::Null:
  case model::Failure::NoMemory:
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

} // namespace

/// The pool that a call names, by its slot or as the object it is called on.
PlaceId FactsGenerator::poolOf(const CallShape &S, const model::Operation &Op) {
  if (Op.Pool.Where != model::Slot::None)
    return behind(slotOperand(S, Op.Pool));
  return Op.Object.Where == model::Slot::This ? NoPlace : S.This;
}

/// What the new lease \p Lease hangs on, for families whose parents must stay
/// open: the pointers and owners that its acquire was given.
void FactsGenerator::childOf(const CallShape &S, const model::CallMeaning &M,
                             PlaceId Lease) {
  if (M.Family->ChildOf.empty())
    return;
  llvm::SmallVector<const Expr *, 4> Given(S.Args.begin(), S.Args.end());
  if (M.Op->Object.Where == model::Slot::Argument &&
      M.Op->Object.Index < Given.size())
    Given.erase(Given.begin() + M.Op->Object.Index);
  if (S.ThisExpr && M.Op->Object.Where != model::Slot::This)
    Given.push_back(S.ThisExpr);
  for (const Expr *E : Given) {
    QualType Ty = E->getType();
    // Text and plain bytes are read at once; nothing hangs on them.
    if (Ty->isPointerType() ? isOpaque(Ty->getPointeeType()) : !Ty->isRecordType())
      continue;
    Operand O = E->isGLValue() ? Operand::value(place(E)) : operand(E);
    if (O.Is != Operand::Value || O.Place == NoPlace)
      continue;
    Fact &F = emit(FactKind::ChildOf, S.Expr);
    F.Dst = Lease;
    F.Src = O;
  }
}

/// TakesPointer for a put that takes the address of an object its pool made: the
/// storage must be the pool's, too. A pool of values takes any object.
uint32_t FactsGenerator::takenPointer(const CallShape &S,
                                      const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  if (Op.Id || Op.Object.Where != model::Slot::Argument || Op.Object.Indirect ||
      Op.Object.Index >= S.Callee->getNumParams() ||
      M.Family->What == model::Kind::Resource)
    return NoFlags;
  auto HandsOut = [](const model::Operation &A) {
    return A.Object.Where == model::Slot::Return || A.Object.Indirect;
  };
  if (!llvm::all_of(M.Family->Acquire, HandsOut))
    return NoFlags;
  QualType Param = S.Callee->getParamDecl(Op.Object.Index)->getType();
  if (Param->isPointerType())
    return Param->getPointeeType().isConstQualified() ? NoFlags : TakesPointer;
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!Param->isLValueReferenceType() || !Method)
    return NoFlags;
  for (const CXXMethodDecl *Other : Method->getParent()->methods())
    if (const model::CallMeaning &O = T.Classes.classify(*Other);
        O.What == model::Role::Acquire && O.Family == M.Family &&
        (Other->getReturnType()->isPointerType() ||
         Other->getReturnType()->isReferenceType()))
      return TakesPointer;
  return NoFlags;
}

/// Whether the pool that a call names keeps no large objects: its policy, as a
/// template argument, drops or shrinks them.
uint32_t FactsGenerator::limitFlags(const CallShape &S,
                                    const model::Operation &Op) {
  QualType Ty;
  if (Op.Pool.Where == model::Slot::Argument && Op.Pool.Index < S.Args.size())
    Ty = S.Args[Op.Pool.Index]->getType();
  else if (S.ThisExpr && Op.Object.Where != model::Slot::This)
    Ty = S.ThisExpr->getType();
  if (Ty.isNull())
    return NoFlags;
  Ty = Ty.getNonReferenceType();
  const auto *R = Ty->getAsCXXRecordDecl();
  if (!R || R->isInStdNamespace()) // a pointer to the pool, smart or not
    R = pointee(Ty)->getAsCXXRecordDecl();
  return R && T.Classes.limitsCapacity(*R) ? PoolLimits : NoFlags;
}

/// Whether a put asks its caller for a reset.
uint32_t FactsGenerator::resetFlags(const model::Pool &P, const FunctionDecl *Put,
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
  return R && R->hasDefinition() && model::hasResetMethod(T.Classes, *R)
             ? NoFlags
             : UnsureReset;
}

/// Whether the pool that is called was given a policy that resets nothing, for
/// objects that have something named like a reset.
bool FactsGenerator::keptAsLeft(const CallShape &S, const model::CallMeaning &M) {
  if (M.Family->Resets != model::Convention::PoolOnPut)
    return false;
  const model::Slot &Slot = M.Op->Pool;
  const Expr *Pool = Slot.Where == model::Slot::None ? S.ThisExpr
                     : Slot.Index < S.Args.size()    ? S.Args[Slot.Index]
                                                     : nullptr;
  if (!Pool)
    return false;
  QualType Of = Pool->getType().getNonReferenceType();
  const CXXRecordDecl *Class =
      model::recordOf(Of->isPointerType() ? Of->getPointeeType() : Of);
  if (!Class || !model::policyResetsNothing(*M.Family, *Class))
    return false;
  const CXXRecordDecl *Object =
      model::recordOf(model::shapeOfResult(S.Callee->getReturnType()).Object);
  return Object && Object->hasDefinition() &&
         model::hasResetMethod(T.Classes, *Object);
}

/// True for what a function is given to say in how it went: a number, an
/// enumerator or a plain value of class type, like a std::error_code.
static bool isStatus(QualType Param) {
  QualType To = Param->isPointerType() || Param->isLValueReferenceType()
                    ? Param->getPointeeType()
                    : QualType();
  if (To.isNull() || To.isConstQualified() || To->isCharType())
    return false;
  return To->isIntegralOrEnumerationType() ||
         (Param->isReferenceType() && model::isStatusClass(To));
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
  // Which elements they are behind a pointer, or in one of many, nobody can say.
  if (Op.Count > 1 && (T.Places.isOneOfMany(Dst) || !S.Args[Op.Object.Index]
                                                         ->IgnoreParenImpCasts()
                                                         ->getType()
                                                         ->isArrayType()))
    return;
  // Some acquire only where nothing was given to work on.
  PlaceId WhenNull = NoPlace;
  if (Op.WhenNull >= 0) {
    if (unsigned(Op.WhenNull) >= S.Args.size())
      return;
    Operand Given = operand(S.Args[Op.WhenNull]);
    if (Given.Is == Operand::Value && Given.Place != NoPlace)
      WhenNull = Given.Place;
    else if (Given.Is != Operand::Constant || Given.Number != 0)
      return;
  }
  // What a failed out-parameter acquire leaves in the status is told first.
  if (Dst != S.Ret) {
    Fact &F = emit(FactKind::Assign, S.Expr, Scalar);
    F.Dst = S.Ret;
    const Summary *Sum = Given.isNull() || !T.isUserCode(*S.Callee)
                             ? nullptr
                             : T.summary(*S.Callee);
    if (Sum && !Sum->Incomplete && !Sum->Results.isAny()) {
      emit(FactKind::Assert, S.Expr).Test = {S.Ret, Cmp::GE, Sum->Results.Low};
      emit(FactKind::Assert, S.Expr).Test = {S.Ret, Cmp::LE, Sum->Results.High};
    }
  }
  // An error code that it is given to fill in: who asks it asks the acquire.
  PlaceId Status = NoPlace;
  for (unsigned I = 0; I < S.Args.size() && I < S.Callee->getNumParams(); ++I)
    if (!(Op.Object.Where == model::Slot::Argument && Op.Object.Index == I) &&
        !(Op.Pool.Where == model::Slot::Argument && Op.Pool.Index == I) &&
        isStatus(S.Callee->getParamDecl(I)->getType()))
      if (PlaceId P = S.Callee->getParamDecl(I)->getType()->isPointerType()
                          ? behind(operand(S.Args[I]))
                          : place(S.Args[I]);
          P != NoPlace) {
        emit(FactKind::Write, S.Expr, Unsure).Dst = P;
        Status = Status == NoPlace ? P : Status;
      }
  bool Stale = M.Family->Resets == model::Convention::CallerAfterAcquire &&
               M.Family->What != model::Kind::Memory;
  // An operator new that cannot throw says by null that it failed.
  bool Nothrow = Op.Fails == model::Failure::Throws &&
                 S.Callee->isOverloadedOperator() &&
                 S.Callee->getType()->castAs<FunctionProtoType>()->isNothrow();
  Predicate Test = success(Nothrow ? model::Failure::Null : Op.Fails, S.Ret);
  // A status of class type is asked for what its own `ok()` asks.
  if (Test && Dst != S.Ret && Op.Fails == model::Failure::NonZero &&
      S.Callee->getReturnType()->isRecordType())
    Test = succeeded(S.Callee->getReturnType(), S.Ret);
  uint32_t Failure = InPlace ? NoFlags : failure(S, Op, Test);
  NamesIds |= Op.Id && (Failure & MayFail);
  Operand Also = slotOperand(S, Op.Pointer);
  Fact &F = emit(FactKind::Acquire, S.Expr,
                 Failure | (InPlace ? pooltidy::InPlace : 0) |
                     (keptAsLeft(S, M) ? KeptAsLeft : 0) |
                     (M.Family->FreesAll ? NotOwned : 0) | limitFlags(S, Op) |
                     (Dst != S.Ret && Test && S.Callee->getReturnType()->isRecordType()
                          ? StatusObject
                          : NoFlags) |
                     (Stale ? AcquiredStale : 0));
  F.Dst = Dst;
  F.Family = T.family(*M.Family);
  F.Test = Test;
  F.WhenNull = WhenNull;
  if (Status != NoPlace)
    F.Src = Operand::value(Status);
  F.Pool = poolOf(S, Op);
  SiteId Site = F.Site;
  if (Also.Is == Operand::Value) {
    F.Src = Also;
    F.Flags |= NamedTwice;
  }
  // `pipe(ends)`: each of them has to be put.
  if (Op.Count > 1) {
    const Fact One = F;
    for (unsigned I = 0; I < Op.Count; ++I) {
      Fact &Each = I ? emit(FactKind::Acquire, S.Expr) : F;
      Each = One;
      Each.Dst = T.Places.step(PlaceKind::Element, Dst, I);
    }
  }
  // A handle that an acquire returns puts where the acquire took from.
  if (const auto *R = Given->getAsCXXRecordDecl();
      R && Op.Object.Where == model::Slot::Return)
    T.Returned.try_emplace(R->getCanonicalDecl(), M.Family);
  if (const auto *R = pointee(pointee(Given))->getAsCXXRecordDecl())
    G->TypeAt[Site] = R;
  childOf(S, M, Dst);
}

/// The variable that is moved into \p Arg, when it is a handle that does not put
/// by itself: `pool.give_back(std::move(line))`.
PlaceId FactsGenerator::movedFrom(const Expr &Arg) {
  const Expr *E = spelled(&Arg);
  if (const auto *C = dyn_cast<CXXConstructExpr>(E);
      C && C->getConstructor()->isMoveConstructor())
    E = spelled(C->getArg(0));
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || !Call->getDirectCallee() ||
      !Call->getDirectCallee()->isInStdNamespace() || Call->getNumArgs() != 1)
    return NoPlace;
  const auto *D = dyn_cast<DeclRefExpr>(spelled(Call->getArg(0)));
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  if (!V || !V->hasLocalStorage() || V->getType()->isReferenceType())
    return NoPlace;
  PlaceId P = variable(*V);
  HandleShape H = handleOf(V->getType(), P);
  return H.Is && H.Model && !H.Model->Puts && !H.Deletes ? P : NoPlace;
}

/// Fields of an \p Object that the pool sets itself when it is put or handed out
/// again, where nothing says who resets. A put asks the object whether it must.
static llvm::SmallVector<const FieldDecl *, 4>
setByPool(model::Classifier &Classes, const FunctionDecl &Put,
          const model::CallMeaning &M, const CXXRecordDecl &Object) {
  llvm::SmallVector<const FieldDecl *, 4> Out;
  if (M.Family->Resets != model::Convention::Unknown || !Object.hasDefinition())
    return Out;
  model::BodyFacts OnPut =
      model::readBody(Put, M.Op->Object.Index, M.Family->Reset);
  llvm::StringSet<> Names = std::move(OnPut.Clears);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Put))
    for (const CXXMethodDecl *Other : Method->getParent()->methods())
      if (const model::CallMeaning &O = Classes.classify(*Other);
          O.What == model::Role::Acquire && O.Family == M.Family) {
        model::BodyFacts OnAcquire = model::readBody(*Other, -1, M.Family->Reset);
        for (StringRef Name : OnAcquire.Clears.keys())
          Names.insert(Name);
      }
  for (const FieldDecl *F : Object.getDefinition()->fields())
    if (Names.contains(F->getName()))
      Out.push_back(F);
  return Out;
}

void FactsGenerator::put(const CallShape &S, const model::CallMeaning &M) {
  const model::Operation &Op = *M.Op;
  if (Op.Setup)
    return;
  Operand Src = slotOperand(S, Op.Object);
  if (Op.Id && Src.Is == Operand::Address)
    Src = Operand::value(Src.Place); // an id of class type, by reference
  bool OfClass = llvm::any_of(M.Family->Acquire, [](const model::Operation &A) {
    return A.Pointer.Where != model::Slot::None;
  });
  uint32_t Flags = Op.Nulls ? Nulls : NoFlags;
  QualType Object;
  if (Op.Object.Where == model::Slot::This)
    Object = S.ThisExpr ? pointee(S.ThisExpr->getType()) : QualType();
  else if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size())
    Object = pointee(S.Args[Op.Object.Index]->IgnoreParenImpCasts()->getType());
  // `ResourceId<Session>`: an id that names what it stands for.
  if (Op.Id && OfClass && !Object.isNull())
    if (const auto *Id = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
            Object->getAsCXXRecordDecl());
        Id && Id->getTemplateArgs().size() > 0 &&
        Id->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      Object = Id->getTemplateArgs()[0].getAsType();
  Flags |= resetFlags(*M.Family, S.Callee, Object);
  // A handle given by value or moved in is empty afterwards.
  if (Op.Object.Where == model::Slot::Argument && Op.Object.Index < S.Args.size() &&
      Op.Object.Index < S.Callee->getNumParams()) {
    QualType P = S.Callee->getParamDecl(Op.Object.Index)->getType();
    if (P->isRecordType() || P->isRValueReferenceType())
      Flags |= Nulls;
    // … and one that is the object itself, not a pointer to it, is one to use
    // or to put no more.
    if (PlaceId From = movedFrom(*S.Args[Op.Object.Index]); From != NoPlace) {
      Fact &Same = emit(FactKind::Copy, S.Expr);
      Same.Dst = From;
      Same.Src = Src;
      Src = Operand::value(From);
      Flags |= Empties;
    }
  }
  if (Op.Fails != model::Failure::Never && S.ResultUsed)
    Flags |= Tested;
  if (Op.AnyOrder)
    Flags |= AnyOrder;
  Flags |= takenPointer(S, M) | limitFlags(S, Op);
  if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
    if (const model::TypeRule *Rule = T.Classes.classify(*R).Rule;
        Rule && Rule->LongLived)
      Flags |= LongLivedType;
  if (S.Ret != NoPlace) {
    Fact &R = emit(FactKind::Assign, S.Expr, Scalar);
    R.Dst = S.Ret;
  }
  if (Op.Object.Where == model::Slot::Argument && !Op.Id &&
      M.Family->What == model::Kind::Object)
    if (PlaceId P = behind(Src); P != NoPlace) {
      resetStorage(S, P);
      if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
        for (const FieldDecl *Field : setByPool(T.Classes, *S.Callee, M, *R))
          emit(FactKind::Reset, S.Expr, ResetsSelf).Dst = field(P, *Field);
    }
  Fact &F = emit(FactKind::Put, S.Expr, Flags);
  F.Src = Src;
  F.Family = T.family(*M.Family);
  if (Op.FailsBy != model::Operation::Named)
    F.Test = success(Op.Fails, S.Ret);
  else if (Flags & Tested)
    F.Dst = S.Ret; // a number, of which nobody says what it means
  F.Pool = poolOf(S, Op);
  if (const auto *R = Object.isNull() ? nullptr : Object->getAsCXXRecordDecl())
    G->TypeAt[F.Site] = R;
}

} // namespace pooltidy

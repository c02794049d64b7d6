//===- UnknownCalls.cpp - calls that nobody explains ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Defaults by signature: const is use, a reference is use and perhaps a
// change, a plain pointer may be taken by an unknown body, what a system
// header declares only uses.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Arrays.h"
#include "CallNames.h"
#include "Generator.h"
#include "Questions.h"
#include "Types.h"
#include "ViewTypes.h"
#include "llvm/ADT/Sequence.h"

using namespace clang;

namespace pooltidy {

/// A copy or move assignment that nobody wrote: members are copied over.
void FactsGenerator::assignObject(const CallShape &S, const CXXMethodDecl &M) {
  PlaceId From = place(S.Args[0]);
  Results[S.Expr] = addressOf(S.This);
  if (isFreshValue(S.Args[0])) {
    emit(FactKind::Reset, S.Expr, Rewrites).Dst = S.This;
    freshStorage(S.This, M, S.Expr);
    // What it was made of is in there now: `out->text = Slice(bytes, n)`.
    if (From != NoPlace) {
      bool Here = T.Places[T.Places.rootOf(S.This)].Kind == PlaceKind::Local &&
                  !T.Places.isShared(S.This);
      Fact &F = emit(Here ? FactKind::Move : FactKind::Store, S.Expr);
      F.Dst = Here ? S.This : NoPlace;
      F.Src = Operand::value(From);
    }
    return;
  }
  if (From != NoPlace)
    emit(FactKind::Read, S.Expr).Dst = From;
  if (From != NoPlace && isPartOfObject(From) && M.isCopyAssignmentOperator())
    for (const FieldDecl *F : copiedFields(T, S.Args[0]->getType()))
      emit(FactKind::Read, S.Expr).Dst = field(From, *F);
  if (From != NoPlace && T.Places.isOneOfMany(S.This)) // with all that it holds
    emit(FactKind::Store, S.Expr).Src = Operand::value(From);
  Fact &F = emit(From == NoPlace                   ? FactKind::Write
                 : M.isMoveAssignmentOperator() ? FactKind::Move
                                                   : FactKind::Copy,
                 S.Expr);
  F.Dst = S.This;
  if (From != NoPlace)
    F.Src = Operand::value(From);
}

/// What is moved into somebody's hands is theirs; the place is empty then.
void FactsGenerator::giveAway(PlaceId P, bool Empties, const Stmt *At,
                              PlaceId Into, Predicate Kept) {
  Fact &Store = emit(FactKind::Store, At);
  Store.Test = Kept;
  Store.Src = Operand::value(P);
  Store.Dst = Into;
  if (!Empties)
    return;
  Fact &F = emit(FactKind::Assign, At);
  F.Dst = P;
  F.Src = Operand::constant(0);
}

/// True when \p S is given a function that puts what it is given: a deleter for
/// the pointer beside it.
bool FactsGenerator::givesDeleter(const CallShape &S) {
  return llvm::any_of(S.Args, [&](const Expr *A) {
    A = A->IgnoreParenCasts();
    if (const auto *U = dyn_cast<UnaryOperator>(A))
      A = U->getSubExpr()->IgnoreParenCasts();
    const FunctionDecl *F = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(A))
      F = dyn_cast<FunctionDecl>(Ref->getDecl());
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(A);
             Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
      if (const auto *L = dyn_cast<LambdaExpr>(
              Call->getImplicitObjectArgument()->IgnoreUnlessSpelledInSource()))
        F = L->getCallOperator();
    if (!F)
      return false;
    if (T.Classes.classify(*F).What == model::Role::Put)
      return true;
    const Summary *Sum = T.isUserCode(*F) ? T.summary(*F) : nullptr;
    return Sum && Sum->Puts;
  });
}

/// User code that nobody sees may keep the pointer that is its argument \p I.
void FactsGenerator::mayTake(const CallShape &S, unsigned I) {
  QualType P = S.Callee && I < S.Callee->getNumParams()
                   ? S.Callee->getParamDecl(I)->getType()
                   : S.Args[I]->getType();
  if ((S.Callee && !T.isUserCode(*S.Callee) && !callsOurs(*S.Callee)) ||
      !P->isPointerType() || P->getPointeeType().isConstQualified())
    return;
  Operand O = operand(S.Args[I]);
  if (O.Is != Operand::Value)
    return;
  Fact &F = emit(givesDeleter(S) ? FactKind::Store : FactKind::Take, S.Expr);
  F.Src = O;
  if (F.Kind == FactKind::Take)
    F.Dst = S.Ret;
}

/// True when the named arguments of \p F end with a text that says what follows.
static bool hasFormat(const FunctionDecl &F) {
  if (F.getNumParams() == 0)
    return false;
  QualType Last = F.parameters().back()->getType();
  return Last->isPointerType() && Last->getPointeeType()->isCharType() &&
         Last->getPointeeType().isConstQualified();
}

/// `insert(&list, &node->link)`: code that nobody sees may link \p Part, a \p Ty,
/// into its other arguments, and what it is a part of with it.
void FactsGenerator::mayLink(const CallShape &S, PlaceId Part, QualType Ty,
                             unsigned Index) {
  const RecordDecl *R = Ty->getAsRecordDecl();
  PlaceId Whole = Part;
  while (Whole != NoPlace && T.Places[Whole].Kind == PlaceKind::Field)
    Whole = T.Places[Whole].Parent;
  if (!R || Whole == Part || Whole == NoPlace ||
      T.Places[Whole].Kind != PlaceKind::Deref ||
      (R->getDefinition() &&
       llvm::none_of(R->getDefinition()->fields(),
                     [](const FieldDecl *F) { return F->getType()->isPointerType(); })))
    return;
  auto Keeps = [&](unsigned I) {
    QualType Other = I < S.Callee->getNumParams() ? S.Callee->getParamDecl(I)->getType()
                                                  : QualType();
    return I != Index && !Other.isNull() && !Other->getPointeeType().isNull() &&
           Other->getPointeeType()->isRecordType() &&
           !Other->getPointeeType().isConstQualified();
  };
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (!S.Callee || !((M && !M->isStatic() && !M->isConst()) ||
                     llvm::any_of(llvm::seq<unsigned>(0, S.Args.size()), Keeps)))
    return;
  Fact &F = emit(FactKind::Take, S.Expr);
  F.Src = Operand::value(T.Places[Whole].Parent);
  F.Dst = S.Ret;
}

void FactsGenerator::unknownArgument(const CallShape &S, const Expr *Arg,
                                     QualType Param, unsigned Index) {
  bool System = S.Callee && !T.isUserCode(*S.Callee) && !callsOurs(*S.Callee);
  StringRef Name = calledName(S.Callee, S.ThisExpr);
  bool Fills = isFillName(Name) ||
               (S.Callee && System &&
                S.Callee->getOverloadedOperator() == OO_GreaterGreater);
  QualType Bare = Param.getNonReferenceType();
  if (const auto *R = Bare->getAsCXXRecordDecl(); R && R->isLambda())
    return closureArgument(S, Arg);
  if (Param->isReferenceType()) {
    PlaceId P = place(Arg);
    if (P == NoPlace && Arg->getType()->isPointerType()) // `keep(new Node)`
      if (Operand O = operand(Arg); O.Is == Operand::Value)
        P = O.Place;
    if (P == NoPlace)
      return;
    if (Bare.isConstQualified() || Param->isRValueReferenceType())
      passView(S, Arg, Param);
    if (Bare.isConstQualified()) {
      emit(FactKind::Read, S.Expr).Dst = P;
      if (!System && model::isStatusClass(Bare))
        emit(FactKind::Take, S.Expr).Src = Operand::value(P);
      // A const reference to the pointer itself: a container keeps a copy.
      if (Bare->isPointerType()) {
        Fact &F = emit(FactKind::Use, S.Expr, Asks);
        F.Src = Operand::value(P);
        F.Dst = S.Ret;
      }
      return;
    }
    if (Param->isRValueReferenceType()) {
      emit(FactKind::Bound, S.Expr).Dst = P; // its storage goes with it
      giveAway(P, handleOf(Bare, P).Is, S.Expr);
      return;
    }
    // Of a container's member only the container is filled, and `in >> x` reads.
    const auto *Member = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    OverloadedOperatorKind Op =
        S.Callee ? S.Callee->getOverloadedOperator() : OO_None;
    // The library's copy from what they are given first.
    bool FromFirst = System && isWithinStd(*S.Callee) &&
                     model::isOneOf(firstWord(Name), {"copy", "merge"});
    bool FillsIt = Op == OO_GreaterGreater ||
                   (Fills && !FromFirst && Index == 0 && (!Member || Op == OO_Call));
    bool Copied = !FillsIt && S.Callee && isForwarded(*S.Callee, Index);
    if (T.Places[P].Kind == PlaceKind::Local || T.Places[P].Kind == PlaceKind::Param) {
      // A variable by reference: it may hold something else afterwards.
      bool Number = Bare->isIntegralOrEnumerationType();
      bool Handle = handleOf(Bare, P).Is;
      if (Bare->isPointerType() || Number || Handle) {
        emit(FactKind::Store, S.Expr).Src = Operand::value(P);
        if (!Copied && (Bare->isPointerType() || Handle || (Number && !System)))
          emit(FactKind::Assign, S.Expr).Dst = P;
        return;
      }
    }
    // tie(a, b) changes them where something is assigned to it.
    if (Copied || (System && !Fills && (isLookName(Name) || Name == "tie"))) {
      passView(S, Arg, Param);
      emit(FactKind::Read, S.Expr).Dst = P;
      if (Copied && Bare->isRecordType()) // and what is in it
        emit(FactKind::Take, S.Expr).Src = Operand::value(P);
      if (Copied && (Bare->isPointerType() || Bare->isIntegralOrEnumerationType()))
        emit(FactKind::Store, S.Expr,
             Bare->isPointerType() ? NoFlags : Scalar).Src = Operand::value(P);
      return;
    }
    Fact &F = emit(FactKind::Write, S.Expr,
                   (System && Index == 0) || Fills ? NoFlags : Unsure);
    F.Dst = P;
    F.Src = Operand::value(S.Ret);
    return;
  }
  Operand O = operand(Arg);
  if (O.Is == Operand::None)
    return;
  // printf("%p %d", p, fd): text to whoever prints it.
  if (S.Callee && Index >= S.Callee->getNumParams() &&
      (Param->isVoidPointerType() ||
       (Param->isIntegralOrEnumerationType() && hasFormat(*S.Callee))))
    return;
  if (Param->isPointerType()) {
    QualType To = Param->getPointeeType();
    uint32_t Null = O.Is == Operand::Value && !isNonNull(S, Index) ? Passed : NoFlags;
    Fact &Use = emit(FactKind::Use, S.Expr, Asks);
    Use.Src = O;
    Use.Dst = S.Ret;
    PlaceId P = behind(O);
    if (To.isConstQualified() || P == NoPlace) {
      if (P != NoPlace)
        emit(FactKind::Read, S.Expr, Null).Dst = P;
      return;
    }
    if (O.Is == Operand::Address) {
      if (!System)
        mayLink(S, P, To, Index);
      // The address of a local: an out-parameter, or a struct to fill.
      bool Handle = handleOf(To, P).Is;
      if (To->isPointerType() || Handle)
        emit(FactKind::Store, S.Expr).Src = Operand::value(P);
      Fact &F = emit(FactKind::Write, S.Expr, System || Fills ? NoFlags : Unsure);
      F.Dst = P;
      F.Src = Operand::value(S.Ret);
      if (To->isPointerType() || Handle || To->isIntegralOrEnumerationType())
        emit(FactKind::Assign, S.Expr).Dst = P;
      return;
    }
    mayTake(S, Index);
    // atomic<T *>::exchange(p): a template of the library's knows no user's type.
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
        M && isStdRecord(M->getParent()) && To->isRecordType() &&
        !isStdRecord(To->getAsCXXRecordDecl()))
      return;
    Fact &F = emit(FactKind::Write, S.Expr, Null | (Fills ? NoFlags : Unsure));
    F.Dst = P;
    if (!System) // what a library answers does not say whether it took it
      F.Src = Operand::value(S.Ret);
    return;
  }
  if (Param->isRecordType()) {
    passView(S, Arg, Param);
    // By value: the callee's parameter is what dies, not this temporary. A view
    // has nothing that could be taken.
    if (O.Is == Operand::Value && !System && model::isStatusClass(Param))
      emit(FactKind::Take, S.Expr).Src = O;
    if (O.Is == Operand::Value && !isViewClass(Param->getAsCXXRecordDecl()))
      giveAway(O.Place, true, S.Expr);
    return;
  }
  if (!System && O.Is == Operand::Value) {
    Fact &F = emit(FactKind::Take, S.Expr); // an id may be put by somebody
    F.Src = O;
    F.Dst = S.Ret;
  }
  emit(FactKind::Use, S.Expr).Src = O;
}

void FactsGenerator::unknownMethod(const CallShape &S, const CXXMethodDecl &M) {
  bool Std = isStdRecord(M.getParent()) ||
             (isViewClass(M.getParent()) && isWithinStd(*M.getParent()));
  StringRef Name = M.getIdentifier() ? M.getName() : "";
  if (S.This == NoPlace)
    return;
  // Who waits by it gets what is in it, before that may be another.
  if (model::isOneOf(Name, {"await_ready", "await_suspend", "await_resume"}))
    awaitedViews(S.This, *M.getParent(), S.Expr);
  OverloadedOperatorKind Op = M.getOverloadedOperator();
  bool Look = M.isConst() ||
              (Std && (isLookName(Name) || Op == OO_Subscript || Op == OO_Star ||
                       Op == OO_Arrow));
  const model::FunctionRule *Rule = T.Classes.classify(M).Rule;
  bool GivesView = isBoundToThis(M) ||
                   (Rule && Rule->ViewOf.Where == model::Slot::This);
  if (Look) {
    // How large a member is can be asked whatever the last user left in it.
    bool OfContent = !Std || !isStorageName(Name) ||
                     T.Places[S.This].Kind != PlaceKind::Field;
    emit(FactKind::Read, S.Expr).Dst =
        OfContent ? S.This : T.Places[S.This].Parent;
    lookThrough(S, M);
    keysAdded(S, M);
    // What it shows is within the object: changing it changes the object. What a
    // view shows is somewhere else.
    QualType R = M.getReturnType();
    if (Op != OO_Call && isViewClass(M.getParent())) {
      PlaceId Of = isPartOfObject(S.This)
                       ? T.Places.step(PlaceKind::Deref, S.This)
                       : S.This;
      // Callers learn from it that the function looks at what it is given.
      PlaceKind Root = T.Places[T.Places.rootOf(S.This)].Kind;
      if (R->isReferenceType() &&
          (Root == PlaceKind::This || Root == PlaceKind::Param))
        emit(FactKind::Use, S.Expr).Src = Operand::value(S.This);
      if (R->isReferenceType() || R->isPointerType())
        Results[S.Expr] =
            Operand::address(T.Places.step(PlaceKind::Element, Of, AnyElement));
    } else if (Std && Op != OO_Call && ((R->isReferenceType() && M.getParent()->getName() != "shared_ptr") ||
                (R->isPointerType() && (Name == "data" || Name == "begin" ||
                                        Name == "c_str")))) {
      SymbolId Index = elementShown(M, S.Args, T.Context);
      PlaceId In = Index == AnyElement
                       ? elements(S.This)
                       : T.Places.step(PlaceKind::Element, S.This, Index);
      if (const FieldDecl *Second = mappedView(M.getParent());
          Second && (Op == OO_Subscript || Name == "at"))
        In = field(In, *Second);
      Results[S.Expr] = Operand::address(In);
    } else if (std::optional<int64_t> Known = arrayAnswer(M))
      Results[S.Expr] = Operand::constant(*Known);
    else if (M.isConst() && S.Args.empty() && M.getIdentifier() && !GivesView &&
             (R->isIntegralOrEnumerationType() || R->isPointerType()))
      Results[S.Expr] = Operand::value(T.Places.step(
          PlaceKind::Query, S.This, T.symbol(*M.getCanonicalDecl()), Name));
    return;
  }
  bool Stores = Std && (isAddName(Name) || Op == OO_Equal);
  // A map that has such a key already keeps nothing, and says so.
  Predicate Kept;
  if (const auto *Answer = M.getReturnType()->getAsCXXRecordDecl();
      Stores && S.ResultUsed && isStdRecord(Answer) && Answer->getIdentifier() &&
      Answer->getName() == "pair" && Name != "insert_or_assign")
    for (const FieldDecl *F : Answer->fields())
      if (F->getName() == "second" && F->getType()->isBooleanType())
        Kept = {field(S.Ret, *F), Cmp::NE, 0};
  bool Empties = Std && S.Args.size() == 1 && Name == "resize" &&
                 operand(S.Args[0]).Is == Operand::Constant &&
                 operand(S.Args[0]).Number == 0;
  if (Std && S.Args.size() == 1 && Name == "str")
    if (const auto *L = dyn_cast<StringLiteral>(
            S.Args[0]->IgnoreUnlessSpelledInSource()))
      Empties |= L->getLength() == 0;
  // Behind a thread that was joined there is none, as in a new one.
  if (Std && model::isOneOf(model::nameOf(M.getParent()), {"thread", "jthread"}))
    Empties |= Name == "join";
  // v = {}, s = std::string(), s = "": emptied, though capacity stays.
  if (Op == OO_Equal && S.Args.size() == 1)
    Empties |= isFreshValue(S.Args[0]);
  bool Sure = Std || isFillName(Name) || (Op != OO_None && Op != OO_Call);
  Fact &F = emit(Empties ? FactKind::Reset : FactKind::Write, S.Expr,
                 (Sure ? NoFlags : Unsure) | (leavesElements(M) ? Adds : NoFlags));
  F.Dst = S.This;
  F.Src = Operand::value(S.Ret);
  holds(S, M); // before what is moved into it is gone
  // An object that puts itself may have been told here that it may.
  if (!Std && S.ThisExpr && T.Places[S.This].Kind == PlaceKind::Deref) {
    QualType Of = S.ThisExpr->IgnoreParenImpCasts()->getType();
    if (Of->isPointerType())
      Of = Of->getPointeeType();
    if (const CXXRecordDecl *R = Of->getAsCXXRecordDecl();
        R && T.putsItself(*R)) {
      Fact &Take = emit(FactKind::Take, S.Expr);
      Take.Src = Operand::value(T.Places[S.This].Parent);
      Take.Dst = S.Ret;
    }
  }
  for (const Expr *A : S.Args) {
    QualType Ty = A->getType();
    const CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
    if (!Stores || (R && R->isLambda()))
      continue;
    bool Number = Ty->isIntegralOrEnumerationType();
    if (!Ty->isPointerType() && !Ty->isRecordType() && !Number)
      continue;
    PlaceId P = A->isGLValue() ? place(A) : NoPlace;
    Operand O = P != NoPlace ? Operand::value(P) : operand(A);
    if (O.Is != Operand::Value)
      continue;
    if (Number) {
      // An id: whoever looks there finds it.
      Fact &F = emit(FactKind::Store, S.Expr, Scalar);
      F.Src = O;
    } else {
      if (A->isLValue() && P != NoPlace && isPartOfObject(P))
        for (const FieldDecl *F : copiedFields(T, Ty)) // `taken.push_back(*t)`
          emit(FactKind::Read, S.Expr).Dst = field(P, *F);
      giveAway(O.Place, !A->isLValue() && Ty->isRecordType(), S.Expr, S.This, Kept);
    }
  }
  if (Std && Op == OO_Equal && S.ThisExpr)
    if (const CallExpr *Tie = tieAt(S.ThisExpr))
      for (const Expr *Each : Tie->arguments())
        if (PlaceId P = place(Each); P != NoPlace && T.Places[P].Parent != NoPlace)
          emit(FactKind::Write, S.Expr).Dst = P;
  lookThrough(S, M);
  if (M.getReturnType()->isReferenceType() &&
      (Std || isViewClass(M.getParent())))
    Results[S.Expr] = addressOf(S.This);
}

void FactsGenerator::unknownCall(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
  if (M && !M->isStatic() && !isa<CXXConstructorDecl>(M)) {
    unknownMethod(S, *M);
  }
  bool Stored = M && isStdRecord(M->getParent()) && !callsOurs(*M);
  bool Free = !M || M->getOverloadedOperator() == OO_Call;
  bool Copies = F && Free && isWithinStd(*F) && isCopyName(calledName(F, S.ThisExpr));
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    const Expr *A = S.Args[I];
    QualType P = F && I < F->getNumParams() ? F->getParamDecl(I)->getType()
                                            : A->getType();
    // `fill(begin, end, p)`, and `min(a, b)`, which answers with either.
    bool Pointer = A->getType()->isPointerType();
    bool Leads = Pointer || (A->getType()->isRecordType() &&
                             !isViewClass(A->getType()->getAsCXXRecordDecl()));
    if (F && Free && P->isReferenceType() &&
        ((Copies && Leads && P->getPointeeType().isConstQualified()) ||
         (Pointer && mayAnswerWith(*F, P)))) {
      PlaceId From = place(A);
      if (Operand O = From == NoPlace ? operand(A) : Operand::value(From);
          O.Is == Operand::Value)
        emit(FactKind::Store, S.Expr).Src = O;
    }
    if (Stored && !A->getType()->isPointerType())
      if (QualType B = P.getNonReferenceType(); !B->isRecordType()) {
        // in >> n, queue.try_pop(n)
        PlaceId To = P->isLValueReferenceType() && !B.isConstQualified() &&
                             B->isScalarType()
                         ? place(A)
                         : NoPlace;
        if (To == NoPlace)
          continue;
        emit(FactKind::Write, S.Expr).Dst = To;
        if (T.Places[To].Kind == PlaceKind::Local ||
            T.Places[To].Kind == PlaceKind::Param)
          emit(FactKind::Assign, S.Expr, Scalar).Dst = To;
        continue;
      }
    if (Stored && P->isReferenceType() && A->getType()->isPointerType())
      continue; // stored by unknownMethod
    unknownArgument(S, A, P, I);
  }
  // f = [..] { .. }: the closure is in there now.
  if (Stored && F->getOverloadedOperator() == OO_Equal && S.Args.size() == 1 &&
      S.This != NoPlace)
    if (const CXXRecordDecl *R = S.Args[0]->getType()->getAsCXXRecordDecl();
        R && R->isLambda())
      if (PlaceId From = place(S.Args[0]); From != NoPlace) {
        Fact &Carry = emit(S.Args[0]->isLValue() ? FactKind::Copy : FactKind::Move,
                           S.Expr);
        Carry.Dst = S.This;
        Carry.Src = Operand::value(From);
      }
  // Unknown user code may change whatever it can reach.
  if (!F || T.isUserCode(*F) || callsOurs(*F))
    if (!(M && M->isConst()) || callsOurs(*F))
      emit(FactKind::Clobber, S.Expr);
  // operator<<(stream, x), copy(from, to): the first reference comes back.
  if (F && F->getReturnType()->isReferenceType() && !M && !S.Args.empty() &&
      !T.isUserCode(*F))
    if (PlaceId P = place(S.Args[0]); P != NoPlace)
      Results[S.Expr] = F->isOverloadedOperator()
                            ? addressOf(P)
                            : Operand::address(T.Places.step(PlaceKind::Element,
                                                             P, AnyElement));
}

} // namespace pooltidy

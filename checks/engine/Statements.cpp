//===- Statements.cpp - statements and initialisers as facts ------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Shapes.h"
#include "Arrays.h"
#include "Generator.h"
#include "ViewTypes.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

/// `text = "busy"`: a pointer to something that has no place is not null either.
static void sayNonNull(Fact &F, const Expr *E, ASTContext &Context) {
  bool Is = false;
  if (F.Kind == FactKind::Assign && F.Src.Is == Operand::None &&
      E->getType()->isPointerType() && !E->isValueDependent() &&
      E->EvaluateAsBooleanCondition(Is, Context) && Is)
    F.Test = {F.Dst, Cmp::NE, 0};
}

/// Pointers, handles and anything that may hold one; numbers matter only for
/// what a branch knows of them.
bool FactsGenerator::isTracked(QualType Ty) const {
  return Ty->isPointerType() || Ty->isMemberPointerType() || Ty->isRecordType() ||
         Ty->isIntegralOrEnumerationType();
}

/// \p Dst comes to hold what \p Init gives.
void FactsGenerator::initialise(PlaceId Dst, QualType Type, const Expr *Init,
                                const Stmt *At) {
  if (Dst == NoPlace || !Init)
    return;
  const Expr *Bare = Init->IgnoreParens();
  while (true) {
    if (const auto *F = dyn_cast<FullExpr>(Bare))
      Bare = F->getSubExpr()->IgnoreParens();
    else if (const auto *D = dyn_cast<CXXDefaultInitExpr>(Bare))
      Bare = D->getExpr()->IgnoreParens();
    else if (const auto *L = dyn_cast<InitListExpr>(Bare);
             L && Type->isRecordType() && onlyValue(*L))
      Bare = onlyValue(*L)->IgnoreParens();
    else
      break;
  }
  if (const auto *List = dyn_cast<InitListExpr>(Bare);
      List && Type->isRecordType()) {
    const auto *R = Type->getAsCXXRecordDecl();
    const RecordDecl *Plain = Type->getAsRecordDecl();
    unsigned I = 0;
    if (R)
      I = std::min<unsigned>(R->getNumBases(), List->getNumInits());
    for (const FieldDecl *F : Plain->fields()) {
      if (F->isUnnamedBitField() || I >= List->getNumInits())
        continue;
      initialise(field(Dst, *F), F->getType(), List->getInit(I++), At);
    }
    return;
  }
  if (const auto *List = dyn_cast<InitListExpr>(Bare);
      List && Type->isArrayType()) {
    QualType Element = T.Context.getAsArrayType(Type)->getElementType();
    if (isTracked(Element) && !Element->isIntegralOrEnumerationType())
      for (unsigned I = 0; I < List->getNumInits(); ++I)
        initialise(T.Places.step(PlaceKind::Element, Dst, I), Element,
                   List->getInit(I), At);
    return;
  }
  if (Type->isReferenceType()) {
    Fact &F = emit(FactKind::Copy, At);
    F.Dst = Dst;
    F.Src = bound(Bare);
    return;
  }
  if (!isTracked(Type))
    return;
  Operand O = operand(Bare);
  if (O.Is == Operand::Value && O.Place == Dst)
    return; // constructed in place
  // A prvalue of class type is the object itself: it moves in. A view is copied, and
  // a list in a list is read once for each.
  bool Moves = Type->isRecordType() && !Bare->isLValue() &&
               !isViewClass(Type->getAsCXXRecordDecl());
  Fact &F = emit(O.Is == Operand::Value || O.Is == Operand::Address
                     ? (Moves ? FactKind::Move : FactKind::Copy)
                     : FactKind::Assign,
                 At, Type->isIntegralOrEnumerationType() ? Scalar : NoFlags);
  F.Dst = Dst;
  F.Src = O;
  sayNonNull(F, Bare, T.Context);
  assignedSize(Dst, Init, At);
}

/// True for what lies behind a pointer or reference, or in one of many elements:
/// not for members of `this`, which are called by no other name.
bool FactsGenerator::isPartOfObject(PlaceId P) const {
  if (T.Places.isOneOfMany(P))
    return true;
  for (; T.Places[P].Parent != NoPlace; P = T.Places[P].Parent) {
    PlaceId Above = T.Places[P].Parent;
    if (T.Places[P].Kind == PlaceKind::Deref &&
        T.Places[Above].Kind != PlaceKind::This)
      return true;
  }
  return false;
}

/// Parts of what has no name are called as the bindings are.
void FactsGenerator::nameBindings(const DecompositionDecl &D) {
  PlaceId Whole = T.Places.root(PlaceKind::Local, T.symbol(D), "");
  if (D.getType()->isReferenceType())
    Whole = T.Places.step(PlaceKind::Deref, Whole);
  const CXXRecordDecl *R =
      D.getType().getNonReferenceType()->getAsCXXRecordDecl();
  bool IsTuple = R && model::isStd(*R, "tuple");
  bool IsArray = R && model::isStd(*R, "array");
  unsigned Index = 0;
  for (const BindingDecl *B : D.bindings()) {
    const FieldDecl *F = nullptr;
    if (const auto *M = dyn_cast_or_null<MemberExpr>(B->getBinding()))
      F = dyn_cast<FieldDecl>(M->getMemberDecl());
    else if (R)
      F = model::memberOfPair(*R, Index);
    if (F)
      T.Places.step(PlaceKind::Field, Whole, T.fieldSymbol(*F), B->getName());
    else if (IsTuple || IsArray)
      T.Places.step(PlaceKind::Element, Whole, Index, B->getName());
    ++Index;
  }
}

void FactsGenerator::declare(const VarDecl &V, const Stmt *At) {
  DeclaredAt[&V] = site(V.getLocation(), At);
  const Expr *Init = V.getInit();
  if (!Init)
    return;
  if (V.hasGlobalStorage()) {
    // What is made for it stays there; of a number nobody knows what it is by now.
    if (Operand O = operand(Init); V.isStaticLocal() && O.Is == Operand::Value &&
                                   !V.getType()->isReferenceType() &&
                                   T.Places[T.Places.rootOf(O.Place)].Kind ==
                                       PlaceKind::Temp &&
                                   !V.getType()->isIntegralOrEnumerationType())
      initialise(variable(V), V.getType(), Init, At);
    return;
  }
  if (V.getType()->isReferenceType()) {
    PlaceId P = place(Init);
    // A reference is another spelling of what it is bound to, as long as the
    // way there does not change.
    bool Stable = P != NoPlace;
    // What another reference is bound to, which stays so.
    bool Same = Stable && !isa<DecompositionDecl>(V) &&
                T.Places[P].Kind == PlaceKind::Deref &&
                T.Places[T.Places[P].Parent].Reference;
    if (Stable && !Same) {
      PlaceId Root = T.Places.rootOf(P);
      PlaceKind K = T.Places[Root].Kind;
      Stable = K != PlaceKind::Temp && !isOneOfMany(Init);
      if (Stable && T.Places[P].Kind == PlaceKind::Deref && P != Root)
        Stable = false; // *b: keep it as a second name of the same object
      if (Stable && isPartOfObject(P) && !V.getType()->getPointeeType()->isPointerType() &&
          !handleOf(V.getType(), P).Is) {
        Stable = false; // it outlives what the object is called
        BoundTo[T.Places.root(PlaceKind::Local, T.symbol(V), V.getName())] = P;
      }
      for (auto &[Var, Times] : Assigned)
        if (Times && T.symbol(*Var) == T.Places[Root].Symbol)
          Stable = Stable && P == Root;
    }
    if (Stable) {
      Aliases[&V] = P;
      return;
    }
    PlaceId Ref = T.Places.root(PlaceKind::Local, T.symbol(V), V.getName());
    Fact &F = emit(FactKind::Copy, At);
    F.Dst = Ref;
    F.Src = addressOf(P);
    // What a reference to `*it` shows is where the iterator was taken of.
    PlaceId Of = P;
    while (Of != NoPlace && T.Places[Of].Kind == PlaceKind::Field)
      Of = T.Places[Of].Parent;
    if (Of != NoPlace && T.Places[Of].Kind == PlaceKind::Element)
      noteLook(Ref, lookedInto(T.Places[Of].Parent));
    return;
  }
  // A list that fills the variable has done so when it was evaluated; what it
  // moves is gone now.
  if (const Expr *Bare = Init->IgnoreUnlessSpelledInSource();
      isa<InitListExpr>(Bare) && V.getType()->isRecordType())
    if (auto It = Targets.find(Bare); It != Targets.end())
      return;
  PlaceId P = variable(V);
  initialise(P, V.getType(), Init, At);
  // The way through an array starts at one of its elements, not at the array.
  if (startsWithin(V, T.Context) && (V.isImplicit() || Assigned.lookup(&V))) {
    Operand &First = G->Facts.Blocks[Now].Facts.back().Src;
    if (First.Is == Operand::Address) {
      bool Begins = isa<CXXMemberCallExpr>(Init->IgnoreImplicit());
      PlaceId Array = Begins ? T.Places[First.Place].Parent : First.Place;
      noteLook(P, Array);
      First.Place = T.Places.step(PlaceKind::Element, Array, AnyElement);
      if (!V.isImplicit() || V.getName().starts_with("__begin")) {
        Fact &Round = emit(FactKind::Assign, At, Scalar);
        Round.Dst = roundOf(V);
        Round.Src = Operand::constant(0);
      }
    }
  }
  if (V.isCXXForRangeDecl())
    if (PlaceId From = place(Init);
        From != NoPlace && T.Places[From].Kind == PlaceKind::Deref)
      noteLook(P, lookedInto(T.Places[From].Parent));
  if (V.getType()->isRecordType()) // an iterator: of what its maker was
    if (PlaceId From = place(Init); From != NoPlace && From != P)
      noteLook(P, lookedInto(From));
}

void FactsGenerator::assign(const BinaryOperator &B) {
  const Expr *L = B.getLHS(), *R = B.getRHS();
  PlaceId Dst = place(L);
  QualType Type = L->getType();
  if (B.isCompoundAssignmentOp()) {
    if (Dst != NoPlace && !(Type->isPointerType())) {
      if (T.Places[Dst].Parent != NoPlace)
        emit(FactKind::Read, &B).Dst = Dst;
      BinaryOperatorKind K = B.getOpcode();
      bool Less = K == BO_SubAssign || K == BO_DivAssign || K == BO_ShrAssign ||
                  K == BO_RemAssign || K == BO_AndAssign;
      emit(FactKind::Write, &B, Scalar | (Less ? Lowers : NoFlags)).Dst = Dst;
      if (Less)
        return; // the write has said all that is known
      Fact &F = emit(FactKind::Assign, &B, Scalar);
      F.Dst = Dst;
      if (T.Places[Dst].Kind != PlaceKind::Local && T.Places[Dst].Kind != PlaceKind::Param)
        G->Facts.Blocks[Now].Facts.pop_back();
    }
    return;
  }
  Operand Src = operand(R);
  if (isOneOfMany(L) || (Dst == NoPlace && isTracked(Type))) {
    if (Dst != NoPlace)
      emit(FactKind::Write, &B).Dst = Dst;
    if (Src.Is == Operand::Value || Src.Is == Operand::Address) {
      Fact &F = emit(FactKind::Store, &B,
                     Type->isIntegralOrEnumerationType() ? Scalar : NoFlags);
      F.Dst = T.Places.outOfMany(Dst);
      F.Src = Src;
    }
    return;
  }
  if (Dst == NoPlace)
    return;
  // C assigns a whole structure so: `*b = (struct buf){0}`.
  bool Fresh = Type->isRecordType() && isFreshValue(R);
  if (!isTracked(Type)) {
    bool Zero = false;
    if (Type->isFloatingType() && !R->isValueDependent()) {
      Expr::EvalResult V;
      Zero = R->EvaluateAsRValue(V, T.Context) && V.Val.isFloat() &&
             V.Val.getFloat().isZero();
    }
    emit(Zero ? FactKind::Reset : FactKind::Write, &B).Dst = Dst;
    return;
  }
  Fact &F = emit(Src.Is == Operand::Value || Src.Is == Operand::Address
                     ? FactKind::Copy
                     : FactKind::Assign,
                 &B, Type->isIntegralOrEnumerationType() ? Scalar : NoFlags);
  F.Dst = Dst;
  F.Src = Src;
  sayNonNull(F, R, T.Context);
  if (Fresh)
    emit(FactKind::Reset, &B, Rewrites).Dst = Dst;
  assignedSize(Dst, R, &B);
}

void FactsGenerator::statement(const Stmt *S) {
  switch (S->getStmtClass()) {
  case Stmt::AtomicExprClass: // `__atomic_exchange_n(&head, p, …)`
    for (const Stmt *Each : llvm::drop_begin(S->children()))
      if (const auto *E = dyn_cast_or_null<Expr>(Each); E && E->getType()->isPointerType())
        emit(FactKind::Store, S).Src = operand(E);
    return;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        declare(*V, S);
    if (!WithinExpr.count(S))
      Ended = S;
    return;
  case Stmt::ReturnStmtClass: {
    const auto *R = cast<ReturnStmt>(S);
    Fact F;
    F.Kind = FactKind::Return;
    if (const Expr *V = R->getRetValue())
      F.Src = Fn.getReturnType()->isReferenceType() ? bound(V) : operand(V);
    if (Fn.getReturnType()->isPointerType() || Fn.getReturnType()->isRecordType())
      F.Flags = GivesPointer;
    if (Fn.getReturnType()->isReferenceType())
      need(F.Src, S);
    F.Site = site(S);
    G->Facts.Blocks[Now].Facts.push_back(F);
    Ended = S;
    return;
  }
  case Stmt::CoreturnStmtClass:
    coReturns(*cast<CoreturnStmt>(S));
    Ended = S;
    return;
  case Stmt::CoyieldExprClass:
    yields(*cast<CoyieldExpr>(S));
    break;
  case Stmt::CXXThrowExprClass: {
    if (const Expr *Thrown = cast<CXXThrowExpr>(S)->getSubExpr())
      throwFrom(S, false, Thrown->getType().getCanonicalType().getTypePtr());
    else
      rethrow(*cast<CXXThrowExpr>(S));
    emit(FactKind::Stop, S);
    return;
  }
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    if (cast<BinaryOperator>(S)->isAssignmentOp())
      assign(*cast<BinaryOperator>(S));
    else if (cast<BinaryOperator>(S)->getOpcode() == BO_Or)
      compose(*cast<BinaryOperator>(S));
    else
      comparing(*cast<BinaryOperator>(S));
    break;
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(S);
    if (U->isIncrementDecrementOp()) {
      PlaceId P = place(U->getSubExpr());
      if (P == NoPlace)
        break;
      if (U->getType()->isPointerType()) {
        // Stepping through a buffer keeps its name, but leads elsewhere.
        emit(FactKind::ScopeEnd, S).Dst = T.Places.step(PlaceKind::Deref, P);
        if (const auto *D = dyn_cast<DeclRefExpr>(U->getSubExpr()->IgnoreParens()))
          if (const auto *V = dyn_cast<VarDecl>(D->getDecl());
              V && startsWithin(*V, T.Context))
            emit(FactKind::Assign, S, Scalar).Dst = roundOf(*V);
        break;
      }
      if (T.Places[P].Parent != NoPlace)
        emit(FactKind::Read, S).Dst = P;
      Fact &W = emit(FactKind::Write, S, Scalar | (U->isDecrementOp() ? Lowers : NoFlags));
      W.Dst = P;
      // What is below zero without a sign is none, but behind `while (n-- > 0)`.
      bool Asked = U->isPostfix() && !Discarded.contains(U);
      if (T.Places[P].Kind == PlaceKind::Local &&
          (Asked || U->isIncrementOp() || U->getType()->isSignedIntegerType()))
        W.Src = Operand::constant(U->isIncrementOp() ? 1 : -1);
    }
    break;
  }
  case Stmt::ImplicitCastExprClass: {
    const auto *C = cast<ImplicitCastExpr>(S);
    if (C->getCastKind() == CK_LValueToRValue) {
      PlaceId P = place(C->getSubExpr());
      if (P != NoPlace && T.Places[P].Parent != NoPlace)
        emit(FactKind::Read, S).Dst = P;
    }
    break;
  }
  case Stmt::CXXNewExprClass:
    newExpr(*cast<CXXNewExpr>(S));
    break;
  case Stmt::CXXDeleteExprClass:
    deleteExpr(*cast<CXXDeleteExpr>(S));
    break;
  case Stmt::LambdaExprClass:
    lambda(*cast<LambdaExpr>(S));
    break;
  case Stmt::ArraySubscriptExprClass:
    needIndex(cast<ArraySubscriptExpr>(S)->getIdx(), S);
    break;
  case Stmt::InitListExprClass:
    if (cast<Expr>(S)->getType()->isRecordType() &&
        !onlyValue(*cast<InitListExpr>(S)))
      initialise(temp(cast<Expr>(S)), cast<Expr>(S)->getType(), cast<Expr>(S), S);
    break;
  case Stmt::CXXStdInitializerListExprClass:
    listed(*cast<CXXStdInitializerListExpr>(S));
    break;
  case Stmt::CXXBindTemporaryExprClass:
    Temporaries.push_back(cast<CXXBindTemporaryExpr>(S));
    break;
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
    construct(*cast<CXXConstructExpr>(S));
    break;
  case Stmt::CallExprClass:
  case Stmt::CXXMemberCallExprClass:
  case Stmt::CXXOperatorCallExprClass:
  case Stmt::UserDefinedLiteralClass:
    call(*cast<CallExpr>(S));
    break;
  default:
    break;
  }
  if (const auto *E = dyn_cast<Expr>(S)) {
    if (auto It = Firsts.find(E); It != Firsts.end())
      emit(FactKind::Assign, E, Scalar).Dst = It->second;
    if (auto It = Lasts.find(E); It != Lasts.end()) {
      Operand O = truth(E);
      Fact &F = emit(FactKind::Assign, E, Scalar);
      F.Dst = It->second;
      F.Src = O;
    }
    if (auto It = Arms.find(E); It != Arms.end()) {
      Operand O = !E->isGLValue()     ? operand(E)
                  : Loaded.count(E) ? Operand::value(place(E))
                                    : bound(E);
      Fact &F = emit(O.Is == Operand::Value || O.Is == Operand::Address
                         ? FactKind::Copy
                         : FactKind::Assign,
                     E);
      F.Dst = It->second;
      F.Src = O;
      sayNonNull(F, E, T.Context);
    }
    if (FullExpressions.count(E) && !isa<DeclRefExpr>(E))
      Ended = E;
  }
}

/// `version << 32 | slot`: another id has this one in it, and will be put.
void FactsGenerator::compose(const BinaryOperator &B) {
  auto Shift = [](const Expr *E) {
    const auto *S = dyn_cast<BinaryOperator>(E->IgnoreParenCasts());
    return S && S->getOpcode() == BO_Shl ? S : nullptr;
  };
  const BinaryOperator *High = Shift(B.getLHS());
  const Expr *Low = High ? B.getRHS() : B.getLHS();
  if (!High)
    High = Shift(B.getRHS());
  if (!High)
    return;
  const Expr *Shifted = High->getLHS()->IgnoreParenCasts();
  for (const Expr *Id : {Low, Shifted}) {
    Operand O = operand(Id);
    if (O.Is != Operand::Value || O.Place == NoPlace)
      continue;
    emit(FactKind::Store, &B).Src = O;
    // A struct that wraps one number is that number.
    const Expr *Bare = Id->IgnoreParenCasts();
    const CXXRecordDecl *Wrapper = nullptr;
    if (const auto *M = dyn_cast<MemberExpr>(Bare))
      Wrapper = M->getBase()->getType()->getAsCXXRecordDecl();
    else if (const auto *C = dyn_cast<CXXMemberCallExpr>(Bare))
      Wrapper = C->getImplicitObjectArgument()->getType()->getAsCXXRecordDecl();
    if (Wrapper && T.Places[O.Place].Kind == PlaceKind::Field &&
        std::distance(Wrapper->field_begin(), Wrapper->field_end()) == 1)
      emit(FactKind::Store, &B).Src = Operand::value(T.Places[O.Place].Parent);
  }
}

} // namespace pooltidy

//===- BodyWalk.cpp - names, statements, expressions ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "BodyWalk.h"
#include "FieldTraits.h"
#include "Names.h"
#include "Shapes.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

bool isConst(QualType Pointer) {
  QualType To = Pointer->getPointeeType();
  return !To.isNull() && To.isConstQualified();
}

} // namespace

/// `future.get()`: what it gives is no longer there.
bool takesAway(const CXXMethodDecl &M) {
  return nameOf(M) == "get" && !M.isConst() &&
         isStd(*M.getParent(), "future");
}

const Expr *withoutWraps(const Expr *E) {
  while (true) {
    E = E->IgnoreParens();
    if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else
      return E;
  }
}

bool isLook(const CXXMethodDecl &M) {
  if (takesAway(M))
    return false;
  switch (M.getOverloadedOperator()) {
  case OO_Subscript:
  case OO_Star:
  case OO_Arrow:
    return true;
  default:
    return isOneOf(nameOf(M),
                   {"begin", "end", "rbegin", "rend", "data", "at", "front",
                    "back", "find", "lower_bound", "upper_bound", "equal_range",
                    "get", "value", "c_str", "top", "lock", "buffer", "rdbuf"});
  }
}

void BodyWalk::enter(const FunctionDecl &Body, const ParmVarDecl *Object) {
  Entered.insert({&Body, Object});
  const FunctionDecl *Outer = Now;
  bool OuterThis = ThisIsObject;
  Now = &Body;
  ThisIsObject = !Object;
  if (Object)
    Aliases[Object] = {true, true, false, false, {}};
  if (const auto *C = dyn_cast<CXXConstructorDecl>(&Body))
    for (const CXXCtorInitializer *I : C->inits())
      initialiser(*I);
  visit(Body.getBody());
  Now = Outer;
  ThisIsObject = OuterThis;
}

BodyWalk::Ref BodyWalk::refOf(const Expr *E) {
  E = withoutWraps(E);
  if (isa<CXXThisExpr>(E))
    return {true, ThisIsObject, false, false, {}};
  if (const auto *C = dyn_cast<CastExpr>(E)) {
    Ref R = refOf(C->getSubExpr());
    if (C->getCastKind() != CK_LValueToRValue || !R.Known)
      return R;
    if (!C->getType()->isPointerType())
      return {}; // a copy
    // An alias is where it leads; a member is where its target is not.
    const Expr *Of = withoutWraps(C->getSubExpr());
    if (isa<DeclRefExpr>(Of) || R.Path.empty())
      return R;
    R.Inside = R.Behind = true;
    return R;
  }
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    if (auto It = Aliases.find(D->getDecl()); It != Aliases.end())
      return It->second;
    // `auto &[x, y] = at;`: x is a member of what is bound.
    const auto *B = dyn_cast<BindingDecl>(D->getDecl());
    const ValueDecl *Bound = B ? B->getDecomposedDecl() : nullptr;
    return Bound && B->getBinding() && Aliases.count(Bound)
               ? refOf(B->getBinding())
               : Ref();
  }
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return refOfMember(*M);
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return inside(refOf(A->getBase()));
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_Deref || U->getOpcode() == UO_AddrOf)
      return refOf(U->getSubExpr());
    if (U->isIncrementDecrementOp() && U->getType()->isPointerType())
      return inside(refOf(U->getSubExpr()));
    return {};
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E))
    return B->isAdditiveOp() && B->getType()->isPointerType()
               ? inside(refOf(B->getLHS()))
               : Ref();
  if (const auto *C = dyn_cast<CallExpr>(E))
    return refOfCall(*C);
  return {};
}

bool BodyWalk::isOwnBehind(const Ref &R) {
  return R.Known && R.Behind && R.Path.size() == 1 &&
         ownedAlone(R.Path.back()->getType());
}

BodyWalk::Ref BodyWalk::inside(Ref R) {
  R.Inside = true;
  return R;
}

BodyWalk::Ref BodyWalk::refOfMember(const MemberExpr &M) {
  const auto *F = dyn_cast<FieldDecl>(M.getMemberDecl());
  if (!F)
    return {};
  if (const auto *D = dyn_cast<DeclRefExpr>(withoutWraps(M.getBase())))
    if (const auto *V = dyn_cast<DecompositionDecl>(D->getDecl());
        V && !Aliases.count(V))
      return {}; // a copy of what is bound
  Ref R = refOf(M.getBase());
  // `r = pool->head; if (!r) r = malloc(…)`: whatever it led to before.
  bool OfFresh = (!R.Known || R.Behind) && !Fresh.empty() && isFresh(M.getBase());
  // `d->status` behind a unique_ptr is the object's own as `d` is.
  if (isOwnBehind(R))
    R.Inside = R.Behind = false;
  bool IsThis = R.Known && R.Path.empty();
  if (!R.Known || R.Behind || (R.Inside && !IsThis))
    // A member of some other object.
    R = R.Known && R.Inside && !R.Behind && Follow
            ? R
            : Ref{true, false, false, false, {}, OfFresh};
  if (R.Inside && !IsThis)
    return R;
  // Members of anonymous structs are the object's own; those of an anonymous
  // union are one.
  if (!R.Path.empty() && R.Path.back()->isAnonymousStructOrUnion()) {
    if (R.Path.back()->getType()->isUnionType())
      return R;
    R.Path.pop_back();
  }
  R.Path.push_back(F);
  return R;
}

BodyWalk::Ref BodyWalk::refOfCall(const CallExpr &C) {
  const FunctionDecl *F = C.getDirectCallee();
  if (!F)
    return {};
  StringRef Name = nameOf(*F);
  if (!isa<CXXMethodDecl>(F) && F->isInStdNamespace() && C.getNumArgs() == 1 &&
      isOneOf(Name, {"move", "forward", "addressof", "begin", "end", "data",
                     "ref", "to_address", "launder"}))
    return refOf(C.getArg(0));
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  const Expr *Object = objectOf(C);
  if (!M || !Object)
    return {};
  if (!Reader.isUserCode(*M)) {
    if (!isLook(*M))
      return {};
    Ref R = inside(refOf(Object));
    const CXXRecordDecl *Of = M->getParent();
    if (R.Known && R.OfThis && R.Path.empty() && isa<DeclRefExpr>(
            withoutWraps(Object->IgnoreImplicit())))
      return refOf(Object); // the object came in a smart pointer
    if (Of->getIdentifier() &&
        isOneOf(Of->getName(), {"unique_ptr", "shared_ptr", "__shared_ptr",
                                "__shared_ptr_access"}))
      R.Behind = true;
    return R;
  }
  FieldPath Shown = Reader.shownBy(*M);
  if (Shown.empty())
    return {};
  Ref R = refOf(Object);
  if (!R.Known || R.Inside)
    R = Ref{true, false, false, false, {}};
  R.Path.append(Shown);
  return R;
}

/// The object that a member is called on; null for other calls.
const Expr *BodyWalk::objectOf(const CallExpr &C) {
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(&C))
    return M->getImplicitObjectArgument();
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C))
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(O->getDirectCallee());
        M && M->isInstance())
      return O->getArg(0);
  return nullptr;
}

void BodyWalk::record(const Ref &R, Touch How, const Expr *At,
                      const Expr *Value, Manner Way) {
  if (!R.Known || (Follow && !R.OfThis))
    return;
  Access A;
  A.Path = R.Path;
  A.How = How;
  A.OfThis = R.OfThis;
  A.Inside = R.Inside;
  A.Behind = R.Behind;
  A.Deletes = Way == Deletes;
  A.Steps = Way == Steps;
  A.Grows = Way == Grows;
  A.Alters = Way == Alters;
  A.Empties = Way == Empties;
  A.Fresh = R.Fresh;
  if (const auto *M = dyn_cast<CXXMethodDecl>(Now);
      M && M->getParent()->isLambda())
    A.Within = M;
  A.At = At;
  A.Value = Value;
  Out.All.push_back(std::move(A));
}

/// \p E is named in order to do \p How to it.
void BodyWalk::access(const Expr *E, Touch How, const Expr *Value, Manner Way) {
  if (const auto *C = dyn_cast<ConditionalOperator>(withoutWraps(E))) {
    visit(C->getCond());
    access(C->getTrueExpr(), How, Value);
    access(C->getFalseExpr(), How, Value);
    return;
  }
  Ref R = refOf(E);
  if (R.Known)
    record(R, How, E, Value, Way);
  chain(E, How);
}

/// What stands on the way to what \p E names.
void BodyWalk::chain(const Expr *E, Touch How) {
  E = withoutWraps(E);
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    Ref Base = refOf(M->getBase());
    if (Base.Known && !Base.Path.empty() && !isOwnBehind(Base) &&
        (Base.Behind || (Base.Inside && !Follow)))
      record(Base, How, M->getBase(), nullptr);
    chain(M->getBase(), How);
  } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
    chain(A->getBase(), How);
    visit(A->getIdx());
  } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    chain(U->getSubExpr(), How);
  } else if (const auto *C = dyn_cast<CastExpr>(E)) {
    chain(C->getSubExpr(), How);
  } else if (const auto *B = dyn_cast<BinaryOperator>(E);
             B && B->isAdditiveOp()) {
    chain(B->getLHS(), How);
    visit(B->getRHS());
  } else if (const auto *C = dyn_cast<CallExpr>(E)) {
    if (!refOf(E).Known)
      return call(*C, How);
    if (const Expr *Object = objectOf(*C))
      chain(Object, How);
    for (const Expr *Arg : C->arguments())
      if (Arg != objectOf(*C) && !refOf(Arg).Known)
        visit(Arg);
  } else if (!isa<DeclRefExpr, CXXThisExpr>(E)) {
    visit(E);
  }
}

void BodyWalk::visit(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S))
    return expression(withoutWraps(E));
  if (const auto *D = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each))
        declare(*V);
    return;
  }
  if (const auto *R = dyn_cast<CXXForRangeStmt>(S))
    return range(*R);
  if (const auto *F = dyn_cast<ForStmt>(S))
    return loop(*F);
  if (isa<IfStmt, SwitchStmt, WhileStmt, DoStmt>(S))
    return Each.empty() ? ways(*S) : below(*S);
  if (isa<CaseStmt, DefaultStmt>(S) && AtSwitch)
    Fresh = onBoth(Fresh, *AtSwitch);
  if (isa<LabelStmt>(S)) // from where is not known
    for (const ValueDecl *D : Made)
      Fresh.erase(D);
  if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    Out.Returns = true;
    if (const Expr *V = R->getRetValue()) {
      QualType T = Now->getReturnType();
      bool Shows = (T->isReferenceType() || T->isPointerType()) && !isConst(T);
      if (Ref Named = refOf(V); Shows && Named.Known && !Named.Behind)
        return access(V, Touch::Shown);
      visit(V);
    }
    return;
  }
  for (const Stmt *Child : S->children())
    visit(Child);
}

void BodyWalk::expression(const Expr *E) {
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isAssignmentOp()) {
    visit(B->getRHS());
    forget(B->getLHS(), B->getRHS());
    if (B->getOpcode() == BO_Assign && isEachElement(B->getLHS())) {
      Ref All = refOf(B->getLHS());
      All.Inside = false;
      return record(All, Touch::Overwrite, B->getLHS(), B->getRHS());
    }
    return B->isCompoundAssignmentOp()
               ? access(B->getLHS(), Touch::Change, nullptr, Steps)
               : access(B->getLHS(), Touch::Overwrite, B->getRHS());
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isLogicalOp()) {
    visit(B->getLHS());
    return maybe(B->getRHS());
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->isIncrementDecrementOp())
      return access(U->getSubExpr(), Touch::Change, nullptr, Steps);
    if (U->getOpcode() == UO_AddrOf) // kept somewhere
      return access(U->getSubExpr(),
                    isConst(U->getType()) ? Touch::Read : Touch::Unsure);
  }
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    Ref R = refOf(E);
    return R.Known ? access(E, Touch::Read) : call(*C, Touch::Read);
  }
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return arguments(*C->getConstructor(), {C->getArgs(), C->getNumArgs()}, 0);
  if (const auto *N = dyn_cast<CXXNewExpr>(E)) {
    Out.Allocates |= N->isArray() && N->getNumPlacementArgs() == 0;
    if (N->getNumPlacementArgs() == 1)
      access(N->getPlacementArg(0), Touch::Overwrite);
    visit(N->getInitializer());
    return;
  }
  if (const auto *D = dyn_cast<CXXDeleteExpr>(E))
    return access(D->getArgument(), Touch::Change, nullptr, Deletes);
  if (const auto *L = dyn_cast<LambdaExpr>(E)) {
    for (const Expr *Init : L->capture_inits())
      if (Init && !refOf(Init).Known)
        visit(Init);
    const FunctionDecl *Outer = Now;
    Now = L->getCallOperator();
    visit(L->getCallOperator()->getBody());
    Now = Outer;
    return;
  }
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(E))
    return;
  if (const auto *C = dyn_cast<CastExpr>(E)) {
    // A member array given on as a pointer: const, or kept somewhere.
    if (C->getCastKind() == CK_ArrayToPointerDecay && refOf(E).Known)
      return access(C->getSubExpr(),
                    isConst(C->getType()) ? Touch::Read : Touch::Shown);
    if (refOf(C->getSubExpr()).Known)
      return access(C->getSubExpr(), Touch::Read);
    return visit(C->getSubExpr());
  }
  if (refOf(E).Known)
    return access(E, Touch::Read);
  for (const Stmt *Child : E->children())
    visit(Child);
}

void BodyWalk::initialiser(const CXXCtorInitializer &I) {
  if (const FieldDecl *F = I.getAnyMember()) {
    Ref R{true, true, false, false, {}};
    if (const IndirectFieldDecl *Way = I.getIndirectMember()) {
      for (const NamedDecl *D : Way->chain())
        if (const auto *Each = dyn_cast<FieldDecl>(D)) {
          R.Path.assign(1, Each);
          if (Each->getType()->isUnionType())
            break;
        }
    } else {
      R.Path.push_back(F);
    }
    record(R, Touch::Overwrite, I.getInit(), I.getInit());
  }
  visit(I.getInit());
}

void BodyWalk::declare(const VarDecl &V) {
  const Expr *Init = V.getInit();
  if (V.hasLocalStorage() && !isa<ParmVarDecl>(V) &&
      (Init ? isFresh(Init) : V.getType()->isRecordType()))
    Fresh.insert(&V);
  if (!Init)
    return;
  Ref R = refOf(Init);
  QualType T = V.getType();
  bool Shares = T->isReferenceType() || T->isPointerType();
  // An iterator into a member.
  if (const auto *C = dyn_cast<CallExpr>(withoutWraps(Init)->IgnoreImplicit());
      !Shares && T->isRecordType() && C)
    Shares = (R = refOf(C)).Known;
  if (!R.Known || !Shares)
    return visit(Init);
  access(Init, Touch::Read);
  Aliases[&V] = R;
}

void BodyWalk::range(const CXXForRangeStmt &For) {
  visit(For.getInit());
  const VarDecl *Element = For.getLoopVariable();
  const Expr *Over = For.getRangeInit();
  Ref R = Over ? refOf(Over) : Ref();
  if (R.Known) {
    if (!beginsAnew(For))
      access(Over, Touch::Read);
    QualType T = Element->getType();
    R.Inside = true;
    if ((T->isReferenceType() && !T->getPointeeType().isConstQualified()) ||
        T->isPointerType()) {
      Aliases[Element] = R;
      if (T->isReferenceType())
        Each[Element] = &For;
      for (const Decl *D : cast<DeclStmt>(For.getLoopVarStmt())->decls())
        if (const auto *Parts = dyn_cast<DecompositionDecl>(D))
          for (const BindingDecl *B : Parts->bindings())
            Aliases[B] = R;
    }
  } else {
    visit(Over);
  }
  maybe(For.getBody());
  Each.erase(Element);
}

} // namespace pooltidy::model

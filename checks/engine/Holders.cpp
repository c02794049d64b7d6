//===- Holders.cpp - views that are kept in something ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Pairs, tuples, optionals and containers of the standard library hold views as
// they were given. A pair or tuple has a place for each part, an optional that of
// what is in it, a container one for all of its elements: what was put in last is
// what is known of it, and what may take something out leaves nothing known.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "CallNames.h"
#include "Generator.h"
#include "Types.h"
#include "ViewTypes.h"
#include "llvm/ADT/STLExtras.h"
#include <utility>

using namespace clang;

namespace pooltidy {

using model::isOneOf;
using model::nameOf;

namespace {
/// The types of the parts of a pair or tuple; none for other classes.
llvm::SmallVector<QualType, 4> partTypes(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Spec || !(model::isStd(*Spec, "pair") || model::isStd(*Spec, "tuple")))
    return {};
  return model::typeArguments(*Spec);
}

/// Whether something that is kept as a \p T may be a view.
bool mayLook(QualType T) {
  return isViewType(T) || llvm::any_of(partTypes(T), [](QualType Part) {
           return isViewType(Part);
         });
}

/// Members of containers that leave in them what was there.
bool adds(const CXXMethodDecl &M) {
  return isOneOf(nameOf(&M),
                 {"push_back", "push_front", "push", "emplace_back", "emplace_front",
                  "emplace", "emplace_hint", "insert", "try_emplace",
                  "insert_or_assign"});
}

/// False when \p S does more with \p V, a container, than to look up, walk, empty or
/// index it, or indexes it where \p Indexed says that something has before.
bool isIndexedOnce(const Stmt *S, const VarDecl &V, bool &Indexed) {
  if (!S)
    return true;
  auto Is = [&](const Expr *E) {
    const auto *Ref = E ? dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()) : nullptr;
    return Ref && Ref->getDecl() == &V;
  };
  const Stmt *Known = nullptr;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getOperator() == OO_Subscript && Is(Op->getArg(0))) {
    if (std::exchange(Indexed, true))
      return false;
    Known = Op->getArg(0);
  } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
             Call && Is(Call->getImplicitObjectArgument())) {
    if (!isOneOf(nameOf(Call->getMethodDecl()),
                 {"begin", "end", "cbegin", "cend", "find", "count", "contains", "at",
                  "lower_bound", "upper_bound", "size", "empty", "erase", "clear",
                  "reserve"}))
      return false;
    Known = Call->getCallee();
  } else if (const auto *D = dyn_cast<DeclStmt>(S); D && D->isSingleDecl()) {
    // The range of a loop.
    if (const auto *Range = dyn_cast<VarDecl>(D->getSingleDecl());
        Range && Range->isImplicit() && Is(Range->getInit()))
      return true;
  } else if (const auto *E = dyn_cast<DeclRefExpr>(S)) {
    return E->getDecl() != &V;
  }
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return Child == Known || isIndexedOnce(Child, V, Indexed);
  });
}

/// The variable that \p E names, where that begins as an empty container.
const VarDecl *emptyAtFirst(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) || !V->getInit() ||
      V->getType()->isReferenceType())
    return nullptr;
  const auto *Made =
      dyn_cast<CXXConstructExpr>(V->getInit()->IgnoreUnlessSpelledInSource());
  return Made && Made->getNumArgs() == 0 ? V : nullptr;
}
} // namespace

/// `map[key]` adds the key where the map has none such: surely one that begins
/// empty, and to which nothing else adds.
void FactsGenerator::keysAdded(const CallShape &S, const CXXMethodDecl &M) {
  if (M.getOverloadedOperator() != OO_Subscript || S.Args.size() != 1 ||
      S.This == NoPlace || !S.ThisExpr)
    return;
  QualType Element = elementOf(M.getParent());
  llvm::SmallVector<QualType, 4> Types;
  if (!Element.isNull())
    Types = partTypes(Element);
  if (Types.size() != 2 || !mayLook(Types[0]))
    return;
  const VarDecl *V = emptyAtFirst(S.ThisExpr);
  bool Indexed = false;
  if (V && isIndexedOnce(Fn.getBody(), *V, Indexed) && Indexed)
    madeOf(part(elements(S.This), Element, 0), Types[0], S.Args, S.Expr);
}

/// The place of part \p I of the pair or tuple \p Whole.
PlaceId FactsGenerator::part(PlaceId Whole, QualType Of, unsigned I) {
  const CXXRecordDecl *R = Of.getNonReferenceType()->getAsCXXRecordDecl();
  if (Whole == NoPlace || !R)
    return NoPlace;
  if (model::isStd(*R, "tuple"))
    return T.Places.step(PlaceKind::Element, Whole, I);
  const FieldDecl *Member = model::memberOfPair(*R, I);
  return Member ? field(Whole, *Member) : NoPlace;
}

/// `pair(a, b)`, `tuple(a, b)`: plain values are its parts then, as those of a
/// structure are.
bool FactsGenerator::makesParts(PlaceId Dst, QualType Whole,
                                llvm::ArrayRef<const Expr *> Args, const Stmt *At) {
  llvm::SmallVector<QualType, 4> Types = partTypes(Whole);
  if (Dst == NoPlace || Types.empty() || Types.size() != Args.size())
    return false;
  for (unsigned I = 0; I < Types.size(); ++I) {
    QualType Ty = plain(Types[I]);
    const CXXRecordDecl *Struct = Ty->getAsCXXRecordDecl();
    bool Null = Ty->isPointerType() && Args[I]->getType()->isNullPtrType();
    if (Types[I]->isReferenceType() ||
        !(Ty->isPointerType() || Ty->isArithmeticType() || Ty->isEnumeralType() ||
          (Struct && Struct->isAggregate() && Struct->hasTrivialDestructor())) ||
        !(plain(Args[I]->getType()) == Ty || Ty->isArithmeticType() || Null))
      return false;
  }
  for (unsigned I = 0; I < Types.size(); ++I) {
    const Expr *A = Args[I]->IgnoreUnlessSpelledInSource();
    Operand O = A->isGLValue() ? Operand::value(place(A)) : operand(A);
    if (O.Is == Operand::Value && O.Place == NoPlace)
      O = {};
    bool Copies = O.Is == Operand::Value || O.Is == Operand::Address;
    Fact &F = emit(Copies ? FactKind::Copy : FactKind::Assign, At,
                   Types[I]->isPointerType() ? NoFlags : Scalar);
    F.Dst = part(Dst, Whole, I);
    F.Src = O;
  }
  return true;
}

/// `get<0>(t)`, `get<int>(t)`, which structured bindings call too: a part of it.
Operand FactsGenerator::partGot(const CallShape &S) {
  const TemplateArgumentList *Args = S.Callee->getTemplateSpecializationArgs();
  if (!Args || Args->size() == 0 || S.Args.size() != 1)
    return {};
  QualType Whole = S.Args[0]->getType();
  llvm::SmallVector<QualType, 4> Types = partTypes(Whole);
  const TemplateArgument &Which = Args->get(0);
  const CXXRecordDecl *R = recordAt(Whole);
  PlaceId Array = R && model::isStd(*R, "array") ? place(S.Args[0]) : NoPlace;
  if (Array != NoPlace && Which.getKind() == TemplateArgument::Integral)
    return addressOf(T.Places.step(PlaceKind::Element, Array,
                                   SymbolId(Which.getAsIntegral().getZExtValue())));
  unsigned I = 0;
  if (Which.getKind() == TemplateArgument::Integral)
    I = Which.getAsIntegral().getLimitedValue(Types.size());
  else if (Which.getKind() == TemplateArgument::Type)
    while (I < Types.size() && !T.Context.hasSameType(Types[I], Which.getAsType()))
      ++I;
  else
    return {};
  if (I >= Types.size())
    return {};
  PlaceId P = part(place(S.Args[0]), Whole, I);
  if (P == NoPlace)
    return {};
  return Types[I]->isReferenceType() ? Operand::value(P) : addressOf(P);
}

/// \p Dst, a \p Kept, is made of \p Args: it looks where they lead.
void FactsGenerator::madeOf(PlaceId Dst, QualType Kept,
                            llvm::ArrayRef<const Expr *> Args, const Stmt *At) {
  if (Dst != NoPlace && keepsViews(Kept))
    return makesWithViews(Dst, Kept, Args, At);
  if (Dst == NoPlace || !mayLook(Kept))
    return;
  llvm::SmallVector<QualType, 4> Types = partTypes(Kept);
  if (Types.empty()) {
    if (const auto *Optional = holderOfViews(Kept)) {
      if (model::isStd(*Optional, "optional") && Args.size() == 1)
        madeOf(Dst, model::typeArguments(*Optional)[0], Args, At);
      return;
    }
    // A pointer to the object itself is another name of it.
    uint32_t Flags = Kept->isPointerType() || Kept->isReferenceType() ? PartOnly
                                                                     : NoFlags;
    for (const Expr *A : Args)
      if (Kept->isReferenceType())
        looks(Dst, bound(A), At, Flags);
      else if (isMadeOf(Kept, A->getType()) || holderOfViews(A->getType()))
        looks(Dst, lookedAt(A), At, Flags);
    return;
  }
  if (Types.size() == Args.size()) {
    for (unsigned I = 0; I < Types.size(); ++I)
      madeOf(part(Dst, Kept, I), Types[I], Args[I], At);
    return;
  }
  if (Args.size() != 1)
    return;
  // Another one of as many parts.
  QualType Other = Args[0]->getType();
  llvm::SmallVector<QualType, 4> Given = partTypes(Other);
  PlaceId From = place(Args[0]);
  if (Given.size() != Types.size() || From == NoPlace)
    return;
  for (unsigned I = 0; I < Types.size(); ++I)
    if (isViewType(Types[I]) && isViewType(Given[I]))
      looks(part(Dst, Kept, I), Operand::value(part(From, Other, I)), At, PartOnly);
}

/// `std::tie(a, b) = given`: pointers and numbers get the parts of it.
bool FactsGenerator::tied(const CallShape &S) {
  if (S.Callee->getOverloadedOperator() != OO_Equal || S.Args.size() != 1)
    return false;
  const CallExpr *Tie = tieAt(S.ThisExpr);
  if (!Tie)
    return false;
  QualType Whole = S.Args[0]->getType();
  PlaceId From = place(S.Args[0]);
  auto IsPlain = [&](const Expr *A) {
    QualType Ty = A->getType();
    return Ty->isPointerType() || Ty->isIntegralOrEnumerationType() ||
           isOneOf(nameOf(recordAt(Ty)), {"_Swallow_assign", "__ignore_type", "ignore"});
  };
  if (From == NoPlace || partTypes(Whole).size() != Tie->getNumArgs() ||
      !llvm::all_of(Tie->arguments(), IsPlain))
    return false;
  for (unsigned I = 0; I < Tie->getNumArgs(); ++I) {
    const Expr *A = Tie->getArg(I);
    PlaceId To = A->getType()->isRecordType() ? NoPlace : place(A);
    if (To == NoPlace)
      continue;
    Fact &F = emit(FactKind::Copy, S.Expr,
                   A->getType()->isPointerType() ? NoFlags : Scalar);
    F.Dst = To;
    F.Src = Operand::value(part(From, Whole, I));
  }
  return true;
}

/// What was in \p P is there no more.
void FactsGenerator::looksNowhere(PlaceId P, const Stmt *At) {
  if (P != NoPlace)
    emit(FactKind::Derive, At).Dst = P;
}

/// True when \p M leaves all that is in the object that it is called on, so that
/// views in there stay: elements that are added, an iterator that moves on.
bool FactsGenerator::leavesElements(const CXXMethodDecl &M) {
  if (isViewClass(M.getParent()))
    switch (M.getOverloadedOperator()) {
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_PlusEqual:
    case OO_MinusEqual:
      return true;
    default:
      return false;
    }
  return adds(M) && !elementOf(M.getParent()).isNull();
}

/// The elements of a container, or of where an iterator leads.
PlaceId FactsGenerator::elements(PlaceId Of) {
  return Of == NoPlace ? NoPlace
                       : T.Places.step(PlaceKind::Element, Of, AnyElement);
}

/// A container of \p Element at \p Dst is given \p Args as a whole: a list, another
/// container, two iterators, or how many there are to be of what.
void FactsGenerator::filledWith(PlaceId Dst, QualType Element,
                                llvm::ArrayRef<const Expr *> Args, const Stmt *At) {
  if (Args.empty())
    return;
  if (const auto *L =
          dyn_cast<CXXStdInitializerListExpr>(Args[0]->IgnoreUnlessSpelledInSource()))
    if (const auto *List =
            dyn_cast<InitListExpr>(L->getSubExpr()->IgnoreUnlessSpelledInSource())) {
      for (const Expr *E : List->inits())
        madeOf(elements(Dst), Element, E, At);
      return;
    }
  const CXXRecordDecl *R = recordAt(Args[0]->getType());
  QualType Others = elementOf(R);
  bool Range = !Others.isNull() && plain(Others) == plain(Element);
  if (Range || (isViewClass(R) && Args.size() > 1 &&
                plain(Args[0]->getType()) == plain(Args[1]->getType())))
    return looks(elements(Dst), Operand::value(elements(place(Args[0]))), At);
  if (Args.size() == 2 && Args[0]->getType()->isIntegerType())
    madeOf(elements(Dst), Element, Args[1], At);
}

/// What a member of the library puts into the object that it is called on.
void FactsGenerator::holds(const CallShape &S, const CXXMethodDecl &M) {
  if (S.This == NoPlace || !S.ThisExpr || !isWithinStd(M))
    return;
  bool Assigns = M.getOverloadedOperator() == OO_Equal;
  StringRef Name = nameOf(&M);
  QualType Of = S.ThisExpr->getType();
  if (Of->isPointerType())
    Of = Of->getPointeeType();
  llvm::ArrayRef<const Expr *> Args = S.Args;
  if (holderOfViews(Of)) {
    if (!Assigns && Name != "emplace")
      return;
    if (const CallExpr *Tie = tieAt(S.ThisExpr)) {
      llvm::SmallVector<QualType, 4> Given = partTypes(Args[0]->getType());
      PlaceId From = place(Args[0]);
      for (unsigned I = 0; I < Tie->getNumArgs() && I < Given.size(); ++I)
        if (QualType To = Tie->getArg(I)->getType(); isViewType(To)) {
          PlaceId P = place(Tie->getArg(I));
          looksNowhere(P, S.Expr);
          if (From != NoPlace && isViewType(Given[I]))
            looks(P, Operand::value(part(From, Args[0]->getType(), I)), S.Expr,
                  PartOnly);
        }
      return;
    }
    looksNowhere(S.This, S.Expr);
    return madeOf(S.This, Of, Args, S.Expr);
  }
  QualType Element = elementOf(recordAt(Of));
  if (Element.isNull() || !(mayLook(Element) || keepsViews(Element)))
    return;
  PlaceId In = elements(S.This);
  if (Assigns || Name == "assign")
    return filledWith(S.This, Element, Args, S.Expr);
  if (!adds(M))
    return;
  // In the middle of it, or where somebody thinks that it belongs.
  auto IsPosition = [&](unsigned I) {
    return I < M.getNumParams() && I < Args.size() &&
           isPositionIn(*recordAt(Of), M.getParamDecl(I)->getType());
  };
  if (Args.size() > 1 && IsPosition(0) && !(Args.size() == 2 && IsPosition(1)))
    Args = Args.drop_front();
  if (Name == "try_emplace" || Name == "insert_or_assign") {
    llvm::SmallVector<QualType, 4> Types = partTypes(Element);
    if (Types.size() != 2 || Args.size() < 2)
      return;
    madeOf(part(In, Element, 0), Types[0], Args[0], S.Expr);
    return madeOf(part(In, Element, 1), Types[1], Args.drop_front(), S.Expr);
  }
  bool IsValue = Args.size() == 1 && !isa<CXXStdInitializerListExpr>(
                                         Args[0]->IgnoreUnlessSpelledInSource());
  if (Name == "insert" && !IsValue)
    return filledWith(S.This, Element, Args, S.Expr);
  madeOf(In, Element, Args, S.Expr);
}

} // namespace pooltidy

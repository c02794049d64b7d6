//===- Derivations.cpp - what an expression looks into --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Emits Derive: the result of a call, or what a constructor makes, is a view of
// an argument or of the object it is called on. That is so where a model or
// `lifetimebound` says it, and for what standard owners and views answer. Bodies
// need nothing here: the solver sees what they return. Addresses of members and
// elements need nothing either, a copy of one tells where it leads.
//
//===----------------------------------------------------------------------===//
#include "../model/Shapes.h"
#include "CallNames.h"
#include "Generator.h"
#include "Types.h"
#include "ViewTypes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
const CXXRecordDecl *recordOf(QualType T) {
  return T.getNonReferenceType()->getAsCXXRecordDecl();
}

/// What is known to be a view is looked through by whoever gets it; another class
/// only where this object of it is one.
uint32_t viewFlags(const CXXRecordDecl *R) {
  return isViewClass(R) ? NoFlags : ViewOnly;
}

/// The functions of views that tell of the view alone, or move it on.
bool isOfViewAlone(const CXXMethodDecl &M) {
  if (isa<CXXConversionDecl>(M))
    return M.getReturnType()->isBooleanType();
  switch (M.getOverloadedOperator()) {
  case OO_None:
    break;
  case OO_Subscript:
  case OO_Call:
  case OO_Star:
  case OO_Arrow:
    return false;
  default:
    return true; // comparing, adding, stepping
  }
  StringRef Name = M.getIdentifier() ? M.getName() : "";
  return llvm::StringSwitch<bool>(Name)
      .Cases("size", "length", "empty", "max_size", "size_bytes", true)
      .Cases("remove_prefix", "remove_suffix", "swap", "get_allocator", true)
      .Default(false);
}

/// A parameter of a std function that shows a part of it: begin(c), get<0>(t); or
/// where it looks: `view | take(3)`.
bool showsPart(QualType Param) {
  if (isViewClass(recordOf(Param)))
    return true;
  if (!Param->isReferenceType() && !Param->isPointerType())
    return false;
  QualType T = Param->getPointeeType();
  if (T->isArrayType() || isOwnerClass(T->getAsCXXRecordDecl()))
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() && R->getIdentifier() &&
         (R->getName() == "pair" || R->getName() == "tuple");
}

/// What an owner answers is no part of it but a value that lies in it:
/// `optional<string_view>::value_or`.
bool isElementItself(const CXXRecordDecl &Owner, QualType Result) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Owner);
  if (!Spec || Spec->getTemplateArgs().size() == 0)
    return false;
  const TemplateArgument &First = Spec->getTemplateArgs()[0];
  return First.getKind() == TemplateArgument::Type &&
         First.getAsType().getCanonicalType().getUnqualifiedType() ==
             Result.getCanonicalType().getUnqualifiedType();
}
/// A function of the library, or one of those objects that stand for one:
/// `std::ranges::find`.
bool isLibraryFunction(const FunctionDecl &F) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (!M)
    return isWithinStd(F);
  return M->getOverloadedOperator() == OO_Call && isWithinStd(*M) &&
         M->getParent()->hasDefinition() && M->getParent()->isEmpty() &&
         !M->getParent()->isLambda();
}
} // namespace

/// \p Dst looks where \p O leads.
void FactsGenerator::looks(PlaceId Dst, const Operand &O, const Stmt *At,
                           uint32_t Flags) {
  if (Dst == NoPlace || O.Place == NoPlace ||
      (O.Is != Operand::Value && O.Is != Operand::Address))
    return;
  Fact &F = emit(FactKind::Derive, At, Flags);
  F.Dst = Dst;
  F.Src = O;
  if (O.Is == Operand::Address)
    noteLook(Dst, O.Place);
}

/// \p Dst was taken of \p Of, by its declaration or later.
void FactsGenerator::noteLook(PlaceId Dst, PlaceId Of) {
  if (Of == NoPlace || T.Places[Dst].Parent != NoPlace)
    return;
  auto [It, New] = LooksInto.try_emplace(Dst, Of);
  if (!New && It->second != Of)
    It->second = NoPlace; // one, then another
}

/// What an iterator or view that is kept in \p P was taken of, or NoPlace.
PlaceId FactsGenerator::lookedInto(PlaceId P) const {
  auto It = LooksInto.find(P);
  return It == LooksInto.end() ? NoPlace : It->second;
}

/// What \p E leads to, for somebody who keeps looking there.
Operand FactsGenerator::lookedAt(const Expr *E) {
  QualType T = E->getType().getNonReferenceType();
  if (const CXXRecordDecl *R = T->getAsCXXRecordDecl();
      isViewClass(R) || holderOfViews(T)) {
    PlaceId P = place(E);
    return P == NoPlace ? Operand() : Operand::value(P);
  }
  if (T->isPointerType())
    return operand(E);
  return E->isGLValue() ? bound(E) : Operand();
}

/// What \p S, whose own facts are behind it, gives a view of in \p Dst.
void FactsGenerator::derive(const CallShape &S, PlaceId Dst) {
  const FunctionDecl *F = S.Callee;
  if (!F || Dst == NoPlace)
    return;
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  bool Makes = isa<CXXConstructorDecl>(F);
  QualType Result = Makes ? S.Expr->getType() : F->getReturnType();
  StringRef Called = calledName(F, S.ThisExpr);
  if (holderOfViews(Result) &&
      (Makes || (F->isInStdNamespace() &&
                 (Called.starts_with("make_") || Called == "tie" ||
                  Called == "forward_as_tuple"))))
    return madeOf(Dst, Result, S.Args, S.Expr);
  if (Makes && isWithinStd(*F))
    if (QualType Element = elementOf(M->getParent()); !Element.isNull())
      return filledWith(Dst, Element, S.Args, S.Expr);
  if (Result->isVoidType() || Result->isArithmeticType() ||
      isOwnerClass(Result->getAsCXXRecordDecl()))
    return;
  if (const model::FunctionRule *Rule = T.Classes.classify(*F).Rule;
      Rule && Rule->ViewOf.Where != model::Slot::None) {
    // A row of pointers, or a structure with some: what they lead to goes too.
    QualType To = Result->isPointerType() ? Result->getPointeeType() : QualType();
    bool Deep = !To.isNull() && (To->isPointerType() || To->isRecordType());
    looks(Dst, slotOperand(S, Rule->ViewOf), S.Expr, Deep ? DeepView : NoFlags);
  }
  for (unsigned I = 0; I < S.Args.size(); ++I)
    if (isBoundTo(*F, I))
      looks(Dst, lookedAt(S.Args[I]), S.Expr);
  if (S.ThisExpr && S.This != NoPlace && isBoundToThis(*F))
    looks(Dst, isViewClass(M->getParent()) ? Operand::value(S.This)
                                           : addressOf(S.This), S.Expr);
  if (!isViewType(Result))
    return;
  if (Makes) {
    if (isViewClass(M->getParent()))
      for (const Expr *A : S.Args)
        if (!isa<CXXDefaultArgExpr>(A))
          looks(Dst, lookedAt(A), S.Expr);
    return;
  }
  if (M && !M->isStatic() && !isLibraryFunction(*F)) {
    // What an owner gives away is in nobody any more.
    if (S.This == NoPlace || (M->getIdentifier() && M->getName() == "release" &&
                              handleOf(S.ThisExpr->getType(), S.This).Is))
      return;
    const CXXRecordDecl *Of = M->getParent();
    if (isViewClass(Of))
      return looks(Dst, Operand::value(S.This), S.Expr);
    // `value_or` of an optional view.
    if (isElementItself(*Of, Result) && holderOfViews(Result.getNonReferenceType()) == nullptr &&
        holderOfViews(S.ThisExpr->getType()))
      return looks(Dst, Operand::value(S.This), S.Expr);
    if (!isOwnerClass(Of) || isElementItself(*Of, Result))
      return;
    if (Result->isPointerType() && !isElementItself(*Of, Result->getPointeeType()))
      return;
    noteLook(Dst, S.This);
    return looks(Dst, addressOf(S.This), S.Expr);
  }
  if (!isLibraryFunction(*F))
    return;
  // minmax_element(first, last) answers with two of its own.
  if (const auto *Holder = holderOfViews(Result)) {
    llvm::SmallVector<unsigned, 2> Ends;
    for (unsigned I = 0; I < S.Args.size() && I < F->getNumParams(); ++I)
      if (llvm::all_of(model::typeArguments(*Holder), [&](QualType T) {
            return plain(T) == plain(F->getParamDecl(I)->getType());
          }))
        Ends.push_back(I);
    if (Ends.size() == 2)
      return looks(Dst, lookedAt(S.Args[Ends[0]]), S.Expr);
  }
  // copy(first, last, to) answers with `to`, of whatever types the three are.
  const FunctionTemplateDecl *Template = F->getPrimaryTemplate();
  const FunctionDecl *Written = Template ? Template->getTemplatedDecl() : nullptr;
  if (Written && !plain(Written->getReturnType())->isTemplateTypeParmType())
    Written = nullptr;
  bool Among = false; // find(first, last, value) answers with one of its own
  for (unsigned I = 0; I < S.Args.size() && I < F->getNumParams(); ++I)
    if (plain(F->getParamDecl(I)->getType()) == plain(Result) &&
        (!Written || I >= Written->getNumParams() ||
         plain(Written->getParamDecl(I)->getType()) ==
             plain(Written->getReturnType()))) {
      looks(Dst, lookedAt(S.Args[I]), S.Expr);
      Among = true;
    }
  const CXXRecordDecl *Of =
      F->getNumParams() > 0 ? recordOf(F->getParamDecl(0)->getType()) : nullptr;
  if (!Among && !S.Args.empty() && F->getNumParams() > 0 &&
      showsPart(F->getParamDecl(0)->getType()) && !(Of && !isViewClass(Of) && isElementItself(*Of, Result)))
    looks(Dst, lookedAt(S.Args[0]), S.Expr);
}

/// A member of a view that looks at what the view shows, and answers with a
/// plain value: `text.find('x')`.
void FactsGenerator::lookThrough(const CallShape &S, const CXXMethodDecl &M) {
  if (S.This != NoPlace && !isOwnerClass(M.getParent()) &&
      !isViewType(M.getReturnType()) && !isOfViewAlone(M))
    emit(FactKind::Use, S.Expr, viewFlags(M.getParent())).Src =
        Operand::value(S.This);
}

/// Behind copies that an argument makes of a view: the view that has a name.
static const Expr *copied(const Expr *E) {
  while (true) {
    E = spelled(E);
    if (const auto *C = dyn_cast<CXXConstructExpr>(E);
             C && C->getNumArgs() == 1 && C->getConstructor()->isCopyConstructor())
      E = C->getArg(0);
    else
      return E;
  }
}

/// Functions of the library that measure a view, step it on or show it in another
/// way, and look at nothing: `distance(first, last)`, `views::take(text, 3)`.
static bool isOfViewAlone(const FunctionDecl &F, const CXXRecordDecl &View,
                          StringRef Called) {
  if (!isLibraryFunction(F))
    return false;
  bool Steps = llvm::StringSwitch<bool>(Called)
                   .Cases("distance", "next", "prev", "advance", true)
                   .Default(false);
  if (Steps) // those of lists go from node to node
    return !View.lookup(View.getASTContext().DeclarationNames.getCXXOperatorName(
                            OO_Subscript))
                .empty();
  for (const DeclContext *C = F.getDeclContext(); C; C = C->getParent())
    if (const auto *N = dyn_cast<NamespaceDecl>(C);
        N && N->getIdentifier() && N->getName() == "views")
      return true;
  return llvm::StringSwitch<bool>(Called)
      .Cases("begin", "end", "cbegin", "cend", "rbegin", "rend", true)
      .Cases("crbegin", "crend", "size", "ssize", "empty", "data", "cdata", true)
      .Default(false);
}

/// A view is passed on, and whoever gets it may look.
void FactsGenerator::passView(const CallShape &S, const Expr *Arg, QualType Param) {
  const CXXRecordDecl *R = recordOf(Param);
  if (!R)
    return;
  if (isOwnerClass(R)) {
    // Of a container that views are in, all that is there.
    if (QualType Element = elementOf(R); !Element.isNull() && isViewType(Element))
      if (PlaceId P = place(Arg); P != NoPlace && !(S.Callee && isWithinStd(*S.Callee)))
        emit(FactKind::Use, S.Expr, ViewOnly).Src = Operand::value(elements(P));
    return;
  }
  if (S.Callee) {
    // Another view made of it, or two that are compared: nobody looks.
    const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
    if (M && isViewClass(M->getParent()))
      return;
    if (isOfViewAlone(*S.Callee, *R, calledName(S.Callee, S.ThisExpr)))
      return;
    // `text = view` and `text += view` copy what is seen.
    bool Copied = M && isOwnerClass(M->getParent()) &&
                  !isElementItself(*M->getParent(), Param.getNonReferenceType());
    bool Operator = S.Callee->isOverloadedOperator() &&
                    S.Callee->getOverloadedOperator() != OO_Call;
    if (Param->isReferenceType() && Operator && !Copied)
      return;
  }
  PlaceId P = place(copied(Arg));
  if (P == NoPlace)
    P = place(Arg);
  if (P != NoPlace)
    emit(FactKind::Use, S.Expr, viewFlags(R)).Src = Operand::value(P);
}

} // namespace pooltidy

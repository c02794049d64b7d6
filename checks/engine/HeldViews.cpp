//===- HeldViews.cpp - views in the members of objects --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Where the library or `new` makes an object, no fact copies its members: what a
// function of the library is given it hands on out of sight. The views among them
// are told here, one by one; who owns what stays with whoever makes it.
//
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "Generator.h"
#include "ViewTypes.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
constexpr unsigned MaxDepth = 3; ///< of members in members

/// The one constructor of \p R that can be given \p Args and does more than copy;
/// null where none or several can.
const CXXConstructorDecl *constructorFor(const CXXRecordDecl &R, size_t Args) {
  const CXXConstructorDecl *Found = nullptr;
  for (const Decl *D : R.decls())
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
        Template && isa<CXXConstructorDecl>(Template->getTemplatedDecl()))
      return nullptr; // which may take anything
  for (const CXXConstructorDecl *C : R.ctors()) {
    if (C->isCopyOrMoveConstructor() || C->isDeleted() || C->isImplicit() ||
        Args < C->getMinRequiredArguments() || Args > C->getNumParams())
      continue;
    if (Found)
      return nullptr;
    Found = C;
  }
  return Found;
}

const CXXRecordDecl *ownRecord(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->hasDefinition() && !R->isLambda() && !isWithinStd(*R) &&
                 !isViewClass(R)
             ? R->getDefinition()
             : nullptr;
}
} // namespace

/// True for a class of the program's that has a view among its members.
bool FactsGenerator::keepsViews(QualType T, unsigned Depth) {
  const CXXRecordDecl *R = Depth > MaxDepth ? nullptr : ownRecord(T);
  return R && llvm::any_of(R->fields(), [&](const FieldDecl *F) {
           return isViewType(F->getType()) || keepsViews(F->getType(), Depth + 1);
         });
}

/// Members of \p Dst look where those of \p From, another \p R, look.
void FactsGenerator::copyViews(PlaceId Dst, PlaceId From, const CXXRecordDecl &R,
                               const Stmt *At, unsigned Depth) {
  if (Dst == NoPlace || From == NoPlace || Depth > MaxDepth)
    return;
  for (const FieldDecl *F : R.fields()) {
    if (isViewType(F->getType()))
      looks(field(Dst, *F), Operand::value(field(From, *F)), At, PartOnly);
    else if (const CXXRecordDecl *Inner = ownRecord(F->getType()))
      copyViews(field(Dst, *F), field(From, *F), *Inner, At, Depth + 1);
  }
}

/// A \p Made is made of \p Args at \p Dst, out of sight.
void FactsGenerator::makesWithViews(PlaceId Dst, QualType Made,
                                    llvm::ArrayRef<const Expr *> Args,
                                    const Stmt *At) {
  const CXXRecordDecl *R = ownRecord(Made);
  if (Dst == NoPlace || Args.empty() || !R || !keepsViews(Made))
    return;
  if (Args.size() == 1 &&
      T.Context.hasSameUnqualifiedType(Args[0]->getType().getNonReferenceType(), Made))
    return copyViews(Dst, place(Args[0]), *R, At);
  if (R->isAggregate() && R->getNumBases() == 0) {
    unsigned I = 0;
    for (const FieldDecl *F : R->fields())
      if (I < Args.size())
        madeOf(field(Dst, *F), F->getType(), {Args[I++]}, At);
    return;
  }
  const CXXConstructorDecl *C = constructorFor(*R, Args.size());
  const Summary *Sum = C && T.isUserCode(*C) ? T.summary(*C) : nullptr;
  if (!Sum || Sum->Incomplete)
    return;
  CallShape S;
  S.Callee = C;
  S.This = Dst;
  S.Args.append(Args.begin(), Args.end());
  CallSite Site;
  bindCall(S, Site);
  // Out of sight a view may be made of a text, and a text of a view.
  for (unsigned I = 0; I < Args.size(); ++I) {
    QualType P = C->getParamDecl(I)->getType().getNonReferenceType();
    Operand &Given = Site.Bindings[I + 1].second;
    if (isViewClass(P->getAsCXXRecordDecl()) && isMadeOf(P, Args[I]->getType()))
      Given = lookedAt(Args[I]);
    else if (P->isRecordType() &&
             !T.Context.hasSameUnqualifiedType(
                 P, Args[I]->getType().getNonReferenceType()))
      Given = {};
  }
  auto IsMade = [&](PlaceId P) {
    return T.Places[T.Places.rootOf(P)].Kind == PlaceKind::This;
  };
  for (const EntitySummary &E : Sum->Entities)
    for (const Outcome &O : E.Outcomes) {
      if (IsMade(E.Entity) || O.Thrown)
        continue;
      Operand From = substitute(Operand::value(E.Entity), Site);
      for (PlaceId N : O.Names)
        if (IsMade(N))
          looks(substitutePlace(N, Site), From, At, PartOnly);
      for (PlaceId V : O.Views)
        if (IsMade(V))
          looks(substitutePlace(V, Site), From, At);
    }
}

} // namespace pooltidy

//===- FreshValues.cpp - what makes an object as good as new --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A value that was just made, and the library's ways to put one in the place of
// another: exchange, swap, destroy_at and construct_at.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Types.h"

using namespace clang;

namespace pooltidy {

namespace {

/// The first mention of \p V in \p S, in the order of the source.
const DeclRefExpr *firstMention(const Stmt *S, const VarDecl &V) {
  if (!S)
    return nullptr;
  if (const auto *D = dyn_cast<DeclRefExpr>(S))
    return D->getDecl() == &V ? D : nullptr;
  if (const auto *L = dyn_cast<LambdaExpr>(S))
    if (const DeclRefExpr *Found = firstMention(L->getBody(), V))
      return Found;
  for (const Stmt *Child : S->children())
    if (const DeclRefExpr *Found = firstMention(Child, V))
      return Found;
  return nullptr;
}

const Expr *bare(const Expr *E) {
  while (true) {
    E = spelled(E);
    if (const auto *C = dyn_cast<CXXFunctionalCastExpr>(E))
      E = C->getSubExpr();
    else if (const auto *I = dyn_cast<CXXStdInitializerListExpr>(E))
      E = I->getSubExpr();
    else if (const auto *L = dyn_cast<CompoundLiteralExpr>(E))
      E = L->getInitializer();
    else if (const auto *C = dyn_cast<CallExpr>(E); C && C->isCallToStdMove())
      E = C->getArg(0);
    else
      return E;
  }
}

} // namespace

/// `T{}`, `T(...)`, `{}`, `""`, `nullptr`, `std::nullopt`, and a variable that was just made so or stays so:
/// nothing of what was there before is in it.
bool FactsGenerator::isFreshValue(const Expr *E) {
  E = bare(E);
  if (const auto *L = dyn_cast<StringLiteral>(E))
    return L->getLength() == 0;
  if (const auto *L = dyn_cast<InitListExpr>(E))
    return L->getNumInits() == 0 || L->getType()->isRecordType();
  if (isa<CXXTemporaryObjectExpr, CXXScalarValueInitExpr>(E))
    return true;
  if (isa<CXXNullPtrLiteralExpr>(E))
    return true;
  if (const auto *R = E->getType()->getAsCXXRecordDecl();
      R && R->isInStdNamespace() && R->getIdentifier() &&
      R->getName() == "nullopt_t")
    return true;
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    // `static const struct buf empty;` in C
    if (V && V->hasGlobalStorage() && V->getType().isConstQualified() &&
        V->getType()->isRecordType() && !V->getInit() && !V->hasExternalStorage())
      return true;
    if (!V || !V->getType()->isRecordType() || !V->getInit() ||
        !isFreshValue(V->getInit()))
      return false;
    return V->getType().isConstQualified() ||
           (V->hasLocalStorage() && firstMention(Fn.getBody(), *V) == D);
  }
  const auto *C = dyn_cast<CXXConstructExpr>(E);
  return C && (C->getNumArgs() == 0 || isa<CXXDefaultArgExpr>(C->getArg(0)));
}

/// A call of the library after which an object is a new one.
bool FactsGenerator::renews(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  StringRef Name = F->getName();
  size_t N = S.Args.size();
  // A handle's value is the lease that it holds, which is followed elsewhere.
  auto object = [&](const Expr *E) {
    PlaceId P = E && E->getType()->isRecordType() ? place(E) : NoPlace;
    return P == NoPlace || handleOf(E->getType(), P).Is ? NoPlace : P;
  };
  auto renew = [&](PlaceId P) {
    emit(FactKind::Reset, S.Expr, Rewrites).Dst = P;
    emit(FactKind::Bound, S.Expr).Dst = P; // its storage went with it
    return true;
  };
  if (const auto *M = dyn_cast<CXXMethodDecl>(F)) {
    // `std::vector<int>().swap(b->marks)`, `b->text.swap(fresh)`
    if (Name != "swap" || N != 1 || !S.ThisExpr || M->isStatic())
      return false;
    if (isFreshValue(S.ThisExpr))
      if (PlaceId P = object(S.Args[0]); P != NoPlace)
        return renew(P);
    if (isFreshValue(S.Args[0]))
      if (PlaceId P = object(S.ThisExpr); P != NoPlace)
        return renew(P);
    return false;
  }
  if (!F->isInStdNamespace())
    return false;
  if (Name == "destroy_at" && N == 1)
    return true; // what follows says what becomes of the storage
  if (Name == "construct_at" && N >= 1) {
    Operand O = operand(S.Args[0]);
    if (PlaceId P = behind(O); P != NoPlace) {
      emit(FactKind::Reset, S.Expr).Dst = P;
      emit(FactKind::Bound, S.Expr).Dst = P;
    }
    Results[S.Expr] = O;
    return true;
  }
  if (Name == "exchange" && N == 2 && isFreshValue(S.Args[1]))
    if (PlaceId P = object(S.Args[0]); P != NoPlace) {
      Fact &Out = emit(FactKind::Move, S.Expr);
      Out.Dst = S.Ret;
      Out.Src = Operand::value(P);
      return renew(P);
    }
  if (Name == "swap" && N == 2)
    for (unsigned I : {0, 1})
      if (isFreshValue(S.Args[1 - I]))
        if (PlaceId P = object(S.Args[I]); P != NoPlace)
          return renew(P);
  return false;
}

/// `memcpy(to, from, sizeof *from)`: a structure is copied over another one of its
/// kind, with all that it holds.
bool FactsGenerator::copiesBytes(const CallShape &S) {
  StringRef Name = S.Callee->getName();
  if (S.Args.size() != 3 || !(Name == "memcpy" || Name == "memmove" ||
                              Name == "__builtin_memcpy" ||
                              Name == "__builtin_memmove") ||
      !(S.Callee->getBuiltinID() || S.Callee->isExternC() ||
        S.Callee->isInStdNamespace()))
    return false;
  auto Behind = [](const Expr *E) {
    QualType T = E->IgnoreParenCasts()->getType();
    return T->isPointerType() ? T->getPointeeType().getCanonicalType()
                                    .getUnqualifiedType()
                              : QualType();
  };
  QualType Of = Behind(S.Args[0]);
  Expr::EvalResult Size;
  if (Of.isNull() || !Of->isRecordType() || Of != Behind(S.Args[1]) ||
      !S.Args[2]->EvaluateAsInt(Size, T.Context) ||
      Size.Val.getInt() != T.Context.getTypeSizeInChars(Of).getQuantity())
    return false;
  Operand To = operand(S.Args[0]);
  PlaceId Dst = behind(To), From = behind(operand(S.Args[1]));
  if (Dst == NoPlace || From == NoPlace)
    return false;
  emit(FactKind::Read, S.Expr).Dst = From;
  Fact &F = emit(FactKind::Copy, S.Expr);
  F.Dst = Dst;
  F.Src = Operand::value(From);
  Results[S.Expr] = To;
  return true;
}

} // namespace pooltidy

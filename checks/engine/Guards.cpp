//===- Guards.cpp - owners that can be copied -----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Guards.h"
#include "Generator.h"
#include "Tu.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

/// The member that the destructor puts: `this->f`, a pointer or a number.
const FieldDecl *putMember(Tu &T, const CXXRecordDecl &R, const Summary &Sum,
                           const model::Pool *&Family) {
  for (const EntitySummary &E : Sum.Entities)
    for (const Outcome &O : E.Outcomes) {
      if (!O.Put || O.Family == NoFamily)
        continue;
      const Place &P = T.Places[E.Entity];
      if (P.Kind != PlaceKind::Field ||
          T.Places[P.Parent].Kind != PlaceKind::Deref ||
          T.Places[T.Places[P.Parent].Parent].Kind != PlaceKind::This)
        continue;
      for (const FieldDecl *F : R.fields())
        if (T.fieldSymbol(*F) == P.Symbol &&
            (F->getType()->isPointerType() || F->getType()->isIntegerType())) {
          Family = T.FamilyOf[O.Family];
          return F;
        }
    }
  return nullptr;
}

/// True when the source of the move \p M still holds \p F afterwards.
bool keepsSource(Tu &T, const CXXMethodDecl &M, const FieldDecl &F) {
  if (M.isDeleted())
    return false;
  if (M.isDefaulted())
    return true; // plain members are copied
  const Summary *Sum = T.summary(M);
  if (!Sum)
    return false;
  // A source that is told in any way (its flag, its pool) may know better.
  const FunctionDecl *Definition = M.getDefinition();
  if (const Generated *Made = T.analyse(*Definition).Facts.get())
    for (const Block &B : Made->Facts.Blocks)
      for (const Fact &X : B.Facts)
        if (X.Dst != NoPlace && X.Kind != FactKind::Read &&
            T.Places[T.Places.rootOf(X.Dst)].Kind == PlaceKind::Param &&
            T.Places.isShared(X.Dst))
          return false;
  const FunctionDecl *Body = M.getDefinition();
  PlaceId Source = T.Places.root(PlaceKind::Param, T.symbol(*Body->getParamDecl(0)),
                                 Body->getParamDecl(0)->getName());
  for (const EntitySummary &E : Sum->Entities)
    if (T.Places.rootOf(E.Entity) == Source &&
        T.Places[E.Entity].Kind == PlaceKind::Field &&
        T.Places[E.Entity].Symbol == T.fieldSymbol(F))
      return llvm::any_of(E.Outcomes, [&](const Outcome &O) {
        return O.Names.size() > 1 && llvm::is_contained(O.Names, E.Entity);
      });
  return false;
}

} // namespace

std::optional<UnsafeGuard> unsafeGuard(Tu &T, const CXXDestructorDecl &D) {
  const CXXRecordDecl &R = *D.getParent();
  const Summary *Sum = T.summary(D);
  UnsafeGuard G;
  const FieldDecl *F = Sum ? putMember(T, R, *Sum, G.Family) : nullptr;
  if (!F)
    return std::nullopt;
  // Nobody can own a copy whose end is private: a part of a singleton.
  if (D.getAccess() == AS_private && !R.hasFriends())
    return std::nullopt;
  G.Class = &R;
  G.Field = F->getName().str();
  G.Put = D.getLocation();
  // Who copies a class of a function stands in that function: clang declares the
  // implicit constructor for the first one who asks for it.
  bool Copies = !R.isLocalClass() && R.needsImplicitCopyConstructor() &&
                !R.defaultedCopyConstructorIsDeleted() &&
                !R.hasUserDeclaredMoveConstructor() &&
                !R.hasUserDeclaredMoveAssignment();
  for (const CXXConstructorDecl *C : R.ctors()) {
    if (C->isCopyConstructor() && !C->isDeleted() && C->isDefaulted() &&
        (!R.isLocalClass() || C->isReferenced()))
      Copies = true;
    if (C->isMoveConstructor() && !C->isImplicit() && keepsSource(T, *C, *F))
      G.Moves = true;
  }
  for (const CXXMethodDecl *M : R.methods())
    if (M->isMoveAssignmentOperator() && !M->isImplicit() && keepsSource(T, *M, *F))
      G.Moves = true;
  if (!Copies && !G.Moves)
    return std::nullopt;
  G.Moves &= !Copies;
  return G;
}

} // namespace pooltidy

//===- PoolStore.cpp - what a copy of a pool duplicates -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "PoolStore.h"
#include "Pooled.h"
#include "model/Bodies.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {

/// Records in records are looked into this deep: shards, lists with a head.
constexpr unsigned MaxNesting = 3;

bool isContainer(const CXXRecordDecl &R) {
  return R.isInStdNamespace() && R.getIdentifier() &&
         llvm::StringSwitch<bool>(R.getName())
             .Cases("vector", "deque", "list", "forward_list", "array", true)
             .Cases("stack", "queue", "priority_queue", "optional", true)
             .Cases("set", "multiset", "unordered_set", "unordered_multiset", true)
             .Cases("map", "multimap", "unordered_map", "unordered_multimap", true)
             .Default(false);
}

class Finder {
public:
  Finder(const CXXRecordDecl &Pool, model::Classifier &Classes) {
    for (const CXXMethodDecl *M : Pool.methods()) {
      const model::CallMeaning &Means = Classes.classify(*M);
      if (Means.What == model::Role::Acquire) {
        Ids |= Means.Op->Id;
        if (const CXXRecordDecl *Object = handedOut(*M, *Means.Op))
          Objects.insert(Object->getCanonicalDecl());
        model::BodyFacts Body = model::readBody(*M, -1);
        for (StringRef Name : Body.Drains.keys())
          Drained.insert(Name);
      } else if (Means.What == model::Role::Put &&
                 Means.Op->Object.Where == model::Slot::Argument) {
        model::BodyFacts Body = model::readBody(*M, Means.Op->Object.Index);
        for (StringRef Name : Body.Fills.keys())
          Filled.insert(Name);
      }
    }
    for (StringRef Name : Filled.keys())
      BodiesTell |= Drained.contains(Name);
    this->Pool = Pool.getCanonicalDecl();
  }

  const FieldDecl *find(const CXXRecordDecl &R, unsigned Depth = 0) {
    for (const FieldDecl *F : R.fields())
      if (isStore(F->getType(), F->getName(), Depth))
        return F;
    for (const CXXBaseSpecifier &B : R.bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType());
          Base && Base->getDefinition() && Depth < MaxNesting)
        if (const FieldDecl *F = find(*Base->getDefinition(), Depth + 1))
          return F;
    return nullptr;
  }

private:
  bool isStore(QualType T, StringRef Name, unsigned Depth) {
    bool Used = Filled.contains(Name) || Drained.contains(Name);
    if (const auto *A = T->getAsArrayTypeUnsafe())
      return BodiesTell ? Used : isElement(A->getElementType());
    // The head of a list, which put and acquire move; not a store elsewhere,
    // which copies share.
    if (T->isPointerType())
      return Filled.contains(Name) && Drained.contains(Name) &&
             isNode(T->getPointeeType());
    const CXXRecordDecl *R = model::recordOf(T);
    R = R ? R->getDefinition() : nullptr;
    if (!R)
      return false;
    if (isContainer(*R)) {
      if (BodiesTell)
        return Used;
      // A map's keys are no objects.
      bool Mapped = R->getName().contains("map");
      QualType Element = model::templateArgument(T, Mapped);
      return !Element.isNull() && isElement(Element);
    }
    return !R->isInStdNamespace() && Depth < MaxNesting && find(*R, Depth + 1);
  }

  /// True for what a list can be made of: an object, one that leads to another
  /// of its kind, or bytes that nobody looks into.
  bool isNode(QualType T) const {
    const CXXRecordDecl *R = model::recordOf(T);
    R = R ? R->getDefinition() : nullptr;
    if (!R || isElement(T))
      return true;
    return llvm::any_of(R->fields(), [&](const FieldDecl *F) {
      const CXXRecordDecl *Next =
          F->getType()->isPointerType()
              ? model::recordOf(F->getType()->getPointeeType())
              : nullptr;
      return Next && Next->getCanonicalDecl() == R->getCanonicalDecl();
    });
  }

  bool isElement(QualType T) const {
    while (const auto *A = T->getAsArrayTypeUnsafe())
      T = A->getElementType();
    if (T->isPointerType() || T->isAnyCharacterType() || T->isStdByteType())
      return !T->isFunctionPointerType();
    if (const CXXRecordDecl *R = model::recordOf(T)) {
      if (model::isStd(*R, "unique_ptr") || model::isStd(*R, "shared_ptr"))
        return true;
      const auto *Outer = dyn_cast<CXXRecordDecl>(R->getDeclContext());
      return Objects.count(R->getCanonicalDecl()) ||
             (Outer && Outer->getCanonicalDecl() == Pool);
    }
    return Ids && T->isIntegerType();
  }

  bool Ids = false; ///< the pool hands out numbers
  llvm::StringSet<> Filled, Drained; ///< members, by put and by acquire
  bool BodiesTell = false;           ///< … and they meet: that is the store
  llvm::SmallPtrSet<const CXXRecordDecl *, 2> Objects;
  const CXXRecordDecl *Pool = nullptr;
};

/// True when \p R has a copy constructor that can be called; \p Written is it,
/// or null when the compiler makes it.
bool isCopyable(const CXXRecordDecl &R, const CXXConstructorDecl *&Written) {
  if (R.needsImplicitCopyConstructor())
    return !R.defaultedCopyConstructorIsDeleted() &&
           !R.hasUserDeclaredMoveConstructor() && !R.hasUserDeclaredMoveAssignment();
  for (const CXXConstructorDecl *C : R.ctors())
    if (C->isCopyConstructor() && !C->isDeleted()) {
      Written = C->isUserProvided() ? C : nullptr;
      return true;
    }
  return false;
}

bool copies(QualType T, unsigned Depth);

/// True when the copy that the compiler makes of \p R compiles, as far as its
/// members tell: a container says that it can be copied whatever it holds.
bool copiesMembers(const CXXRecordDecl &R, unsigned Depth) {
  return llvm::all_of(
             R.fields(),
             [&](const FieldDecl *F) { return copies(F->getType(), Depth); }) &&
         llvm::all_of(R.bases(), [&](const CXXBaseSpecifier &B) {
           return copies(B.getType(), Depth);
         });
}

bool copies(QualType T, unsigned Depth) {
  while (const auto *A = T->getAsArrayTypeUnsafe())
    T = A->getElementType();
  const CXXRecordDecl *R = model::recordOf(T);
  if (!R || Depth > MaxNesting)
    return true;
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
  const CXXRecordDecl *Seen = model::definitionOf(*R);
  if (!Seen)
    return true;
  const CXXConstructorDecl *Written = nullptr;
  if (!isCopyable(*Seen, Written))
    return false;
  if (isContainer(*Seen) || model::isStd(*Seen, "pair") ||
      model::isStd(*Seen, "tuple") || model::isStd(*Seen, "variant")) {
    if (S)
      return llvm::all_of(model::typeArguments(*S), [&](QualType Each) {
        return copies(Each, Depth + 1);
      });
    QualType Each;
    for (unsigned I = 0; !(Each = model::templateArgument(T, I)).isNull(); ++I)
      if (!copies(Each, Depth + 1))
        return false;
    return true;
  }
  return Written || Seen->isInStdNamespace() || copiesMembers(*Seen, Depth + 1);
}

/// True when \p S gives `other.F` itself to something, not what a function made
/// of it.
bool takesOver(const Stmt *S, const FieldDecl &F, const ParmVarDecl &Other) {
  if (!S)
    return false;
  if (const auto *E = dyn_cast<Expr>(S)) {
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(E))
      if (const auto *D = dyn_cast<DeclRefExpr>(M->getBase()->IgnoreParenImpCasts()))
        return D->getDecl() == &Other && M->getMemberDecl() == &F;
    if (const auto *C = dyn_cast<CXXConstructExpr>(E))
      return C->getConstructor()->isCopyConstructor() &&
             takesOver(C->getArg(0), F, Other);
    if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isAssignmentOp())
      return takesOver(B->getRHS(), F, Other);
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E))
      return O->getOperator() == OO_Equal && takesOver(O->getArg(1), F, Other);
    return false;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return takesOver(Child, F, Other);
  });
}

} // namespace

const FieldDecl *duplicatedStore(const CXXRecordDecl &Class,
                                 model::Classifier &Classes) {
  const CXXRecordDecl *R = Class.getDefinition();
  const FieldDecl *Store = R ? Finder(*R, Classes).find(*R) : nullptr;
  if (!Store)
    return nullptr;
  const CXXConstructorDecl *Copy = nullptr;
  if (!isCopyable(*R, Copy))
    return nullptr;
  if (!Copy)
    return copiesMembers(*R, 0) ? Store : nullptr;
  // Whoever wrote it meant something; only what is plainly taken over counts.
  const FunctionDecl *Definition = nullptr;
  if (!Copy->hasBody(Definition))
    return nullptr;
  const ParmVarDecl &Other = *Definition->getParamDecl(0);
  for (const CXXCtorInitializer *I : cast<CXXConstructorDecl>(Definition)->inits())
    if (I->getAnyMember() == Store && takesOver(I->getInit(), *Store, Other))
      return Store;
  return takesOver(Definition->getBody(), *Store, Other) ? Store : nullptr;
}

} // namespace pooltidy

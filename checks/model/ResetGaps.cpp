//===- ResetGaps.cpp - what a reset leaves as it was ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ResetGapsImpl.h"
#include "CachedMembers.h"
#include "FieldTraits.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

bool anyWord(StringRef Name, std::initializer_list<StringRef> Of) {
  return llvm::any_of(splitWords(Name), [&](StringRef Word) {
    return llvm::is_contained(Of, Word);
  });
}

/// The parameter of \p F that points to a \p Struct of C, or null.
const ParmVarDecl *pointerTo(const FunctionDecl &F, const RecordDecl &Struct) {
  for (const ParmVarDecl *P : F.parameters())
    if (const RecordDecl *To = P->getType()->isPointerType()
                                   ? P->getType()->getPointeeType()->getAsRecordDecl()
                                   : nullptr;
        To && To->getCanonicalDecl() == Struct.getCanonicalDecl())
      return P;
  return nullptr;
}

/// A member of \p Of; in C what is given a pointer to one.
bool isOf(const FunctionDecl &F, const RecordDecl &Of) {
  const auto *AsClass = dyn_cast<CXXRecordDecl>(&Of);
  if (!AsClass)
    return pointerTo(F, Of) != nullptr;
  const CXXRecordDecl &Class = *AsClass;
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (!M)
    return false;
  const CXXRecordDecl *R = M->getParent();
  return R->getCanonicalDecl() == Class.getCanonicalDecl() ||
         (R->hasDefinition() && R->isDerivedFrom(&Class)) ||
         Class.isDerivedFrom(R);
}

bool isNullOrEmpty(const Expr *E, ASTContext &Context) {
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E))
    E = D->getExpr()->IgnoreUnlessSpelledInSource();
  if (const auto *I = dyn_cast<InitListExpr>(E))
    return I->getNumInits() == 0;
  if (const auto *S = dyn_cast<StringLiteral>(E))
    return S->getLength() == 0;
  if (const auto *C = dyn_cast<CXXConstructExpr>(E))
    return llvm::all_of(C->arguments(), [&](const Expr *Arg) {
      return isa<CXXDefaultArgExpr>(Arg) || isNullOrEmpty(Arg, Context);
    });
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return true;
  Expr::EvalResult V;
  if (E->isValueDependent() || !E->getType()->isScalarType() ||
      !E->EvaluateAsRValue(V, Context) || V.HasSideEffects)
    return false;
  return (V.Val.isInt() && V.Val.getInt() == 0) ||
         (V.Val.isFloat() && V.Val.getFloat().isZero()) ||
         (V.Val.isLValue() && V.Val.isNullPointer());
}

namespace {

/// Begins or ends the life of a struct of C, by its name.
bool isNamedByLife(const FunctionDecl &F) {
  return anyWord(nameOf(F),
                 {"init", "initialize", "initialise", "setup", "create", "new",
                  "alloc", "make", "construct", "ctor", "destroy", "free",
                  "delete", "destruct", "dtor", "fini", "deinit", "cleanup",
                  "copy", "clone", "dup", "swap"});
}

/// A number, truth or null as its reader would write it; empty: no constant.
std::string constant(const Expr *E, ASTContext &Context) {
  if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E))
    E = D->getExpr();
  if (const auto *I = dyn_cast<InitListExpr>(E))
    if (I->getNumInits() == 1)
      E = I->getInit(0);
  Expr::EvalResult V;
  if (E->isValueDependent() || E->isTypeDependent() ||
      !E->getType()->isScalarType() || !E->EvaluateAsRValue(V, Context) ||
      V.HasSideEffects)
    return "";
  if (E->getType()->isPointerType())
    return V.Val.isLValue() && V.Val.isNullPointer() ? "null" : "";
  if (!V.Val.isInt() && !V.Val.isFloat())
    return "";
  return V.Val.getAsString(Context, E->getType());
}

} // namespace

void MemberUses::read(llvm::ArrayRef<const FunctionDecl *> Functions) {
  for (const FunctionDecl *F : Functions) {
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    // A lambda's body was read with the function around it.
    if ((M && M->getParent()->isLambda()) || F->isDependentContext())
      continue;
    Bodies.push_back({F, Reader.ofAny(*F)});
    const Accesses &A = Bodies.back().second;
    for (const HandedObject &H : A.Handed)
      if (H.To && !(H.Fresh && H.Local)) {
        auto &[OfFresh, OfOthers] =
            Calls[{H.To->getCanonicalDecl(),
                   cast<RecordDecl>(H.Of->getCanonicalDecl())}];
        ++(H.Fresh ? OfFresh : OfOthers);
      }
    for (const CXXMethodDecl *Callee : A.Called)
      Callers[Callee->getCanonicalDecl()].push_back(F);
    for (const Access &Each : A.All)
      for (size_t I = 0; I < Each.Path.size(); ++I)
        for (size_t Parts : {size_t(1), size_t(2)}) {
          if (I + Parts > Each.Path.size())
            break;
          Use &U =
              Uses[{Each.Path[I], Parts == 2 ? Each.Path[I + 1] : nullptr}];
          Access Here = Each;
          if (I + Parts < Each.Path.size()) {
            Here.How = std::min(Here.How, Touch::Change);
            Here.Inside = true;
            Here.Behind = false;
          }
          // Elements are set one by one: the others stay.
          Touch First = Here.Inside ? std::min(Here.How, Touch::Change)
                                    : Here.How;
          if (!Here.Fresh)
            ++U.By.try_emplace(F, First, 0u).first->second.second;
          U.Shown |= Here.How == Touch::Shown;
          if (Here.How >= Touch::Unsure)
            U.Writes.push_back({F, std::move(Here), A.Allocates});
        }
  }
}

/// Code that begins, ends or renews the life of an object of class \p Of.
bool MemberUses::isLifeCode(const FunctionDecl &F, const RecordDecl &Of,
                            unsigned Depth) {
  if (!isa<CXXRecordDecl>(Of))
    return Classes.isReset(F) || isNamedByLife(F);
  if (!isOf(F, Of))
    return (!isa<CXXMethodDecl>(F) || cast<CXXMethodDecl>(F).isStatic()) &&
           Classes.isReset(F);
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(F) || nameOf(F) == "swap" ||
      Classes.isReset(F))
    return true;
  const auto &M = cast<CXXMethodDecl>(F);
  if (M.isCopyAssignmentOperator() || M.isMoveAssignmentOperator())
    return true;
  if (M.getAccess() == AS_public || Depth > 3)
    return false;
  // A helper of those.
  auto It = Callers.find(M.getCanonicalDecl());
  return It != Callers.end() &&
         llvm::all_of(It->second, [&](const FunctionDecl *By) {
           return By == &F || isLifeCode(*By, Of, Depth + 1);
         });
}

void MemberUses::initialValues(Asked &Q) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&Q.Object);
  if (!Class)
    return;
  auto OnlyInitialisers = [&] {
    for (const FieldDecl *F : Class->fields())
      if (const Expr *Init = F->getInClassInitializer())
        Q.Initial[F].push_back(Init);
  };
  if (Class->needsImplicitDefaultConstructor())
    OnlyInitialisers();
  for (const CXXConstructorDecl *C : Class->ctors()) {
    if (C->isCopyOrMoveConstructor() || C->isDeleted())
      continue;
    const FunctionDecl *Body = nullptr;
    if (!C->hasBody(Body)) {
      if (C->isImplicit() || C->isDefaulted())
        OnlyInitialisers();
      else
        Q.ConstructorsSeen = false;
      continue;
    }
    for (const Access &A : Reader.ofObject(*Body, nullptr, Class).All) {
      if (A.Path.size() != 1 || A.How < Touch::Unsure)
        continue;
      // Several constructors must agree.
      Q.Initial[A.Path.front()].push_back(
          A.How == Touch::Overwrite && !A.Inside ? A.Value : nullptr);
    }
  }
}

/// Nothing is in \p F when the object is made.
bool MemberUses::startsEmpty(Asked &Q, const FieldDecl &F) {
  if (const Expr *Init = F.getInClassInitializer();
      Init && !isNullOrEmpty(Init, Context))
    return false;
  auto It = Q.Initial.find(&F);
  return It == Q.Initial.end() ||
         llvm::all_of(It->second, [&](const Expr *Given) {
           return Given && isNullOrEmpty(Given, Context);
         });
}

/// Called in this TU, and only for objects that were just made.
bool MemberUses::isForFresh(const Write &W) const {
  const auto *M = dyn_cast<CXXMethodDecl>(W.By);
  bool OnThis = M && M->isInstance();
  const RecordDecl *Of = OnThis ? M->getParent() : W.How.Path.front()->getParent();
  auto It = Calls.find({W.By->getCanonicalDecl(),
                        cast<RecordDecl>(Of->getCanonicalDecl())});
  return It != Calls.end() && It->second.first != 0 && It->second.second == 0;
}

/// Another class changes its own part of a base that both have.
bool MemberUses::isOfSibling(Asked &Q, const Write &W, const FieldDecl &F) const {
  const auto *Owner = dyn_cast<CXXRecordDecl>(F.getParent());
  return W.How.OfThis && Owner && isOf(*W.By, *Owner) && !isOf(*W.By, Q.Object);
}

Touch MemberUses::weight(Asked &Q, const Write &W, const FieldDecl &F) {
  if (W.How.Fresh || (W.How.Behind && !ownsOne(F.getType())))
    return Touch::Read;
  if (Q.Policy && isOf(*W.By, *Q.Policy))
    return Touch::Read;
  if (W.How.Within && Q.ResetOf == W.How.Within)
    return Touch::Read;
  const auto *Owner = dyn_cast<CXXRecordDecl>(F.getParent());
  if (isOfSibling(Q, W, F))
    return Touch::Read;
  if (isLifeCode(*W.By, Q.Object) || (Owner && isLifeCode(*W.By, *Owner)))
    return Touch::Read;
  // What makes it as it was is no change.
  bool Empties = W.How.How == Touch::Overwrite && !W.How.Inside &&
                 (W.How.Empties ||
                  (W.How.Value && isNullOrEmpty(W.How.Value, Context)));
  if (Empties && startsEmpty(Q, F))
    return Touch::Read;
  if (isForFresh(W)) {
    // A public one may be called elsewhere.
    const auto *M = dyn_cast<CXXMethodDecl>(W.By);
    return M && M->getAccess() == AS_public ? Touch::Unsure : Touch::Read;
  }
  return W.How.How;
}

/// Nobody in this TU changes it, but it starts empty and can be changed from
/// elsewhere; it would be there for nothing if it never was.
bool MemberUses::filledElsewhere(Asked &Q, const FieldDecl &F) {
  // In C nothing tells how a member starts.
  if (!ownsOrPoints(F.getType()) || !Q.ConstructorsSeen ||
      !isa<CXXRecordDecl>(Q.Object))
    return false;
  return startsEmpty(Q, F) &&
         (F.getAccess() == AS_public || Uses[{&F, nullptr}].Shown ||
          canBeChangedUnseen(F));
}

/// Some member function without a body here may change \p F.
bool MemberUses::canBeChangedUnseen(const FieldDecl &F) {
  const auto *Owner = dyn_cast<CXXRecordDecl>(F.getParent());
  return Owner && llvm::any_of(Owner->methods(), [&](const CXXMethodDecl *M) {
           return M->isInstance() && !M->isConst() && !M->isImplicit() &&
                  !M->isDefaulted() && !M->isDeleted() && !M->isPureVirtual() &&
                  !M->hasBody() && !isLifeCode(*M, *Owner);
         });
}

void MemberUses::judge(Asked &Q, const FieldDecl &F) {
  bool Parts = false;
  for (const Access &A : Q.Reset.All)
    if (A.How >= Touch::Unsure && !A.Path.empty() && A.Path.front() == &F) {
      if (A.Path.size() == 1)
        return;
      Parts = true;
    }
  if (isNoState(F) || Classes.isKept(F) || isBackLink(F, Q.Object) ||
      Q.CaredFor.count(&F))
    return;
  if (Parts)
    return judgeParts(Q, F);
  if (Q.caresForPartOf(F))
    return;
  llvm::SmallVector<const Write *, 4> Writers;
  const Use &U = Uses[{&F, nullptr}];
  for (const Write &W : U.Writes)
    if (weight(Q, W, F) >= Touch::Unsure)
      Writers.push_back(&W);
  ResetGap Gap;
  Gap.Path.push_back(&F);
  Gap.Sure = false;
  for (const Write *W : Writers) {
    bool Sure = weight(Q, *W, F) >= Touch::Change;
    if (!Gap.Writer || (Sure && !Gap.Sure))
      Gap.Writer = W->By;
    Gap.Sure |= Sure;
  }
  Gap.Sure = Gap.Sure && !isCached(F, Reader, Classes, Context) &&
             !isVersioned(F, Q.Reset, Reader, Classes);
  for (const Write &W : U.Writes)
    Gap.Freed |= W.How.Deletes;
  if (auto It = Q.Initial.find(&F); It != Q.Initial.end())
    Gap.GivenAtStart = llvm::any_of(It->second, [&](const Expr *Given) {
      return !Given || (!isa<CXXDefaultInitExpr>(Given) &&
                        Given != F.getInClassInitializer() &&
                        !isNullOrEmpty(Given, Context));
    });
  if (isStorage(Q, F, Writers) || isScratch(Q, F))
    return;
  if (Writers.empty()) {
    // Who makes the objects fills it: that is what it is there for.
    bool Made = llvm::any_of(U.Writes, [&](const Write &W) {
      return W.How.Fresh || isForFresh(W);
    });
    if (Made || !filledElsewhere(Q, F))
      return;
    // Perhaps it is there for another class alone.
    Gap.Sure = llvm::none_of(
        U.Writes, [&](const Write &W) { return isOfSibling(Q, W, F); });
  }
  // Counts of what an object did in all its lives.
  bool OnlySteps =
      llvm::all_of(Writers, [](const Write *W) { return W->How.Steps; });
  if (!Writers.empty() && OnlySteps &&
      anyWord(F.getName(), {"total", "stat", "stats", "hits", "misses",
                            "lifetime", "uses", "reuses", "times"}))
    return;
  Q.Answer.Left.push_back(std::move(Gap));
}

/// The reset sets some parts of a member: the others are asked for.
void MemberUses::judgeParts(Asked &Q, const FieldDecl &F) {
  const RecordDecl *R = ownedAlone(F.getType());
  if (!R)
    R = F.getType()->getAsRecordDecl();
  if (!R || !(R = R->getDefinition()) || R->isUnion())
    return;
  for (const FieldDecl *Part : R->fields()) {
    bool Done = llvm::any_of(Q.Reset.All, [&](const Access &A) {
      return A.How >= Touch::Unsure && A.Path.size() > 1 && A.Path[0] == &F &&
             A.Path[1] == Part;
    });
    if (Done || Q.PartsCaredFor.count({&F, Part}) ||
        Part->isAnonymousStructOrUnion() || isNoState(*Part) ||
        Classes.isKept(*Part) || isBackLink(*Part, *R))
      continue;
    llvm::SmallVector<const Write *, 4> Writers;
    for (const Write &W : Uses[{&F, Part}].Writes)
      if (weight(Q, W, *Part) >= Touch::Change)
        Writers.push_back(&W);
    // `pair = {name, 1};` is a change of all parts.
    if (Part->getAccess() == AS_public && !ownedAlone(F.getType()))
      for (const Write &W : Uses[{&F, nullptr}].Writes)
        if (W.How.Value && !W.How.Inside && weight(Q, W, F) == Touch::Overwrite)
          Writers.push_back(&W);
    if (!Writers.empty() && !(isTrivialStorage(Part->getType()) &&
                              isBounded(Q, *Part, Writers)))
      Q.Answer.Left.push_back({{&F, Part}, Writers.front()->By, true, false});
  }
}

void MemberUses::members(Asked &Q, const RecordDecl &Class) {
  const auto *WithBases = dyn_cast<CXXRecordDecl>(&Class);
  if (WithBases)
    for (const CXXBaseSpecifier &B : WithBases->bases()) {
      const CXXRecordDecl *Base = recordOf(B.getType());
      if (Base && (Base = Base->getDefinition()) && Reader.isUserCode(*Base))
        members(Q, *Base);
    }
  // What only a base's own code can reach is the base's to reset.
  bool IsBase = &Class != &Q.Object;
  bool Resettable = !IsBase || Classes.resetMethod(*WithBases);
  std::function<void(const RecordDecl &)> Each = [&](const RecordDecl &R) {
    for (const FieldDecl *F : R.fields()) {
      if (F->isAnonymousStructOrUnion() && !F->getType()->isUnionType())
        Each(*F->getType()->getAsRecordDecl());
      else if (Resettable || F->getAccess() != AS_private)
        judge(Q, *F);
    }
  };
  Each(Class);
}

bool MemberUses::isLeaseState(const FieldDecl &F, const RecordDecl &Object,
                              const Pool &Family) {
  if (isNoState(F) || Classes.isKept(F))
    return false;
  Asked Q{Object, Family, nullptr, {}, {}, {}, {}, {}};
  // Who starts it for its next user is asked where it is acquired.
  takenCareOf(Q, /*Starts=*/false);
  if (Q.CaredFor.count(&F) || Q.caresForPartOf(F))
    return false;
  initialValues(Q);
  bool OnlyMade = false;
  for (const Write &W : Uses[{&F, nullptr}].Writes) {
    if (weight(Q, W, F) >= Touch::Unsure && !isForFresh(W))
      return true;
    OnlyMade |= W.How.Fresh || isForFresh(W);
  }
  if (OnlyMade) // a setting of whoever makes the objects
    return false;
  if (F.getAccess() != AS_public)
    return canBeChangedUnseen(F);
  // Nobody here writes it: a number that does not start as 0 is a setting.
  for (const Expr *Given : Q.Initial[&F])
    if (!Given || !isNullOrEmpty(Given, Context))
      return false;
  const Expr *Init = F.getInClassInitializer();
  return Q.ConstructorsSeen && (!Init || isNullOrEmpty(Init, Context));
}

/// The methods of objects of class \p Object that \p S calls and that are defined
/// here; false where one is not.
static bool methodsCalled(const Stmt *S, const CXXRecordDecl &Object,
                          llvm::SmallPtrSetImpl<const FunctionDecl *> &Out) {
  if (!S)
    return true;
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(S))
    if (const CXXMethodDecl *M = C->getMethodDecl();
        M && !M->isConst() && isOf(*M, Object)) {
      if (const auto *Over =
              M->isVirtual() ? M->getCorrespondingMethodInClass(&Object, true)
                             : nullptr)
        M = Over;
      const FunctionDecl *Body = nullptr;
      if (!M->hasBody(Body))
        return false;
      Out.insert(Body);
    }
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return methodsCalled(Child, Object, Out);
  });
}

/// A policy, a lambda or a function by which the object's own method does all
/// that is done: that method is where something is missing.
void MemberUses::placeAtMethod(Asked &Q) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&Q.Object);
  llvm::SmallPtrSet<const FunctionDecl *, 2> Called;
  if (!Class || !methodsCalled(Q.ResetOf->getBody(), *Class, Called) ||
      Called.size() != 1 || !Reader.isUserCode(**Called.begin()))
    return;
  auto Changes = [](const Accesses &Of) {
    return llvm::count_if(
        Of.All, [](const Access &A) { return A.How >= Touch::Unsure; });
  };
  const FunctionDecl &Method = **Called.begin();
  Accesses Does = Reader.ofObject(Method, nullptr, Class);
  if (Changes(Does) != Changes(Q.Reset))
    return;
  Q.Answer.Reset = &Method;
  Q.Answer.Returns = Does.Returns;
}

ResetGaps MemberUses::gaps(const FunctionDecl &Reset,
                           const RecordDecl &Object, const Pool &Family,
                           bool Told) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Reset);
  // A policy's method is given the object; the object's own is called on it.
  const CXXRecordDecl *Policy =
      M && !isOf(*M, Object) ? M->getParent() : nullptr;
  const ParmVarDecl *Given =
      M && M->isInstance() && !Policy ? nullptr : Reset.getParamDecl(0);
  Asked Q{Object,
          Family,
          Policy,
          Reader.ofObject(Reset, Given, dyn_cast<CXXRecordDecl>(&Object)),
          {},
          {},
          {},
          {}};
  Q.Answer.Reset = &Reset;
  Q.Answer.Of = &Object;
  Q.ResetOf = &Reset;
  Q.Answer.Returns = Q.Reset.Returns;
  if (Q.Reset.Lost || Q.Reset.overwritesAll())
    return Q.Answer;
  if (Given)
    placeAtMethod(Q);
  for (const Access &A : Q.Reset.All)
    if (A.How >= Touch::Change && A.Path.size() == 1 && !A.Inside &&
        boundsStorage(A.Path.front()->getType()) &&
        !isBackLink(*A.Path.front(), Object)) {
      Q.Bounded = true;
      Q.HasLength |= anyWord(A.Path.front()->getName(),
                             {"len", "length", "size", "pos", "used", "count",
                              "offset", "head", "tail", "cursor", "end", "top",
                              "fill", "filled", "written"});
    }
  takenCareOf(Q);
  if (Q.AllCaredFor)
    return Q.Answer;
  initialValues(Q);
  members(Q, Object);
  if (Q.CallsUnseen && !Told)
    for (ResetGap &Gap : Q.Answer.Left)
      Gap.Sure = false;
  for (const Access &A : Q.Reset.All) {
    if (A.How != Touch::Overwrite || A.Path.size() != 1 || A.Inside || !A.Value)
      continue;
    auto It = Q.Initial.find(A.Path.front());
    if (It == Q.Initial.end())
      continue;
    std::string Now = constant(A.Value, Context), First;
    bool Same = !Now.empty();
    for (const Expr *E : It->second) {
      std::string Each = E ? constant(E, Context) : "";
      Same &= !Each.empty() && (First.empty() || First == Each);
      First = Each;
    }
    if (Same && First != Now)
      Q.Answer.Different.push_back({A.Path.front(), A.Value, Now, First});
  }
  return Q.Answer;
}

} // namespace pooltidy::model

//===- ResetGaps.cpp - what a reset leaves as it was ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "ResetGaps.h"
#include "FieldTraits.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

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

/// Begins or ends the life of a struct of C, by its name.
bool isNamedByLife(const FunctionDecl &F) {
  return anyWord(nameOf(F),
                 {"init", "initialize", "initialise", "setup", "create", "new",
                  "alloc", "make", "construct", "ctor", "destroy", "free",
                  "delete", "destruct", "dtor", "fini", "deinit", "cleanup",
                  "copy", "clone", "dup", "swap"});
}

/// The object starts a new life in it, with what it is given.
bool isStart(const FunctionDecl &F) {
  Words W = splitWords(nameOf(F));
  return !W.empty() && llvm::is_contained({"init", "initialize", "initialise",
                                           "setup", "prepare", "construct"},
                                          StringRef(W.front()));
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

struct MemberUses::Asked {
  const RecordDecl &Object;
  const Pool &Family;
  const CXXRecordDecl *Policy; ///< whose method resets, and others make
  Accesses Reset;
  ResetGaps Answer;
  /// Members that the pool or the start of a life sets.
  std::set<const FieldDecl *> CaredFor;
  /// By member: what the constructors give it; null where one gives nothing.
  std::map<const FieldDecl *, std::vector<const Expr *>> Initial;
  bool ConstructorsSeen = true;
  bool Bounded = false;   ///< the reset sets a length or cursor
  bool HasLength = false; ///< … that is named like one
};

void MemberUses::read(llvm::ArrayRef<const FunctionDecl *> Functions) {
  for (const FunctionDecl *F : Functions) {
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    // A lambda's body was read with the function around it.
    if ((M && M->getParent()->isLambda()) || F->isDependentContext())
      continue;
    Bodies.push_back({F, Reader.ofAny(*F)});
    const Accesses &A = Bodies.back().second;
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
          auto [It, New] = U.By.try_emplace(F, Here.How, 0u);
          ++It->second.second;
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
    return !isa<CXXMethodDecl>(F) && Classes.isReset(F);
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

/// In C the pool's code calls functions on the object that it hands out.
void MemberUses::startedBy(Asked &Q, const Stmt &PoolCode) {
  if (const auto *C = dyn_cast<CallExpr>(&PoolCode))
    if (const FunctionDecl *F = C->getDirectCallee(); F && !Classes.isReset(*F)) {
      const FunctionDecl *Body = nullptr;
      if (F->hasBody(Body) && Reader.isUserCode(*Body))
        if (const ParmVarDecl *P = pointerTo(*Body, Q.Object))
          for (const Access &Each : Reader.ofObject(*Body, P, nullptr).All)
            if (Each.OfThis && Each.How >= Touch::Unsure && !Each.Path.empty() &&
                !Each.Behind)
              Q.CaredFor.insert(Each.Path.front());
    }
  for (const Stmt *Child : PoolCode.children())
    if (Child)
      startedBy(Q, *Child);
}

/// What the pool sets when an object comes or goes, and what a function that
/// starts its life sets, is nothing that a reset must think of.
void MemberUses::takenCareOf(Asked &Q) {
  llvm::SmallPtrSet<const CXXMethodDecl *, 8> Starts;
  for (const auto &[F, A] : Bodies) {
    bool Own = isOf(*F, Q.Object);
    const CallMeaning &Means = Classes.classify(*F);
    bool PoolCode = Own ? Means.What == Role::Acquire || Means.What == Role::Put
                        : Classes.isPoolCode(*F, &Q.Family);
    if (const auto *M = dyn_cast<CXXMethodDecl>(F); M && Own && isStart(*F))
      Starts.insert(M);
    if (!PoolCode)
      continue;
    if (!isa<CXXRecordDecl>(Q.Object))
      startedBy(Q, *F->getBody());
    for (const Access &Each : A.All)
      if (Each.How >= Touch::Unsure && !Each.Path.empty() && !Each.Behind)
        Q.CaredFor.insert(Each.Path.front());
    for (const CXXMethodDecl *M : A.Called)
      if (isOf(*M, Q.Object) && !Classes.isReset(*M))
        Starts.insert(M);
  }
  for (const CXXMethodDecl *M : Starts) {
    const FunctionDecl *Body = nullptr;
    if (!M->hasBody(Body) || !Reader.isUserCode(*Body))
      continue;
    for (const Access &Each :
         Reader.ofObject(*Body, nullptr, cast<CXXRecordDecl>(&Q.Object)).All)
      if (Each.How == Touch::Overwrite && Each.Path.size() == 1 && !Each.Inside)
        Q.CaredFor.insert(Each.Path.front());
  }
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

bool MemberUses::countsAsWriter(Asked &Q, const Write &W, const FieldDecl &F) {
  if (W.How.Behind && !ownsOne(F.getType()))
    return false;
  if (Q.Policy && isOf(*W.By, *Q.Policy))
    return false;
  const auto *Owner = dyn_cast<CXXRecordDecl>(F.getParent());
  return !isLifeCode(*W.By, Q.Object) && !(Owner && isLifeCode(*W.By, *Owner));
}

/// Plain values that a length bounds, wherever they lie, and the capacity that
/// is set where the storage is made.
bool MemberUses::isStorage(Asked &Q, const FieldDecl &F,
                           llvm::ArrayRef<const Write *> Writers) {
  QualType T = F.getType();
  if (isPlain(T) || isTrivialStorage(T))
    for (const Access &A : Q.Reset.All)
      if (A.Path.size() == 1 && A.How >= Touch::Change &&
          saysHowMuch(A.Path.front()->getName(), F.getName()))
        return true;
  if (!Q.Bounded)
    return false;
  // Who fills it is not seen: a buffer with a length beside it.
  if (Writers.empty() && !isTrivialStorage(T))
    return Q.HasLength && F.getAccess() != AS_public && isPlainElsewhere(T);
  if (isTrivialStorage(T))
    return true;
  if (T->isIntegerType())
    return llvm::all_of(Writers, [&](const Write *W) {
      return W->Allocates && isOf(*W->By, Q.Object);
    });
  return isPlainElsewhere(T) && llvm::all_of(Writers, [](const Write *W) {
           return !W->How.Grows && (W->How.Inside || W->Allocates);
         });
}

/// Whoever uses it sets it first: nobody reads what is left there.
bool MemberUses::isScratch(Asked &Q, const FieldDecl &F) {
  if (F.getAccess() == AS_public)
    return false;
  bool Any = false;
  for (const auto &[By, How] : Uses[{&F, nullptr}].By) {
    if (isLifeCode(*By, Q.Object))
      continue;
    if (How.first != Touch::Overwrite || How.second < 2)
      return false;
    Any = true;
  }
  return Any;
}

/// Nobody in this TU changes it, but it starts empty and can be changed from
/// elsewhere; it would be there for nothing if it never was.
bool MemberUses::filledElsewhere(Asked &Q, const FieldDecl &F) {
  // In C nothing tells how a member starts.
  if (!ownsOrPoints(F.getType()) || !Q.ConstructorsSeen ||
      !isa<CXXRecordDecl>(Q.Object))
    return false;
  if (const Expr *Init = F.getInClassInitializer())
    if (!isNullOrEmpty(Init, Context))
      return false;
  if (auto It = Q.Initial.find(&F); It != Q.Initial.end())
    for (const Expr *Given : It->second)
      if (!Given || !isNullOrEmpty(Given, Context))
        return false;
  return F.getAccess() == AS_public || Uses[{&F, nullptr}].Shown ||
         canBeChangedUnseen(F);
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
  llvm::SmallVector<const Write *, 4> Writers;
  const Use &U = Uses[{&F, nullptr}];
  for (const Write &W : U.Writes)
    if (countsAsWriter(Q, W, F))
      Writers.push_back(&W);
  ResetGap Gap;
  Gap.Path.push_back(&F);
  Gap.Sure = false;
  for (const Write *W : Writers) {
    bool Sure = W->How.How >= Touch::Change;
    if (!Gap.Writer || (Sure && !Gap.Sure))
      Gap.Writer = W->By;
    Gap.Sure |= Sure;
  }
  for (const Write &W : U.Writes)
    Gap.Freed |= W.How.Deletes;
  if (isStorage(Q, F, Writers) || isScratch(Q, F))
    return;
  if (Writers.empty()) {
    if (!filledElsewhere(Q, F))
      return;
    Gap.Sure = true;
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
  const RecordDecl *R = F.getType()->getAsRecordDecl();
  if (!R || !(R = R->getDefinition()) || R->isUnion())
    return;
  for (const FieldDecl *Part : R->fields()) {
    bool Done = llvm::any_of(Q.Reset.All, [&](const Access &A) {
      return A.How >= Touch::Unsure && A.Path.size() > 1 && A.Path[0] == &F &&
             A.Path[1] == Part;
    });
    if (Done || Part->isAnonymousStructOrUnion() || isNoState(*Part) ||
        Classes.isKept(*Part) || isBackLink(*Part, *R) ||
        (Q.Bounded && isTrivialStorage(Part->getType())))
      continue;
    for (const Write &W : Uses[{&F, Part}].Writes)
      if (countsAsWriter(Q, W, F) && W.How.How >= Touch::Change) {
        Q.Answer.Left.push_back({{&F, Part}, W.By, true, false});
        break;
      }
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
  Asked Q{Object, Family, nullptr, {}, {}, {}, {}};
  takenCareOf(Q);
  if (Q.CaredFor.count(&F))
    return false;
  for (const Write &W : Uses[{&F, nullptr}].Writes)
    if (countsAsWriter(Q, W, F))
      return true;
  if (F.getAccess() != AS_public)
    return canBeChangedUnseen(F);
  // Nobody here writes it: a number that does not start as 0 is a setting.
  initialValues(Q);
  for (const Expr *Given : Q.Initial[&F])
    if (!Given || !isNullOrEmpty(Given, Context))
      return false;
  const Expr *Init = F.getInClassInitializer();
  return Q.ConstructorsSeen && (!Init || isNullOrEmpty(Init, Context));
}

ResetGaps MemberUses::gaps(const FunctionDecl &Reset,
                           const RecordDecl &Object, const Pool &Family) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Reset);
  // A policy's method is given the object; the object's own is called on it.
  const CXXRecordDecl *Policy =
      M && M->isInstance() && !isOf(*M, Object) ? M->getParent() : nullptr;
  const ParmVarDecl *Given =
      M && M->isInstance() && !Policy ? nullptr : Reset.getParamDecl(0);
  Asked Q{Object,
          Family,
          Policy,
          Reader.ofObject(Reset, Given, dyn_cast<CXXRecordDecl>(&Object)),
          {},
          {},
          {}};
  Q.Answer.Reset = &Reset;
  Q.Answer.Of = &Object;
  Q.Answer.Returns = Q.Reset.Returns;
  if (Q.Reset.Lost || Q.Reset.overwritesAll())
    return Q.Answer;
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
  initialValues(Q);
  members(Q, Object);
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

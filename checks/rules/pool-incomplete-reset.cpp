//===- pool-incomplete-reset.cpp ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The reset of a pooled type leaves members that somebody changes: the next
// user finds them as the last one left them. The fix clears them at the end.
//
//===----------------------------------------------------------------------===//
#include "../model/PolicyReset.h"
#include "../model/ResetGaps.h"
#include "../model/Shapes.h"
#include "Clearing.h"
#include "Wording.h"

using namespace clang;

namespace pooltidy {

namespace {

/// `'Buffer::clear'`, `'packet_reset'`.
std::string quoted(const FunctionDecl &F) {
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (M && M->getParent()->isLambda())
    return "the lambda";
  return "'" + (M ? M->getParent()->getNameAsString() + "::" : "") +
         F.getNameAsString() + "'";
}

/// The struct or class that the only argument of \p F leads to, or null.
const RecordDecl *argumentOf(const FunctionDecl &F) {
  QualType To = F.getNumParams() == 1
                    ? F.getParamDecl(0)->getType()->getPointeeType()
                    : QualType();
  return To.isNull() || To.isConstQualified() ? nullptr : To->getAsRecordDecl();
}

using FunctionList = std::vector<const FunctionDecl *>;

/// Whether one pool may call both: members of one policy, also of its base, where
/// neither hides the other. Null: a function that a call gives to some pool.
bool mayBeOne(const CXXMethodDecl *A, const CXXMethodDecl *B) {
  if (!A || !B)
    return A == B;
  const CXXRecordDecl *OfA = A->getParent(), *OfB = B->getParent();
  return declaresSameEntity(OfA, OfB) ||
         (A->getDeclName() != B->getDeclName() &&
          (OfA->isDerivedFrom(OfB) || OfB->isDerivedFrom(OfA)));
}

/// What pools of \p Object are told to call for the reset, those of one policy
/// together: pools of another policy do not call them. Where pools are told by a
/// call, it is not known which of the functions meet in one.
std::vector<FunctionList> toldOf(const Analysis &A, const RecordDecl &Object) {
  std::vector<FunctionList> Told;
  std::vector<const CXXMethodDecl *> First; // parallel, of each
  for (const PoolCallback &C : A.callbacks()) {
    if (C.IsFactory || C.Function->getNumParams() != 1 ||
        C.Function->isDependentContext())
      continue;
    const CXXRecordDecl *To = model::recordOf(
        model::shapeOfParameter(C.Function->getParamDecl(0)->getType()).Object);
    if (!To || To->getCanonicalDecl() != Object.getCanonicalDecl())
      continue;
    const auto *Policy = C.Given.isInvalid()
                             ? dyn_cast<CXXMethodDecl>(C.Function)
                             : nullptr;
    if (Policy && model::leavesAlone(*Policy)) // is meant to reset nothing
      continue;
    size_t At = llvm::find_if(First, [&](const CXXMethodDecl *Known) {
                  return mayBeOne(Policy, Known);
                }) - First.begin();
    if (At == First.size()) {
      First.push_back(Policy);
      Told.emplace_back();
    }
    Told[At].push_back(C.Function);
  }
  return Told;
}

/// What resets \p Object where no pool is told or seen to call something: its
/// one reset method, else all that are named so.
std::vector<const FunctionDecl *> namedResetsOf(const Analysis &A,
                                                const RecordDecl &Object) {
  model::Classifier &Classes = A.classifier();
  const auto *Class = dyn_cast<CXXRecordDecl>(&Object);
  if (const CXXMethodDecl *Only = Class ? Classes.resetMethod(*Class) : nullptr) {
    const FunctionDecl *Body = Only->getDefinition();
    return Body ? std::vector{Body} : std::vector<const FunctionDecl *>();
  }
  std::vector<const FunctionDecl *> Found, Free;
  for (const FunctionDecl *F : A.functions().Defined) {
    if (F->isDependentContext())
      continue;
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    if (M && M->isInstance()) {
      if (Class &&
          M->getParent()->getCanonicalDecl() == Class->getCanonicalDecl() &&
          M->getNumParams() == 0 && M->getAccess() == AS_public &&
          Classes.isReset(*M))
        Found.push_back(M);
      continue;
    }
    const RecordDecl *To = argumentOf(*F);
    if (To && To->getCanonicalDecl() == Object.getCanonicalDecl() &&
        Classes.isReset(*F))
      Free.push_back(F);
  }
  return Found.empty() ? Free : Found;
}

/// In C: what the acquires that the file calls or defines hand out, and what is
/// reset here and lives in a pool of a model.
std::vector<std::pair<const RecordDecl *, const model::Pool *>>
pooledStructs(const Analysis &A) {
  std::vector<std::pair<const RecordDecl *, const model::Pool *>> Found;
  auto Acquire = [&](const FunctionDecl &F) {
    const model::CallMeaning &M = A.classifier().classify(F);
    if (M.What != model::Role::Acquire)
      return;
    QualType T = F.getReturnType();
    if (M.Op->Object.Where == model::Slot::Argument &&
        M.Op->Object.Index < F.getNumParams())
      T = F.getParamDecl(M.Op->Object.Index)->getType();
    while (T->isPointerType())
      T = T->getPointeeType();
    if (const RecordDecl *R = T->getAsRecordDecl(); R && (R = R->getDefinition()))
      Found.push_back({R, M.Family});
  };
  for (const auto &[F, At] : A.functions().Acquires)
    Acquire(*F);
  for (const FunctionDecl *F : A.functions().Defined) {
    Acquire(*F);
    if (const RecordDecl *R = argumentOf(*F);
        R && (R = R->getDefinition()) && A.classifier().isReset(*F))
      for (const model::Pool &P : A.models().Pools)
        if (!P.Object.empty() && P.Object == model::modelName(*R)) {
          Found.push_back({R, &P});
          break;
        }
  }
  return Found;
}

Report reportOf(const Analysis &A, const model::ResetGaps &Gaps,
                const model::Pool &Family) {
  Report R;
  R.Loc = Gaps.Reset->getLocation();
  R.Types = {model::modelName(*Gaps.Of)};
  R.Message = quoted(*Gaps.Reset) + " leaves members of the pooled '" +
              Gaps.Of->getNameAsString() + "' as they were";
  bool Sure = false;
  for (const model::ResetGap &Gap : Gaps.Left) {
    Sure |= Gap.Sure;
    R.Notes.push_back(
        {Gap.Path.back()->getLocation(),
         "'" + spell(Gap.Path) + "' is left" +
             (Gap.Writer ? ", " + quoted(*Gap.Writer) + " changes it" : "")});
  }
  for (const model::ResetDifference &D : Gaps.Different)
    R.Notes.push_back(
        {D.At->getBeginLoc(), "'" + D.Field->getNameAsString() + "' becomes " +
                                  D.Given + " here, the constructor gives it " +
                                  D.Initial});
  if (!Sure || Family.Possible)
    R.Sure = Confidence::Possible;
  addClearing(A, Gaps, R);
  return R;
}

} // namespace

void checkIncompleteReset(const Analysis &A, Reporter &Out) {
  std::map<const TagDecl *, const model::Pool *> Objects;
  std::vector<const RecordDecl *> InOrder;
  auto Add = [&](const RecordDecl &Object, const model::Pool &Family) {
    using model::Convention;
    if ((Family.What != model::Kind::Object && Family.Reset.empty()) ||
        Family.Resets == Convention::ConstructDestroy ||
        Family.Resets == Convention::Never)
      return;
    const model::Pool *&Known = Objects[Object.getCanonicalDecl()];
    if (!Known)
      InOrder.push_back(&Object);
    if (!Known || Known->Possible)
      Known = &Family;
  };
  for (const PooledType &P : A.pooled())
    Add(*P.Object, *P.Family);
  // A pool that this file does not see, but a model or an attribute knows.
  llvm::SmallPtrSet<const CXXRecordDecl *, 32> Asked;
  for (const FunctionDecl *F : A.functions().Defined)
    if (const auto *M = dyn_cast<CXXMethodDecl>(F);
        M && Asked.insert(M->getParent()).second)
      if (const model::Pool *Family = A.classifier().pooledIn(*M->getParent()))
        Add(*M->getParent(), *Family);
  if (!A.context().getLangOpts().CPlusPlus)
    for (const auto &[Object, Family] : pooledStructs(A))
      Add(*Object, *Family);

  std::unique_ptr<model::MemberUses> Uses;
  // One policy may reset objects of several types, and leave something of each.
  std::set<std::pair<SourceLocation, SourceLocation>> Told;
  for (const RecordDecl *Object : InOrder) {
    const model::Pool &Family = *Objects[Object->getCanonicalDecl()];
    if (!Uses) {
      Uses = std::make_unique<model::MemberUses>(A.context(), A.classifier());
      Uses->read(A.functions().Defined);
      for (const PooledType &P : A.pooled())
        if (P.Pool && P.Pool->getDefinition())
          Uses->readPool(*P.Pool->getDefinition());
    }
    std::vector<FunctionList> Groups = toldOf(A, *Object);
    bool IsTold = !Groups.empty();
    if (!IsTold) {
      Groups.emplace_back();
      if (!Uses->calledByPool(*Object, Family, Groups[0]))
        Groups[0] = namedResetsOf(A, *Object);
    }
    for (const FunctionList &Resets : Groups) {
      model::ResetGaps Best;
      for (const FunctionDecl *Reset : Resets) {
        if (A.context().getSourceManager().isInSystemHeader(Reset->getLocation()))
          continue;
        // Of several the most thorough one is what the type offers.
        model::ResetGaps Gaps = Uses->gaps(*Reset, *Object, Family, IsTold);
        if (!Best.Reset || Gaps.Left.size() < Best.Left.size())
          Best = std::move(Gaps);
      }
      if (llvm::any_of(Best.Left,
                       [](const model::ResetGap &G) { return G.Sure; }))
        llvm::erase_if(Best.Left,
                       [](const model::ResetGap &G) { return !G.Sure; });
      if (!Best.Left.empty() && Told.insert({Best.Reset->getLocation(), Object->getLocation()})
              .second)
        Out.report(reportOf(A, Best, Family));
    }
  }
}

} // namespace pooltidy

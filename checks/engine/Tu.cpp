//===- Tu.cpp - what all functions of one TU share ------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Tu.h"
#include "Generator.h"
#include "Nulls.h"
#include "Solver.h"
#include "Types.h"
#include "../model/CachedMembers.h"
#include "../model/FieldTraits.h"
#include "../model/Shapes.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
/// Calls this deep are answered as unknown: the stack is finite.
constexpr unsigned MaxDepth = 48;
/// Rounds after which a recursive group counts as settled.
constexpr unsigned MaxRounds = 4;

bool sameOutcomes(const std::vector<EntitySummary> &A,
                  const std::vector<EntitySummary> &B) {
  if (A.size() != B.size())
    return false;
  for (size_t I = 0; I < A.size(); ++I)
    if (A[I].Outcomes.size() != B[I].Outcomes.size())
      return false;
  return true;
}

bool sameLeft(const Summary &A, const Summary &B) {
  return A.Left == B.Left && A.LeftAs == B.LeftAs && A.IfZero == B.IfZero &&
         A.IfOther == B.IfOther;
}

void forgetLeft(Summary &S) {
  S.Left.clear();
  S.LeftAs.clear();
  S.IfZero.clear();
  S.IfOther.clear();
}
} // namespace

Tu::Tu(ASTContext &Context, model::Classifier &Classes)
    : Context(Context), Classes(Classes) {}

Tu::~Tu() = default;

FamilyId Tu::family(const model::Pool &P) {
  auto [It, New] = FamilyIds.try_emplace(&P, FamilyOf.size());
  if (New) {
    FamilyOf.push_back(&P);
    Families.push_back({P.Possible, P.KnownIds,
                        !P.Type.empty() || P.What == model::Kind::Object,
                        P.What == model::Kind::Object && !P.LimitsCapacity &&
                            P.Resets != model::Convention::ConstructDestroy,
                        P.LimitsCount, P.What == model::Kind::Memory});
  }
  return It->second;
}

SymbolId Tu::symbol(const Decl &D) {
  auto [It, New] = Symbols.try_emplace(D.getCanonicalDecl(), Decls.size());
  if (New)
    Decls.push_back(D.getCanonicalDecl());
  return It->second;
}

const Decl *Tu::declOf(SymbolId S) const {
  return S < Decls.size() ? Decls[S] : nullptr;
}

/// The number that a new object has in \p F, where its class says which.
static std::optional<int64_t> initialOf(const FieldDecl &F, ASTContext &Context) {
  if (!F.getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  const Expr *Init = F.getInClassInitializer();
  if (const auto *R = dyn_cast<CXXRecordDecl>(F.getParent()))
    for (const CXXConstructorDecl *C : R->ctors())
      if (const FunctionDecl *Body = nullptr;
          C->isDefaultConstructor() && C->hasBody(Body))
        for (const CXXCtorInitializer *I : cast<CXXConstructorDecl>(Body)->inits())
          if (I->getMember() == &F && I->isWritten())
            Init = I->getInit();
  Expr::EvalResult R;
  if (!Init || Init->isValueDependent() || Init->containsErrors() ||
      !Init->EvaluateAsInt(R, Context))
    return std::nullopt;
  return asNumber(R.Val.getInt());
}

SymbolId Tu::fieldSymbol(const FieldDecl &F) {
  const auto *Canonical = F.getCanonicalDecl();
  if (auto It = Symbols.find(Canonical); It != Symbols.end())
    return It->second;
  QualType Ty = F.getType();
  // Of pointers in a union, each is where the others were.
  auto IsPointer = [](const FieldDecl *Of) {
    return Of->getType()->isPointerType() || Of->getType()->isMemberPointerType();
  };
  if (F.getParent()->isUnion() && IsPointer(&F))
    if (const FieldDecl *First = *llvm::find_if(F.getParent()->fields(), IsPointer);
        First->getCanonicalDecl() != Canonical)
      return Symbols[Canonical] = fieldSymbol(*First);
  FieldFacts Facts;
  Facts.Name = F.getName().str();
  const CXXRecordDecl *Class = Ty->getAsCXXRecordDecl();
  Facts.Array = Ty->isArrayType() ||
                (Class && model::isStd(*Class, "array"));
  const RecordDecl *To =
      Ty->isPointerType() ? Ty->getPointeeType()->getAsRecordDecl() : nullptr;
  Facts.Link = To && To->getCanonicalDecl() == F.getParent()->getCanonicalDecl();
  Facts.Overlaid = F.getParent()->isUnion() && IsPointer(&F) &&
                   llvm::count_if(F.getParent()->fields(), IsPointer) > 1;
  Facts.TrivialStorage = model::isTrivialStorage(Ty);
  Facts.Bounds = model::boundsStorage(Ty);
  model::FieldReader Reader(Context, Classes);
  Facts.Kept = Classes.isKept(F) || model::isNoState(F) ||
               model::isCached(F, Reader, Classes, Context);
  Facts.Initial = initialOf(F, Context);
  SymbolId S = Places.addField(std::move(Facts));
  Symbols[Canonical] = S;
  return S;
}

SymbolId Tu::captureSymbol(const ValueDecl *V) {
  static const char This = 0;
  const void *Key = V ? static_cast<const void *>(V->getCanonicalDecl()) : &This;
  auto It = Captures.find(Key);
  if (It != Captures.end())
    return It->second;
  FieldFacts Facts;
  Facts.Name = V ? V->getName().str() : "this";
  Facts.Capture = true;
  SymbolId S = Places.addField(std::move(Facts));
  Captures[Key] = S;
  return S;
}

bool Tu::isUserCode(const Decl &D) const {
  return !Context.getSourceManager().isInSystemHeader(D.getLocation());
}

const Summary *Tu::summary(const FunctionDecl &F) {
  // A virtual call may go elsewhere, unless nothing can override it.
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F);
      M && M->isVirtual() && !M->hasAttr<FinalAttr>() &&
      !M->getParent()->isEffectivelyFinal() && !isa<CXXDestructorDecl>(M))
    return Depth >= MaxDepth || !isUserCode(*M) ? nullptr : virtualSummary(*M);
  const FunctionDecl *Body = nullptr;
  if (!F.hasBody(Body) || !isUserCode(*Body) || Body->isDependentContext())
    return nullptr;
  if (Depth >= MaxDepth)
    return nullptr;
  const Result &R = analyse(*Body);
  return R.Skipped.empty() ? &R.Sum : nullptr;
}

void Tu::make(const FunctionDecl &Body, Result &R) {
  R.Findings.clear();
  std::string Why;
  FactsGenerator Generator(*this, Body);
  R.Facts = Generator.run(Why);
  if (!R.Facts) {
    R.Skipped = Why.empty() ? "it has no body" : Why;
    R.HasErrors = Generator.hasErrors();
    R.Sum.Incomplete = true;
    return;
  }

  Summary Sum = std::move(R.Facts->Known);
  SolverLimits Limits;
  Limits.KeptBytes = KeptBytes;
  Solver S(Places, R.Facts->Facts, Families, Limits);
  S.run(R.Facts->Entities, Sum);
  R.Findings = S.findings();
  R.Ends = S.ends();
  if (!S.gaveUp().empty()) {
    R.Skipped = S.gaveUp().str();
    Sum.Incomplete = true;
  }
  R.Sum = std::move(Sum);
}

/// Recursion by strongly connected components (Tarjan, 1972): a function that
/// met one still in the making is provisional until the outermost of its group
/// no longer changes.
const Tu::Result &Tu::analyse(const FunctionDecl &F) {
  const FunctionDecl *Body = nullptr;
  if (!F.hasBody(Body))
    Body = &F;
  if (auto It = Results.find(Body); It != Results.end()) {
    if (It->second->InProgress)
      Lowest = std::min(Lowest, It->second->Depth);
    return *It->second;
  }
  auto Owned = std::make_unique<Result>();
  Result &R = *Owned;
  Results[Body] = std::move(Owned);
  R.InProgress = true;
  R.Depth = ++Depth;
  // The least that can be said of a call that recurses: it does not return.
  unsigned Outer = Lowest;
  size_t Group = Provisional.size();
  for (unsigned Round = 0;; ++Round) {
    Lowest = ~0u;
    Summary Was = R.Sum;
    make(*Body, R);
    if (Lowest != R.Depth)
      break;
    bool SameLeft = sameLeft(Was, R.Sum);
    if (Round == MaxRounds && !SameLeft)
      forgetLeft(R.Sum);
    if (Round == MaxRounds ||
        (Round && Was.Returns == R.Sum.Returns && SameLeft &&
         sameOutcomes(Was.Entities, R.Sum.Entities)))
      break;
    while (Provisional.size() > Group) {
      auto It = Results.find(Provisional.pop_back_val());
      Retired.push_back(std::move(It->second));
      Results.erase(It);
    }
  }
  if (Lowest < R.Depth)
    Provisional.push_back(Body);
  else
    Provisional.truncate(Group);
  Lowest = Lowest < R.Depth ? std::min(Outer, Lowest) : Outer;
  --Depth;
  R.InProgress = false;
  return R;
}

} // namespace pooltidy

//===- Nulls.cpp - where a function returns null --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Nulls.h"
#include "Generator.h"
#include "Solver.h"
#include "Transfer.h"
#include "Tu.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

void Solver::noteNull(SiteId Return) {
  SiteId From = Now == Kind::Base
                    ? Return
                    : Function.Blocks[StartedAt.Block].Facts[StartedAt.Index].Site;
  FoundNulls.push_back({Return, From});
}

std::vector<Solver::NullReturn>
Solver::nullReturns(llvm::function_ref<PlaceId(const Fact &)> Source) {
  NullSource = Source;
  simulate(Kind::Base, PathState(), {Function.Entry, 0});
  std::vector<FactRef> Sources;
  for (const auto &[At, State] : BaseAt)
    if (Source(Function.Blocks[At.Block].Facts[At.Index]) != NoPlace)
      Sources.push_back(At);
  // Null is followed by its names, as a lease is: one that is given another
  // value is null no more.
  for (FactRef At : Sources) {
    if (!GaveUp.empty())
      break;
    PathState S = BaseAt[At];
    Transfer T(*this, At.Block);
    PlaceId Null =
        T.canonical(S, Source(Function.Blocks[At.Block].Facts[At.Index]));
    T.forgetWithin(S, Null, true);
    S.Is = Life::Live;
    S.addName(Null);
    S.setRange(Null, Range::exactly(0));
    StartedAt = At;
    simulate(Kind::Null, std::move(S), {At.Block, At.Index + 1});
  }
  NullSource = {};
  return std::move(FoundNulls);
}

namespace {

/// Callees of callees are asked this far.
constexpr unsigned MaxCallees = 4;

std::vector<NullReturn> find(Tu &T, const FunctionDecl &F, unsigned Depth) {
  std::vector<NullReturn> Out;
  QualType Result = F.getReturnType();
  if (!Result->isPointerType() && !Result->isRecordType())
    return Out;
  const Tu::Result &R = T.analyse(F);
  if (!R.Facts || !R.Skipped.empty())
    return Out;
  auto CanGiveNull = [&](const Fact &Call) {
    const auto *C =
        Call.Site == NoSite ? nullptr
                            : dyn_cast_or_null<CallExpr>(R.Facts->Sites[Call.Site].At);
    const FunctionDecl *Callee = C ? C->getDirectCallee() : nullptr;
    const FunctionDecl *Body = nullptr;
    return Callee && Callee->getReturnType()->isPointerType() &&
           Depth < MaxCallees && Callee->hasBody(Body) && T.isUserCode(*Body) &&
           !find(T, *Body, Depth + 1).empty();
  };
  // Asked for each fact on each path, so the calls are asked about once.
  llvm::DenseMap<uint32_t, bool> Asked;
  auto Source = [&](const Fact &X) -> PlaceId {
    switch (X.Kind) {
    case FactKind::Assign:
      return (X.Flags & MayBeNull) || (X.Src.Is == Operand::Constant &&
                                       X.Src.Number == 0 && !(X.Flags & Scalar))
                 ? X.Dst
                 : NoPlace;
    case FactKind::Acquire:
      return X.Test.Place == X.Dst && X.Test.Op == Cmp::NE ? X.Dst : NoPlace;
    case FactKind::Apply: {
      auto [It, New] = Asked.try_emplace(X.Index, false);
      if (New)
        It->second = CanGiveNull(X);
      return It->second ? R.Facts->Facts.Calls[X.Index].Ret : NoPlace;
    }
    default:
      return NoPlace;
    }
  };
  Solver S(T.Places, R.Facts->Facts, T.Families);
  for (const Solver::NullReturn &N : S.nullReturns(Source)) {
    auto Loc = [&](SiteId Id) {
      return Id == NoSite ? SourceLocation() : R.Facts->Sites[Id].Loc;
    };
    if (SourceLocation At = Loc(N.Return); At.isValid())
      Out.push_back({At, Loc(N.From)});
  }
  const SourceManager &Sources = T.Context.getSourceManager();
  llvm::stable_sort(Out, [&](const NullReturn &A, const NullReturn &B) {
    return Sources.isBeforeInTranslationUnit(A.Return, B.Return);
  });
  Out.erase(std::unique(Out.begin(), Out.end(),
                        [](const NullReturn &A, const NullReturn &B) {
                          return A.Return == B.Return;
                        }),
            Out.end());
  return Out;
}

} // namespace

std::vector<NullReturn> nullReturns(Tu &T, const FunctionDecl &F) {
  return find(T, F, 0);
}

} // namespace pooltidy

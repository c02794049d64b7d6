//===- Analysis.cpp - one analysis of one TU ------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include "engine/Functions.h"
#include "engine/Generator.h"
#include "engine/Tu.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace clang;

namespace pooltidy {

Reporter::~Reporter() = default;
Analysis::~Analysis() = default;

namespace {
/// Bottom-up: the functions that name a pool, then whoever calls a function
/// through which a lease comes or goes.
std::vector<const FunctionDecl *> worthALook(const FunctionSet &Functions, Tu &T) {
  llvm::SetVector<const FunctionDecl *> Work(Functions.Direct.begin(),
                                             Functions.Direct.end());
  for (size_t I = 0; I < Work.size(); ++I) {
    const FunctionDecl *F = Work[I];
    if (T.analyse(*F).Sum.matters())
      Functions.callersOf(*F, Work);
  }
  return {Work.begin(), Work.end()};
}
} // namespace

Analysis::Analysis(ASTContext &Context, const model::ModelSet &Models,
                   OptionValues Options)
    : Context(Context), Models(Models), Options(std::move(Options)),
      Classes(std::make_unique<model::Classifier>(Models, Context)) {
  const SourceManager &Sources = Context.getSourceManager();
  Functions = collectFunctions(Context, *Classes);
  Stats.Functions = Functions.Bodies;
  Pooled = pooledTypes(Context, *Classes, Functions);
  Callbacks = poolCallbacks(Context, *Classes, Functions);
  if (Functions.Direct.empty() && Callbacks.empty())
    return;
  Tu T(Context, *Classes);
  T.Overriders = Functions.Overriders;
  T.KeptBytes = this->Options.number("pool-oversized-put", "KeepCapacityLimit");
  for (PoolCallback &C : Callbacks)
    if (C.IsFactory && !C.Nullable)
      C.Nulls = nullReturns(T, *C.Function);
  for (const FunctionDecl *F : worthALook(Functions, T)) {
    const Tu::Result &R = T.analyse(*F);
    if (!R.Skipped.empty()) {
      Stats.Skipped.push_back(
          {F->getQualifiedNameAsString(), R.Skipped, F->getLocation(),
           R.HasErrors});
      if (!R.Facts)
        continue;
    }
    ++Stats.Analysed;
    if (const auto *D = dyn_cast<CXXDestructorDecl>(F);
        D && !Classes->isPoolCode(*D))
      if (auto G = unsafeGuard(T, *D))
        Guards.push_back(std::move(*G));
    for (const LeaseFate &E : R.Ends) {
      const model::Pool *Family = E.Family < T.FamilyOf.size() ? T.FamilyOf[E.Family] : nullptr;
      if (!Family || E.Site == NoSite || Classes->isPoolCode(*F, Family))
        continue;
      Leases.push_back({F, Family,
                        Sources.getExpansionLoc(R.Facts->Sites[E.Site].Loc),
                        R.Facts->TypeAt.lookup(E.Site), E.Leaves,
                        R.Facts->Sites[E.Site].At, E.HandedOver, {}});
      for (SiteId Put : E.Puts)
        Leases.back().Puts.push_back(Put == NoSite ? nullptr
                                                   : R.Facts->Sites[Put].At);
    }
    for (const EngineFinding &E : R.Findings) {
      if (E.Family == NoFamily || E.Site == NoSite)
        continue;
      const model::Pool *Family = T.FamilyOf[E.Family];
      if (Classes->isPoolCode(*F, Family))
        continue;
      Finding Found;
      Found.What = E;
      Found.In = F;
      Found.Family = Family;
      if (E.OtherFamily != NoFamily)
        Found.ParentFamily = T.FamilyOf[E.OtherFamily];
      if (E.Global)
        Found.Keeper = dyn_cast_or_null<VarDecl>(T.declOf(E.Global));
      auto PlaceOf = [&](SiteId S) {
        Finding::Place P;
        if (S != NoSite) {
          P.Loc = Sources.getExpansionLoc(R.Facts->Sites[S].Loc);
          P.At = R.Facts->Sites[S].At;
        }
        return P;
      };
      Found.Loc = PlaceOf(E.Site).Loc;
      Found.At = PlaceOf(E.Site).At;
      if (Found.Loc.isInvalid())
        continue;
      for (const Step &S : E.Path) {
        Found.Path.push_back(PlaceOf(S.Site));
        if (S.Site == NoSite)
          continue; // the end of the function
        if (auto It = R.Facts->TypeAt.find(S.Site); It != R.Facts->TypeAt.end())
          Found.ObjectType = It->second;
      }
      if (auto It = R.Facts->TypeAt.find(E.Site);
          !Found.ObjectType && It != R.Facts->TypeAt.end())
        Found.ObjectType = It->second;
      All.push_back(std::move(Found));
    }
  }
  // Instantiations of one template, and several paths, meet on one line: the
  // surest stays.
  llvm::stable_sort(All, [&](const Finding &A, const Finding &B) {
    if (A.Loc != B.Loc)
      return Sources.isBeforeInTranslationUnit(A.Loc, B.Loc);
    if (A.What.Kind != B.What.Kind)
      return A.What.Kind < B.What.Kind;
    return A.What.Sure > B.What.Sure;
  });
  All.erase(std::unique(All.begin(), All.end(),
                        [&](const Finding &A, const Finding &B) {
                          return A.Loc == B.Loc && A.What.Kind == B.What.Kind;
                        }),
            All.end());
}

} // namespace pooltidy

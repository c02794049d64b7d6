//===- VirtualCalls.cpp - the meet of the overriders seen -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Tu.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

/// \p P of an overrider in terms of the method that is called.
PlaceId inTermsOf(Tu &T, PlaceId P, const FunctionDecl &From,
                  const FunctionDecl &To) {
  PlaceId Root = T.Places.rootOf(P);
  for (unsigned I = 0; I < From.getNumParams() && I < To.getNumParams(); ++I) {
    const ParmVarDecl *Old = From.getParamDecl(I), *New = To.getParamDecl(I);
    if (T.Places.root(PlaceKind::Param, T.symbol(*Old), Old->getName()) == Root)
      return T.Places.rebase(
          P, Root, T.Places.root(PlaceKind::Param, T.symbol(*New), New->getName()));
  }
  return P;
}

} // namespace

/// What every overrider in the TU agrees on is sure; the rest is a guess.
const Summary *Tu::virtualSummary(const CXXMethodDecl &M) {
  const auto *Key = M.getCanonicalDecl();
  if (auto It = VirtualSums.find(Key); It != VirtualSums.end())
    return It->second.get();
  VirtualSums[Key] = nullptr; // recursion through the same call: unknown
  std::vector<const CXXMethodDecl *> Bodies;
  if (auto It = Overriders.find(Key); It != Overriders.end())
    Bodies = It->second;
  const FunctionDecl *Own = nullptr;
  if (M.hasBody(Own))
    Bodies.push_back(cast<CXXMethodDecl>(Own));
  constexpr size_t MaxOverriders = 8;
  if (Bodies.empty() || Bodies.size() > MaxOverriders)
    return nullptr;
  const FunctionDecl *Called = M.getDefinition() ? M.getDefinition() : &M;
  auto Out = std::make_unique<Summary>();
  std::vector<const Summary *> Each;
  for (const CXXMethodDecl *B : Bodies) {
    const FunctionDecl *Body = nullptr;
    if (!B->hasBody(Body) || !isUserCode(*Body))
      return nullptr;
    const Result &R = analyse(*Body);
    if (!R.Skipped.empty())
      return nullptr;
    Out->Returns |= R.Sum.Returns;
    Out->WritesUnknown = true; // whatever the one that is meant writes
    Out->Throwing = std::max(Out->Throwing, R.Sum.Throwing == Throws::Known
                                                ? Throws::Assumed
                                                : R.Sum.Throwing);
    Out->Puts |= R.Sum.Puts;
    for (const EntitySummary &E : R.Sum.Entities) {
      PlaceId P = inTermsOf(*this, E.Entity, *Body, *Called);
      auto It = llvm::find_if(Out->Entities, [&](auto &Old) { return Old.Entity == P; });
      if (It == Out->Entities.end()) {
        Out->Entities.push_back({P, {}});
        It = std::prev(Out->Entities.end());
      }
      for (Outcome O : E.Outcomes) {
        for (PlaceId &N : O.Names)
          N = inTermsOf(*this, N, *Body, *Called);
        O.Pool = NoPlace;
        for (auto &[Q, R2] : O.Left)
          Q = inTermsOf(*this, Q, *Body, *Called);
        for (auto &[Q, R2] : O.Given)
          Q = inTermsOf(*this, Q, *Body, *Called);
        if (!O.Thrown)
          It->Outcomes.push_back(std::move(O));
      }
    }
  }
  for (EntitySummary &E : Out->Entities) {
    bool Agree = E.Outcomes.size() >= Bodies.size() &&
                 llvm::all_of(E.Outcomes, [&](const Outcome &O) {
                   return O.Put == E.Outcomes.front().Put &&
                          O.Escaped == E.Outcomes.front().Escaped;
                 });
    if (!Agree)
      for (Outcome &O : E.Outcomes)
        O.Unsure = true;
  }
  const Summary *Sum = Out.get();
  VirtualSums[Key] = std::move(Out);
  return Sum;
}

} // namespace pooltidy

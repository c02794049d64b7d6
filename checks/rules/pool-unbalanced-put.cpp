//===- pool-unbalanced-put.cpp --------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// New objects go into a pool round after round, or call after call, and nothing
// comes out: the pool grows for good.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "Wording.h"

using namespace clang;

namespace pooltidy {

namespace {
/// Functions that fill a pool once.
bool fillsAtStart(const FunctionDecl &F) {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(F) || F.isMain())
    return true;
  if (!F.getIdentifier())
    return false;
  return llvm::any_of(model::splitWords(F.getName()), [](llvm::StringRef W) {
    return llvm::is_contained({"prewarm", "warm", "warmup", "preallocate",
                               "prealloc", "fill", "refill", "prefill", "seed",
                               "init", "initialize", "initialise", "setup",
                               "start", "startup", "create", "populate",
                               "prepare", "preload", "reserve", "grow",
                               "replenish", "configure", "open", "load"},
                              W);
  });
}
} // namespace

void checkUnbalancedPut(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::UnbalancedPut || fillsAtStart(*F.In))
      continue;
    bool Acquired = llvm::any_of(A.leases(), [&](const LeaseOf &L) {
      return L.Family == F.Family;
    });
    bool Rounds = F.What.Other == "loop";
    if (Acquired && !Rounds)
      continue;
    Report R = reportOf(F);
    R.Message = "a new " +
                (F.Family && !F.Family->Name.empty() ? F.Family->Name
                                                     : std::string("object")) +
                " is put into the pool in each " + (Rounds ? "round" : "call") +
                ", and none is acquired" + (Acquired ? " there" : "");
    Out.report(R);
  }
}

} // namespace pooltidy

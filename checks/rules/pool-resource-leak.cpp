//===- pool-resource-leak.cpp ------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A lease or resource that some path neither puts back nor hands over. The fix
// makes the raw name an owner.
//
//===----------------------------------------------------------------------===//
#include "Owner.h"
#include "Wording.h"

using namespace clang;

namespace pooltidy {

namespace {
bool isDiscarded(const Finding &F) {
  return !F.What.Path.empty() && F.What.Path.back().Kind == StepKind::Discarded &&
         F.What.Object.empty();
}

/// The called function's name, for `the result of 'fopen'`.
std::string calleeName(const Finding &F) {
  if (const auto *C = dyn_cast_or_null<CallExpr>(F.At))
    if (const FunctionDecl *D = C->getDirectCallee())
      return D->getNameAsString();
  return "new";
}
} // namespace

void checkResourceLeak(const Analysis &A, Reporter &Out) {
  OwnerFixes Fixes(A);
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::Leak)
      continue;
    Report R = reportOf(F);
    std::string Put = putWord(F).str();
    if (isDiscarded(F))
      R.Message = "the result of '" + calleeName(F) +
                  "' is discarded and never " + Put;
    else if (F.What.OnEveryPath)
      R.Message = quoted(F) + " is never " + Put;
    else
      R.Message = quoted(F) + " is not " + Put + " on some path";
    Fixes.add(F, R);
    Out.report(R);
  }
}

} // namespace pooltidy

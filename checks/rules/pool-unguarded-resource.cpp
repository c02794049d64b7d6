//===- pool-unguarded-resource.cpp ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A lease is held by a raw name across a call that may throw, and put by hand
// afterwards: the exception would lose it.
//
//===----------------------------------------------------------------------===//
#include "Owner.h"
#include "Wording.h"

namespace pooltidy {

void checkUnguardedResource(const Analysis &A, Reporter &Out) {
  OwnerFixes Fixes(A);
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::Unguarded)
      continue;
    Report R = reportOf(F);
    R.Message = quoted(F) + " is " + putWord(F).str() +
                " by hand, which an exception in between would skip";
    Fixes.add(F, R);
    Out.report(R);
  }
}

} // namespace pooltidy

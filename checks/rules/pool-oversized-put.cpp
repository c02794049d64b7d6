//===- pool-oversized-put.cpp ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A container that grew by input, or in rounds that nothing counts, goes back
// with all its storage: emptying it keeps that, and so does the pool.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkOversizedPut(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::OversizedPut)
      continue;
    Report R = reportOf(F);
    R.Message = quoted(F) + " is put back however large ";
    R.Message += F.What.Dirty.empty() ? "it" : listed(F.What.Dirty);
    R.Message += F.What.Dirty.size() > 1 ? " have become" : " has become";
    Out.report(R);
  }
}

} // namespace pooltidy

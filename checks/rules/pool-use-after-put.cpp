//===- pool-use-after-put.cpp ------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Any look at an object that this path has put back or closed: somebody else
// may have it by now.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkUseAfterPut(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::UseAfterPut)
      continue;
    Report R = reportOf(F);
    R.Message = F.What.Left
                    ? quoted(F) + " is returned, and " + putWord(F).str() +
                          " on the way out"
                    : quoted(F) +
                          (F.What.Returned ? " is returned" : " is used") +
                          " after it was " + putWord(F).str();
    Out.report(R);
  }
}

} // namespace pooltidy

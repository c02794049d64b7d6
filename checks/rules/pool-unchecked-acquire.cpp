//===- pool-unchecked-acquire.cpp -----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What an acquire gave is looked behind on a path on which it may have failed.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkUncheckedAcquire(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::UncheckedAcquire)
      continue;
    Report R = reportOf(F);
    llvm::StringRef How = F.What.Other;
    R.Message = quoted(F) +
                (How == "index"  ? " is used as an index"
                 : How == "call" ? " is given to a function that looks behind it"
                                 : " is dereferenced") +
                " without a check that its acquire succeeded";
    Out.report(R);
  }
}

} // namespace pooltidy

//===- pool-nested-close-order.cpp ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A parent (a database) is closed or put back while a child of it (a statement)
// is open, where the library forbids that.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkNestedCloseOrder(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::NestedClose)
      continue;
    Report R = reportOf(F);
    R.Message = "'" + F.What.Other + "' is " +
                putWord(F.ParentFamily).str() + " while " + quoted(F) +
                ", which was opened on it, is still open";
    Out.report(R);
  }
}

} // namespace pooltidy

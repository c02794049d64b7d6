//===- pool-double-put.cpp ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A second put of an object that this path has already put back or closed.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkDoublePut(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::DoublePut)
      continue;
    Report R = reportOf(F);
    R.Message = quoted(F) + " is " + putWord(F).str() + " twice";
    Out.report(R);
  }
}

} // namespace pooltidy

//===- pool-foreign-put.cpp -----------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The pool gets what another pool made, an object with automatic storage, or one
// that a smart pointer still owns.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkForeignPut(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::ForeignPut)
      continue;
    Report R = reportOf(F);
    if (F.What.Other == "automatic")
      R.Message = quoted(F) + " is put into a pool, and has automatic storage";
    else if (F.What.Other == "owned")
      R.Message = "what " + quoted(F) + " still owns is put into a pool";
    else
      R.Message = quoted(F) + " is put into '" + F.What.Other +
                  "', but came from another pool";
    Out.report(R);
  }
}

} // namespace pooltidy

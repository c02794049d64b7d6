//===- pool-long-lived-object.cpp -----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An object that the pool did not make and may not keep: it lives in static
// storage, is a member of something, or is of a type marked long-lived.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkLongLivedObject(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::LongLived)
      continue;
    Report R = reportOf(F);
    if (F.What.Other == "type")
      R.Message = quoted(F) + " is put into a pool, and its type is marked long-lived";
    else if (F.What.Other == "member")
      R.Message = quoted(F) + " is put into a pool, and is a member of an object "
                              "that lives on";
    else
      R.Message = quoted(F) + " is put into a pool, and has static storage";
    Out.report(R);
  }
}

} // namespace pooltidy

//===- pool-dangling-view.cpp ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A view, iterator, reference or pointer into an object is looked through, or
// left to somebody, after the object was put back or closed.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkDanglingView(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::DanglingView)
      continue;
    Report R = reportOf(F);
    std::string Object = quoted(F), Put = putWord(F).str();
    bool Named = !F.What.Other.empty();
    std::string View = Named ? "'" + F.What.Other + "'" : "a view of " + Object;
    if (F.What.Left && F.What.Returned)
      R.Message = View + " is returned, and " + Object + " is " + Put + " by then";
    else if (F.What.Left)
      R.Message = View + " is left looking into " + Object + ", which is " + Put;
    else if (Named)
      R.Message = View + (F.What.Returned ? " is returned and" : "") +
                  " looks into " + Object + ", which was " + Put;
    else
      R.Message = View + (F.What.Returned ? " is returned" : " is used") +
                  " after it was " + Put;
    Out.report(R);
  }
}

} // namespace pooltidy

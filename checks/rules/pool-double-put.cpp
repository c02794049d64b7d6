//===- pool-double-put.cpp ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A second put of an object that this path has already put back or closed, and
// owners of which two can come to hold the same object.
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
  for (const UnsafeGuard &G : A.guards()) {
    Report R;
    R.Loc = G.Class->getLocation();
    R.Types = {model::modelName(*G.Class)};
    std::string Class = "'" + G.Class->getNameAsString() + "'";
    std::string Put =
        G.Family->What == model::Kind::Resource ? "closed" : "put back";
    R.Message = G.Moves ? "moving a " + Class + " leaves '" + G.Field +
                              "' in the source, so that it is " + Put + " twice"
                        : "a copy of a " + Class + " holds the same '" + G.Field +
                              "', so that it is " + Put + " twice";
    R.Notes.push_back({G.Put, Put + " by the destructor here"});
    Out.report(R);
  }
}

} // namespace pooltidy

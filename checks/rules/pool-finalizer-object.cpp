//===- pool-finalizer-object.cpp ---------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pooled type whose destructor does something that others rely on: it runs
// when the pool trims, not when a lease ends. One that blocks is told by
// pool-blocking-finalizer instead.
//
//===----------------------------------------------------------------------===//
#include "FinalizerWording.h"

namespace pooltidy {

void checkFinalizerObject(const Analysis &A, Reporter &Out) {
  for (const Finalizer &F : finalizers(A)) {
    if (F.Blocks)
      continue;
    Report R;
    R.Loc = F.Of->Loc;
    R.Types = typesOf(*F.Of);
    R.Sure = F.Sure;
    R.Message = "'" + F.Of->Object->getNameAsString() +
                "' is pooled, but its destructor " + deeds(F.Actions);
    R.Notes = actionNotes(F.Actions);
    Out.report(R);
  }
}

} // namespace pooltidy

//===- pool-blocking-finalizer.cpp -------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pooled type whose destructor may wait: whoever trims the pool waits with it,
// once for each idle object.
//
//===----------------------------------------------------------------------===//
#include "FinalizerWording.h"
#include <algorithm>

namespace pooltidy {

void checkBlockingFinalizer(const Analysis &A, Reporter &Out) {
  for (const Finalizer &F : finalizers(A)) {
    if (!F.Blocks)
      continue;
    // What it does beside stands in the notes.
    std::vector<model::Action> Sorted = F.Actions;
    auto Rest = std::stable_partition(
        Sorted.begin(), Sorted.end(), [](const model::Action &Each) {
          return Each.Kind == model::ActionKind::Block;
        });
    std::vector<model::Action> Blocks(Sorted.begin(), Rest);
    Report R;
    R.Loc = F.Of->Loc;
    R.Types = typesOf(*F.Of);
    R.Sure = F.Sure;
    R.Message = "'" + F.Of->Object->getNameAsString() +
                "' is pooled, but its destructor " + deeds(Blocks) +
                ", so that trimming stalls";
    R.Notes = actionNotes(Sorted);
    Out.report(R);
  }
}

} // namespace pooltidy

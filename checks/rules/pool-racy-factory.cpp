//===- pool-racy-factory.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A factory or reset callback of a pool that several threads use, and that
// writes what they share, without a lock: two acquires make two objects at once.
//
//===----------------------------------------------------------------------===//
#include "../Analysis.h"
#include "../SharedWrites.h"
#include <set>

using namespace clang;

namespace pooltidy {

void checkRacyFactory(const Analysis &A, Reporter &Out) {
  std::set<SourceLocation> Told;
  for (const PoolCallback &C : A.callbacks()) {
    if (C.Threads == PoolCallback::Own)
      continue;
    for (const SharedWrite &W : sharedWrites(*C.Function, A.classifier())) {
      // Nobody but this pool has it, and the pool locks.
      if (C.Locked && W.OfCopy)
        continue;
      if (!Told.insert(W.At).second)
        continue;
      Report R;
      R.Loc = W.At;
      R.Types = {C.Family->Type};
      R.Sure = C.Threads == PoolCallback::Unsure || C.Locked || W.Unsure ||
                       C.Family->Possible
                   ? Confidence::Possible
                   : Confidence::Definite;
      R.Message = "'" + W.Object + "' is written without a lock by the " +
                  (C.IsFactory ? "factory" : "reset callback") +
                  " of a pool that several threads use";
      if (W.Declared.isValid())
        R.Notes.push_back({W.Declared, "all of them share this '" + W.Object + "'"});
      if (C.Given.isValid())
        R.Notes.push_back({C.Given, C.IsFactory
                                        ? "the pool is given this factory here"
                                        : "the pool is given this callback here"});
      Out.report(R);
    }
  }
}

} // namespace pooltidy

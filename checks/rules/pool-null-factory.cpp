//===- pool-null-factory.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A factory that gives its pool no new object: null, where the pool expects
// none, one same object each time, or one with state left over.
//
//===----------------------------------------------------------------------===//
#include "../Analysis.h"
#include "../SameObject.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

void checkNullFactory(const Analysis &A, Reporter &Out) {
  const SourceManager &Sources = A.context().getSourceManager();
  for (const PoolCallback &C : A.callbacks()) {
    if (!C.IsFactory)
      continue;
    Report R;
    R.Types = {C.Family->Type};
    R.Sure = C.Family->Possible ? Confidence::Possible : Confidence::Definite;
    auto Given = [&] {
      if (C.Given.isValid())
        R.Notes.push_back({C.Given, "the pool is given this factory here"});
    };
    for (const NullReturn &N : C.Nulls) {
      R.Notes.clear();
      R.Loc = Sources.getExpansionLoc(N.Return);
      R.Message = "the factory returns null here, which the pool hands out as a '" +
                  C.Family->Name + "'";
      if (N.From.isValid() && N.From != N.Return)
        R.Notes.push_back({N.From, "null comes from here"});
      Given();
      Out.report(R);
    }
    for (const NotNew &N : notNew(*C.Function, A.classifier())) {
      if (llvm::any_of(C.Nulls, [&](const NullReturn &Null) {
            return Null.Return == N.Return;
          }))
        continue;
      R.Notes.clear();
      R.Loc = Sources.getExpansionLoc(N.Return);
      R.Message = N.LeftOver
                      ? "the factory returns '" + N.Object + "' with state left over"
                      : "the factory returns '" + N.Object +
                            "' each time, so that several users get one object";
      if (N.At.isValid())
        R.Notes.push_back(
            {N.At, N.LeftOver ? "changed here" : "this is the one object"});
      Given();
      Out.report(R);
    }
  }
}

} // namespace pooltidy

//===- pool-shared-across-threads.cpp -------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An object is put back while a thread or task that was given it has been neither
// joined nor waited for.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"

namespace pooltidy {

void checkSharedAcrossThreads(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::SharedAcross)
      continue;
    if (F.ObjectType) {
      const model::TypeRule *Rule = A.classifier().classify(*F.ObjectType).Rule;
      if (Rule && Rule->ThreadSafe)
        continue;
    }
    Report R = reportOf(F);
    std::string Who = F.What.Other.empty() ? "a thread or task that has it"
                                           : "'" + F.What.Other + "', which has it,";
    R.Message = quoted(F) + " is " + putWord(F).str() + " while " + Who +
                " may still run";
    Out.report(R);
  }
}

} // namespace pooltidy

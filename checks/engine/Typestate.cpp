//===- Typestate.cpp - the life of a lease as a table ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Typestate.h"

namespace pooltidy {

Transition next(Life Now, Event E) {
  static const Transition Table[3][3] = {
      // Use, Put, Lose
      {{Life::None, {}}, {Life::None, {}}, {Life::None, {}}},
      {{Life::Live, {}}, {Life::Returned, {}}, {Life::Live, FindingKind::Leak}},
      {{Life::Returned, FindingKind::UseAfterPut},
       {Life::Returned, FindingKind::DoublePut},
       {Life::Returned, {}}},
  };
  return Table[unsigned(Now)][unsigned(E)];
}

} // namespace pooltidy

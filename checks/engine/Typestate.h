//===- Typestate.h - the life of a lease as a table -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The automaton of Strom and Yemini's typestate, for one lease: which event in
// which state is a violation, and what comes next. Everything else that a path
// knows (names, fields, numbers) is in State.h.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TYPESTATE_H
#define POOLTIDY_ENGINE_TYPESTATE_H

#include "Findings.h"
#include <optional>

namespace pooltidy {

enum class Life : uint8_t {
  None,    ///< the base run follows no lease
  Live,    ///< acquired, or given to this function, and not yet put
  Returned ///< put back, or closed
};

enum class Event : uint8_t {
  Use,  ///< read, written, reset or passed on
  Put,  ///< put back or closed
  Lose, ///< the last name is gone while this function owns it
};

struct Transition {
  Life Next;
  std::optional<FindingKind> Violation;
};

/// The whole automaton.
Transition next(Life Now, Event E);

} // namespace pooltidy

#endif

//===- FinalizerWording.h - how the end of objects is told ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RULES_FINALIZERWORDING_H
#define POOLTIDY_RULES_FINALIZERWORDING_H

#include "../Finalizers.h"

namespace pooltidy {

/// `runs a callback and closes a file`: what \p Of do, each once.
std::string deeds(llvm::ArrayRef<model::Action> Of);

/// The way from the object to each action, then where it is done.
std::vector<Report::Note> actionNotes(llvm::ArrayRef<model::Action> Of);

/// `'join'`: what \p A calls.
std::string calledBy(const model::Action &A);

} // namespace pooltidy

#endif

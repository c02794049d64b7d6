//===- ActionWords.h - what names say of actions ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_ACTIONWORDS_H
#define POOLTIDY_MODEL_ACTIONWORDS_H

#include "llvm/ADT/StringRef.h"

namespace pooltidy::model {

/// `unregister_me`, `removeListener`: whoever is called, a list is left.
bool saysUnregister(llvm::StringRef Name);
/// Words that leave a list when the object or its key is given with them.
bool maySayUnregister(llvm::StringRef Name);
/// `on_close`, `notifyDone`, `session_closed`.
bool saysNotify(llvm::StringRef Name);
/// A stored function that, by its name, frees what it is given.
bool saysFree(llvm::StringRef Name);
/// What ends work that goes on.
bool saysStop(llvm::StringRef Name);
/// After which a member is as new, or empty.
bool saysRenew(llvm::StringRef Name);
/// `call_once` of this or that library.
bool saysOnce(llvm::StringRef Name);
/// `stop_ = true;`, `++generation_;` and its like: what a worker looks at between two rounds.
bool isStopFlag(llvm::StringRef Member);

} // namespace pooltidy::model

#endif

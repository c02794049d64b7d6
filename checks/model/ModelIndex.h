//===- ModelIndex.h - the model set by name ---------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Looks up a model set by names: text in, model out, no AST. What nearly every
// question gets, "nothing", costs one look-up by the name's last component.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_MODELINDEX_H
#define POOLTIDY_MODEL_MODELINDEX_H

#include "Classifier.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <memory>

namespace pooltidy::model {

class ModelIndex {
public:
  /// \p Models must outlive the index.
  explicit ModelIndex(const ModelSet &Models);

  /// An operation and what its function must be a member of.
  struct OpEntry {
    const Pool *Family;
    const Operation *Op;
    Role What;
    std::string Owner; ///< namespace or class; empty at top level
    std::string Name;  ///< last component, may hold `*`
  };
  struct RuleEntry {
    const FunctionRule *Rule;
    std::string Owner, Name;
  };
  /// What the models say of functions with one simple name, in their order.
  struct Named {
    llvm::SmallVector<const OpEntry *, 2> Ops;
    llvm::SmallVector<const RuleEntry *, 1> Rules;
  };
  /// Null when no model speaks of a function called \p SimpleName. The answer
  /// stays valid as long as the index.
  const Named *functions(llvm::StringRef SimpleName) const;

  /// True when some model may speak of a type called \p SimpleName.
  bool mayNameType(llvm::StringRef SimpleName) const;
  /// What the models say of the type called \p FullName; its Rule says
  /// what all matching type rules say together.
  TypeMeaning type(llvm::StringRef FullName) const;
  /// The pool whose `object` is the type called \p FullName, or null.
  const Pool *objectOf(llvm::StringRef FullName) const;

private:
  const ModelSet &Models;
  std::vector<OpEntry> Ops;
  std::vector<RuleEntry> Rules;
  llvm::StringMap<Named> Exact;
  std::vector<const OpEntry *> WildOps;
  std::vector<const RuleEntry *> WildRules;
  llvm::StringSet<> TypeNames; ///< last components
  std::vector<llvm::StringRef> WildTypes;
  mutable std::deque<TypeRule> JoinedRules;
  /// Answers for names that a wildcard covers; null: none does.
  mutable llvm::StringMap<std::unique_ptr<Named>> Wild;
};

/// True when \p Source tells of a model file that is compiled in.
inline bool isBuiltin(llvm::StringRef Source) {
  return Source.starts_with("built-in");
}

} // namespace pooltidy::model

#endif

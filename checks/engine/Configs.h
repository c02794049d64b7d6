//===- Configs.h - option values that the code sets -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The options of pools as the models name them (`configs`), found where user
// code sets them: members, setters, initialisers, arguments, keys in texts.
// Values are those that are known at compile time. A function is walked once,
// in the order of its source: a later value replaces an earlier one unless it
// stands in a branch, where both may be.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_CONFIGS_H
#define POOLTIDY_ENGINE_CONFIGS_H

#include "../model/Model.h"
#include "Constants.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace pooltidy {

/// One value that a setting may have.
struct SettingValue {
  std::optional<Constant> Is; ///< none: depends on what happens at run time
  clang::SourceLocation Loc;
  bool Explicit = true; ///< the user's, not the default of the class or call
};

/// All option values of one object, or of one call.
struct Config {
  const model::ConfigRule *Rule = nullptr;
  /// Parallel to Rule->Settings: the values that may hold in the end. None at
  /// all: the setting was not set, and nothing is known of its default.
  std::vector<std::vector<SettingValue>> Values;
  clang::SourceLocation Loc; ///< the object's declaration, or the call
  const clang::NamedDecl *Type = nullptr; ///< whose options they are
  /// Classes of which an object was made with these options.
  llvm::SmallVector<const clang::CXXRecordDecl *, 1> Made;
  /// What is not in Values was not set: a new object, given to a call, and
  /// never handed on to where somebody else could set more.
  bool Whole = false;
};

/// Everything that the functions and variables of user code set, in no order.
std::vector<Config> collectConfigs(clang::ASTContext &Context,
                                   const std::vector<model::ConfigRule> &Rules);

} // namespace pooltidy

#endif

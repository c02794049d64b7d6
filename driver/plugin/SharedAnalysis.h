//===- SharedAnalysis.h - one analysis for all checks of a TU ---*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_PLUGIN_SHAREDANALYSIS_H
#define POOLTIDY_PLUGIN_SHAREDANALYSIS_H

#include "Analysis.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <set>
#include <memory>

namespace pooltidy::plugin {

/// The analysis of one TU with the models and options that it uses, and what
/// was wrong with those.
struct SharedAnalysis {
  model::ModelSet Models;
  std::vector<model::ModelError> Errors;
  std::vector<std::string> Warnings; ///< about options of clang-tidy's
  std::unique_ptr<Analysis> Result;
  bool Told = false; ///< the errors were reported
  /// Fixes that one finding had already, for all that need the same.
  std::set<std::pair<unsigned, std::string>> FixedOnce;
};

/// The analysis of \p AST with the model files \p ModelFiles (separated by
/// semicolons) up to level \p UpTo: made by whoever asks first, then shared by
/// all who ask before the last of them lets go.
std::shared_ptr<SharedAnalysis>
analysisFor(const clang::tidy::ClangTidyContext &Host, clang::ASTContext &AST,
            llvm::StringRef ModelFiles, model::Level UpTo);

/// Called once with each new analysis, or empty. For the command, which tells
/// what was left out; clang-tidy has no place for that.
using AnalysisObserver = std::function<void(const Analysis &)>;
void setAnalysisObserver(AnalysisObserver Observer);

} // namespace pooltidy::plugin

#endif

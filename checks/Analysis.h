//===- Analysis.h - one analysis of one TU ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What every rule asks: the findings of the engine over the functions of one
// TU, with source places and the AST objects that messages and fixes need.
// Made once per TU and shared by all checks of that TU.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ANALYSIS_H
#define POOLTIDY_ANALYSIS_H

#include "Callbacks.h"
#include "OptionValues.h"
#include "Pooled.h"
#include "engine/Findings.h"
#include "engine/Guards.h"
#include "model/Classifier.h"
#include "model/Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <string>
#include <vector>

namespace pooltidy {

/// A finding with its places resolved to the AST.
struct Finding {
  EngineFinding What;
  const clang::FunctionDecl *In = nullptr;
  const model::Pool *Family = nullptr;
  const model::Pool *ParentFamily = nullptr; ///< nested close: the parent's
  clang::SourceLocation Loc;
  const clang::Stmt *At = nullptr;       ///< the statement at Loc, or null
  const clang::VarDecl *Keeper = nullptr; ///< retained for good: in what
  const clang::CXXRecordDecl *ObjectType = nullptr; ///< the leased type, or null
  struct Place {
    clang::SourceLocation Loc;
    const clang::Stmt *At = nullptr;
  };
  std::vector<Place> Path; ///< parallel to What.Path
};

/// One acquire of user code, see LeaseFate.
struct LeaseOf {
  const clang::FunctionDecl *In = nullptr;
  const model::Pool *Family = nullptr;
  clang::SourceLocation Loc;
  const clang::CXXRecordDecl *ObjectType = nullptr; ///< or null
  bool Leaves = false;
  const clang::Stmt *At = nullptr; ///< the acquire
  bool HandedOver = false;         ///< some path has another owner, or may
  std::vector<const clang::Stmt *> Puts; ///< the calls that put it
};

struct AnalysisStats {
  unsigned Functions = 0; ///< functions with a body in user code
  unsigned Analysed = 0;  ///< of those, the ones a simulation ran on
  struct Skip {
    std::string Function, Reason;
    clang::SourceLocation Loc;
    bool HasErrors = false; ///< it does not compile; else a cap was reached
  };
  std::vector<Skip> Skipped; ///< by a cap or because they do not compile
};

class Analysis {
public:
  /// Runs the whole engine on \p Context. \p Models must outlive it.
  Analysis(clang::ASTContext &Context, const model::ModelSet &Models,
           OptionValues Options = {});
  ~Analysis();

  clang::ASTContext &context() const { return Context; }
  model::Classifier &classifier() const { return *Classes; }
  const model::ModelSet &models() const { return Models; }
  /// What the user chose for the options of the checks (Options.def).
  const OptionValues &options() const { return Options; }
  /// Sorted by place, then kind; no two on one place with one kind.
  const std::vector<Finding> &findings() const { return All; }
  /// All acquires outside of the pools' own code.
  const std::vector<LeaseOf> &leases() const { return Leases; }
  /// Owners of which two objects can come to hold the same lease.
  const std::vector<UnsafeGuard> &guards() const { return Guards; }
  /// Which types live in which pool.
  const std::vector<PooledType> &pooled() const { return Pooled; }
  /// What makes and resets objects for pools.
  const std::vector<PoolCallback> &callbacks() const { return Callbacks; }
  /// Functions of user code, who calls whom, and where pools are declared.
  const FunctionSet &functions() const { return Functions; }
  const AnalysisStats &stats() const { return Stats; }

private:
  clang::ASTContext &Context;
  const model::ModelSet &Models;
  const OptionValues Options;
  std::unique_ptr<model::Classifier> Classes;
  std::vector<Finding> All;
  std::vector<LeaseOf> Leases;
  std::vector<UnsafeGuard> Guards;
  FunctionSet Functions;
  std::vector<PooledType> Pooled;
  std::vector<PoolCallback> Callbacks;
  AnalysisStats Stats;
};

/// What a rule says: one warning with the notes that walk its path.
struct Report {
  clang::SourceLocation Loc;
  std::string Message; ///< one sentence, lower case, no full stop
  Confidence Sure = Confidence::Definite;
  /// The types that it is about, as modelName() spells them: the option
  /// IgnoredTypes goes by them.
  std::vector<std::string> Types;
  struct Note {
    clang::SourceLocation Loc;
    std::string Message;
  };
  std::vector<Note> Notes;
  std::vector<clang::FixItHint> Fixes;
  /// What the fixes need beside, once for all findings of a file: an #include.
  std::vector<clang::FixItHint> FixesOnce;
};

/// Where rules put what they say; each front end has its own.
class Reporter {
public:
  virtual ~Reporter();
  virtual void report(const Report &R) = 0;
};

} // namespace pooltidy

#endif

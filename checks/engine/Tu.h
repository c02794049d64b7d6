//===- Tu.h - what all functions of one TU share ----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_TU_H
#define POOLTIDY_ENGINE_TU_H

#include "Facts.h"
#include "Places.h"
#include "Summary.h"
#include "../model/Classifier.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include <map>
#include <memory>
#include <optional>

namespace pooltidy {

struct Generated;
struct NullReturn;

/// Symbols, families and summaries of one TU. Summaries are made on demand,
/// callees first; a function met again while it is being made answers with what
/// is known so far and is made again until that no longer changes.
class Tu {
public:
  Tu(clang::ASTContext &Context, model::Classifier &Classes);
  ~Tu();

  clang::ASTContext &Context;
  model::Classifier &Classes;
  PlaceTable Places;
  std::vector<FamilyFacts> Families;
  std::vector<const model::Pool *> FamilyOf; ///< by FamilyId

  FamilyId family(const model::Pool &P);
  SymbolId symbol(const clang::Decl &D);
  /// The declaration that symbol() gave \p S, or null.
  const clang::Decl *declOf(SymbolId S) const;
  SymbolId fieldSymbol(const clang::FieldDecl &F);
  /// A captured variable, as a field of its closure.
  SymbolId captureSymbol(const clang::ValueDecl *V);

  /// True for code whose findings are wanted and whose bodies are evidence:
  /// not in a system header.
  bool isUserCode(const clang::Decl &D) const;

  /// What is known of calls to \p F, or null when its body is not to be seen.
  const Summary *summary(const clang::FunctionDecl &F);

  /// True when a method of \p R puts the object that it is called on.
  bool putsItself(const clang::CXXRecordDecl &R);

  /// Overriders with bodies by what they override, over the whole TU.
  llvm::MapVector<const clang::CXXMethodDecl *,
                  std::vector<const clang::CXXMethodDecl *>>
      Overriders;

  /// Bytes of storage that an object may keep when it is put.
  int64_t KeptBytes = 65536;

  /// One function, analysed.
  struct Result {
    std::unique_ptr<Generated> Facts;
    Summary Sum;
    std::vector<EngineFinding> Findings;
    std::vector<LeaseFate> Ends;
    std::string Skipped; ///< why it was not (wholly) analysed
    bool HasErrors = false; ///< … namely because it does not compile
    bool InProgress = false;
    unsigned Depth = 0;
  };
  /// Analyses \p F (once); never null.
  const Result &analyse(const clang::FunctionDecl &F);

  /// Where \p Body returns null, and not for want of memory; each body once.
  const std::vector<NullReturn> &nullsOf(const clang::FunctionDecl &Body);

  /// How \p Body tells whether it has filled its parameter \p Index; null where it
  /// was not analysed. Each once.
  const OutAnswers *outAnswersOf(const clang::FunctionDecl &Body,
                                         unsigned Index);

  /// Handle classes that an acquire returned: what their destructor puts to.
  llvm::DenseMap<const clang::CXXRecordDecl *, const model::Pool *> Returned;

  /// Classes with a member that waits, and others.
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> TaskTypes;

private:
  const Summary *virtualSummary(const clang::CXXMethodDecl &M);
  void make(const clang::FunctionDecl &Body, Result &R);

  llvm::DenseMap<const clang::Decl *, SymbolId> Symbols;
  llvm::DenseMap<const void *, SymbolId> Captures;
  llvm::DenseMap<const model::Pool *, FamilyId> FamilyIds;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Result>> Results;
  std::vector<const clang::Decl *> Decls{nullptr}; ///< by symbol
  llvm::DenseMap<const clang::CXXMethodDecl *, std::unique_ptr<Summary>> VirtualSums;
  llvm::DenseMap<const clang::FunctionDecl *,
                 std::unique_ptr<std::vector<NullReturn>>>
      Nulls;
  const std::vector<NullReturn> NoNulls;
  std::map<std::pair<const clang::FunctionDecl *, unsigned>,
           std::optional<OutAnswers>>
      Filled;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> SelfPuts;
  unsigned Depth = 0;
  unsigned Lowest = ~0u; ///< depth of the outermost function met in the making
  llvm::SmallVector<const clang::FunctionDecl *, 8> Provisional;
  std::vector<std::unique_ptr<Result>> Retired; ///< call sites still see them
};

} // namespace pooltidy

#endif

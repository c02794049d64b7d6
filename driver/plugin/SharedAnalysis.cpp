//===- SharedAnalysis.cpp - one analysis for all checks of a TU -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "SharedAnalysis.h"
#include "model/Yaml.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <mutex>
#include <tuple>

namespace pooltidy::plugin {
namespace {

/// One ClangTidyContext serves every TU of a process, so the TU is part of the
/// key; the options are, because a check may have its own.
using Key = std::tuple<const clang::tidy::ClangTidyContext *,
                       const clang::ASTContext *, std::string, model::Level>;

struct Table {
  std::mutex Guard; ///< clangd runs several TUs at once
  std::map<Key, std::weak_ptr<SharedAnalysis>> Running;
  AnalysisObserver Observer;
};

Table &table() {
  static Table T;
  return T;
}

std::string mainFile(const clang::SourceManager &Sources) {
  auto Entry = Sources.getFileEntryRefForID(Sources.getMainFileID());
  if (!Entry)
    return {};
  llvm::StringRef Real = Entry->getFileEntry().tryGetRealPathName();
  return Real.empty() ? Entry->getName().str() : Real.str();
}

/// Takes over what clang-tidy's configuration says of the options of all
/// checks: one analysis serves them all, whichever asks first.
void takeHostOptions(const clang::tidy::ClangTidyContext &Host,
                     OptionValues &Into, std::vector<std::string> &Warnings) {
  constexpr llvm::StringLiteral Global = "Pool";
  constexpr llvm::StringLiteral Ours[] = {"PoolModels", "PoolLevel",
                                          "PoolConfidence"};
  std::map<std::string, std::string> Given; // in an order
  for (const auto &O : Host.getOptions().CheckOptions)
    if (O.getKey().starts_with("pool-") || O.getKey().starts_with(Global))
      Given.emplace(O.getKey().str(), O.getValue().Value);
  for (const auto &[Key, Value] : Given) {
    auto [Check, Name] = llvm::StringRef(Key).split('.');
    if (Name.empty()) {
      Name = Check;
      Check = EveryCheck;
    }
    if (llvm::is_contained(Ours, Name))
      continue;
    if (Check == EveryCheck)
      Name.consume_front(Global);
    if (std::string Wrong = Into.set(Check, Name, {Value}, /*IsList=*/false);
        !Wrong.empty())
      Warnings.push_back("'" + Key + "': " + Wrong);
  }
}

std::shared_ptr<SharedAnalysis>
analyse(const clang::tidy::ClangTidyContext &Host, clang::ASTContext &AST,
        llvm::StringRef ModelFiles, model::Level UpTo) {
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  ModelFiles.split(Parts, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::vector<std::string> Files;
  for (llvm::StringRef Part : Parts)
    if (!Part.trim().empty())
      Files.push_back(Part.trim().str());

  auto Made = std::make_shared<SharedAnalysis>();
  Made->Models = model::loadModels(Files, mainFile(AST.getSourceManager()),
                                   UpTo, Made->Errors);
  OptionValues Options;
  takeOptions(Made->Models, Options, Made->Errors);
  takeHostOptions(Host, Options, Made->Warnings);
  applyOptions(Options, Made->Models);
  Made->Result =
      std::make_unique<Analysis>(AST, Made->Models, std::move(Options));
  return Made;
}

} // namespace

std::shared_ptr<SharedAnalysis>
analysisFor(const clang::tidy::ClangTidyContext &Host, clang::ASTContext &AST,
            llvm::StringRef ModelFiles, model::Level UpTo) {
  Key K{&Host, &AST, ModelFiles.str(), UpTo};
  Table &T = table();
  AnalysisObserver Observer;
  {
    std::lock_guard<std::mutex> Lock(T.Guard);
    if (auto There = T.Running[K].lock())
      return There;
    Observer = T.Observer;
  }
  // Outside the lock: a TU has one thread, and other TUs need not wait.
  std::shared_ptr<SharedAnalysis> Made =
      analyse(Host, AST, ModelFiles, UpTo);
  if (Observer)
    Observer(*Made->Result);
  std::lock_guard<std::mutex> Lock(T.Guard);
  std::erase_if(T.Running, [](const auto &E) { return E.second.expired(); });
  T.Running[K] = Made;
  return Made;
}

void setAnalysisObserver(AnalysisObserver Observer) {
  std::lock_guard<std::mutex> Lock(table().Guard);
  table().Observer = std::move(Observer);
}

} // namespace pooltidy::plugin

//===- Worker.cpp - lints one TU after the other --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Runs clang-tidy itself on the one command, with the module that the plugin
// has: NOLINT, header filter and merging of equal findings are then the same
// in the command and in the plugin.
//
//===----------------------------------------------------------------------===//
#include "cli/Worker.h"
#include "Catalogue.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "cli/OneCommand.h"
#include "cli/Sources.h"
#include "plugin/PoolTidyModule.h"
#include "plugin/SharedAnalysis.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <unistd.h>

using namespace clang;
using namespace clang::tidy;

namespace pooltidy::cli {
namespace {

/// Turns clang-tidy's errors, which know offsets, into places.
class Places {
public:
  render::Remark at(const tooling::DiagnosticMessage &M, StringRef Directory) {
    render::Remark R;
    R.Message = M.Message;
    if (M.FilePath.empty())
      return R;
    R.File = absolutePath(M.FilePath, Directory);
    StringRef Before = text(R.File).take_front(M.FileOffset);
    R.Line = Before.count('\n') + 1;
    R.Column = Before.size() - (Before.rfind('\n') + 1) + 1;
    return R;
  }

private:
  StringRef text(const std::string &File) {
    auto [At, New] = Read.try_emplace(File);
    if (New)
      if (auto Buffer = llvm::MemoryBuffer::getFile(File))
        At->second = std::move(*Buffer);
    return At->second ? At->second->getBuffer() : StringRef();
  }

  std::map<std::string, std::unique_ptr<llvm::MemoryBuffer>> Read;
};

/// What the engine left out, and whether it ran at all.
void observe(const Analysis &A, bool &Ran, Reply &Into) {
  Ran = true;
  Into.Functions = A.stats().Functions;
  const SourceManager &Sources = A.context().getSourceManager();
  for (const AnalysisStats::Skip &S : A.stats().Skipped) {
    render::SkippedFunction F;
    F.Function = S.Function;
    F.What.Message = S.Reason;
    PresumedLoc At = Sources.getPresumedLoc(Sources.getExpansionLoc(S.Loc),
                                            /*UseLineDirectives=*/false);
    if (At.isValid()) {
      F.What.File = absolutePath(At.getFilename());
      F.What.Line = At.getLine();
      F.What.Column = At.getColumn();
    }
    Into.Skipped.push_back(std::move(F));
  }
}

render::Finding toFinding(const ClangTidyError &E, Places &Where) {
  render::Finding F;
  F.Check = E.DiagnosticName;
  F.What = Where.at(E.Message, E.BuildDirectory);
  StringRef Message = F.What.Message;
  if (Message.consume_back(plugin::PossibleSuffix)) {
    F.Possible = true;
    F.What.Message = Message.str();
  }
  if (const CheckInfo *Info = findCheck(F.Check))
    F.Cwe = Info->Cwe;
  for (const tooling::DiagnosticMessage &N : E.Notes)
    F.Notes.push_back(Where.at(N, E.BuildDirectory));
  for (const auto &OneFile : E.Message.Fix)
    for (const tooling::Replacement &R : OneFile.second)
      F.Fixes.push_back({absolutePath(R.getFilePath(), E.BuildDirectory),
                         R.getOffset(), R.getLength(),
                         R.getReplacementText().str()});
  return F;
}

std::string toLine(const render::Remark &R) {
  return R.File.empty()
             ? R.Message
             : fmt::format("{}:{}:{}: {}", R.File, R.Line, R.Column, R.Message);
}

/// Where in \p Main the user wrote what \p E is about, when it stands elsewhere.
std::string causeOf(const ClangTidyError &E, Places &Where, StringRef Main) {
  if (Where.at(E.Message, E.BuildDirectory).File == Main)
    return "";
  for (const tooling::DiagnosticMessage &N : E.Notes)
    if (render::Remark At = Where.at(N, E.BuildDirectory); At.File == Main)
      return fmt::format("; from {}:{}:{}", At.File, At.Line, At.Column);
  return "";
}

/// Sorts what clang-tidy says into findings, model errors and compile errors.
void collect(const std::vector<ClangTidyError> &Errors, bool Ran,
             const std::string &Main, Reply &Into) {
  Places Where;
  unsigned Count = 0;
  std::string First;
  for (const ClangTidyError &E : Errors) {
    StringRef Name = E.DiagnosticName;
    if (findCheck(Name)) {
      Into.Findings.push_back(toFinding(E, Where));
      continue;
    }
    render::Remark What = Where.at(E.Message, E.BuildDirectory);
    bool IsError = E.DiagLevel == ClangTidyError::Error;
    if (Name == "clang-tidy-config" && IsError)
      Into.ModelErrors.push_back(toLine(What));
    else if (!Name.starts_with("clang-diagnostic-"))
      Into.Warnings.push_back(toLine(What));
    else if (IsError && (!Ran || !What.File.empty()) && ++Count == 1)
      // An error without a place that left a syntax tree is the driver's, about
      // an argument for another compiler.
      First = toLine(What) + causeOf(E, Where, Main);
  }
  if (Count)
    Into.NotAnalysed = fmt::format("{} compile error{}, first: {}", Count,
                                   Count == 1 ? "" : "s", First);
  else if (!Ran)
    Into.NotAnalysed = "the compiler made no syntax tree of it";
  if (!Into.NotAnalysed.empty())
    Into.Findings.clear();
}

/// For the tests of the parent: POOL_TIDY_TEST_FAULT=crash:TEXT or hang:TEXT
/// takes down the worker on a file whose name holds TEXT.
void maybeFail(StringRef File) {
  const char *Set = std::getenv("POOL_TIDY_TEST_FAULT");
  auto [What, Text] = StringRef(Set ? Set : "").split(':');
  if (Text.empty() || !File.contains(Text))
    return;
  if (What == "crash") {
    std::cerr << "this is a test of a crash" << std::endl;
    std::abort();
  }
  while (What == "hang")
    pause();
}

bool writeAll(int Fd, StringRef Text) {
  while (!Text.empty()) {
    ssize_t Done = write(Fd, Text.data(), Text.size());
    if (Done <= 0)
      return false;
    Text = Text.drop_front(Done);
  }
  return true;
}

} // namespace

Reply lint(const Request &R) {
  Reply Answer;
  // clang has other words for the one, and ends for the other.
  if (!llvm::sys::fs::is_directory(R.Command.Directory))
    Answer.NotAnalysed = fmt::format(
        "the directory of its compile command, {}, does not exist",
        R.Command.Directory);
  else if (!llvm::sys::fs::exists(R.Command.Filename))
    Answer.NotAnalysed = "the file does not exist";
  if (!Answer.NotAnalysed.empty())
    return Answer;
  ClangTidyOptions Options = ClangTidyOptions::getDefaults();
  Options.Checks = "-*";
  for (const std::string &Slug : R.Options.Checks)
    *Options.Checks += "," + Slug;
  Options.HeaderFilterRegex = R.Options.HeaderFilter;
  Options.SystemHeaders = false;
  using Value = ClangTidyOptions::ClangTidyValue;
  Options.CheckOptions["PoolModels"] = Value(R.Options.Models);
  Options.CheckOptions["PoolLevel"] = Value(R.Options.Level);
  Options.CheckOptions["PoolConfidence"] = Value(R.Options.Confidence);
  ClangTidyContext Context(std::make_unique<DefaultOptionsProvider>(
      ClangTidyGlobalOptions(), std::move(Options)));

  bool Ran = false;
  plugin::setAnalysisObserver(
      [&](const Analysis &A) { observe(A, Ran, Answer); });
  // With a working directory of its own: commands have one each.
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  std::vector<ClangTidyError> Errors =
      runClangTidy(Context, OneCommand(R.Command), {R.Command.Filename}, Files,
                   /*ApplyAnyFix=*/false);
  plugin::setAnalysisObserver({});
  collect(Errors, Ran, R.Command.Filename, Answer);
  return Answer;
}

int runWorker() {
  plugin::registerModule(plugin::Host::Command);
  for (std::string Line; std::getline(std::cin, Line);) {
    std::optional<Request> R = readRequest(Line);
    if (!R) {
      std::cerr << "pool-tidy: a worker was given a request that it does not "
                   "understand\n";
      return 1;
    }
    maybeFail(R->Command.Filename);
    if (!writeAll(ReplyFd, toLine(lint(*R))))
      return 1;
  }
  return 0;
}

} // namespace pooltidy::cli

//===- Check.cpp - pool-tidy check ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Catalogue.h"
#include "clang-tidy/GlobList.h"
#include "cli/Commands.h"
#include "cli/Fixes.h"
#include "cli/Progress.h"
#include "cli/Workers.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace pooltidy::cli {
namespace {

bool isIn(CheckLevel Of, Level UpTo) {
  switch (Of) {
  case CheckLevel::Default:
    return true;
  case CheckLevel::Strict:
    return UpTo != Level::Default;
  case CheckLevel::Perf:
    return UpTo == Level::All;
  }
  return false;
}

/// The slugs to run: those of the level, changed by the globs where they
/// start with a `-`, else those of the globs.
std::vector<std::string> chosenChecks(const CheckOptions &O) {
  bool Changes = O.Checks.empty() || llvm::StringRef(O.Checks).starts_with("-");
  std::string Globs;
  if (Changes)
    for (const CheckInfo &C : catalogue())
      if (isIn(C.Level, O.UpTo))
        Globs += (C.Slug + ",").str();
  Globs += O.Checks;
  clang::tidy::GlobList Chosen(Globs);
  std::vector<std::string> Slugs;
  for (const CheckInfo &C : catalogue())
    if (Chosen.contains(C.Slug))
      Slugs.push_back(C.Slug.str());
  return Slugs;
}

/// All replies, put together so that their order leaves no trace.
class Collector {
public:
  explicit Collector(std::vector<Request> Asked)
      : Asked(std::move(Asked)), Replies(this->Asked.size()) {}

  const std::vector<Request> &requests() const { return Asked; }
  /// Gives how many findings no reply before this one had.
  size_t add(size_t Index, Reply R) {
    size_t Before = Told.size();
    for (const render::Finding &F : R.Findings)
      Told.emplace(F.What.File, F.What.Line, F.What.Column, F.Check,
                   F.What.Message);
    Replies[Index] = std::move(R);
    return Told.size() - Before;
  }

  /// Lines for standard error, each once.
  std::set<std::string> modelErrors() const { return all(&Reply::ModelErrors); }
  std::set<std::string> warnings() const { return all(&Reply::Warnings); }

  render::Run result() {
    render::Run All;
    All.Units = Replies.size();
    for (size_t At = 0; At < Replies.size(); ++At) {
      Reply &R = Replies[At];
      if (!R.NotAnalysed.empty())
        All.Missing.push_back({Asked[At].Command.Filename, R.NotAnalysed});
      All.Functions += R.Functions;
      std::move(R.Findings.begin(), R.Findings.end(),
                std::back_inserter(All.Findings));
      std::move(R.Skipped.begin(), R.Skipped.end(),
                std::back_inserter(All.Skipped));
    }
    // A header's findings come once from each TU that includes it; the
    // definite one stands before the possible one and is kept.
    sortAndUnique(
        All.Findings,
        [](const render::Finding &F) {
          return std::tie(F.What.File, F.What.Line, F.What.Column, F.Check,
                          F.What.Message);
        },
        [](const render::Finding &F) { return F.Possible; });
    sortAndUnique(
        All.Skipped,
        [](const render::SkippedFunction &S) {
          return std::tie(S.What.File, S.What.Line, S.What.Column, S.Function);
        },
        [](const render::SkippedFunction &) { return false; });
    return All;
  }

private:
  std::set<std::string> all(std::vector<std::string> Reply::*Lines) const {
    std::set<std::string> Each;
    for (const Reply &R : Replies)
      Each.insert((R.*Lines).begin(), (R.*Lines).end());
    return Each;
  }

  template <typename T, typename KeyOf, typename Later>
  static void sortAndUnique(std::vector<T> &Rows, KeyOf Key, Later IsLater) {
    std::stable_sort(Rows.begin(), Rows.end(), [&](const T &A, const T &B) {
      return std::make_pair(Key(A), IsLater(A)) <
             std::make_pair(Key(B), IsLater(B));
    });
    Rows.erase(
        std::unique(Rows.begin(), Rows.end(),
                    [&](const T &A, const T &B) { return Key(A) == Key(B); }),
        Rows.end());
  }

  const std::vector<Request> Asked;
  std::vector<Reply> Replies;
  std::set<std::tuple<std::string, unsigned, unsigned, std::string, std::string>>
      Told;
};

/// \p Text with \p Directory taken off the paths that begin with it.
std::string shortened(llvm::StringRef Text, const std::string &Directory) {
  std::string Out;
  while (!Text.empty()) {
    size_t At = Text.find(Directory);
    Out += Text.take_front(At);
    Text = Text.substr(At);
    if (Text.empty())
      break;
    if (!Out.empty() && !llvm::StringRef(" \t\n'\"(<[").contains(Out.back()))
      Out += Directory; // in the middle of another path
    Text = Text.drop_front(Directory.size());
  }
  return Out;
}

/// Paths as the user shall read them.
void shorten(render::Run &R) {
  for (render::Finding &F : R.Findings) {
    F.What.File = shownPath(F.What.File);
    for (render::Remark &N : F.Notes)
      N.File = shownPath(N.File);
    for (render::Fix &Change : F.Fixes)
      Change.File = shownPath(Change.File);
  }
  for (render::NotAnalysed &N : R.Missing) {
    // Reasons name the TU's own file, mostly.
    N.Reason = shortened(N.Reason, absolutePath(".") + "/");
    N.File = shownPath(N.File);
  }
  for (render::SkippedFunction &S : R.Skipped)
    S.What.File = shownPath(S.What.File);
}

/// Applies fixes and says what came of it; false when a file was not written.
bool fix(const render::Run &R) {
  FixResult Done = applyFixes(R.Findings);
  for (const std::string &Why : Done.Errors)
    complain("a fix could not be written: " + Why);
  fmt::print(stderr, "pool-tidy: fixed {} finding{}", Done.Applied,
             Done.Applied == 1 ? "" : "s");
  if (Done.Conflicts)
    fmt::print(stderr, "; {} left, because fixes overlap: run again",
               Done.Conflicts);
  fmt::print(stderr, "\n");
  return Done.Errors.empty();
}

int exitCode(const CheckOptions &O, const render::Run &R) {
  auto Counts = [&](const render::Finding &F) {
    return O.Gate == FailOn::Possible ||
           (O.Gate == FailOn::Definite && !F.Possible);
  };
  if (std::any_of(R.Findings.begin(), R.Findings.end(), Counts))
    return Findings;
  return R.Missing.empty() || O.AllowIncomplete ? Clean : Incomplete;
}

/// The requests of a run, or none after a complaint.
std::optional<std::vector<Request>> requests(const CheckOptions &O) {
  LintOptions Lint;
  Lint.Checks = chosenChecks(O);
  Lint.Level = O.UpTo == Level::Default ? "default" : "strict";
  Lint.Confidence = O.Shown == Confidence::Definite ? "definite" : "possible";
  Lint.HeaderFilter = O.HeaderFilter;
  std::string Why;
  if (Lint.Checks.empty()) {
    complain(fmt::format("no check has a name that '{}' allows; 'pool-tidy "
                         "list' names them all",
                         O.Checks));
    return std::nullopt;
  }
  if (!llvm::Regex(O.HeaderFilter).isValid(Why)) {
    complain(
        fmt::format("--header-filter: '{}' is not a regular expression: {}",
                    O.HeaderFilter, Why));
    return std::nullopt;
  }
  auto Models = checkModels(O.Models, O.UpTo);
  if (!Models)
    return std::nullopt;
  Lint.Models = llvm::join(*Models, ";");

  SourceList Sources = findSources(O.Sources);
  if (!Sources.Error.empty()) {
    complain(Sources.Error);
    return std::nullopt;
  }
  std::vector<Request> All;
  for (clang::tooling::CompileCommand &C : Sources.Commands)
    All.push_back({std::move(C), Lint});
  return All;
}

} // namespace

int runCheck(const CheckOptions &O) {
  auto Asked = requests(O);
  if (!Asked)
    return BadRequest;
  // Before the work, so that a wrong path costs no time.
  std::error_code Error;
  llvm::raw_fd_ostream Out(O.Output.empty() ? "-" : O.Output, Error);
  if (Error) {
    complain(
        fmt::format("{}: cannot be written: {}", O.Output, Error.message()));
    return BadRequest;
  }

  Collector All(std::move(*Asked));
  {
    Progress Line(All.requests().size());
    runWorkers(
        All.requests(), O.Jobs, O.Timeout,
        [&](size_t Index, Reply R) {
          Line.add(All.add(Index, std::move(R)));
        },
        [&] { Line.draw(); });
  }

  std::set<std::string> ModelErrors = All.modelErrors();
  for (const std::string &Why : ModelErrors)
    complain(Why);
  for (const std::string &Warning : All.warnings())
    fmt::print(stderr, "pool-tidy: warning: {}\n", shownPath(Warning));
  render::Run Result = All.result();
  shorten(Result);

  Out << (O.As == Format::Text ? render::toText(Result)
                               : render::toJson(Result));
  Out.flush();
  bool Written = !Out.has_error();
  if (!Written) {
    complain(fmt::format("{}: cannot be written: {}",
                         O.Output.empty() ? "standard output" : O.Output,
                         Out.error().message()));
    Out.clear_error();
  }
  for (const render::NotAnalysed &N : Result.Missing)
    fmt::print(stderr, "pool-tidy: not analysed: {}: {}\n", N.File, N.Reason);
  if (O.Fix && !fix(Result))
    Written = false;
  fmt::print(stderr, "{}\n", render::summary(Result));
  return !Written || !ModelErrors.empty() ? BadRequest : exitCode(O, Result);
}

} // namespace pooltidy::cli

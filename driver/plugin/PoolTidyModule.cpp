//===- PoolTidyModule.cpp - the checks as a clang-tidy module -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One ClangTidyCheck for each line of Checks.def. Options, each for all checks
// (`CheckOptions: {PoolModels: …}`) or for one (`pool-double-put.PoolModels`):
//   PoolModels      model files, separated by semicolons
//   PoolLevel       default or strict: which models count
//   PoolConfidence  definite or possible: which findings are shown
// Beside them each check has those of Options.def: `pool-double-put.IgnoredTypes`
// and, for every check, `PoolIgnoredTypes`.
//
//===----------------------------------------------------------------------===//
#include "PoolTidyModule.h"
#include "Catalogue.h"
#include "SharedAnalysis.h"
#include "TidyVersion.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "llvm/Support/FormatVariadic.h"

using namespace clang;
using namespace clang::tidy;

namespace pooltidy::plugin {
namespace {

Host ReadIn = Host::Terminal;

std::string toText(const model::ModelError &E) {
  if (!E.Line)
    return "'" + E.File + "': " + E.Message;
  return llvm::formatv("{0}:{1}:{2}: {3}", E.File, E.Line, E.Column, E.Message);
}

class PoolCheck : public ClangTidyCheck, private Reporter {
public:
  PoolCheck(StringRef Name, ClangTidyContext *Context, const CheckInfo &Info)
      : ClangTidyCheck(Name, Context), Info(Info), Tidy(*Context),
        Models(Options.getLocalOrGlobal("PoolModels", "")),
        Level(Options.getLocalOrGlobal("PoolLevel", "default")),
        Shown(Options.getLocalOrGlobal("PoolConfidence", "definite")) {}

  void storeOptions(ClangTidyOptions::OptionMap &Opts) override {
    Options.store(Opts, "PoolModels", Models);
    Options.store(Opts, "PoolLevel", Level);
    Options.store(Opts, "PoolConfidence", Shown);
    for (const OptionInfo &O : optionTable())
      if (O.isOf(Info.Slug))
        Options.store(Opts, O.Name, Options.get(O.Name, O.Default));
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("tu"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Match) override {
    Shared = analysisFor(Tidy, *Match.Context, Models,
                         Level == "strict" ? model::Level::Strict
                                           : model::Level::Default);
    if (!Shared->Told) {
      Shared->Told = true;
      tellErrors(Match.Context->getSourceManager());
      tellSkipped(Shared->Result->stats());
    }
    Info.Run(*Shared->Result, *this);
  }

  /// The AST dies before the checks do.
  void onEndOfTranslationUnit() override { Shared.reset(); }

private:
  void report(const Report &R) override {
    bool Possible = R.Sure == Confidence::Possible;
    if ((Possible && Shown != "possible") ||
        Shared->Result->options().isIgnored(Info.Slug, R.Types))
      return;
    std::string Message = R.Message;
    if (Possible)
      Message += PossibleSuffix;
    // "%0": the message is text, not a format.
    {
      DiagnosticBuilder Told = diag(R.Loc, "%0");
      Told << Message << R.Fixes;
      // An editor applies one fix by itself; elsewhere all are applied.
      for (const FixItHint &Fix : R.FixesOnce)
        if (ReadIn == Host::Editor ||
            Shared->FixedOnce
                .insert({Fix.RemoveRange.getBegin().getRawEncoding(),
                         Fix.CodeToInsert})
                .second)
          Told << Fix;
    }
    for (const Report::Note &N : R.Notes)
      diag(N.Loc, "%0", DiagnosticIDs::Note) << N.Message;
  }

  /// What is wrong with options and models, once per TU.
  void tellErrors(const SourceManager &Sources) {
    auto Tell = [&](DiagnosticIDs::Level Level, const std::string &Message) {
      if (ReadIn != Host::Editor)
        configurationDiag("%0", Level) << Message;
      else
        Tidy.diag("clang-tidy-config",
                     Sources.getLocForStartOfFile(Sources.getMainFileID()),
                     "%0", Level)
            << Message;
    };
    for (const model::ModelError &E : Shared->Errors)
      Tell(DiagnosticIDs::Error, toText(E));
    for (const std::string &Warning : Shared->Warnings)
      Tell(DiagnosticIDs::Warning, Warning);
    if (Level != "default" && Level != "strict")
      Tell(DiagnosticIDs::Warning,
           "unknown value '" + Level.str() +
               "' of option 'PoolLevel'; it is 'default' or 'strict', taken "
               "as 'default'");
    if (Shown != "definite" && Shown != "possible")
      Tell(DiagnosticIDs::Warning,
           "unknown value '" + Shown.str() +
               "' of option 'PoolConfidence'; it is 'definite' or 'possible', "
               "taken as 'definite'");
  }

  /// Functions that a cap left out, each at its name, by whichever check comes
  /// first: whoever trusts a silent run must know what was not looked at. (A
  /// remark would be milder, and clang-tidy drops those.) Functions that do not
  /// compile have errors of their own.
  void tellSkipped(const AnalysisStats &Stats) {
    if (ReadIn == Host::Command)
      return;
    for (const AnalysisStats::Skip &S : Stats.Skipped)
      if (!S.HasErrors)
        diag(S.Loc, "'%0' is not analysed for pools: %1") << S.Function << S.Reason;
  }

  const CheckInfo &Info;
  ClangTidyContext &Tidy;
  const StringRef Models, Level, Shown;
  std::shared_ptr<SharedAnalysis> Shared;
};

class PoolTidyModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    for (const CheckInfo &Info : catalogue())
      Factories.registerCheckFactory(
          Info.Slug, [&Info](StringRef Name, ClangTidyContext *Context) {
            return std::make_unique<PoolCheck>(Name, Context, Info);
          });
  }
};

} // namespace

void registerModule(Host Given) {
  ReadIn = Given;
  static ClangTidyModuleRegistry::Add<PoolTidyModule> Entry(
      "pool-module", "misuse of pools and paired resources");
}

} // namespace pooltidy::plugin

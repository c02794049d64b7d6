//===- Model.cpp - pool-tidy model ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "OptionValues.h"
#include "cli/Commands.h"
#include "cli/OneCommand.h"
#include "model/Classifier.h"
#include "model/Yaml.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include <fmt/format.h>

using namespace clang;

namespace pooltidy::cli {
namespace {

/// Prints what one file's classifier answers; the number of answers.
size_t print(ASTContext &AST, const model::ModelSet &Models) {
  model::Classifier Classes(Models, AST);
  const SourceManager &Sources = AST.getSourceManager();
  std::vector<model::Classifier::Answer> Answers = Classes.explain();
  for (const model::Classifier::Answer &A : Answers) {
    PresumedLoc At =
        Sources.getPresumedLoc(Sources.getExpansionLoc(A.Decl->getLocation()),
                               /*UseLineDirectives=*/false);
    std::string Place =
        At.isInvalid()
            ? "built in"
            : fmt::format("{}:{}:{}", shownPath(absolutePath(At.getFilename())),
                          At.getLine(), At.getColumn());
    fmt::print("{}: {} '{}': {}\n", Place, A.What, model::modelName(*A.Decl),
               A.Why);
  }
  return Answers.size();
}

} // namespace

int runModel(const CheckOptions &O) {
  if (O.Sources.Paths.empty()) {
    complain("name the files to look at: pool-tidy model FILE");
    return BadRequest;
  }
  auto Models = checkModels(O.Models, O.UpTo);
  if (!Models)
    return BadRequest;
  SourceList List = findSources(O.Sources);
  if (!List.Error.empty()) {
    complain(List.Error);
    return BadRequest;
  }
  int Code = Clean;
  for (tooling::CompileCommand &C : List.Commands) {
    std::vector<model::ModelError> Errors;
    model::ModelSet Set = model::loadModels(
        *Models, C.Filename,
        O.UpTo == Level::Default ? model::Level::Default : model::Level::Strict,
        Errors);
    OptionValues Options;
    takeOptions(Set, Options, Errors);
    applyOptions(Options, Set);
    for (const model::ModelError &E : Errors) {
      complain(fmt::format("{}:{}:{}: {}", shownPath(E.File), E.Line, E.Column,
                           E.Message));
      Code = BadRequest;
    }
    OneCommand Database(C);
    tooling::ClangTool Tool(Database, {C.Filename});
    std::vector<std::unique_ptr<ASTUnit>> Units;
    Tool.buildASTs(Units);
    if (Units.empty() || Units[0]->getDiagnostics().hasErrorOccurred()) {
      complain(fmt::format("{}: does not compile", shownPath(C.Filename)));
      Code = Code == Clean ? Incomplete : Code;
    }
    for (std::unique_ptr<ASTUnit> &U : Units)
      if (print(U->getASTContext(), Set) == 0)
        fmt::print("{}: nothing here is taken for a pool\n",
                   shownPath(C.Filename));
  }
  return Code;
}

} // namespace pooltidy::cli

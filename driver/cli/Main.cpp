//===- Main.cpp - the command pool-tidy -----------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "OptionValues.h"
#include "cli/Commands.h"
#include "cli/Worker.h"
#include "model/Yaml.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TargetSelect.h"
#include <fmt/format.h>

namespace pooltidy::cli {

void complain(llvm::StringRef Message) {
  fmt::print(stderr, "pool-tidy: error: {}\n", Message.str());
}

std::optional<std::vector<std::string>>
checkModels(const std::vector<std::string> &Models, Level UpTo) {
  std::vector<std::string> Files;
  for (const std::string &Given : Models)
    Files.push_back(absolutePath(Given));
  std::vector<model::ModelError> Errors;
  // From the root: what lies above the sources is each TU's own affair.
  model::ModelSet Set =
      model::loadModels(Files, "/", model::Level::Strict, Errors);
  OptionValues Options;
  takeOptions(Set, Options, Errors);
  for (const model::ModelError &E : Errors)
    if (E.Line)
      fmt::print(stderr, "{}:{}:{}: error: {}\n", shownPath(E.File), E.Line,
                 E.Column, E.Message);
    else
      complain(fmt::format("{}: {}", shownPath(E.File), E.Message));
  if (!Errors.empty())
    return std::nullopt;
  return Files;
}

std::string shownPath(llvm::StringRef File) {
  static const std::string Here = absolutePath(".") + "/";
  llvm::StringRef Shown = File;
  Shown.consume_front(Here);
  return Shown.str();
}

static int run(const CommandLine &Line) {
  switch (Line.What) {
  case CommandLine::Check:
    return runCheck(Line.Options);
  case CommandLine::Model:
    return runModel(Line.Options);
  case CommandLine::Explain:
    return runExplain(Line.Slug);
  case CommandLine::List:
    return runList(Line.As);
  case CommandLine::None:
    break;
  }
  return BadRequest;
}

} // namespace pooltidy::cli

int main(int Argc, const char **Argv) {
  using namespace pooltidy::cli;
  // Pipes to workers must not land on a closed standard stream.
  llvm::sys::Process::FixupStandardFileDescriptors();
  llvm::InitializeAllTargetInfos();
  llvm::InitializeAllTargetMCs();
  llvm::InitializeAllAsmParsers();
  if (Argc == 2 && llvm::StringRef(Argv[1]) == WorkerFlag)
    return runWorker();
  std::optional<CommandLine> Line = parse(Argc, Argv);
  return Line ? run(*Line) : BadRequest;
}

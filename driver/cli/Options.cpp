//===- Options.cpp - the command line -------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Options.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <thread>

namespace cl = llvm::cl;

namespace pooltidy::cli {
namespace {

cl::OptionCategory Ours("pool-tidy options");

cl::SubCommand CheckCommand("check", "lint files, directories or a build");
cl::SubCommand ExplainCommand("explain", "print the page of a check");
cl::SubCommand ListCommand("list", "list the checks");
cl::SubCommand ModelCommand("model", "print what is taken for a pool, and why");

// ---- check (and model, where it is about sources)

cl::list<std::string> Paths(cl::Positional, cl::desc("[FILE|DIR]..."),
                            cl::cat(Ours), cl::sub(CheckCommand));
cl::list<std::string> ModelPaths(cl::Positional, cl::desc("FILE"),
                                 cl::cat(Ours), cl::sub(ModelCommand));
cl::opt<std::string>
    Build("p",
          cl::desc("build directory with compile_commands.json, or that "
                   "file; else it is looked for upward from each path"),
          cl::value_desc("BUILD"), cl::cat(Ours), cl::sub(CheckCommand),
          cl::sub(ModelCommand));
cl::list<std::string>
    Models("models",
           cl::desc("model file, beside the built-in ones and "
                    ".pool-tidy.yaml; may be repeated"),
           cl::value_desc("FILE"), cl::cat(Ours), cl::sub(CheckCommand),
           cl::sub(ModelCommand));
cl::opt<Level>
    UpTo("level", cl::desc("which checks and models count"),
         cl::init(Level::Default),
         cl::values(clEnumValN(Level::Default, "default",
                               "what every project wants"),
                    clEnumValN(Level::Strict, "strict", "and what some want"),
                    clEnumValN(Level::All, "all", "and advice on speed")),
         cl::cat(Ours), cl::sub(CheckCommand), cl::sub(ModelCommand));

cl::opt<unsigned> Jobs("j",
                       cl::desc("worker processes (default: as many as "
                                "there are processors)"),
                       cl::value_desc("N"), cl::Prefix, cl::cat(Ours),
                       cl::sub(CheckCommand));
cl::opt<Format> CheckFormat(
    "format", cl::desc("output format"), cl::init(Format::Text),
    cl::values(clEnumValN(Format::Text, "text", "like clang's diagnostics"),
               clEnumValN(Format::Json, "json", "one JSON document")),
    cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<std::string> Output("output", cl::desc("write the findings to a file"),
                            cl::value_desc("FILE"), cl::cat(Ours),
                            cl::sub(CheckCommand));
cl::opt<Confidence> Shown(
    "confidence", cl::desc("which findings to show"),
    cl::init(Confidence::Definite),
    cl::values(clEnumValN(Confidence::Definite, "definite", "sure ones only"),
               clEnumValN(Confidence::Possible, "possible", "all of them")),
    cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<std::string>
    Checks("checks",
           cl::desc("which checks to run, as in clang-tidy: globs, "
                    "separated by commas, with - in front to leave "
                    "out"),
           cl::value_desc("GLOB"), cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<FailOn> Gate(
    "fail-on", cl::desc("which findings give exit code 1"),
    cl::init(FailOn::Definite),
    cl::values(clEnumValN(FailOn::Definite, "definite", "sure ones"),
               clEnumValN(FailOn::Possible, "possible", "any; shows them too"),
               clEnumValN(FailOn::Never, "never", "none")),
    cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<bool> AllowIncomplete(
    "allow-incomplete",
    cl::desc("exit with 0 although some TU could not be analysed"),
    cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<unsigned> Timeout("timeout",
                          cl::desc("seconds for one TU (default 120)"),
                          cl::init(120), cl::value_desc("SEC"), cl::cat(Ours),
                          cl::sub(CheckCommand));
cl::opt<bool> Fix("fix", cl::desc("apply the fixes of what is shown"),
                  cl::cat(Ours), cl::sub(CheckCommand));
cl::opt<std::string>
    HeaderFilter("header-filter",
                 cl::desc("report findings in headers whose path matches this "
                          "regular expression (default: all but the system's)"),
                 cl::init(".*"), cl::value_desc("RE"), cl::cat(Ours),
                 cl::sub(CheckCommand));

// ---- explain, list

cl::opt<std::string> Slug(cl::Positional, cl::desc("SLUG"), cl::Required,
                          cl::cat(Ours), cl::sub(ExplainCommand));
cl::opt<Format>
    ListFormat("format", cl::desc("output format"), cl::init(Format::Text),
               cl::values(clEnumValN(Format::Text, "text", "a table"),
                          clEnumValN(Format::Json, "json", "a JSON array")),
               cl::cat(Ours), cl::sub(ListCommand));

constexpr char Overview[] =
    "pool-tidy finds misuse of object pools and paired resources in C and "
    "C++.\n\n"
    "  pool-tidy check src            lint what is below src\n"
    "  pool-tidy check -p build       lint all that build compiles\n"
    "  pool-tidy check a.cpp -- -I.   lint one file with these arguments\n\n"
    "Exit codes: 0 clean, 1 findings, 2 wrong usage, configuration or model, "
    "3 some file not analysed.\n";

void printVersion(llvm::raw_ostream &Out) {
  Out << "pool-tidy " POOL_TIDY_VERSION " (LLVM " LLVM_VERSION_STRING ")\n";
}

CheckOptions checkOptions() {
  CheckOptions O;
  O.Sources.Build = Build;
  O.Models = Models;
  O.Checks = Checks;
  O.Output = Output;
  O.HeaderFilter = HeaderFilter;
  O.As = CheckFormat;
  O.UpTo = UpTo;
  O.Gate = Gate;
  // A gate that fails on what nobody is shown would help nobody.
  O.Shown = Gate == FailOn::Possible ? Confidence::Possible : Shown;
  O.Jobs = Jobs ? Jobs : std::max(1u, std::thread::hardware_concurrency());
  O.Timeout = Timeout;
  O.AllowIncomplete = AllowIncomplete;
  O.Fix = Fix;
  return O;
}

} // namespace

std::optional<CommandLine> parse(int Argc, const char **Argv) {
  cl::SetVersionPrinter(printVersion);
  cl::HideUnrelatedOptions(Ours);
  for (cl::SubCommand *S :
       {&CheckCommand, &ExplainCommand, &ListCommand, &ModelCommand})
    cl::HideUnrelatedOptions(Ours, *S);

  // What follows -- is for the compiler.
  const char **End = Argv + Argc;
  const char **Dashes = std::find_if(
      Argv, End, [](const char *A) { return llvm::StringRef(A) == "--"; });
  std::string Wrong;
  llvm::raw_string_ostream Errors(Wrong);
  if (!cl::ParseCommandLineOptions(Dashes - Argv, Argv, Overview, &Errors)) {
    llvm::errs() << Errors.str();
    return std::nullopt;
  }

  CommandLine Line;
  Line.Options = checkOptions();
  if (CheckCommand) {
    Line.What = CommandLine::Check;
    Line.Options.Sources.Paths = Paths;
  } else if (ModelCommand) {
    Line.What = CommandLine::Model;
    Line.Options.Sources.Paths = ModelPaths;
  } else if (ExplainCommand) {
    Line.What = CommandLine::Explain;
    Line.Slug = Slug;
  } else if (ListCommand) {
    Line.What = CommandLine::List;
    Line.As = ListFormat;
  } else {
    llvm::errs() << "pool-tidy: name a command: check, explain, list or model; "
                    "'pool-tidy --help' tells more\n";
    return std::nullopt;
  }
  if (Dashes != End)
    Line.Options.Sources.CompilerArguments.emplace(Dashes + 1, End);
  if (Timeout == 0) {
    llvm::errs() << "pool-tidy: --timeout takes a number of seconds above 0\n";
    return std::nullopt;
  }
  return Line;
}

} // namespace pooltidy::cli

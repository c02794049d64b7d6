//===- Arguments.cpp - other compilers' arguments for clang ---------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "cli/Arguments.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <set>
#if LLVM_VERSION_MAJOR >= 22
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#endif

namespace pooltidy::cli {
namespace {

#if LLVM_VERSION_MAJOR >= 22
namespace options = clang::options;
using clang::getDriverOptTable;
#else
namespace options = clang::driver::options;
using clang::driver::getDriverOptTable;
#endif

/// Where clang's own headers are: beside the installed command, else where
/// the LLVM that it was built against has them.
std::string resourceDirectory() {
  llvm::SmallString<128> Path(llvm::sys::path::parent_path(
      llvm::sys::fs::getMainExecutable(nullptr, nullptr)));
  llvm::sys::path::append(Path, "..", "lib", "clang",
                          std::to_string(LLVM_VERSION_MAJOR));
  if (llvm::sys::fs::is_directory(Path))
    return Path.str().str();
  return POOL_TIDY_RESOURCE_DIR;
}

/// The places of the arguments that this clang's driver does not know.
std::set<size_t> unknown(const std::vector<std::string> &Arguments) {
  std::vector<const char *> Raw;
  for (size_t At = 1; At < Arguments.size() && Arguments[At] != "--"; ++At)
    Raw.push_back(Arguments[At].c_str());
  unsigned MissingIndex = 0, MissingCount = 0;
  llvm::opt::InputArgList Parsed = getDriverOptTable().ParseArgs(
      Raw, MissingIndex, MissingCount,
      llvm::opt::Visibility(options::ClangOption));
  std::set<size_t> Places;
  for (const llvm::opt::Arg *A : Parsed)
    if (A->getOption().getID() == options::OPT_UNKNOWN)
      Places.insert(A->getIndex() + 1);
  return Places;
}

/// What only another compiler's run is about.
bool isUnwanted(llvm::StringRef Argument) {
  return Argument == "-Werror" || Argument.starts_with("-Werror=") ||
         Argument == "-pedantic-errors" || Argument.starts_with("-fplugin") ||
         Argument.starts_with("-save-temps") ||
         Argument.starts_with("-fmax-errors=");
}

} // namespace

std::vector<std::string> adapt(std::vector<std::string> Arguments) {
  if (Arguments.empty())
    Arguments.push_back("clang++");
  std::set<size_t> Unknown = unknown(Arguments);
  std::vector<std::string> Adapted{Arguments[0]};
  if (std::none_of(Arguments.begin(), Arguments.end(), [](const auto &A) {
        return llvm::StringRef(A).starts_with("-resource-dir");
      }))
    Adapted.push_back("-resource-dir=" + resourceDirectory());
  // What gcc only warns of is an error for clang: old C above all. And what
  // clang alone warns of nobody has asked for.
  for (const char *Lenient :
       {"-Qunused-arguments", "-Wno-unknown-warning-option",
        "-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int",
        "-Wno-error=int-conversion",
        "-Wno-error=incompatible-function-pointer-types",
        "-Wno-error=incompatible-pointer-types", "-Wno-error=c++11-narrowing"})
    Adapted.push_back(Lenient);
  for (size_t At = 1; At < Arguments.size(); ++At)
    if (!Unknown.contains(At) && !isUnwanted(Arguments[At]))
      Adapted.push_back(std::move(Arguments[At]));
  // Last, so that no -ferror-limit of the project's hides how many there are.
  auto End = std::find(Adapted.begin(), Adapted.end(), "--");
  Adapted.insert(End, "-ferror-limit=0");
  return Adapted;
}

} // namespace pooltidy::cli

//===- Load.cpp - which model files a run uses ----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Yaml.h"
#include "table/Fields.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <iterator>

using namespace llvm;

namespace pooltidy::model {

namespace {

/// \p Name in the directory of \p SourceFile or the nearest one above it that
/// has it; empty when none has.
std::string findUpward(StringRef SourceFile, StringRef Name) {
  SmallString<256> At(SourceFile);
  if (sys::fs::make_absolute(At))
    return "";
  sys::path::remove_dots(At, /*remove_dot_dot=*/true);
  for (StringRef Directory = sys::path::parent_path(At); !Directory.empty();
       Directory = sys::path::parent_path(Directory)) {
    SmallString<256> Candidate(Directory);
    sys::path::append(Candidate, Name);
    // A directory, a pipe or a device of that name is no model.
    if (sys::fs::is_regular_file(Candidate))
      return std::string(Candidate);
  }
  return "";
}

void readFile(StringRef Path, ModelSet &Into, std::vector<ModelError> &Errors) {
  auto Buffer = MemoryBuffer::getFile(Path);
  if (!Buffer) {
    Errors.push_back(
        {Path.str(), 0, 0,
         "cannot read the model file: " + Buffer.getError().message()});
    return;
  }
  std::vector<ModelError> Found =
      readModel((*Buffer)->getBuffer(), Path, Path, Into);
  Errors.insert(Errors.end(), std::make_move_iterator(Found.begin()),
                std::make_move_iterator(Found.end()));
}

} // namespace

void addBuiltinModels(ModelSet &Into) {
  // Read once for all the TUs of a process.
  static const ModelSet All = [] {
    ModelSet Read;
    TableReader Table(builtinTable());
    Table(Read);
    return Read;
  }();
  Into.Pools.insert(Into.Pools.end(), All.Pools.begin(), All.Pools.end());
  Into.Functions.insert(Into.Functions.end(), All.Functions.begin(),
                        All.Functions.end());
  Into.Types.insert(Into.Types.end(), All.Types.begin(), All.Types.end());
  Into.Configs.insert(Into.Configs.end(), All.Configs.begin(),
                      All.Configs.end());
}

std::string findUserModel(StringRef SourceFile) {
  return findUpward(SourceFile, ".pool-tidy.yaml");
}

ModelSet loadModels(ArrayRef<std::string> Files, StringRef SourceFile,
                    Level UpTo, std::vector<ModelError> &Errors) {
  ModelSet All;
  std::vector<std::string> Paths;
  for (const std::string &File : Files) {
    std::string Path =
        sys::path::is_absolute(File) ? File : findUpward(SourceFile, File);
    if (Path.empty())
      Errors.push_back({File, 0, 0,
                        "there is no such model file in the directory of " +
                            SourceFile.str() + " or above it"});
    else
      Paths.push_back(Path);
  }
  if (std::string User = findUserModel(SourceFile); !User.empty())
    Paths.push_back(User);
  // A file that is both named and found is read once.
  for (size_t I = 0; I < Paths.size(); ++I)
    if (none_of(ArrayRef(Paths).take_front(I), [&](const std::string &Earlier) {
          return sys::fs::equivalent(Earlier, Paths[I]);
        }))
      readFile(Paths[I], All, Errors);
  addBuiltinModels(All);
  erase_if(All.Pools, [&](const Pool &P) { return P.At > UpTo; });
  return All;
}

} // namespace pooltidy::model

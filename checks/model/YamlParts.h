//===- YamlParts.h - parts of a model file ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The schema is read in two files; this is what they share.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_YAMLPARTS_H
#define POOLTIDY_MODEL_YAMLPARTS_H

#include "YamlReader.h"

namespace pooltidy::model {

/// The qualified name of a type or function; tells of one that is none.
std::string readName(YamlReader &R, llvm::yaml::Node &N, llvm::StringRef Key,
                     bool IsType);
/// An argument number; models count from 1, the code from 0. -1 after an error.
int readArgument(YamlReader &R, llvm::yaml::Node &N, llvm::StringRef Key);

/// An operation as it stands in the file, and of which of its pools.
struct SaidCall {
  size_t Pool;
  bool Acquires, Puts, OnThis;
  std::string Call;
  llvm::yaml::Node *At;
};
/// One entry of a `child_of`.
struct SaidParent {
  size_t Child;
  std::string Parent;
  llvm::yaml::Node *At;
};
/// Tells of what cannot all be so in a file that reads well otherwise.
void contradictions(YamlReader &R, const ModelSet &Read,
                    llvm::ArrayRef<SaidCall> Calls,
                    llvm::ArrayRef<SaidParent> Parents);

/// One entry of `configs`.
ConfigRule readConfig(YamlReader &R, llvm::yaml::Node &N);
/// The mapping `checks`: check -> option -> value.
void readCheckOptions(YamlReader &R, llvm::yaml::Node &N, llvm::StringRef File,
                      std::vector<CheckOption> &Into);

} // namespace pooltidy::model

#endif

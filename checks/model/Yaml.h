//===- Yaml.h - model files -------------------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_YAML_H
#define POOLTIDY_MODEL_YAML_H

#include "Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace pooltidy::model {

/// Reads one model text and appends what it says to \p Into. \p File is the
/// name used in errors, \p Source the provenance ("built-in libpq", a path).
/// Gives the errors found; after any error \p Into holds only what was read
/// before this text.
std::vector<ModelError> readModel(llvm::StringRef Text, llvm::StringRef File,
                                  llvm::StringRef Source, ModelSet &Into);

/// What the built-in files say, in the order of their names, as table/Fields.h
/// writes it; made by table/Make.cpp when pool-tidy is built.
llvm::StringRef builtinTable();
/// Appends what the built-in files say. Their provenance is "built-in NAME".
void addBuiltinModels(ModelSet &Into);

/// `.pool-tidy.yaml` in the directory of \p SourceFile or the nearest one
/// above it; empty when there is none. The file's keys are a model's.
std::string findUserModel(llvm::StringRef SourceFile);

/// What a run uses: \p Files (each a path, relative ones looked up from the
/// directory of \p SourceFile upward), then the `.pool-tidy.yaml` found upward
/// from \p SourceFile, then the built-in files. Pools above \p UpTo are left
/// out. \p Errors gets what could not be read; the rest is still there.
ModelSet loadModels(llvm::ArrayRef<std::string> Files,
                    llvm::StringRef SourceFile, Level UpTo,
                    std::vector<ModelError> &Errors);

} // namespace pooltidy::model

#endif

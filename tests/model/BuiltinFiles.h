//===- BuiltinFiles.h - the built-in models' sources ------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef TESTS_MODEL_BUILTINFILES_H
#define TESTS_MODEL_BUILTINFILES_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <string>
#include <vector>

namespace pooltidy::model {

struct BuiltinFile {
  std::string Name; ///< without extension
  std::string Text;
};

/// In the order of their names.
inline std::vector<BuiltinFile> builtinFiles() {
  std::vector<BuiltinFile> All;
  std::error_code Error;
  for (llvm::sys::fs::directory_iterator
           At(POOL_TIDY_SOURCE_DIR "/checks/model/builtin", Error),
       End;
       !Error && At != End; At.increment(Error))
    if (auto Buffer = llvm::MemoryBuffer::getFile(At->path()))
      All.push_back({llvm::sys::path::stem(At->path()).str(),
                     (*Buffer)->getBuffer().str()});
  llvm::sort(All, [](const BuiltinFile &A, const BuiltinFile &B) {
    return A.Name < B.Name;
  });
  return All;
}

} // namespace pooltidy::model

#endif

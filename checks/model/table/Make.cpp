//===- Make.cpp - writes the built-in models as a table -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Runs during the build: OUTPUT.cpp FILE.yaml… A mistake in a file stops it.
//
//===----------------------------------------------------------------------===//
#include "../Yaml.h"
#include "Fields.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace pooltidy::model;

int main(int Count, char **Arguments) {
  ModelSet All;
  bool Wrong = false;
  for (int I = 2; I < Count; ++I) {
    StringRef Path = Arguments[I], Name = sys::path::stem(Path);
    auto Buffer = MemoryBuffer::getFile(Path);
    if (!Buffer) {
      errs() << Path << ": " << Buffer.getError().message() << '\n';
      return 1;
    }
    for (const ModelError &E :
         readModel((*Buffer)->getBuffer(), sys::path::filename(Path),
                   ("built-in " + Name).str(), All)) {
      errs() << Path << ':' << E.Line << ':' << E.Column << ": error: " << E.Message
             << '\n';
      Wrong = true;
    }
  }
  if (Wrong || Count < 2)
    return 1;
  TableWriter Table;
  Table(All);
  std::error_code Error;
  raw_fd_ostream Out(Arguments[1], Error);
  if (Error) {
    errs() << Arguments[1] << ": " << Error.message() << '\n';
    return 1;
  }
  Out << "// Written by checks/model/table/Make.cpp.\n"
         "#include \"model/Yaml.h\"\n\n"
         "static const unsigned char Table[] = {";
  for (size_t I = 0; I < Table.Bytes.size(); ++I)
    Out << (I % 20 ? "" : "\n  ") << unsigned(uint8_t(Table.Bytes[I])) << ',';
  Out << "\n};\n\n"
         "llvm::StringRef pooltidy::model::builtinTable() {\n"
         "  return {reinterpret_cast<const char *>(Table), sizeof(Table)};\n"
         "}\n";
  return 0;
}

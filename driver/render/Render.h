//===- Render.h - what a run found, and the formats it prints in -*- C++
//-*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_RENDER_RENDER_H
#define POOLTIDY_RENDER_RENDER_H

#include <string>
#include <vector>

namespace pooltidy::render {

/// A place with what is said about it. `File` is as it shall be printed; empty
/// when there is no place.
struct Remark {
  std::string File;
  unsigned Line = 0, Column = 0; ///< from 1; columns count bytes
  std::string Message;
};

/// One replacement in one file.
struct Fix {
  std::string File;
  unsigned Offset = 0, Length = 0; ///< in bytes
  std::string Text;
};

struct Finding {
  std::string Check;
  Remark What;
  bool Possible = false;
  unsigned Cwe = 0; ///< 0: none
  std::vector<Remark> Notes;
  std::vector<Fix> Fixes;
};

/// A TU that gave no answer.
struct NotAnalysed {
  std::string File, Reason;
};

/// A function that the engine left out.
struct SkippedFunction {
  Remark What; ///< the message is the reason
  std::string Function;
};

/// All that one run of `pool-tidy check` has to tell.
struct Run {
  std::vector<Finding> Findings; ///< in the order in which they are printed
  std::vector<NotAnalysed> Missing;
  std::vector<SkippedFunction> Skipped;
  unsigned Units = 0;     ///< translation units asked for
  unsigned Functions = 0; ///< functions in user code that were looked at
};

/// Like clang's own diagnostics: line, caret, notes.
std::string toText(const Run &R);
/// One JSON document, described in docs/design.md.
std::string toJson(const Run &R);
/// The closing line: `3 findings in 2 files; 12 of 12 TUs analysed`.
std::string summary(const Run &R);

} // namespace pooltidy::render

#endif

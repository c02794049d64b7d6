//===- json.cpp - findings as one JSON document ---------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "llvm/Support/JSON.h"
#include "render/Render.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

namespace pooltidy::render {
namespace {

using llvm::json::OStream;

/// A name or a message may come from a source file in any encoding.
std::string utf8(llvm::StringRef S) {
  return llvm::json::isUTF8(S) ? S.str() : llvm::json::fixUTF8(S);
}

void place(OStream &J, const Remark &R) {
  J.attribute("file", utf8(R.File));
  J.attribute("line", R.Line);
  J.attribute("column", R.Column);
}

void finding(OStream &J, const Finding &F) {
  J.object([&] {
    J.attribute("check", F.Check);
    place(J, F.What);
    J.attribute("message", utf8(F.What.Message));
    J.attribute("confidence", F.Possible ? "possible" : "definite");
    J.attribute("cwe", F.Cwe ? llvm::json::Value(F.Cwe) : nullptr);
    J.attributeArray("notes", [&] {
      for (const Remark &N : F.Notes)
        J.object([&] {
          place(J, N);
          J.attribute("message", utf8(N.Message));
        });
    });
    J.attributeArray("fixes", [&] {
      for (const Fix &Change : F.Fixes)
        J.object([&] {
          J.attribute("file", utf8(Change.File));
          J.attribute("offset", Change.Offset);
          J.attribute("length", Change.Length);
          J.attribute("text", utf8(Change.Text));
        });
    });
  });
}

} // namespace

std::string toJson(const Run &R) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  OStream J(Out, /*IndentSize=*/2);
  std::set<std::string> Files;
  for (const Finding &F : R.Findings)
    Files.insert(F.What.File);
  J.object([&] {
    J.attribute("version", 1);
    J.attribute("tool", "pool-tidy");
    J.attributeArray("findings", [&] {
      for (const Finding &F : R.Findings)
        finding(J, F);
    });
    J.attributeArray("not_analysed", [&] {
      for (const NotAnalysed &N : R.Missing)
        J.object([&] {
          J.attribute("file", utf8(N.File));
          J.attribute("reason", utf8(N.Reason));
        });
    });
    J.attributeArray("skipped_functions", [&] {
      for (const SkippedFunction &S : R.Skipped)
        J.object([&] {
          J.attribute("function", utf8(S.Function));
          place(J, S.What);
          J.attribute("reason", utf8(S.What.Message));
        });
    });
    J.attributeObject("summary", [&] {
      J.attribute("findings", R.Findings.size());
      J.attribute("files", Files.size());
      J.attribute("translation_units", R.Units);
      J.attribute("analysed", R.Units - R.Missing.size());
      J.attribute("functions", R.Functions);
      J.attribute("functions_skipped", R.Skipped.size());
    });
  });
  Out << '\n';
  return Text;
}

} // namespace pooltidy::render

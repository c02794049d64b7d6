//===- Catalogue.cpp - pool-tidy list and explain -------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Catalogue.h"
#include "OptionValues.h"
#include "cli/Commands.h"
#include "cli/Pages.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <fmt/format.h>

namespace pooltidy::cli {
namespace {

std::string cwe(const CheckInfo &C) {
  return C.Cwe ? fmt::format("CWE-{}", C.Cwe) : "-";
}

void listText() {
  fmt::print("{:<26} {:<8} {:<10} {:<8} {:<7} {}\n", "check", "level",
             "category", "CWE", "fix", "what it finds");
  for (const CheckInfo &C : catalogue())
    fmt::print("{:<26} {:<8} {:<10} {:<8} {:<7} {}\n", C.Slug.str(),
               toWord(C.Level).str(), toWord(C.In).str(), cwe(C),
               toWord(C.Fix).str(), C.Summary.str());
}

void listJson() {
  llvm::json::OStream J(llvm::outs(), /*IndentSize=*/2);
  J.array([&] {
    for (const CheckInfo &C : catalogue())
      J.object([&] {
        J.attribute("check", C.Slug);
        J.attribute("level", toWord(C.Level));
        J.attribute("category", toWord(C.In));
        J.attribute("cwe", C.Cwe ? llvm::json::Value(C.Cwe) : nullptr);
        J.attribute("fix", toWord(C.Fix));
        J.attribute("summary", C.Summary);
        J.attributeArray("options", [&] {
          for (const OptionInfo &O : optionTable())
            if (O.isOf(C.Slug))
              J.object([&] {
                J.attribute("name", O.Name);
                J.attribute("type", toWord(O.Type));
                J.attribute("default", O.Default);
                J.attribute("summary", O.Summary);
              });
        });
      });
  });
  llvm::outs() << '\n';
}

/// The slug nearest to a misspelt one, empty when none is near.
llvm::StringRef nearest(llvm::StringRef Slug) {
  unsigned Best = Slug.size() / 2;
  llvm::StringRef Found;
  for (const CheckInfo &C : catalogue())
    if (unsigned Distance = Slug.edit_distance(C.Slug); Distance < Best) {
      Best = Distance;
      Found = C.Slug;
    }
  return Found;
}

} // namespace

int runList(Format As) {
  As == Format::Text ? listText() : listJson();
  return Clean;
}

int runExplain(llvm::StringRef Given) {
  std::string Slug = Given.str();
  if (!Given.starts_with("pool-"))
    Slug = "pool-" + Slug;
  for (const Page &P : pages())
    if (P.Slug == Slug) {
      llvm::outs() << P.Text;
      return Clean;
    }
  llvm::StringRef Near = nearest(Slug);
  complain(Near.empty()
               ? fmt::format("no check '{}'; 'pool-tidy list' names them all",
                             Given.str())
               : fmt::format("no check '{}'; did you mean '{}'?", Given.str(),
                             Near.str()));
  return BadRequest;
}

} // namespace pooltidy::cli

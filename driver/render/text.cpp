//===- text.cpp - findings like clang's diagnostics -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "render/Render.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>

namespace pooltidy::render {
namespace {

/// Source files by name, read once.
class Sources {
public:
  /// Line \p Number of \p File without its end, empty when there is none.
  llvm::StringRef line(const std::string &File, unsigned Number) {
    llvm::StringRef Rest = text(File);
    for (unsigned At = 1; At < Number; ++At)
      Rest = Rest.split('\n').second;
    return Rest.split('\n').first.rtrim('\r');
  }

  /// The column from 1 of \p Offset when that lies on \p Line, else 0.
  unsigned columnOn(const std::string &File, unsigned Line, unsigned Offset) {
    llvm::StringRef Whole = text(File), There = line(File, Line);
    size_t Start = There.data() - Whole.data();
    return !There.empty() && Offset >= Start && Offset <= Start + There.size()
               ? Offset - Start + 1
               : 0;
  }

private:
  llvm::StringRef text(const std::string &File) {
    auto [At, New] = Read.try_emplace(File);
    if (New)
      if (auto Buffer = llvm::MemoryBuffer::getFile(File))
        At->second = std::move(*Buffer);
    return At->second ? At->second->getBuffer() : llvm::StringRef();
  }

  std::map<std::string, std::unique_ptr<llvm::MemoryBuffer>> Read;
};

/// Blanks as wide as what stands before \p Column, tabs kept.
std::string indent(llvm::StringRef Line, unsigned Column) {
  std::string Blank;
  for (char C : Line.take_front(Column - 1))
    if (C == '\t')
      Blank += C;
    else if ((static_cast<unsigned char>(C) & 0xC0) != 0x80) // once per letter
      Blank += ' ';
  return Blank;
}

class Printer {
public:
  void print(const Finding &F) {
    head(F.What, "warning",
         fmt::format("{} [{}]", F.Possible ? " (possible)" : "", F.Check));
    showInsertions(F);
    for (const Remark &N : F.Notes)
      head(N, "note", "");
  }

  std::string Text;

private:
  void head(const Remark &R, llvm::StringRef Level, const std::string &Tail) {
    auto Out = std::back_inserter(Text);
    if (R.File.empty()) {
      fmt::format_to(Out, "{}: {}{}\n", Level.str(), R.Message, Tail);
      return;
    }
    fmt::format_to(Out, "{}:{}:{}: {}: {}{}\n", R.File, R.Line, R.Column,
                   Level.str(), R.Message, Tail);
    llvm::StringRef Line = Files.line(R.File, R.Line);
    if (Line.empty() || R.Column == 0 || R.Column > Line.size() + 1)
      return;
    fmt::format_to(Out, "{:>5} | {}\n      | {}^\n", R.Line, Line.str(),
                   indent(Line, R.Column));
  }

  /// What the fixes put into the line of the finding, below it. Where they
  /// replace something too, that alone would be no picture of them.
  void showInsertions(const Finding &F) {
    std::map<unsigned, llvm::StringRef> ByColumn;
    for (const Fix &Change : F.Fixes)
      if (Change.Length != 0)
        return;
    for (const Fix &Change : F.Fixes)
      if (Change.File == F.What.File && Change.Length == 0 &&
          !llvm::StringRef(Change.Text).contains('\n'))
        if (unsigned At =
                Files.columnOn(F.What.File, F.What.Line, Change.Offset))
          ByColumn[At] = Change.Text;
    std::string Hint;
    for (auto [Column, Text] : ByColumn) {
      std::string Before = indent(Files.line(F.What.File, F.What.Line), Column);
      if (Before.size() > Hint.size())
        Hint += Before.substr(Hint.size());
      Hint += Text;
    }
    if (!Hint.empty())
      fmt::format_to(std::back_inserter(Text), "      | {}\n",
                     llvm::StringRef(Hint).rtrim().str());
  }

  Sources Files;
};

std::string count(size_t Number, llvm::StringRef Word) {
  return fmt::format("{} {}{}", Number, Word.str(), Number == 1 ? "" : "s");
}

} // namespace

std::string toText(const Run &R) {
  Printer P;
  for (const Finding &F : R.Findings)
    P.print(F);
  return std::move(P.Text);
}

std::string summary(const Run &R) {
  std::set<std::string> Files;
  for (const Finding &F : R.Findings)
    Files.insert(F.What.File);
  std::string Line = count(R.Findings.size(), "finding");
  if (!R.Findings.empty())
    Line += " in " + count(Files.size(), "file");
  Line += fmt::format("; {} of {} analysed", R.Units - R.Missing.size(),
                      count(R.Units, "TU"));
  if (!R.Skipped.empty())
    Line += "; " + count(R.Skipped.size(), "function") + " skipped";
  return Line;
}

} // namespace pooltidy::render

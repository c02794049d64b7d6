//===- YamlReader.h - walks YAML, says what is wrong where ------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The part of reading a model file that knows nothing of models: mappings
// with known keys, lists, words, and errors with a line and a column. It walks
// llvm::yaml's nodes as they are parsed and never deeper than the schema asks,
// so no input can make it recurse without end.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_YAMLREADER_H
#define POOLTIDY_MODEL_YAMLREADER_H

#include "Model.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pooltidy::model {

class YamlReader {
public:
  using Node = llvm::yaml::Node;
  /// Reads one value; the key and its line come with it.
  using OnKey = llvm::function_ref<void(llvm::StringRef, Node &)>;

  YamlReader(llvm::StringRef Text, llvm::StringRef File,
             std::vector<ModelError> &Errors);

  /// The one root of the text, given to \p OnRoot; tells of text that is no
  /// YAML, is empty, or holds more than one document.
  void read(llvm::StringRef Expected, llvm::function_ref<void(Node &)> OnRoot);

  /// Calls \p Each for each key of the mapping \p N that is one of \p Keys and
  /// gives the keys seen, one bit for each. \p What is "a pool" in messages.
  unsigned keys(Node &N, llvm::StringRef What,
                llvm::ArrayRef<llvm::StringLiteral> Keys, OnKey Each);

  /// Calls \p Each for each key of the mapping \p N, whatever it is; keys are
  /// told apart by \p What, "the name of a check".
  void anyKeys(Node &N, llvm::StringRef What,
               llvm::function_ref<void(llvm::StringRef, Node &Key, Node &)> Each);

  /// Calls \p Each for each entry of the list \p N.
  void list(Node &N, llvm::StringRef Key,
            llvm::function_ref<void(Node &)> Each);

  /// One word or quoted text; nothing, and an error, when it is something else.
  std::optional<std::string> text(Node &N, llvm::StringRef Key);
  std::vector<std::string> texts(Node &N, llvm::StringRef Key);
  bool boolean(Node &N, llvm::StringRef Key);

  /// The value of \p Word in \p Words, or an error that lists them: "'nul' is
  /// not \p What; expected one of …".
  template <typename T>
  T word(Node &N, llvm::StringRef Key, llvm::StringRef What,
         llvm::ArrayRef<std::pair<llvm::StringLiteral, T>> Words) {
    std::optional<std::string> Word = text(N, Key);
    if (!Word)
      return Words.front().second;
    std::string All;
    for (const auto &[Name, Value] : Words) {
      if (Name == *Word)
        return Value;
      All += (All.empty() ? "" : ", ") + Name.str();
    }
    error(N, "'" + *Word + "' is not " + What + "; expected one of " + All);
    return Words.front().second;
  }

  void error(const Node &N, const llvm::Twine &Message);
  unsigned line(const Node &N) { return place(N).first; }
  /// Line and column, from 1.
  std::pair<unsigned, unsigned> at(const Node &N) { return place(N); }
  /// Errors so far.
  size_t count() const { return Errors.size(); }
  /// True once an error leaves no way to go on.
  bool stopped() const { return Stopped; }

private:
  std::pair<unsigned, unsigned> place(const char *At);
  std::pair<unsigned, unsigned> place(const Node &N);
  void errorAt(std::pair<unsigned, unsigned> At, const llvm::Twine &Message);
  void stopAt(const Node &N, const llvm::Twine &Message);
  bool isText();

  llvm::StringRef Text, File;
  std::vector<ModelError> &Errors;
  std::vector<const char *> LineStarts;
  llvm::SourceMgr Sources;
  std::optional<llvm::yaml::Stream> Stream;
  bool Stopped = false;
};

} // namespace pooltidy::model

#endif

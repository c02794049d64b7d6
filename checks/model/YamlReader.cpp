//===- YamlReader.cpp - walks YAML, says what is wrong where --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "YamlReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ConvertUTF.h"
#include <algorithm>

using namespace llvm;

namespace pooltidy::model {

namespace {
/// No model comes near this; a file of this size was named by mistake, and
/// some parts of the YAML scanner are quadratic.
constexpr size_t MaxSize = 256 * 1024;
constexpr size_t MaxErrors = 20;

StringRef nameOf(const yaml::Node &N) {
  switch (N.getType()) {
  case yaml::Node::NK_Null:
    return "nothing";
  case yaml::Node::NK_Mapping:
    return "a mapping";
  case yaml::Node::NK_Sequence:
    return "a list";
  case yaml::Node::NK_BlockScalar:
    return "a block of text";
  case yaml::Node::NK_Alias:
    return "an alias";
  default:
    return "a word";
  }
}

/// Whether the `!<` at \p At begins a value and no `>` ends it.
bool isOpenTag(StringRef Text, size_t At) {
  StringRef Tag = Text.substr(At + 2);
  Tag = Tag.take_front(Tag.find_first_of(" \t\r\n>"));
  return (At == 0 || StringRef(" \t\n[{,").contains(Text[At - 1])) &&
         !Text.substr(At + 2 + Tag.size()).starts_with(">");
}
} // namespace

YamlReader::YamlReader(StringRef Text, StringRef File,
                       std::vector<ModelError> &Errors)
    : Text(Text), File(File), Errors(Errors) {
  LineStarts.push_back(Text.begin());
  for (const char &C : Text)
    if (C == '\n')
      LineStarts.push_back(&C + 1);
}

std::pair<unsigned, unsigned> YamlReader::place(const char *At) {
  // A node that ends the text may start one past its end, or nowhere.
  if (At < Text.begin() || At > Text.end())
    At = Text.end();
  auto Next = std::upper_bound(LineStarts.begin(), LineStarts.end(), At);
  return {unsigned(Next - LineStarts.begin()), unsigned(At - Next[-1] + 1)};
}

std::pair<unsigned, unsigned> YamlReader::place(const Node &N) {
  const char *At = N.getSourceRange().Start.getPointer();
  // The parser has an alias start behind it, and `{…}` and `[…]` behind their
  // first brace.
  if (auto *Alias = dyn_cast<yaml::AliasNode>(&N))
    return place(Alias->getName().data() - 1);
  char Brace = isa<yaml::MappingNode>(N)    ? '{'
               : isa<yaml::SequenceNode>(N) ? '['
                                            : 0;
  if (Brace && At > Text.begin() && At <= Text.end()) {
    StringRef Before = Text.take_front(At - Text.begin()).rtrim(" \t\r\n");
    if (Before.ends_with(Brace == '{' ? "{" : "["))
      At = Before.end() - 1;
  }
  return place(At);
}

void YamlReader::errorAt(std::pair<unsigned, unsigned> At,
                         const Twine &Message) {
  if (Errors.size() < MaxErrors)
    Errors.push_back({File.str(), At.first, At.second, Message.str()});
  else
    Stopped = true;
}

void YamlReader::error(const Node &N, const Twine &Message) {
  if (!Stopped)
    errorAt(place(N), Message);
}

void YamlReader::stopAt(const Node &N, const Twine &Message) {
  error(N, Message);
  Stopped = true;
}

bool YamlReader::isText() {
  if (Text.size() > MaxSize) {
    errorAt({1, 1}, "the file is larger than " + Twine(MaxSize / 1024) +
                        " KiB, too large for a model");
    return false;
  }
  auto WrongByte = [&](const char *At) {
    auto Byte = static_cast<unsigned char>(*At);
    errorAt(place(At), Twine("byte 0x") +
                           std::string{hexdigit(Byte >> 4, true),
                                       hexdigit(Byte & 15, true)} +
                           " is no text; expected a YAML file in UTF-8");
    return false;
  };
  bool Ascii = true;
  for (const char &C : Text) {
    auto Byte = static_cast<unsigned char>(C);
    if ((Byte < ' ' && C != '\n' && C != '\t' && C != '\r') || Byte == 0x7f)
      return WrongByte(&C);
    Ascii &= Byte < 0x80;
  }
  if (Ascii)
    return true;
  const auto *At = reinterpret_cast<const UTF8 *>(Text.begin());
  if (!isLegalUTF8String(&At, reinterpret_cast<const UTF8 *>(Text.end())))
    return WrongByte(reinterpret_cast<const char *>(At));
  return true;
}

void YamlReader::read(StringRef Expected, function_ref<void(Node &)> OnRoot) {
  if (!isText())
    return;
  Sources.setDiagHandler(
      [](const SMDiagnostic &D, void *Context) {
        auto &Self = *static_cast<YamlReader *>(Context);
        if (Self.Stopped)
          return; // what follows the first one is noise
        StringRef Said = D.getMessage();
        // Where the structure is broken, what seemed missing may be there.
        Self.Errors.clear();
        Self.errorAt({unsigned(std::max(D.getLineNo(), 1)),
                      unsigned(std::max(D.getColumnNo(), 0)) + 1},
                     "not valid YAML: " + Said.substr(0, 1).lower() +
                         Said.substr(1).rtrim(".!"));
        Self.Stopped = true;
      },
      this);
  Stream.emplace(Text, Sources, /*ShowColors=*/false);
  auto Document = Stream->begin();
  Node *Root = Document == Stream->end() ? nullptr : Document->getRoot();
  if (Stopped)
    return;
  if (!Root || Stream->failed()) {
    errorAt({1, 1}, "not valid YAML");
    return;
  }
  if (isa<yaml::NullNode>(Root)) {
    errorAt({1, 1}, "the file says nothing; expected " + Expected);
    return;
  }
  OnRoot(*Root);
  if (Stopped)
    return;
  if (Stream->failed()) {
    errorAt({1, 1}, "not valid YAML");
    return;
  }
  // The parser ends without a word at a tag that is not closed.
  if (Errors.empty() && !yaml::scanTokens(Text)) {
    size_t At = 0;
    while ((At = Text.find("!<", At)) != StringRef::npos &&
           !isOpenTag(Text, At))
      At += 2;
    if (At == StringRef::npos)
      errorAt({1, 1}, "not valid YAML");
    else
      errorAt(place(Text.begin() + At),
              "not valid YAML: a tag that begins with '!<' has no '>'");
    return;
  }
  ++Document;
  if (!Stopped && Document != Stream->end())
    if (Node *Second = Document->getRoot())
      stopAt(*Second, "a model file holds one YAML document; this is a second");
}

unsigned YamlReader::keys(Node &N, StringRef What, ArrayRef<StringLiteral> Keys,
                          OnKey Each) {
  unsigned Seen = 0;
  SmallVector<unsigned, 16> Lines(Keys.size(), 0);
  auto *Mapping = dyn_cast<yaml::MappingNode>(&N);
  if (!Mapping) {
    stopAt(N, "expected a mapping for " + What + " (keys " + join(Keys, ", ") +
                  "), found " + nameOf(N));
    return Seen;
  }
  for (yaml::KeyValueNode &Entry : *Mapping) {
    Node *KeyNode = Entry.getKey();
    if (Stopped || !KeyNode)
      return Seen;
    auto *Scalar = dyn_cast<yaml::ScalarNode>(KeyNode);
    if (!Scalar) {
      stopAt(*KeyNode,
             "expected a key of " + What + ", found " + nameOf(*KeyNode));
      return Seen;
    }
    SmallString<32> Storage;
    StringRef Key = Scalar->getValue(Storage);
    Node *Value = Entry.getValue();
    if (Stopped || !Value)
      return Seen;
    auto Known = find(Keys, Key);
    if (Known == Keys.end()) {
      auto Nearest = std::min_element(
          Keys.begin(), Keys.end(), [&](StringRef A, StringRef B) {
            return Key.edit_distance(A) < Key.edit_distance(B);
          });
      error(*KeyNode, "unknown key '" + Key + "' in " + What +
                          (Key.edit_distance(*Nearest) <= Key.size() / 3
                               ? "; did you mean '" + *Nearest + "'?"
                               : "; expected one of " + join(Keys, ", ")));
      Stopped |= !isa<yaml::ScalarNode, yaml::NullNode>(Value);
    } else if (size_t At = Known - Keys.begin(); Seen >> At & 1) {
      error(*KeyNode, "duplicate key '" + Key + "' in " + What +
                          " (first on line " + Twine(Lines[At]) + ")");
      Stopped |= !isa<yaml::ScalarNode, yaml::NullNode>(Value);
    } else {
      Seen |= 1u << At;
      Lines[At] = line(*KeyNode);
      // Nothing has no place of its own; the key has.
      if (isa<yaml::NullNode>(Value))
        error(*KeyNode, "'" + Key + "' has no value");
      else
        Each(*Known, *Value);
    }
    if (Stopped)
      return Seen;
  }
  return Seen;
}

void YamlReader::anyKeys(
    Node &N, StringRef What,
    function_ref<void(StringRef, Node &, Node &)> Each) {
  auto *Mapping = dyn_cast<yaml::MappingNode>(&N);
  if (!Mapping)
    return stopAt(N, "expected a mapping with " + What +
                         " as its keys, found " + nameOf(N));
  StringMap<unsigned> Lines;
  for (yaml::KeyValueNode &Entry : *Mapping) {
    Node *KeyNode = Entry.getKey();
    if (Stopped || !KeyNode)
      return;
    auto *Scalar = dyn_cast<yaml::ScalarNode>(KeyNode);
    if (!Scalar)
      return stopAt(*KeyNode,
                    "expected " + What + ", found " + nameOf(*KeyNode));
    SmallString<32> Storage;
    StringRef Key = Scalar->getValue(Storage);
    Node *Value = Entry.getValue();
    if (Stopped || !Value)
      return;
    auto [First, New] = Lines.try_emplace(Key, line(*KeyNode));
    if (!New)
      return stopAt(*KeyNode, "duplicate key '" + Key + "' (first on line " +
                                  Twine(First->second) + ")");
    if (isa<yaml::NullNode>(Value))
      error(*KeyNode, "'" + Key + "' has no value");
    else
      Each(Key, *KeyNode, *Value);
    if (Stopped)
      return;
  }
}

void YamlReader::list(Node &N, StringRef Key, function_ref<void(Node &)> Each) {
  auto *Sequence = dyn_cast<yaml::SequenceNode>(&N);
  if (!Sequence)
    return stopAt(N, "expected a list for '" + Key + "', found " + nameOf(N));
  for (Node &Entry : *Sequence) {
    if (Stopped)
      return;
    Each(Entry);
    if (Stopped)
      return;
  }
}

std::optional<std::string> YamlReader::text(Node &N, StringRef Key) {
  if (auto *Alias = dyn_cast<yaml::AliasNode>(&N)) {
    stopAt(N, "a value that starts with '*' needs quotes: \"*" +
                  Alias->getName() + "\"");
    return std::nullopt;
  }
  auto *Scalar = dyn_cast<yaml::ScalarNode>(&N);
  if (!Scalar) {
    stopAt(N, "expected one word for '" + Key + "', found " + nameOf(N));
    return std::nullopt;
  }
  SmallString<64> Storage;
  StringRef Value = Scalar->getValue(Storage);
  if (Value.trim().empty()) {
    error(N, "'" + Key + "' is empty");
    return std::nullopt;
  }
  return Value.str();
}

std::vector<std::string> YamlReader::texts(Node &N, StringRef Key) {
  std::vector<std::string> Result;
  list(N, Key, [&](Node &Entry) {
    if (std::optional<std::string> Text = text(Entry, Key))
      Result.push_back(std::move(*Text));
  });
  return Result;
}

bool YamlReader::boolean(Node &N, StringRef Key) {
  std::optional<std::string> Word = text(N, Key);
  if (Word && *Word != "true" && *Word != "false")
    error(N, "'" + *Word + "' is not an answer to '" + Key +
                 "'; expected true or false");
  return Word && *Word == "true";
}

} // namespace pooltidy::model

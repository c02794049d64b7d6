//===- OptionValues.cpp - the options of the checks -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "OptionValues.h"
#include "Catalogue.h"
#include "model/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <cassert>

using llvm::StringRef;

namespace pooltidy {

llvm::ArrayRef<OptionInfo> optionTable() {
  static constexpr OptionInfo Table[] = {
#define POOL_OPTION(Check, Name, Type, Default, Summary)                       \
  {Check, Name, OptionType::Type, Default, Summary},
#include "Options.def"
#undef POOL_OPTION
  };
  return Table;
}

StringRef toWord(OptionType T) {
  return T == OptionType::Number ? "number" : "list";
}

namespace {

const OptionInfo *find(StringRef Check, StringRef Name) {
  for (const OptionInfo &O : optionTable())
    if (O.Name == Name && (O.Check == Check || O.Check.empty()))
      return &O;
  return nullptr;
}

std::vector<std::string> split(StringRef Text) {
  llvm::SmallVector<StringRef, 8> Parts;
  Text.split(Parts, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  std::vector<std::string> Entries;
  for (StringRef Part : Parts)
    if (!Part.trim().empty())
      Entries.push_back(Part.trim().str());
  return Entries;
}

std::string quoted(StringRef Word) { return "'" + Word.str() + "'"; }

/// The nearest of \p Words to a misspelt one as a question, else all of them.
std::string instead(StringRef Word, llvm::ArrayRef<StringRef> Words) {
  const auto *Near = llvm::min_element(Words, [&](StringRef A, StringRef B) {
    return Word.edit_distance(A) < Word.edit_distance(B);
  });
  if (Near != Words.end() && Word.edit_distance(*Near) <= Word.size() / 3)
    return "did you mean " + quoted(*Near) + "?";
  return "expected one of " + llvm::join(Words, ", ");
}

} // namespace

std::string OptionValues::text(StringRef Check, StringRef Name) const {
  const OptionInfo *O = find(Check, Name);
  assert(O && "an option that is not in Options.def");
  for (StringRef Of : {Check, StringRef(EveryCheck)})
    if (auto It = Chosen.find({Of.str(), Name.str()}); It != Chosen.end())
      return It->second;
  return O->Default.str();
}

int64_t OptionValues::number(StringRef Check, StringRef Name) const {
  assert(find(Check, Name) && find(Check, Name)->Type == OptionType::Number);
  int64_t Value = 0;
  StringRef(text(Check, Name)).getAsInteger(10, Value);
  return Value;
}

std::vector<std::string> OptionValues::list(StringRef Check,
                                            StringRef Name) const {
  assert(find(Check, Name) && find(Check, Name)->Type == OptionType::List);
  return split(text(Check, Name));
}

std::string OptionValues::set(StringRef Check, StringRef Name,
                              llvm::ArrayRef<std::string> Values, bool IsList) {
  bool Every = Check == EveryCheck;
  if (!Every && !findCheck(Check)) {
    std::vector<StringRef> Slugs;
    for (const CheckInfo &C : catalogue())
      Slugs.push_back(C.Slug);
    return "there is no check " + quoted(Check) + "; " + instead(Check, Slugs);
  }
  const OptionInfo *O = find(Every ? StringRef() : Check, Name);
  if (!O) {
    std::vector<StringRef> Names;
    for (const OptionInfo &Has : optionTable())
      if (Has.isOf(Every ? StringRef() : Check))
        Names.push_back(Has.Name);
    return (Every ? "not every check has" : quoted(Check) + " has no") +
           (Every ? " an option " : " option ") + quoted(Name) + "; " +
           instead(Name, Names);
  }
  std::string Option = "option " + quoted(Name) + " of " +
                       (Every ? "every check" : quoted(Check));
  if (O->Type == OptionType::Number) {
    int64_t Value = 0;
    if (IsList || Values.size() != 1)
      return Option + " is a number, not a list";
    if (StringRef(Values[0]).trim().getAsInteger(10, Value) || Value < 0)
      return quoted(Values[0]) + " is not a number; " + Option +
             " is one, 0 or above";
  }
  for (const std::string &Value : Values)
    if (IsList && Value.find(';') != std::string::npos)
      return quoted(Value) + " is not an entry of a list; it has a ';'";
  Chosen[{Check.str(), Name.str()}] = StringRef(llvm::join(Values, ";")).trim().str();
  return "";
}

bool OptionValues::isIgnored(StringRef Check,
                             llvm::ArrayRef<std::string> Types) const {
  if (Types.empty())
    return false;
  for (const std::string &Pattern : list(Check, "IgnoredTypes")) {
    StringRef Plain = Pattern;
    Plain.consume_front("::");
    for (const std::string &Type : Types)
      if (model::globMatch(Plain, Type))
        return true;
  }
  return false;
}

void takeOptions(const model::ModelSet &From, OptionValues &Into,
                 std::vector<model::ModelError> &Errors) {
  std::vector<model::ModelError> Found;
  for (const model::CheckOption &O : llvm::reverse(From.Options))
    if (std::string Wrong = Into.set(O.Check, O.Name, O.Values, O.IsList);
        !Wrong.empty())
      Found.push_back({O.File, O.Line, O.Column, std::move(Wrong)});
  Errors.insert(Errors.end(), Found.rbegin(), Found.rend());
}

void applyOptions(const OptionValues &Options, model::ModelSet &To) {
  for (const OptionInfo &O : optionTable()) {
    if (O.Name != "ResetMethods" || !findCheck(O.Check))
      continue;
    for (const std::string &Entry : Options.list(O.Check, O.Name)) {
      StringRef Full = Entry;
      Full.consume_front("::");
      size_t At = Full.rfind("::");
      model::TypeRule Rule;
      Rule.Type = At == StringRef::npos ? "*" : Full.take_front(At).str();
      Rule.Reset = {At == StringRef::npos ? Full.str()
                                          : Full.drop_front(At + 2).str()};
      Rule.Source = "option ResetMethods";
      To.Types.push_back(std::move(Rule));
    }
  }
}

} // namespace pooltidy

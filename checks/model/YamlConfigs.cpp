//===- YamlConfigs.cpp - option values in a model file --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The part of the schema that is about values: what is risky in the options of
// a pool (`configs`), and the options of the checks themselves (`checks`).
//
//===----------------------------------------------------------------------===//
#include "YamlParts.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace pooltidy::model {

namespace {

using Node = yaml::Node;

constexpr std::pair<StringLiteral, double> Units[] = {
    {"ns", 1},  {"us", 1e3},    {"ms", 1e6},
    {"s", 1e9}, {"min", 60e9},  {"h", 3600e9}};

constexpr std::pair<StringLiteral, ConfigRule::TextFormat> Formats[] = {
    {"json", ConfigRule::Json}, {"uri", ConfigRule::Uri}};

constexpr std::pair<StringLiteral, Condition::Test> Tests[] = {
    {"below", Condition::Below},       {"at_most", Condition::AtMost},
    {"equals", Condition::Equals},     {"at_least", Condition::AtLeast},
    {"above", Condition::Above}};

class ConfigReader {
public:
  explicit ConfigReader(YamlReader &R) : R(R) {}

  ConfigRule config(Node &N) {
    C.Line = R.line(N);
    unsigned Seen = R.keys(
        N, "a config", {"type", "calls", "text", "format", "settings", "rules"},
        [&](StringRef Key, Node &V) {
          if (Key == "type")
            C.Type = readName(R, V, Key, true);
          else if (Key == "calls")
            R.list(V, Key, [&](Node &E) {
              C.Calls.push_back(readName(R, E, "calls", false));
            });
          else if (Key == "text")
            C.Text = readArgument(R, V, Key);
          else if (Key == "format")
            C.Format = R.word<ConfigRule::TextFormat>(V, Key, "a text format",
                                                      Formats);
          else if (Key == "settings")
            R.list(V, Key, [&](Node &E) { setting(E); });
          else
            R.list(V, Key, [&](Node &E) {
              RulesBegun = true;
              rule(E);
            });
        });
    if (R.stopped())
      return std::move(C);
    bool HasType = Seen & 1, HasCalls = Seen & 2;
    if (HasType == HasCalls)
      R.error(N, "a config has either 'type' or 'calls'");
    if (bool(Seen & 4) != bool(Seen & 8))
      R.error(N, "'text' and 'format' go together");
    else if ((Seen & 4) && HasType)
      R.error(N, "'text' is an argument of 'calls'");
    if (!(Seen & 16) || !(Seen & 32))
      R.error(N, "a config has no '" +
                     StringRef(Seen & 16 ? "rules" : "settings") + "'");
    for (const Setting &S : C.Settings) {
      if (HasCalls && S.Argument < 0 && S.Option.empty() && C.Text < 0)
        R.error(N, "the setting '" + S.Name + "' has no 'argument' and no "
                       "'option', and the config no 'text'");
      if (HasCalls && !S.Setter.empty())
        R.error(N, "the setting '" + S.Name + "' of calls has a 'setter'");
      if (HasType && (S.Argument >= 0 || !S.Option.empty()))
        R.error(N, "the setting '" + S.Name + "' of a type has an '" +
                       (S.Option.empty() ? "argument'" : "option'"));
    }
    return std::move(C);
  }

private:
  void setting(Node &N) {
    Setting S;
    if (RulesBegun) // they have looked for it already
      R.error(N, "'settings' stands before 'rules'");
    unsigned Seen = R.keys(N, "a setting",
                           {"name", "setter", "argument", "option", "unit"},
                           [&](StringRef Key, Node &V) {
                             if (Key == "name")
                               S.Name = R.text(V, Key).value_or("");
                             else if (Key == "setter")
                               S.Setter = R.text(V, Key).value_or("");
                             else if (Key == "argument")
                               S.Argument = readArgument(R, V, Key);
                             else if (Key == "option")
                               S.Option = R.text(V, Key).value_or("");
                             else
                               S.Unit = R.word<double>(V, Key, "a unit", Units);
                           });
    if (!(Seen & 1) && !R.stopped())
      R.error(N, "a setting has no 'name'");
    if (find(S.Name) >= 0)
      R.error(N, "'" + S.Name + "' is already a setting");
    C.Settings.push_back(std::move(S));
  }

  void rule(Node &N) {
    Risk Rule;
    Rule.Line = R.line(N);
    bool HasReason = false;
    // The condition's keys stand in the rule itself, beside a few more.
    auto [Is, Found] = condition(N, "a rule",
                                 {"when", "because", "policy", "lacks", "has"},
                                 [&](StringRef Key, Node &V) {
      if (Key == "policy") {
        Rule.Policy = readArgument(R, V, Key);
        return;
      }
      if (Key == "lacks" || Key == "has") {
        (Key == "has" ? Rule.Has : Rule.Lacks) = R.texts(V, Key);
        return;
      }
      if (Key == "when") {
        R.list(V, Key, [&](Node &E) {
          auto [Also, Ok] = condition(E, "a condition", {}, {});
          if (Ok)
            Rule.When.push_back(Also);
        });
        return;
      }
      HasReason = true;
      Rule.Because = R.text(V, Key).value_or("");
      if (StringRef(Rule.Because).ends_with("."))
        R.error(V, "a reason ends without a full stop; it is the end of a "
                   "message");
    });
    if (!Found)
      return;
    if (!HasReason)
      R.error(N, "a rule has no 'because'");
    if ((Rule.Policy >= 0) == (Rule.Lacks.empty() && Rule.Has.empty()))
      R.error(N, "'policy' goes together with 'lacks' or 'has'");
    Rule.Is = Is;
    C.Risks.push_back(std::move(Rule));
  }

  /// A condition from the keys of \p N, those in \p More going to \p Each;
  /// false when it is none.
  std::pair<Condition, bool> condition(Node &N, StringRef What,
                                       ArrayRef<StringLiteral> More,
                                       YamlReader::OnKey Each) {
    SmallVector<StringLiteral, 12> Keys{"setting", "below",    "at_most",
                                       "equals",  "at_least", "above",
                                       "set"};
    Keys.append(More.begin(), More.end());
    Condition Is;
    std::string Name;
    unsigned Tried = 0;
    // A bound is understood once the setting's unit is known.
    std::string Bound;
    Node *BoundAt = nullptr;
    R.keys(N, What, Keys, [&](StringRef Key, Node &V) {
      if (Key == "setting") {
        Name = R.text(V, Key).value_or("");
        if (int Of = find(Name); Of >= 0)
          Is.Of = Of;
        else if (!Name.empty())
          R.error(V, "'" + Name + "' is not a setting of this config");
      } else if (Key == "set") {
        ++Tried;
        Is.How = R.boolean(V, Key) ? Condition::IsSet : Condition::IsMissing;
      } else if (const auto *T = llvm::find_if(
                     Tests, [&](const auto &T) { return T.first == Key; });
                 T != std::end(Tests)) {
        ++Tried;
        Is.How = T->second;
        Bound = R.text(V, Key).value_or("");
        BoundAt = &V;
      } else
        Each(Key, V);
    });
    if (R.stopped())
      return {Is, false};
    if (Name.empty() || Tried != 1) {
      R.error(N, What + (Name.empty()
                             ? StringRef(" has no 'setting'")
                             : StringRef(" needs one of below, at_most, "
                                         "equals, at_least, above, set")));
      return {Is, false};
    }
    if (BoundAt && !Bound.empty() && find(Name) >= 0)
      bound(*BoundAt, Bound, Is);
    return {Is, true};
  }

  /// `3`, `2s`, `true`, or the name of a setting.
  void bound(Node &N, StringRef Text, Condition &Is) {
    if (int Other = find(Text); Other >= 0) {
      Is.With.Other = Other;
      return;
    }
    if (Text == "true" || Text == "false") {
      Is.With.Number = Text == "true";
      return;
    }
    StringRef Digits = Text.take_while(
        [](char C) { return (C >= '0' && C <= '9') || C == '.' || C == '-'; });
    StringRef Unit = Text.drop_front(Digits.size());
    double Scale = C.Settings[Is.Of].Unit;
    if (!Unit.empty()) {
      const auto *Known =
          llvm::find_if(Units, [&](const auto &U) { return U.first == Unit; });
      Scale = Known == std::end(Units) ? -1 : Known->second;
    }
    if (Scale < 0 || Digits.getAsDouble(Is.With.Number))
      return R.error(N, "'" + Text +
                            "' is not a bound; expected a number, a number "
                            "with a unit (ns, us, ms, s, min, h), true, false "
                            "or a setting of this config");
    if (Scale > 0) {
      Is.With.Number *= Scale;
      Is.With.IsTime = true;
    }
  }

  int find(StringRef Name) const {
    for (const Setting &S : C.Settings)
      if (S.Name == Name)
        return &S - C.Settings.data();
    return -1;
  }

  YamlReader &R;
  ConfigRule C;
  bool RulesBegun = false;
};

} // namespace

ConfigRule readConfig(YamlReader &R, Node &N) {
  return ConfigReader(R).config(N);
}

void readCheckOptions(YamlReader &R, Node &N, StringRef File,
                      std::vector<CheckOption> &Into) {
  R.anyKeys(N, "names of checks", [&](StringRef Check, Node &, Node &Options) {
    std::string Slug = Check.str();
    R.anyKeys(Options, "names of options", [&](StringRef Name, Node &At,
                                               Node &Value) {
      CheckOption O;
      O.Check = Slug;
      O.Name = Name.str();
      O.File = File.str();
      std::tie(O.Line, O.Column) = R.at(At);
      O.IsList = isa<yaml::SequenceNode>(Value);
      if (O.IsList)
        O.Values = R.texts(Value, O.Name);
      else if (std::optional<std::string> Text = R.text(Value, O.Name))
        O.Values.push_back(std::move(*Text));
      Into.push_back(std::move(O));
    });
  });
}

} // namespace pooltidy::model

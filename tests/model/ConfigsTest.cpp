//===- ConfigsTest.cpp - reading option values and options ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Catalogue.h"
#include "OptionValues.h"
#include "model/Yaml.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>

using namespace pooltidy;
using namespace pooltidy::model;
using llvm::StringRef;

namespace {

std::string print(const ModelError &E) {
  return std::to_string(E.Line) + ":" + std::to_string(E.Column) + ": " +
         E.Message;
}

/// The errors of \p Text, one a line.
std::string errors(StringRef Text) {
  ModelSet Set;
  std::string All;
  for (const ModelError &E : readModel(Text, "m", "m", Set))
    All += (All.empty() ? "" : "\n") + print(E);
  EXPECT_TRUE(All.empty() || (Set.Configs.empty() && Set.Options.empty()));
  return All;
}

ModelSet read(StringRef Text) {
  ModelSet Set;
  for (const ModelError &E : readModel(Text, "m.yaml", "", Set))
    ADD_FAILURE() << print(E);
  return Set;
}

TEST(Configs, ReadsATypeAndItsRules) {
  ModelSet Set = read(R"(model: acme
configs:
  - type: acme::Options
    settings:
      - {name: size}
      - {name: wait, setter: setWait, unit: ms}
      - {name: least}
    rules:
      - {setting: size, equals: 0, because: nothing fits}
      - {setting: wait, below: 2s, because: too short}
      - {setting: wait, at_most: 5, because: too short}
      - {setting: wait, set: false, because: no end}
      - setting: least
        above: size
        when: [{setting: size, at_least: 1}, {setting: wait, set: true}]
        because: never reached
      - setting: wait
        set: true
        policy: 2
        lacks: [probe, ask]
        because: nobody is asked
      - {setting: wait, above: 1, policy: 1, has: [probe], because: too long}
)");
  ASSERT_EQ(Set.Configs.size(), 1u);
  const ConfigRule &C = Set.Configs[0];
  EXPECT_EQ(C.Type, "acme::Options");
  EXPECT_EQ(C.Source, "acme");
  EXPECT_EQ(C.Line, 3u);
  ASSERT_EQ(C.Settings.size(), 3u);
  EXPECT_EQ(C.Settings[1].Setter, "setWait");
  EXPECT_EQ(C.Settings[1].Unit, 1e6);
  EXPECT_EQ(C.Settings[0].Unit, 0);
  EXPECT_EQ(C.Settings[0].Argument, -1);
  ASSERT_EQ(C.Risks.size(), 7u);
  EXPECT_EQ(C.Risks[0].Is.How, Condition::Equals);
  EXPECT_EQ(C.Risks[0].Is.Of, 0u);
  EXPECT_EQ(C.Risks[0].Is.With.Number, 0);
  EXPECT_FALSE(C.Risks[0].Is.With.IsTime);
  EXPECT_EQ(C.Risks[0].Because, "nothing fits");
  EXPECT_EQ(C.Risks[0].Line, 9u);
  // A unit of its own, else the setting's.
  EXPECT_EQ(C.Risks[1].Is.With.Number, 2e9);
  EXPECT_TRUE(C.Risks[1].Is.With.IsTime);
  EXPECT_EQ(C.Risks[2].Is.With.Number, 5e6);
  EXPECT_TRUE(C.Risks[2].Is.With.IsTime);
  EXPECT_EQ(C.Risks[3].Is.How, Condition::IsMissing);
  EXPECT_EQ(C.Risks[4].Is.How, Condition::Above);
  EXPECT_EQ(C.Risks[4].Is.With.Other, 0);
  ASSERT_EQ(C.Risks[4].When.size(), 2u);
  EXPECT_EQ(C.Risks[4].When[0].How, Condition::AtLeast);
  EXPECT_EQ(C.Risks[4].When[0].With.Number, 1);
  EXPECT_EQ(C.Risks[4].When[1].How, Condition::IsSet);
  EXPECT_EQ(C.Risks[4].Policy, -1);
  EXPECT_EQ(C.Risks[5].Policy, 1);
  EXPECT_EQ(C.Risks[5].Lacks, (std::vector<std::string>{"probe", "ask"}));
  EXPECT_TRUE(C.Risks[5].Has.empty());
  EXPECT_EQ(C.Risks[6].Policy, 0);
  EXPECT_EQ(C.Risks[6].Has, std::vector<std::string>{"probe"});
}

TEST(Configs, ReadsCallsAndTexts) {
  ModelSet Set = read(R"(configs:
  - calls: [acme::Pool::Pool, acme::open]
    settings: [{name: size, argument: 2}]
    rules: [{setting: size, above: 0.5, because: too large}]
  - calls: [acme::open]
    text: 1
    format: json
    settings: [{name: pool.on}]
    rules: [{setting: pool.on, equals: true, because: "no: it is slow"}]
)");
  ASSERT_EQ(Set.Configs.size(), 2u);
  EXPECT_EQ(Set.Configs[0].Calls,
            (std::vector<std::string>{"acme::Pool::Pool", "acme::open"}));
  EXPECT_EQ(Set.Configs[0].Settings[0].Argument, 1);
  EXPECT_EQ(Set.Configs[0].Risks[0].Is.With.Number, 0.5);
  EXPECT_EQ(Set.Configs[1].Text, 0);
  EXPECT_EQ(Set.Configs[1].Format, ConfigRule::Json);
  EXPECT_EQ(Set.Configs[1].Risks[0].Is.With.Number, 1);
}

/// One config with these settings and this rule.
std::string rule(StringRef Rule) {
  return errors(("configs:\n"
                 "  - type: T\n"
                 "    settings: [{name: a}, {name: b, unit: s}]\n"
                 "    rules:\n"
                 "      - " +
                 Rule + "\n")
                    .str());
}

TEST(Configs, TellsWhatIsWrongWithARule) {
  EXPECT_EQ(rule("{setting: a, below: 1, because: x}"), "");
  EXPECT_EQ(rule("{setting: c, below: 1, because: x}"),
            "5:19: 'c' is not a setting of this config");
  EXPECT_EQ(rule("{setting: a, because: x}"),
            "5:9: a rule needs one of below, at_most, equals, at_least, above, "
            "set");
  EXPECT_EQ(rule("{setting: a, below: 1, above: 3, because: x}"),
            "5:9: a rule needs one of below, at_most, equals, at_least, above, "
            "set");
  EXPECT_EQ(rule("{below: 1, because: x}"), "5:9: a rule has no 'setting'");
  EXPECT_EQ(rule("{setting: a, below: 1}"), "5:9: a rule has no 'because'");
  EXPECT_EQ(rule("{setting: a, below: much, because: x}"),
            "5:29: 'much' is not a bound; expected a number, a number with a "
            "unit (ns, us, ms, s, min, h), true, false or a setting of this "
            "config");
  EXPECT_EQ(rule("{setting: a, below: 3 days, because: x}").substr(0, 33),
            "5:29: '3 days' is not a bound; ex");
  EXPECT_EQ(rule("{setting: a, set: maybe, because: x}"),
            "5:27: 'maybe' is not an answer to 'set'; expected true or false");
  EXPECT_EQ(rule("{setting: a, below: 1, because: It is.}"),
            "5:41: a reason ends without a full stop; it is the end of a "
            "message");
  EXPECT_EQ(rule("{setting: a, set: true, because: x, when: [{setting: a}]}"),
            "5:52: a condition needs one of below, at_most, equals, at_least, "
            "above, set");
  EXPECT_EQ(rule("{setting: a, set: true, policy: 1, because: x}"),
            "5:9: 'policy' goes together with 'lacks' or 'has'");
  EXPECT_EQ(rule("{setting: a, set: true, lacks: [b], because: x}"),
            "5:9: 'policy' goes together with 'lacks' or 'has'");
  EXPECT_EQ(rule("{setting: a, set: true, becuase: x}").substr(0, 59),
            "5:33: unknown key 'becuase' in a rule; did you mean 'becaus");
}

TEST(Configs, TellsWhatIsWrongWithAConfig) {
  EXPECT_EQ(errors("configs: [{settings: [{name: a, argument: 1}], rules: "
                   "[{setting: a, set: true, because: x}]}]"),
            "1:11: a config has either 'type' or 'calls'");
  EXPECT_EQ(errors("configs: [{type: T, settings: [{name: a}]}]"),
            "1:11: a config has no 'rules'");
  EXPECT_EQ(errors("configs: [{calls: [f], settings: [{name: a}], rules: "
                   "[{setting: a, set: true, because: x}]}]"),
            "1:11: the setting 'a' has no 'argument' and no 'option', and the config no "
            "'text'");
  EXPECT_EQ(errors("configs: [{calls: [f], text: 1, settings: [{name: a}], "
                   "rules: [{setting: a, set: true, because: x}]}]"),
            "1:11: 'text' and 'format' go together");
  EXPECT_EQ(errors("configs: [{calls: [f], text: 1, format: xml, settings: "
                   "[{name: a}], rules: []}]"),
            "1:41: 'xml' is not a text format; expected one of json, uri");
  EXPECT_EQ(errors("configs: [{type: T, settings: [{name: a, unit: days}], "
                   "rules: []}]"),
            "1:48: 'days' is not a unit; expected one of ns, us, ms, s, min, "
            "h");
  EXPECT_EQ(errors("configs: [{type: T, settings: [{name: a}, {name: a}], "
                   "rules: []}]"),
            "1:43: 'a' is already a setting");
  EXPECT_EQ(errors("configs: [{type: T, rules: [], settings: [{name: a}]}]"),
            "");
}

// ---- options of the checks

TEST(CheckOptions, ReadsValuesWithTheirPlaces) {
  ModelSet Set = read("checks:\n"
                      "  pool-double-put:\n"
                      "    IgnoredTypes: [\"a::*\", b]\n"
                      "  pool-put-without-reset:\n"
                      "    ResetMethods: home\n");
  ASSERT_EQ(Set.Options.size(), 2u);
  EXPECT_EQ(Set.Options[0].Check, "pool-double-put");
  EXPECT_EQ(Set.Options[0].Name, "IgnoredTypes");
  EXPECT_EQ(Set.Options[0].Values, (std::vector<std::string>{"a::*", "b"}));
  EXPECT_TRUE(Set.Options[0].IsList);
  EXPECT_EQ(Set.Options[0].File, "m.yaml");
  EXPECT_EQ(Set.Options[0].Line, 3u);
  EXPECT_EQ(Set.Options[0].Column, 5u);
  EXPECT_FALSE(Set.Options[1].IsList);
}

TEST(CheckOptions, TellsWhatIsNoMapping) {
  EXPECT_EQ(errors("checks: [a]"),
            "1:9: expected a mapping with names of checks as its keys, found a "
            "list");
  EXPECT_EQ(errors("checks: {pool-double-put: 3}"),
            "1:27: expected a mapping with names of options as its keys, found "
            "a word");
  EXPECT_EQ(errors("checks: {a: {b: {c: d}}}"),
            "1:17: expected one word for 'b', found a mapping");
  EXPECT_EQ(errors("checks: {a: {b: c, b: d}}"),
            "1:20: duplicate key 'b' (first on line 1)");
}

/// What takeOptions() says of \p Text, one a line.
std::string taken(StringRef Text, OptionValues &Into) {
  std::vector<ModelError> Errors;
  takeOptions(read(Text), Into, Errors);
  std::string All;
  for (const ModelError &E : Errors)
    All += (All.empty() ? "" : "\n") + print(E);
  return All;
}

TEST(CheckOptions, DefaultsThenEveryCheckThenOneCheck) {
  OptionValues V;
  EXPECT_EQ(V.list("pool-double-put", "IgnoredTypes").size(), 0u);
  EXPECT_EQ(V.number("pool-false-sharing", "CacheLineSize"), 64);
  EXPECT_EQ(taken("checks:\n"
                  "  pool-*: {IgnoredTypes: [a, b]}\n"
                  "  pool-double-put: {IgnoredTypes: c}\n",
                  V),
            "");
  EXPECT_EQ(V.list("pool-double-put", "IgnoredTypes"),
            std::vector<std::string>{"c"});
  EXPECT_EQ(V.list("pool-use-after-put", "IgnoredTypes"),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(V.text("pool-use-after-put", "IgnoredTypes"), "a;b");
}

TEST(CheckOptions, TheFirstFileWins) {
  ModelSet Set = read("checks: {pool-double-put: {IgnoredTypes: first}}");
  for (CheckOption &O : read("checks: {pool-double-put: {IgnoredTypes: later}}").Options)
    Set.Options.push_back(O);
  OptionValues V;
  std::vector<ModelError> Errors;
  takeOptions(Set, V, Errors);
  EXPECT_EQ(V.text("pool-double-put", "IgnoredTypes"), "first");
}

TEST(CheckOptions, TellsWhatIsUnknownOrIllTyped) {
  OptionValues V;
  EXPECT_EQ(taken("checks:\n"
                  "  pool-double-putt:\n"
                  "    IgnoredTypes: a\n"
                  "  pool-double-put:\n"
                  "    IgnoredTyped: a\n"
                  "    Colour: red\n"
                  "  pool-*:\n"
                  "    ResetMethods: a\n",
                  V),
            "3:5: there is no check 'pool-double-putt'; did you mean "
            "'pool-double-put'?\n"
            "5:5: 'pool-double-put' has no option 'IgnoredTyped'; did you mean "
            "'IgnoredTypes'?\n"
            "6:5: 'pool-double-put' has no option 'Colour'; expected one of "
            "IgnoredTypes\n"
            "8:5: not every check has an option 'ResetMethods'; expected one "
            "of IgnoredTypes");
}

TEST(CheckOptions, ANumberIsANumber) {
  for (const OptionInfo &O : optionTable()) {
    if (O.Type != OptionType::Number || !findCheck(O.Check))
      continue;
    OptionValues V;
    EXPECT_EQ(V.set(O.Check, O.Name, {"12"}, false), "");
    EXPECT_EQ(V.number(O.Check, O.Name), 12);
    std::string Option =
        ("option '" + O.Name + "' of '" + O.Check + "'").str();
    EXPECT_EQ(V.set(O.Check, O.Name, {"12", "13"}, true),
              Option + " is a number, not a list");
    for (const char *Wrong : {"-1", "much", "", "1.5"})
      EXPECT_EQ(V.set(O.Check, O.Name, {Wrong}, false),
                std::string("'") + Wrong + "' is not a number; " + Option +
                    " is one, 0 or above");
    EXPECT_EQ(V.number(O.Check, O.Name), 12) << "the wrong one was not taken";
  }
}

TEST(CheckOptions, DefaultsAreOfTheirTypes) {
  for (const OptionInfo &O : optionTable()) {
    int64_t Value = 0;
    if (O.Type == OptionType::Number) {
      EXPECT_FALSE(O.Default.getAsInteger(10, Value)) << O.Name.str();
      EXPECT_EQ(OptionValues().number(O.Check, O.Name), Value);
    }
  }
}

TEST(CheckOptions, IgnoresTypesByGlob) {
  OptionValues V;
  EXPECT_EQ(V.set("pool-double-put", "IgnoredTypes", {"a::*;::b::C"}, false), "");
  EXPECT_TRUE(V.isIgnored("pool-double-put", {"x", "a::T"}));
  EXPECT_TRUE(V.isIgnored("pool-double-put", {"b::C"}));
  EXPECT_FALSE(V.isIgnored("pool-double-put", {"b::CD"}));
  EXPECT_FALSE(V.isIgnored("pool-double-put", {}));
  EXPECT_FALSE(V.isIgnored("pool-use-after-put", {"a::T"}));
}

TEST(CheckOptions, ResetMethodsBecomeTypeRules) {
  OptionValues V;
  EXPECT_EQ(V.set("pool-put-without-reset", "ResetMethods",
                  {"home", "app::Cursor::rewind"}, true),
            "");
  ModelSet Set;
  applyOptions(V, Set);
  ASSERT_EQ(Set.Types.size(), 2u);
  EXPECT_EQ(Set.Types[0].Type, "*");
  EXPECT_EQ(Set.Types[0].Reset, std::vector<std::string>{"home"});
  EXPECT_EQ(Set.Types[1].Type, "app::Cursor");
  EXPECT_EQ(Set.Types[1].Reset, std::vector<std::string>{"rewind"});
}

} // namespace

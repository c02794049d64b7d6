//===- YamlTest.cpp - reading model files ---------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "BuiltinFiles.h"
#include "model/Yaml.h"
#include "model/table/Fields.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>
#include <string>

using namespace pooltidy::model;
using llvm::StringRef;

namespace {

std::string print(const ModelError &E) {
  return E.File + ":" + std::to_string(E.Line) + ":" +
         std::to_string(E.Column) + ": error: " + E.Message;
}

/// All errors of \p Text, one a line, without the file's name.
std::string errors(StringRef Text) {
  ModelSet Set;
  std::string All;
  for (const ModelError &E : readModel(Text, "m", "m", Set))
    All += (All.empty() ? "" : "\n") + print(E).substr(2);
  if (!All.empty()) {
    EXPECT_TRUE(Set.Pools.empty() && Set.Functions.empty() && Set.Types.empty())
        << "a text with an error left something behind";
  }
  return All;
}

ModelSet read(StringRef Text) {
  ModelSet Set;
  for (const ModelError &E : readModel(Text, "m.yaml", "", Set))
    ADD_FAILURE() << print(E);
  return Set;
}

TEST(ModelReader, ReadsAPool) {
  ModelSet Set = read(R"(model: acme
level: strict
headers: [acme.h, "acme/pool.h"]
pools:
  - name: packet
    type: acme::Pool
    object: acme::Packet
    kind: resource
    convention: caller-before-put
    frees_all: true
    limits_capacity: true
    limits_count: true
    acquire:
      - {call: get, fails: null}
      - {call: "::fetch", object: "*2", pool: 1, fails: negative, id: true}
      - {call: init, when_null: 1}
    put:
      - {call: give_back}
      - {call: done, object: this, fails: nonzero, setup: true}
      - {call: acme::unref*, object: "*1", nulls: true, any_order: true}
    reset: [{call: clear}]
    use: [{call: peek, object: 2}]
    handles:
      - {type: acme::Lease, get: [get, data], put: [reset], release: [detach], copyable: true, puts: false, spelled: true}
    child_of: [link]
  - {name: link, level: default, put: [{call: close_link}]}
)");
  ASSERT_EQ(Set.Pools.size(), 2u);
  const Pool &P = Set.Pools[0];
  EXPECT_EQ(P.Name, "packet");
  EXPECT_EQ(P.Type, "acme::Pool");
  EXPECT_EQ(P.Object, "acme::Packet");
  EXPECT_EQ(P.What, Kind::Resource);
  EXPECT_EQ(P.Resets, Convention::CallerBeforePut);
  EXPECT_EQ(P.At, Level::Strict);
  EXPECT_EQ(P.Source, "acme");
  EXPECT_EQ(P.File, "m.yaml");
  EXPECT_EQ(P.Line, 5u);
  EXPECT_TRUE(P.FreesAll);
  EXPECT_TRUE(P.LimitsCapacity);
  EXPECT_TRUE(P.LimitsCount);
  EXPECT_EQ(P.Headers, (std::vector<std::string>{"acme.h", "acme/pool.h"}));
  EXPECT_EQ(P.ChildOf, std::vector<std::string>{"link"});

  ASSERT_EQ(P.Acquire.size(), 3u);
  EXPECT_EQ(P.Acquire[0].Call, "get");
  EXPECT_EQ(P.Acquire[0].Object.Where, Slot::Return);
  EXPECT_EQ(P.Acquire[0].Pool.Where, Slot::None);
  EXPECT_EQ(P.Acquire[0].Fails, Failure::Null);
  EXPECT_EQ(P.Acquire[0].Line, 14u);
  EXPECT_EQ(P.Acquire[0].WhenNull, -1);
  EXPECT_EQ(P.Acquire[1].Call, "::fetch");
  EXPECT_EQ(P.Acquire[1].Object.Where, Slot::Argument);
  EXPECT_EQ(P.Acquire[1].Object.Index, 1u);
  EXPECT_TRUE(P.Acquire[1].Object.Indirect);
  EXPECT_EQ(P.Acquire[1].Pool.Where, Slot::Argument);
  EXPECT_EQ(P.Acquire[1].Pool.Index, 0u);
  EXPECT_EQ(P.Acquire[1].Fails, Failure::Negative);
  EXPECT_TRUE(P.Acquire[1].Id);
  EXPECT_EQ(P.Acquire[2].WhenNull, 0);

  ASSERT_EQ(P.Put.size(), 3u);
  EXPECT_EQ(P.Put[0].Object.Where, Slot::Argument);
  EXPECT_EQ(P.Put[0].Object.Index, 0u);
  EXPECT_FALSE(P.Put[0].Object.Indirect);
  EXPECT_EQ(P.Put[1].Object.Where, Slot::This);
  EXPECT_EQ(P.Put[1].Fails, Failure::NonZero);
  EXPECT_TRUE(P.Put[1].Setup);
  EXPECT_EQ(P.Put[2].Call, "acme::unref*");
  EXPECT_TRUE(P.Put[2].Nulls);
  EXPECT_TRUE(P.Put[2].AnyOrder);
  EXPECT_EQ(P.Reset.at(0).Call, "clear");
  EXPECT_EQ(P.Use.at(0).Object.Index, 1u);

  const Handle &H = P.Handles.at(0);
  EXPECT_EQ(H.Type, "acme::Lease");
  EXPECT_EQ(H.Get, (std::vector<std::string>{"get", "data"}));
  EXPECT_EQ(H.Put, std::vector<std::string>{"reset"});
  EXPECT_EQ(H.Release, std::vector<std::string>{"detach"});
  EXPECT_TRUE(H.Copyable);
  EXPECT_FALSE(H.Puts);
  EXPECT_TRUE(H.Spelled);
  EXPECT_EQ(H.Line, 24u);

  EXPECT_EQ(Set.Pools[1].At, Level::Default);
  EXPECT_EQ(Set.Pools[1].What, Kind::Object);
  EXPECT_EQ(Set.Pools[1].Resets, Convention::Unknown);
  EXPECT_FALSE(Set.Pools[1].FreesAll);
}

TEST(ModelReader, ReadsCallbacks) {
  ModelSet Set = read(R"(pools:
  - name: buffer
    type: acme::Pool
    acquire: [{call: get}]
    factory:
      - {argument: 2}
      - {argument: 1, to: set_factory, call: create, nullable: true}
      - {member: make}
      - {policy: 3, call: make, locked: true}
      - {call: "acme::Factory::create"}
    reset_callback:
      - {member: on_put, locked: true}
)");
  ASSERT_EQ(Set.Pools.size(), 1u);
  const std::vector<Callback> &F = Set.Pools[0].Factory;
  ASSERT_EQ(F.size(), 5u);
  EXPECT_EQ(F[0].By, Callback::Argument);
  EXPECT_EQ(F[0].Index, 1u);
  EXPECT_EQ(F[0].To, "");
  EXPECT_EQ(F[0].Call, "");
  EXPECT_FALSE(F[0].Nullable);
  EXPECT_FALSE(F[0].Locked);
  EXPECT_EQ(F[0].Line, 6u);
  EXPECT_EQ(F[1].Index, 0u);
  EXPECT_EQ(F[1].To, "set_factory");
  EXPECT_EQ(F[1].Call, "create");
  EXPECT_TRUE(F[1].Nullable);
  EXPECT_EQ(F[2].By, Callback::Member);
  EXPECT_EQ(F[2].Name, "make");
  EXPECT_EQ(F[3].By, Callback::Policy);
  EXPECT_EQ(F[3].Index, 2u);
  EXPECT_TRUE(F[3].Locked);
  EXPECT_EQ(F[4].By, Callback::Function);
  EXPECT_EQ(F[4].Call, "acme::Factory::create");
  ASSERT_EQ(Set.Pools[0].ResetCallback.size(), 1u);
  EXPECT_EQ(Set.Pools[0].ResetCallback[0].Name, "on_put");
  EXPECT_TRUE(Set.Pools[0].ResetCallback[0].Locked);
}

TEST(ModelReader, ReadsFunctionsAndTypes) {
  ModelSet Set = read(R"(functions:
  - {call: die, noreturn: true, nothrow: true}
  - {call: Pool::spawn, starts_thread: true, waits: true, keeps: true}
  - {call: hand_over, takes: 2}
  - {call: grow, moves: 1}
  - {call: same, returns: 3}
  - {call: sleep, blocks: true, pending: true}
  - {call: "File::~File", closes: true, unregisters: true}
  - {call: name_of, view_of: 1}
  - {call: "Row::name", view_of: this}
types:
  - {type: "Counted*", not_a_pool: true}
  - {type: Registry, long_lived: true, thread_safe: true, reset: [wipe], keep: [name_]}
)");
  ASSERT_EQ(Set.Functions.size(), 9u);
  EXPECT_TRUE(Set.Functions[0].NoReturn && Set.Functions[0].NoThrow);
  EXPECT_EQ(Set.Functions[0].Takes, -1);
  EXPECT_EQ(Set.Functions[0].Source, "m.yaml");
  EXPECT_TRUE(Set.Functions[1].StartsThread && Set.Functions[1].Waits &&
              Set.Functions[1].Keeps);
  EXPECT_EQ(Set.Functions[1].Line, 3u);
  EXPECT_EQ(Set.Functions[2].Takes, 1);
  EXPECT_EQ(Set.Functions[3].Moves, 0);
  EXPECT_EQ(Set.Functions[4].Returns, 2);
  EXPECT_TRUE(Set.Functions[5].Blocks && Set.Functions[5].Pending);
  EXPECT_FALSE(Set.Functions[5].Closes || Set.Functions[5].Unregisters);
  EXPECT_TRUE(Set.Functions[6].Closes && Set.Functions[6].Unregisters);
  EXPECT_FALSE(Set.Functions[6].Blocks || Set.Functions[6].Pending);
  EXPECT_EQ(Set.Functions[6].ViewOf.Where, Slot::None);
  EXPECT_EQ(Set.Functions[7].ViewOf.Where, Slot::Argument);
  EXPECT_EQ(Set.Functions[7].ViewOf.Index, 0u);
  EXPECT_EQ(Set.Functions[8].ViewOf.Where, Slot::This);
  ASSERT_EQ(Set.Types.size(), 2u);
  EXPECT_EQ(Set.Types[0].Type, "Counted*");
  EXPECT_TRUE(Set.Types[0].NotAPool);
  EXPECT_TRUE(Set.Types[1].LongLived && Set.Types[1].ThreadSafe);
  EXPECT_EQ(Set.Types[1].Reset, std::vector<std::string>{"wipe"});
  EXPECT_EQ(Set.Types[1].Keep, std::vector<std::string>{"name_"});
  EXPECT_EQ(Set.Types[1].Line, 13u);
}

TEST(ModelReader, ReadsEveryWord) {
  const std::pair<const char *, Failure> Fails[] = {
      {"never", Failure::Never},     {"null", Failure::Null},
      {"\"null\"", Failure::Null},   {"zero", Failure::Zero},
      {"false", Failure::False},     {"negative", Failure::Negative},
      {"nonzero", Failure::NonZero}, {"throws", Failure::Throws},
      {"blocks", Failure::Blocks},   {"no-memory", Failure::NoMemory}};
  for (auto [Word, Value] : Fails)
    EXPECT_EQ(read("pools: [{name: a, acquire: [{call: f, fails: " +
                   std::string(Word) + "}]}]")
                  .Pools.at(0)
                  .Acquire.at(0)
                  .Fails,
              Value);
  const std::pair<const char *, Convention> Conventions[] = {
      {"unknown", Convention::Unknown},
      {"caller-before-put", Convention::CallerBeforePut},
      {"pool-on-put", Convention::PoolOnPut},
      {"pool-on-acquire", Convention::PoolOnAcquire},
      {"caller-after-acquire", Convention::CallerAfterAcquire},
      {"construct-destroy", Convention::ConstructDestroy},
      {"never", Convention::Never}};
  for (auto [Word, Value] : Conventions)
    EXPECT_EQ(read("pools: [{name: a, put: [{call: f}], convention: " +
                   std::string(Word) + "}]")
                  .Pools.at(0)
                  .Resets,
              Value);
}

TEST(ModelReader, TakesWhatYamlAllows) {
  EXPECT_EQ(read("%YAML 1.1\n---\nmodel: a\n").Pools.size(), 0u);
  EXPECT_EQ(read("\xef\xbb\xbfpools: []\r\n").Pools.size(), 0u);
  EXPECT_EQ(read("pools:\r\n  - name: é\r\n    put: [{call: ::f}]\r\n")
                .Pools.at(0)
                .Line,
            2u);
  EXPECT_EQ(read("functions: [{call: ns::T::operator new, nothrow: true},\n"
                 "  {call: \"operator delete[]\", nothrow: true},\n"
                 "  {call: \"ns::T::operator()\", nothrow: true},\n"
                 "  {call: ns::T::~T, nothrow: true}]")
                .Functions.size(),
            4u);
}

TEST(ModelReader, SourceIsTheOneGivenElseTheModelElseTheFile) {
  ModelSet Set;
  StringRef Text = "model: acme\npools: [{name: a, put: [{call: f}]}]";
  EXPECT_TRUE(readModel(Text, "x.yaml", "built-in acme", Set).empty());
  EXPECT_TRUE(readModel(Text, "x.yaml", "", Set).empty());
  EXPECT_TRUE(
      readModel("pools: [{name: a, put: [{call: f}]}]", "x.yaml", "", Set)
          .empty());
  ASSERT_EQ(Set.Pools.size(), 3u);
  EXPECT_EQ(Set.Pools[0].Source, "built-in acme");
  EXPECT_EQ(Set.Pools[1].Source, "acme");
  EXPECT_EQ(Set.Pools[2].Source, "x.yaml");
}

TEST(ModelErrors, KeepWhatWasReadBefore) {
  ModelSet Set;
  EXPECT_TRUE(
      readModel("pools: [{name: a, put: [{call: f}]}]", "a", "a", Set).empty());
  EXPECT_EQ(readModel("pools: [{name: b, put: [{call: g}]}, {}]", "b", "b", Set)
                .size(),
            1u);
  ASSERT_EQ(Set.Pools.size(), 1u);
  EXPECT_EQ(Set.Pools[0].Name, "a");
}

TEST(ModelErrors, NothingToRead) {
  const char *Nothing = "1:1: error: the file says nothing; expected the keys "
                        "model, level, headers, pools, functions, types, "
                        "configs, checks";
  EXPECT_EQ(errors(""), Nothing);
  EXPECT_EQ(errors("\n\n"), Nothing);
  EXPECT_EQ(errors("# a comment\n"), Nothing);
}

TEST(ModelErrors, NotText) {
  EXPECT_EQ(errors(StringRef("pools\0:", 7)),
            "1:6: error: byte 0x00 is no text; expected a YAML file in UTF-8");
  EXPECT_EQ(errors("model: a\n\x7f"
                   "ELF"),
            "2:1: error: byte 0x7f is no text; expected a YAML file in UTF-8");
  EXPECT_EQ(errors("model: a\xff\n"),
            "1:9: error: byte 0xff is no text; expected a YAML file in UTF-8");
  EXPECT_EQ(errors(std::string(300 * 1024, 'a')),
            "1:1: error: the file is larger than 256 KiB, too large for a "
            "model");
}

TEST(ModelErrors, NotYaml) {
  EXPECT_EQ(errors("model: \"a\npools: []\n"),
            "2:10: error: not valid YAML: expected quote at end of scalar");
  EXPECT_EQ(errors("pools: [\n"),
            "1:9: error: not valid YAML: could not find closing ]");
  EXPECT_EQ(errors("model: a: b\n"),
            "1:9: error: not valid YAML: unexpected token. Expected Key or "
            "Block End");
  EXPECT_EQ(errors("pools:\n  - name: x\n   put: 3\n"),
            "3:7: error: not valid YAML: unexpected token. Expected Block "
            "Entry or Block End");
  EXPECT_EQ(errors("model: a\n---\nmodel: b\n"),
            "3:1: error: a model file holds one YAML document; this is a "
            "second");
}

TEST(ModelErrors, WrongShape) {
  const std::string File = "expected a mapping for a model file (keys model, "
                           "level, headers, pools, functions, types, configs, "
                           "checks), found ";
  EXPECT_EQ(errors("- a\n"), "1:1: error: " + File + "a list");
  EXPECT_EQ(errors("pools\n"), "1:1: error: " + File + "a word");
  EXPECT_EQ(errors("pools: 3\n"),
            "1:8: error: expected a list for 'pools', found a word");
  EXPECT_EQ(errors("pools:\nmodel: a\n"), "1:1: error: 'pools' has no value");
  EXPECT_EQ(errors("model: [a]\n"),
            "1:8: error: expected one word for 'model', found a list");
  EXPECT_EQ(errors("model: ''\n"), "1:8: error: 'model' is empty");
  EXPECT_EQ(errors("? [a]\n: b\n"),
            "1:3: error: expected a key of a model file, found a list");
  EXPECT_EQ(errors("pools:\n  - name: a\n    acquire: [PQexec]\n"),
            "3:15: error: expected a mapping for an acquire (keys call, "
            "object, pool, id, fails, when_null, count, pointer), found a word");
}

TEST(ModelErrors, DeepNestingEndsAtTheSchema) {
  EXPECT_EQ(errors("pools: " + std::string(200000, '[')),
            "1:9: error: expected a mapping for a pool (keys name, type, "
            "object, kind, convention, level, acquire, put, reset, use, "
            "handles, child_of, frees_all, known_ids, factory, "
            "reset_callback, limits_capacity, limits_count), found a list");
  std::string Deep;
  for (int I = 0; I < 60000; ++I)
    Deep += "{a: ";
  EXPECT_EQ(errors(Deep),
            "1:2: error: unknown key 'a' in a model file; expected one of "
            "model, level, headers, pools, functions, types, configs, checks");
}

TEST(ModelErrors, Callbacks) {
  auto In = [](llvm::StringRef Entry) {
    return errors(("pools: [{name: a, type: P, acquire: [{call: f}], " + Entry + "}]").str());
  };
  EXPECT_EQ(In("factory: [{nullable: true}]"),
            "1:60: error: a factory has no 'argument', 'member', 'policy' or "
            "'call'");
  EXPECT_EQ(In("factory: [{argument: 1, member: m}]"),
            "1:60: error: a factory has more than one of argument, member, "
            "policy");
  EXPECT_EQ(In("factory: [{member: m, to: set}]"),
            "1:60: error: a factory has 'to' without 'argument'");
  EXPECT_EQ(In("factory: [{argument: 0}]"),
            "1:71: error: '0' is not an argument number; expected 1 for the "
            "first argument, 2 for the second, …");
  EXPECT_EQ(In("factory: [{policy: two}]"),
            "1:69: error: 'two' is not an argument number; expected 1 for the "
            "first argument, 2 for the second, …");
  EXPECT_EQ(In("reset_callback: [{member: m, nullable: true}]"),
            "1:79: error: unknown key 'nullable' in a reset callback; expected "
            "one of argument, member, policy, call, to, locked");
}

TEST(ModelErrors, Keys) {
  EXPECT_EQ(errors("pools:\n  - name: a\n    aquire: [{call: f}]\n"),
            "3:5: error: unknown key 'aquire' in a pool; did you mean "
            "'acquire'?");
  EXPECT_EQ(errors("size: 3\n"),
            "1:1: error: unknown key 'size' in a model file; expected one of "
            "model, level, headers, pools, functions, types, configs, checks");
  EXPECT_EQ(errors("model: a\nlevel: strict\nmodel: b\n"),
            "3:1: error: duplicate key 'model' in a model file (first on line "
            "1)");
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f, nulls: true}]}]"),
            "1:39: error: unknown key 'nulls' in an acquire; expected one of "
            "call, object, pool, id, fails, when_null, count, pointer");
  EXPECT_EQ(errors("pools: [{name: a, put: [{object: this}]}]"),
            "1:25: error: a put has no 'call'");
  EXPECT_EQ(errors("pools: [{put: [{call: f}]}]"),
            "1:9: error: a pool has no 'name'");
  EXPECT_EQ(errors("pools: [{name: a}]"),
            "1:9: error: the pool 'a' has no acquire, put or handles; it "
            "needs one of them");
  EXPECT_EQ(errors("pools: [{name: a, handles: [{get: [f]}]}]"),
            "1:29: error: a handle has no 'type'");
  EXPECT_EQ(errors("functions: [{call: f}]"),
            "1:13: error: a function of which nothing is said; expected one "
            "of noreturn, starts_thread, waits, nothrow, keeps, takes, moves, "
            "returns, view_of, blocks, closes, unregisters, pending");
  EXPECT_EQ(errors("types: [{not_a_pool: true}]"),
            "1:9: error: a type has no 'type'");
  EXPECT_EQ(errors("types: [{type: T}]"),
            "1:9: error: a type of which nothing is said; expected one of "
            "not_a_pool, long_lived, thread_safe, reset, keep");
}

TEST(ModelErrors, Words) {
  EXPECT_EQ(errors("pools:\n  - name: a\n    acquire:\n"
                   "      - {call: f, fails: nul}\n"),
            "4:26: error: 'nul' is not a way to fail; expected one of never, "
            "null, zero, false, negative, nonzero, throws, blocks, "
            "no-memory");
  EXPECT_EQ(errors("pools: [{name: a, kind: thing, put: [{call: f}]}]"),
            "1:25: error: 'thing' is not a kind of pool; expected one of "
            "object, resource, memory");
  EXPECT_EQ(errors("pools: [{name: a, convention: mine, put: [{call: f}]}]"),
            "1:31: error: 'mine' is not a reset convention; expected one of "
            "unknown, caller-before-put, pool-on-put, pool-on-acquire, "
            "caller-after-acquire, construct-destroy, never");
  EXPECT_EQ(errors("level: high\n"),
            "1:8: error: 'high' is not a level; expected one of default, "
            "strict");
  EXPECT_EQ(errors("functions: [{call: f, noreturn: yes}]"),
            "1:33: error: 'yes' is not an answer to 'noreturn'; expected true "
            "or false");
}

TEST(ModelErrors, Counts) {
  for (const char *Bad : {"0", "-3", "100", "many"}) {
    EXPECT_EQ(errors(("pools: [{name: a, put: [{call: f}], known_ids: " +
                      StringRef(Bad) + ", acquire: [{call: g, id: true}]}]")
                         .str()),
              ("1:48: error: '" + StringRef(Bad) +
               "' is not a number for 'known_ids'; expected 1 to 99")
                  .str());
  }
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f, count: 2}]}]"),
            "1:29: error: an acquire has 'count' without an 'object' as "
            "\"*1\", the array that it fills");
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f, pointer: return}]}]"),
            "1:29: error: an acquire has 'pointer' without 'id: true'; without "
            "an id the pointer is its 'object'");
}

// A tag that is not closed swallows what follows it.
TEST(ModelErrors, OpenTags) {
  EXPECT_EQ(errors("model: !<\npools: 3\n"),
            "1:8: error: not valid YAML: a tag that begins with '!<' has no '>'");
  EXPECT_EQ(errors("model: a\npools:\n  - !<x y\n    name: a\n"),
            "3:5: error: not valid YAML: a tag that begins with '!<' has no '>'");
  EXPECT_EQ(errors("model: '!<'\npools: []\n"), "");
}

TEST(ModelErrors, Slots) {
  EXPECT_EQ(errors("pools: [{name: a, put: [{call: f, object: self}]}]"),
            "1:43: error: 'self' is not a place; expected this, N (argument N, "
            "from 1) or \"*N\" (what argument N points or refers to)");
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f, object: self}]}]"),
            "1:47: error: 'self' is not a place; expected return, this, N "
            "(argument N, from 1) or \"*N\" (what argument N points or refers "
            "to)");
  EXPECT_EQ(errors("pools: [{name: a, put: [{call: f, object: return}]}]"),
            "1:43: error: 'return' is no place for 'object' here; expected "
            "this, N (argument N, from 1) or \"*N\" (what argument N points or "
            "refers to)");
  EXPECT_EQ(errors("functions: [{call: f, view_of: return}]"),
            "1:32: error: 'return' is no place for 'view_of' here; expected "
            "this, N (argument N, from 1) or \"*N\" (what argument N points or "
            "refers to)");
  for (const char *Bad : {"0", "100", "-1", "\"*\"", "\"**1\"", "1x"})
    EXPECT_NE(errors("pools: [{name: a, put: [{call: f, object: " +
                     std::string(Bad) + "}]}]")
                  .find("is not a place"),
              std::string::npos)
        << Bad;
  EXPECT_EQ(errors("pools: [{name: a, put: [{call: f, object: *1}]}]"),
            "1:43: error: a value that starts with '*' needs quotes: \"*1\"");
  EXPECT_EQ(errors("functions: [{call: f, takes: 0}]"),
            "1:30: error: '0' is not an argument number; expected 1 for the "
            "first argument, 2 for the second, …");
}

TEST(ModelErrors, Names) {
  auto Wrong = [](const char *Name) {
    return errors("functions: [{call: \"" + std::string(Name) +
                  "\", noreturn: true}]");
  };
  EXPECT_EQ(Wrong("Pool<int>::get"),
            "1:20: error: 'Pool<int>::get' has template arguments; write the "
            "name without them, it stands for every one");
  EXPECT_EQ(Wrong("get()"),
            "1:20: error: 'get()' has parentheses; write the name alone");
  EXPECT_EQ(Wrong("n*::get"),
            "1:20: error: 'n*::get' has a '*' that is not in its last part");
  EXPECT_EQ(Wrong("a b"), "1:20: error: 'a b' is not a qualified name");
  EXPECT_EQ(Wrong("a::"), "1:20: error: 'a::' is not a qualified name");
  EXPECT_EQ(errors("types: [{type: \"A*B\", not_a_pool: true}]"),
            "1:16: error: 'A*B' has a '*' that is not at its end");
}

TEST(ModelErrors, Parents) {
  EXPECT_EQ(errors("pools: [{name: a, put: [{call: f}], child_of: [b]}]"),
            "1:48: error: 'b' is not the name of a pool in this file");
}

TEST(ModelErrors, Contradictions) {
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f}], put: [{call: f}]}]"),
            "1:47: error: 'f' is an acquire of the pool 'a' already (line 1); it "
            "cannot be both");
  EXPECT_EQ(errors("pools:\n  - {name: a, acquire: [{call: f}]}\n"
                   "  - {name: b, acquire: [{call: f}]}\n"),
            "3:25: error: 'f' is an acquire of the pool 'a' already (line 2); it "
            "hands out what one pool has");
  // What closes two things, and members of two classes.
  EXPECT_EQ(errors("pools:\n  - {name: a, acquire: [{call: f}], put: [{call: p}]}\n"
                   "  - {name: b, acquire: [{call: g}], put: [{call: p}]}\n"
                   "  - {name: c, type: X, acquire: [{call: f}]}\n"
                   "  - {name: d, type: Y, acquire: [{call: f}]}\n"),
            "");
  EXPECT_EQ(errors("pools: [{name: a, known_ids: 3, acquire: [{call: f}]}]"),
            "1:30: error: 'known_ids' of a pool without an acquire that has "
            "'id: true'; only ids are known");
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: f, object: this}]}]"),
            "1:29: error: 'f' is no member of a class, so there is no 'this'; give "
            "the pool a 'type' or an 'object', or the call its qualified name");
  EXPECT_EQ(errors("pools: [{name: a, acquire: [{call: \"X::f\", object: this}]}]"),
            "");
}

TEST(ModelErrors, NobodyIsItsOwnGrandparent) {
  EXPECT_EQ(errors("pools:\n  - {name: a, put: [{call: f}], child_of: [b]}\n"
                   "  - {name: b, put: [{call: g}], child_of: [c]}\n"
                   "  - {name: c, put: [{call: h}], child_of: [a]}\n"),
            "2:44: error: 'b' is itself a child of 'a', so neither could be closed "
            "first");
  EXPECT_EQ(errors("pools: [{name: a, put: [{call: f}], child_of: [a]}]"), "");
}

TEST(ModelErrors, SeveralAreToldAtOnceButNotWithoutEnd) {
  EXPECT_EQ(errors("level: high\nlevl: strict\n"),
            "1:8: error: 'high' is not a level; expected one of default, "
            "strict\n2:1: error: unknown key 'levl' in a model file; did you "
            "mean 'level'?");
  std::string Many;
  for (int I = 0; I < 1000; ++I)
    Many += "k" + std::to_string(I) + ": 1\n";
  EXPECT_EQ(StringRef(errors(Many)).count('\n'), 19u);
}

TEST(BuiltinModels, ReadAndSaySomething) {
  ASSERT_FALSE(builtinFiles().empty());
  for (const BuiltinFile &M : builtinFiles()) {
    ModelSet Set;
    for (const ModelError &E : readModel(M.Text, M.Name, "built-in", Set))
      ADD_FAILURE() << print(E);
    EXPECT_FALSE(Set.Pools.empty() && Set.Functions.empty() &&
                 Set.Configs.empty())
        << M.Name;
    EXPECT_TRUE(Set.Options.empty()) << "options of checks are the user's";
    EXPECT_TRUE(StringRef(M.Text).contains("\nmodel: " + M.Name + "\n"))
        << M.Name << " calls itself something else";
  }
}

/// The table that is compiled in says what the files say, field by field.
TEST(BuiltinModels, TheTableIsWhatTheFilesSay) {
  ModelSet FromFiles, FromTable;
  for (const BuiltinFile &M : builtinFiles())
    readModel(M.Text, M.Name + ".yaml", "built-in " + M.Name, FromFiles);
  addBuiltinModels(FromTable);
  EXPECT_EQ(FromTable.Pools.size(), FromFiles.Pools.size());
  TableWriter Files, Table;
  Files(FromFiles);
  Table(FromTable);
  EXPECT_TRUE(Files.Bytes == Table.Bytes);
  EXPECT_TRUE(Files.Bytes == builtinTable());
}

/// An acquire or put that two pools claim would be the first one's alone.
TEST(BuiltinModels, NoCallBelongsToTwoPools) {
  ModelSet All;
  addBuiltinModels(All);
  std::vector<std::string> Seen;
  for (const Pool &P : All.Pools)
    for (const auto *Ops : {&P.Acquire, &P.Put, &P.Reset, &P.Use})
      for (const Operation &Op : *Ops) {
        bool Member = !StringRef(Op.Call).contains("::");
        StringRef Owner = Op.Object.Where == Slot::This ? P.Object : P.Type;
        std::string Full =
            Member && !Owner.empty() ? Owner.str() + "::" + Op.Call : Op.Call;
        EXPECT_FALSE(llvm::is_contained(Seen, Full)) << Full;
        Seen.push_back(Full);
      }
}

} // namespace

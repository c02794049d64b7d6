//===- Yaml.cpp - model files ---------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// The schema of a model file over YamlReader. docs/models.md has it in words.
//
//===----------------------------------------------------------------------===//
#include "Yaml.h"
#include "YamlParts.h"
#include "YamlReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include <iterator>

using namespace llvm;

namespace pooltidy::model {

namespace {

constexpr std::pair<StringLiteral, Kind> Kinds[] = {
    {"object", Kind::Object},
    {"resource", Kind::Resource},
    {"memory", Kind::Memory}};

constexpr std::pair<StringLiteral, Convention> Conventions[] = {
    {"unknown", Convention::Unknown},
    {"caller-before-put", Convention::CallerBeforePut},
    {"pool-on-put", Convention::PoolOnPut},
    {"pool-on-acquire", Convention::PoolOnAcquire},
    {"caller-after-acquire", Convention::CallerAfterAcquire},
    {"construct-destroy", Convention::ConstructDestroy},
    {"never", Convention::Never}};

constexpr std::pair<StringLiteral, Level> Levels[] = {
    {"default", Level::Default}, {"strict", Level::Strict}};

constexpr std::pair<StringLiteral, Failure> Failures[] = {
    {"never", Failure::Never},       {"null", Failure::Null},
    {"zero", Failure::Zero},         {"false", Failure::False},
    {"negative", Failure::Negative}, {"nonzero", Failure::NonZero},
    {"throws", Failure::Throws},     {"blocks", Failure::Blocks},
    {"no-memory", Failure::NoMemory}};

enum class Role { Acquire, Put, Reset, Use };

} // namespace

/// More arguments than this nobody writes; it is a typing mistake.
constexpr unsigned MaxArguments = 99;
/// Nor does anybody count things one by one beyond this.
constexpr unsigned MaxCount = 99;

/// What is wrong with \p Name as the name of a function or type, or empty.
static std::string wrongWith(StringRef Name, bool IsType) {
  StringRef Rest = Name;
  Rest.consume_front("::");
  if (IsType)
    Rest.consume_back("*");
  SmallVector<StringRef, 6> Parts;
  Rest.split(Parts, "::");
  for (const StringRef &Part : Parts) {
    bool Last = &Part == &Parts.back();
    if (Last && !IsType && Part.starts_with("operator") &&
        !isAlnum(Part.drop_front(8).take_front().empty() ? ' ' : Part[8]))
      continue;
    if (Part.empty())
      return "'" + Name.str() + "' is not a qualified name";
    for (char C : Part) {
      if (C == '<' || C == '>')
        return "'" + Name.str() +
               "' has template arguments; write the name "
               "without them, it stands for every one";
      if (C == '(' || C == ')')
        return "'" + Name.str() + "' has parentheses; write the name alone";
      if (C == '*' && IsType)
        return "'" + Name.str() + "' has a '*' that is not at its end";
      if (C == '*' && !Last)
        return "'" + Name.str() + "' has a '*' that is not in its last part";
      if (!isAlnum(C) && !StringRef("_~$*").contains(C) &&
          static_cast<unsigned char>(C) < 0x80)
        return "'" + Name.str() + "' is not a qualified name";
    }
  }
  return "";
}

std::string readName(YamlReader &R, yaml::Node &N, StringRef Key, bool IsType) {
  std::optional<std::string> Name = R.text(N, Key);
  if (!Name)
    return "";
  if (std::string Wrong = wrongWith(*Name, IsType); !Wrong.empty())
    R.error(N, Wrong);
  return *Name;
}

int readArgument(YamlReader &R, yaml::Node &N, StringRef Key) {
  std::optional<std::string> Word = R.text(N, Key);
  unsigned Number = 0;
  if (Word && (StringRef(*Word).getAsInteger(10, Number) || Number < 1 ||
               Number > MaxArguments)) {
    R.error(N, "'" + *Word +
                   "' is not an argument number; expected 1 for the first "
                   "argument, 2 for the second, …");
    return -1;
  }
  return int(Number) - 1;
}

namespace {

class ModelReader {
public:
  ModelReader(StringRef Text, StringRef File, StringRef Source, ModelSet &Into,
              std::vector<ModelError> &Errors)
      : R(Text, File, Errors), File(File), Source(Source), Into(Into) {}

  void read() {
    R.read("the keys model, level, headers, pools, functions, types, configs, "
           "checks",
           [&](yaml::Node &Root) { file(Root); });
  }

private:
  using Node = yaml::Node;

  void file(Node &N) {
    std::vector<std::string> Headers;
    std::string Model;
    Level At = Level::Default;
    std::vector<bool> LevelSaid;
    R.keys(N, "a model file",
           {"model", "level", "headers", "pools", "functions", "types",
            "configs", "checks"},
           [&](StringRef Key, Node &Value) {
             if (Key == "model")
               Model = R.text(Value, Key).value_or("");
             else if (Key == "level")
               At = level(Value);
             else if (Key == "headers")
               Headers = R.texts(Value, Key);
             else if (Key == "pools")
               R.list(Value, Key,
                      [&](Node &E) { LevelSaid.push_back(pool(E)); });
             else if (Key == "functions")
               R.list(Value, Key, [&](Node &E) { function(E); });
             else if (Key == "types")
               R.list(Value, Key, [&](Node &E) { type(E); });
             else if (Key == "configs")
               R.list(Value, Key,
                      [&](Node &E) { Into.Configs.push_back(readConfig(R, E)); });
             else
               readCheckOptions(R, Value, File, Into.Options);
           });
    if (R.stopped())
      return;
    if (Source.empty())
      Source = Model.empty() ? File.str() : Model;
    // Keys come in any order, so what holds for all pools is set at the end.
    for (auto [P, Said] : zip(Into.Pools, LevelSaid)) {
      P.Source = Source;
      P.Headers = Headers;
      if (!Said)
        P.At = At;
    }
    for (FunctionRule &F : Into.Functions)
      F.Source = Source;
    for (TypeRule &T : Into.Types)
      T.Source = Source;
    for (ConfigRule &C : Into.Configs)
      C.Source = Source;
    if (R.count() != 0)
      return; // a pool that was not read may be the one
    for (const auto &[Child, Parent, At] : Parents)
      if (none_of(Into.Pools,
                  [&, Name = Parent](const Pool &P) { return P.Name == Name; }))
        R.error(*At, "'" + Parent + "' is not the name of a pool in this file");
    if (R.count() == 0)
      contradictions(R, Into, Said, Parents);
  }

  /// Reads a pool; gives whether it says its level itself.
  bool pool(Node &N) {
    Pool P;
    P.File = File.str();
    P.Line = R.line(N);
    size_t ErrorsAhead = R.count();
    Node *KnownIds = nullptr;
    unsigned Seen = R.keys(
        N, "a pool",
        {"name", "type", "object", "kind", "convention", "level", "acquire",
         "put", "reset", "use", "handles", "child_of", "frees_all",
         "known_ids", "factory", "reset_callback", "limits_capacity",
         "limits_count"},
        [&](StringRef Key, Node &V) {
          if (Key == "name")
            P.Name = R.text(V, Key).value_or("");
          else if (Key == "type")
            P.Type = name(V, Key, true);
          else if (Key == "object")
            P.Object = name(V, Key, true);
          else if (Key == "kind")
            P.What = R.word<Kind>(V, Key, "a kind of pool", Kinds);
          else if (Key == "convention")
            P.Resets =
                R.word<Convention>(V, Key, "a reset convention", Conventions);
          else if (Key == "level")
            P.At = level(V);
          else if (Key == "acquire")
            operations(V, Key, Role::Acquire, P.Acquire);
          else if (Key == "put")
            operations(V, Key, Role::Put, P.Put);
          else if (Key == "reset")
            operations(V, Key, Role::Reset, P.Reset);
          else if (Key == "use")
            operations(V, Key, Role::Use, P.Use);
          else if (Key == "handles")
            R.list(V, Key, [&](Node &E) { handle(E, P); });
          else if (Key == "child_of")
            R.list(V, Key, [&](Node &E) {
              if (std::optional<std::string> Parent = R.text(E, "child_of")) {
                Parents.push_back({Into.Pools.size(), *Parent, &E});
                P.ChildOf.push_back(std::move(*Parent));
              }
            });
          else if (Key == "known_ids")
            P.KnownIds = count(V, Key), KnownIds = &V;
          else if (Key == "factory")
            callbacks(V, Key, P.Factory);
          else if (Key == "reset_callback")
            callbacks(V, Key, P.ResetCallback);
          else if (Key == "limits_capacity")
            P.LimitsCapacity = R.boolean(V, Key);
          else if (Key == "limits_count")
            P.LimitsCount = R.boolean(V, Key);
          else
            P.FreesAll = R.boolean(V, Key);
        });
    require(N, "a pool", Seen & 1, "name");
    if (!R.stopped() && R.count() == ErrorsAhead && P.Acquire.empty() &&
        P.Put.empty() && P.Handles.empty())
      R.error(N, "the pool '" + P.Name +
                     "' has no acquire, put or handles; it needs one of them");
    if (KnownIds && none_of(P.Acquire, [](const Operation &Op) { return Op.Id; }))
      R.error(*KnownIds, "'known_ids' of a pool without an acquire that has "
                         "'id: true'; only ids are known");
    Into.Pools.push_back(std::move(P));
    return Seen >> 5 & 1;
  }

  void operations(Node &N, StringRef Key, Role What,
                  std::vector<Operation> &Into) {
    static constexpr StringLiteral Keys[] = {
        "call",  "object",  "pool",  "id",    "fails",    "when_null",
        "count", "pointer", "nulls", "setup", "any_order"};
    StringRef Name = What == Role::Acquire ? "an acquire"
                     : What == Role::Put   ? "a put"
                     : What == Role::Reset ? "a reset"
                                           : "a use";
    size_t PoolsAhead = this->Into.Pools.size();
    // Only what means something for the role is a key of it.
    SmallVector<StringLiteral, 9> Allowed(ArrayRef(Keys).take_front(5));
    if (What == Role::Acquire)
      Allowed.append(std::begin(Keys) + 5, std::begin(Keys) + 8);
    if (What == Role::Put)
      Allowed.append(std::begin(Keys) + 8, std::end(Keys));
    R.list(N, Key, [&](Node &Entry) {
      Operation Op;
      Op.Line = R.line(Entry);
      Op.Object.Where = What == Role::Acquire ? Slot::Return : Slot::Argument;
      unsigned Seen = R.keys(Entry, Name, Allowed, [&](StringRef Key, Node &V) {
        if (Key == "call")
          Op.Call = name(V, Key, false);
        else if (Key == "object")
          Op.Object = slot(V, Key, What == Role::Acquire);
        else if (Key == "pool")
          Op.Pool = slot(V, Key, /*Result=*/false);
        else if (Key == "id")
          Op.Id = R.boolean(V, Key);
        else if (Key == "fails")
          Op.Fails = R.word<Failure>(V, Key, "a way to fail", Failures);
        else if (Key == "when_null")
          Op.WhenNull = argument(V, Key);
        else if (Key == "count")
          Op.Count = count(V, Key);
        else if (Key == "pointer")
          Op.Pointer = slot(V, Key);
        else if (Key == "nulls")
          Op.Nulls = R.boolean(V, Key);
        else if (Key == "setup")
          Op.Setup = R.boolean(V, Key);
        else
          Op.AnyOrder = R.boolean(V, Key);
      });
      require(Entry, Name, Seen & 1, "call");
      Said.push_back({PoolsAhead, What == Role::Acquire, What == Role::Put,
                      Op.Object.Where == Slot::This, Op.Call, &Entry});
      if (What == Role::Acquire) {
        if ((Seen & 1 << 6) && !Op.Object.Indirect)
          R.error(Entry, "an acquire has 'count' without an 'object' as \"*1\", "
                         "the array that it fills");
        if ((Seen & 1 << 7) && !Op.Id)
          R.error(Entry, "an acquire has 'pointer' without 'id: true'; without "
                         "an id the pointer is its 'object'");
      }
      Into.push_back(std::move(Op));
    });
  }

  void callbacks(Node &N, StringRef Key, std::vector<Callback> &Into) {
    StringRef Name = Key == "factory" ? "a factory" : "a reset callback";
    static constexpr StringLiteral Keys[] = {
        "argument", "member", "policy", "call", "to", "locked", "nullable"};
    // Nobody passes null on but the caller of a factory.
    ArrayRef Allowed = ArrayRef(Keys).drop_back(Key != "factory");
    R.list(N, Key, [&](Node &Entry) {
      Callback C;
      C.Line = R.line(Entry);
      size_t ErrorsAhead = R.count();
      unsigned Seen = R.keys(Entry, Name, Allowed, [&](StringRef Key, Node &V) {
        if (Key == "argument" || Key == "policy") {
          C.By = Key == "argument" ? Callback::Argument : Callback::Policy;
          C.Index = argument(V, Key);
        } else if (Key == "member") {
          C.By = Callback::Member;
          C.Name = R.text(V, Key).value_or("");
        } else if (Key == "call") {
          C.Call = name(V, Key, false);
        } else if (Key == "to") {
          C.To = R.text(V, Key).value_or("");
        } else if (Key == "locked") {
          C.Locked = R.boolean(V, Key);
        } else {
          C.Nullable = R.boolean(V, Key);
        }
      });
      if (R.stopped() || R.count() != ErrorsAhead)
        return;
      unsigned Ways = popcount(Seen & 7);
      if (Ways > 1)
        R.error(Entry, Name + " has more than one of argument, member, policy");
      else if (!Ways && !(Seen & 8))
        R.error(Entry, Name + " has no 'argument', 'member', 'policy' or 'call'");
      else if ((Seen & 16) && C.By != Callback::Argument)
        R.error(Entry, Name + " has 'to' without 'argument'");
      else
        Into.push_back(std::move(C));
    });
  }

  void handle(Node &N, Pool &P) {
    Handle H;
    H.Line = R.line(N);
    unsigned Seen = R.keys(
        N, "a handle", {"type", "get", "put", "release", "copyable", "puts", "spelled"},
        [&](StringRef Key, Node &V) {
          if (Key == "type")
            H.Type = name(V, Key, true);
          else if (Key == "get")
            H.Get = R.texts(V, Key);
          else if (Key == "put")
            H.Put = R.texts(V, Key);
          else if (Key == "release")
            H.Release = R.texts(V, Key);
          else if (Key == "copyable")
            H.Copyable = R.boolean(V, Key);
          else if (Key == "puts")
            H.Puts = R.boolean(V, Key);
          else
            H.Spelled = R.boolean(V, Key);
        });
    require(N, "a handle", Seen & 1, "type");
    P.Handles.push_back(std::move(H));
  }

  void function(Node &N) {
    FunctionRule F;
    F.Line = R.line(N);
    unsigned Seen = R.keys(N, "a function",
                           {"call", "noreturn", "starts_thread", "waits",
                            "nothrow", "keeps", "takes", "moves", "returns",
                            "view_of", "blocks", "closes", "unregisters",
                            "pending"},
                           [&](StringRef Key, Node &V) {
                             if (Key == "call")
                               F.Call = name(V, Key, false);
                             else if (Key == "noreturn")
                               F.NoReturn = R.boolean(V, Key);
                             else if (Key == "starts_thread")
                               F.StartsThread = R.boolean(V, Key);
                             else if (Key == "waits")
                               F.Waits = R.boolean(V, Key);
                             else if (Key == "nothrow")
                               F.NoThrow = R.boolean(V, Key);
                             else if (Key == "keeps")
                               F.Keeps = R.boolean(V, Key);
                             else if (Key == "takes")
                               F.Takes = argument(V, Key);
                             else if (Key == "moves")
                               F.Moves = argument(V, Key);
                             else if (Key == "returns")
                               F.Returns = argument(V, Key);
                             else if (Key == "view_of")
                               F.ViewOf = slot(V, Key, /*Result=*/false);
                             else if (Key == "blocks")
                               F.Blocks = R.boolean(V, Key);
                             else if (Key == "closes")
                               F.Closes = R.boolean(V, Key);
                             else if (Key == "unregisters")
                               F.Unregisters = R.boolean(V, Key);
                             else
                               F.Pending = R.boolean(V, Key);
                           });
    require(N, "a function", Seen & 1, "call");
    saysSomething(N, "a function", Seen,
                  "noreturn, starts_thread, waits, nothrow, keeps, takes, "
                  "moves, returns, view_of, blocks, closes, unregisters, "
                  "pending");
    Into.Functions.push_back(std::move(F));
  }

  void type(Node &N) {
    TypeRule T;
    T.Line = R.line(N);
    unsigned Seen = R.keys(
        N, "a type",
        {"type", "not_a_pool", "long_lived", "thread_safe", "reset", "keep"},
        [&](StringRef Key, Node &V) {
          if (Key == "type")
            T.Type = name(V, Key, true);
          else if (Key == "not_a_pool")
            T.NotAPool = R.boolean(V, Key);
          else if (Key == "long_lived")
            T.LongLived = R.boolean(V, Key);
          else if (Key == "thread_safe")
            T.ThreadSafe = R.boolean(V, Key);
          else if (Key == "reset")
            T.Reset = R.texts(V, Key);
          else
            T.Keep = R.texts(V, Key);
        });
    require(N, "a type", Seen & 1, "type");
    saysSomething(N, "a type", Seen,
                  "not_a_pool, long_lived, thread_safe, reset, keep");
    Into.Types.push_back(std::move(T));
  }

  void require(Node &N, StringRef What, bool Seen, StringRef Key) {
    if (!Seen && !R.stopped())
      R.error(N, What + " has no '" + Key + "'");
  }

  /// \p Seen has the bit of the first key, the name, and should have more.
  void saysSomething(Node &N, StringRef What, unsigned Seen, StringRef Keys) {
    if (Seen == 1 && !R.stopped())
      R.error(N, What + " of which nothing is said; expected one of " + Keys);
  }

  Level level(Node &N) { return R.word<Level>(N, "level", "a level", Levels); }

  std::string name(Node &N, StringRef Key, bool IsType) {
    return readName(R, N, Key, IsType);
  }
  int argument(Node &N, StringRef Key) { return readArgument(R, N, Key); }

  /// \p Result: what the call returns may be meant.
  Slot slot(Node &N, StringRef Key, bool Result = true) {
    Slot S;
    std::optional<std::string> Word = R.text(N, Key);
    if (!Word)
      return S;
    StringRef Rest = *Word;
    if (Rest == "return" && !Result) {
      R.error(N, "'return' is no place for '" + Key +
                     "' here; expected this, N (argument N, from 1) or \"*N\" "
                     "(what argument N points or refers to)");
    } else if (Rest == "return") {
      S.Where = Slot::Return;
    } else if (Rest == "this") {
      S.Where = Slot::This;
    } else {
      S.Where = Slot::Argument;
      S.Indirect = Rest.consume_front("*");
      if (Rest.getAsInteger(10, S.Index) || S.Index < 1 ||
          S.Index > MaxArguments)
        R.error(N, "'" + *Word + "' is not a place; expected " +
                       (Result ? "return, " : "") +
                       "this, N (argument N, from 1) or \"*N\" (what argument "
                       "N points or refers to)");
      S.Index -= 1;
    }
    return S;
  }

  /// A number of things, from 1.
  unsigned count(Node &N, StringRef Key) {
    std::optional<std::string> Word = R.text(N, Key);
    unsigned Number = 1;
    if (Word && (StringRef(*Word).getAsInteger(10, Number) || Number < 1 ||
                 Number > MaxCount)) {
      R.error(N, "'" + *Word + "' is not a number for '" + Key +
                     "'; expected 1 to " + Twine(MaxCount));
      return 1;
    }
    return Number;
  }

  YamlReader R;
  StringRef File;
  std::string Source;
  ModelSet &Into;
  std::vector<SaidParent> Parents;
  std::vector<SaidCall> Said;
};

template <typename T> void append(std::vector<T> &To, std::vector<T> &From) {
  To.insert(To.end(), std::make_move_iterator(From.begin()),
            std::make_move_iterator(From.end()));
}

} // namespace

std::vector<ModelError> readModel(StringRef Text, StringRef File,
                                  StringRef Source, ModelSet &Into) {
  std::vector<ModelError> Errors;
  ModelSet Read;
  ModelReader(Text, File, Source.str(), Read, Errors).read();
  if (!Errors.empty())
    return Errors;
  append(Into.Pools, Read.Pools);
  append(Into.Functions, Read.Functions);
  append(Into.Types, Read.Types);
  append(Into.Configs, Read.Configs);
  append(Into.Options, Read.Options);
  return Errors;
}

} // namespace pooltidy::model

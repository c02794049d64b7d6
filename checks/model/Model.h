//===- Model.h - what is a pool, as data ------------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What the tool knows about pools, as plain data: read from YAML (Yaml.h) or
// made from attributes and heuristics (Classifier.h). Nothing here knows the
// AST. docs/models.md is this file in words, with an example for each shape.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_MODEL_H
#define POOLTIDY_MODEL_MODEL_H

#include <string>
#include <string_view>
#include <vector>

namespace pooltidy::model {

/// What a pool hands out.
enum class Kind {
  Object,   ///< values that are reused: buffers, messages
  Resource, ///< long-lived things closed in pairs: connections, files
  Memory    ///< raw storage: no state, no reset, no finalizer question
};

/// Who makes an object as good as new, and when.
enum class Convention {
  Unknown,
  CallerBeforePut,    ///< whoever puts it back resets it first
  PoolOnPut,          ///< the pool's put resets it
  PoolOnAcquire,      ///< the pool's acquire resets it
  CallerAfterAcquire, ///< whoever acquires it resets it first
  ConstructDestroy,   ///< constructed on acquire, destroyed on put
  Never               ///< nothing to reset
};

enum class Level { Default, Strict };

/// How a function tells that it failed.
enum class Failure {
  Never,
  Null,     ///< returns a null pointer, or an empty handle
  NoMemory, ///< likewise, and for want of memory only
  Zero,     ///< returns index 0
  False,    ///< returns false
  Negative, ///< returns a number below zero
  NonZero,  ///< returns an error code: anything but 0
  Throws,
  Blocks ///< waits until there is one
};

/// Whether the caller is told of the failure, by the result.
inline bool isTold(Failure F) {
  return F != Failure::Never && F != Failure::Throws && F != Failure::Blocks;
}

/// Where a function has its object: `return`, `this`, `N` (argument N, from 1),
/// `*N` (what argument N points or refers to).
struct Slot {
  enum Place { None, Return, This, Argument } Where = None;
  unsigned Index = 0;    ///< argument number from 0, for Argument
  bool Indirect = false; ///< `*N`
};

/// One function of a pool: acquire, put, reset, or a handle's member.
struct Operation {
  std::string Call;   ///< name, qualified unless the pool names a type; may
                      ///< hold `*` as a wildcard in its last component
  Slot Object;        ///< where the object (or the id that stands for it) is
  Slot Pool;          ///< which argument is the pool; None: `this`, or none
  Failure Fails = Failure::Never;
  bool Nulls = false; ///< put: sets the caller's pointer to null
  bool Id = false;    ///< the object travels as an id or index, not a pointer
  bool Setup = false; ///< put: fills the pool at start, takes no lease back
  unsigned Line = 0;  ///< where the model file says so, from 1
  bool AnyOrder = false; ///< put: allowed while children are still open
  int WhenNull = -1;     ///< acquire: only where this argument (from 0) is
                         ///< known to be null, as `mysql_init(nullptr)`
  unsigned Count = 1;    ///< acquire: so many, in the array that Object is
  Slot Pointer;          ///< acquire of an id: where a pointer to the object is
  /// Who says how it fails: a model or attribute, a body or signature (of which the engine
  /// may know better), nothing but the name.
  enum Evidence { Said, Seen, Named } FailsBy = Said;
};

/// Owners of the library, which own anything: a pool's are those that it returns.
inline bool isLibraryOwner(std::string_view Type) {
  if (Type.starts_with("::"))
    Type.remove_prefix(2);
  return Type == "std::unique_ptr" || Type == "std::shared_ptr";
}

/// An RAII owner whose destructor puts or closes.
struct Handle {
  std::string Type;                 ///< qualified name of class or template
  std::vector<std::string> Release; ///< members that give the lease up
  std::vector<std::string> Put;     ///< members that put it back now
  std::vector<std::string> Get;     ///< members that show the raw pointer
  bool Copyable = false;            ///< copies share the lease (refcount)
  bool Puts = true; ///< its destructor does; else dropping it loses the lease
  bool Spelled = false;             ///< usable in a fix as `Type name(expr);`
  unsigned Line = 0;
};

/// A function that a pool is told to call: its factory, or what it resets with.
struct Callback {
  enum Way {
    Function, ///< the function Call, or what overrides it
    Argument, ///< argument Index of the pool's constructor, or of its member To
    Member,   ///< what its member Name holds
    Policy    ///< template argument Index of the pool's class
  } By = Function;
  unsigned Index = 0;    ///< from 0
  std::string Name, To;
  std::string Call;      ///< the method of the object that is given; empty when
                         ///< what is given is itself called
  bool Nullable = false; ///< factory: the pool expects null of it
  bool Locked = false;   ///< the pool holds its lock while it calls
  unsigned Line = 0;
};

/// One acquire/put family.
struct Pool {
  std::string Name;                ///< word for messages: "result", "file"
  std::string Type;                ///< class whose members the calls are; may be empty
  std::string Object;              ///< type handed out, when one; may be empty
  Kind What = Kind::Object;
  Convention Resets = Convention::Unknown;
  Level At = Level::Default;
  std::vector<Operation> Acquire, Put, Reset, Use;
  std::vector<Handle> Handles;
  std::vector<Callback> Factory, ResetCallback;
  std::vector<std::string> ChildOf; ///< names of pools in this set whose object
                                    ///< must outlive this one
  std::string Source;               ///< provenance: "built-in libpq", a path,
                                    ///< "attribute", "heuristic: ..."
  std::string File;                 ///< YAML file, when there is one
  unsigned Line = 0;
  bool Possible = false; ///< weak evidence: findings are never definite
  unsigned KnownIds = 0; ///< ids below it belong to the whole process: standard
                         ///< input and output are nobody's leak
  bool FreesAll = false; ///< what is not put dies with the pool: no leak
  std::vector<std::string> Headers; ///< where the API is declared
  bool LimitsCapacity = false; ///< a put drops or shrinks what has become large
  bool LimitsCount = false;    ///< a put keeps no more than so many
};

/// What is known of one function beside acquire/put/reset.
struct FunctionRule {
  std::string Call;
  bool NoReturn = false;     ///< never returns
  bool StartsThread = false; ///< runs a callable argument on another thread
  bool Waits = false;        ///< waits until started work is done
  bool NoThrow = false;      ///< never throws
  bool Keeps = false;        ///< its pointer arguments are only used, not kept
  int Takes = -1;            ///< argument (from 0) whose ownership it takes: the
                             ///< caller owes no put any more, a later put or
                             ///< use is not reported
  int Moves = -1;            ///< realloc-like: argument N (from 0) is replaced
                             ///< by the result, and stays valid when it fails
  std::string Source;
  unsigned Line = 0;
  int Returns = -1; ///< the result is this argument (from 0) itself, or null
  bool Blocks = false;      ///< sleeps, waits for a process, or asks the network
                            ///< or the disk and waits for the answer
  bool Closes = false;      ///< closes what the operating system gave
  bool Unregisters = false; ///< takes something out of a registry
  bool Pending = false;     ///< begins a timer or an operation that goes on until
                            ///< it ends by itself or is cancelled
  Slot ViewOf; ///< the result looks into this object, and dangles once that is
               ///< put or closed
};

/// What is known of one type.
struct TypeRule {
  std::string Type; ///< qualified name, may end in `*`
  bool NotAPool = false;
  bool LongLived = false;
  bool ThreadSafe = false;
  std::vector<std::string> Reset; ///< members that reset an object of the type
  std::vector<std::string> Keep;  ///< fields that reset may leave
  std::string Source;
  unsigned Line = 0;
};

/// A number that somebody sets, and where: a member or setter of a class, an
/// argument of a call, or a key in a text argument of a call.
struct Setting {
  std::string Name;   ///< the word for messages; also the member or the key
  std::string Setter; ///< member function that sets it by its first argument
  int Argument = -1;  ///< argument (from 0) of the call
  std::string Option; ///< enumerator: the argument after it is the value
  double Unit = 0;    ///< nanoseconds that a plain 1 stands for; 0: no time
};

/// What a value is compared with.
struct Bound {
  double Number = 0;
  bool IsTime = false; ///< Number is nanoseconds
  int Other = -1;      ///< instead of a number: this setting of the rule
};

/// A question about one setting.
struct Condition {
  enum Test { Below, AtMost, Equals, AtLeast, Above, IsSet, IsMissing };
  unsigned Of = 0; ///< the setting, as its place in ConfigRule::Settings
  Test How = IsSet;
  Bound With;
};

/// Values that are a mistake, and why.
struct Risk {
  Condition Is;
  std::vector<Condition> When; ///< only where all of these hold too
  /// Template argument (from 0) of the pool that the options are given to: a
  /// class whose members say what a setting can do; or -1.
  int Policy = -1;
  std::vector<std::string> Lacks; ///< only where it has none of these members
  std::vector<std::string> Has;   ///< only where it does not lack all of these
  std::string Because;
  unsigned Line = 0;
};

/// What is known of one set of option values: those of a class, or those that
/// a call is given.
struct ConfigRule {
  enum TextFormat { NoText, Json, Uri };
  std::string Type;               ///< the class, or
  std::vector<std::string> Calls; ///< constructors and functions
  int Text = -1;                  ///< argument (from 0) whose text holds keys
  TextFormat Format = NoText;
  std::vector<Setting> Settings;
  std::vector<Risk> Risks;
  std::string Source;
  unsigned Line = 0;
};

/// The value of an option of a check, as a model file says it.
struct CheckOption {
  std::string Check, Name;
  std::vector<std::string> Values; ///< one, or the entries of a list
  bool IsList = false;
  std::string File;
  unsigned Line = 0, Column = 0; ///< of the option's name
};

/// Everything one run knows. Order is reading order: the first that answers
/// wins, so user files come before built-in ones.
struct ModelSet {
  std::vector<Pool> Pools;
  std::vector<FunctionRule> Functions;
  std::vector<TypeRule> Types;
  std::vector<ConfigRule> Configs;
  std::vector<CheckOption> Options;
};

/// What is wrong with a model file, ready to print as
/// `File:Line:Column: error: Message`.
struct ModelError {
  std::string File;
  unsigned Line = 0, Column = 0; ///< from 1; 0 when the file was not read
  std::string Message;
};

} // namespace pooltidy::model

#endif

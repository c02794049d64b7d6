//===- ConfigObjects.h - options objects of one TU --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// For Configs.cpp: which classes and calls have options (ConfigRules), and what
// was set on which object so far (ConfigObjects).
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_CONFIGOBJECTS_H
#define POOLTIDY_ENGINE_CONFIGOBJECTS_H

#include "Configs.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace pooltidy {

/// The models' configs by class and by call.
class ConfigRules {
public:
  explicit ConfigRules(const std::vector<model::ConfigRule> &All);

  /// False when no name of theirs occurs anywhere in the TU.
  bool mayOccurIn(const clang::ASTContext &Context) const;
  const model::ConfigRule *ofType(const clang::CXXRecordDecl &R) const;
  llvm::ArrayRef<const model::ConfigRule *>
  ofCall(const clang::FunctionDecl &F) const;
  /// The setting of \p Rule that the field is, or -1.
  int memberOf(const clang::FieldDecl &F, const model::ConfigRule &Rule) const;

private:
  /// By the last component of their names.
  llvm::StringMap<llvm::SmallVector<const model::ConfigRule *, 1>> Types;
  struct Call {
    const model::ConfigRule *Rule;
    llvm::StringRef Name;
  };
  llvm::StringMap<llvm::SmallVector<Call, 1>> Calls;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, const model::ConfigRule *>
      Known;
  mutable llvm::DenseMap<const clang::FunctionDecl *,
                         llvm::SmallVector<const model::ConfigRule *, 1>>
      KnownCalls;
};

/// An object: a variable, `this` of a function or a temporary, and the members
/// that lead on from there. Empty: no object that can be followed.
using ObjectKey = std::vector<const void *>;
using SettingValues = std::vector<std::vector<SettingValue>>;

class ConfigObjects {
public:
  ConfigObjects(clang::ASTContext &Context, const ConfigRules &Rules)
      : Context(Context), Rules(Rules) {}

  ObjectKey keyOf(const clang::VarDecl &V) const;
  ObjectKey keyOf(const clang::Expr &E) const;

  /// A setting of an object.
  struct Place {
    ObjectKey Key;
    const model::ConfigRule *Rule;
    const clang::CXXRecordDecl *Class;
    unsigned Setting;
  };
  /// What `object.member` is, and what `object.set_member(…)` sets.
  std::optional<Place> settingAt(const clang::Expr &E) const;
  std::optional<Place> setterAt(const clang::CXXMemberCallExpr &C) const;

  /// A new object; with no \p Start it was made by somebody else.
  void begin(const ObjectKey &Key, const model::ConfigRule &Rule,
             const clang::CXXRecordDecl &R, clang::SourceLocation Loc,
             std::optional<SettingValues> Start);
  void set(const Place &P, SettingValue V);
  /// The whole object is assigned.
  void setAll(const clang::Expr &To, const model::ConfigRule &Rule,
              const clang::CXXRecordDecl &R, const SettingValues &Values);
  /// Somebody may change the object, or what it is a part of.
  void forget(const clang::Expr &E);
  /// A call reads the object, and makes an object of the class \p Made, if any.
  void use(const clang::Expr &E, const clang::CXXRecordDecl *Made);
  /// Somebody else may set more of it.
  void handOn(const clang::Expr &E);
  /// A call's own options.
  void add(Config C) { Done.push_back(std::move(C)); }

  /// True for a local variable that nothing has changed so far.
  bool isUnchanged(const clang::VarDecl &V) const {
    return V.isLocalVarDecl() && !Changed.contains(&V);
  }

  template <typename Walk>
  bool inFunction(const clang::FunctionDecl *F, Walk Do) {
    const clang::FunctionDecl *Outer = Function;
    Function = F;
    bool Go = inBranch(Do);
    Function = Outer;
    return Go;
  }
  /// What \p Do meets may not happen.
  template <typename Walk> bool inBranch(Walk Do) {
    Path.push_back(++LastBranch);
    bool Go = Do();
    Path.pop_back();
    return Go;
  }
  void nextBranch() {
    if (!Path.empty())
      Path.back() = ++LastBranch;
  }

  std::vector<Config> take();

private:
  using Branches = llvm::SmallVector<unsigned, 6>;
  struct Object {
    Config What;
    /// Parallel to What.Values: where each value was set.
    std::vector<std::vector<Branches>> Where;
    bool Fresh = false, Used = false, HandedOn = false;
  };

  Object &objectAt(const ObjectKey &Key, const model::ConfigRule &Rule,
                   const clang::CXXRecordDecl &R);
  void write(Object &O, unsigned Setting, SettingValue V);
  template <typename Do> void eachBelow(const ObjectKey &Key, Do Each);

  clang::ASTContext &Context;
  const ConfigRules &Rules;
  const clang::FunctionDecl *Function = nullptr;
  std::map<ObjectKey, Object> Objects;
  std::vector<Config> Done;
  llvm::DenseSet<const clang::VarDecl *> Changed;
  Branches Path;
  unsigned LastBranch = 0;
};

} // namespace pooltidy

#endif

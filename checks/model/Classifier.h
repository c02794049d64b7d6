//===- Classifier.h - which declarations the models speak of ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Joins the model's data with the AST of one TU: attributes first, then the
// model set in its order, then heuristics. Every answer is memoised by
// canonical declaration and says where it came from.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_CLASSIFIER_H
#define POOLTIDY_MODEL_CLASSIFIER_H

#include "Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include <memory>

namespace pooltidy::model {

enum class Role { None, Acquire, Put, Reset, Use };

/// What a call of one function means. `None` with no rule: nothing known.
struct CallMeaning {
  Role What = Role::None;
  const Pool *Family = nullptr;    ///< for any role but None
  const Operation *Op = nullptr;   ///< likewise
  const FunctionRule *Rule = nullptr; ///< what else is known, or null
};

/// What a type is.
struct TypeMeaning {
  const Pool *PoolOf = nullptr;      ///< the type is a pool of this family
  const Handle *HandleOf = nullptr;  ///< the type is a handle …
  const Pool *HandleFamily = nullptr; ///< … of this family
  const TypeRule *Rule = nullptr;
};

class Classifier {
public:
  /// Both must outlive the classifier.
  Classifier(const ModelSet &Models, clang::ASTContext &Context);
  ~Classifier();

  /// The meaning of a call to \p F (any redeclaration, instantiation or
  /// override of what a model names). Never null-checks: \p F is not null.
  const CallMeaning &classify(const clang::FunctionDecl &F);

  /// The meaning of a class; its bases are asked when it has none of its own.
  const TypeMeaning &classify(const clang::CXXRecordDecl &R);

  /// True when \p F is part of a pool's own implementation: a member or friend
  /// of a pool class, or of a handle that a pool declares or returns. With
  /// \p Of, only for that family.
  bool isPoolCode(const clang::FunctionDecl &F, const Pool *Of = nullptr);

  /// True when \p F resets the object it is called on (or its one pointer or
  /// reference argument, for a free function): a model, an attribute, or a
  /// reset-like name (`clear`, `reset`, `reuse`, …, see isResetName).
  bool isReset(const clang::FunctionDecl &F);

  /// The one reset-like method of \p R that takes no argument, or null when
  /// there is none or more than one that does not just overload the other.
  const clang::CXXMethodDecl *resetMethod(const clang::CXXRecordDecl &R);

  /// The family whose model says that it hands out \p R, or that attributes on
  /// functions made for it; null when none does.
  const Pool *pooledIn(const clang::CXXRecordDecl &R);

  /// True when a policy among the template arguments of the pool \p R drops or
  /// shrinks objects that have become large, as its body tells.
  bool limitsCapacity(const clang::CXXRecordDecl &R);

  /// True for a field that a reset may leave (`pool::keep` or a model).
  bool isKept(const clang::FieldDecl &F);

  /// Every pool, and why it was taken for one, in source order: for
  /// `pool-tidy model FILE`. Looks at the declarations of user code.
  struct Answer {
    const clang::NamedDecl *Decl;
    std::string What; ///< "pool", "acquire", "put", "reset", "handle"
    std::string Why;  ///< provenance
  };
  std::vector<Answer> explain();

private:
  struct Impl;
  std::unique_ptr<Impl> I;
};

/// `ns::Class::name` without template arguments, inline and anonymous
/// namespaces: the spelling that model files use.
std::string modelName(const clang::NamedDecl &D);

/// True for names that say "make as good as new": clear, Clear, reset, Reset,
/// reuse, recycle, reinit, wipe, zero, … with `_`/camel-case prefix or suffix
/// such as `clear_all`, `ResetForReuse`; not for `set_reset_hook`.
bool isResetName(llvm::StringRef Name);

} // namespace pooltidy::model

#endif

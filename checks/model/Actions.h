//===- Actions.h - what bodies do beside memory -----------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// What destroying an object does, and what a function does to one object, as
// far as others notice: callbacks, registries, handles of the system, waiting,
// threads. Freeing memory is nothing. Bodies of user code are evidence, those
// of system headers are not; there the models speak.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_ACTIONS_H
#define POOLTIDY_MODEL_ACTIONS_H

#include "Classifier.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <string>
#include <vector>

namespace pooltidy::model {

enum class ActionKind {
  Callback,   ///< calls what somebody else stored, or a listener
  Unregister, ///< takes the object out of a list that others own
  Close,      ///< closes a resource of a model or of the system
  Block,      ///< may wait: a join, a sleep, an answer from outside
  Start,      ///< starts a thread, a timer or an operation that goes on
  Stop,       ///< asks such a one to end, or sets the flag that it looks at
  Renew       ///< a member is assigned, reset or cleared: what it owned ends
};

/// How an action is reached from the object, one level.
struct ActionStep {
  enum Of {
    Destructor, ///< Decl is the class's destructor
    Member,     ///< Decl is the member that is destroyed
    Base,       ///< Decl is the base class
    Deleter,    ///< Decl is the function that a smart pointer calls, or null
    Content     ///< Decl is the member whose stored value is destroyed
  } Kind;
  const clang::NamedDecl *Decl;
  clang::SourceLocation Loc;
};

struct Action {
  ActionKind Kind;
  /// The member of the object asked about that it is done to or through; null
  /// where it is done to the object itself, or to nothing of it.
  const clang::FieldDecl *Member = nullptr;
  /// Which part of Member: `d->log.file` is {log, file} of d.
  llvm::SmallVector<const clang::FieldDecl *, 2> Path;
  /// The function that is called, the variable that holds it, or the mutex or
  /// future that is waited for; for a Renew that has none of these, null.
  const clang::NamedDecl *What = nullptr;
  const Pool *Family = nullptr; ///< of what is closed, where a model knows it
  clang::SourceLocation Loc;
  /// Done by the destruction of Member, so that renewing it does the same.
  bool ByMember = false;
  /// Of a Block: why that waits, where it is not What itself that does. For a
  /// mutex the call that somebody makes while holding it, for a future the call
  /// that started its work.
  const clang::FunctionDecl *Because = nullptr;
  clang::SourceLocation BecauseLoc;
  llvm::SmallVector<ActionStep, 3> Through; ///< outermost first
};

struct Actions {
  std::vector<Action> All;
  bool Seen = false;   ///< there was a body to read
  bool Unseen = false; ///< and something of the object's own without a body
};

/// Reads bodies. Cheap to make; remembers nothing between questions but what
/// members are given.
class ActionReader {
public:
  /// \p Elsewhere are functions beside the members of a class that may fill
  /// its objects' members.
  ActionReader(Classifier &Classes,
               llvm::ArrayRef<const clang::FunctionDecl *> Elsewhere);
  ActionReader(ActionReader &&) noexcept;
  ~ActionReader();

  /// What the destruction of an \p R does.
  Actions destruction(const clang::CXXRecordDecl &R);
  /// What \p M does to the object that it is called on.
  Actions method(const clang::CXXMethodDecl &M);
  /// What \p F does to its argument \p Index, an \p Object.
  Actions function(const clang::FunctionDecl &F, unsigned Index,
                   const clang::CXXRecordDecl &Object);

  /// What the destructor of \p Owner does to the \p Object that it holds.
  Actions ownersEnd(const clang::CXXRecordDecl &Owner,
                    const clang::CXXRecordDecl &Object);

  /// What \p F itself, who has leases of \p Object, does to whatever is one by
  /// its type; of methods that start something, nothing.
  Actions user(const clang::FunctionDecl &F, const clang::CXXRecordDecl &Object);

private:
  struct Impl;
  std::unique_ptr<Impl> I;
};

/// True when one of \p A and \p B is done to a part of the other's, of one
/// member.
bool areOfOnePart(const Action &A, const Action &B);

/// True when \p A also happens where \p Done does: to the same member, or, where
/// there is none, by the same function.
bool isDoneBy(const Action &A, llvm::ArrayRef<Action> Done);

} // namespace pooltidy::model

#endif

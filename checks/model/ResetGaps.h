//===- ResetGaps.h - what a reset leaves as it was --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_RESETGAPS_H
#define POOLTIDY_MODEL_RESETGAPS_H

#include "FieldWrites.h"
#include "StorageBounds.h"
#include <map>
#include <memory>
#include <set>

namespace pooltidy::model {

/// Null, 0, or what a default constructor makes.
bool isNullOrEmpty(const clang::Expr *E, clang::ASTContext &Context);

/// A member that a reset leaves.
struct ResetGap {
  FieldPath Path; ///< one member, or a part of a member of class type
  /// Who changes it in this TU; null when it can only be changed elsewhere.
  const clang::FunctionDecl *Writer = nullptr;
  bool Sure = true;
  bool Freed = false; ///< somebody frees what it points to
  /// A constructor gives it something that its declaration does not tell.
  bool GivenAtStart = false;
};

/// A member to which a reset gives another value than the constructor.
struct ResetDifference {
  const clang::FieldDecl *Field = nullptr;
  const clang::Expr *At = nullptr; ///< what the reset gives
  std::string Given, Initial;
};

/// One reset of objects of one class.
struct ResetGaps {
  /// Its definition, or that of the object's method that does all of it.
  const clang::FunctionDecl *Reset = nullptr;
  const clang::RecordDecl *Of = nullptr;
  std::vector<ResetGap> Left; ///< empty: it is complete, or cannot be judged
  std::vector<ResetDifference> Different;
  bool Returns = false; ///< it can end before its closing brace
};

/// How the members of all classes are used over one TU.
class MemberUses {
public:
  MemberUses(clang::ASTContext &Context, Classifier &Classes)
      : Context(Context), Classes(Classes), Reader(Context, Classes) {}

  /// Reads each function once. \p Functions are the definitions of user code.
  void read(llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  /// Reads what code of \p Pool is only there as a template.
  void readPool(const clang::CXXRecordDecl &Pool);

  /// What \p Reset leaves of an object of class \p Object, which lives in
  /// \p Family. \p Reset is the definition; \p Told: the pool is told to call it.
  ResetGaps gaps(const clang::FunctionDecl &Reset,
                 const clang::RecordDecl &Object, const Pool &Family,
                 bool Told = false);

  /// The resets of \p Object that the code of its pools calls. \p Out gets those
  /// that are defined here; false where none is called.
  bool calledByPool(const clang::RecordDecl &Object, const Pool &Family,
                    std::vector<const clang::FunctionDecl *> &Out);

  /// True where \p F of an object of class \p Object can hold what a user of
  /// the object left in it: no setting, and nothing that the pool sets itself.
  bool isLeaseState(const clang::FieldDecl &F,
                    const clang::RecordDecl &Object, const Pool &Family);

private:
  struct Write {
    const clang::FunctionDecl *By;
    Access How;
    bool Allocates; ///< the function also makes storage
  };
  struct Use {
    std::vector<Write> Writes;
    bool Shown = false;
    /// By function: its first access, and how many there are.
    std::map<const clang::FunctionDecl *, std::pair<Touch, unsigned>> By;
  };
  using Key = std::pair<const clang::FieldDecl *, const clang::FieldDecl *>;

  struct Asked; ///< one question of gaps()
  void members(Asked &Q, const clang::RecordDecl &Class);
  void judge(Asked &Q, const clang::FieldDecl &F);
  void judgeParts(Asked &Q, const clang::FieldDecl &F);
  /// How much \p W is a change by a user of the object; Read: it is none.
  Touch weight(Asked &Q, const Write &W, const clang::FieldDecl &F);
  bool startsEmpty(Asked &Q, const clang::FieldDecl &F);
  bool isForFresh(const Write &W) const;
  bool isOfSibling(Asked &Q, const Write &W, const clang::FieldDecl &F) const;
  bool isStorage(Asked &Q, const clang::FieldDecl &F,
                 llvm::ArrayRef<const Write *> Writers);
  bool isBounded(Asked &Q, const clang::FieldDecl &Array,
                 llvm::ArrayRef<const Write *> Writers);
  bool isToldBySibling(Asked &Q, const clang::FieldDecl &F);
  bool isToldByTag(Asked &Q, const clang::FieldDecl &Union);
  bool isScratch(Asked &Q, const clang::FieldDecl &F);
  bool filledElsewhere(Asked &Q, const clang::FieldDecl &F);
  bool canBeChangedUnseen(const clang::FieldDecl &F);
  bool isLifeCode(const clang::FunctionDecl &F, const clang::RecordDecl &Of,
                  unsigned Depth = 0);
  bool isCodeOfPool(const clang::FunctionDecl &F,
                    const clang::RecordDecl &Object, const Pool &Family);
  /// \p Starts: methods named like a start count, whoever calls them.
  void takenCareOf(Asked &Q, bool Starts = true);
  void handedOn(Asked &Q, const HandedObject &H);
  bool isOnTheWayBack(const clang::FunctionDecl &F, unsigned Depth = 0);
  void cleanedBy(Asked &Q, const clang::CXXMethodDecl &M);
  void startedBy(Asked &Q, const HandedObject &H);
  void initialValues(Asked &Q);
  void placeAtMethod(Asked &Q);

  clang::ASTContext &Context;
  Classifier &Classes;
  FieldReader Reader;
  std::map<Key, Use> Uses; ///< of a member, and of a part of a member
  /// By function and class of the object: calls on one that was just made, and
  /// on others.
  std::map<std::pair<const clang::FunctionDecl *, const clang::RecordDecl *>,
           std::pair<unsigned, unsigned>>
      Calls;
  llvm::DenseMap<const clang::FunctionDecl *,
                 std::vector<const clang::FunctionDecl *>>
      Callers;
  std::vector<std::pair<const clang::FunctionDecl *, Accesses>> Bodies;
  const StorageBounds &bounds();
  std::unique_ptr<StorageBounds> Bounds; ///< once somebody asks
  /// Of pools: methods that nothing here calls, so that they are not made of
  /// their templates.
  std::vector<const clang::CXXMethodDecl *> NotMade;
};

} // namespace pooltidy::model

#endif

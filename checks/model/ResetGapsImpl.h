//===- ResetGapsImpl.h - one question of MemberUses ---------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_RESETGAPSIMPL_H
#define POOLTIDY_MODEL_RESETGAPSIMPL_H

#include "ResetGaps.h"

namespace pooltidy::model {

/// True when a word of \p Name is one of \p Of.
bool anyWord(llvm::StringRef Name, std::initializer_list<llvm::StringRef> Of);
/// The parameter of \p F that points to a \p Struct of C, or null.
const clang::ParmVarDecl *pointerTo(const clang::FunctionDecl &F,
                                    const clang::RecordDecl &Struct);
/// A member of \p Of; in C what is given a pointer to one.
bool isOf(const clang::FunctionDecl &F, const clang::RecordDecl &Of);
struct MemberUses::Asked {
  const clang::RecordDecl &Object;
  const Pool &Family;
  const clang::CXXRecordDecl *Policy; ///< whose method resets, and others make
  Accesses Reset;
  ResetGaps Answer;
  /// Members that the pool or the start of a life sets.
  std::set<const clang::FieldDecl *> CaredFor;
  /// Parts of members that it sets.
  std::set<std::pair<const clang::FieldDecl *, const clang::FieldDecl *>>
      PartsCaredFor;
  /// By member: what the constructors give it; null where one gives nothing.
  std::map<const clang::FieldDecl *, std::vector<const clang::Expr *>> Initial;
  bool ConstructorsSeen = true;
  const clang::FunctionDecl *ResetOf = nullptr; ///< whose accesses Reset is
  bool AllCaredFor = false;  ///< the pool makes all of it anew, or may
  bool CallsUnseen = false;  ///< … and calls somebody for it who is not seen
  bool Bounded = false;   ///< the reset sets a length or cursor
  bool HasLength = false; ///< … that is named like one

  void care(const Access &By);
  bool caresForPartOf(const clang::FieldDecl &F) const {
    return llvm::any_of(PartsCaredFor,
                        [&](const auto &Part) { return Part.first == &F; });
  }
  /// True when \p Holds for one of those, or for a part of one.
  template <typename Test> bool anyCaredFor(Test Holds) const {
    return llvm::any_of(CaredFor, Holds) ||
           llvm::any_of(PartsCaredFor, [&](const auto &Part) {
             return Holds(Part.first) || Holds(Part.second);
           });
  }
};

} // namespace pooltidy::model

#endif

//===- FieldWrites.h - what a body does to members --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// One walk over one body, without paths: which members of which object does it
// read, change or set anew? For checks over declarations; what happens on one
// path is the engine's to say.
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_MODEL_FIELDWRITES_H
#define POOLTIDY_MODEL_FIELDWRITES_H

#include "Classifier.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace pooltidy::model {

/// What is done to a member, from nothing to everything.
enum class Touch : uint8_t {
  Read,
  Shown,  ///< somebody gets a reference through which it can be changed
  Unsure, ///< given to code that nobody sees
  Change,
  Overwrite ///< what it held before does not matter any more
};

using FieldPath = llvm::SmallVector<const clang::FieldDecl *, 2>;

struct Access {
  FieldPath Path; ///< from the object inwards; empty: the whole of it
  Touch How = Touch::Read;
  bool OfThis = false;  ///< of the object that the walk is about
  bool Inside = false;  ///< of an element, or of what a pointer leads to
  bool Behind = false;  ///< of what a pointer leads to
  bool Deletes = false; ///< frees what the member points to
  bool Steps = false;   ///< by `++` or `+=`
  bool Grows = false;   ///< by a member that adds to a container
  bool Alters = false;  ///< by any other that changes what is in it
  bool Empties = false; ///< by a member after which nothing is there
  bool Fresh = false;   ///< of an object that the body has just made itself
  const clang::FunctionDecl *Within = nullptr; ///< a lambda in the body, or null
  const clang::Expr *At = nullptr;
  const clang::Expr *Value = nullptr; ///< of an assignment
};

/// An object that goes to a call which may change it.
struct HandedObject {
  const clang::FunctionDecl *To = nullptr; ///< null: whom a variable names
  const clang::ParmVarDecl *As = nullptr;  ///< null: the call is made on it
  const clang::RecordDecl *Of = nullptr;
  bool Alone = false; ///< it is all that the call is given
  bool Fresh = false; ///< the body has just made it
  bool Local = false; ///< … and it is a variable of the body
  llvm::StringRef By; ///< the variable that is called, where To is null
};

struct Accesses {
  std::vector<Access> All; ///< as they stand in the text
  bool Lost = false;       ///< the object was given to code that nobody sees
  bool Allocates = false;  ///< by new[], realloc and their like
  bool Returns = false;    ///< by a `return` in the midst of it
  /// Non-static members of user code that it calls.
  std::vector<const clang::CXXMethodDecl *> Called;
  std::vector<HandedObject> Handed; ///< to members and functions

  /// True when the whole object was set anew.
  bool overwritesAll() const;
};

/// Reads bodies of user code; remembers what it found.
class FieldReader {
public:
  FieldReader(clang::ASTContext &Context, Classifier &Classes)
      : Context(Context), Classes(Classes) {}

  /// What \p F does to the object that it is called on, or that its parameter
  /// \p Object names, with everything that it calls for it: methods, bases,
  /// helpers, as seen from an object of class \p Dynamic. \p F has a body.
  Accesses ofObject(const clang::FunctionDecl &F,
                    const clang::ParmVarDecl *Object,
                    const clang::CXXRecordDecl *Dynamic);

  /// What \p F itself does to members of any object. \p F has a body.
  Accesses ofAny(const clang::FunctionDecl &F);

  /// What a call of \p F does at most to its object (\p Object null) or to what
  /// is given for that parameter.
  Touch effect(const clang::FunctionDecl &F, const clang::ParmVarDecl *Object);

  /// The member that a call of \p F shows its caller by reference or pointer;
  /// empty when it is no such getter.
  FieldPath shownBy(const clang::FunctionDecl &F);

  bool isUserCode(const clang::Decl &D) const;

private:
  friend class BodyWalk;
  bool isTooDeep() const;

  clang::ASTContext &Context;
  Classifier &Classes;
  llvm::DenseMap<
      std::pair<const clang::FunctionDecl *, const clang::ParmVarDecl *>, Touch>
      Effects;
  llvm::DenseMap<const clang::FunctionDecl *, FieldPath> Getters;
  unsigned Depth = 0;
};

} // namespace pooltidy::model

#endif

//===- FinalizerWording.cpp - how the end of objects is told --------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "FinalizerWording.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

using model::Action;
using model::ActionKind;
using model::ActionStep;

std::string calledBy(const Action &A) {
  return A.What ? "'" + model::simpleName(*A.What) + "'" : "it";
}

static std::string quotedName(const NamedDecl *D) {
  return "'" + model::simpleName(*D) + "'";
}

/// `closes a file`, `puts back a connection`, `closes 'log_'`.
static std::string closing(const Action &A) {
  if (A.Family) {
    llvm::StringRef Name = A.Family->Name;
    bool Vowel = !Name.empty() && llvm::StringRef("aeiou").contains(Name[0]);
    return std::string(A.Family->Type.empty() ? "closes" : "puts back") +
           (Vowel ? " an " : " a ") + Name.str();
  }
  return A.Member ? "closes " + quotedName(A.Member) : "closes a handle";
}

/// What is waited for is a future and no mutex.
static bool isFuture(const Action &A) {
  const auto *Starter = dyn_cast_or_null<FunctionDecl>(A.Because);
  const CXXRecordDecl *R =
      Starter ? model::recordOf(Starter->getReturnType()) : nullptr;
  return R && model::isStd(*R, "future");
}

/// `in 'join'`; `for 'mutex_'`.
static std::string waiting(const Action &A) {
  return (A.Because ? "for " : "in ") + calledBy(A);
}

static std::string deed(const Action &A) {
  switch (A.Kind) {
  case ActionKind::Callback:
    return "runs a callback";
  case ActionKind::Unregister:
    return "unregisters it";
  case ActionKind::Close:
    return closing(A);
  case ActionKind::Block:
    return (A.Because ? "may wait " : "may block ") + waiting(A);
  case ActionKind::Start:
    return "starts " + calledBy(A);
  case ActionKind::Stop:
  case ActionKind::Renew:
    break;
  }
  return "";
}

std::string deeds(llvm::ArrayRef<Action> Of) {
  std::vector<std::string> Each;
  for (const Action &A : Of)
    if (std::string D = deed(A); !llvm::is_contained(Each, D))
      Each.push_back(std::move(D));
  std::string Out;
  for (size_t I = 0; I < Each.size(); ++I) {
    if (I)
      Out += I + 1 == Each.size() ? " and " : ", ";
    Out += Each[I];
  }
  return Out;
}

static std::string stepText(const ActionStep &S) {
  switch (S.Kind) {
  case ActionStep::Destructor:
    return "the destructor " + quotedName(S.Decl) + " is here";
  case ActionStep::Member:
    return "its member " + quotedName(S.Decl) + " is here";
  case ActionStep::Base:
    return "its base " + quotedName(S.Decl) + " is here";
  case ActionStep::Deleter:
    return "the deleter is here";
  case ActionStep::Content:
    return quotedName(S.Decl) + " is given its value here";
  }
  return "";
}

static std::string actionText(const Action &A) {
  switch (A.Kind) {
  case ActionKind::Callback:
    return "calls " + calledBy(A) + " here";
  case ActionKind::Unregister:
    return "unregisters here, by " + calledBy(A);
  case ActionKind::Block:
    return "may wait here, " + waiting(A);
  default:
    return deed(A) + " here";
  }
}

std::vector<Report::Note> actionNotes(llvm::ArrayRef<Action> Of) {
  std::vector<Report::Note> Notes;
  auto Add = [&](SourceLocation Loc, std::string Text) {
    bool Known = llvm::any_of(Notes, [&](const Report::Note &N) {
      return N.Loc == Loc && N.Message == Text;
    });
    if (Loc.isValid() && !Known)
      Notes.push_back({Loc, std::move(Text)});
  };
  for (const Action &A : Of) {
    for (const ActionStep &S : A.Through)
      if (S.Loc != A.Loc)
        Add(S.Loc, stepText(S));
    Add(A.Loc, actionText(A));
    if (A.Because)
      Add(A.BecauseLoc, (isFuture(A) ? "started by '" : "held across '") +
                            model::simpleName(*A.Because) + "' here");
  }
  return Notes;
}

} // namespace pooltidy

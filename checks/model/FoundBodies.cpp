//===- FoundBodies.cpp - what bodies and handles tell of a pool -*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Bodies.h"
#include "Heuristics.h"
#include "Names.h"
#include "Shapes.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

static bool meet(const llvm::StringSet<> &A, const llvm::StringSet<> &B) {
  return llvm::any_of(A.keys(), [&](StringRef K) { return B.contains(K); });
}

static void readFailure(Operation &Op, const BodyFacts &Body) {
  if (Op.Object.Where == Slot::Argument)
    return;
  if (Op.Id) {
    Op.Fails = Body.ReturnsNegative ? Failure::Negative
               : Body.ReturnsNull   ? Failure::Zero
                                    : Op.Fails;
    // In many a pool 0 is an index like others.
    if (Op.Fails == Failure::Zero)
      Op.FailsBy = Operation::Named;
    return;
  }
  if (isTryName(Op.Call) || Body.ReturnsNull) {
    Op.Fails = Failure::Null;
    Op.FailsBy = Body.ReturnsNull ? Operation::Seen : Operation::Named;
  } else if (Body.Throws) {
    Op.Fails = Failure::Throws;
  } else if (Body.Waits) {
    Op.Fails = Failure::Blocks;
  }
}

/// A put with a body refuses only where that answers so; what it deletes then is
/// gone all the same.
static void readRefusal(Operation &Op, const BodyFacts &Body) {
  if (!Body.Seen || Op.Fails == Failure::Never)
    return;
  bool Bool = Op.Fails == Failure::False;
  if (Body.Deletes || Body.Destroys)
    Op.Fails = Failure::Never;
  else if (Body.ReturnsOther)
    return;
  else if (Bool ? !Body.ReturnsNull : !Body.ReturnsNegative)
    Op.Fails = Failure::Never;
  else if (!Bool)
    Op.Fails = Failure::Negative;
  Op.FailsBy = Operation::Seen;
}

/// Acquire and put that by their names make and end an object each time.
static bool namedByLife(const FoundPool &Found) {
  bool Makes = false, Ends = false;
  for (const FoundMember &M : Found.Members) {
    std::string First = splitWords(M.Op.Call).front();
    if (M.What == Role::Acquire)
      Makes |= isOneOf(First, {"construct", "new", "create", "make"});
    else if (M.What == Role::Put)
      Ends |= isOneOf(First, {"destroy", "delete", "destruct"});
  }
  return Makes && Ends;
}

static Convention conventionOf(const FoundPool &Found, const BodyFacts &Acquire,
                               const BodyFacts &Put) {
  // Ended and made again where it is handed out, whatever was cleared before.
  if (Acquire.Destroys && Acquire.Constructs)
    return Convention::ConstructDestroy;
  if (Put.ResetsObject)
    return Convention::PoolOnPut;
  if (Acquire.ResetsObject)
    return Convention::PoolOnAcquire;
  bool Reuses = meet(Put.Fills, Acquire.Drains);
  if (Put.Destroys || Acquire.Constructs || (Put.Deletes && Put.Fills.empty()) ||
      (Acquire.Seen && Acquire.Creates && Acquire.Drains.empty()))
    return Convention::ConstructDestroy;
  if (!Acquire.Seen && !Put.Seen && namedByLife(Found))
    return Convention::ConstructDestroy;
  if (!Acquire.Seen || !Put.Seen)
    return Convention::Unknown;
  // What is passed on or changed in part may have been reset.
  bool Sure = !Put.PassesObject && !Put.TouchesObject &&
              !Acquire.PassesObject && !Acquire.TouchesObject;
  return Sure || (Reuses && !Put.PassesObject && !Put.TouchesObject &&
                  !Acquire.TouchesObject)
             ? Convention::CallerBeforePut
             : Convention::Unknown;
}

static void add(BodyFacts &To, const BodyFacts &More) {
  To.Seen |= More.Seen;
  To.ResetsObject |= More.ResetsObject;
  To.TouchesObject |= More.TouchesObject;
  To.PassesObject |= More.PassesObject;
  To.Creates |= More.Creates;
  To.Constructs |= More.Constructs;
  To.Destroys |= More.Destroys;
  To.Deletes |= More.Deletes;
  To.CountsReferences |= More.CountsReferences;
  To.LimitsCapacity |= More.LimitsCapacity;
  To.LimitsCount |= More.LimitsCount;
  for (StringRef K : More.Fills.keys())
    To.Fills.insert(K);
  for (StringRef K : More.Drains.keys())
    To.Drains.insert(K);
}

bool readBodies(FoundPool &Found) {
  BodyFacts Acquire, Put;
  for (FoundMember &M : Found.Members) {
    if (M.What == Role::Acquire) {
      BodyFacts Body = readBody(*M.Function, -1, Found.Family.Reset);
      readFailure(M.Op, Body);
      add(Acquire, Body);
    } else if (M.What == Role::Put && M.Op.Object.Where == Slot::Argument) {
      BodyFacts Body =
          readBody(*M.Function, M.Op.Object.Index, Found.Family.Reset);
      readRefusal(M.Op, Body);
      add(Put, Body);
    }
  }
  // The deleter of a handle may reset before it puts.
  for (const FoundHandle &H : Found.Handles)
    if (const CXXRecordDecl *D = H.Deleter)
      for (const CXXMethodDecl *M : patternOf(*D)->methods())
        if (M->getOverloadedOperator() == OO_Call && M->getNumParams() == 1)
          add(Put, readBody(*M, 0, Found.Family.Reset));
  Found.Family.LimitsCapacity |= Put.LimitsCapacity;
  Found.Family.LimitsCount |= Put.LimitsCount;
  if (Found.Family.Resets == Convention::Unknown)
    Found.Family.Resets = conventionOf(Found, Acquire, Put);
  return meet(Put.Fills, Acquire.Drains) && !Put.CountsReferences;
}

static bool hasOwnDestructor(const CXXRecordDecl &R) {
  const CXXDestructorDecl *D = R.getDestructor();
  return D && D->isUserProvided();
}

static bool isCopyable(const CXXRecordDecl &R) {
  bool Declared = false;
  for (const CXXConstructorDecl *C : R.ctors())
    if (C->isCopyConstructor()) {
      if (C->isDeleted())
        return false;
      Declared |= !C->isImplicit();
    }
  return Declared ||
         (!R.hasUserDeclaredMoveConstructor() && !R.hasUserDeclaredDestructor());
}

static Handle describe(const CXXRecordDecl &R) {
  Handle H;
  H.Type = modelName(R);
  H.Copyable = isCopyable(R);
  for (const CXXMethodDecl *M : R.methods()) {
    if (!M->getIdentifier() || M->isStatic() || M->isImplicit() ||
        M->isDeleted())
      continue;
    StringRef Name = M->getName();
    if (llvm::is_contained(H.Release, Name) || llvm::is_contained(H.Put, Name))
      continue;
    bool Gives = M->getReturnType()->isPointerType();
    Words W = splitWords(Name);
    if (W.empty() || M->getMinRequiredArguments() != 0)
      continue;
    if (Gives && isOneOf(W[0], {"release", "detach", "take", "disown", "leak"}))
      H.Release.push_back(Name.str());
    else if (Gives && isOneOf(W[0], {"get", "raw", "ptr", "data", "object"}))
      H.Get.push_back(Name.str());
    else if (!Gives && !M->isConst() &&
             (isPutName(Name) || isOneOf(W[0], {"reset", "close", "clear"})))
      H.Put.push_back(Name.str());
  }
  return H;
}

std::optional<FoundHandle> findHandle(QualType T) {
  const CXXRecordDecl *R = recordOf(T);
  if (R && (isStd(*R, "optional") || isStd(*R, "expected"))) {
    QualType Inner = templateArgument(T, 0);
    return Inner.isNull() ? std::nullopt : findHandle(Inner);
  }
  if (!R || T->isReferenceType())
    return std::nullopt;
  if (isStd(*R, "unique_ptr")) {
    QualType Deleter = templateArgument(T, 1);
    if (Deleter.isNull())
      return std::nullopt;
    const CXXRecordDecl *D = recordOf(Deleter);
    if (D && isStd(*D, "default_delete"))
      return std::nullopt;
    FoundHandle H;
    H.Type = R;
    H.Deleter = D && !D->isInStdNamespace() ? D : nullptr;
    H.How.Type = "std::unique_ptr";
    H.How.Release = {"release"};
    H.How.Put = {"reset"};
    H.How.Get = {"get"};
    return H;
  }
  if (R->isInStdNamespace())
    return std::nullopt;
  const CXXRecordDecl *Definition = R->getDefinition();
  if (!Definition)
    Definition = patternOf(*R)->getDefinition();
  if (!Definition)
    return std::nullopt;
  bool Shows = shapeOfResult(T).As == Shape::Smart;
  bool Ends = hasOwnDestructor(*Definition) ||
              (Shows && Definition->hasNonTrivialDestructor());
  if (!Shows && hasOwnDestructor(*Definition))
    for (const CXXMethodDecl *M : Definition->methods())
      Shows |= M->getOverloadedOperator() == OO_Star ||
               (M->getIdentifier() && M->getName() == "get" &&
                M->getReturnType()->isPointerType());
  if (!Shows || !Ends)
    return std::nullopt;
  FoundHandle H;
  H.Type = R;
  H.How = describe(*Definition);
  return H;
}

} // namespace pooltidy::model

//===- pool-racy-factory.cpp -------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A factory or reset callback of a pool that several threads use, and that
// writes what they share, without a lock: two acquires make two objects at once.
//
//===----------------------------------------------------------------------===//
#include "../Analysis.h"
#include "../SharedWrites.h"
#include <set>

using namespace clang;

namespace pooltidy {

/// Whether somebody else can be at the constructor that \p W is in while the pool
/// of \p C holds its lock: another pool, which has its own, or other code.
static bool othersMake(const Analysis &A, const PoolCallback &C,
                       const SharedWrite &W) {
  unsigned Pools = 0;
  for (const DeclaratorDecl *D : A.functions().Pools)
    if (const CXXRecordDecl *R = D->getType()->getAsCXXRecordDecl();
        R && !isa<ParmVarDecl>(D) && R->getCanonicalDecl() == C.Pool->getCanonicalDecl())
      ++Pools;
  if (Pools > 1)
    return true;
  return llvm::any_of(W.Made->ctors(), [&](const CXXConstructorDecl *K) {
    const FunctionDecl *Body = nullptr;
    auto It = K->hasBody(Body) ? A.functions().Callers.find(Body)
                               : A.functions().Callers.end();
    return It != A.functions().Callers.end() &&
           llvm::any_of(It->second, [&](const FunctionDecl *By) {
             return !A.classifier().isPoolCode(*By, C.Family);
           });
  });
}

/// What the constructor of an object writes that the pool itself makes. A class
/// within the pool is its own matter, as its code is.
static void making(const Analysis &A, Reporter &Out,
                   std::set<SourceLocation> &Told) {
  for (const PoolCallback &C :
       makingAcquires(A.context(), A.classifier(), A.functions())) {
    if (C.Threads == PoolCallback::Own)
      continue;
    for (const SharedWrite &W : writesOfMaking(*C.Function, *C.Object, A.classifier())) {
      const auto *Within = dyn_cast<CXXRecordDecl>(W.Made->getDeclContext());
      if ((Within && A.classifier().classify(*Within).PoolOf) ||
          (W.MadeLocked && !othersMake(A, C, W)) || !Told.insert(W.At).second)
        continue;
      Report R;
      R.Loc = W.At;
      R.Types = {C.Family->Type};
      R.Sure = C.Threads == PoolCallback::Unsure || W.MadeLocked || W.Unsure ||
                       C.Family->Possible
                   ? Confidence::Possible
                   : Confidence::Definite;
      R.Message = "'" + W.Object +
                  "' is written without a lock where a pool that several threads "
                  "use makes an object";
      if (W.Declared.isValid())
        R.Notes.push_back({W.Declared, "all of them share this '" + W.Object + "'"});
      R.Notes.push_back({W.MadeAt, W.MadeLocked
                                       ? "the pool makes it here, and so do others "
                                         "that do not hold this lock"
                                       : "the pool makes it here"});
      Out.report(R);
    }
  }
}

void checkRacyFactory(const Analysis &A, Reporter &Out) {
  std::set<SourceLocation> Told;
  for (const PoolCallback &C : A.callbacks()) {
    if (C.Threads == PoolCallback::Own)
      continue;
    for (const SharedWrite &W : sharedWrites(*C.Function, A.classifier())) {
      // Nobody but this pool has it, and the pool locks.
      if (C.Locked && W.OfCopy)
        continue;
      if (!Told.insert(W.At).second)
        continue;
      Report R;
      R.Loc = W.At;
      R.Types = {C.Family->Type};
      R.Sure = C.Threads == PoolCallback::Unsure || C.Locked || W.Unsure ||
                       C.Family->Possible
                   ? Confidence::Possible
                   : Confidence::Definite;
      R.Message = "'" + W.Object + "' is written without a lock by the " +
                  (C.IsFactory ? "factory" : "reset callback") +
                  " of a pool that several threads use";
      if (W.Declared.isValid())
        R.Notes.push_back({W.Declared, "all of them share this '" + W.Object + "'"});
      if (C.Given.isValid())
        R.Notes.push_back({C.Given, C.IsFactory
                                        ? "the pool is given this factory here"
                                        : "the pool is given this callback here"});
      Out.report(R);
    }
  }
  making(A, Out, Told);
}

} // namespace pooltidy

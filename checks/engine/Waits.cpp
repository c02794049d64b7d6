//===- Waits.cpp - what waits for tasks -----------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which calls wait is told by models, bodies and, where nobody sees a body, by the
// name: a wait that is none costs a finding, a wait that is overlooked makes a
// false one.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Types.h"
#include "../model/Callbacks.h"
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
/// Locks, flags and the like: whoever asks one may learn that a task is done.
bool isSignalType(QualType Ty) {
  const CXXRecordDecl *R = recordAt(Ty);
  if (!R || !R->getIdentifier())
    return false;
  StringRef Name = R->getName();
  return model::isSynchronisation(*R) || Name.contains("barrier") ||
         (R->isInStdNamespace() && Name == "__atomic_base");
}

/// Members that tell something and learn nothing.
bool onlyTells(StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("store", "clear", "notify_one", "notify_all", "count_down", true)
      .Cases("release", "unlock", "unlock_shared", "arrive", "arrive_and_drop", true)
      .Default(false);
}
} // namespace

/// A thread, a future, a group, a pool: something has a member that waits.
bool FactsGenerator::isTaskType(QualType Ty) {
  const CXXRecordDecl *R = recordAt(Ty);
  if (!R || R->isLambda() || R->isDependentContext())
    return false;
  auto [It, New] = T.TaskTypes.try_emplace(R, false);
  if (!New)
    return It->second;
  bool Waits = false;
  for (const CXXMethodDecl *M : R->methods())
    if (!isSignalType(Ty))
      if (const model::FunctionRule *Rule = T.Classes.classify(*M).Rule)
        Waits |= Rule->Waits;
  for (const CXXBaseSpecifier &B : R->bases())
    Waits |= isTaskType(B.getType());
  return T.TaskTypes[R] = Waits;
}

/// Likewise, or a container or owner of such.
bool FactsGenerator::mayHoldTasks(QualType Ty, unsigned Depth) {
  if (Depth > 3)
    return false;
  if (isTaskType(Ty))
    return true;
  const auto *S =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordAt(Ty));
  if (!S || T.isUserCode(*S))
    return false;
  return llvm::any_of(model::typeArguments(*S), [&](QualType Each) {
    return mayHoldTasks(Each, Depth + 1);
  });
}

void FactsGenerator::waitOn(PlaceId On, const Stmt *At, uint32_t Flags) {
  // Who is told where the tasks stand is told of them.
  if (On != NoPlace)
    if (PlaceId Of = lookedInto(On); Of != NoPlace)
      On = Of;
  emit(FactKind::Wait, At, Flags).Dst = On;
  if (!(Flags & (Unsure | ByHandle)) && LoopExits.count(At))
    Waiting.push_back(At);
}

/// A function that waits does so for what it is called on and given.
void FactsGenerator::waits(const CallShape &S) {
  bool Any = false;
  auto On = [&](PlaceId P) {
    if (P != NoPlace)
      waitOn(P, S.Expr), Any = true;
  };
  // A future that was got from a promise is somebody else's by name.
  bool Promised = HasPromises && S.ThisExpr &&
                  llvm::StringRef(recordAt(S.ThisExpr->getType())
                                      ? recordAt(S.ThisExpr->getType())->getName()
                                      : "")
                      .contains("future");
  if (!Promised) {
    On(S.This);
    for (const Expr *A : S.Args)
      if (Operand O = A->isGLValue() ? Operand::value(place(A)) : operand(A);
          O.Is == Operand::Value || O.Is == Operand::Address)
        On(O.Place);
  }
  if (!Any)
    waitOn(NoPlace, S.Expr);
}

/// A call without a body that waits by its name: `wait_all()`, `queue.drain()`.
void FactsGenerator::waitByName(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  if (!F || !F->getIdentifier())
    return;
  if (T.isUserCode(*F)) {
    for (const std::string &Word : model::splitWords(F->getName()))
      if (llvm::StringSwitch<bool>(Word)
              .Cases("wait", "await", "join", "sync", "synchronize", true)
              .Cases("flush", "drain", "barrier", "finish", "quiesce", true)
              .Cases("settle", "complete", "done", "shutdown", "stop", true)
              .Default(false))
        return waitOn(NoPlace, S.Expr);
    return;
  }
  if (!StartsTasks)
    return;
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  // `flag.load()`, `count.fetch_sub(1) == 1`, `mutex.lock()`
  if (M && S.ThisExpr && S.This != NoPlace && isSignalType(S.ThisExpr->getType()) &&
      !onlyTells(F->getName()) &&
      (M->isConst() || S.ResultUsed || M->getReturnType()->isVoidType()))
    waitOn(S.This, S.Expr, Unsure);
  // `std::for_each(threads.begin(), threads.end(), joins)`: nobody sees how.
  if (!M)
    for (const Expr *A : S.Args)
      if (mayHoldTasks(A->getType()))
        if (Operand O = A->isGLValue() ? bound(A) : operand(A); O.Place != NoPlace)
          waitOn(O.Place, S.Expr, Unsure);
}

/// Operators and constructors of the library that ask: `while (!done)`,
/// `lock_guard lock(mutex)`, and algorithms that are objects.
void FactsGenerator::mayWait(const CallShape &S) {
  if (!StartsTasks || !S.Callee || T.isUserCode(*S.Callee))
    return;
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  if (S.ThisExpr && isa_and_nonnull<CXXConversionDecl>(M) && S.This != NoPlace &&
      isSignalType(S.ThisExpr->getType()))
    waitOn(S.This, S.Expr, Unsure);
  bool Makes = isa<CXXConstructorDecl>(S.Callee);
  if (!Makes && !(M && M->getOverloadedOperator() == OO_Call))
    return;
  for (const Expr *A : S.Args)
    if (Makes ? isSignalType(A->getType()) : mayHoldTasks(A->getType()))
      if (PlaceId P = place(A); P != NoPlace)
        waitOn(P, S.Expr, Unsure);
}

/// Destructors that wait: a jthread's, a future's that std::async gave, those of
/// containers of them.
void FactsGenerator::waitAtEnd(PlaceId P, QualType Ty, const Stmt *At) {
  if (mayHoldTasks(Ty))
    waitOn(P, At, ByHandle);
  const CXXRecordDecl *R = recordAt(Ty);
  const CXXDestructorDecl *D = R ? R->getDestructor() : nullptr;
  if (D && !Ty->isPointerType())
    if (const model::FunctionRule *Rule = T.Classes.classify(*D).Rule;
        Rule && Rule->Waits)
      waitOn(P, At, NoFlags);
}

/// Behind a loop that waits, all is waited for: `for (auto &t : threads) t.join()`,
/// `while (!done) ready.wait(lock)`.
void FactsGenerator::waitBehindLoops() {
  llvm::DenseSet<const Stmt *> Loops;
  for (const Stmt *At : Waiting)
    for (const Stmt *Loop : LoopExits[At])
      Loops.insert(Loop);
  if (Loops.empty())
    return;
  llvm::SmallVector<std::pair<BlockId, const Stmt *>, 4> Behind;
  for (const CFGBlock *B : *Graph)
    if (const Stmt *Loop = B->getTerminatorStmt(); Loop && Loops.count(Loop))
      if (B->succ_size() == 2)
        if (const CFGBlock *Out = std::next(B->succ_begin())->getReachableBlock())
          Behind.push_back({Out->getBlockID(), Loop});
  for (auto [Block, Loop] : Behind) {
    Fact F;
    F.Kind = FactKind::Wait;
    F.Site = site(Loop);
    auto &Facts = G->Facts.Blocks[Block].Facts;
    Facts.insert(Facts.begin(), F);
  }
}

/// What a caller must know of the waits of this function.
void FactsGenerator::noteWaits() {
  Summary &Known = G->Known;
  auto Note = [&](PlaceId P) {
    PlaceKind Root = P == NoPlace ? PlaceKind::Opaque
                                  : T.Places[T.Places.rootOf(P)].Kind;
    bool Seen = Root == PlaceKind::Param || Root == PlaceKind::This ||
                Root == PlaceKind::Global;
    if (Seen && Known.Waits.size() < 8) {
      if (!llvm::is_contained(Known.Waits, P))
        Known.Waits.push_back(P);
    } else if (Seen || P == NoPlace || T.Places.isShared(P)) {
      Known.WaitsUnknown = true;
    }
  };
  for (const Block &B : G->Facts.Blocks)
    for (const Fact &F : B.Facts)
      if (F.Kind == FactKind::Wait && !(F.Flags & (Unsure | ByHandle))) {
        Note(F.Dst);
      } else if (F.Kind == FactKind::Apply) {
        const CallSite &C = G->Facts.Calls[F.Index];
        Known.WaitsUnknown |= C.Callee->WaitsUnknown;
        for (PlaceId W : C.Callee->Waits)
          Note(substitutePlace(W, C));
      }
}

} // namespace pooltidy

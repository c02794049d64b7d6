//===- Tasks.cpp - threads and tasks, and what waits for them -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Which calls start a task is told by models, which ones wait by models, bodies
// and, where nobody sees a body, by the name: a wait that is none costs a finding,
// a wait that is overlooked makes a false one.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "../model/Callbacks.h"
#include "../model/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
const CXXRecordDecl *recordAt(QualType Ty) {
  Ty = Ty.getNonReferenceType();
  if (Ty->isPointerType())
    Ty = Ty->getPointeeType();
  const CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
  return R && R->hasDefinition() ? R->getDefinition() : nullptr;
}

/// The argument itself, without the temporary that a reference to it needs.
const Expr *spelled(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    else
      return E;
  }
}

/// What a task runs: a closure, an object that can be called, a function.
const FunctionDecl *calledBy(const Expr *E) {
  E = spelled(E);
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_AddrOf)
    E = spelled(U->getSubExpr());
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    if (const auto *F = dyn_cast<FunctionDecl>(D->getDecl()))
      return F;
  if (const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
      R && R->hasDefinition())
    for (const Decl *D : R->decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        D = Template->getTemplatedDecl();
      if (const auto *M = dyn_cast<CXXMethodDecl>(D);
          M && M->getOverloadedOperator() == OO_Call)
        return M;
    }
  return nullptr;
}

/// What std::ref gives stands for a pointer.
bool isReference(QualType Ty) {
  const CXXRecordDecl *R = recordAt(Ty);
  return R && R->isInStdNamespace() && R->getName() == "reference_wrapper";
}

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
  auto [It, New] = TaskTypes.try_emplace(R, false);
  if (!New)
    return It->second;
  bool Waits = false;
  for (const CXXMethodDecl *M : R->methods())
    if (!isSignalType(Ty))
      if (const model::FunctionRule *Rule = T.Classes.classify(*M).Rule)
        Waits |= Rule->Waits;
  for (const CXXBaseSpecifier &B : R->bases())
    Waits |= isTaskType(B.getType());
  return TaskTypes[R] = Waits;
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
  auto Holds = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type &&
           mayHoldTasks(A.getAsType(), Depth + 1);
  };
  for (const TemplateArgument &A : S->getTemplateArgs().asArray())
    if (A.getKind() == TemplateArgument::Pack
            ? llvm::any_of(A.pack_elements(), Holds)
            : Holds(A))
      return true;
  return false;
}

void FactsGenerator::waitOn(PlaceId On, const Stmt *At, uint32_t Flags) {
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

/// A call that runs an argument of its beside this function; false when it is
/// not known whom one would have to wait for.
bool FactsGenerator::startTask(const CallShape &S) {
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  bool Makes = isa<CXXConstructorDecl>(S.Callee);
  CallSite C;
  const FunctionDecl *Body = nullptr;
  unsigned First = S.Args.size();
  for (unsigned I = 0; I < S.Args.size(); ++I)
    if (!isTaskType(S.Args[I]->getType()))
      if (const FunctionDecl *F = calledBy(S.Args[I])) {
        Body = F;
        First = I;
        break;
      }
  auto Given = [&](const Expr *A) {
    A = spelled(A);
    return A->isGLValue() ? Operand::value(place(A)) : operand(A);
  };
  // std::launch::deferred runs at the wait, in whoever waits.
  bool Async = S.Callee->isInStdNamespace() && !Method;
  if (Async && First > 0 && First < S.Args.size())
    if (Operand Policy = operand(S.Args[0]);
        Policy.Is == Operand::Constant && Policy.Number == 2)
      return false;

  // --- whom one waits for
  PlaceId Task = NoPlace;
  bool Joins = false;
  auto Executor = [&](const Expr *E) {
    E = spelled(E);
    // `pool.get_executor()`, `make_strand(pool)`
    if (const auto *Of = dyn_cast<CXXMemberCallExpr>(E); Of && !isTaskType(E->getType()))
      E = Of->getImplicitObjectArgument();
    if (!E || !isTaskType(E->getType()))
      return false;
    Task = E->getType()->isPointerType() ? behind(operand(E)) : place(E);
    return Task != NoPlace;
  };
  QualType Result = S.Callee->getReturnType();
  if (Makes) {
    Task = S.This;
    const CXXDestructorDecl *D = Method->getParent()->getDestructor();
    const model::FunctionRule *Rule = D ? T.Classes.classify(*D).Rule : nullptr;
    Joins = Rule && Rule->Waits;
  } else if (Result->isRecordType() && isTaskType(Result)) {
    Task = S.Ret;
    Joins = Async;
  } else if (Method && S.ThisExpr && isTaskType(S.ThisExpr->getType())) {
    Task = S.This;
  } else if (Method && S.ThisExpr && mayHoldTasks(S.ThisExpr->getType())) {
    Task = S.This; // threads.emplace_back(…)
    Joins = Method->getParent()->isInStdNamespace();
  } else if (Method && Method->isStatic()) {
    // nobody's
  } else if (First > 0 && !S.Args.empty() && !Method &&
             S.Args[0]->getType()->isPointerType()) {
    Task = behind(operand(S.Args[0])); // pthread_create(&thread, …)
    if (Task == NoPlace)
      return false;
    Fact &Status = emit(FactKind::Assign, S.Expr, Scalar);
    Status.Dst = S.Ret;
  } else {
    bool Found = false;
    for (unsigned I = 0; I < First && !Found; ++I)
      Found = Executor(S.Args[I]);
    if (!Found)
      return false;
  }
  if (Makes || Task == S.Ret)
    emit(FactKind::Assign, S.Expr).Dst = Task;

  // --- what it gets
  const Summary *Sum = nullptr;
  if (Body && !Body->isTemplated())
    if (const Summary *Known = T.summary(*Body); Known && !Known->Incomplete)
      Sum = Known;
  C.Callee = Sum;
  C.Ret = Task;
  const auto *Call = dyn_cast_or_null<CXXMethodDecl>(Body);
  PlaceId This = T.Places.root(PlaceKind::This, 0, "this");
  unsigned Param = 0;
  bool IsObject = Call && Call->getOverloadedOperator() == OO_Call;
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    Operand O = Given(S.Args[I]);
    if (I < First && O.Place == Task)
      continue;
    PlaceId Root = NoPlace;
    if (I == First && IsObject) {
      Root = This;
      if (O.Is == Operand::Value && O.Place != NoPlace)
        O = Operand::address(O.Place);
    } else if (I > First && Call && !IsObject && !Call->isStatic() && I == First + 1) {
      Root = This;
      if (O.Is == Operand::Value && S.Args[I]->getType()->isRecordType())
        O = Operand::address(O.Place);
    } else if (I > First && Body) {
      const FunctionDecl *Def = Body->getDefinition() ? Body->getDefinition() : Body;
      if (Param < Def->getNumParams()) {
        const ParmVarDecl *P = Def->getParamDecl(Param++);
        Root = T.Places.root(PlaceKind::Param, T.symbol(*P), P->getName());
      }
    }
    C.Bindings.push_back({Root, O});
  }
  // What a closure was made of: a pointer leads where it led before.
  if (const auto *L = First < S.Args.size()
                          ? dyn_cast<LambdaExpr>(spelled(S.Args[First]))
                          : nullptr) {
    auto Init = L->capture_init_begin();
    for (const LambdaCapture &Each : L->captures()) {
      const Expr *E = *Init++;
      if (!Each.capturesThis() && !Each.capturesVariable())
        continue;
      const ValueDecl *V = Each.capturesThis() ? nullptr : Each.getCapturedVar();
      QualType Ty = V ? V->getType().getNonReferenceType() : E->getType();
      if (const CXXRecordDecl *R = recordAt(Ty); R && T.Classes.classify(*R).PoolOf)
        continue;
      PlaceId Field = T.Places.step(PlaceKind::Field, temp(L), T.captureSymbol(V),
                                    V ? V->getName() : "this");
      Operand O;
      if (V && Each.getCaptureKind() == LCK_ByRef) {
        if (PlaceId P = place(E); P != NoPlace)
          O = Operand::address(P);
      } else if (!V || Ty->isPointerType()) {
        if (PlaceId P = V ? behind(operand(E))
                          : T.Places.step(PlaceKind::Deref, thisPlace());
            P != NoPlace)
          O = Operand::address(P);
      } else if (Ty->isRecordType()) {
        // Moved or copied from there: `[p = std::move(promise)]`
        const Expr *From = spelled(E);
        if (const auto *K = dyn_cast<CXXConstructExpr>(From);
            K && K->getNumArgs() == 1)
          From = spelled(K->getArg(0));
        if (PlaceId P = place(From); P != NoPlace)
          O = Operand::value(P);
      }
      if (O.Place != NoPlace)
        C.Bindings.push_back({Field, O});
    }
  }
  if (T.isUserCode(*S.Callee))
    emit(FactKind::Clobber, S.Expr);
  Fact &F = emit(FactKind::Capture, S.Expr, Joins ? ByHandle : NoFlags);
  F.Dst = Task;
  F.Index = G->Facts.Calls.size();
  G->Facts.Calls.push_back(C);

  // --- and may own from now on
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    const Expr *A = S.Args[I];
    if (const CXXRecordDecl *R = A->getType()->getAsCXXRecordDecl();
        R && R->isLambda()) {
      // An owner that it has by reference is still here, and puts.
      PlaceId Closure = place(A);
      for (const LambdaCapture &Each : R->captures()) {
        if (!Each.capturesVariable() || Closure == NoPlace)
          continue;
        const ValueDecl *V = Each.getCapturedVar();
        PlaceId Held = T.Places.step(PlaceKind::Field, Closure, T.captureSymbol(V),
                                     V->getName());
        if (Each.getCaptureKind() == LCK_ByRef) {
          if (V->getType().getNonReferenceType()->isRecordType())
            continue;
          Held = T.Places.step(PlaceKind::Deref, Held);
        }
        emit(FactKind::Store, S.Expr).Src = Operand::value(Held);
      }
      continue;
    }
    Operand O = Given(A);
    if ((O.Is != Operand::Value && O.Is != Operand::Address) || O.Place == Task ||
        O.Place == NoPlace)
      continue;
    if (A->getType()->isRecordType() && !A->isLValue() &&
        O.Is == Operand::Value && !isReference(A->getType()))
      giveAway(O.Place, true, S.Expr);
    else
      emit(FactKind::Store, S.Expr).Src =
          O.Is == Operand::Address ? Operand::value(O.Place) : O;
  }
  return true;
}

/// `threads.emplace_back(…)`: the container makes a thread of what it is given.
bool FactsGenerator::emplacesTask(const CallShape &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!M || !M->getIdentifier() || !M->getName().starts_with("emplace") ||
      !M->getParent()->isInStdNamespace() || S.Args.empty() ||
      !mayHoldTasks(S.ThisExpr ? S.ThisExpr->getType() : QualType()))
    return false;
  const auto *Of = dyn_cast<ClassTemplateSpecializationDecl>(M->getParent());
  if (!Of || Of->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Made = recordAt(Of->getTemplateArgs()[0].getAsType());
  if (!Made || isTaskType(S.Args[0]->getType()) || !calledBy(S.Args[0]))
    return false;
  for (const Decl *D : Made->decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(D))
      if (const model::FunctionRule *Rule = T.Classes.classify(*Constructor).Rule;
          Rule && Rule->StartsThread)
        return startTask(S);
  }
  return false;
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

//===- Unwind.cpp - the ways of exceptions --------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Like a compiler's landing pads: each variable of a scope gets one block that
// destroys it and goes on to the block of what was declared before it, up to
// the enclosing try's dispatch or the function's exceptional exit. Scopes are
// lexical, so the chain is read off the statement tree.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Types.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

/// Notes for each statement that may throw which scope it stands in.
void FactsGenerator::scopes(const Stmt *S, Scope *&Current) {
  if (!S)
    return;
  auto Push = [&](const VarDecl *V, const CXXTryStmt *Try) {
    Scopes.push_back(std::make_unique<Scope>(Scope{Current, V, Try}));
    Current = Scopes.back().get();
  };
  if (isa<CallExpr, CXXConstructExpr, CXXNewExpr, CXXThrowExpr, CXXDeleteExpr>(S))
    ScopeOf[S] = Current;
  if (const auto *E = dyn_cast<CXXThrowExpr>(S); E && !E->getSubExpr())
    Rethrows[E] = Handler;
  auto Handle = [&](const CXXCatchStmt *In) {
    const CXXCatchStmt *Around = std::exchange(Handler, In);
    scopes(In->getHandlerBlock(), Current);
    Handler = Around;
  };
  switch (S->getStmtClass()) {
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D)) {
        scopes(V->getInit(), Current);
        if (V->hasLocalStorage())
          Push(V, nullptr);
      }
    return; // what follows in the same compound sees the new scope
  case Stmt::CXXTryStmtClass: {
    const auto *Try = cast<CXXTryStmt>(S);
    Scope *Outer = Current;
    Push(nullptr, Try);
    scopes(Try->getTryBlock(), Current);
    Current = Outer;
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I) {
      Handle(Try->getHandler(I));
      Current = Outer;
    }
    return;
  }
  case Stmt::LambdaExprClass: {
    for (const Expr *Init : cast<LambdaExpr>(S)->capture_inits())
      scopes(Init, Current);
    return;
  }
  case Stmt::CompoundStmtClass:
  case Stmt::IfStmtClass:
  case Stmt::WhileStmtClass:
  case Stmt::ForStmtClass:
  case Stmt::SwitchStmtClass:
  case Stmt::CXXForRangeStmtClass: {
    Scope *Outer = Current;
    for (const Stmt *C : S->children())
      scopes(C, Current);
    Current = Outer;
    return;
  }
  case Stmt::CXXDefaultArgExprClass:
    scopes(cast<CXXDefaultArgExpr>(S)->getExpr(), Current);
    return;
  case Stmt::CXXDefaultInitExprClass:
    scopes(cast<CXXDefaultInitExpr>(S)->getExpr(), Current);
    return;
  default:
    for (const Stmt *C : S->children())
      scopes(C, Current);
  }
}

/// A constructor that throws destroys the bases and members that stand already.
/// The handlers of its own try see its initialisers too.
FactsGenerator::Scope *
FactsGenerator::constructorScopes(const CXXConstructorDecl &C) {
  Scope *Current = nullptr;
  auto Push = [&](const CXXTryStmt *Try, const CXXCtorInitializer *Part) {
    Scopes.push_back(
        std::make_unique<Scope>(Scope{Current, nullptr, Try, Part}));
    Current = Scopes.back().get();
  };
  if (const auto *Try = dyn_cast<CXXTryStmt>(C.getBody())) {
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I) {
      Scope *Outermost = nullptr;
      Handler = Try->getHandler(I);
      scopes(Handler->getHandlerBlock(), Outermost);
    }
    Handler = nullptr;
    Push(Try, nullptr);
  }
  for (const CXXCtorInitializer *I : C.inits()) {
    scopes(I->getInit(), Current);
    Push(nullptr, I);
  }
  return Current;
}

/// Destroys what \p S stands for, in the block that is entered.
void FactsGenerator::leaveScope(const Scope &S) {
  if (S.Part) {
    PlaceId Object = T.Places.step(PlaceKind::Deref, thisPlace());
    if (const FieldDecl *F = S.Part->getAnyMember())
      destroy(field(Object, *F), F->getType(), nullptr, NoSite);
    else if (const Type *Base = S.Part->getBaseClass())
      destroy(Object, QualType(Base, 0), nullptr, NoSite);
    return;
  }
  PlaceId P =
      T.Places.root(PlaceKind::Local, T.symbol(*S.Var), S.Var->getName());
  if (!S.Var->getType()->isReferenceType()) {
    auto It = DeclaredAt.find(S.Var);
    destroy(P, S.Var->getType(), nullptr,
            It == DeclaredAt.end() ? site(S.Var->getLocation(), nullptr)
                                   : It->second);
  }
  if (const auto *A = S.Var->getAttr<CleanupAttr>(); A && A->getFunctionDecl())
    cleanUp(*S.Var, *A->getFunctionDecl(), nullptr);
  endExtended(*S.Var, nullptr);
  emit(FactKind::ScopeEnd, nullptr).Dst = P;
}

namespace {
/// Whether a handler for \p Caught (null: any) takes an exception of \p Thrown.
bool catches(QualType Caught, const Type *Thrown) {
  if (Caught.isNull())
    return true;
  Caught = plain(Caught);
  if (Caught.getTypePtr() == Thrown)
    return true;
  const auto *Base = Caught->getAsCXXRecordDecl();
  const auto *Derived = Thrown->getAsCXXRecordDecl();
  return Base && Derived && Derived->hasDefinition() &&
         Derived->isDerivedFrom(Base);
}
} // namespace

BlockId FactsGenerator::unwindFrom(Scope *S, const Type *Thrown) {
  // Down to the innermost scope with a block already, then back up: scopes may
  // nest deeper than the stack allows.
  llvm::SmallVector<Scope *, 16> Chain;
  BlockId Next = NoBlock;
  for (; Next == NoBlock; S = S->Outer) {
    if (!S) {
      Next = G->Facts.ThrowExit;
      break;
    }
    if (auto It = Unwinding.find({S, Thrown}); It != Unwinding.end()) {
      Next = It->second;
    } else if (S->Try) {
      auto It = Dispatch.find(S->Try);
      if (It == Dispatch.end())
        continue;
      if (!Thrown) {
        Next = It->second->getBlockID();
      } else {
        unsigned I = 0;
        for (const CFGBlock::AdjacentBlock &A : It->second->succs()) {
          if (I >= S->Try->getNumHandlers())
            break;
          if (catches(S->Try->getHandler(I++)->getCaughtType(), Thrown) &&
              A.getReachableBlock()) {
            Next = A.getReachableBlock()->getBlockID();
            break;
          }
        }
      }
      if (Next != NoBlock)
        Unwinding[{S, Thrown}] = Next;
    } else {
      Chain.push_back(S);
    }
  }
  BlockId Before = Now;
  for (Scope *Each : llvm::reverse(Chain)) {
    BlockId B = G->Facts.Blocks.size();
    G->Facts.Blocks.emplace_back();
    Unwinding[{Each, Thrown}] = B;
    UnwindBlocks.push_back(B);
    Now = B;
    leaveScope(*Each);
    G->Facts.Blocks[B].Out.push_back({Next, {}});
    Next = B;
  }
  Now = Before;
  return Next;
}

/// A block that destroys the temporaries which stand when a part of their
/// full-expression throws, and goes on to \p Next.
BlockId FactsGenerator::leaveTemporaries(BlockId Next) {
  if (Temporaries.empty())
    return Next;
  BlockId Before = Now, B = G->Facts.Blocks.size();
  G->Facts.Blocks.emplace_back();
  UnwindBlocks.push_back(B);
  Now = B;
  for (const CXXBindTemporaryExpr *Each : llvm::reverse(Temporaries))
    if (PlaceId P = place(Each);
        P != NoPlace && T.Places[P].Kind == PlaceKind::Temp)
      destroy(P, Each->getType(), nullptr, NoSite);
  emit(FactKind::TempsEnd, nullptr, Unwinds);
  G->Facts.Blocks[B].Out.push_back({Next, {}});
  Now = Before;
  return B;
}

/// Emits that control may leave at \p At. An assumed throw into a handler of
/// this function is a MayThrow like a known one; one that leaves the function is
/// a MayLeave, which only the question for unguarded leases follows.
void FactsGenerator::throwFrom(const Stmt *At, bool IsAssumed,
                               const Type *Thrown,
                               const CallSite *Callee) {
  if (!T.Context.getLangOpts().CXXExceptions)
    return;
  auto It = ScopeOf.find(At);
  Scope *S = It == ScopeOf.end() ? nullptr : It->second;
  bool Caught = false;
  for (const Scope *Up = S; Up && !Caught; Up = Up->Outer)
    if (Up->Try) {
      Caught = !Thrown;
      for (unsigned I = 0; I < Up->Try->getNumHandlers(); ++I)
        Caught |= Thrown && catches(Up->Try->getHandler(I)->getCaughtType(), Thrown);
    }
  if (!Caught && NoThrowFunction)
    return; // std::terminate
  if (!Caught && IsAssumed) {
    G->Known.Throwing = std::max(G->Known.Throwing, Throws::Assumed);
    emit(FactKind::MayLeave, At).Index = NoBlock;
    MayLeave.push_back({Now, uint32_t(G->Facts.Blocks[Now].Facts.size() - 1), S,
                        Temporaries});
    return;
  }
  if (!Caught) {
    G->Known.Thrown = G->Known.Throwing == Throws::Known && G->Known.Thrown != Thrown
                          ? nullptr
                          : Thrown;
    G->Known.Throwing = Throws::Known;
  }
  Fact &F = emit(FactKind::MayThrow, At, IsAssumed ? Assumed : NoFlags);
  size_t Index = &F - G->Facts.Blocks[Now].Facts.data();
  BlockId To = leaveTemporaries(unwindFrom(S, Thrown));
  G->Facts.Blocks[Now].Facts[Index].Index = To;
  if (!Temporaries.empty())
    G->Facts.Blocks[Now].Facts[Index].Flags |= Unwinds;
  if (!Callee)
    return;
  G->Facts.Blocks[Now].Facts[Index].Call = G->Facts.Calls.size();
  G->Facts.Calls.push_back(*Callee);
}

/// `throw;` goes on with what the handler around it caught. That may be something
/// derived, for which a handler further out waits, though nothing shows it.
void FactsGenerator::rethrow(const CXXThrowExpr &E) {
  const CXXCatchStmt *In = Rethrows.lookup(&E);
  if (!In || In->getCaughtType().isNull())
    return throwFrom(&E, false);
  const Type *Caught = plain(In->getCaughtType()).getTypePtr();
  for (const Scope *Up = ScopeOf.lookup(&E); Up; Up = Up->Outer)
    for (unsigned I = 0; Up->Try && I < Up->Try->getNumHandlers(); ++I) {
      QualType Waits = Up->Try->getHandler(I)->getCaughtType();
      if (!Waits.isNull() && plain(Waits).getTypePtr() != Caught &&
          catches(In->getCaughtType(), plain(Waits).getTypePtr()))
        throwFrom(&E, true, plain(Waits).getTypePtr());
    }
  throwFrom(&E, false, Caught);
}

/// `new` may throw. That is followed only where a handler of this function waits
/// for it: everywhere else it is the end of the program to most.
void FactsGenerator::allocationMayThrow(const CXXNewExpr &N) {
  const FunctionDecl *Op = N.getOperatorNew();
  if (N.shouldNullCheckAllocation() ||
      (Op && Op->isReservedGlobalPlacementOperator()))
    return;
  auto It = ScopeOf.find(&N);
  for (const Scope *Up = It == ScopeOf.end() ? nullptr : It->second; Up;
       Up = Up->Outer) {
    if (!Up->Try)
      continue;
    for (unsigned I = 0; I < Up->Try->getNumHandlers(); ++I) {
      QualType Caught = Up->Try->getHandler(I)->getCaughtType();
      if (Caught.isNull())
        return throwFrom(&N, true);
      const auto *R = Caught.getNonReferenceType()->getAsCXXRecordDecl();
      if (R && R->getIdentifier() && R->isInStdNamespace() &&
          (R->getName() == "bad_alloc" || R->getName() == "exception"))
        return throwFrom(&N, true,
                         Caught.getNonReferenceType()
                             .getCanonicalType()
                             .getUnqualifiedType()
                             .getTypePtr());
    }
  }
}

/// Gives each MayLeave its way out, where the function acquires anything that
/// it could lose.
void FactsGenerator::finishLeaving() {
  bool Acquires = llvm::any_of(G->Facts.Blocks, [](const Block &B) {
    return llvm::any_of(
        B.Facts, [](const Fact &F) { return F.Kind == FactKind::Acquire; });
  });
  if (!Acquires)
    return;
  for (const Leaving &L : MayLeave) {
    Temporaries = L.Temporaries;
    BlockId To = leaveTemporaries(unwindFrom(L.From, nullptr));
    Fact &F = G->Facts.Blocks[L.Block].Facts[L.Index];
    F.Index = To;
    if (!Temporaries.empty())
      F.Flags |= Unwinds;
  }
}

} // namespace pooltidy

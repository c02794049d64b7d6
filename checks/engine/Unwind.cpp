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
      scopes(Try->getHandler(I)->getHandlerBlock(), Current);
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

namespace {
/// Whether a handler for \p Caught (null: any) takes an exception of \p Thrown.
bool catches(QualType Caught, const Type *Thrown) {
  if (Caught.isNull())
    return true;
  Caught = Caught.getNonReferenceType().getCanonicalType().getUnqualifiedType();
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
    Now = B;
    PlaceId P = T.Places.root(PlaceKind::Local, T.symbol(*Each->Var),
                              Each->Var->getName());
    if (!Each->Var->getType()->isReferenceType()) {
      auto It = DeclaredAt.find(Each->Var);
      destroy(P, Each->Var->getType(), nullptr,
              It == DeclaredAt.end() ? site(Each->Var->getLocation(), nullptr)
                                     : It->second);
    }
    emit(FactKind::ScopeEnd, nullptr).Dst = P;
    G->Facts.Blocks[B].Out.push_back({Next, {}});
    Next = B;
  }
  Now = Before;
  return Next;
}

/// Emits that control may leave at \p At. An assumed throw is followed only
/// into a handler of this function: whether raw holding across calls is worth
/// a word is another check's question.
void FactsGenerator::throwFrom(const Stmt *At, bool IsAssumed,
                               const Type *Thrown) {
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
  BlockId To = unwindFrom(S, Thrown);
  G->Facts.Blocks[Now].Facts[Index].Index = To;
}

} // namespace pooltidy

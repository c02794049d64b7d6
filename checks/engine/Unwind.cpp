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

BlockId FactsGenerator::unwindFrom(const Scope *From) {
  auto *S = const_cast<Scope *>(From);
  if (!S)
    return G->Facts.ThrowExit;
  if (S->Unwind != NoBlock)
    return S->Unwind;
  if (S->Try) {
    auto It = Dispatch.find(S->Try);
    return S->Unwind = It == Dispatch.end() ? unwindFrom(S->Outer) : It->second;
  }
  // Scopes without anything to destroy share their outer scope's block, as
  // long as no raw name ends there: those end with the function anyway.
  BlockId Next = unwindFrom(S->Outer);
  BlockId B = G->Facts.Blocks.size();
  G->Facts.Blocks.emplace_back();
  S->Unwind = B;
  BlockId Before = Now;
  Now = B;
  PlaceId P = T.Places.root(PlaceKind::Local, T.symbol(*S->Var), S->Var->getName());
  if (!S->Var->getType()->isReferenceType())
    destroy(P, S->Var->getType(), nullptr, site(S->Var->getLocation(), nullptr));
  emit(FactKind::ScopeEnd, nullptr).Dst = P;
  Now = Before;
  G->Facts.Blocks[B].Out.push_back({Next, {}});
  return B;
}

BlockId FactsGenerator::landing(const Stmt *At) {
  auto It = ScopeOf.find(At);
  return unwindFrom(It == ScopeOf.end() ? nullptr : It->second);
}

/// Emits that control may leave at \p At. An assumed throw is followed only
/// into a handler of this function: whether raw holding across calls is worth
/// a word is another check's question.
void FactsGenerator::throwFrom(const Stmt *At, bool IsAssumed) {
  if (NoThrowFunction || !T.Context.getLangOpts().CXXExceptions)
    return;
  auto It = ScopeOf.find(At);
  const Scope *S = It == ScopeOf.end() ? nullptr : It->second;
  bool Caught = false;
  for (const Scope *Up = S; Up; Up = Up->Outer)
    Caught |= Up->Try != nullptr;
  if (!Caught)
    G->Known.Throwing = IsAssumed ? std::max(G->Known.Throwing, Throws::Assumed)
                                  : Throws::Known;
  if (IsAssumed && !Caught)
    return;
  BlockId To = unwindFrom(S);
  Fact &F = emit(FactKind::MayThrow, At, IsAssumed ? Assumed : NoFlags);
  F.Index = To;
}

} // namespace pooltidy

//===- Survey.cpp - one look at the statement tree -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"

using namespace clang;

namespace pooltidy {

const Expr *FactsGenerator::onlyValue(const InitListExpr &L) {
  if (L.getNumInits() != 1)
    return nullptr;
  const Expr *One = L.getInit(0);
  auto Plain = [](QualType T) {
    return T.getCanonicalType().getUnqualifiedType();
  };
  return Plain(L.getType()) == Plain(One->getType()) ? One : nullptr;
}

const Expr *FactsGenerator::maker(const Expr *E) {
  while (true) {
    if (const auto *F = dyn_cast<FullExpr>(E))
      E = F->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
      E = B->getSubExpr();
    else if (const auto *C = dyn_cast<CXXFunctionalCastExpr>(E))
      E = C->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr(); // lifetime-extended: lives like a variable
    else if (const auto *K = dyn_cast<CXXConstructExpr>(E);
             K && K->isElidable() && K->getNumArgs() >= 1)
      E = K->getArg(0);
    else if (const auto *I = dyn_cast<ImplicitCastExpr>(E))
      E = I->getSubExpr();
    else if (const auto *L = dyn_cast<InitListExpr>(E); L && onlyValue(*L))
      E = onlyValue(*L);
    else
      return E;
  }
}

/// What \p V kept alive ends with it.
void FactsGenerator::endExtended(const VarDecl &V, const Stmt *At) {
  auto It = Extended.find(&V);
  if (It == Extended.end())
    return;
  auto All = It->second;
  for (auto [P, Type] : llvm::reverse(All)) {
    auto Declared = DeclaredAt.find(&V);
    destroy(P, Type, At, Declared == DeclaredAt.end() ? NoSite : Declared->second);
    emit(FactKind::ScopeEnd, At).Dst = P;
  }
}

/// `for (Lease l = pool.get(); auto &x : l->list)`: what stands before the range
/// ends behind it, which clang's graph does not say.
void FactsGenerator::endBefore(const VarDecl &Range, const Stmt *At) {
  auto It = EndsWith.find(&Range);
  if (It == EndsWith.end())
    return;
  for (const Decl *D : llvm::reverse(It->second->decls())) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V || !V->hasLocalStorage())
      continue;
    auto Declared = DeclaredAt.find(V);
    if (!V->getType()->isReferenceType())
      destroy(variable(*V), V->getType(), At,
              Declared == DeclaredAt.end() ? NoSite : Declared->second);
    if (const auto *A = V->getAttr<CleanupAttr>(); A && A->getFunctionDecl())
      cleanUp(*V, *A->getFunctionDecl(), At);
    endExtended(*V, At);
    emit(FactKind::ScopeEnd, At).Dst =
        T.Places.root(PlaceKind::Local, T.symbol(*V), V->getName());
  }
}

/// One look at the statement tree before the CFG: full-expressions, arms of
/// conditional operators, how often variables are assigned, whose result is
/// dropped, where constructed objects go.
void FactsGenerator::survey(const Stmt *S) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S); E && E->containsErrors())
    HasErrors = true;
  auto Root = [&](const Stmt *Child) {
    if (StmtExprs)
      WithinExpr.insert(Child); // temporaries around it live on
    if (const auto *E = dyn_cast_or_null<Expr>(Child)) {
      const Expr *Inner = E;
      while (const auto *F = dyn_cast<FullExpr>(Inner))
        Inner = F->getSubExpr();
      if (!StmtExprs) {
        FullExpressions.insert(E);
        FullExpressions.insert(Inner->IgnoreParens());
      }
      Inner = Inner->IgnoreParens();
      if (Arms.count(Inner))
        return; // the value of a statement expression
      if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Inner))
        Inner = B->getSubExpr();
      if (const auto *C = dyn_cast<CStyleCastExpr>(Inner);
          C && C->getType()->isVoidType())
        Inner = C->getSubExpr()->IgnoreParens();
      Discarded.insert(Inner);
    }
  };
  size_t Before = Visible.size();
  auto Leave = llvm::make_scope_exit([&] {
    if (!isa<DeclStmt>(S))
      Visible.resize(std::min(Before, Visible.size()));
  });
  noteSizes(S);
  switch (S->getStmtClass()) {
  case Stmt::StmtExprClass: {
    // `({ int t = fd; fd = -1; t; })`: the value is that of the last expression.
    const auto *Whole = cast<StmtExpr>(S);
    const Stmt *End = Whole->getSubStmt()->body_back();
    const auto *Last = dyn_cast_or_null<ValueStmt>(End);
    const Expr *Value = Last ? Last->getExprStmt() : nullptr;
    if (Value && Whole->getType()->isScalarType() && !Discarded.count(Whole)) {
      while (const auto *F = dyn_cast<FullExpr>(Value->IgnoreParens()))
        Value = F->getSubExpr();
      Arms[Value->IgnoreParens()] = temp(Whole);
    }
    ++StmtExprs;
    auto Behind = llvm::make_scope_exit([&] { --StmtExprs; });
    survey(Whole->getSubStmt());
    return;
  }
  case Stmt::CompoundStmtClass: {
    unsigned Index = 0;
    for (const Stmt *C : S->children()) {
      Root(C);
      survey(C);
      findAssertion(*cast<CompoundStmt>(S), Index++);
    }
    return;
  }
  case Stmt::IfStmtClass:
    Root(cast<IfStmt>(S)->getThen());
    Root(cast<IfStmt>(S)->getElse());
    break;
  case Stmt::ForStmtClass:
    Root(cast<ForStmt>(S)->getInit());
    Root(cast<ForStmt>(S)->getInc());
    Root(cast<ForStmt>(S)->getBody());
    break;
  case Stmt::WhileStmtClass:
    Root(cast<WhileStmt>(S)->getBody());
    break;
  case Stmt::DoStmtClass:
    Root(cast<DoStmt>(S)->getBody());
    break;
  case Stmt::CXXForRangeStmtClass:
    Root(cast<CXXForRangeStmt>(S)->getBody());
    if (const auto *Init =
            dyn_cast_or_null<DeclStmt>(cast<CXXForRangeStmt>(S)->getInit()))
      if (const auto *Range = dyn_cast<VarDecl>(
              cast<CXXForRangeStmt>(S)->getRangeStmt()->getSingleDecl()))
        EndsWith[Range] = Init;
    break;
  case Stmt::CaseStmtClass:
  case Stmt::DefaultStmtClass:
    Root(cast<SwitchCase>(S)->getSubStmt());
    break;
  case Stmt::LabelStmtClass:
    Root(cast<LabelStmt>(S)->getSubStmt());
    break;
  case Stmt::ImplicitCastExprClass: {
    // `flag ? a : b` that is read at once: one of two values, no address.
    const auto *C = cast<ImplicitCastExpr>(S);
    if (C->getCastKind() == CK_LValueToRValue)
      if (const auto *Either = dyn_cast<ConditionalOperator>(
              C->getSubExpr()->IgnoreParens()))
        Loaded.insert(Either);
    break;
  }
  case Stmt::ConditionalOperatorClass: {
    const auto *C = cast<ConditionalOperator>(S);
    PlaceId P = temp(C);
    for (const Expr *Arm : {C->getTrueExpr(), C->getFalseExpr()}) {
      Arms[Arm->IgnoreParens()] = P;
      if (Loaded.count(C))
        Loaded.insert(Arm->IgnoreParens());
    }
    break;
  }
  case Stmt::BinaryConditionalOperatorClass: {
    const auto *C = cast<BinaryConditionalOperator>(S);
    PlaceId P = temp(C);
    Arms[C->getFalseExpr()->IgnoreParens()] = P;
    Arms[C->getCommon()->IgnoreParens()] = P;
    break;
  }
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass: {
    const auto *B = cast<BinaryOperator>(S);
    if (B->isAssignmentOp())
      if (const auto *D = dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens()))
        if (const auto *V = dyn_cast<VarDecl>(D->getDecl());
            V && !V->getType()->isReferenceType())
          ++Assigned[V];
    break;
  }
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(S);
    const auto *D = dyn_cast<DeclRefExpr>(U->getSubExpr()->IgnoreParens());
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!V || V->getType()->isReferenceType())
      break; // that is another variable
    if (U->isIncrementDecrementOp())
      ++Assigned[V];
    if (U->getOpcode() == UO_AddrOf) {
      T.Places.takeAddress(T.Places.rootOf(variable(*V)));
      Assigned[V] += V->getType()->isPointerType();
    }
    break;
  }
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D)) {
        Visible.push_back(V);
        if (const auto *Whole = dyn_cast<DecompositionDecl>(V)) {
          nameBindings(*Whole);
          for (const BindingDecl *B : Whole->bindings())
            if (const VarDecl *Holds = B->getHoldingVar())
              survey(Holds->getInit());
        }
      }
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->getInit()) {
        const Expr *Init = maker(V->getInit());
        if (isa<CXXConstructExpr, LambdaExpr, InitListExpr>(Init) &&
            V->getType()->isRecordType())
          Targets[Init] = variable(*V);
      }
    break;
  case Stmt::MaterializeTemporaryExprClass: {
    // What a reference keeps alive, or the range of a loop since C++23, lives
    // like a variable.
    const auto *M = cast<MaterializeTemporaryExpr>(S);
    const auto *V = dyn_cast_or_null<VarDecl>(M->getExtendingDecl());
    const LifetimeExtendedTemporaryDecl *D = M->getLifetimeExtendedTemporaryDecl();
    if (!V || !D || M->getStorageDuration() != SD_Automatic ||
        !M->getType()->isRecordType())
      break;
    PlaceId P = T.Places.root(PlaceKind::Local, T.symbol(*D),
                              V->getName().starts_with("__") ? "" : V->getName());
    Targets[maker(M->getSubExpr())] = P;
    Extended[V].push_back({P, M->getType()});
    break;
  }
  case Stmt::LambdaExprClass:
    for (const Expr *Init : cast<LambdaExpr>(S)->capture_inits())
      survey(Init);
    return;
  case Stmt::CXXDefaultArgExprClass:
    survey(cast<CXXDefaultArgExpr>(S)->getExpr());
    return;
  case Stmt::CXXDefaultInitExprClass:
    survey(cast<CXXDefaultInitExpr>(S)->getExpr());
    return;
  default:
    break;
  }
  if (isa<CallExpr, CXXConstructExpr>(S))
    surveyTasks(S);
  bool Loop = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
  if (Loop)
    LoopsAround.push_back(S);
  for (const Stmt *C : S->children())
    survey(C);
  if (Loop)
    LoopsAround.pop_back();
}

/// Whether a call has to do with tasks, and in which loops it stands.
void FactsGenerator::surveyTasks(const Stmt *S) {
  if (!LoopsAround.empty())
    LoopExits[S].assign(LoopsAround.begin(), LoopsAround.end());
  const auto *Call = dyn_cast<CallExpr>(S);
  const auto *Made = dyn_cast<CXXConstructExpr>(S);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : Made->getConstructor();
  if (!F)
    return;
  if (!StartsTasks) {
    const model::FunctionRule *Rule = T.Classes.classify(*F).Rule;
    StartsTasks = (Rule && Rule->StartsThread) || mayHoldTasks(cast<Expr>(S)->getType());
  }
  HasPromises |= F->getIdentifier() && F->getName() == "get_future";
}

} // namespace pooltidy

//===- Counters.cpp - how far a loop can count ----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// Where each round asks `i < n` first and steps i by one, i is never more than n
// behind the loop: `if (i == n) return;` has met each way that found nothing. Only
// a counter that lives longer than its loop can be asked there.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

const VarDecl *counterIn(const Expr *E) {
  const auto *D = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  return V && V->hasLocalStorage() && V->getType()->isIntegerType() ? V : nullptr;
}

/// Writes of whole numbers, by loop, in the order of the source.
class Counting : public RecursiveASTVisitor<Counting> {
public:
  struct Change {
    unsigned At;
    const Stmt *Loop; ///< the innermost around it
    int By;           ///< 1, -1, or 0 for anything else
  };
  struct Loop {
    const Stmt *Itself;
    unsigned From, To = 0;
  };
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<Change, 2>> Changes;
  llvm::DenseMap<const VarDecl *, unsigned> Declared;
  llvm::DenseMap<const VarDecl *, int> Bound; ///< uses that are no reads or writes
  std::vector<Loop> Loops;

  bool dataTraverseStmtPre(Stmt *S) {
    ++Clock;
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S)) {
      Around.push_back(Loops.size());
      Loops.push_back({S, Clock});
      if (const auto *For = dyn_cast<ForStmt>(S); For && For->getInit())
        InitOf[For->getInit()] = For;
    }
    return true;
  }
  bool dataTraverseStmtPost(Stmt *S) {
    if (auto It = InitOf.find(S); It != InitOf.end())
      InitEnd[It->second] = Clock;
    if (!Around.empty() && Loops[Around.back()].Itself == S) {
      Loops[Around.back()].To = Clock;
      Around.pop_back();
    }
    return true;
  }
  bool VisitVarDecl(VarDecl *V) {
    Declared[V] = Clock;
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (const VarDecl *V = counterIn(E))
      ++Bound[V];
    return true;
  }
  bool VisitImplicitCastExpr(ImplicitCastExpr *C) {
    if (C->getCastKind() == CK_LValueToRValue)
      if (const VarDecl *V = counterIn(C->getSubExpr()))
        --Bound[V];
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp())
      changed(U->getSubExpr(), U->isIncrementOp() ? 1 : -1);
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (!B->isAssignmentOp())
      return true;
    const auto *One = dyn_cast<IntegerLiteral>(B->getRHS()->IgnoreParenImpCasts());
    bool ByOne = One && One->getValue() == 1;
    changed(B->getLHS(), ByOne && B->getOpcode() == BO_AddAssign   ? 1
                         : ByOne && B->getOpcode() == BO_SubAssign ? -1
                                                                   : 0);
    return true;
  }

  /// How \p S steps \p V once in each round, and changes it nowhere else; or 0.
  int stepIn(const Loop &L, const VarDecl *V) const {
    auto Written = Changes.find(V);
    if (Written == Changes.end() || Bound.lookup(V) != 0 ||
        (!isa<ParmVarDecl>(V) && Declared.lookup(V) >= L.From))
      return 0;
    int By = 0;
    for (const Change &Each : Written->second) {
      auto Init = InitEnd.find(L.Itself);
      unsigned From = Init == InitEnd.end() ? L.From : Init->second + 1;
      if (Each.At < From || Each.At > L.To)
        continue;
      if (By || Each.Loop != L.Itself || !Each.By)
        return 0;
      By = Each.By;
    }
    return By;
  }

private:
  void changed(const Expr *E, int By) {
    const VarDecl *V = counterIn(E);
    if (!V)
      return;
    --Bound[V];
    Changes[V].push_back(
        {Clock, Around.empty() ? nullptr : Loops[Around.back()].Itself, By});
  }
  unsigned Clock = 0;
  llvm::SmallVector<size_t, 8> Around;
  llvm::DenseMap<const Stmt *, const ForStmt *> InitOf;
  llvm::DenseMap<const Stmt *, unsigned> InitEnd;
};

/// The operands of `a && b && c`.
void conjuncts(const Expr *E, llvm::SmallVectorImpl<const BinaryOperator *> &Out) {
  E = E->IgnoreParenImpCasts();
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (B && B->getOpcode() == BO_LAnd) {
    conjuncts(B->getLHS(), Out);
    conjuncts(B->getRHS(), Out);
  } else if (B && B->isComparisonOp()) {
    Out.push_back(B);
  }
}

/// True when `value K limit` holds for a value that steps \p By towards it.
bool leadsTo(BinaryOperatorKind K, int By) {
  if (By > 0)
    return K == BO_LT || K == BO_LE || K == BO_NE;
  return By < 0 && (K == BO_GT || K == BO_GE || K == BO_NE);
}

} // namespace

/// Finds the conditions of loops that a counter, stepped by one, comes to.
void FactsGenerator::findCounters(const Stmt &Body) {
  if (llvm::none_of(*Graph, [](const CFGBlock *B) {
        return isa_and_nonnull<ForStmt, WhileStmt>(B->getTerminatorStmt());
      }))
    return;
  Counting All;
  All.TraverseStmt(const_cast<Stmt *>(&Body));
  for (const Counting::Loop &L : All.Loops) {
    const Expr *Condition = nullptr;
    if (const auto *For = dyn_cast<ForStmt>(L.Itself))
      Condition = For->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(L.Itself))
      Condition = While->getCond();
    llvm::SmallVector<const BinaryOperator *, 2> Asked;
    if (Condition)
      conjuncts(Condition, Asked);
    for (const BinaryOperator *B : Asked) {
      BinaryOperatorKind K = B->getOpcode();
      if (const VarDecl *V = counterIn(B->getLHS()))
        if (int By = All.stepIn(L, V); leadsTo(K, By))
          Counters[B] = {By, true};
      if (const VarDecl *V = counterIn(B->getRHS()))
        if (int By = All.stepIn(L, V);
            leadsTo(BinaryOperator::reverseComparisonOp(K), By))
          Counters[B] = {By, false};
    }
  }
}

/// Before a loop asks \p Test of its counter: it is not past the end.
void FactsGenerator::counted(const Expr &Condition, Predicate Test) {
  auto It = Counters.find(Condition.IgnoreParens());
  if (It == Counters.end() || !Test)
    return;
  switch (Test.Op) {
  case Cmp::LT:
    Test.Op = Cmp::LE;
    break;
  case Cmp::GT:
    Test.Op = Cmp::GE;
    break;
  case Cmp::NE: {
    bool Turned = T.Places[Test.Place].Kind == PlaceKind::Opaque &&
                  isTurned(*cast<BinaryOperator>(It->first)) == It->second.Left;
    Test.Op = (It->second.By > 0) != Turned ? Cmp::LE : Cmp::GE;
    break;
  }
  case Cmp::LE:
  case Cmp::GE:
    if (T.Places[Test.Place].Kind == PlaceKind::Opaque)
      return;
    Test.Constant += It->second.By;
    break;
  default:
    return;
  }
  emit(FactKind::Assert, &Condition, Believed).Test = Test;
}

} // namespace pooltidy

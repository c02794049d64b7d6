//===- Loops.cpp - what ends a loop ---------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A loop is counted when something that each round steps is compared on a way
// out of it, or when it walks over a container. What it is compared with bounds
// the number of rounds.
//
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace pooltidy {

namespace {

using Decls = llvm::SmallPtrSet<const ValueDecl *, 4>;

const ValueDecl *named(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    return D->getDecl();
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return M->getMemberDecl();
  return nullptr;
}

/// What the rounds step: `++i`, `left -= n`, `p = p->next`; and down or up.
class Steps : public RecursiveASTVisitor<Steps> {
public:
  Decls Up, Down;

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp())
      if (const ValueDecl *D = named(U->getSubExpr()))
        (U->isIncrementOp() ? Up : Down).insert(D);
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *C) {
    OverloadedOperatorKind O = C->getOperator();
    if ((O == OO_PlusPlus || O == OO_MinusMinus || O == OO_PlusEqual ||
         O == OO_MinusEqual) && C->getNumArgs() >= 1)
      if (const ValueDecl *D = named(C->getArg(0)))
        if (!isContainer(D->getType()))
          (O == OO_PlusPlus || O == OO_PlusEqual ? Up : Down).insert(D);
    return true;
  }
  bool VisitCompoundAssignOperator(CompoundAssignOperator *B) {
    if (const ValueDecl *D = named(B->getLHS())) {
      if (B->getOpcode() == BO_AddAssign)
        Up.insert(D);
      else if (B->getOpcode() == BO_SubAssign || B->getOpcode() == BO_ShrAssign ||
               B->getOpcode() == BO_DivAssign)
        Down.insert(D);
    }
    return true;
  }
  /// `p = p->next`, `rest = rest.substr(n)`: what is left of what there was.
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      if (const ValueDecl *D = named(B->getLHS()); D && mentions(B->getRHS(), D))
        Up.insert(D);
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    const Expr *On = C->getImplicitObjectArgument();
    if (M && M->getIdentifier() && On &&
        (M->getName() == "remove_prefix" || M->getName() == "pop_back" ||
         M->getName() == "pop_front" || M->getName() == "pop"))
      if (const ValueDecl *D = named(On))
        Up.insert(D);
    return true;
  }
  static bool mentions(const Stmt *S, const ValueDecl *D) {
    if (!S)
      return false;
    if (const auto *E = dyn_cast<Expr>(S); E && named(E) == D)
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return mentions(C, D); });
  }

private:
  static bool isContainer(QualType T) {
    const auto *R = T.getNonReferenceType()->getAsCXXRecordDecl();
    return R && R->isInStdNamespace() && R->getIdentifier() &&
           (R->getName() == "basic_string" || R->getName() == "vector");
  }
};

/// `total += line.size()`: numbers that the rounds add sizes to.
class Totals : public RecursiveASTVisitor<Totals> {
public:
  Decls Of;

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitCompoundAssignOperator(CompoundAssignOperator *B) {
    if (const ValueDecl *D = named(B->getLHS());
        D && B->getOpcode() == BO_AddAssign && hasSize(B->getRHS()))
      Of.insert(D);
    return true;
  }

private:
  static bool hasSize(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(S))
      if (const CXXMethodDecl *M = C->getMethodDecl();
          M && M->getIdentifier() &&
          (M->getName() == "size" || M->getName() == "length"))
        return true;
    return llvm::any_of(S->children(), hasSize);
  }
};

/// True where \p S, outside of \p Loop, compares one of \p Totals with anything but
/// nothing.
bool compares(const Stmt *S, const Stmt &Loop, const Decls &Totals,
              const ASTContext &Context) {
  if (!S || S == &Loop)
    return false;
  if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isRelationalOp())
    for (const Expr *Side : {B->getLHS(), B->getRHS()}) {
      const Expr *Other = Side == B->getLHS() ? B->getRHS() : B->getLHS();
      Expr::EvalResult With;
      bool Nothing = !Other->isValueDependent() &&
                     Other->EvaluateAsInt(With, Context) && With.Val.getInt() <= 1;
      if (!Nothing && llvm::any_of(Totals, [&](const ValueDecl *D) {
            return Steps::mentions(Side, D);
          }))
        return true;
    }
  return llvm::any_of(S->children(), [&](const Stmt *C) {
    return compares(C, Loop, Totals, Context);
  });
}

/// Whoever adds up how much there is, and asks for it later, may well mean what
/// has grown by it.
bool addsUp(const Stmt &Loop, const Stmt *Function, const ASTContext &Context) {
  Totals T;
  T.TraverseStmt(const_cast<Stmt *>(&Loop));
  return !T.Of.empty() && compares(Function, Loop, T.Of, Context);
}

/// Conditions under which \p S leaves the loop: of `if (...) break;`.
void exitsIn(const Stmt *S, llvm::SmallVectorImpl<const Expr *> &Out) {
  if (!S || isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, LambdaExpr>(S))
    return;
  auto Leaves = [](const Stmt *Arm) {
    if (const auto *C = dyn_cast_or_null<CompoundStmt>(Arm))
      Arm = C->body_empty() ? nullptr : C->body_back();
    return isa_and_nonnull<BreakStmt, ReturnStmt, GotoStmt, CXXThrowExpr>(Arm);
  };
  if (const auto *If = dyn_cast<IfStmt>(S))
    if (Leaves(If->getThen()) || Leaves(If->getElse()))
      Out.push_back(If->getCond());
  for (const Stmt *C : S->children())
    exitsIn(C, Out);
}

void splitAny(const Expr *E, llvm::SmallVectorImpl<const Expr *> &Out) {
  E = E->IgnoreParenImpCasts();
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isLogicalOp()) {
    splitAny(B->getLHS(), Out);
    splitAny(B->getRHS(), Out);
    return;
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_LNot)
    return splitAny(U->getSubExpr(), Out);
  if (const auto *F = dyn_cast<FullExpr>(E))
    return splitAny(F->getSubExpr(), Out);
  Out.push_back(E);
}

/// Both sides of a comparison, built in or not.
bool sides(const Expr *E, const Expr *&L, const Expr *&R) {
  if (const auto *W = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    L = W->getLHS(), R = W->getRHS();
    return W->isComparisonOp();
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E); B && B->isComparisonOp()) {
    L = B->getLHS(), R = B->getRHS();
    return true;
  }
  const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
  if (!C || !C->isComparisonOp() || C->getNumArgs() != 2)
    return false;
  L = C->getArg(0), R = C->getArg(1);
  return true;
}

} // namespace

/// The container that \p E is the end or the size of, or walks over.
PlaceId FactsGenerator::walked(const Expr *E) {
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E)) {
    const Expr *On = C->getImplicitObjectArgument();
    return On && C->getNumArgs() == 0
               ? (On->getType()->isPointerType() ? behind(operand(On)) : place(On))
               : NoPlace;
  }
  return NoPlace;
}

/// In a loop over an array that begins with \p Begin: 0 in the first round.
PlaceId FactsGenerator::roundOf(const VarDecl &Begin) {
  return T.Places.step(PlaceKind::Query, variable(Begin), T.symbol(Begin));
}

LoopFacts FactsGenerator::loop(const Stmt &S) {
  LoopFacts Out;
  auto FromCaller = [&](PlaceId P) {
    if (P == NoPlace)
      return false;
    PlaceKind Root = T.Places[T.Places.rootOf(P)].Kind;
    return Root == PlaceKind::Param || Root == PlaceKind::Temp;
  };
  auto Counted = [&](Operand Bound, bool Sure) {
    if (Out.Ends == LoopFacts::Fixed ||
        (Out.Ends == LoopFacts::Counted && Out.Bound.Is != Operand::None))
      return;
    Out.Ends = LoopFacts::Counted;
    Out.Bound = Bound;
    Out.Sure = Sure;
  };
  if (const auto *For = dyn_cast<CXXForRangeStmt>(&S)) {
    const Expr *Range = For->getRangeInit();
    QualType Ty = Range ? Range->getType().getNonReferenceType() : QualType();
    const auto *R = Ty.isNull() ? nullptr : Ty->getAsCXXRecordDecl();
    bool Small = !Ty.isNull() && Ty->isArrayType();
    if (R && R->isInStdNamespace() && R->getIdentifier())
      Small |= R->getName() == "array" || R->getName() == "initializer_list";
    if (Small) {
      Out.Ends = LoopFacts::Fixed;
      return Out;
    }
    const Expr *Bare = Range ? Range->IgnoreUnlessSpelledInSource() : nullptr;
    PlaceId P = Bare && Bare->isGLValue() ? place(Bare) : NoPlace;
    // What a call answers is not known to be small either.
    Counted(P == NoPlace ? Operand() : Operand::value(P),
            FromCaller(P) || isa_and_nonnull<CallExpr>(Bare));
    return Out;
  }
  llvm::SmallVector<const Expr *, 4> Conditions;
  Steps Stepped;
  const Stmt *Body = nullptr;
  const Stmt *Init = nullptr;
  if (const auto *For = dyn_cast<ForStmt>(&S)) {
    Body = For->getBody();
    Init = For->getInit();
    if (For->getCond())
      splitAny(For->getCond(), Conditions);
    Stepped.TraverseStmt(const_cast<Expr *>(For->getInc()));
    Stepped.TraverseStmt(const_cast<Expr *>(For->getCond()));
  } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
    Body = While->getBody();
    splitAny(While->getCond(), Conditions);
    Stepped.TraverseStmt(const_cast<Expr *>(While->getCond()));
  } else if (const auto *Do = dyn_cast<DoStmt>(&S)) {
    Body = Do->getBody();
    splitAny(Do->getCond(), Conditions);
    Stepped.TraverseStmt(const_cast<Expr *>(Do->getCond()));
  }
  Stepped.TraverseStmt(const_cast<Stmt *>(Body));
  llvm::SmallVector<const Expr *, 4> Exits;
  exitsIn(Body, Exits);
  for (const Expr *E : Exits)
    splitAny(E, Conditions);
  auto StartsAt = [&](const ValueDecl *D) -> const Expr * {
    if (const auto *Start = dyn_cast_or_null<DeclStmt>(Init))
      for (const Decl *Each : Start->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each); V && V == D)
          return V->getInit();
    return nullptr;
  };
  for (const Expr *E : Conditions) {
    const Expr *L = nullptr, *R = nullptr;
    bool Compares = sides(E, L, R);
    for (const Decls *Which : {&Stepped.Up, &Stepped.Down})
      for (const ValueDecl *D : *Which) {
        if (!Steps::mentions(E, D))
          continue;
        bool Down = Which == &Stepped.Down;
        if (!Compares) {
          // while (left--), for (; p; p = p->next), while (*s++)
          const Expr *Start = StartsAt(D);
          Operand From = Start ? operand(Start) : Operand();
          if (Down && From.Is == Operand::Constant)
            Out.Ends = LoopFacts::Fixed;
          else if (Down && D->getType()->isIntegerType() && !Start)
            if (const auto *V = dyn_cast<VarDecl>(D)) {
              Counted(Operand::value(variable(*V)), false);
              continue;
            }
          Counted(Start ? From : Operand(), false);
          continue;
        }
        const Expr *Limit = Steps::mentions(L, D) ? R : L;
        if (Steps::mentions(Limit, D)) {
          Counted({}, false);
          continue;
        }
        Operand To = operand(Limit->IgnoreUnlessSpelledInSource());
        if (To.Is == Operand::None)
          To = operand(Limit);
        if (Down) {
          // Counts down to it: from where?
          const Expr *Start = StartsAt(D);
          const auto *V = dyn_cast<VarDecl>(D);
          Operand From = Start ? operand(Start)
                         : V && D->getType()->isIntegerType()
                             ? Operand::value(variable(*V))
                             : Operand();
          if (From.Is == Operand::Constant)
            Out.Ends = LoopFacts::Fixed;
          else
            Counted(From, false);
          continue;
        }
        if (To.Is == Operand::Constant && D->getType()->isIntegerType()) {
          Out.Ends = LoopFacts::Fixed;
          continue;
        }
        if (PlaceId P = walked(Limit); P != NoPlace)
          Counted(Operand::value(P), FromCaller(P));
        else
          Counted(To, false);
      }
    // `queue.size() < 8`: whoever asks how much there is stops at some time.
    if (Compares && Out.Ends == LoopFacts::Open)
      for (const Expr *Side : {L, R})
        if (const auto *C = dyn_cast<CXXMemberCallExpr>(
                Side->IgnoreUnlessSpelledInSource());
            C && C->getMethodDecl() && C->getMethodDecl()->isConst() &&
            C->getType()->isIntegerType() && !C->getType()->isBooleanType() &&
            C->getNumArgs() == 0) {
          const Expr *Other = Side == L ? R : L;
          if (Operand O = operand(Other); O.Is != Operand::Constant || O.Number > 0)
            Counted({}, false);
        }
  }
  if (Out.Ends == LoopFacts::Open)
    Out.Sure = true;
  return Out;
}

/// The ends of rounds, for what grows in one round after the other.
void FactsGenerator::rounds() {
  bool Any = false;
  auto Grows = [](const EntitySummary &E) {
    return llvm::any_of(E.Outcomes,
                        [](const Outcome &O) { return !O.Grew.empty(); });
  };
  for (const Block &B : G->Facts.Blocks)
    for (const Fact &F : B.Facts) {
      Any |= F.Kind == FactKind::Grow || F.Kind == FactKind::Make;
      if (F.Kind == FactKind::Apply) {
        const Summary &Sum = *G->Facts.Calls[F.Index].Callee;
        Any |= !Sum.Stocks.empty() || llvm::any_of(Sum.Entities, Grows);
      }
    }
  if (!Any)
    return;
  for (const CFGBlock *B : *Graph) {
    const Stmt *Of = B->getLoopTarget();
    if (!Of)
      continue;
    const CFGBlock *Next = nullptr;
    for (const CFGBlock::AdjacentBlock &A : B->succs())
      if (A.getReachableBlock())
        Next = A.getReachableBlock();
    if (!Next)
      continue;
    enterBlock(B->getBlockID());
    LoopFacts L = loop(*Of);
    L.Sure = L.Sure && !addsUp(*Of, Fn.getBody(), T.Context);
    L.Header = Next->getBlockID();
    emit(FactKind::Again, Of).Index = G->Facts.Loops.size();
    G->Facts.Loops.push_back(L);
  }
}

} // namespace pooltidy

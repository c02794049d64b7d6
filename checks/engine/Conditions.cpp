//===- Conditions.cpp - what a branch knows -------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "Generator.h"
#include "Types.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
std::optional<Cmp> comparison(BinaryOperatorKind K) {
  switch (K) {
  case BO_EQ: return Cmp::EQ;
  case BO_NE: return Cmp::NE;
  case BO_LT: return Cmp::LT;
  case BO_LE: return Cmp::LE;
  case BO_GT: return Cmp::GT;
  case BO_GE: return Cmp::GE;
  default: return std::nullopt;
  }
}

/// `a == 0` where `a` is itself a truth: the truth turned round.
Operand compare(const Operand &Side, Cmp Op, int64_t N) {
  if (Side.Is == Operand::Value)
    return Operand::truth({Side.Place, Op, N});
  if (Side.Is == Operand::Truth && (N == 0 || N == 1)) {
    if (Op == Cmp::EQ)
      return Operand::truth(N ? Side.Test : Side.Test.negated());
    if (Op == Cmp::NE)
      return Operand::truth(N ? Side.Test.negated() : Side.Test);
  }
  return {};
}

/// `isValidHandle(fd)` of another file: its name says that it asks what the id
/// itself tells. 1 for valid, -1 for invalid, 0 for any other function. Of what
/// a pointer points to, there is more that may be valid.
int asksValid(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  if (!F.getIdentifier() || F.getNumParams() != 1 ||
      !F.getReturnType()->isBooleanType() || F.hasBody(Definition) ||
      (isa<CXXMethodDecl>(F) && cast<CXXMethodDecl>(F).isInstance()))
    return 0;
  QualType Id = F.getParamDecl(0)->getType();
  if (!Id->isIntegerType() || Id->isBooleanType() || Id->isUnsignedIntegerType())
    return 0;
  for (StringRef Word : model::splitWords(F.getName()))
    if (Word == "valid" || Word == "invalid")
      return Word == "valid" ? 1 : -1;
  return 0;
}
} // namespace

/// The truth of a condition as a predicate over one place, when it has one.
Operand FactsGenerator::truth(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_LNot) {
    Operand Sub = truth(U->getSubExpr());
    if (Sub.Is == Operand::Truth)
      return Operand::truth(Sub.Test.negated());
    if (Sub.Is == Operand::Constant)
      return Operand::constant(!Sub.Number);
    return {};
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (auto Op = comparison(B->getOpcode())) {
      Operand L = operand(B->getLHS()), R = operand(B->getRHS());
      Operand Simple;
      auto Tells = [&](const Operand &O) {
        return O.Is == Operand::Value && O.Place != NoPlace &&
               T.Places.isInFlight(O.Place);
      };
      if (R.Is == Operand::Constant)
        Simple = compare(L, *Op, R.Number);
      else if (Tells(L) && R.Is == Operand::Value) // what it was once
        return Operand::truth({L.Place, *Op, 0});
      else if (Tells(R) && L.Is == Operand::Value)
        return Operand::truth({R.Place, mirrored(*Op), 0});
      else if (L.Is == Operand::Constant)
        Simple = compare(R, mirrored(*Op), L.Number);
      return Simple.Is == Operand::None ? opaque(E) : Simple;
    }
    if (B->isBitwiseOp() || B->isMultiplicativeOp() || B->isAdditiveOp())
      return opaque(E);
  }
  if (const auto *R = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return truth(R->getSemanticForm());
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E); C && C->isComparisonOp()) {
    if (C->getNumArgs() == 2 && (C->getOperator() == OO_EqualEqual ||
                                 C->getOperator() == OO_ExclaimEqual))
      if (Operand O = emptiness(C->getArg(0), C->getArg(1),
                                C->getOperator() == OO_EqualEqual);
          O.Is != Operand::None)
        return O;
    return opaque(E);
  }
  if (const auto *C = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *F = C->getDirectCallee()) {
      if (F->getBuiltinID() && F->getName() == "__builtin_expect")
        return truth(C->getArg(0));
      if (int Valid = asksValid(*F))
        if (Operand Id = operand(C->getArg(0)); Id.Is == Operand::Value)
          return Operand::truth({Id.Place, Valid > 0 ? Cmp::GE : Cmp::LT, 0});
    }
  if (const auto *C = dyn_cast<CastExpr>(E)) {
    switch (C->getCastKind()) {
    case CK_PointerToBoolean:
    case CK_IntegralToBoolean:
    case CK_IntegralCast:
    case CK_NoOp:
    case CK_UserDefinedConversion:
    case CK_BooleanToSignedIntegral:
      return truth(C->getSubExpr());
    default:
      break;
    }
  }
  if (const auto *F = dyn_cast<FullExpr>(E))
    return truth(F->getSubExpr());
  Operand O = operand(E);
  switch (O.Is) {
  case Operand::Value:
    return Operand::truth({O.Place, Cmp::NE, 0});
  case Operand::Address:
    return Operand::constant(1);
  case Operand::Truth:
  case Operand::Constant:
    return O;
  default:
    return {};
  }
}

namespace {
/// Numbers \p E so that equal conditions get equal numbers, and all comparisons of
/// the same two things the same: it then is \p Op 0, as of their difference, which is
/// the second less the first when \p Swapped. False when it may do more than
/// compare.
bool profile(const Expr *E, const ASTContext &Context,
             llvm::FoldingSetNodeID &Id, Cmp &Op, bool &Swapped) {
  const Expr *L = nullptr, *R = nullptr;
  unsigned Kind = 0;
  std::optional<Cmp> Compares;
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    L = B->getLHS(), R = B->getRHS();
    Compares = comparison(B->getOpcode());
    Kind = B->getOpcode();
  } else if (const auto *C = dyn_cast<CXXOperatorCallExpr>(E);
             C && C->getNumArgs() == 2) {
    L = C->getArg(0), R = C->getArg(1);
    if (C->isComparisonOp() && C->getOperator() != OO_Spaceship)
      Compares = comparison(BinaryOperator::getOverloadedOpcode(C->getOperator()));
    Kind = 1000 + C->getOperator();
  } else {
    return false;
  }
  if (L->HasSideEffects(Context, false) && !isa<CXXOperatorCallExpr>(E))
    return false;
  if (R->HasSideEffects(Context, false) && !isa<CXXOperatorCallExpr>(E))
    return false;
  llvm::FoldingSetNodeID Left, Right;
  L->Profile(Left, Context, true);
  R->Profile(Right, Context, true);
  Op = Compares.value_or(Cmp::NE);
  Swapped = Compares && Right.ComputeHash() < Left.ComputeHash();
  if (Swapped) {
    std::swap(Left, Right);
    Op = mirrored(Op);
  }
  Id.AddInteger(Compares ? 2000 : Kind);
  Id.AddNodeID(Left);
  Id.AddNodeID(Right);
  return true;
}
} // namespace

/// `list.end()`.
static bool isEndOf(const Expr *E) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *M = C ? C->getMethodDecl() : nullptr;
  return M && M->getIdentifier() && C->getNumArgs() == 0 &&
         M->getParent()->isInStdNamespace() &&
         llvm::is_contained({"begin", "end", "cbegin", "cend", "rbegin", "rend"},
                            M->getName());
}

/// A comparison of two variables or members, which what is known of each may
/// answer.
Operand FactsGenerator::difference(const Expr *E, uint32_t Hash, Cmp Op,
                                   bool Swapped) {
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (!B || !B->isComparisonOp())
    return {};
  PlaceId Sides[2];
  for (unsigned I : {0, 1}) {
    const Expr *Side = (I ? B->getRHS() : B->getLHS())->IgnoreParenImpCasts();
    PlaceId P = isa<DeclRefExpr, MemberExpr>(Side) &&
                        (Side->getType()->isIntegralOrEnumerationType() ||
                         Side->getType()->isPointerType())
                    ? place(Side)
                    : NoPlace;
    if (P == NoPlace || T.Places.isOneOfMany(P) ||
        T.Places[T.Places.rootOf(P)].Kind == PlaceKind::Temp)
      return {};
    Sides[I != Swapped] = P;
  }
  return Operand::truth({T.Places.opaque(Hash | Difference, Sides), Op, 0});
}

/// A condition that no single place tells: `n > m`, `flags & 4`, `a == "x"`.
Operand FactsGenerator::opaque(const Expr *E) {
  llvm::FoldingSetNodeID Id;
  Cmp Op = Cmp::NE;
  bool Swapped = false;
  if (!profile(E, T.Context, Id, Op, Swapped))
    return {};
  uint32_t Hash = Id.ComputeHash() & (Difference - 1);
  if (Operand O = difference(E, Hash, Op, Swapped); O.Is != Operand::None)
    return O;
  SmallVector<PlaceId, 4> Reads;
  readsOf(E, Reads);
  if (Reads.empty() || llvm::any_of(Reads, [&](PlaceId P) {
        return T.Places[T.Places.rootOf(P)].Kind == PlaceKind::Temp ||
               T.Places.isOneOfMany(P);
      }))
    return {};
  PlaceId P = T.Places.opaque(Hash, Reads);
  return Operand::truth({P, Op, 0});
}

/// Every place that \p E looks at: a branch on them may depend on the lease.
void FactsGenerator::readsOf(const Expr *E, SmallVectorImpl<PlaceId> &Reads) {
  if (!E)
    return;
  // An iterator of a container is as the container is.
  if (auto It = Results.find(E); It != Results.end() &&
                                 It->second.Place != NoPlace && !isEndOf(E))
    Reads.push_back(It->second.Place);
  if (E->isGLValue())
    if (PlaceId P = place(E); P != NoPlace)
      Reads.push_back(P);
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(E))
    if (const auto *Object = M->getImplicitObjectArgument())
      if (PlaceId P = Object->getType()->isPointerType()
                          ? behind(operand(Object))
                          : place(Object);
          P != NoPlace)
        Reads.push_back(P);
  if (isa<LambdaExpr>(E))
    return;
  for (const Stmt *C : E->children())
    if (const auto *Sub = dyn_cast_or_null<Expr>(C))
      readsOf(Sub, Reads);
}

void FactsGenerator::condition(const Expr *E, Predicate &Test,
                               SmallVectorImpl<PlaceId> &Reads) {
  Operand O = truth(E);
  if (O.Is == Operand::Truth)
    Test = O.Test;
  readsOf(E, Reads);
}

namespace {
bool isLogical(const Stmt *S) {
  const auto *B = dyn_cast_or_null<BinaryOperator>(S);
  return B && B->isLogicalOp();
}

/// The `a && b` whose ways come together in \p B, so that it is a value: `ok = a
/// && b`, and the condition of a do loop. In other conditions it is branches.
const BinaryOperator *valueIn(const CFGBlock &B) {
  if (B.empty())
    return nullptr;
  auto S = B.front().getAs<CFGStmt>();
  return S && isLogical(S->getStmt()) ? cast<BinaryOperator>(S->getStmt())
                                      : nullptr;
}
} // namespace

/// Such a value has the truth of the operand that was looked at last.
void FactsGenerator::logicalValues() {
  for (const CFGBlock *B : *Graph)
    if (const BinaryOperator *V = valueIn(*B)) {
      const Expr *First = V, *Last = V;
      while (isLogical(First))
        First = cast<BinaryOperator>(First)->getLHS()->IgnoreParens();
      while (isLogical(Last))
        Last = cast<BinaryOperator>(Last)->getRHS()->IgnoreParens();
      Firsts[First] = temp(V);
      Lasts[Last] = temp(V);
    }
}

/// The edges of a block with what each assumes.
void FactsGenerator::terminator(const CFGBlock &B) {
  Block &Here = G->Facts.Blocks[Now];
  CFGTerminator Term = B.getTerminator();
  const Stmt *S = Term.getStmt();
  llvm::SmallVector<BlockId, 4> Next;
  for (const CFGBlock::AdjacentBlock &A : B.succs())
    Next.push_back(A.isReachable() && A.getReachableBlock()
                       ? A.getReachableBlock()->getBlockID()
                       : NoBlock);
  if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(S)) {
    // Which handler is not known; that none fits is not worth a path.
    for (unsigned I = 0; I < Next.size() && I < Try->getNumHandlers(); ++I)
      Here.Out.push_back({Next[I], {}});
    return;
  }
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(S)) {
    Operand On = operand(Switch->getCond());
    Here.Branch = site(Switch->getCond());
    readsOf(Switch->getCond(), Here.Reads);
    llvm::SmallVector<Predicate, 8> NoCase;
    unsigned I = 0;
    for (auto A = B.succ_begin(); A != B.succ_end(); ++A, ++I) {
      Edge Out{Next[I], {}};
      const CFGBlock *To = A->getReachableBlock();
      const auto *Case = To ? dyn_cast_or_null<CaseStmt>(To->getLabel()) : nullptr;
      if (Case && On.Is == Operand::Value) {
        auto Value = [&](const Expr *E) {
          return asNumber(E->EvaluateKnownConstInt(T.Context));
        };
        std::optional<int64_t> Low = Value(Case->getLHS());
        if (const Expr *To = Case->getRHS()) {
          if (Low)
            Out.Assume.push_back({On.Place, Cmp::GE, *Low});
          if (std::optional<int64_t> High = Value(To))
            Out.Assume.push_back({On.Place, Cmp::LE, *High});
        } else if (Low) {
          Out.Assume.push_back({On.Place, Cmp::EQ, *Low});
          NoCase.push_back({On.Place, Cmp::NE, *Low});
        }
      } else if (I + 1 == Next.size()) {
        Out.Assume.assign(NoCase.begin(), NoCase.end());
      }
      Here.Out.push_back(std::move(Out));
    }
    return;
  }
  const Expr *Cond = Next.size() == 2
                         ? dyn_cast_or_null<Expr>(B.getLastCondition())
                         : nullptr;
  if (!Cond) {
    for (BlockId To : Next)
      Here.Out.push_back({To, {}});
    return;
  }
  Predicate Test;
  condition(Cond, Test, Here.Reads);
  counted(*Cond, Test);
  if (const auto *Eq = dyn_cast<BinaryOperator>(Cond->IgnoreParenImpCasts());
      Eq && Eq->isEqualityOp()) {
    Operand L = operand(Eq->getLHS()), R = operand(Eq->getRHS());
    if (L.Is == Operand::Address)
      std::swap(L, R);
    bool WithAddress = R.Is == Operand::Address;
    if (L.Is == Operand::Value && (R.Is == Operand::Value || WithAddress)) {
      Here.Compared[0] = L.Place;
      Here.Compared[1] = R.Place;
      Here.WithAddress = WithAddress;
      Here.Unequal = Eq->getOpcode() == BO_NE;
    }
  }
  Here.Branch = site(Cond);
  if (isa<IfStmt>(S) || isLogical(S))
    Here.Others = othersRemain(Cond);
  Here.Loop = isa_and_nonnull<WhileStmt, ForStmt, DoStmt, CXXForRangeStmt>(S);
  for (unsigned I = 0; I < 2; ++I) {
    Edge Out{Next[I], {}};
    if (Test)
      Out.Assume.push_back(I == 0 ? Test : Test.negated());
    if (const CFGBlock *To = B.succ_begin()[I].getReachableBlock();
        To && isLogical(S))
      if (const BinaryOperator *V = valueIn(*To))
        Out.Assume.push_back({temp(V), I == 0 ? Cmp::NE : Cmp::EQ, 0});
    Here.Out.push_back(std::move(Out));
  }
  // A loop over an array is not left before its first round.
  if (const auto *For = dyn_cast_or_null<CXXForRangeStmt>(S))
    if (const auto *Size = T.Context.getAsConstantArrayType(
            For->getRangeInit()->getType().getNonReferenceType());
        Size && !Size->isZeroSize())
      if (const auto *Begin = dyn_cast<VarDecl>(For->getBeginStmt()->getSingleDecl()))
        Here.Out[1].Assume.push_back({roundOf(*Begin), Cmp::NE, 0});
  if (GrowsAnything)
    atMost(Cond, Here.Out[0], Here.Out[1]);
}

} // namespace pooltidy

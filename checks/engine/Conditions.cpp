//===- Conditions.cpp - what a branch knows -------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "Arrays.h"
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

/// `k-- > 0` asks for the number before it was stepped: what \p E adds to that.
int64_t steppedSince(const Expr *E) {
  const auto *U = dyn_cast<UnaryOperator>(E->IgnoreParenImpCasts());
  if (!U || !U->isPostfix() || !U->getType()->isIntegerType())
    return 0;
  return U->isIncrementOp() ? 1 : -1;
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
        Simple = compare(L, *Op, R.Number + steppedSince(B->getLHS()));
      else if (Tells(L) && R.Is == Operand::Value) // what it was once
        return Operand::truth({L.Place, *Op, 0});
      else if (Tells(R) && L.Is == Operand::Value)
        return Operand::truth({R.Place, mirrored(*Op), 0});
      else if (L.Is == Operand::Constant)
        Simple = compare(R, mirrored(*Op), L.Number + steppedSince(B->getRHS()));
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
    return Operand::truth({O.Place, Cmp::NE, steppedSince(E)});
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
/// A condition by a number that equal ones share.
struct Profile {
  llvm::FoldingSetNodeID Id;
  /// It is true when the number is so: of comparisons, the difference of both sides.
  Cmp Op = Cmp::NE;
  bool Turned = false; ///< the right side less the left one
};

/// All comparisons of the same two things have one number. Nothing when \p E may do
/// more than compare.
std::optional<Profile> profile(const Expr *E, const ASTContext &Context) {
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
    return std::nullopt;
  }
  if (!isa<CXXOperatorCallExpr>(E) && (L->HasSideEffects(Context, false) ||
                                       R->HasSideEffects(Context, false)))
    return std::nullopt;
  llvm::FoldingSetNodeID Left, Right;
  L->Profile(Left, Context, true);
  R->Profile(Right, Context, true);
  Profile Out;
  Out.Turned = Compares && Right.ComputeHash() < Left.ComputeHash();
  if (Compares)
    Out.Op = Out.Turned ? mirrored(*Compares) : *Compares;
  if (Out.Turned)
    std::swap(Left, Right);
  Out.Id.AddInteger(Compares ? 2000 : Kind);
  Out.Id.AddNodeID(Left);
  Out.Id.AddNodeID(Right);
  return Out;
}
} // namespace

/// What a const member answers, and where a container ends, is as the object is.
static const CXXMemberCallExpr *constCall(const Expr *E) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *M = C ? C->getMethodDecl() : nullptr;
  if (!M || !M->getIdentifier())
    return nullptr;
  bool IsEnd = C->getNumArgs() == 0 && M->getParent()->isInStdNamespace() &&
               llvm::is_contained({"begin", "end", "rbegin", "rend"}, M->getName());
  return M->isConst() || IsEnd ? C : nullptr;
}

/// Whether a condition of these can be asked again.
static bool canBeAsked(const PlaceTable &Places, ArrayRef<PlaceId> Reads) {
  return !Reads.empty() && llvm::none_of(Reads, [&](PlaceId P) {
    return Places[Places.rootOf(P)].Kind == PlaceKind::Temp ||
           Places.isOneOfMany(P);
  });
}

static SymbolId numberOf(const llvm::FoldingSetNodeID &Id) {
  return Id.ComputeHash() & (Difference - 1);
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
  std::optional<Profile> Known = profile(E, T.Context);
  if (!Known)
    return {};
  if (Operand O = difference(E, numberOf(Known->Id), Known->Op, Known->Turned);
      O.Is != Operand::None)
    return O;
  SmallVector<PlaceId, 4> Reads;
  for (const Stmt *Side : E->children()) // not what an operator answers
    readsOf(dyn_cast_or_null<Expr>(Side), Reads, false);
  if (!canBeAsked(T.Places, Reads))
    return {};
  return Operand::truth(
      {T.Places.opaque(numberOf(Known->Id), Reads), Known->Op, 0});
}

/// True when opaque() knows the comparison as the right side less the left one.
bool FactsGenerator::isTurned(const BinaryOperator &Comparison) const {
  std::optional<Profile> Known = profile(&Comparison, T.Context);
  return Known && Known->Turned;
}

/// `options.has("tls")`: a const member with arguments answers the same again, as
/// long as neither they nor the object change.
Predicate FactsGenerator::constAnswer(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_LNot) {
    Predicate P = constAnswer(U->getSubExpr());
    return P ? P.negated() : P;
  }
  if (const auto *F = dyn_cast<FullExpr>(E))
    return constAnswer(F->getSubExpr());
  const CXXMemberCallExpr *C = constCall(E);
  if (!C || C->getNumArgs() == 0 || E->HasSideEffects(T.Context, false))
    return {};
  SmallVector<PlaceId, 4> Reads;
  readsOf(C->getCallee(), Reads, false);
  for (const Expr *A : C->arguments())
    readsOf(A->IgnoreUnlessSpelledInSource(), Reads, false);
  if (!canBeAsked(T.Places, Reads))
    return {};
  llvm::FoldingSetNodeID Id;
  C->Profile(Id, T.Context, true);
  return {T.Places.opaque(numberOf(Id), Reads), Cmp::NE, 0};
}

/// Every place that \p E looks at: a branch on them may depend on the lease. Not
/// \p Answers: of const members only what they are asked of.
void FactsGenerator::readsOf(const Expr *E, SmallVectorImpl<PlaceId> &Reads,
                             bool Answers) {
  if (!E)
    return;
  if (Answers || !constCall(E->IgnoreImplicit())) {
    if (auto It = Results.find(E);
        It != Results.end() && It->second.Place != NoPlace)
      Reads.push_back(It->second.Place);
    if (E->isGLValue())
      if (PlaceId P = place(E); P != NoPlace)
        Reads.push_back(P);
  }
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(E))
    if (const auto *Object = M->getImplicitObjectArgument())
      if (PlaceId P = Object->getType()->isPointerType()
                          ? behind(operand(Object))
                          : place(Object);
          P != NoPlace)
        Reads.push_back(P);
  if (isa<LambdaExpr>(E))
    return;
  // Whether a task starts tells nothing of what it has.
  if (const auto *C = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *F = C->getDirectCallee())
      if (const model::FunctionRule *Rule = T.Classes.classify(*F).Rule;
          Rule && Rule->StartsThread)
        return;
  for (const Stmt *C : E->children())
    if (const auto *Sub = dyn_cast_or_null<Expr>(C))
      readsOf(Sub, Reads, Answers);
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

/// The variable of which \p Cond asks whether it has come to the end of an array:
/// `it != a.end()`, `p < a + 4`.
static const VarDecl *walksAll(const Expr &Cond, const ASTContext &C) {
  const auto *B = dyn_cast<BinaryOperator>(Cond.IgnoreParenImpCasts());
  if (!B || (B->getOpcode() != BO_NE && B->getOpcode() != BO_LT))
    return nullptr;
  const auto *D = dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParenImpCasts());
  const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  if (!V || !startsWithin(*V, C))
    return nullptr;
  const Expr *End = B->getRHS()->IgnoreParenImpCasts();
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(End)) {
    const CXXMethodDecl *F = M->getMethodDecl();
    return F && F->getIdentifier() && (F->getName() == "end" || F->getName() == "cend") &&
                   elementsOf(M->getObjectType(), C).value_or(0) > 0
               ? V
               : nullptr;
  }
  const auto *Add = dyn_cast<BinaryOperator>(End);
  Expr::EvalResult R;
  return Add && Add->getOpcode() == BO_Add && !Add->getRHS()->isValueDependent() &&
                 elementsOf(Add->getLHS()->IgnoreParenImpCasts()->getType(), C) &&
                 Add->getRHS()->EvaluateAsInt(R, C) && R.Val.getInt().isStrictlyPositive()
             ? V
             : nullptr;
}

/// The condition of a branch that comes behind the destructors of its temporaries,
/// `if (pool.acquire(&b).ok())`; null where it has several parts, of which not all
/// need have been asked.
static const Expr *askedBeforeEnd(const CFGBlock &B) {
  if (B.empty() || B.back().getKind() != CFGElement::TemporaryDtor ||
      B.getTerminator().isTemporaryDtorsBranch())
    return nullptr;
  const auto *Cond = dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  if (!Cond)
    return nullptr;
  if (const auto *Whole = dyn_cast<ExprWithCleanups>(Cond->IgnoreParens()))
    Cond = Whole->getSubExpr();
  const Expr *Bare = Cond->IgnoreParenImpCasts();
  while (const auto *Not = dyn_cast<UnaryOperator>(Bare))
    Bare = Not->getSubExpr()->IgnoreParenImpCasts();
  return isLogical(Bare) || isa<AbstractConditionalOperator>(Bare) ? nullptr : Cond;
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
  if (!Cond && Next.size() == 2)
    Cond = askedBeforeEnd(B);
  if (!Cond) {
    for (BlockId To : Next)
      Here.Out.push_back({To, {}});
    return;
  }
  Predicate Test;
  condition(Cond, Test, Here.Reads);
  counted(*Cond, Test);
  Predicate Same = constAnswer(Cond);
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
    if (Same)
      Out.Assume.push_back(I == 0 ? Same : Same.negated());
    if (const CFGBlock *To = B.succ_begin()[I].getReachableBlock();
        To && isLogical(S))
      if (const BinaryOperator *V = valueIn(*To))
        Out.Assume.push_back({temp(V), I == 0 ? Cmp::NE : Cmp::EQ, 0});
    Here.Out.push_back(std::move(Out));
  }
  // A loop over an array is not left before its first round.
  if (const auto *For = dyn_cast_or_null<CXXForRangeStmt>(S))
    if (elementsOf(For->getRangeInit()->getType(), T.Context).value_or(0) > 0)
      if (const auto *Begin = dyn_cast<VarDecl>(For->getBeginStmt()->getSingleDecl()))
        Here.Out[1].Assume.push_back({roundOf(*Begin), Cmp::NE, 0});
  if (const VarDecl *Walks = Here.Loop ? walksAll(*Cond, T.Context) : nullptr)
    Here.Out[1].Assume.push_back({roundOf(*Walks), Cmp::NE, 0});
  if (GrowsAnything)
    atMost(Cond, Here.Out[0], Here.Out[1]);
}

} // namespace pooltidy

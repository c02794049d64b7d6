//===- StorageBounds.cpp - what says how much of an array counts ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "StorageBounds.h"
#include "ArrayNames.h"
#include "Names.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include <vector>

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

using Arrays = llvm::SmallSetVector<const FieldDecl *, 4>;

bool isLengthName(StringRef Name) {
  return llvm::any_of(splitWords(Name), [](StringRef Word) {
    return isOneOf(Word, {"n", "len", "length", "size", "count", "num", "bytes",
                          "cnt", "sz", "nbytes", "nb", "end", "used", "extent"});
  });
}

/// The member of union type that \p E is a member of.
const FieldDecl *unionOf(const Expr &E) {
  const auto *M = dyn_cast<MemberExpr>(&E);
  const auto *Of =
      M ? dyn_cast<MemberExpr>(M->getBase()->IgnoreParenImpCasts()) : nullptr;
  const auto *F = Of ? dyn_cast<FieldDecl>(Of->getMemberDecl()) : nullptr;
  return F && F->getType()->isUnionType() ? F->getCanonicalDecl() : nullptr;
}

/// `n`, `len`, `size_t` and the like stand for how much of what comes with it.
bool isLength(const ParmVarDecl &P) {
  if (!P.getType().getNonReferenceType()->isIntegerType())
    return false;
  if (P.getName().empty())
    return true;
  for (QualType T = P.getType().getNonReferenceType();;) {
    const auto *Alias = T->getAs<TypedefType>();
    if (!Alias)
      break;
    if (llvm::is_contained({"size_t", "ssize_t", "streamsize", "size_type",
                            "ptrdiff_t", "difference_type", "socklen_t"},
                           Alias->getDecl()->getName()))
      return true;
    T = Alias->desugar();
  }
  return isLengthName(P.getName());
}

} // namespace

/// Walks over one body: first what belongs together, then what it says of arrays.
class BoundsWalk : ArrayNames {
public:
  explicit BoundsWalk(StorageBounds &Out) : Out(Out) {}

  void walk(const FunctionDecl &F, bool Uses) {
    if (const auto *C = dyn_cast<CXXConstructorDecl>(&F))
      for (const CXXCtorInitializer *I : C->inits())
        if (const FieldDecl *To = I->getMember()) {
          assigned(*To, I->getInit());
          visit(I->getInit(), true);
        }
    visit(F.getBody(), false);
    for (const auto &[Array, By] : Ties)
      for (const FieldDecl *Each : membersWith(By))
        if (Array && Each != Array)
          Out.Bounds[Array].insert(Each);
    if (!Uses)
      return;
    for (const FieldDecl *Array : Reads) {
      StorageBounds::Fields Asks;
      for (const auto &[Condition, Of] : Asked)
        if (!Of.contains(Array)) // it tells nothing about itself
          for (const ValueDecl *D : Condition)
            if (const auto *Member = dyn_cast<FieldDecl>(D))
              Asks.insert(Member);
      auto [It, New] = Out.Guards.try_emplace(Array, Asks);
      if (New)
        continue;
      StorageBounds::Fields Both;
      for (const FieldDecl *Each : It->second)
        if (Asks.contains(Each))
          Both.insert(Each);
      It->second = std::move(Both);
    }
  }

private:
  // --- what belongs together

  void unite(const Named &All) {
    for (const ValueDecl *D : All) {
      Met.insert(D);
      Together.unionSets(All[0], D);
    }
  }
  llvm::SmallVector<const FieldDecl *, 4> membersWith(const ValueDecl *D) {
    llvm::SmallVector<const FieldDecl *, 4> All;
    if (const auto *F = dyn_cast<FieldDecl>(D))
      All.push_back(F);
    for (const ValueDecl *Each : Met)
      if (const auto *F = dyn_cast<FieldDecl>(Each); F && Together.isEquivalent(F, D))
        All.push_back(F);
    return All;
  }
  void tie(const FieldDecl *Array, const Named &By) {
    if (Array)
      for (const ValueDecl *D : By)
        Ties.push_back({Array, D});
  }

  /// \p To becomes \p From, or is changed by it.
  void assigned(const ValueDecl &To, const Expr *From) {
    if (!From)
      return;
    Named All;
    All.insert(cast<ValueDecl>(To.getCanonicalDecl()));
    Named Of = names(From);
    All.insert(Of.begin(), Of.end());
    if (const auto *F = dyn_cast<FieldDecl>(&To); !F || !F->getType()->isArrayType())
      unite(All);
    Named Itself;
    Itself.insert(cast<ValueDecl>(To.getCanonicalDecl()));
    // `cursor = data;`, `length = read(fd, data, sizeof data);`
    tieWithin(From, Itself);
  }
  /// All arrays that \p S leads to, as a whole.
  void tieWithin(const Stmt *S, const Named &By) {
    if (!S || isa<LambdaExpr, ArraySubscriptExpr>(S))
      return;
    if (const auto *U = dyn_cast<UnaryOperator>(S); U && U->getOpcode() == UO_Deref)
      return;
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S);
        O && (O->getOperator() == OO_Subscript || O->getOperator() == OO_Star))
      return;
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (const FieldDecl *Array = arrayOf(E))
        return tie(Array, By);
      if (const FieldDecl *Array = sizeOf(E))
        return tie(Array, By);
    }
    for (const Stmt *Child : S->children())
      tieWithin(Child, By);
  }

  // --- statements

  /// \p Used: somebody looks at the value of \p S.
  void visit(const Stmt *S, bool Used) {
    if (!S)
      return;
    if (const auto *L = dyn_cast<LambdaExpr>(S))
      return visit(L->getBody(), false);
    if (const auto *D = dyn_cast<DeclStmt>(S)) {
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each); V && V->getInit())
          declare(*V);
      return;
    }
    if (const auto *If = dyn_cast<IfStmt>(S))
      ask(If->getCond());
    else if (const auto *While = dyn_cast<WhileStmt>(S))
      ask(While->getCond());
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      ask(Do->getCond());
    else if (const auto *For = dyn_cast<ForStmt>(S))
      ask(For->getCond());
    else if (const auto *Switch = dyn_cast<SwitchStmt>(S))
      ask(Switch->getCond());
    else if (const auto *Choice = dyn_cast<ConditionalOperator>(S))
      ask(Choice->getCond());
    else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      visit(Range->getInit(), false);
      visit(Range->getRangeInit(), true);
      // Each of an array of arrays stands for all of them.
      if (const VarDecl *V = Range->getLoopVariable();
          V->getType()->isReferenceType() &&
          isArrayLike(V->getType().getNonReferenceType()))
        if (const FieldDecl *Array = arrayOf(Range->getRangeInit()))
          Aliases[V] = Array;
      return visit(Range->getBody(), false);
    }
    if (const auto *E = dyn_cast<Expr>(S))
      return expression(*E, Used);
    for (const Stmt *Child : S->children()) {
      bool Condition = isa<IfStmt, WhileStmt, DoStmt, SwitchStmt, ReturnStmt>(S);
      if (const auto *For = dyn_cast<ForStmt>(S))
        Condition = Child == For->getCond();
      bool Value = Condition && isa_and_nonnull<Expr>(Child);
      visit(Child, Value);
    }
  }

  void ask(const Expr *Condition) {
    if (!Condition)
      return;
    Arrays Of;
    elements(Condition, Of);
    Asked.push_back({names(Condition), std::move(Of)});
  }
  /// Arrays that \p S looks into.
  void elements(const Stmt *S, Arrays &All) {
    if (const auto *E = dyn_cast_or_null<Expr>(S))
      if (const FieldDecl *Array = elementOf(E))
        All.insert(Array);
    if (S)
      for (const Stmt *Child : S->children())
        elements(Child, All);
  }

  void declare(const VarDecl &V) {
    QualType T = V.getType();
    const FieldDecl *Array = nullptr;
    if (T->isReferenceType() || T->isPointerType() || T->isRecordType())
      Array = T->isReferenceType() ? elementOf(V.getInit()) : arrayOf(V.getInit());
    visit(V.getInit(), true);
    if (Array)
      Aliases[&V] = Array;
    else
      assigned(V, V.getInit());
  }

  /// What is named by what stands to the left of an assignment.
  const ValueDecl *target(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *D = dyn_cast<DeclRefExpr>(E))
      return dyn_cast<VarDecl>(D->getDecl());
    if (const auto *M = dyn_cast<MemberExpr>(E))
      return dyn_cast<FieldDecl>(M->getMemberDecl());
    return nullptr;
  }

  void compared(const Expr *L, const Expr *R, bool Equal) {
    Named All = names(L), Right = names(R);
    for (auto [Side, Other] : {std::pair(L, &Right), std::pair(R, &All)}) {
      const FieldDecl *Array = arrayOf(Side);
      if (!Array)
        Array = sizeOf(Side);
      tie(Array, *Other);
      // `stamp[i] == round`, `place[x] < length`; never `level[i] > highest`
      if (!Array)
        for (const ValueDecl *D : *Other)
          if (Equal || isLengthName(nameOf(*D)))
            Ties.push_back({elementOf(Side), D});
    }
    for (const ValueDecl *D : Right)
      All.insert(D);
    if (!All.empty())
      unite(All);
  }

  void expression(const Expr &E, bool Used) {
    if (const auto *B = dyn_cast<BinaryOperator>(&E)) {
      if (B->isAssignmentOp()) {
        written(B->getLHS());
        visit(B->getRHS(), true);
        if (const ValueDecl *To = target(B->getLHS()))
          assigned(*To, B->getRHS());
        return;
      }
      if (B->isComparisonOp())
        compared(B->getLHS(), B->getRHS(), B->isEqualityOp());
      else if (B->isAdditiveOp() && B->getType()->isPointerType())
        tie(arrayOf(B->getLHS()), names(B->getRHS()));
      else if (B->isLogicalOp()) {
        ask(B->getLHS());
      }
      visit(B->getLHS(), B->getOpcode() != BO_Comma);
      return visit(B->getRHS(), Used || B->getOpcode() != BO_Comma);
    }
    if (const auto *U = dyn_cast<UnaryOperator>(&E);
        U && U->isIncrementDecrementOp()) {
      if (Used)
        visit(U->getSubExpr(), true);
      return written(U->getSubExpr());
    }
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(&E))
      tie(elementOf(A->getBase()), names(A->getIdx()));
    if (const auto *C = dyn_cast<CallExpr>(&E))
      call(*C, Used);
    else if (const auto *C = dyn_cast<CXXConstructExpr>(&E))
      given(C->getConstructor(), {C->getArgs(), C->getNumArgs()});
    else if (const auto *I = dyn_cast<InitListExpr>(&E))
      given(nullptr, I->inits());
    if (const FieldDecl *Array = elementOf(&E))
      Reads.insert(Array);
    if (const FieldDecl *Union = unionOf(E))
      Reads.insert(Union);
    bool Passes = isa<CastExpr, ParenExpr, FullExpr, MaterializeTemporaryExpr,
                      CXXBindTemporaryExpr>(E);
    if (const auto *Cast = dyn_cast<CastExpr>(&E);
        Cast && Cast->getCastKind() == CK_ToVoid)
      Used = false;
    if (isa<UnaryExprOrTypeTraitExpr>(E))
      return;
    for (const Stmt *Child : E.children()) {
      // `memcpy(data, from, n)` looks at nothing that was there.
      const auto *Arg = dyn_cast_or_null<Expr>(Child);
      if (Arg && isa<CallExpr>(E) && Arg->getType()->isPointerType() &&
          !isReadOnly(Arg->getType()) && arrayOf(Arg))
        continue;
      visit(Child, Passes ? Used : true);
    }
  }

  /// \p E is set, or changed: what is in it is not looked at by somebody.
  void written(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
      tie(elementOf(A->getBase()), names(A->getIdx()));
      visit(A->getIdx(), true);
      return written(A->getBase());
    }
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
        O && O->getOperator() == OO_Subscript && O->getNumArgs() == 2) {
      tie(elementOf(O->getArg(0)), names(O->getArg(1)));
      visit(O->getArg(1), true);
      return written(O->getArg(0));
    }
    if (const auto *M = dyn_cast<MemberExpr>(E))
      return elementOf(M->getBase()) ? written(M->getBase()) : void();
    if (!isa<DeclRefExpr, CXXThisExpr>(E)) {
      bool Had = Reads.contains(elementOf(E));
      visit(E, true);
      if (const FieldDecl *Array = elementOf(E); Array && !Had)
        Reads.remove(Array);
    }
  }

  void call(const CallExpr &C, bool Used) {
    const FunctionDecl *F = C.getDirectCallee();
    llvm::ArrayRef<const Expr *> Args(C.getArgs(), C.getNumArgs());
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
      if (O->getOperator() == OO_Subscript && Args.size() == 2)
        tie(elementOf(Args[0]), names(Args[1]));
      else if (O->isComparisonOp() && Args.size() == 2)
        compared(Args[0], Args[1],
                 O->getOperator() == OO_EqualEqual ||
                     O->getOperator() == OO_ExclaimEqual);
      else if (Args.size() == 2 && (O->getOperator() == OO_Plus ||
                                    O->getOperator() == OO_Minus))
        tie(arrayOf(Args[0]), names(Args[1]));
      return;
    }
    if (const auto *M = dyn_cast<CXXMemberCallExpr>(&C);
        M && nameOf(F) == "at" && Args.size() == 1)
      tie(elementOf(M->getImplicitObjectArgument()), names(Args[0]));
    // `std::next(data, n)`
    if (!isa<CXXMemberCallExpr>(C) && nameOf(F) == "next" && Args.size() == 2)
      tie(arrayOf(Args[0]), names(Args[1]));
    given(F, Args);
    if (Used && C.getType()->isIntegerType() && !C.getType()->isBooleanType())
      for (const Expr *Arg : Args)
        if (const FieldDecl *Array = arrayOf(Arg);
            Array && !isReadOnly(Arg->getType()))
          Out.Counted.insert(Array);
  }

  static bool isReadOnly(QualType T) {
    QualType To = T->getPointeeType();
    return !To.isNull() && To.isConstQualified();
  }

  /// An array that is given with how much of it.
  void given(const FunctionDecl *F, llvm::ArrayRef<const Expr *> Args) {
    for (size_t A = 0; A < Args.size(); ++A) {
      const FieldDecl *Array = arrayOf(Args[A]);
      if (!Array)
        continue;
      // `copy(from, from + n, data)`
      if (F && !isa<CXXMethodDecl>(F) && F->isInStdNamespace())
        for (size_t I = 0; I < Args.size(); ++I)
          if (I != A && !arrayOf(Args[I]))
            tie(Array, names(Args[I]));
      for (size_t I = 0; I < Args.size(); ++I)
        if (I != A && Args[I]->getType()->isIntegerType() &&
            (F ? I < F->getNumParams() && isLength(*F->getParamDecl(I))
               : I == A + 1))
          tie(Array, names(Args[I]));
    }
  }

  StorageBounds &Out;
  llvm::EquivalenceClasses<const ValueDecl *> Together;
  Named Met;
  std::vector<std::pair<Named, Arrays>> Asked; ///< conditions
  llvm::SmallVector<std::pair<const FieldDecl *, const ValueDecl *>, 8> Ties;
  Arrays Reads;
};

void StorageBounds::read(const FunctionDecl &F, bool Uses) {
  BoundsWalk(*this).walk(F, Uses);
}

bool StorageBounds::isBoundedBy(const FieldDecl &Array,
                                const FieldDecl &Bound) const {
  auto It = Bounds.find(Array.getCanonicalDecl());
  return It != Bounds.end() && It->second.contains(Bound.getCanonicalDecl());
}

bool StorageBounds::isCountedByResult(const FieldDecl &Array) const {
  return Counted.contains(Array.getCanonicalDecl());
}

bool StorageBounds::isReadBelow(const FieldDecl &Array,
                                const FieldDecl &Guard) const {
  auto It = Guards.find(Array.getCanonicalDecl());
  return It != Guards.end() && It->second.contains(Guard.getCanonicalDecl());
}

} // namespace pooltidy::model

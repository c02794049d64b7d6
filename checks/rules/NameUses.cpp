//===- NameUses.cpp - every use of a raw name, by its form ----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "NameUses.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

bool isNullptr(const Expr *E) {
  return isa<CXXNullPtrLiteralExpr>(E->IgnoreParenImpCasts());
}

/// Tells of one use what form it has.
class Form {
public:
  Form(std::vector<const Stmt *> Above, llvm::function_ref<bool(const Expr &)> IsPut)
      : Above(std::move(Above)), IsPut(IsPut) {}

  /// Is Above[I] a statement, so that nobody looks at its value?
  bool isStatement(size_t I) const {
    for (; I > 0; --I) {
      const Stmt *Up = Above[I - 1];
      const auto *Cast = dyn_cast<CStyleCastExpr>(Up);
      if (isa<ExprWithCleanups>(Up) || (Cast && Cast->getType()->isVoidType()))
        continue;
      if (isa<CompoundStmt, SwitchCase, LabelStmt>(Up))
        return true;
      const Stmt *Here = Above[I];
      if (const auto *If = dyn_cast<IfStmt>(Up))
        return If->getThen() == Here || If->getElse() == Here;
      if (const auto *For = dyn_cast<ForStmt>(Up))
        return For->getBody() == Here;
      if (const auto *While = dyn_cast<WhileStmt>(Up))
        return While->getBody() == Here;
      if (const auto *Range = dyn_cast<CXXForRangeStmt>(Up))
        return Range->getBody() == Here;
      if (const auto *Do = dyn_cast<DoStmt>(Up))
        return Do->getBody() == Here;
      return false;
    }
    return false;
  }

  NameUse put(NameUse U, size_t I) const {
    U.Is = NameUse::Put;
    U.Call = cast<Expr>(Above[I]);
    U.Statement = isStatement(I);
    while (I-- > 0 && !U.Block)
      if (isa<CompoundStmt>(Above[I]))
        U.Block = Above[I];
    return U;
  }

  NameUse of(const DeclRefExpr &Ref) const {
    NameUse U;
    U.Ref = &Ref;
    if (Ref.getLocation().isMacroID() ||
        llvm::any_of(Above, [](const Stmt *S) { return isa<LambdaExpr>(S); }))
      return U;
    auto Is = [&](NameUse::Form Form) {
      U.Is = Form;
      return U;
    };
    bool Loaded = false, Bool = false, Converted = false;
    size_t I = Above.size() - 1;
    for (; I > 0; --I) {
      const Stmt *Up = Above[I - 1];
      if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Up)) {
        Loaded |= Cast->getCastKind() == CK_LValueToRValue;
        Bool |= Cast->getCastKind() == CK_PointerToBoolean;
      } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Up)) {
        if (Cast->getType()->isVoidType() && !Converted)
          return Is(NameUse::Test);
        Converted = true;
      } else if (!isa<ParenExpr, FullExpr>(Up)) {
        break;
      }
    }
    if (I == 0)
      return U;
    const Stmt *Up = Above[I - 1], *Here = Above[I];
    if (const auto *B = dyn_cast<BinaryOperator>(Up);
        B && B->getOpcode() == BO_Assign && B->getLHS() == Here)
      return Is(isNullptr(B->getRHS()) && isStatement(I - 1) ? NameUse::Nulled
                                                             : NameUse::Other);
    if (!Loaded)
      return U;
    NameUse::Form Tested = Converted ? NameUse::Value : NameUse::Test;
    if (isa<MemberExpr>(Up)) {
      if (I > 1 && isa<CallExpr>(Above[I - 2]) && IsPut(*cast<Expr>(Above[I - 2])))
        return put(U, I - 2);
      return Is(Converted ? NameUse::Value : NameUse::Behind);
    }
    if (const auto *Op = dyn_cast<UnaryOperator>(Up)) {
      if (Op->getOpcode() == UO_Deref)
        return Is(Converted ? NameUse::Value : NameUse::Behind);
      return Is(Op->getOpcode() == UO_LNot ? Tested : NameUse::Other);
    }
    if (const auto *B = dyn_cast<BinaryOperator>(Up)) {
      if (B->isLogicalOp())
        return Is(Tested);
      if (!B->isComparisonOp())
        return U;
      bool Null = B->isEqualityOp() &&
                  isNullptr(B->getLHS() == Here ? B->getRHS() : B->getLHS());
      return Is(Null && !Converted ? NameUse::Null : NameUse::Value);
    }
    if (isa<CallExpr, CXXDeleteExpr>(Up)) {
      if (IsPut(*cast<Expr>(Up)))
        return put(U, I - 1);
      return Is(isa<CallExpr>(Up) ? NameUse::Value : NameUse::Other);
    }
    if (isa<CXXConstructExpr, ArraySubscriptExpr>(Up))
      return Is(NameUse::Value);
    if (!Bool)
      return U;
    if (isa<IfStmt, WhileStmt, ForStmt, DoStmt, ConditionalOperator>(Up))
      return Is(Tested);
    return Is(isa<DeclStmt, ReturnStmt>(Up) ? NameUse::Value : NameUse::Other);
  }

private:
  std::vector<const Stmt *> Above; ///< from the body down to the use
  llvm::function_ref<bool(const Expr &)> IsPut;
};

} // namespace

NamesIn::NamesIn(const FunctionDecl &F) {
  for (const ParmVarDecl *P : F.parameters())
    Names.insert(P->getNameAsString());
  if (const Stmt *Body = F.getBody())
    visit(*Body, nullptr);
}

void NamesIn::visit(const Stmt &S, const Stmt *Parent) {
  if (!Parents.try_emplace(&S, Parent).second)
    return;
  note(S, Parent);
  for (const Stmt *Child : S.children())
    if (Child)
      visit(*Child, &S);
}

void NamesIn::note(const Stmt &S, const Stmt *Parent) {
  if (const auto *D = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *Each : D->decls())
      if (const auto *N = dyn_cast<NamedDecl>(Each))
        Names.insert(N->getNameAsString());
    const auto *V = D->isSingleDecl() ? dyn_cast<VarDecl>(D->getSingleDecl()) : nullptr;
    if (!V)
      return;
    if (Parent && isa<CompoundStmt>(Parent))
      Declared[V] = D;
    if (const Expr *Init = V->getInit())
      Initialised.try_emplace(Init->IgnoreImplicit()->IgnoreParenCasts(), V);
  } else if (const auto *M = dyn_cast<MemberExpr>(&S)) {
    Names.insert(M->getMemberDecl()->getNameAsString());
  } else if (const auto *B = dyn_cast<BinaryOperator>(&S)) {
    if (B->isAssignmentOp())
      noteChange(*B->getLHS());
  } else if (const auto *U = dyn_cast<UnaryOperator>(&S)) {
    if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
      noteChange(*U->getSubExpr());
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    Names.insert(Ref->getDecl()->getNameAsString());
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      Refs[V->getCanonicalDecl()].push_back(Ref);
  }
}

void NamesIn::noteChange(const Expr &E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E.IgnoreParens()))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      Changed.insert(V);
}

NameUses NamesIn::usesOf(const VarDecl &V,
                         llvm::function_ref<bool(const Expr &)> IsPut) const {
  NameUses Out{.All = {}, .Declared = Declared.lookup(&V)};
  auto It = Refs.find(V.getCanonicalDecl());
  if (It == Refs.end())
    return Out;
  for (const DeclRefExpr *Ref : It->second) {
    std::vector<const Stmt *> Above;
    for (const Stmt *S = Ref; S; S = Parents.lookup(S))
      Above.push_back(S);
    std::reverse(Above.begin(), Above.end());
    Out.All.push_back(Form(std::move(Above), IsPut).of(*Ref));
  }
  auto Where = [](const NameUse &U) { return U.Ref->getLocation(); };
  llvm::stable_sort(Out.All, [&](const NameUse &A, const NameUse &B) {
    return Where(A) < Where(B);
  });
  // Clang may have one spelling in the tree twice.
  auto End = std::unique(Out.All.begin(), Out.All.end(),
                         [&](const NameUse &A, const NameUse &B) {
                           return Where(A) == Where(B);
                         });
  Out.All.erase(End, Out.All.end());
  return Out;
}

} // namespace pooltidy

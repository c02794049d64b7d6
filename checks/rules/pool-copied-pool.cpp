//===- pool-copied-pool.cpp --------------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pool whose store lies in itself, passed, captured or initialised by copy:
// from then on two pools hand out what was in the store.
//
//===----------------------------------------------------------------------===//
#include "../Analysis.h"
#include "../PoolStore.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace pooltidy {

namespace {

class Copies {
public:
  explicit Copies(const Analysis &A)
      : A(A), Sources(A.context().getSourceManager()) {}

  void find() {
    for (const FunctionSet::PoolExpr &C : A.functions().Copies)
      if (!C.In || !isOwnCode(*C.In))
        copy(*C.At);
    for (const VarDecl *V : A.functions().HolderCopies)
      if (const auto *F = dyn_cast_or_null<FunctionDecl>(V->getParentFunctionOrMethod());
          !F || !isOwnCode(*F))
        holder(*V);
    // Nobody is seen to call these, but whoever does will copy.
    for (const DeclaratorDecl *D : A.functions().Pools)
      if (const auto *P = dyn_cast<ParmVarDecl>(D);
          P && !P->getType()->isReferenceType())
        if (const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext());
            F && !isOwnCode(*F) && !isCalled(*F) && !givesAway(F->getBody(), *P))
          passed(*P, {});
  }

  void tell(Reporter &Out) const {
    for (const auto &[Place, R] : Reports)
      Out.report(R);
  }

private:
  /// The pool's own code copies as it means to, the compiler's as it must.
  bool isOwnCode(const FunctionDecl &F) const {
    return F.isImplicit() || F.isDefaulted() || F.isDeleted() ||
           A.classifier().isPoolCode(F);
  }

  /// True when a call is seen, which says whether it copies.
  bool isCalled(const FunctionDecl &F) const {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    // What makes a lambda counts as its caller.
    return A.functions().Callers.count(&F) && !(M && M->getParent()->isLambda());
  }

  void copy(const Expr &E) {
    const Expr *From = &E; // what is copied
    if (const auto *C = dyn_cast<CXXConstructExpr>(&E))
      From = C->isElidable() ? nullptr : C->getArg(0);
    else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&E))
      From = O->getArg(1)->isPRValue() || isa<MaterializeTemporaryExpr>(O->getArg(1))
                 ? nullptr
                 : O->getArg(1);
    if (!From)
      return;
    From = From->IgnoreParenImpCasts();
    const Stmt *Whole = &E;
    DynTypedNodeList Parents = A.context().getParents(*Whole);
    while (!Parents.empty()) {
      const auto *Above = Parents[0].get<Stmt>();
      if (!isa_and_nonnull<ImplicitCastExpr, FullExpr, ParenExpr,
                           CXXBindTemporaryExpr, MaterializeTemporaryExpr>(Above))
        break;
      Whole = Above;
      Parents = A.context().getParents(*Whole);
    }
    std::string What = spelled(*From);
    if (!Parents.empty() && isa<CXXConstructExpr>(E)) {
      if (const auto *V = Parents[0].get<VarDecl>())
        return report(V->getLocation(), *V->getType()->getAsCXXRecordDecl(),
                      "'" + V->getNameAsString() + "' is a copy of " + What, {});
      if (Parents[0].get<ReturnStmt>() && isLocal(*From))
        return; // made here and given to the caller
      if (const auto *L = Parents[0].get<LambdaExpr>())
        return captured(*L, *Whole, E, What);
      if (const auto *Call = Parents[0].get<Expr>())
        if (const ParmVarDecl *P = parameter(*Call, *Whole))
          return passed(*P, E.getBeginLoc());
    }
    report(E.getBeginLoc(), *E.getType()->getAsCXXRecordDecl(),
           What + " is copied", {});
  }

  /// `for (auto [key, pool] : pools)`: a variable that is a copy of what has a pool
  /// in it.
  void holder(const VarDecl &V) {
    const CXXRecordDecl *Pool =
        poolWithin(*V.getType()->getAsCXXRecordDecl(), A.classifier());
    if (!Pool)
      return;
    const auto *All = dyn_cast<DecompositionDecl>(&V);
    if (!All)
      return report(V.getLocation(), *Pool,
                    "'" + V.getNameAsString() + "' is a copy with a pool in it", {});
    for (const BindingDecl *B : All->bindings())
      if (const CXXRecordDecl *R = B->getType()->getAsCXXRecordDecl();
          R && R->getCanonicalDecl() == Pool->getCanonicalDecl())
        return report(B->getLocation(), *Pool,
                      "'" + B->getNameAsString() + "' is a copy of a pool", {});
    report(V.getLocation(), *Pool, "a pool is copied", {});
  }

  void captured(const LambdaExpr &L, const Stmt &Init, const Expr &Copy,
                const std::string &What) {
    auto At = L.capture_init_begin();
    for (const LambdaCapture &C : L.captures())
      if (const Expr *I = *At++; I == &Init || I == &Copy)
        return report(C.getLocation(), *Copy.getType()->getAsCXXRecordDecl(),
                      What + " is captured by copy", {});
  }

  /// A parameter that is a copy. One that is moved on is the caller's matter.
  void passed(const ParmVarDecl &P, SourceLocation Call) {
    const auto &F = *cast<FunctionDecl>(P.getDeclContext());
    const CXXRecordDecl &R = *P.getType()->getAsCXXRecordDecl();
    bool Sink = givesAway(F.getBody(), P);
    if ((Sink || Sources.isInSystemHeader(P.getLocation())) && Call.isValid())
      return report(Call, R, "the pool that is given for '" +
                                 P.getNameAsString() + "' is copied", {});
    report(P.getLocation(), R,
           P.getName().empty() ? "the pool is passed by copy"
                               : "'" + P.getNameAsString() + "' is passed by copy",
           Call);
  }

  void report(SourceLocation Loc, const CXXRecordDecl &R, std::string What,
              SourceLocation Call) {
    Loc = Sources.getExpansionLoc(Loc);
    const FieldDecl *Store = duplicatedStore(R, A.classifier());
    if (!Store || Loc.isInvalid() || Sources.isInSystemHeader(Loc) ||
        Reports.count(Loc))
      return;
    Report New;
    New.Loc = Loc;
    New.Types = {model::modelName(R)};
    New.Sure = A.classifier().classify(R).PoolOf->Possible ? Confidence::Possible
                                                           : Confidence::Definite;
    New.Message = std::move(What) + ", so that two pools hold what is in '" +
                  Store->getNameAsString() + "'";
    if (Call.isValid())
      New.Notes.push_back({Sources.getExpansionLoc(Call), "copied here"});
    New.Notes.push_back({Store->getLocation(), "each copy has its own '" +
                                                   Store->getNameAsString() + "'"});
    Reports.insert({Loc, std::move(New)});
  }

  static std::string spelled(const Expr &E) {
    if (const auto *D = dyn_cast<DeclRefExpr>(&E))
      return "'" + D->getDecl()->getNameAsString() + "'";
    if (const auto *M = dyn_cast<MemberExpr>(&E))
      return "'" + M->getMemberDecl()->getNameAsString() + "'";
    return "the pool";
  }

  static bool isLocal(const Expr &E) {
    const auto *D = dyn_cast<DeclRefExpr>(&E);
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    return V && V->hasLocalStorage() && !V->getType()->isReferenceType() &&
           !D->refersToEnclosingVariableOrCapture();
  }

  /// The parameter that \p Argument of \p Call initialises, by the definition
  /// where there is one.
  static const ParmVarDecl *parameter(const Expr &Call, const Stmt &Argument) {
    const FunctionDecl *F = nullptr;
    ArrayRef<const Expr *> Args;
    if (const auto *C = dyn_cast<CallExpr>(&Call)) {
      F = C->getDirectCallee();
      Args = {C->getArgs(), C->getNumArgs()};
      if (isa<CXXOperatorCallExpr>(C) && isa_and_nonnull<CXXMethodDecl>(F))
        Args = Args.drop_front();
    } else if (const auto *C = dyn_cast<CXXConstructExpr>(&Call)) {
      F = C->getConstructor();
      Args = {C->getArgs(), C->getNumArgs()};
    }
    if (F && F->getDefinition())
      F = F->getDefinition();
    for (unsigned I = 0; F && I < Args.size() && I < F->getNumParams(); ++I)
      if (Args[I] == &Argument)
        return F->getParamDecl(I);
    return nullptr;
  }

  /// True when \p S moves \p P on or returns it.
  static bool givesAway(const Stmt *S, const ParmVarDecl &P) {
    auto Names = [&](const Expr *E) {
      const auto *D = E ? dyn_cast<DeclRefExpr>(E->IgnoreUnlessSpelledInSource())
                        : nullptr;
      return D && D->getDecl() == &P;
    };
    if (!S)
      return false;
    if (const auto *C = dyn_cast<CallExpr>(S);
        C && C->isCallToStdMove() && Names(C->getArg(0)))
      return true;
    if (const auto *R = dyn_cast<ReturnStmt>(S); R && Names(R->getRetValue()))
      return true;
    if (const auto *F = dyn_cast<CXXConstructorDecl>(P.getDeclContext());
        F && F->getBody() == S)
      for (const CXXCtorInitializer *I : F->inits())
        if (givesAway(I->getInit(), P))
          return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return givesAway(C, P); });
  }

  const Analysis &A;
  const SourceManager &Sources;
  llvm::MapVector<SourceLocation, Report> Reports;
};

} // namespace

void checkCopiedPool(const Analysis &A, Reporter &Out) {
  Copies All(A);
  All.find();
  All.tell(Out);
}

} // namespace pooltidy

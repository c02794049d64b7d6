//===- Closures.cpp - lambdas handed to somebody --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Closures.h"
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Generator.h"
#include "Types.h"

using namespace clang;

namespace pooltidy {

namespace {

bool mentions(QualType Ty, const CXXRecordDecl &Closure, unsigned Depth = 0) {
  Ty = Ty.getNonReferenceType();
  if (Ty->getAsCXXRecordDecl() == &Closure)
    return true;
  if (const auto *F = Ty->getAs<FunctionProtoType>()) // `_Bind<Closure()>`
    return mentions(F->getReturnType(), Closure, Depth + 1);
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Ty->getAsCXXRecordDecl());
  return R && Depth < 4 && llvm::any_of(model::typeArguments(*R), [&](QualType Each) {
           return mentions(Each, Closure, Depth + 1);
         });
}

/// True for functions that put a closure into what they answer with, as
/// `make_pair`, `bind` and `make_unique` do; algorithms answer with iterators,
/// values, or the closure itself.
bool answersWithIt(const FunctionDecl &F, const CXXRecordDecl &Closure) {
  const auto *R = F.getReturnType()->getAsCXXRecordDecl();
  if (!R || R->getCanonicalDecl() == Closure.getCanonicalDecl())
    return false;
  if (mentions(F.getReturnType(), Closure))
    return true;
  return R->isInStdNamespace() &&
         model::isOneOf(model::nameOf(R), {"unique_ptr", "shared_ptr", "optional",
                                           "any", "function"});
}

/// `wait(lock, predicate)` and its timed forms, which give the predicate's answer.
bool waitsUntil(const FunctionDecl *F) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
  return M && M->getParent()->isInStdNamespace() &&
         model::isOneOf(model::nameOf(M->getParent()),
                        {"condition_variable", "condition_variable_any"}) &&
         model::isOneOf(model::nameOf(M), {"wait", "wait_for", "wait_until"});
}

/// How often \p S mentions \p V other than to call it.
unsigned otherMentions(const Stmt *S, const VarDecl &V) {
  if (!S)
    return 0;
  if (const auto *D = dyn_cast<DeclRefExpr>(S))
    return D->getDecl() == &V;
  llvm::SmallVector<const Stmt *, 8> Parts(S->children());
  if (const auto *L = dyn_cast<LambdaExpr>(S))
    Parts.push_back(L->getBody());
  if (const auto *C = dyn_cast<CXXOperatorCallExpr>(S);
      C && C->getOperator() == OO_Call)
    if (const auto *D = dyn_cast<DeclRefExpr>(spelled(C->getArg(0)));
        D && D->getDecl() == &V)
      llvm::erase(Parts, C->getArg(0));
  unsigned N = 0;
  for (const Stmt *Part : Parts)
    N += otherMentions(Part, V);
  return N;
}

} // namespace

const CXXMethodDecl *heldBody(const Expr *Function, const Stmt *Body) {
  if (!Function)
    return nullptr;
  const CXXRecordDecl *R = recordAt(Function->getType());
  const auto *Ref = dyn_cast<DeclRefExpr>(spelled(Function));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!R || !R->isInStdNamespace() || !V || !V->hasLocalStorage() || !V->getInit() ||
      !model::isOneOf(model::nameOf(R), {"function", "move_only_function",
                                         "copyable_function"}))
    return nullptr;
  const auto *Made = dyn_cast<CXXConstructExpr>(V->getInit()->IgnoreUnlessSpelledInSource());
  const Expr *Held = Made && Made->getNumArgs() == 1 ? Made->getArg(0) : V->getInit();
  const auto *L = dyn_cast<LambdaExpr>(Held->IgnoreUnlessSpelledInSource());
  if (!L || L->isGenericLambda() || otherMentions(Body, *V))
    return nullptr;
  return L->getCallOperator();
}

/// Whoever has the closure has what it captured; an owner that it holds went with
/// it.
void FactsGenerator::keepClosure(PlaceId Closure, const CXXRecordDecl &R,
                                 const Stmt *At) {
  for (const LambdaCapture &C : R.captures()) {
    if (!C.capturesVariable())
      continue;
    PlaceId Field = T.Places.step(PlaceKind::Field, Closure,
                                  T.captureSymbol(C.getCapturedVar()),
                                  C.getCapturedVar()->getName());
    PlaceId Held = C.getCaptureKind() == LCK_ByRef
                       ? T.Places.step(PlaceKind::Deref, Field)
                       : Field;
    giveAway(Held, Held == Field && handleOf(C.getCapturedVar()->getType(), Held).Is, At);
  }
}

/// An owner is given \p Deleter, which may put what it captured as well as what
/// it will be given.
void FactsGenerator::keepDeleter(const Expr *Deleter, const Stmt *At) {
  const CXXRecordDecl *R =
      Deleter->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (!R || !R->isLambda())
    return;
  if (PlaceId P = place(Deleter); P != NoPlace)
    keepClosure(P, *R, At);
}

/// A lambda handed to somebody: std algorithms call it here, others may keep it.
void FactsGenerator::closureArgument(const CallShape &S, const Expr *Arg) {
  QualType Ty = Arg->getType().getNonReferenceType();
  const CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
  PlaceId P = place(Arg);
  if (!R || !R->isLambda() || P == NoPlace)
    return;
  const model::CallMeaning *M = S.Callee ? &T.Classes.classify(*S.Callee) : nullptr;
  bool Later = M && M->Rule && M->Rule->StartsThread;
  bool Here = S.Callee && !Later && S.Callee->isInStdNamespace() &&
              !isa<CXXConstructorDecl>(S.Callee) && !isa<CXXMethodDecl>(S.Callee) &&
              !answersWithIt(*S.Callee, *R);
  const CXXMethodDecl *Body = R->getLambdaCallOperator();
  const Summary *Sum = Body && !R->isGenericLambda() ? T.summary(*Body) : nullptr;
  if (Here && Sum && !Sum->Incomplete) {
    CallSite C;
    C.Callee = Sum;
    C.Maybe = true;
    C.Bindings.push_back({T.Places.root(PlaceKind::This, 0, "this"),
                          Operand::address(P)});
    emitCall(FactKind::Apply, std::move(C), S.Expr);
    return;
  }
  // `ready.wait(lock, [&] { return pool.low(); })`: behind it the answer is yes.
  if (waitsUntil(S.Callee) && Sum && !Sum->Incomplete && !Sum->AnswersBy.empty() &&
      S.Ret != NoPlace) {
    CallSite C;
    C.Callee = Sum;
    C.Maybe = true;
    C.Bindings.push_back({T.Places.root(PlaceKind::This, 0, "this"),
                          Operand::address(P)});
    C.Ret = S.Ret;
    emitCall(FactKind::Apply, std::move(C), S.Expr);
    if (S.Callee->getReturnType()->isVoidType())
      emit(FactKind::Assert, S.Expr).Test = {S.Ret, Cmp::NE, 0};
  }
  keepClosure(P, *R, S.Expr);
}

} // namespace pooltidy

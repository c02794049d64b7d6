//===- BodyWalkCalls.cpp - what a call does to members ----*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "BodyWalk.h"
#include "Names.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

bool isConst(QualType Pointer) {
  QualType To = Pointer->getPointeeType();
  return !To.isNull() && To.isConstQualified();
}

/// Members of library classes after which nothing of what was there is left.
bool isRenewing(const CXXMethodDecl &M) {
  return M.getOverloadedOperator() == OO_Equal ||
         isOneOf(nameOf(M), {"clear", "reset", "assign", "swap", "store",
                             "exchange", "release", "fill", "str"});
}

bool isAllocation(StringRef Name) {
  return isOneOf(Name,
                 {"malloc", "calloc", "realloc", "aligned_alloc", "make_unique",
                  "make_unique_for_overwrite", "resize", "reserve", "allocate",
                  "strdup", "xmalloc", "xrealloc"});
}

bool isZero(const Expr *E) {
  const auto *L = dyn_cast<IntegerLiteral>(E->IgnoreParenImpCasts());
  return L && L->getValue() == 0;
}

} // namespace

void BodyWalk::call(const CallExpr &C, Touch Wanted) {
  const FunctionDecl *F = C.getDirectCallee();
  if (isa<CXXPseudoDestructorExpr>(C.getCallee()->IgnoreParenImpCasts()))
    return;
  if (!F) {
    visit(C.getCallee());
    for (const Expr *Arg : C.arguments())
      given(Arg, Arg->getType(), nullptr, nullptr);
    return;
  }
  Out.Allocates |= isAllocation(nameOf(*F));
  if (isa<CXXDestructorDecl>(F)) {
    if (const Expr *Object = objectOf(C))
      access(Object, Touch::Overwrite);
    return;
  }
  const Expr *Object = objectOf(C);
  if (Object)
    method(C, *cast<CXXMethodDecl>(F), Object, Wanted);
  unsigned Skip = Object && isa<CXXOperatorCallExpr>(C) ? 1 : 0;
  if (zeroesMore(C, *F))
    return;
  arguments(*F, {C.getArgs() + Skip, C.getNumArgs() - Skip}, 0);
}

/// memset(&first, 0, n) with more than the first member: whoever writes that
/// means the rest of the object.
bool BodyWalk::zeroesMore(const CallExpr &C, const FunctionDecl &F) {
  if (!isOneOf(nameOf(F),
               {"memset", "bzero", "explicit_bzero", "__builtin_memset"}) ||
      C.getNumArgs() < 2)
    return false;
  const Expr *Of = C.getArg(0)->IgnoreParenCasts();
  Ref R = refOf(Of);
  if (!R.Known || R.Behind)
    return false;
  Expr::EvalResult Bytes;
  const auto *A = dyn_cast<UnaryOperator>(Of);
  if (const Expr *Size = C.getArg(C.getNumArgs() - 1);
      A && A->getOpcode() == UO_AddrOf && !R.Path.empty() &&
      !Size->isValueDependent() && Size->EvaluateAsInt(Bytes, Reader.Context) &&
      Bytes.Val.getInt().ugt(
          Reader.Context.getTypeSizeInChars(A->getSubExpr()->getType())
              .getQuantity()))
    R.Path.clear();
  record(R, Touch::Overwrite, &C, nullptr);
  return true;
}

void BodyWalk::method(const CallExpr &C, const CXXMethodDecl &M,
                      const Expr *Object, Touch Wanted) {
  bool User = Reader.isUserCode(M);
  if (User)
    Out.Called.push_back(&M);
  if (!M.isInstance() || M.isConst())
    return access(Object, Touch::Read);
  if (!User) {
    if (isLook(M))
      return access(Object, Wanted);
    bool Number = M.getParent()->getIdentifier() &&
                  StringRef(M.getParent()->getName()).contains("atomic");
    Manner Way = isAllocation(nameOf(M)) || isRenewing(M) ? Plainly
                 : Number                                 ? Steps
                                                          : Grows;
    const Expr *Value =
        M.getOverloadedOperator() == OO_Equal && C.getNumArgs() == 2
            ? C.getArg(1)
            : nullptr;
    bool Empties =
        nameOf(M) == "resize" && C.getNumArgs() == 1 && isZero(C.getArg(0));
    return access(Object,
                  isRenewing(M) || Empties ? Touch::Overwrite : Touch::Change,
                  Value, Way);
  }
  Ref R = refOf(Object);
  if (M.getOverloadedOperator() == OO_Equal) {
    return access(Object, Touch::Overwrite,
                  C.getNumArgs() == 2 ? C.getArg(1) : nullptr);
  }
  const CXXMethodDecl *Meant = &M;
  if (Follow && R.Known && R.OfThis && R.Path.empty()) {
    // As the object's own class has it, unless the call names another's.
    const auto *Named =
        dyn_cast<MemberExpr>(C.getCallee()->IgnoreParenImpCasts());
    if (M.isVirtual() && Dynamic && Named && !Named->hasQualifier())
      if (const auto *Over = M.getCorrespondingMethodInClass(Dynamic, true))
        Meant = Over;
    return follow(*Meant, nullptr);
  }
  if (!R.Known || R.Path.empty())
    return chain(Object, Touch::Read);
  access(Object, Reader.Classes.isReset(M) ? Touch::Overwrite
                                           : Reader.effect(M, nullptr));
}

/// The object itself is given to \p F.
void BodyWalk::follow(const FunctionDecl &F, const ParmVarDecl *Object) {
  const FunctionDecl *Body = nullptr;
  if (!F.hasBody(Body) || !Reader.isUserCode(*Body) || Entered.size() > 64 ||
      Reader.isTooDeep()) {
    Out.Lost = true;
    return;
  }
  if (Object && Body != &F)
    Object = Body->getParamDecl(Object->getFunctionScopeIndex());
  if (Entered.count({Body, Object}))
    return;
  bool Returned = Out.Returns;
  ++Reader.Depth;
  enter(*Body, Object);
  --Reader.Depth;
  Out.Returns = Returned;
}

void BodyWalk::arguments(const FunctionDecl &F,
                         llvm::ArrayRef<const Expr *> Args, unsigned From) {
  for (unsigned I = From; I < Args.size(); ++I) {
    const ParmVarDecl *P = I < F.getNumParams() ? F.getParamDecl(I) : nullptr;
    given(Args[I], P ? P->getType() : Args[I]->getType(), &F, P);
  }
}

/// \p Arg goes to a parameter of type \p T of \p F, where that is known.
void BodyWalk::given(const Expr *Arg, QualType T, const FunctionDecl *F,
                     const ParmVarDecl *P) {
  bool Changes = (T->isReferenceType() || T->isPointerType()) && !isConst(T);
  Ref R = Changes || T->isReferenceType() || T->isPointerType() ? refOf(Arg)
                                                                : Ref();
  if (!R.Known)
    return visit(Arg);
  if (!Changes)
    return access(Arg, Touch::Read);
  if (R.Path.empty()) {
    if (!Follow || !R.OfThis || R.Inside)
      return;
    if (F && P && Reader.isUserCode(*F))
      return follow(*F, P);
    // memset(this, …), swap(*this, fresh): nothing is left as it was.
    return record(R, Touch::Overwrite, Arg, nullptr);
  }
  bool Frees = F && isOneOf(nameOf(*F), {"free", "kfree", "g_free"});
  Touch How = Touch::Unsure;
  if (T->isRValueReferenceType())
    How = Touch::Change;
  else if (F && !Reader.isUserCode(*F))
    How = isOneOf(nameOf(*F), {"swap", "exchange", "fill", "fill_n", "memset",
                               "memcpy", "copy", "copy_n", "strcpy"})
              ? Touch::Overwrite
              : Touch::Change;
  else if (F && P)
    How = Reader.effect(*F, P);
  access(Arg, How, nullptr, Frees ? Deletes : Plainly);
}

} // namespace pooltidy::model

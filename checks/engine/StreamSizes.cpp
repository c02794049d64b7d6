//===- StreamSizes.cpp - streams that keep what was written to them -------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A string stream writes into a string of its own, and treats it as strings are
// treated: in libstdc++ `s.str("")` and `s = std::ostringstream()` keep the
// storage, swap() and moving it away give it back. How large it has become is
// asked by tellp(), or of what str() and view() give.
//
//===----------------------------------------------------------------------===//
#include "CallNames.h"
#include "Generator.h"
#include "Types.h"
#include "../model/Names.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

using model::isOneOf;
using model::nameOf;

namespace {

bool isStringStream(QualType T) {
  const CXXRecordDecl *R = recordAt(T);
  return R && R->isInStdNamespace() &&
         isOneOf(nameOf(R), {"basic_ostringstream", "basic_stringstream"});
}

/// Without what only says that it is the same: `std::string(s.str())`.
const Expr *bare(const Expr *E) {
  while (true) {
    E = E->IgnoreUnlessSpelledInSource();
    const auto *K = dyn_cast<CXXConstructExpr>(E);
    if (const auto *C = dyn_cast<ExplicitCastExpr>(E))
      E = C->getSubExpr();
    else if (K && K->getNumArgs() == 1)
      E = K->getArg(0);
    else
      return E;
  }
}

const CXXMemberCallExpr *callOf(const Expr *E, StringRef Name) {
  const auto *C = dyn_cast<CXXMemberCallExpr>(bare(E));
  return C && C->getMethodDecl() && nameOf(C->getMethodDecl()) == Name ? C : nullptr;
}

const CXXOperatorCallExpr *insertion(const Expr *E) {
  const auto *C = dyn_cast<CXXOperatorCallExpr>(E->IgnoreUnlessSpelledInSource());
  return C && C->getOperator() == OO_LessLess && C->getNumArgs() == 2 ? C : nullptr;
}

/// `std::hex`, `std::setw(8)`, `std::endl`: what follows is what is written.
bool isManipulator(const Expr *E) {
  QualType T = E->IgnoreUnlessSpelledInSource()->getType();
  if (T->isFunctionType() || T->isFunctionPointerType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() &&
         (nameOf(R).starts_with("_Set") || nameOf(R).starts_with("_Reset") ||
          nameOf(R).starts_with("__iom"));
}

/// `in.rdbuf()`, where `in` is no string of the program's own.
bool isInput(const Expr *E) {
  const CXXMemberCallExpr *C = callOf(E, "rdbuf");
  if (!C)
    return false;
  QualType Of = C->getImplicitObjectArgument()->IgnoreParenImpCasts()->getType();
  const CXXRecordDecl *R = recordAt(Of);
  return R && R->isInStdNamespace() &&
         isOneOf(nameOf(R), {"basic_istream", "basic_ifstream", "basic_iostream",
                             "basic_fstream"});
}

/// `s.seekp(0)`: what was written is written over.
bool rewinds(StringRef Name, llvm::ArrayRef<const Expr *> Args,
             const ASTContext &Context) {
  if (Name != "seekp" || Args.empty())
    return false;
  Expr::EvalResult To;
  const Expr *At = bare(Args[0]);
  if (!At->getType()->isIntegerType() || At->isValueDependent() ||
      !At->EvaluateAsInt(To, Context) || !To.Val.getInt().isZero())
    return false;
  const auto *From =
      Args.size() == 2 ? dyn_cast<DeclRefExpr>(bare(Args[1])) : nullptr;
  return Args.size() == 1 || (From && nameOf(From->getDecl()) == "beg");
}

/// `s`, in `s << a << b`, `s.write(p, n).put('c')` and `s.rdbuf()`.
const Expr *streamIn(const Expr *E) {
  while (true) {
    E = bare(E);
    if (const CXXOperatorCallExpr *C = insertion(E))
      E = C->getArg(0);
    else if (const auto *U = dyn_cast<UnaryOperator>(E);
             U && U->getOpcode() == UO_Deref && callOf(U->getSubExpr(), "rdbuf"))
      E = U->getSubExpr();
    else if (const auto *M = dyn_cast<CXXMemberCallExpr>(E);
             M && M->getMethodDecl() &&
             isOneOf(nameOf(M->getMethodDecl()),
                     {"rdbuf", "write", "put", "flush", "seekp"}))
      E = M->getImplicitObjectArgument();
    else
      return isStringStream(E->getType()) ? E : nullptr;
  }
}

} // namespace

/// The string stream, or the object of the program, of which \p E gives the size,
/// or what is in it.
PlaceId FactsGenerator::streamAsked(const Expr *E) {
  E = bare(E);
  if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
    const auto *V = dyn_cast<VarDecl>(D->getDecl());
    return V && V->isLocalVarDecl() && V->getInit() ? streamAsked(V->getInit())
                                                    : NoPlace;
  }
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (!B->isAdditiveOp())
      return NoPlace;
    PlaceId P = streamAsked(B->getLHS());
    return P != NoPlace ? P : streamAsked(B->getRHS());
  }
  const auto *C = dyn_cast<CXXMemberCallExpr>(E);
  if (!C || !C->getMethodDecl() || C->getNumArgs() != 0)
    return NoPlace;
  StringRef Name = nameOf(C->getMethodDecl());
  const Expr *Of = C->getImplicitObjectArgument();
  const Expr *Asked = nullptr;
  if (isOneOf(Name, {"tellp", "str", "view", "in_avail"}))
    Asked = streamIn(Of);
  else if (!isOneOf(Name, {"size", "length"}))
    return NoPlace;
  else if (T.isUserCode(*C->getMethodDecl())) // an object that asks its parts
    Asked = Of->IgnoreParenImpCasts();
  else
    return streamAsked(Of);
  if (!Asked)
    return NoPlace;
  return Asked->getType()->isPointerType() ? behind(operand(Asked)) : place(Asked);
}

/// What a call says of the size of a string stream; false where it is about none.
bool FactsGenerator::streamGrowth(const CallShape &S) {
  const FunctionDecl *F = S.Callee;
  auto PlaceOf = [&](const Expr *Stream) {
    return Stream->getType()->isPointerType() ? behind(operand(Stream))
                                              : place(Stream);
  };
  auto Grow = [&](const Expr *Stream, uint32_t Flags) {
    if (PlaceId P = PlaceOf(Stream); P != NoPlace)
      emit(FactKind::Grow, S.Expr, Flags).Dst = P;
    return true;
  };
  if (const CXXOperatorCallExpr *C = insertion(S.Expr)) {
    const Expr *Stream = streamIn(C);
    if (!Stream)
      return false;
    if (isInput(C->getArg(1)))
      return Grow(Stream, FromOutside);
    // One for all that one statement writes.
    bool First = !isManipulator(C->getArg(1));
    for (const auto *Before = insertion(C->getArg(0)); Before && First;
         Before = insertion(Before->getArg(0)))
      First = isManipulator(Before->getArg(1));
    return !First || Grow(Stream, NoFlags);
  }
  // All that an input has, into the stream: `in >> s.rdbuf()`.
  StringRef Name = nameOf(F);
  bool Reads = isWithinStd(*F) &&
               (F->getOverloadedOperator() == OO_GreaterGreater || Name == "get");
  for (const Expr *A : S.Args)
    if (const Expr *Stream = Reads ? streamIn(A) : nullptr)
      return Grow(Stream, FromOutside);
  const auto *M = dyn_cast<CXXMethodDecl>(F);
  if (!M || !S.ThisExpr || !isWithinStd(*F))
    return false;
  const Expr *Stream = S.ThisExpr->IgnoreParenImpCasts();
  if (!isStringStream(Stream->getType()))
    return false;
  PlaceId P = PlaceOf(Stream);
  if (P == NoPlace)
    return true;
  bool MovesIn = M->getNumParams() == 1 &&
                 M->getParamDecl(0)->getType()->isRValueReferenceType() &&
                 movesStorage(*recordAt(Stream->getType()));
  bool Assigns = M->getOverloadedOperator() == OO_Equal;
  bool MovesOut = Name == "str" && S.Args.empty() && M->getRefQualifier() == RQ_RValue;
  if (Name == "swap" || MovesOut || (MovesIn && (Assigns || Name == "str"))) {
    emit(FactKind::Bound, S.Expr).Dst = P;
    if (Name == "swap" && S.Args.size() == 1)
      if (PlaceId Other = place(S.Args[0]); Other != NoPlace)
        emit(FactKind::Bound, S.Expr).Dst = Other;
  } else if (Assigns || (Name == "str" && !S.Args.empty()) ||
             rewinds(Name, S.Args, T.Context)) {
    emit(FactKind::Grow, S.Expr, SetsSize).Dst = P;
  } else if (Name == "write" && S.Args.size() == 2) {
    sized(P, S.Args[1], *recordAt(Stream->getType()), S.Expr);
    emit(FactKind::Grow, S.Expr).Dst = P;
  } else if (Name == "put") {
    emit(FactKind::Grow, S.Expr).Dst = P;
  }
  return true;
}

} // namespace pooltidy

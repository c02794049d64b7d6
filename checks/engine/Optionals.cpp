//===- Optionals.cpp - results that may be empty --------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// `optional`, `expected` and their like: what is in one has the place of the
// one itself, and 0 is none. Those of handles go on to Handles.cpp.
//
//===----------------------------------------------------------------------===//
#include "../model/Names.h"
#include "../model/Shapes.h"
#include "Generator.h"
#include "Types.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
/// What an optional-like class holds, when it can be a lease; else null.
QualType held(QualType Ty) {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Ty.getNonReferenceType()->getAsCXXRecordDecl());
  if (!R || !R->getIdentifier() ||
      !llvm::StringSwitch<bool>(R->getName())
           .Cases("optional", "expected", "Optional", "Expected", true)
           .Cases("StatusOr", "result", "Result", true)
           .Default(false) ||
      R->getTemplateArgs().size() == 0 ||
      R->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  QualType Inner = R->getTemplateArgs()[0].getAsType();
  // A class of the project's own that keeps it in a member says all by itself.
  const ASTContext &Context = R->getASTContext();
  if (!Context.getSourceManager().isInSystemHeader(R->getLocation()) &&
      llvm::any_of(R->fields(), [&](const FieldDecl *F) {
        return Context.hasSameUnqualifiedType(F->getType(), Inner);
      }))
    return {};
  bool Id = Inner->isIntegerType() && !Inner->isBooleanType();
  return Id || Inner->isPointerType() || Inner->isRecordType() ? Inner
                                                               : QualType();
}

/// `nullopt`, `unexpected(e)`: what says of an optional-like object that it is empty.
bool saysEmpty(QualType Ty) {
  return model::isOneOf(model::nameOf(Ty.getNonReferenceType()->getAsCXXRecordDecl()),
                        {"nullopt_t", "none_t", "unexpected", "Unexpected"});
}

/// Null, or what no optional-like object with a value equals.
bool isNullish(QualType Ty) { return Ty->isNullPtrType() || saysEmpty(Ty); }

/// A closure, a function or what points to one.
bool isCallable(const Expr *E) {
  QualType Ty = E->getType().getNonReferenceType();
  const CXXRecordDecl *R = Ty->getAsCXXRecordDecl();
  return (R && R->isLambda()) || Ty->isFunctionType() || Ty->isFunctionPointerType() ||
         Ty->isMemberPointerType();
}

/// What makes an optional-like \p Of an empty one: `nullopt`, `unexpected(e)`, a
/// status or error where there is no value.
bool isNothing(QualType Given, QualType Of) {
  if (saysEmpty(Given) ||
      model::nameOf(Given.getNonReferenceType()->getAsCXXRecordDecl()) == "Status")
    return true;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(
      Of.getNonReferenceType()->getAsCXXRecordDecl());
  llvm::SmallVector<QualType, 4> Types = model::typeArguments(*Spec);
  return Types.size() > 1 && plain(Given) == plain(Types[1]) &&
         plain(Types[0]) != plain(Types[1]);
}
} // namespace

/// Nothing of what was in an optional is left, nor of its storage: a new one may
/// have been made there.
static bool destroysContent(const CXXMethodDecl &M, llvm::ArrayRef<const Expr *> Args,
                            QualType Ty) {
  StringRef Name = model::nameOf(&M);
  if (Name == "emplace" || (Name == "reset" && Args.empty()))
    return true;
  if (M.getOverloadedOperator() != OO_Equal || Args.size() != 1)
    return false;
  // `o = {}`
  const auto *Made =
      dyn_cast<CXXConstructExpr>(Args[0]->IgnoreUnlessSpelledInSource());
  const auto *List = dyn_cast<InitListExpr>(Args[0]->IgnoreUnlessSpelledInSource());
  return isNothing(Args[0]->getType(), Ty) ||
         ((Made ? Made->getNumArgs() == 0 : List && List->getNumInits() == 0) &&
          plain(Args[0]->getType()) == plain(Ty));
}

/// \p Dst, an optional-like \p Ty, is made of \p Given or is given it, and is empty
/// without; false when nobody knows what it holds then. An id of 0 is one too,
/// which a number cannot say here.
bool FactsGenerator::optionalOf(PlaceId Dst, QualType Ty, const Expr *Given,
                                const Stmt *At) {
  QualType Inner = held(Ty);
  if (Inner.isNull() || Dst == NoPlace || Inner->isIntegerType())
    return false;
  if (!Given || isNothing(Given->getType(), Ty)) {
    Fact &Empty = emit(FactKind::Assign, At);
    Empty.Dst = Dst;
    Empty.Src = Operand::constant(0);
    return true;
  }
  if (!Inner->isPointerType())
    return false;
  if (plain(Given->getType()) == plain(Ty)) {
    PlaceId Other = place(Given);
    if (Other == NoPlace)
      return false;
    Fact &F = emit(Given->isLValue() ? FactKind::Copy : FactKind::Move, At);
    F.Dst = Dst;
    F.Src = Operand::value(Other);
    return true;
  }
  if (plain(Given->getType()) != plain(Inner))
    return false;
  const Expr *A = Given->IgnoreUnlessSpelledInSource();
  Operand O = A->isGLValue() ? Operand::value(place(A)) : operand(A);
  if (O.Is == Operand::Value && O.Place == NoPlace)
    O = {};
  bool Copies = O.Is == Operand::Value || O.Is == Operand::Address;
  Fact &F = emit(Copies ? FactKind::Copy : FactKind::Assign, At);
  F.Dst = Dst;
  F.Src = O;
  return true;
}

bool FactsGenerator::optionalConstruct(const CXXConstructExpr &C, PlaceId Dst) {
  const CXXConstructorDecl *D = C.getConstructor();
  if (C.getNumArgs() > 1 || D->isCopyOrMoveConstructor() ||
      (C.getNumArgs() == 0 && model::nameOf(D->getParent()) != "optional"))
    return false;
  return optionalOf(Dst, C.getType(), C.getNumArgs() ? C.getArg(0) : nullptr, &C);
}

/// `h == nullptr`, `o != nullopt`: whether a handle or optional is empty.
Operand FactsGenerator::emptiness(const Expr *L, const Expr *R, bool Equal) {
  if (isNullish(L->IgnoreParenImpCasts()->getType()))
    std::swap(L, R);
  QualType Null = R->IgnoreParenImpCasts()->getType();
  if (!isNullish(Null))
    return {};
  L = L->IgnoreParenImpCasts();
  PlaceId P = place(L);
  // An optional pointer that equals nullptr is there.
  bool Optional = !held(L->getType()).isNull();
  if (P == NoPlace || (Optional ? Null->isNullPtrType()
                                : !handleOf(L->getType(), P).Is))
    return {};
  return Operand::truth({P, Equal ? Cmp::EQ : Cmp::NE, 0});
}

bool FactsGenerator::optionalCall(const CallShape &S) {
  const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!M || M->isStatic() || S.This == NoPlace || !S.ThisExpr)
    return false;
  QualType Ty = S.ThisExpr->getType().getNonReferenceType();
  if (Ty->isPointerType())
    Ty = Ty->getPointeeType();
  QualType Inner = held(Ty);
  if (Inner.isNull())
    return statusCall(S, *M);
  PlaceId P = S.This;
  StringRef Name = M->getIdentifier() ? M->getName() : "";
  OverloadedOperatorKind Op = M->getOverloadedOperator();
  bool Handle = handleOf(Ty, P).Is;
  if (!Handle && Inner->isRecordType() && destroysContent(*M, S.Args, Ty))
    emit(FactKind::Bound, S.Expr).Dst = P;
  bool Sets = (Op == OO_Equal || Name == "emplace") && S.Args.size() == 1;
  if (Inner->isPointerType() && (Sets || (Name == "reset" && S.Args.empty())) &&
      optionalOf(P, Ty, Sets ? S.Args[0] : nullptr, S.Expr)) {
    Results[S.Expr] = addressOf(P);
    return true;
  }
  if (Op == OO_Star || Op == OO_Arrow) {
    need(Operand::value(P), S.Expr);
  } else if (S.Args.empty() && (Name == "value" || Name == "ValueOrDie")) {
    emit(FactKind::Assert, S.Expr).Test = {P, Cmp::NE, 0}; // or it throws
  } else if (S.Args.size() == 1 && Name == "value_or" && !Inner->isRecordType() &&
             operand(S.Args[0]).Is == Operand::Constant) {
    // `value_or(nullptr)`, `value_or(-1)`: it itself, or again none.
    emit(FactKind::Read, S.Expr).Dst = P;
    Results[S.Expr] = Operand::value(P);
    return true;
  } else if ((isa<CXXConversionDecl>(M) && M->getReturnType()->isBooleanType()) ||
             (S.Args.empty() && (Name == "has_value" || Name == "ok" ||
                                 Name == "hasValue" || Name == "is_initialized"))) {
    Results[S.Expr] = Operand::truth({P, Cmp::NE, 0});
    return true;
  } else {
    // `get().transform(f)`: whoever is called has it.
    if (llvm::any_of(S.Args, isCallable))
      emit(FactKind::Store, S.Expr).Src = Operand::value(P);
    return false;
  }
  if (Handle)
    return false;
  emit(FactKind::Read, S.Expr).Dst = P;
  Results[S.Expr] = addressOf(P);
  return true;
}

} // namespace pooltidy

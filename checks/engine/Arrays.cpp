//===- Arrays.cpp - std::array as the array that it is --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Arrays.h"
#include "../model/Shapes.h"
#include "Types.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace pooltidy {

static const CXXRecordDecl *stdArray(const DeclContext *D) {
  const auto *R = dyn_cast_or_null<CXXRecordDecl>(D);
  return R && R->getIdentifier() && model::isStd(*R, "array") ? R : nullptr;
}

bool isArrayWithin(const FieldDecl &F) {
  return F.getType()->isArrayType() && stdArray(F.getParent());
}

/// How many elements \p Array, a std::array, has.
static std::optional<uint64_t> sizeOf(const CXXRecordDecl &Array) {
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(&Array);
  if (!S || S->getTemplateArgs().size() != 2 ||
      S->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return S->getTemplateArgs()[1].getAsIntegral().tryZExtValue();
}

std::optional<uint64_t> elementsOf(QualType T, const ASTContext &C) {
  T = T.getNonReferenceType();
  if (const auto *A = C.getAsConstantArrayType(T))
    return A->getSize().tryZExtValue();
  if (const CXXRecordDecl *R = stdArray(T->getAsCXXRecordDecl()))
    return sizeOf(*R);
  return std::nullopt;
}

QualType elementType(QualType T, const ASTContext &C) {
  T = T.getNonReferenceType();
  if (const auto *A = C.getAsArrayType(T))
    return A->getElementType();
  return model::templateArgument(T, 0);
}

bool startsWithin(const VarDecl &V, const ASTContext &C) {
  QualType Ty = V.getType();
  if (!V.hasInit() || !Ty->isPointerType() || !V.hasLocalStorage() ||
      !(V.isImplicit() || Ty->getPointeeType()->isPointerType()))
    return false;
  const Expr *First = V.getInit()->IgnoreImplicit();
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(First))
    return M->getNumArgs() == 0 && elementsOf(M->getObjectType(), C);
  return First->getType()->isArrayType();
}

SymbolId elementShown(const CXXMethodDecl &M, ArrayRef<const Expr *> Args,
                      const ASTContext &C) {
  const CXXRecordDecl *Array = stdArray(M.getParent());
  std::optional<uint64_t> Size = Array ? sizeOf(*Array) : std::nullopt;
  if (!Size || *Size == 0)
    return AnyElement;
  std::optional<int64_t> At;
  StringRef Name = M.getIdentifier() ? M.getName() : "";
  if (Args.empty() && (Name == "front" || Name == "back"))
    At = Name == "front" ? 0 : *Size - 1;
  else if (Args.size() == 1 && (Name == "at" ||
                                M.getOverloadedOperator() == OO_Subscript))
    if (Expr::EvalResult R; !Args[0]->isValueDependent() &&
                            Args[0]->EvaluateAsInt(R, C))
      At = asNumber(R.Val.getInt());
  return At && *At >= 0 && uint64_t(*At) < *Size && *At < AnyElement / 2
             ? SymbolId(*At)
             : AnyElement;
}

std::optional<int64_t> arrayAnswer(const CXXMethodDecl &M) {
  const CXXRecordDecl *Array = stdArray(M.getParent());
  std::optional<uint64_t> Size = Array ? sizeOf(*Array) : std::nullopt;
  if (!Size || !M.getIdentifier() || *Size > INT32_MAX)
    return std::nullopt;
  if (M.getName() == "size" || M.getName() == "max_size")
    return int64_t(*Size);
  if (M.getName() == "empty")
    return *Size == 0;
  return std::nullopt;
}

} // namespace pooltidy

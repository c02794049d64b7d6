//===- SelfPuts.cpp - objects that put themselves -------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "../model/Shapes.h"
#include "Generator.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace pooltidy {

namespace {

/// Looks for `put(this)`.
class Finder : public RecursiveASTVisitor<Finder> {
public:
  explicit Finder(model::Classifier &Classes) : Classes(Classes) {}
  bool Found = false;

  bool VisitCallExpr(CallExpr *C) {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F || llvm::none_of(C->arguments(), [](const Expr *A) {
          return isa<CXXThisExpr>(A->IgnoreParenImpCasts());
        }))
      return true;
    Found |= Classes.classify(*F).What == model::Role::Put;
    return !Found;
  }

private:
  model::Classifier &Classes;
};

} // namespace

bool Tu::putsItself(const CXXRecordDecl &R) {
  const CXXRecordDecl *Definition = R.getDefinition();
  if (!Definition)
    return false;
  auto [It, New] = SelfPuts.try_emplace(Definition, false);
  if (!New)
    return It->second;
  Finder Look(Classes);
  for (const CXXMethodDecl *M : Definition->methods())
    if (const FunctionDecl *Body = nullptr;
        !Look.Found && isUserCode(*M) && M->hasBody(Body))
      Look.TraverseStmt(Body->getBody());
  bool Puts = Look.Found;
  for (const CXXBaseSpecifier &B : Definition->bases())
    if (const CXXRecordDecl *Base = model::recordOf(B.getType()))
      Puts |= putsItself(*Base);
  SelfPuts[Definition] = Puts;
  return Puts;
}

} // namespace pooltidy

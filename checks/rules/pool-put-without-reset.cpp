//===- pool-put-without-reset.cpp --------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// An object that was changed goes back without a reset since: whoever acquires
// it next sees what it held. The fix inserts the type's one reset method.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace pooltidy {

namespace {

/// The argument of the put that is the object, as written.
const Expr *putObject(const Finding &F) {
  const auto *C = dyn_cast_or_null<CallExpr>(F.At);
  if (!C || isa<CXXOperatorCallExpr>(C))
    return nullptr;
  for (const Expr *Arg : C->arguments()) {
    const Expr *Bare = Arg->IgnoreParenImpCasts();
    QualType T = Bare->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const auto *R = T->getAsCXXRecordDecl();
    if (R && F.ObjectType &&
        R->getCanonicalDecl() == F.ObjectType->getCanonicalDecl()) {
      // `put(&b)` of a reference, `put(*b)` into a pool that takes one
      const auto *U = dyn_cast<UnaryOperator>(Bare);
      bool Around = U && (U->getOpcode() == UO_AddrOf ||
                          (U->getOpcode() == UO_Deref && U->getType()->isRecordType()));
      return Around ? U->getSubExpr()->IgnoreParenImpCasts() : Bare;
    }
  }
  return nullptr;
}

/// `b->clear(); ` before the put where it stands as a statement of a block;
/// braces where it is the only statement of an if or loop.
void addFix(const Analysis &A, const Finding &F, Report &R) {
  const Expr *Object = putObject(F);
  if (!Object || !F.ObjectType || F.What.ByHandle)
    return;
  const CXXMethodDecl *Reset = A.classifier().resetMethod(*F.ObjectType);
  if (!Reset || !isa<DeclRefExpr, MemberExpr>(Object))
    return;
  ASTContext &Context = A.context();
  const SourceManager &Sources = Context.getSourceManager();
  const Stmt *Whole = F.At;
  const Stmt *Above = nullptr;
  // Up to the statement; a put within a condition or a larger expression has
  // no place for another statement before it.
  while (true) {
    DynTypedNodeList Parents = Context.getParents(*Whole);
    if (Parents.empty())
      return;
    Above = Parents[0].get<Stmt>();
    if (!Above)
      return;
    if (isa<ExprWithCleanups, ConstantExpr>(Above)) {
      Whole = Above;
      continue;
    }
    if (const auto *Cast = dyn_cast<CStyleCastExpr>(Above);
        Cast && Cast->getType()->isVoidType()) {
      Whole = Above;
      continue;
    }
    break;
  }
  bool Single = false;
  if (const auto *If = dyn_cast<IfStmt>(Above))
    Single = If->getThen() == Whole || If->getElse() == Whole;
  else if (const auto *For = dyn_cast<ForStmt>(Above))
    Single = For->getBody() == Whole;
  else if (const auto *While = dyn_cast<WhileStmt>(Above))
    Single = While->getBody() == Whole;
  else if (const auto *Range = dyn_cast<CXXForRangeStmt>(Above))
    Single = Range->getBody() == Whole;
  if (!Single && !isa<CompoundStmt>(Above) && !isa<SwitchCase>(Above))
    return;
  SourceLocation Begin = Whole->getBeginLoc(), End = Whole->getEndLoc();
  if (Begin.isMacroID() || End.isMacroID())
    return;
  StringRef Name = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Object->getSourceRange()), Sources,
      Context.getLangOpts());
  if (Name.empty())
    return;
  std::string Call = Name.str() +
                     (Object->getType()->isPointerType() ? "->" : ".") +
                     Reset->getNameAsString() + "();";
  if (Single) {
    SourceLocation Semi = Lexer::findLocationAfterToken(
        End, tok::semi, Sources, Context.getLangOpts(), false);
    if (Semi.isInvalid())
      return;
    R.Fixes.push_back(FixItHint::CreateInsertion(Begin, "{ " + Call + " "));
    R.Fixes.push_back(FixItHint::CreateInsertion(Semi, " }"));
    return;
  }
  StringRef Indent = Lexer::getIndentationForLine(Begin, Sources);
  bool OwnLine =
      Sources.getSpellingColumnNumber(Begin) == Indent.size() + 1;
  R.Fixes.push_back(FixItHint::CreateInsertion(
      Begin, Call + (OwnLine ? "\n" + Indent.str() : " ")));
}

} // namespace

void checkPutWithoutReset(const Analysis &A, Reporter &Out) {
  for (const Finding &F : A.findings()) {
    if (F.What.Kind != FindingKind::PutWithoutReset)
      continue;
    Report R = reportOf(F);
    R.Message = quoted(F) + " is put back without a reset since ";
    if (F.What.Dirty.empty())
      R.Message += "it was changed";
    else
      R.Message += listed(F.What.Dirty) +
                   (F.What.Dirty.size() == 1 ? " was changed" : " were changed");
    addFix(A, F, R);
    Out.report(R);
  }
}

} // namespace pooltidy

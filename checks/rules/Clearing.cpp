//===- Clearing.cpp - statements that clear members -----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Clearing.h"
#include "../model/FieldTraits.h"
#include "../model/Shapes.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace pooltidy {

std::string spell(const model::FieldPath &Path) {
  std::string Out;
  llvm::StringRef Between;
  for (const FieldDecl *F : Path) {
    const RecordDecl *Union = F->isAnonymousStructOrUnion()
                                  ? F->getType()->getAsRecordDecl()
                                  : nullptr;
    Out += Between;
    Between = model::ownedAlone(F->getType()) ? "->" : ".";
    Out += (Union && !Union->field_empty() ? *Union->field_begin() : F)
               ->getNameAsString();
  }
  return Out;
}

namespace {

/// Some assignment of \p R can be called with a new object.
bool canBeAssigned(const CXXRecordDecl &R) {
  if (R.hasSimpleMoveAssignment() || R.hasSimpleCopyAssignment())
    return true;
  DeclarationName Equal =
      R.getASTContext().DeclarationNames.getCXXOperatorName(OO_Equal);
  return llvm::any_of(R.getDefinition()->lookup(Equal), [](const NamedDecl *D) {
    // std::atomic has it from its base.
    const auto *M = dyn_cast<CXXMethodDecl>(D->getUnderlyingDecl());
    return M && !M->isDeleted() && !M->isImplicit() &&
           D->getAccess() == AS_public;
  });
}

/// What stands behind the name of \p F: `= 7`, `{"none"}`; empty for nothing.
StringRef initialiser(const Analysis &A, const FieldDecl &F) {
  const Expr *Init = F.getInClassInitializer();
  if (!Init || Init->getBeginLoc().isMacroID() || Init->getEndLoc().isMacroID())
    return "";
  return Lexer::getSourceText(
      CharSourceRange::getTokenRange(Init->getSourceRange()),
      A.context().getSourceManager(), A.context().getLangOpts());
}

/// How a statement gives \p T a fresh value; empty where there is no short way.
std::string clearing(const Analysis &A, const std::string &Name, QualType T,
                     const FieldDecl &F) {
  if (const Expr *Init = F.getInClassInitializer();
      Init && !model::isNullOrEmpty(Init, A.context())) {
    StringRef Text = initialiser(A, F);
    const CXXRecordDecl *R = T->getAsCXXRecordDecl();
    // Braces may mean a constructor that an assignment cannot call.
    bool Braces = Text.starts_with("{");
    if (Text.empty() || T->isArrayType() ||
        (R && (!R->hasDefinition() || !canBeAssigned(*R) ||
               (Braces && !R->isAggregate()))))
      return "";
    return Name + " = " + Text.str() + ";";
  }
  if (T->isPointerType())
    return Name + " = nullptr;";
  if (T->isScalarType()) {
    if (StringRef Text = initialiser(A, F);
        F.getInClassInitializer() && !Text.empty() && !Text.starts_with("{"))
      return Name + " = " + Text.str() + ";";
    return Name + " = {};";
  }
  if (const auto *Array = A.context().getAsArrayType(T))
    return Array->getElementType()->isScalarType()
               ? "for (auto &each : " + Name + ") each = {};"
               : "";
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return "";
  if (R->isInStdNamespace()) {
    for (const char *Word : {"clear", "reset"})
      for (const CXXMethodDecl *M : R->getDefinition()->methods())
        if (M->getIdentifier() && M->getName() == Word &&
            M->getMinRequiredArguments() == 0)
          return Name + "." + Word + "();";
    return canBeAssigned(*R) ? Name + " = {};" : "";
  }
  if (const CXXMethodDecl *Reset = A.classifier().resetMethod(*R))
    return Name + "." + Reset->getNameAsString() + "();";
  return R->isAggregate() && canBeAssigned(*R) ? Name + " = {};" : "";
}

} // namespace

void addClearing(const Analysis &A, const model::ResetGaps &Gaps, Report &R) {
  const auto *M = dyn_cast<CXXMethodDecl>(Gaps.Reset);
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Gaps.Reset->getBody());
  if (!M || !Body || Gaps.Returns || model::patternOf(*M) != M ||
      M->getParent()->getCanonicalDecl() != Gaps.Of->getCanonicalDecl())
    return;
  const SourceManager &Sources = A.context().getSourceManager();
  SourceLocation Open = Body->getLBracLoc(), Close = Body->getRBracLoc();
  if (Open.isMacroID() || Close.isMacroID())
    return;
  StringRef Outer = Lexer::getIndentationForLine(Close, Sources);
  if (Sources.getSpellingLineNumber(Open) ==
          Sources.getSpellingLineNumber(Close) ||
      Sources.getSpellingColumnNumber(Close) != Outer.size() + 1)
    return;
  std::string Indent = Outer.str() + "  ";
  if (!Body->body_empty() && Body->body_front()->getBeginLoc().isFileID())
    Indent =
        Lexer::getIndentationForLine(Body->body_front()->getBeginLoc(), Sources)
            .str();
  if (Indent.size() <= Outer.size() || !StringRef(Indent).starts_with(Outer))
    return;
  std::string Text;
  for (const model::ResetGap &Gap : Gaps.Left) {
    const FieldDecl &F = *Gap.Path.back();
    const auto *Owner = dyn_cast<CXXRecordDecl>(Gap.Path.front()->getParent());
    bool Reachable =
        Owner &&
        Owner->getCanonicalDecl() == M->getParent()->getCanonicalDecl() &&
        (Gap.Path.size() == 1 || F.getAccess() == AS_public);
    std::string Clear = Reachable && !Gap.Freed && !Gap.GivenAtStart &&
                                F.getIdentifier()
                            ? clearing(A, spell(Gap.Path), F.getType(), F)
                            : "";
    if (Clear.empty())
      return;
    Text += Indent.substr(Text.empty() ? Outer.size() : 0) + Clear + "\n";
  }
  R.Fixes.push_back(FixItHint::CreateInsertion(Close, Text + Outer.str()));
}

} // namespace pooltidy

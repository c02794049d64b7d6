//===- pool-empty-finalizer.cpp ----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pooled type whose destructor is written and does nothing, though without it
// there would be nothing to destroy. The fix is `= default`.
//
//===----------------------------------------------------------------------===//
#include "Wording.h"
#include "../Finalizers.h"
#include "model/Shapes.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallSet.h"

using namespace clang;

namespace pooltidy {

namespace {

/// Nothing but the destructor \p R has keeps its objects from just going away.
bool isTrivialBeside(const CXXRecordDecl &R) {
  for (const FieldDecl *F : R.fields())
    if (F->getType().isDestructedType() != QualType::DK_none)
      return false;
  for (const CXXBaseSpecifier &B : R.bases()) {
    const CXXRecordDecl *Base = model::recordOf(B.getType());
    if (B.isVirtual() || !Base || !Base->hasDefinition() ||
        !Base->hasTrivialDestructor())
      return false;
  }
  return true;
}

enum class Between { Nothing, Comment, Code };

/// What stands between the braces: a directive or a macro that is empty here
/// may not be empty elsewhere.
Between within(const CompoundStmt &Body, const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation Open = Body.getLBracLoc(), Close = Body.getRBracLoc();
  if (!Body.body_empty() || Open.isMacroID() || Close.isMacroID())
    return Between::Code;
  llvm::StringRef Text = Lexer::getSourceText(
      CharSourceRange::getCharRange(Open.getLocWithOffset(1), Close), Sources,
      Context.getLangOpts());
  if (Text.trim().empty())
    return Between::Nothing;
  auto Next = Lexer::findNextToken(Open, Sources, Context.getLangOpts());
  return Next && Next->getLocation() == Close ? Between::Comment : Between::Code;
}

/// The definition in the class: its body. One outside, in the same file: the
/// declaration becomes the definition.
void addFix(const CXXDestructorDecl &Definition, const CompoundStmt &Body,
            const ASTContext &Context, Report &R) {
  const SourceManager &Sources = Context.getSourceManager();
  const LangOptions &Language = Context.getLangOpts();
  if (!Definition.isOutOfLine()) {
    SourceLocation Open = Body.getLBracLoc();
    bool Spaced = Open.isValid() &&
                  isWhitespace(*Sources.getCharacterData(Open.getLocWithOffset(-1)));
    // The semicolon that some write after the brace becomes the declaration's.
    auto Next = Lexer::findNextToken(Body.getRBracLoc(), Sources, Language);
    bool Ended = Next && Next->is(tok::semi);
    std::string Text = Spaced ? "= default" : " = default";
    R.Fixes.push_back(FixItHint::CreateReplacement(
        CharSourceRange::getTokenRange(Open, Body.getRBracLoc()),
        Ended ? Text : Text + ";"));
    return;
  }
  const FunctionDecl *Declared = Definition.getCanonicalDecl();
  SourceLocation End = Declared->getEndLoc(), Begin = Definition.getOuterLocStart();
  if (End.isMacroID() || Begin.isMacroID() ||
      Sources.getFileID(End) != Sources.getFileID(Begin))
    return;
  SourceLocation After = Lexer::getLocForEndOfToken(End, 0, Sources, Language);
  SourceLocation Last =
      Lexer::getLocForEndOfToken(Body.getRBracLoc(), 0, Sources, Language);
  if (After.isInvalid() || Last.isInvalid())
    return;
  if (*Sources.getCharacterData(Last) == '\n')
    Last = Last.getLocWithOffset(1);
  R.Fixes.push_back(FixItHint::CreateInsertion(After, " = default"));
  R.Fixes.push_back(
      FixItHint::CreateRemoval(CharSourceRange::getCharRange(Begin, Last)));
}

} // namespace

void checkEmptyFinalizer(const Analysis &A, Reporter &Out) {
  const SourceManager &Sources = A.context().getSourceManager();
  llvm::SmallSet<SourceLocation, 4> Told;
  for (const PooledType &P : A.pooled()) {
    const CXXDestructorDecl *D = P.Object->getDestructor();
    if (!keepsObjects(*P.Family) || !D || !D->isUserProvided() ||
        D->isVirtual() || !isTrivialBeside(*P.Object))
      continue;
    const FunctionDecl *Found = nullptr;
    // Of a template as it is written: that is what the fix changes.
    const auto *Body = dyn_cast_or_null<CompoundStmt>(
        model::bodyOf(*model::patternOf(*D), Found));
    const auto *Definition = dyn_cast_or_null<CXXDestructorDecl>(Found);
    if (!Body || !Definition)
      continue;
    SourceLocation Loc = Definition->getLocation();
    Between Inside = within(*Body, A.context());
    if (Loc.isMacroID() || Sources.isInSystemHeader(Loc) ||
        Inside == Between::Code || !Told.insert(Loc).second)
      continue;
    Report R;
    R.Loc = Definition->getOuterLocStart(); // where an editor shows it
    R.Types = typesOf(P);
    R.Sure = P.Family->Possible ? Confidence::Possible : Confidence::Definite;
    R.Message = "the empty destructor of '" + P.Object->getNameAsString() +
                "', which is pooled, makes its destruction non-trivial";
    R.Notes.push_back({P.Loc, "pooled here"});
    if (Inside == Between::Nothing)
      addFix(*Definition, *Body, A.context(), R);
    Out.report(R);
  }
}

} // namespace pooltidy

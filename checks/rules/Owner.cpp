//===- Owner.cpp - a raw name becomes an owner ----------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Owner.h"
#include "OwnerText.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace pooltidy {

namespace {

/// Whoever has more to review rewrites by hand.
constexpr size_t MaxUses = 100;

/// The variable that the acquire initialises, and nothing else does.
const VarDecl *initialised(const NameUses &Uses, const VarDecl &V,
                           const Stmt &Acquire) {
  const Expr *Init = V.getInit();
  if (!Uses.Declared || !Init || V.getInitStyle() != VarDecl::CInit ||
      !V.hasLocalStorage() || V.hasAttrs() || !V.getType()->isPointerType())
    return nullptr;
  if (const auto *Whole = dyn_cast<FullExpr>(Init))
    Init = Whole->getSubExpr();
  return Init->IgnoreParenCasts() == &Acquire ? &V : nullptr;
}

/// True when each use can be said of an owner, with the same meaning.
bool allRewritable(const NameUses &Uses, const Owner &To,
                   const SourceManager &Sources) {
  auto Before = [&](SourceLocation A, SourceLocation B) {
    return Sources.isBeforeInTranslationUnit(A, B);
  };
  for (const NameUse &U : Uses.All) {
    switch (U.Is) {
    case NameUse::Other:
      return false;
    case NameUse::Behind:
      if (!To.LooksBehind)
        return false;
      break;
    case NameUse::Test:
      if (!To.Tests)
        return false;
      break;
    case NameUse::Nulled:
      if (!To.Standard)
        return false;
      break;
    case NameUse::Null:
    case NameUse::Value:
      if (To.Get.empty())
        return false;
      break;
    case NameUse::Put:
      if ((U.Statement ? To.Reset : To.Release).empty() ||
          U.Call->getBeginLoc().isMacroID() || U.Call->getEndLoc().isMacroID())
        return false;
      break;
    }
    // After the put an owner is null, where the raw name was not.
    if (U.Is == NameUse::Test || U.Is == NameUse::Null || U.Is == NameUse::Value)
      for (const NameUse &Put : Uses.All)
        if (Put.Is == NameUse::Put && Put.Block &&
            Before(Put.Call->getEndLoc(), U.Ref->getLocation()) &&
            !Before(Put.Block->getEndLoc(), U.Ref->getLocation()))
          return false;
  }
  return true;
}

void rewrite(const NameUses &Uses, const VarDecl &V, const Owner &To,
             const ASTContext &Context, Report &R) {
  const SourceManager &Sources = Context.getSourceManager();
  const LangOptions &Lang = Context.getLangOpts();
  SourceLocation Begin = Uses.Declared->getBeginLoc();
  SourceLocation Init = V.getInit()->getBeginLoc();
  std::string Name = V.getNameAsString(), Text = To.Before;
  if (!Text.empty()) {
    StringRef Indent = Lexer::getIndentationForLine(Begin, Sources);
    bool OwnLine = Sources.getSpellingColumnNumber(Begin) == Indent.size() + 1;
    Text += OwnLine ? "\n" + Indent.str() : " ";
  }
  R.Fixes.push_back(FixItHint::CreateReplacement(
      CharSourceRange::getCharRange(Begin, Init),
      Text + To.Type + " " + Name + "("));
  R.Fixes.push_back(FixItHint::CreateInsertion(
      Lexer::getLocForEndOfToken(V.getInit()->getEndLoc(), 0, Sources, Lang),
      To.Argument + ")"));
  auto After = [&](const NameUse &U, const std::string &Member) {
    R.Fixes.push_back(FixItHint::CreateInsertion(
        Lexer::getLocForEndOfToken(U.Ref->getLocation(), 0, Sources, Lang),
        "." + Member + "()"));
  };
  for (const NameUse &U : Uses.All)
    if (U.Is == NameUse::Value || (U.Is == NameUse::Null && !To.Standard))
      After(U, To.Get);
    else if (U.Is == NameUse::Put && !U.Statement)
      After(U, To.Release);
    else if (U.Is == NameUse::Put)
      R.Fixes.push_back(FixItHint::CreateReplacement(
          CharSourceRange::getTokenRange(U.Call->getSourceRange()),
          Name + "." + To.Reset + "()"));
}

} // namespace

const LeaseOf *OwnerFixes::fateOf(const Finding &F) {
  if (Fates.empty())
    for (const LeaseOf &L : A.leases())
      Fates.try_emplace({L.At, L.Family}, &L);
  auto It = Fates.find({F.At, F.Family});
  return It == Fates.end() ? nullptr : It->second;
}

void OwnerFixes::add(const Finding &F, Report &R) {
  const ASTContext &Context = A.context();
  const SourceManager &Sources = Context.getSourceManager();
  const Stmt *Body = F.In ? F.In->getBody() : nullptr;
  if (!F.At || !Body || !F.Family || isa<CoroutineBodyStmt>(Body) ||
      !Context.getLangOpts().CPlusPlus11 || F.In->isTemplateInstantiation() ||
      F.In->getTemplateInstantiationPattern())
    return;
  const LeaseOf *Fate = fateOf(F);
  if (!Fate || Fate->HandedOver)
    return;
  auto IsPut = [&](const Expr &E) {
    if (isa<CXXDeleteExpr>(E))
      return true;
    const auto *C = dyn_cast<CallExpr>(&E);
    const FunctionDecl *Callee = C ? C->getDirectCallee() : nullptr;
    if (!Callee)
      return false;
    const model::CallMeaning &M = A.classifier().classify(*Callee);
    return M.What == model::Role::Put && M.Family == F.Family && M.Op &&
           M.Op->Fails == model::Failure::Never;
  };
  const NamesIn &Names = Functions.try_emplace(F.In, *F.In).first->second;
  const VarDecl *V = Names.initialisedBy(*F.At);
  if (!V)
    return;
  NameUses Uses = Names.usesOf(*V, IsPut);
  if (Uses.All.size() > MaxUses)
    return;
  // What the engine saw put it, through whatever names, is what we rewrite.
  llvm::SmallPtrSet<const Stmt *, 8> Written;
  for (const NameUse &U : Uses.All)
    if (U.Is == NameUse::Put)
      Written.insert(U.Call);
  bool AllPutsSeen = llvm::all_of(
      Fate->Puts, [&](const Stmt *Put) { return Written.contains(Put); });
  if (!AllPutsSeen || !initialised(Uses, *V, *F.At) ||
      Uses.Declared->getBeginLoc().isMacroID() || V->getLocation().isMacroID() ||
      V->getInit()->getBeginLoc().isMacroID() ||
      V->getInit()->getEndLoc().isMacroID())
    return;
  std::vector<Owner> Owners = ownersFor(A, F, *V, Names, Uses);
  auto To = llvm::find_if(Owners, [&](const Owner &Each) {
    return allRewritable(Uses, Each, Sources);
  });
  if (To == Owners.end())
    return;
  rewrite(Uses, *V, *To, Context, R);
  if (!To->Standard)
    return;
  FileID File = Sources.getFileID(V->getLocation());
  auto [Include, New] = Includes.try_emplace(File);
  if (New)
    Include->second = includeOf("memory", File, Sources);
  if (Include->second)
    R.FixesOnce.push_back(*Include->second);
}

} // namespace pooltidy

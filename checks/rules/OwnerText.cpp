//===- OwnerText.cpp - which owner, and how it is spelled -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "OwnerText.h"
#include "../model/LookUp.h"
#include "clang/AST/QualTypeNames.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/Inclusions/HeaderIncludes.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {

/// \p T as it can be written where \p V is declared; empty where it cannot.
std::string spelled(QualType T, const VarDecl &V, const ASTContext &Context) {
  PrintingPolicy Policy = Context.getPrintingPolicy();
  Policy.SuppressTagKeyword = true;
  std::string Text = V.getType()->getContainedAutoType()
                         ? TypeName::getFullyQualifiedName(T, Context, Policy)
                         : T.getAsString(Policy);
  return StringRef(Text).contains('(') ? "" : Text;
}

StringRef textOf(const Expr &E, const ASTContext &Context) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(E.getSourceRange()),
                              Context.getSourceManager(), Context.getLangOpts());
}

/// How a lambda that stands before \p V captures what \p S names: `[&pool]`.
/// False where something in there means another thing, or nothing, up there.
bool captures(const Stmt &S, const VarDecl &V, const NamesIn &Names,
              const SourceManager &Sources, std::set<std::string> &Out) {
  if (isa<CXXThisExpr>(S))
    Out.insert("this");
  else if (isa<LambdaExpr>(S))
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    if (isa<BindingDecl>(Ref->getDecl()))
      return false;
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (Var && Var != &V && Var->hasLocalStorage()) {
      bool ByValue = Var->getType()->isScalarType();
      if (!Sources.isBeforeInTranslationUnit(Var->getLocation(), V.getLocation()) ||
          (ByValue && Names.changes(*Var)))
        return false;
      Out.insert((ByValue ? "" : "&") + Var->getNameAsString());
    }
  }
  return llvm::all_of(S.children(), [&](const Stmt *Child) {
    return !Child || captures(*Child, V, Names, Sources, Out);
  });
}

/// A put by one call, as text over the name of the object.
struct PutCall {
  std::string Function;           ///< `PQclear`, where it is called with that alone
  std::string Text;               ///< the whole call
  std::set<std::string> Captures; ///< what a lambda needs for it
};

/// True when `&F` is one function that takes the pointer alone.
bool isPlain(const FunctionDecl &F) {
  return !isa<CXXMethodDecl>(F) && F.getNumParams() == 1 && !F.isVariadic() &&
         !F.getTemplateSpecializationArgs() && F.getIdentifier() &&
         llvm::all_of(F.getDeclContext()->getRedeclContext()->lookup(F.getDeclName()),
                      [&](const NamedDecl *D) {
                        return D->getUnderlyingDecl()->getCanonicalDecl() ==
                               F.getCanonicalDecl();
                      });
}

/// The put that the function itself writes, where all of them are the same.
std::optional<PutCall> writtenPut(const Analysis &A, const VarDecl &V,
                                  const NamesIn &Names, const NameUses &Uses) {
  const ASTContext &Context = A.context();
  std::optional<PutCall> Found;
  for (const NameUse &U : Uses.All) {
    if (U.Is != NameUse::Put)
      continue;
    const auto *C = dyn_cast<CallExpr>(U.Call);
    const FunctionDecl *Callee = C ? C->getDirectCallee() : nullptr;
    if (!Callee)
      return std::nullopt;
    PutCall Put;
    if (isPlain(*Callee))
      Put.Function = textOf(*C->getCallee(), Context).str();
    Put.Text = textOf(*C, Context).str();
    if (Callee->hasAttr<WarnUnusedResultAttr>())
      Put.Text = "(void)" + Put.Text;
    if (!captures(*C, V, Names, Context.getSourceManager(), Put.Captures) ||
        (Found && Found->Text != Put.Text))
      return std::nullopt;
    Found = std::move(Put);
  }
  return Found;
}

/// The put of the pool that was acquired from, or the family's function.
std::optional<PutCall> modelledPut(const Analysis &A, const Finding &F,
                                   const VarDecl &V, const NamesIn &Names) {
  const ASTContext &Context = A.context();
  auto Fits = [&](const FunctionDecl &Put) {
    const model::CallMeaning &M = A.classifier().classify(Put);
    return M.What == model::Role::Put && M.Family == F.Family && M.Op &&
           M.Op->Fails == model::Failure::Never && !M.Op->Setup &&
           M.Op->Object.Where != model::Slot::This && !M.Op->Object.Indirect &&
           Put.getMinRequiredArguments() == 1 &&
           Context.hasSameUnqualifiedType(Put.getParamDecl(0)->getType(),
                                          V.getType());
  };
  if (const auto *Acquire = dyn_cast<CXXMemberCallExpr>(F.At)) {
    const auto *M = dyn_cast<MemberExpr>(Acquire->getCallee()->IgnoreParens());
    const CXXRecordDecl *Pool = Acquire->getRecordDecl();
    if (!M || M->isImplicitAccess() || !Pool || !Pool->hasDefinition() ||
        M->getBase()->getBeginLoc().isMacroID())
      return std::nullopt;
    const CXXMethodDecl *Put = nullptr;
    for (const CXXMethodDecl *Each : Pool->getDefinition()->methods())
      if (Each->getIdentifier() && Each->getAccess() == AS_public && Fits(*Each)) {
        if (Put)
          return std::nullopt;
        Put = Each;
      }
    PutCall Out;
    if (!Put || !captures(*M->getBase(), V, Names, Context.getSourceManager(),
                          Out.Captures))
      return std::nullopt;
    Out.Text = (textOf(*M->getBase(), Context) + (M->isArrow() ? "->" : ".") +
                Put->getName() + "(" + V.getName() + ")")
                   .str();
    return Out;
  }
  for (const model::Operation &Op : F.Family->Put)
    if (F.Family->Type.empty() && !StringRef(Op.Call).contains('*'))
      for (const NamedDecl *D : model::lookUp(Context, Op.Call))
        if (const auto *Put = dyn_cast<FunctionDecl>(D); Put && Fits(*Put)) {
          PutCall Out;
          if (isPlain(*Put))
            Out.Function = Op.Call;
          Out.Text = Op.Call + "(" + V.getNameAsString() + ")";
          return Out;
        }
  return std::nullopt;
}

/// `b->clear(); `, where whoever puts an object back resets it first.
std::string resetBefore(const Analysis &A, const Finding &F, const VarDecl &V) {
  bool Owed = F.Family->What == model::Kind::Object &&
              (F.Family->Resets == model::Convention::CallerBeforePut ||
               F.Family->Resets == model::Convention::Unknown);
  const CXXRecordDecl *Type = V.getType()->getPointeeCXXRecordDecl();
  const CXXMethodDecl *Reset =
      Owed && Type && Type->hasDefinition() && !V.getType()->getPointeeType().isConstQualified()
          ? A.classifier().resetMethod(*Type->getDefinition())
          : nullptr;
  return Reset ? V.getNameAsString() + "->" + Reset->getNameAsString() + "(); "
               : "";
}

std::optional<Owner> uniquePtr(const Analysis &A, const Finding &F,
                               const VarDecl &V, const NamesIn &Names,
                               const NameUses &Uses) {
  Owner Out{.Get = "get", .Reset = "reset", .Release = "release"};
  std::string Type = spelled(V.getType()->getPointeeType(), V, A.context());
  if (Type.empty())
    return std::nullopt;
  if (const auto *New = dyn_cast<CXXNewExpr>(F.At)) {
    bool Deletes = llvm::all_of(Uses.All, [](const NameUse &U) {
      const auto *D = dyn_cast_or_null<CXXDeleteExpr>(U.Call);
      return U.Is != NameUse::Put || (D && !D->isArrayForm());
    });
    // An exact type only: a base may have no virtual destructor.
    if (New->isArray() || New->getNumPlacementArgs() || !Deletes ||
        !A.context().hasSameUnqualifiedType(New->getAllocatedType(),
                                            V.getType()->getPointeeType()))
      return std::nullopt;
    Out.Type = "std::unique_ptr<" + Type + ">";
    return Out;
  }
  bool Writes = llvm::any_of(
      Uses.All, [](const NameUse &U) { return U.Is == NameUse::Put; });
  std::optional<PutCall> Put =
      Writes ? writtenPut(A, V, Names, Uses) : modelledPut(A, F, V, Names);
  if (!Put)
    return std::nullopt;
  std::string Reset = resetBefore(A, F, V), Deleter;
  if (Reset.empty() && !Put->Function.empty()) {
    Deleter = "&" + Put->Function;
    Out.Type = "std::unique_ptr<" + Type + ", decltype(" + Deleter + ")>";
    Out.Argument = ", " + Deleter;
    return Out;
  }
  std::string Base = "put_" + V.getNameAsString();
  Deleter = Base;
  for (unsigned N = 2; Names.has(Deleter); ++N)
    Deleter = Base + std::to_string(N);
  Out.Before = "auto " + Deleter + " = [" + llvm::join(Put->Captures, ", ") +
               "](" + Type + " *" + V.getNameAsString() + ") { " + Reset +
               Put->Text + "; };";
  Out.Type = "std::unique_ptr<" + Type + ", decltype(" + Deleter + ")>";
  Out.Argument = ", " + Deleter;
  return Out;
}

bool isPublic(const CXXMethodDecl &M) {
  return M.getAccess() == AS_public && !M.isDeleted();
}

/// \p H as an owner of \p V, where this TU shows that it can be one.
std::optional<Owner> handle(const Analysis &A, const model::Handle &H,
                            const VarDecl &V) {
  const LangOptions &Lang = A.context().getLangOpts();
  auto First = [](const std::vector<std::string> &Names) {
    return Names.empty() ? std::string() : Names.front();
  };
  for (const NamedDecl *D : model::lookUp(A.context(), H.Type)) {
    const auto *R = dyn_cast<CXXRecordDecl>(D);
    const auto *Template = dyn_cast<ClassTemplateDecl>(D);
    if (Template && Lang.CPlusPlus17)
      R = Template->getTemplatedDecl();
    R = R ? R->getDefinition() : nullptr;
    if (!R)
      continue;
    bool Takes = llvm::any_of(R->ctors(), [&](const CXXConstructorDecl *C) {
      if (!isPublic(*C) || C->getNumParams() == 0 || C->getMinRequiredArguments() > 1)
        return false;
      QualType P = C->getParamDecl(0)->getType();
      return P->isPointerType() &&
             (Template || A.context().hasSameUnqualifiedType(P, V.getType()));
    });
    if (!Takes)
      continue;
    Owner Out{.Type = H.Type, .Get = First(H.Get), .Reset = First(H.Put),
              .Release = First(H.Release), .Standard = false};
    auto Has = [&](OverloadedOperatorKind Op) {
      return llvm::any_of(R->methods(), [&](const CXXMethodDecl *M) {
        return M->getOverloadedOperator() == Op && isPublic(*M);
      });
    };
    Out.LooksBehind = Has(OO_Arrow) && Has(OO_Star);
    Out.Tests = llvm::any_of(R->methods(), [](const CXXMethodDecl *M) {
      const auto *To = dyn_cast<CXXConversionDecl>(M);
      return To && To->getConversionType()->isBooleanType() && isPublic(*To);
    });
    return Out;
  }
  return std::nullopt;
}

} // namespace

std::vector<Owner> ownersFor(const Analysis &A, const Finding &F,
                             const VarDecl &V, const NamesIn &Names,
                             const NameUses &Uses) {
  std::vector<Owner> Found;
  // At the end of its scope a child would be closed after a parent that is
  // closed by hand before.
  if (!F.Family->ChildOf.empty())
    return Found;
  for (const model::Handle &H : F.Family->Handles)
    if (H.Spelled)
      if (std::optional<Owner> Handle = handle(A, H, V))
        Found.push_back(std::move(*Handle));
  if (std::optional<Owner> Standard = uniquePtr(A, F, V, Names, Uses))
    Found.push_back(std::move(*Standard));
  return Found;
}

std::optional<FixItHint> includeOf(StringRef Header, FileID File,
                                   const SourceManager &Sources) {
  tooling::IncludeStyle Style;
  Style.IncludeBlocks = tooling::IncludeStyle::IBS_Preserve;
  Style.IncludeCategories = {{"^<", 2, 0, false}, {".*", 1, 0, false}};
  // The name matters for what is a file's own header only.
  tooling::HeaderIncludes Includes("source.cpp", Sources.getBufferData(File), Style);
  auto Change = Includes.insert(Header, /*IsAngled=*/true,
                                tooling::IncludeDirective::Include);
  if (!Change)
    return std::nullopt;
  return FixItHint::CreateInsertion(
      Sources.getLocForStartOfFile(File).getLocWithOffset(Change->getOffset()),
      Change->getReplacementText());
}

} // namespace pooltidy

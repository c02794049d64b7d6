//===- Functions.cpp - which functions of a TU are worth a look -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Functions.h"
#include "../model/Shapes.h"
#include "TaskStarts.h"
#include "clang/AST/ExternalASTSource.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace pooltidy {

namespace {
/// Functions of the standard library that keep a copy of an argument of type \p Of: threads and
/// binders of each, containers of what is put in, makers of their own type. The
/// library's own code is not looked at.
bool copiesArguments(const FunctionDecl &F, const CXXRecordDecl &Of) {
  auto Is = [&](QualType T) {
    const CXXRecordDecl *R = model::recordOf(T);
    return R && R->getCanonicalDecl() == Of.getCanonicalDecl();
  };
  const NamedDecl *N = &F;
  const auto *M = dyn_cast<CXXMethodDecl>(&F);
  if (isa<CXXConstructorDecl>(F))
    N = M->getParent();
  // What holds one keeps a copy: `optional<Pool> o = p`, `v.resize(4, p)`.
  auto Holds = [&] {
    const auto *S =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(M ? M->getParent() : nullptr);
    if (!S || !S->isInStdNamespace())
      return false;
    return llvm::any_of(model::typeArguments(*S), [&](QualType Each) {
      return !Each->isReferenceType() && Is(Each);
    });
  };
  if (F.getOverloadedOperator() == OO_Equal)
    return M && model::isStd(*M->getParent(), "optional") && Holds();
  if (!N->getIdentifier())
    return false;
  enum { None, All, Contained, Made } How =
      llvm::StringSwitch<decltype(How)>(N->getName())
          .Cases("thread", "jthread", "async", "bind", "bind_front", All)
          .Cases("make_pair", "make_tuple", All)
          .Cases("push_back", "push_front", "emplace_back", "emplace_front", Contained)
          .Cases("insert", "emplace", "push", "resize", "assign", Contained)
          .Cases("try_emplace", "insert_or_assign", Contained)
          .Cases("pair", "tuple", "optional", Contained)
          .Cases("vector", "deque", "list", "forward_list", Contained)
          .Case("any", All)
          .Cases("make_unique", "make_shared", Made)
          .Default(None);
  switch (How) {
  case None:
    return false;
  case Contained:
    return Holds();
  case Made:
    return Is(model::templateArgument(F.getReturnType(), 0));
  case All:
    return true;
  }
  return false;
}

/// Whether there can be a pool, or an overrider, in such a declaration.
bool mayHoldPools(Decl::Kind Kind) {
  switch (Kind) {
  case Decl::Namespace:
  case Decl::LinkageSpec:
  case Decl::Export:
  case Decl::Record:
  case Decl::CXXRecord:
  case Decl::ClassTemplate:
  case Decl::ClassTemplateSpecialization:
  case Decl::Var:
  case Decl::VarTemplate:
  case Decl::VarTemplateSpecialization:
    return true;
  default:
    return false;
  }
}

class Collector : public RecursiveASTVisitor<Collector> {
public:
  Collector(ASTContext &Context, model::Classifier &Classes, FunctionSet &Out)
      : Sources(Context.getSourceManager()), Classes(Classes), Out(Out) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || (!isa<TranslationUnitDecl>(D) &&
               Sources.isInSystemHeader(D->getLocation())))
      return true;
    // Only instantiations of templates have calls that resolve.
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (!F->doesThisDeclarationHaveABody() || F->isDependentContext())
        return true;
      if (const auto *M = dyn_cast<CXXMethodDecl>(F);
          M && Overriding.insert(M).second)
        overrides(*M, *M);
      if (OnlyDeclarations || !Walked.insert(F).second)
        return true;
      const FunctionDecl *Outer = Current;
      Current = F;
      ++Out.Bodies;
      Out.Defined.push_back(F);
      bool Go = RecursiveASTVisitor::TraverseDecl(D);
      Current = Outer;
      return Go;
    }
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitCallExpr(CallExpr *C) {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F)
      return true;
    met(*F, C->getExprLoc());
    if (const auto *M = dyn_cast<CXXMethodDecl>(F);
        M && M->isCopyAssignmentOperator() && isPool(M->getParent()))
      Out.Copies.push_back({C, Current});
    copies(*F, {C->getArgs(), C->getNumArgs()});
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(C)) {
      if (O->getOperator() == OO_Equal)
        assigned(*O, *O->getArg(0));
    } else if (const auto *M = dyn_cast<CXXMethodDecl>(F);
               M && C->getNumArgs() && isPool(M->getParent()) &&
               Classes.classify(*M).What == model::Role::None) {
      Out.Setups.push_back({C, Current});
    } else if (C->getNumArgs() && F->isInStdNamespace() && F->getIdentifier() &&
               (F->getName() == "make_unique" || F->getName() == "make_shared")) {
      QualType Made = model::templateArgument(F->getReturnType(), 0);
      if (!Made.isNull() && isPool(model::recordOf(Made)))
        Out.Setups.push_back({C, Current});
    }
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      assigned(*B, *B->getLHS());
    return true;
  }
  bool VisitCXXRecordDecl(CXXRecordDecl *R) {
    if (R->isThisDeclarationADefinition() && !R->isDependentContext() &&
        !R->isLambda() && isPool(R))
      (isTemplateInstantiation(R->getTemplateSpecializationKind())
           ? Out.PoolInstances
           : Out.PoolClasses)
          .push_back(R);
    return true;
  }
  bool VisitDeclaratorDecl(DeclaratorDecl *D) {
    if (isa<VarDecl, FieldDecl>(D) && !D->getDeclContext()->isDependentContext())
      if (isPool(model::recordOf(D->getType().getNonReferenceType())))
        Out.Pools.push_back(D);
    if (const auto *V = dyn_cast<VarDecl>(D);
        V && !isa<ParmVarDecl>(V) && V->getInit() && copiesHolder(*V->getInit()))
      Out.HolderCopies.push_back(V);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    const CXXConstructorDecl *D = C->getConstructor();
    met(*D, C->getLocation());
    const CXXRecordDecl *R = D->getParent();
    if (D->isCopyConstructor() && isPool(R))
      Out.Copies.push_back({C, Current});
    copies(*D, {C->getArgs(), C->getNumArgs()});
    if (C->getNumArgs() && !D->isCopyOrMoveConstructor() && isPool(R))
      Out.Setups.push_back({C, Current});
    if (!Current || !R->hasDefinition())
      return true;
    if (Classes.classify(*R).HandleOf)
      Out.Direct.insert(Current);
    if (const CXXDestructorDecl *Dtor = R->getDestructor())
      met(*Dtor, C->getLocation());
    return true;
  }
  bool VisitCXXNewExpr(CXXNewExpr *N) {
    if (const FunctionDecl *F = N->getOperatorNew())
      met(*F, N->getBeginLoc());
    return true;
  }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *D) {
    if (const FunctionDecl *F = D->getOperatorDelete())
      met(*F, D->getBeginLoc());
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *L) {
    // The closure's call operator is a function of its own.
    if (Current && L->getCallOperator()->hasBody())
      Out.Callers[L->getCallOperator()].push_back(Current);
    for (Expr *Init : L->capture_inits())
      TraverseStmt(Init);
    return TraverseDecl(L->getCallOperator());
  }

  /// All of \p In but bodies, of which \p Source reads as little as it can.
  void declarations(ExternalASTSource &Source, const DeclContext &In) {
    llvm::SmallVector<Decl *, 64> Found;
    Source.FindExternalLexicalDecls(&In, mayHoldPools, Found);
    for (Decl *D : Found) {
      if (Sources.isInSystemHeader(D->getLocation()))
        continue;
      if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
        declarations(Source, *cast<DeclContext>(D));
        continue;
      }
      OnlyDeclarations = true;
      TraverseDecl(D);
      OnlyDeclarations = false;
    }
  }

  /// From here on, remembers what is called for `calledBodies`.
  void followCalls() { Follow = true; }

  /// The bodies that were called, but are not in what was walked.
  void calledBodies() {
    for (size_t Next = 0, Virtual = 0;;) {
      // Whom a virtual call may reach is known once all calls are.
      if (Next == Called.size()) {
        size_t Before = Called.size();
        for (; Virtual < VirtuallyCalled.size(); ++Virtual)
          if (auto It = Out.Overriders.find(VirtuallyCalled[Virtual]);
              It != Out.Overriders.end())
            Called.insert(It->second.begin(), It->second.end());
        if (Called.size() == Before)
          return;
      }
      TraverseDecl(const_cast<FunctionDecl *>(Called[Next++]));
    }
  }

  /// Whether the main file, or what it leads to, starts threads. What else a header
  /// has is not asked: a language server does not read it.
  void findStarts() {
    for (size_t I = 0; I < Starters.size() && !Out.StartsThreads; ++I) {
      const FunctionDecl *F = Starters[I];
      Out.StartsThreads =
          Sources.isInMainFile(Sources.getExpansionLoc(F->getLocation()));
      Out.callersOf(*F, Starters);
    }
  }

private:
  bool isPool(const CXXRecordDecl *R) {
    return R && Classes.classify(*R).PoolOf;
  }

  bool copiesHolder(const Expr &Init) {
    const Expr *E = Init.IgnoreImplicit();
    const auto *C = dyn_cast<CXXConstructExpr>(E);
    if (!C || !C->getConstructor()->isCopyConstructor() || C->isElidable())
      return false;
    const CXXRecordDecl *R = C->getConstructor()->getParent();
    return !R->isDependentContext() && !isPool(R) && poolWithin(*R, Classes);
  }

  void assigned(const Expr &Whole, const Expr &Left) {
    const auto *M = dyn_cast<MemberExpr>(Left.IgnoreParenImpCasts());
    const auto *F = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
    if (F && isPool(dyn_cast<CXXRecordDecl>(F->getParent())))
      Out.Setups.push_back({&Whole, Current});
  }

  void copies(const FunctionDecl &F, llvm::ArrayRef<const Expr *> Args) {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    if (!(M ? M->getParent()->isInStdNamespace() : F.isInStdNamespace()))
      return;
    for (const Expr *A : Args)
      if (const CXXRecordDecl *R = model::recordOf(A->getType());
          A->isLValue() && isPool(R) && copiesArguments(F, *R))
        Out.Copies.push_back({A, Current});
  }

  void overrides(const CXXMethodDecl &Body, const CXXMethodDecl &M) {
    for (const CXXMethodDecl *Base : M.overridden_methods()) {
      Out.Overriders[Base->getCanonicalDecl()].push_back(&Body);
      overrides(Body, *Base);
    }
  }

  void met(const FunctionDecl &F, SourceLocation At) {
    const model::CallMeaning &Means = Classes.classify(F);
    model::Role Role = Means.What;
    if ((Means.Rule && Means.Rule->StartsThread) || makesThread(F, Classes)) {
      if (Current)
        Starters.insert(Current);
      else
        Out.StartsThreads |= Sources.isInMainFile(Sources.getExpansionLoc(At));
    }
    if (Role == model::Role::Acquire)
      Out.Acquires.insert({&F, At});
    if (!Current)
      return;
    if (Role == model::Role::Acquire || Role == model::Role::Put)
      Out.Direct.insert(Current);
    const FunctionDecl *Body = nullptr;
    if (F.hasBody(Body) && !Sources.isInSystemHeader(Body->getLocation())) {
      auto &All = Out.Callers[Body];
      if (All.empty() || All.back() != Current)
        All.push_back(Current);
      if (Follow)
        Called.insert(Body);
    }
    // A virtual call reaches the overriders too.
    if (const auto *M = dyn_cast<CXXMethodDecl>(&F); M && M->isVirtual()) {
      Out.VirtualCallers[M->getCanonicalDecl()].push_back(Current);
      if (Follow)
        VirtuallyCalled.insert(M->getCanonicalDecl());
    }
  }

  const SourceManager &Sources;
  model::Classifier &Classes;
  FunctionSet &Out;
  const FunctionDecl *Current = nullptr;
  bool OnlyDeclarations = false, Follow = false;
  llvm::DenseSet<const FunctionDecl *> Walked;
  llvm::DenseSet<const CXXMethodDecl *> Overriding;
  llvm::SetVector<const FunctionDecl *> Called; ///< bodies
  llvm::SetVector<const CXXMethodDecl *> VirtuallyCalled;
  llvm::SetVector<const FunctionDecl *> Starters; ///< of threads, and their callers
};
} // namespace

void FunctionSet::callersOf(const FunctionDecl &F,
                            llvm::SetVector<const FunctionDecl *> &Out) const {
  if (auto It = Callers.find(&F); It != Callers.end())
    Out.insert(It->second.begin(), It->second.end());
  auto Virtual = [&](const CXXMethodDecl &M, auto &Self) -> void {
    if (auto It = VirtualCallers.find(M.getCanonicalDecl());
        It != VirtualCallers.end())
      Out.insert(It->second.begin(), It->second.end());
    for (const CXXMethodDecl *Base : M.overridden_methods())
      Self(*Base, Self);
  };
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F))
    Virtual(*M, Virtual);
}

const CXXRecordDecl *poolWithin(const CXXRecordDecl &R,
                                model::Classifier &Classes) {
  auto Look = [&](const CXXRecordDecl &In, unsigned Depth,
                  auto &Self) -> const CXXRecordDecl * {
    const CXXRecordDecl *D = In.getDefinition();
    if (!D || Depth > 2)
      return nullptr;
    auto Of = [&](QualType T) -> const CXXRecordDecl * {
      while (const auto *A = T->getAsArrayTypeUnsafe())
        T = A->getElementType();
      const CXXRecordDecl *Held = T->getAsCXXRecordDecl();
      if (!Held)
        return nullptr;
      return Classes.classify(*Held).PoolOf ? Held : Self(*Held, Depth + 1, Self);
    };
    const CXXRecordDecl *Found = nullptr;
    if (D->isInStdNamespace()) {
      const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(D);
      if (S && (model::isStd(*S, "pair") || model::isStd(*S, "tuple") ||
                model::isStd(*S, "array")))
        for (QualType T : model::typeArguments(*S))
          Found = Found ? Found : Of(T);
      return Found;
    }
    // A copy that somebody wrote is what he means it to be.
    if (D->hasUserDeclaredCopyConstructor() &&
        llvm::any_of(D->ctors(), [](const CXXConstructorDecl *C) {
          return C->isCopyConstructor() && C->isUserProvided();
        }))
      return nullptr;
    for (const FieldDecl *F : D->fields())
      Found = Found ? Found : Of(F->getType());
    return Found;
  };
  return Look(R, 0, Look);
}

FunctionSet collectFunctions(ASTContext &Context, model::Classifier &Classes) {
  FunctionSet Out;
  Collector C(Context, Classes, Out);
  std::vector<Decl *> Scope = Context.getTraversalScope();
  // A language server walks the file that is open and keeps its headers in a
  // precompiled preamble. Of those the declarations count as they do elsewhere,
  // and bodies where the file leads to them: a preamble is long.
  TranslationUnitDecl *All = Context.getTranslationUnitDecl();
  bool Preamble =
      Context.getExternalSource() && !llvm::is_contained(Scope, All);
  if (Preamble) {
    C.followCalls();
    C.declarations(*Context.getExternalSource(), *All);
  }
  for (Decl *D : Scope)
    C.TraverseDecl(D);
  if (Preamble)
    C.calledBodies();
  C.findStarts();
  return Out;
}

} // namespace pooltidy

//===- Functions.cpp - which functions of a TU are worth a look -----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Functions.h"
#include "../model/Shapes.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace pooltidy {

namespace {
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
      if (const auto *M = dyn_cast<CXXMethodDecl>(F))
        overrides(*M, *M);
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
    if (const FunctionDecl *F = C->getDirectCallee())
      met(*F, C->getExprLoc());
    return true;
  }
  bool VisitCXXRecordDecl(CXXRecordDecl *R) {
    if (R->isThisDeclarationADefinition() && !R->isDependentContext() &&
        !R->isLambda() && !isa<ClassTemplateSpecializationDecl>(R) &&
        Classes.classify(*R).PoolOf)
      Out.PoolClasses.push_back(R);
    return true;
  }
  bool VisitDeclaratorDecl(DeclaratorDecl *D) {
    if (isa<VarDecl, FieldDecl>(D) && !D->getDeclContext()->isDependentContext())
      if (const CXXRecordDecl *R =
              model::recordOf(D->getType().getNonReferenceType());
          R && Classes.classify(*R).PoolOf)
        Out.Pools.push_back(D);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    const CXXConstructorDecl *D = C->getConstructor();
    met(*D, C->getLocation());
    const CXXRecordDecl *R = D->getParent();
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

private:
  void overrides(const CXXMethodDecl &Body, const CXXMethodDecl &M) {
    for (const CXXMethodDecl *Base : M.overridden_methods()) {
      Out.Overriders[Base->getCanonicalDecl()].push_back(&Body);
      overrides(Body, *Base);
    }
  }

  void met(const FunctionDecl &F, SourceLocation At) {
    model::Role Role = Classes.classify(F).What;
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
    }
    // A virtual call reaches the overriders too.
    if (const auto *M = dyn_cast<CXXMethodDecl>(&F); M && M->isVirtual())
      Out.VirtualCallers[M->getCanonicalDecl()].push_back(Current);
  }

  const SourceManager &Sources;
  model::Classifier &Classes;
  FunctionSet &Out;
  const FunctionDecl *Current = nullptr;
};
} // namespace

FunctionSet collectFunctions(ASTContext &Context, model::Classifier &Classes) {
  FunctionSet Out;
  Collector C(Context, Classes, Out);
  for (Decl *D : Context.getTraversalScope())
    C.TraverseDecl(D);
  return Out;
}

} // namespace pooltidy

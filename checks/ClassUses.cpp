//===- ClassUses.cpp - where objects of a class live ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "ClassUses.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace pooltidy {

namespace {
class Finder : public RecursiveASTVisitor<Finder> {
public:
  Finder(const CXXRecordDecl &R, ClassUses &Out) : R(R), Out(Out) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitVarDecl(VarDecl *V) {
    if (is(V->getType()) && !isa<ParmVarDecl>(V))
      Out.Variables.push_back(V);
    else
      Out.Elsewhere |= contains(V->getType());
    return true;
  }
  bool VisitFieldDecl(FieldDecl *F) {
    Out.Elsewhere |= leadsTo(F->getType());
    return true;
  }
  bool VisitCXXNewExpr(CXXNewExpr *N) {
    Out.Elsewhere |= leadsTo(N->getAllocatedType());
    return true;
  }
  bool VisitCallExpr(CallExpr *C) { // make_unique<R>(), make_shared<R>()
    Out.Elsewhere |= contains(C->getType());
    return true;
  }
  bool VisitCXXRecordDecl(CXXRecordDecl *D) {
    if (D->isThisDeclarationADefinition())
      for (const CXXBaseSpecifier &B : D->bases())
        Out.Elsewhere |= is(B.getType());
    return true;
  }

private:
  bool is(QualType T) const {
    const CXXRecordDecl *Of = T->getAsCXXRecordDecl();
    return Of && Of->getCanonicalDecl() == R.getCanonicalDecl();
  }
  /// An owner or container of it.
  bool contains(QualType T) const {
    const auto *Of = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T.getNonReferenceType()->getAsCXXRecordDecl());
    if (Of)
      for (const TemplateArgument &A : Of->getTemplateArgs().asArray())
        if (A.getKind() == TemplateArgument::Type && is(A.getAsType()))
          return true;
    return T->isArrayType() && is(QualType(T->getBaseElementTypeUnsafe(), 0));
  }
  bool leadsTo(QualType T) const {
    T = T.getNonReferenceType();
    return is(T->isPointerType() ? T->getPointeeType() : T) || contains(T);
  }

  const CXXRecordDecl &R;
  ClassUses &Out;
};
} // namespace

ClassUses usesOf(ASTContext &Context, const CXXRecordDecl &R) {
  ClassUses Out;
  Finder Find(R, Out);
  const SourceManager &Sources = Context.getSourceManager();
  for (Decl *D : Context.getTraversalScope())
    if (auto *All = dyn_cast<TranslationUnitDecl>(D)) {
      for (Decl *Each : All->decls())
        if (!Sources.isInSystemHeader(Each->getLocation()))
          Find.TraverseDecl(Each);
    } else {
      Find.TraverseDecl(D);
    }
  return Out;
}

} // namespace pooltidy

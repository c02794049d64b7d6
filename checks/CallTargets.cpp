//===- CallTargets.cpp - which functions an expression may be -------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "CallTargets.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {
/// Names lead to names: this far.
constexpr unsigned MaxSteps = 12;

/// The part of \p L, an \p R, that its member \p Name is initialised with.
const Expr *partOf(const InitListExpr &L, const CXXRecordDecl &R, StringRef Name) {
  const InitListExpr *Whole = L.isSemanticForm() ? &L : L.getSemanticForm();
  if (Name.empty() || !Whole || !R.hasDefinition() || R.getNumBases())
    return nullptr;
  for (const FieldDecl *F : R.fields())
    if (nameOf(F) == Name)
      return F->getFieldIndex() < Whole->getNumInits()
                 ? Whole->getInit(F->getFieldIndex())
                 : F->getInClassInitializer();
  return nullptr;
}

/// What the member \p Name of \p V is given in the function around it:
/// `options.make = [] { … };`
class Assignments : public RecursiveASTVisitor<Assignments> {
public:
  Assignments(const VarDecl &V, StringRef Name) : V(V), Name(Name) {}
  std::vector<const Expr *> All;

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      to(B->getLHS(), B->getRHS());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *O) {
    if (O->getOperator() == OO_Equal)
      to(O->getArg(0), O->getArg(1));
    return true;
  }

private:
  void to(const Expr *Left, const Expr *Right) {
    const auto *M = dyn_cast<MemberExpr>(Left->IgnoreParenImpCasts());
    const auto *D =
        M ? dyn_cast<DeclRefExpr>(M->getBase()->IgnoreParenImpCasts()) : nullptr;
    if (D && D->getDecl() == &V && nameOf(M->getMemberDecl()) == Name)
      All.push_back(Right);
  }

  const VarDecl &V;
  StringRef Name;
};

std::vector<const Expr *> assigned(const VarDecl &V, StringRef Name) {
  const auto *F = dyn_cast<FunctionDecl>(V.getDeclContext());
  const CXXRecordDecl *R = model::recordOf(V.getType());
  if (Name.empty() || !F || !F->getBody() || !R || isa<ParmVarDecl>(V))
    return {};
  Assignments Find(V, Name);
  Find.TraverseStmt(F->getBody());
  return std::move(Find.All);
}
} // namespace

void CallTargets::value(const Expr *E, StringRef Call, Found &Out,
                        unsigned Steps) {
  if (!E || Steps > MaxSteps)
    return;
  auto Next = [&](const Expr *Inner) { value(Inner, Call, Out, Steps + 1); };
  E = E->IgnoreParenCasts()->IgnoreImplicit();
  if (const auto *L = dyn_cast<LambdaExpr>(E))
    return add(*L->getCallOperator(), Out);
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref ||
            U->getOpcode() == UO_Plus))
    return Next(U->getSubExpr());
  // A lambda that becomes a function pointer.
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && isa_and_nonnull<CXXConversionDecl>(C->getMethodDecl()))
    return Next(C->getImplicitObjectArgument());
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    Next(C->getTrueExpr());
    return Next(C->getFalseExpr());
  }
  if (const auto *N = dyn_cast<CXXNewExpr>(E))
    return type(N->getAllocatedType(), Call, Out);
  if (const auto *T = dyn_cast<CXXThisExpr>(E))
    return type(T->getType()->getPointeeType(), Call, Out);
  if (const auto *D = dyn_cast<DeclRefExpr>(E))
    return declared(*D->getDecl(), Call, Out, Steps);
  if (const auto *M = dyn_cast<MemberExpr>(E))
    return declared(*M->getMemberDecl(), Call, Out, Steps);
  if (const auto *L = dyn_cast<InitListExpr>(E)) {
    const CXXRecordDecl *R = model::recordOf(L->getType());
    if (const Expr *Part = R ? partOf(*L, *R, Call) : nullptr)
      return value(Part, "", Out, Steps + 1);
    // A function object with members, or what wraps one.
    size_t Before = Out.size();
    if (R)
      type(L->getType(), Call, Out);
    if (Out.size() == Before && L->getNumInits() == 1)
      Next(L->getInit(0));
    return;
  }
  if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E))
    return Next(D->getExpr());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    // A function object, or what wraps one.
    if (!C->getConstructor()->getParent()->isInStdNamespace() &&
        !C->getConstructor()->isCopyOrMoveConstructor())
      return type(C->getType(), Call, Out);
    if (C->getNumArgs())
      return Next(C->getArg(0));
    return;
  }
  if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      O && (O->getOperator() == OO_Star || O->getOperator() == OO_Arrow))
    return Next(O->getArg(0));
  if (const auto *C = dyn_cast<CallExpr>(E)) {
    StringRef Name = nameOf(C->getDirectCallee());
    if (Name == "make_unique" || Name == "make_shared")
      return type(model::templateArgument(C->getType(), 0), Call, Out);
    if (Name == "get" && isa<CXXMemberCallExpr>(C))
      return Next(cast<CXXMemberCallExpr>(C)->getImplicitObjectArgument());
    if (C->getNumArgs() && C->getDirectCallee() &&
        C->getDirectCallee()->isInStdNamespace()) // move, ref, bind, …
      return Next(C->getArg(0));
  }
}

void CallTargets::type(QualType T, StringRef Call, Found &Out) {
  if (T.isNull())
    return;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = model::recordOf(T);
  if (R && (model::isStd(*R, "unique_ptr") || model::isStd(*R, "shared_ptr") ||
            model::isStd(*R, "reference_wrapper")))
    return type(model::templateArgument(T, 0), Call, Out);
  R = R ? R->getDefinition() : nullptr;
  if (!R || R->isInStdNamespace())
    return;
  bool Any = false;
  for (const CXXMethodDecl *M : R->methods())
    if (Call.empty() ? M->getOverloadedOperator() == OO_Call
                     : nameOf(M) == Call) {
      add(*M, Out);
      Any = true;
    }
  for (const CXXBaseSpecifier &B : R->bases())
    if (!Any)
      type(B.getType(), Call, Out);
}

void CallTargets::named(StringRef Full, Found &Out) {
  Full.consume_front("::");
  SmallVector<StringRef, 4> Parts;
  Full.split(Parts, "::");
  SmallVector<const DeclContext *, 2> In{Context.getTranslationUnitDecl()};
  for (StringRef Part : Parts) {
    SmallVector<const DeclContext *, 2> Inner;
    // Names in models leave anonymous namespaces out.
    for (size_t I = 0; I < In.size(); ++I)
      for (const UsingDirectiveDecl *U : In[I]->using_directives())
        if (U->getNominatedNamespace()->isAnonymousNamespace())
          In.push_back(U->getNominatedNamespace());
    for (const DeclContext *Each : In)
      for (const NamedDecl *D : Each->lookup(&Context.Idents.get(Part))) {
        if (const auto *T = dyn_cast<TemplateDecl>(D))
          D = T->getTemplatedDecl();
        if (const auto *R = dyn_cast<CXXRecordDecl>(D))
          Inner.push_back(R->getDefinition() ? R->getDefinition() : R);
        else if (const auto *N = dyn_cast<NamespaceDecl>(D))
          Inner.push_back(N);
        else if (const auto *F = dyn_cast<FunctionDecl>(D);
                 F && Part.data() + Part.size() == Full.end())
          add(*F, Out);
      }
    In = std::move(Inner);
  }
}

/// \p F itself, and what overrides it.
void CallTargets::add(const FunctionDecl &F, Found &Out) {
  const SourceManager &Sources = Context.getSourceManager();
  const FunctionDecl *Definition = nullptr;
  if (F.hasBody(Definition) && Definition->getBody() &&
      !Definition->isDependentContext() &&
      !Sources.isInSystemHeader(Definition->getLocation()))
    Out.insert(Definition);
  // `[](auto &object) {…}` is what it is called with.
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F);
      M && M->getParent()->isLambda() && M->getDescribedFunctionTemplate())
    for (const FunctionDecl *Each :
         M->getDescribedFunctionTemplate()->specializations())
      if (Each->hasBody(Definition) && !Definition->isDependentContext())
        Out.insert(Definition);
  // Of templates each instantiation has overriders of its own.
  if (const auto *M = dyn_cast<CXXMethodDecl>(&F); M && M->isVirtual())
    for (const auto &[Base, Over] : Functions.Overriders)
      if (Base == M->getCanonicalDecl() ||
          model::patternOf(*Base)->getCanonicalDecl() == M->getCanonicalDecl())
        Out.insert(Over.begin(), Over.end());
}

void CallTargets::declared(const ValueDecl &D, StringRef Call, Found &Out,
                           unsigned Steps) {
  if (const auto *F = dyn_cast<FunctionDecl>(&D))
    return add(*F, Out);
  size_t Before = Out.size();
  type(D.getType(), Call, Out);
  if (Out.size() != Before)
    return;
  if (const auto *V = dyn_cast<VarDecl>(&D)) {
    value(V->getAnyInitializer(), Call, Out, Steps + 1);
    for (const Expr *Each : assigned(*V, Call))
      value(Each, "", Out, Steps + 1);
  }
  else if (const auto *F = dyn_cast<FieldDecl>(&D))
    value(F->getInClassInitializer(), Call, Out, Steps + 1);
}

} // namespace pooltidy

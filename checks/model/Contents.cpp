//===- Contents.cpp - what members are given --------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Contents.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

const Expr *sameObject(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *C = dyn_cast<CXXConstructExpr>(E);
        C && C->getNumArgs() == 1 &&
        C->getConstructor()->isCopyOrMoveConstructor()) {
      E = C->getArg(0);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *F = Call->getDirectCallee();
      if (!F || !F->isInStdNamespace() || !F->getIdentifier() ||
          Call->getNumArgs() == 0 ||
          (F->getName() != "move" && F->getName() != "forward"))
        return E;
      E = Call->getArg(0);
    } else {
      return E;
    }
  }
}

const FunctionDecl *functionOf(const Expr &Of) {
  const Expr *E = sameObject(&Of);
  if (const auto *U = dyn_cast<UnaryOperator>(E);
      U && (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Plus))
    E = sameObject(U->getSubExpr());
  // A lambda as a pointer to a function, and what a std::function is made of.
  if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      C && isa_and_nonnull<CXXConversionDecl>(C->getMethodDecl()))
    return functionOf(*C->getImplicitObjectArgument());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E);
      C && C->getNumArgs() == 1 &&
      (isStd(*C->getConstructor()->getParent(), "function") ||
       isStd(*C->getConstructor()->getParent(), "move_only_function")))
    return functionOf(*C->getArg(0));
  if (const auto *L = dyn_cast<LambdaExpr>(E))
    return L->getCallOperator();
  if (const auto *R = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *F = dyn_cast<FunctionDecl>(R->getDecl()))
      return F;
    // `auto close = [..](File *f) {..};` given later
    if (const auto *V = dyn_cast<VarDecl>(R->getDecl()); V && V->hasInit())
      if (const Expr *Init = sameObject(V->getInit()); isa<LambdaExpr>(Init))
        return functionOf(*Init);
  }
  if (const CXXRecordDecl *R = E->getType()->getAsCXXRecordDecl();
      R && R->hasDefinition())
    for (const CXXMethodDecl *M : R->getDefinition()->methods())
      if (M->getOverloadedOperator() == OO_Call)
        return M;
  return nullptr;
}

static bool isSmart(const CXXRecordDecl &R) {
  return isStd(R, "shared_ptr") || isStd(R, "unique_ptr") ||
         isStd(R, "__shared_ptr");
}

/// A second argument that says how to delete, not what.
static bool isDeleter(const Expr &E) {
  QualType T = E.IgnoreParenImpCasts()->getType();
  return T->isFunctionType() || T->isFunctionPointerType() || T->isRecordType();
}

/// What is owned, and not an owner whose lifetime is shared.
static bool isPointer(const Expr &E) {
  QualType T = E.IgnoreParenImpCasts()->getType();
  return T->isPointerType() || T->isNullPtrType();
}

/// `file_.get_deleter()`
static bool isDeleterOf(const Expr &E) {
  const auto *C = dyn_cast<CallExpr>(E.IgnoreParenImpCasts());
  const FunctionDecl *F = C ? C->getDirectCallee() : nullptr;
  return F && nameOf(*F) == "get_deleter";
}

namespace {
class DeleterFinder : public RecursiveASTVisitor<DeleterFinder> {
public:
  explicit DeleterFinder(std::vector<const Expr *> &Out) : Out(Out) {}

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    if (C->getNumArgs() >= 2 && isSmart(*C->getConstructor()->getParent()) &&
        isPointer(*C->getArg(0)))
      take(*C->getArg(1));
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign && isDeleterOf(*B->getLHS()))
      take(*B->getRHS());
    return true;
  }
  bool VisitCallExpr(CallExpr *C) {
    const FunctionDecl *F = C->getDirectCallee();
    if (!F)
      return true;
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(C);
        O && O->getOperator() == OO_Equal && isDeleterOf(*O->getArg(0)))
      take(*O->getArg(1));
    const auto *M = dyn_cast<CXXMethodDecl>(F);
    if (M && M->getIdentifier() && M->getName() == "reset" &&
        C->getNumArgs() >= 2 && isSmart(*M->getParent()))
      take(*C->getArg(1));
    // `files_.emplace_back(f, close_file)`
    if (M && M->getIdentifier() && M->getName().starts_with("emplace") &&
        C->getNumArgs() >= 2 && M->getParent()->isInStdNamespace() &&
        isPointer(*C->getArg(0)))
      if (const auto *S =
              dyn_cast<ClassTemplateSpecializationDecl>(M->getParent());
          S && S->getTemplateArgs().size() > 0 &&
          S->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
        if (const CXXRecordDecl *Element =
                recordOf(S->getTemplateArgs()[0].getAsType());
            Element && isSmart(*Element))
          take(*C->getArg(1));
    // `return std::shared_ptr<File>(f, close_file);`
    const FunctionDecl *Definition = nullptr;
    const SourceManager &SM = F->getASTContext().getSourceManager();
    if (!Within && recordOf(F->getReturnType()) && bodyOf(*F, Definition) &&
        !SM.isInSystemHeader(Definition->getLocation())) {
      Within = true;
      TraverseStmt(Definition->getBody());
      Within = false;
    }
    return true;
  }

private:
  void take(const Expr &E) {
    if (isDeleter(E))
      Out.push_back(&E);
  }
  std::vector<const Expr *> &Out;
  bool Within = false;
};
} // namespace

namespace {
class MadeFinder : public RecursiveASTVisitor<MadeFinder> {
public:
  explicit MadeFinder(std::vector<const CXXRecordDecl *> &Out) : Out(Out) {}

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitCXXNewExpr(CXXNewExpr *N) {
    take(N->getAllocatedType());
    return true;
  }
  bool VisitCallExpr(CallExpr *C) {
    const FunctionDecl *F = C->getDirectCallee();
    if (F && F->getIdentifier() && F->isInStdNamespace() &&
        F->getName() == "make_unique")
      take(templateArgument(C->getType(), 0));
    return true;
  }

private:
  void take(QualType T) {
    const CXXRecordDecl *R = T.isNull() ? nullptr : recordOf(T);
    if (R && R->getDefinition())
      Out.push_back(R->getDefinition());
  }
  std::vector<const CXXRecordDecl *> &Out;
};
} // namespace

std::vector<const CXXRecordDecl *> madeIn(const Expr &Value) {
  std::vector<const CXXRecordDecl *> Out;
  MadeFinder(Out).TraverseStmt(const_cast<Expr *>(&Value));
  return Out;
}

std::vector<const Expr *> deletersIn(const Expr &Value) {
  std::vector<const Expr *> Out;
  DeleterFinder(Out).TraverseStmt(const_cast<Expr *>(&Value));
  return Out;
}

class ContentsReader : public RecursiveASTVisitor<ContentsReader> {
public:
  explicit ContentsReader(Contents &Out) : Out(Out) {}

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign)
      give(B->getLHS(), isDeleterOf(*B->getLHS()) ? B : B->getRHS());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *O) {
    if (O->getOperator() == OO_Equal && O->getNumArgs() == 2)
      give(O->getArg(0), isDeleterOf(*O->getArg(0)) ? O : O->getArg(1));
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    const CXXMethodDecl *M = C->getMethodDecl();
    if (!M || !M->getIdentifier())
      return true;
    StringRef Name = M->getName();
    // `any_.emplace<File>()` says by its type what is given.
    if (Name.starts_with("emplace") ||
        (C->getNumArgs() > 0 &&
         (Name == "reset" || Name.starts_with("push") ||
          Name.starts_with("insert") || Name == "try_emplace")))
      give(C->getImplicitObjectArgument(), C);
    return true;
  }

private:
  void give(const Expr *To, const Expr *What) {
    const auto *M = dyn_cast<MemberExpr>(holder(To));
    if (!M)
      return;
    if (const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl()))
      Out.Given[F->getCanonicalDecl()].push_back(What);
  }
  /// The container of an element: `tasks_[i]`, `tasks_.at(i)`, `*task_`.
  static const Expr *holder(const Expr *E) {
    while (true) {
      E = E->IgnoreParenImpCasts();
      const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
      const auto *C = dyn_cast<CXXMemberCallExpr>(E);
      if (O && (O->getOperator() == OO_Subscript || O->getOperator() == OO_Star))
        E = O->getArg(0);
      else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
        E = A->getBase();
      else if (C && C->getMethodDecl() &&
               C->getMethodDecl()->getParent()->isInStdNamespace())
        E = C->getImplicitObjectArgument();
      else
        return E;
    }
  }

  Contents &Out;
};

void Contents::read(const CXXRecordDecl &R) {
  if (!Read.insert(&R).second)
    return;
  ContentsReader Reader(*this);
  auto Body = [&](const FunctionDecl &F) {
    const FunctionDecl *Definition = nullptr;
    if (!F.hasBody(Definition) || !Definition->getBody())
      return;
    if (const auto *C = dyn_cast<CXXConstructorDecl>(Definition))
      for (const CXXCtorInitializer *I : C->inits())
        if (const FieldDecl *F = I->getMember(); F && I->isWritten())
          Given[F->getCanonicalDecl()].push_back(I->getInit());
    Reader.TraverseStmt(Definition->getBody());
  };
  for (const CXXMethodDecl *M : R.methods())
    Body(*M);
  for (const FieldDecl *F : R.fields())
    if (F->hasInClassInitializer() && F->getInClassInitializer())
      Given[F->getCanonicalDecl()].push_back(F->getInClassInitializer());
  if (!std::exchange(ReadElsewhere, true))
    for (const FunctionDecl *F : Elsewhere)
      if (const auto *M = dyn_cast<CXXMethodDecl>(F);
          !M || M->getParent()->getCanonicalDecl() != R.getCanonicalDecl())
        Body(*F);
}

llvm::ArrayRef<const Expr *> Contents::of(const FieldDecl &F) {
  if (const auto *R = dyn_cast<CXXRecordDecl>(F.getParent()))
    read(*R);
  auto It = Given.find(F.getCanonicalDecl());
  if (It == Given.end())
    return {};
  return It->second;
}

} // namespace pooltidy::model

//===- SameObject.cpp - returns that give no new object -------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "SameObject.h"
#include "model/Names.h"
#include "model/Resets.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringSwitch.h"
#include <optional>

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {

/// Variables that are other names, and functions that pass on: this far.
constexpr unsigned MaxSteps = 6;

/// Calls that add content; what reserves or sizes prepares an object.
bool isFilling(StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("append", "push_back", "emplace_back", "push_front", true)
      .Cases("insert", "emplace", "push", "write", "add", true)
      .Cases("Append", "Add", "Push", "Write", true)
      .Default(false);
}

const Expr *bare(const Expr *E) {
  while (E) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *C = dyn_cast<CXXConstructExpr>(E);
        C && C->getNumArgs() == 1 &&
        (C->getConstructor()->isCopyOrMoveConstructor() ||
         C->getConstructor()->getParent()->isInStdNamespace()))
      E = C->getArg(0);
    else if (const auto *C = dyn_cast<CallExpr>(E);
             C && C->getNumArgs() == 1 && C->isCallToStdMove())
      E = C->getArg(0);
    else
      break;
  }
  return E;
}

/// What one look at a factory's body finds.
class Body : public RecursiveASTVisitor<Body> {
public:
  std::vector<const ReturnStmt *> Returns;
  llvm::SmallPtrSet<const ValueDecl *, 8> Assigned;
  llvm::DenseMap<const VarDecl *, SourceLocation> Filled;
  llvm::SmallPtrSet<const VarDecl *, 4> Reset;

  explicit Body(model::Classifier &Classes) : Classes(Classes) {}

  /// `if (!only) only = new T;` gives it its one value.
  bool TraverseIfStmt(IfStmt *S) {
    const VarDecl *V = isNullTest(S->getCond());
    if (!V || !V->isStaticLocal() || S->getElse() || MadeOnce)
      return RecursiveASTVisitor::TraverseIfStmt(S);
    MadeOnce = V;
    bool Go = RecursiveASTVisitor::TraverseIfStmt(S);
    MadeOnce = nullptr;
    return Go;
  }

  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
  bool VisitReturnStmt(ReturnStmt *R) {
    Returns.push_back(R);
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->isAssignmentOp())
      assigned(B->getLHS());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp())
      assigned(U->getSubExpr());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *O) {
    if (O->getOperator() == OO_Equal) {
      assigned(O->getArg(0));
      if (isEmptyValue(*O->getArg(1)))
        emptied(*O->getArg(0));
    }
    if (O->getOperator() == OO_PlusEqual)
      filled(O->getArg(0), O->getOperatorLoc());
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    if (isFilling(nameOf(C->getMethodDecl())))
      filled(C->getImplicitObjectArgument(), C->getExprLoc());
    else if (C->getMethodDecl() &&
             (Classes.isReset(*C->getMethodDecl()) || empties(*C)))
      emptied(*C->getImplicitObjectArgument());
    return true;
  }

private:
  void emptied(const Expr &E) {
    if (const VarDecl *V = root(&E))
      Reset.insert(V);
  }
  /// `text.resize(0)`, `text.erase()`, `list.erase(list.begin(), list.end())`
  static bool empties(const CXXMemberCallExpr &C) {
    StringRef Name = nameOf(C.getMethodDecl());
    if (!C.getMethodDecl()->getParent()->isInStdNamespace() ||
        (Name != "resize" && Name != "erase" && Name != "assign"))
      return false;
    unsigned Given = 0;
    for (const Expr *A : C.arguments())
      Given += !isa<CXXDefaultArgExpr>(A);
    if (Name == "erase")
      return Given == 0 || (Given == 2 && isCallOf(*C.getArg(0), "begin") &&
                            isCallOf(*C.getArg(1), "end"));
    const auto *Size =
        Given ? dyn_cast<IntegerLiteral>(C.getArg(0)->IgnoreParenImpCasts())
              : nullptr;
    return Size && Size->getValue() == 0;
  }
  static bool isCallOf(const Expr &E, StringRef Name) {
    const auto *C = dyn_cast<CXXMemberCallExpr>(bare(&E));
    return C && nameOf(C->getMethodDecl()).ends_with(Name);
  }
  /// `{}`, `""`, `std::string()`
  static bool isEmptyValue(const Expr &E) {
    const Expr *Value = bare(&E);
    if (const auto *C = dyn_cast<CXXConstructExpr>(Value))
      return C->getNumArgs() == 0 ||
             isa<CXXDefaultArgExpr>(C->getArg(0));
    if (const auto *L = dyn_cast<InitListExpr>(Value))
      return L->getNumInits() == 0;
    const auto *Text = dyn_cast<StringLiteral>(Value);
    return Text && Text->getLength() == 0;
  }
  static const VarDecl *isNullTest(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *U = dyn_cast<UnaryOperator>(E);
        U && U->getOpcode() == UO_LNot)
      E = U->getSubExpr()->IgnoreParenImpCasts();
    else if (const auto *B = dyn_cast<BinaryOperator>(E);
             B && B->getOpcode() == BO_EQ &&
             B->getRHS()->IgnoreParenImpCasts()->getType()->isNullPtrType())
      E = B->getLHS()->IgnoreParenImpCasts();
    else
      return nullptr;
    const auto *D = dyn_cast<DeclRefExpr>(E);
    return D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
  }
  void assigned(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
      if (D->getDecl() != MadeOnce)
        Assigned.insert(D->getDecl());
    } else if (const auto *M = dyn_cast<MemberExpr>(E))
      Assigned.insert(M->getMemberDecl());
  }
  void filled(const Expr *E, SourceLocation At) {
    if (const VarDecl *V = root(E))
      Filled.try_emplace(V, At);
  }
  /// The local variable that leads to \p E.
  static const VarDecl *root(const Expr *E) {
    while (E) {
      E = bare(E);
      if (const auto *M = dyn_cast<MemberExpr>(E))
        E = M->getBase();
      else if (const auto *U = dyn_cast<UnaryOperator>(E))
        E = U->getSubExpr();
      else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
               O && (O->getOperator() == OO_Arrow || O->getOperator() == OO_Star))
        E = O->getArg(0);
      else
        break;
    }
    const auto *D = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    return V && V->hasLocalStorage() ? V : nullptr;
  }

  model::Classifier &Classes;
  const VarDecl *MadeOnce = nullptr; ///< within `if (!it)`
};

class Finder {
public:
  Finder(const FunctionDecl &F, model::Classifier &Classes)
      : F(F), Classes(Classes), Look(Classes) {
    Look.TraverseStmt(F.getBody());
  }

  std::vector<NotNew> run() {
    std::vector<NotNew> Out;
    QualType T = F.getReturnType();
    model::Shape S = model::shapeOfResult(T);
    // What is returned by value is a copy.
    if (S.As != model::Shape::Pointer && S.As != model::Shape::Smart &&
        S.As != model::Shape::Reference)
      return Out;
    for (const ReturnStmt *R : Look.Returns)
      if (const Expr *V = R->getRetValue()) {
        if (auto N = result(V, 0))
          Out.push_back(at(std::move(*N), *R));
        else if (auto N = used(V, S))
          Out.push_back(at(std::move(*N), *R));
      }
    return Out;
  }

private:
  static NotNew at(NotNew N, const ReturnStmt &R) {
    N.Return = R.getBeginLoc();
    return N;
  }

  static std::optional<NotNew> one(const NamedDecl &D) {
    return NotNew{{}, D.getNameAsString(), false, D.getLocation()};
  }

  /// What a return of \p E gives, when it is the same in each call.
  std::optional<NotNew> result(const Expr *E, unsigned Steps) {
    return F.getReturnType()->isReferenceType() ? outlives(E, Steps)
                                                : sameAs(E, Steps);
  }

  /// The variable whose address or content \p E gives, when it is the same one
  /// in each call.
  std::optional<NotNew> sameAs(const Expr *E, unsigned Steps) {
    if (Steps > MaxSteps)
      return std::nullopt;
    E = bare(E);
    if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      if (U->getOpcode() == UO_AddrOf)
        return outlives(U->getSubExpr(), Steps);
      return std::nullopt;
    }
    // `only.get()` of an owner
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
        C && nameOf(C->getMethodDecl()) == "get" &&
        isOwner(C->getImplicitObjectArgument()->getType()))
      return sameAs(C->getImplicitObjectArgument(), Steps + 1);
    // `shared_ptr<T>(&one, deleter)`, `shared_ptr<T>(owner, &one)`
    if (const auto *C = dyn_cast<CXXConstructExpr>(E);
        C && C->getNumArgs() == 2 && isOwner(C->getType()))
      for (const Expr *Each : {C->getArg(0), C->getArg(1)})
        if (Each->getType()->isPointerType())
          return sameAs(Each, Steps + 1);
    if (const auto *C = dyn_cast<CallExpr>(E))
      return passedOn(*C, Steps);
    const auto *D = dyn_cast<DeclRefExpr>(E);
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!V || Look.Assigned.count(V) || !sharesOnCopy(V->getType()))
      return std::nullopt;
    // A captured pointer, or one that is made once.
    if (D->refersToEnclosingVariableOrCapture())
      return V->getType()->isReferenceType() || isByReference(*V)
                 ? std::nullopt
                 : one(*V);
    if (V->getInit() && V->getType().isConstQualified() && isNull(*V->getInit()))
      return std::nullopt;
    if (V->isStaticLocal() || (V->hasGlobalStorage() && V->getType().isConstQualified()))
      return one(*V);
    if (V->hasLocalStorage() && !isa<ParmVarDecl>(V) && V->getInit())
      return sameAs(V->getInit(), Steps + 1);
    return std::nullopt;
  }

  static bool sharesOnCopy(QualType T) {
    const CXXRecordDecl *R = model::recordOf(T.getNonReferenceType());
    return T.getNonReferenceType()->isPointerType() ||
           (R && (model::isStd(*R, "shared_ptr") || model::isStd(*R, "unique_ptr")));
  }
  static bool isOwner(QualType T) {
    return T->isRecordType() && sharesOnCopy(T);
  }

  bool isNull(const Expr &E) const {
    return E.isNullPointerConstant(F.getASTContext(),
                                   Expr::NPC_ValueDependentIsNotNull);
  }

  /// Whoever changes the captured variable outside may give another object.
  bool isByReference(const VarDecl &V) const {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    if (!M || !M->getParent()->isLambda())
      return true;
    for (const LambdaCapture &C : M->getParent()->captures())
      if (C.capturesVariable() && C.getCapturedVar() == &V)
        return C.getCaptureKind() == LCK_ByRef;
    return true;
  }

  /// `x` of `&x` where x outlives the call: not an element of many.
  std::optional<NotNew> outlives(const Expr *E, unsigned Steps) {
    E = E->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      const auto *Field = dyn_cast<FieldDecl>(M->getMemberDecl());
      if (Field && !Field->getType()->isReferenceType() &&
          (isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts()) ||
           (!M->isArrow() && outlives(M->getBase(), Steps))))
        return one(*Field);
      return std::nullopt;
    }
    // `&instance()`
    if (const auto *C = dyn_cast<CallExpr>(E); C && C->isGLValue())
      return passedOn(*C, Steps);
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E);
        A && isa<IntegerLiteral>(A->getIdx()->IgnoreParenImpCasts()))
      return outlives(A->getBase(), Steps);
    const auto *D = dyn_cast<DeclRefExpr>(E);
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (V && (V->hasGlobalStorage() || D->refersToEnclosingVariableOrCapture()))
      return one(*V);
    return std::nullopt;
  }

  /// `return instance();` of a function that does nothing else.
  std::optional<NotNew> passedOn(const CallExpr &C, unsigned Steps) {
    const FunctionDecl *Callee = C.getDirectCallee();
    const FunctionDecl *Definition = nullptr;
    if (!Callee || !Callee->hasBody(Definition) || C.getNumArgs() ||
        Definition->getASTContext().getSourceManager().isInSystemHeader(
            Definition->getLocation()) ||
        Steps > MaxSteps)
      return std::nullopt;
    if (isa<CXXMethodDecl>(Callee) && !cast<CXXMethodDecl>(Callee)->isStatic())
      return std::nullopt;
    Finder Inner(*Definition, Classes);
    if (Inner.Look.Returns.size() != 1 || Definition == &F)
      return std::nullopt;
    return Inner.result(Inner.Look.Returns[0]->getRetValue(), Steps + 1);
  }

  /// A local variable that was filled, or that came out of a container that
  /// outlives the call.
  std::optional<NotNew> used(const Expr *E, const model::Shape &S) {
    const auto *D = dyn_cast<DeclRefExpr>(bare(E));
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!V || !V->hasLocalStorage() || Look.Reset.count(V) ||
        D->refersToEnclosingVariableOrCapture())
      return std::nullopt;
    const CXXRecordDecl *Object = model::recordOf(S.Object);
    if (auto It = Look.Filled.find(V);
        It != Look.Filled.end() && Object && Object->getDefinition() &&
        model::hasResetMethod(Classes, *Object->getDefinition()))
      return NotNew{{}, V->getNameAsString(), true, It->second};
    if (Look.Assigned.count(V) || !V->getInit())
      return std::nullopt;
    const auto *C = dyn_cast<CXXMemberCallExpr>(bare(V->getInit()));
    if (!C || !isTaking(nameOf(C->getMethodDecl())))
      return std::nullopt;
    const Expr *From = C->getImplicitObjectArgument()->IgnoreParenImpCasts();
    const CXXRecordDecl *Store = model::recordOf(From->getType());
    if (Store && Store->isInStdNamespace() && lasting(From))
      return NotNew{{}, V->getNameAsString(), true, {}};
    return std::nullopt;
  }

  static bool isTaking(StringRef Name) {
    return Name == "back" || Name == "front" || Name == "top";
  }
  static bool lasting(const Expr *E) {
    if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
      const auto *V = dyn_cast<VarDecl>(D->getDecl());
      return V && (V->hasGlobalStorage() || D->refersToEnclosingVariableOrCapture());
    }
    return isa<MemberExpr>(E);
  }

  const FunctionDecl &F;
  model::Classifier &Classes;
  Body Look;
};

} // namespace

std::vector<NotNew> notNew(const FunctionDecl &F, model::Classifier &Classes) {
  return Finder(F, Classes).run();
}

} // namespace pooltidy

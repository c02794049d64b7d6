//===- SharedWrites.cpp - what a function changes for all -----------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "SharedWrites.h"
#include "model/Callbacks.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtOpenMP.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <utility>

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {

/// Functions that the callback calls are looked into this deep.
constexpr unsigned MaxDepth = 2;

/// Functions of the libraries that write what their first argument leads to.
bool isWriting(const FunctionDecl &F) {
  if (!F.getIdentifier() || !(F.isInStdNamespace() || F.isExternC() ||
                              F.getBuiltinID()))
    return false;
  return llvm::is_contained({"swap", "exchange", "fill", "fill_n", "iota",
                             "memset", "memcpy", "memmove", "strcpy", "strncpy",
                             "strcat", "sprintf", "snprintf", "__builtin_memset",
                             "__builtin_memcpy"},
                            F.getName());
}

class Writer : public RecursiveASTVisitor<Writer> {
public:
  /// With \p Object: what is written where one is made, no more.
  Writer(const FunctionDecl &F, model::Classifier &Classes, unsigned Depth = 0,
         const CXXRecordDecl *Object = nullptr)
      : Sources(F.getASTContext().getSourceManager()), Classes(Classes),
        Callable(callableOf(F)), Object(Object), Depth(Depth) {
    enter(F);
  }

  std::vector<SharedWrite> Out;

  bool TraverseCompoundStmt(CompoundStmt *S) {
    bool Was = Locked;
    bool Go = RecursiveASTVisitor::TraverseCompoundStmt(S);
    Locked = Was;
    return Go;
  }
  bool VisitVarDecl(VarDecl *V) {
    Locked |= model::isLockVariable(*V);
    return true;
  }
  bool VisitDeclStmt(DeclStmt *S) {
    for (const Decl *D : S->decls())
      if (const auto *V = dyn_cast<VarDecl>(D);
          V && V->getInit() &&
          (V->getType()->isReferenceType() || V->getType()->isPointerType()))
        Aliases[V] = V->getInit();
    return true;
  }
  bool TraverseOMPCriticalDirective(OMPCriticalDirective *) { return true; }
  bool TraverseOMPAtomicDirective(OMPAtomicDirective *) { return true; }
  // Where it runs, nobody has said.
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool VisitBinaryOperator(BinaryOperator *B) {
    if (!B->isAssignmentOp())
      return true;
    written(B->getLHS(), B->getOperatorLoc(), false);
    // A pointer leads elsewhere from here on.
    if (const auto *D = dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens()))
      if (const auto *V = dyn_cast<VarDecl>(D->getDecl());
          V && V->getType()->isPointerType())
        Aliases.erase(V);
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *U) {
    if (U->isIncrementDecrementOp())
      written(U->getSubExpr(), U->getOperatorLoc(), false);
    return true;
  }
  bool TraverseCallExpr(CallExpr *C) {
    return isOnce(*C) || RecursiveASTVisitor::TraverseCallExpr(C);
  }
  /// What is made here is this call's own; what its constructor counts is not.
  bool VisitCXXConstructExpr(CXXConstructExpr *C) {
    made(*C->getConstructor(), C->getExprLoc());
    return true;
  }
  /// What a member is given where its class declares it: `int id = next++;`.
  bool VisitInitListExpr(InitListExpr *L) {
    if (const InitListExpr *Whole = L->isSemanticForm() ? L : L->getSemanticForm())
      if (const CXXRecordDecl *R = Whole->getType()->getAsCXXRecordDecl())
        making(*R, L->getExprLoc(), [&] {
          for (const Expr *E : Whole->inits())
            byDefault(E);
        });
    return true;
  }
  bool VisitCallExpr(CallExpr *C) {
    const FunctionDecl *F = C->getDirectCallee();
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
    const Expr *On = nullptr;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(C))
      On = Call->getImplicitObjectArgument();
    else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(C); O && M)
      On = O->getArg(0);
    if (On && M && !M->isStatic()) {
      StringRef Name = nameOf(M);
      // `if (mutex.try_lock())`: whoever writes goes in where it is held.
      if (Name == "lock" || Name == "Lock" || Name.starts_with("try_lock")) {
        Locked = true;
        return true;
      }
      if (Name == "unlock" || Name == "Unlock") {
        Locked = false;
        return true;
      }
      if (!M->isConst() && !isLooking(*M))
        called(*On, *M, C->getExprLoc());
    }
    if (F && !M && (nameOf(F).contains("mutex_lock") || nameOf(F).contains("spin_lock")))
      Locked = true;
    if (F && !M && isWriting(*F))
      for (unsigned I = 0; I < C->getNumArgs() && I < (nameOf(F) == "swap" ? 2 : 1);
           ++I)
        written(C->getArg(I), C->getExprLoc(), false);
    // What the library makes: `std::make_unique<T>()`.
    if (F && F->isInStdNamespace() &&
        (nameOf(F) == "make_unique" || nameOf(F) == "make_shared"))
      if (const CXXRecordDecl *R =
              model::recordOf(model::templateArgument(F->getReturnType(), 0)))
        if (const CXXConstructorDecl *K = constructorFor(*R, C->getNumArgs()))
          made(*K, C->getExprLoc());
    // What it calls, with the locks that are held here; of a pool's own code, that
    // is on its way to an object.
    bool OnThis = isOnThis(On);
    if (Object && !Making ? OnThis
                          : F && !Locked && (!M || M->isStatic() || OnThis))
      enter(*F);
    return true;
  }

private:
  void enter(const FunctionDecl &F) {
    const FunctionDecl *Definition = nullptr;
    if (Depth > MaxDepth || !F.hasBody(Definition) ||
        Sources.isInSystemHeader(Definition->getLocation()) ||
        !Entered.insert(Definition).second ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(Definition))
      return;
    bool Was = Locked;
    bool WasOwn = OwnThis;
    // Another object's member is not that of the one that is being made.
    const auto *M = dyn_cast<CXXMethodDecl>(Definition);
    OwnThis &= M && !M->isStatic() && !M->getParent()->isLambda();
    ++Depth;
    TraverseStmt(Definition->getBody());
    --Depth;
    Locked = Was;
    OwnThis = WasOwn;
  }

  void made(const CXXConstructorDecl &C, SourceLocation At) {
    const FunctionDecl *Definition = nullptr;
    if (Depth > MaxDepth || !C.hasBody(Definition) ||
        Sources.isInSystemHeader(Definition->getLocation()) || Entered.count(Definition))
      return;
    making(*C.getParent(), At, [&] {
      Entered.insert(Definition);
      for (const CXXCtorInitializer *I :
           cast<CXXConstructorDecl>(Definition)->inits()) {
        TraverseStmt(I->getInit());
        byDefault(I->getInit());
      }
      TraverseStmt(Definition->getBody());
    });
  }

  /// \p Walk looks through what is done where an object of class \p R is made.
  void making(const CXXRecordDecl &R, SourceLocation At,
              llvm::function_ref<void()> Walk) {
    bool First = Object && !Making;
    if (First ? !isObject(R) : Locked)
      return;
    bool WasOwn = std::exchange(OwnThis, true), Was = Locked;
    if (First) {
      Making = &R, MadeAt = At, MadeLocked = Locked;
      Locked = false;
    }
    ++Depth;
    Walk();
    --Depth;
    OwnThis = WasOwn;
    Locked = Was;
    if (First)
      Making = nullptr;
  }

  bool isObject(const CXXRecordDecl &R) const {
    return R.getCanonicalDecl() == Object->getCanonicalDecl() ||
           (R.hasDefinition() && R.isDerivedFrom(Object));
  }

  void byDefault(const Expr *E) {
    if (const auto *D = dyn_cast_or_null<CXXDefaultInitExpr>(E))
      TraverseStmt(const_cast<Expr *>(D->getExpr()));
  }

  /// The one constructor of \p R that takes \p Count arguments.
  static const CXXConstructorDecl *constructorFor(const CXXRecordDecl &R,
                                                  unsigned Count) {
    const CXXConstructorDecl *Only = nullptr;
    if (R.hasDefinition())
      for (const CXXConstructorDecl *C : R.ctors())
        if (C->getNumParams() >= Count && C->getMinRequiredArguments() <= Count &&
            !C->isCopyOrMoveConstructor() && !C->isDeleted()) {
          if (Only)
            return nullptr;
          Only = C;
        }
    return Only;
  }

  static bool isOnThis(const Expr *E) {
    return E && isa<CXXThisExpr>(E->IgnoreParenImpCasts());
  }
  static bool isOnce(const CallExpr &C) {
    StringRef Name = nameOf(C.getDirectCallee());
    return Name == "call_once" || Name == "pthread_once";
  }
  /// Members that are not const and only lead to something.
  static bool isLooking(const CXXMethodDecl &M) {
    StringRef Name = nameOf(&M);
    OverloadedOperatorKind Op = M.getOverloadedOperator();
    return Op == OO_Star || Op == OO_Arrow || Name == "begin" || Name == "end" ||
           Name == "find" || Name == "get" || Name == "data" || Name == "back" ||
           Name == "front" || Name == "at" || Name == "load" ||
           (Op == OO_Subscript && !nameOf(M.getParent()).contains("map"));
  }

  /// The variable or member that \p E lies in and all callers share; null for
  /// what is this call's own.
  const ValueDecl *shared(const Expr *E, unsigned Steps = 0,
                          bool Through = false) const {
    if (Steps > 8)
      return nullptr;
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
      if (!F)
        return variable(dyn_cast<VarDecl>(M->getMemberDecl()), false);
      if (isSafe(F->getType()))
        return nullptr;
      if (isOnThis(M->getBase()))
        return OwnThis ? nullptr : F;
      return shared(M->getBase(), Steps + 1, M->isArrow()) ? F : nullptr;
    }
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
      return shared(A->getBase(), Steps + 1, true);
    if (const auto *U = dyn_cast<UnaryOperator>(E))
      return shared(U->getSubExpr(), Steps + 1, U->getOpcode() == UO_Deref);
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E))
      return isa_and_nonnull<CXXMethodDecl>(O->getDirectCallee())
                 ? shared(O->getArg(0), Steps + 1)
                 : nullptr;
    if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
        C && C->getMethodDecl() && isLooking(*C->getMethodDecl()))
      return shared(C->getImplicitObjectArgument(), Steps + 1);
    if (const auto *C = dyn_cast<CallExpr>(E))
      return instance(*C);
    const auto *D = dyn_cast<DeclRefExpr>(E);
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!V)
      return nullptr;
    if (auto It = Aliases.find(V);
        It != Aliases.end() && (Through || V->getType()->isReferenceType())) {
      // A pointer into what is shared; another pointer's copy leads on.
      const Expr *Init = It->second->IgnoreParenImpCasts();
      bool Address = isa<UnaryOperator>(Init) || Init->getType()->isArrayType() ||
                     isa<DeclRefExpr>(Init);
      return Address || V->getType()->isReferenceType()
                 ? shared(Init, Steps + 1, Through)
                 : nullptr;
    }
    return variable(V, D->refersToEnclosingVariableOrCapture());
  }

  /// The one object that `Stats::get()` leads to: a static or global variable
  /// that is all it returns.
  const ValueDecl *instance(const CallExpr &C) const {
    const FunctionDecl *F = C.getDirectCallee();
    const FunctionDecl *Definition = nullptr;
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(F);
    if (!F || C.getNumArgs() || (M && !M->isStatic()) || !F->hasBody(Definition) ||
        Sources.isInSystemHeader(Definition->getLocation()))
      return nullptr;
    const auto *Body = dyn_cast<CompoundStmt>(Definition->getBody());
    const auto *R =
        Body && !Body->body_empty() ? dyn_cast<ReturnStmt>(Body->body_back()) : nullptr;
    if (!R || !R->getRetValue() || llvm::any_of(Body->body(), [&](const Stmt *S) {
          return S != R && !isa<DeclStmt>(S);
        }))
      return nullptr;
    const Expr *E = R->getRetValue()->IgnoreParenImpCasts();
    if (const auto *U = dyn_cast<UnaryOperator>(E)) // `&one`, `*one`
      E = U->getSubExpr()->IgnoreParenImpCasts();
    const auto *D = dyn_cast<DeclRefExpr>(E);
    return variable(D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr, false);
  }

  const ValueDecl *variable(const VarDecl *V, bool Captured) const {
    if (!V || V->getTLSKind() != VarDecl::TLS_None || isSafe(V->getType()))
      return nullptr;
    return Captured || V->hasGlobalStorage() ? V : nullptr;
  }

  /// Atomics, locks and what has a lock of its own.
  bool isSafe(QualType T) const {
    T = T.getNonReferenceType();
    while (const auto *A = T->getAsArrayTypeUnsafe())
      T = A->getElementType();
    if (T->isAtomicType())
      return true;
    const CXXRecordDecl *R = model::recordOf(T);
    if (!R)
      return false;
    const model::TypeRule *Rule = Classes.classify(*R).Rule;
    return model::isSynchronisation(*R) || (Rule && Rule->ThreadSafe) ||
           (!R->isInStdNamespace() && model::isSynchronised(*R));
  }

  void written(const Expr *E, SourceLocation At, bool Unsure) {
    const ValueDecl *D = Locked || (Object && !Making) ? nullptr : shared(E);
    if (!D)
      return;
    // One statement may write it twice: `table[key]++`.
    SourceLocation Line = Sources.getExpansionLoc(At);
    for (SharedWrite &Known : Out)
      if (Known.Declared == D->getLocation() &&
          Sources.getExpansionLineNumber(Known.At) ==
              Sources.getExpansionLineNumber(Line)) {
        Known.Unsure &= Unsure;
        Known.OfCopy &= isOwnCopy(*E);
        return;
      }
    // Through a captured or member pointer something else may be meant, but it
    // is shared all the same.
    Out.push_back({Sources.getExpansionLoc(At), D->getNameAsString(),
                   D->getLocation(), Unsure, isOwnCopy(*E),
                   Making ? Sources.getExpansionLoc(MadeAt) : SourceLocation(),
                   Making, Making && MadeLocked});
  }

  /// The class of what is called by value: a lambda, or a class with `()`.
  static const CXXRecordDecl *callableOf(const FunctionDecl &F) {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    return M && !M->isStatic() && !M->isVirtual() &&
                   M->getOverloadedOperator() == OO_Call
               ? M->getParent()
               : nullptr;
  }

  /// True for what lies in the callable itself: captured by copy, or a member.
  bool isOwnCopy(const Expr &Written) const {
    if (!Callable)
      return false;
    const Expr *E = Written.IgnoreParenImpCasts();
    while (true) {
      if (const auto *A = dyn_cast<ArraySubscriptExpr>(E);
          A && A->getBase()->IgnoreParenImpCasts()->getType()->isArrayType())
        E = A->getBase()->IgnoreParenImpCasts();
      else if (const auto *M = dyn_cast<MemberExpr>(E); M && !M->isArrow())
        E = M->getBase()->IgnoreParenImpCasts();
      else
        break;
    }
    if (E->getType()->isReferenceType())
      return false;
    if (const auto *M = dyn_cast<MemberExpr>(E)) {
      const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
      return F && isOnThis(M->getBase()) && !F->getType()->isReferenceType() &&
             F->getParent() == Callable;
    }
    const auto *D = dyn_cast<DeclRefExpr>(E);
    return D && Callable->isLambda() &&
           llvm::any_of(Callable->captures(), [&](const LambdaCapture &C) {
             return C.capturesVariable() && C.getCapturedVar() == D->getDecl() &&
                    C.getCaptureKind() == LCK_ByCopy &&
                    !C.getCapturedVar()->getType()->isReferenceType();
           });
  }

  /// A call of a member that may change: the library's containers and generators
  /// do, of others nobody knows.
  void called(const Expr &On, const CXXMethodDecl &M, SourceLocation At) {
    if (isOnThis(&On))
      return; // entered
    QualType T = On.getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    if (isSafe(T))
      return;
    bool Std = M.getParent()->isInStdNamespace();
    const FunctionDecl *Definition = nullptr;
    if (!Std && !M.hasBody(Definition))
      return; // it may well lock itself
    if (Std)
      return written(&On, At, false);
    // What the member does tells whether it changes anything.
    if (Depth > MaxDepth || Locked || !shared(&On))
      return;
    std::vector<SharedWrite> Does = Writer(M, Classes, Depth).Out;
    bool Sure = llvm::any_of(Does, [](const SharedWrite &W) { return !W.Unsure; });
    if (!Does.empty())
      written(&On, At, !Sure || (M.isVirtual() && !M.hasAttr<FinalAttr>()));
  }

  const SourceManager &Sources;
  model::Classifier &Classes;
  const CXXRecordDecl *Callable; ///< whose call this is; or null
  const CXXRecordDecl *Object;   ///< of which the making is asked; or null
  const CXXRecordDecl *Making = nullptr; ///< which one is being made
  SourceLocation MadeAt;
  bool MadeLocked = false; ///< … where a lock was held
  bool Locked = false;
  bool OwnThis = false; ///< `this` is being made here
  unsigned Depth;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Entered;
  llvm::DenseMap<const VarDecl *, const Expr *> Aliases;
};

} // namespace

std::vector<SharedWrite> sharedWrites(const FunctionDecl &F,
                                      model::Classifier &Classes) {
  return std::move(Writer(F, Classes).Out);
}

std::vector<SharedWrite> writesOfMaking(const FunctionDecl &F,
                                        const CXXRecordDecl &Object,
                                        model::Classifier &Classes) {
  return std::move(Writer(F, Classes, 0, &Object).Out);
}

} // namespace pooltidy

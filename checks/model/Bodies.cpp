//===- Bodies.cpp - what a pool's own functions do --------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Bodies.h"
#include "BodyNames.h"
#include "Classifier.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

class BodyReader {
public:
  BodyReader(BodyFacts &Out, const FunctionDecl &F,
             llvm::ArrayRef<Operation> Resets)
      : Out(Out), Origin(F), Resets(Resets) {}

  void read(const FunctionDecl &F, int Object, unsigned Depth) {
    const FunctionDecl *Definition = nullptr;
    const Stmt *Body = bodyOf(F, Definition);
    if (!Body || !Entered.insert(Definition).second || isSystem(*Definition))
      return;
    Out.Seen = true;
    if (Object >= 0 && unsigned(Object) < Definition->getNumParams())
      Objects.insert(Definition->getParamDecl(Object));
    bool WasAcquire = Acquire;
    QualType WasResult = Result;
    unsigned WasDepth = Level;
    Acquire = Object < 0 && Depth == 0;
    Shape OfResult = shapeOfResult(Definition->getReturnType());
    Result = OfResult.Object;
    if (Depth == 0)
      ResultForm = Acquire ? OfResult.As : Shape::None;
    Level = Depth;
    visit(Body);
    Acquire = WasAcquire;
    Result = WasResult;
    Level = WasDepth;
  }

private:
  bool isSystem(const Decl &D) const {
    const SourceManager &SM = D.getASTContext().getSourceManager();
    return SM.isInSystemHeader(SM.getExpansionLoc(D.getLocation()));
  }

  /// \p E without what does not change which object it speaks of.
  static const Expr *strip(const Expr *E) {
    while (true) {
      E = E->IgnoreParenCasts()->IgnoreImplicit();
      if (const auto *U = dyn_cast<UnaryOperator>(E)) {
        if (U->getOpcode() != UO_Deref && U->getOpcode() != UO_AddrOf)
          return E;
        E = U->getSubExpr();
      } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E)) {
        if ((O->getOperator() != OO_Arrow && O->getOperator() != OO_Star) ||
            O->getNumArgs() != 1)
          return E;
        E = O->getArg(0);
      } else if (const auto *C = dyn_cast<CallExpr>(E)) {
        StringRef N = calleeName(*C);
        if (C->getNumArgs() == 1 && isOneOf(N, {"move", "forward", "addressof"}))
          E = C->getArg(0);
        else if (C->getNumArgs() == 0 && isOneOf(N, {"get", "release"}) &&
                 baseOf(*C))
          E = baseOf(*C);
        else
          return E;
      } else if (const auto *N = dyn_cast<CXXConstructExpr>(E)) {
        if (N->getNumArgs() != 1)
          return E;
        E = N->getArg(0);
      } else {
        return E;
      }
    }
  }

  static StringRef calleeName(const CallExpr &C) {
    if (const auto *D = dyn_cast_or_null<NamedDecl>(C.getCalleeDecl()))
      if (!nameOf(D).empty())
        return nameOf(D);
    const Expr *E = C.getCallee()->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E))
      return nameOf(M->getMember());
    if (const auto *O = dyn_cast<OverloadExpr>(E))
      return nameOf(O->getName());
    if (const auto *D = dyn_cast<DependentScopeDeclRefExpr>(E))
      return nameOf(D->getDeclName());
    if (const auto *M = dyn_cast<MemberExpr>(E)) // a functor or pointer member
      return nameOf(M->getMemberDecl());
    return "";
  }

  /// `x` of `x.f()` and `x->f()`; null for others and for implicit `this`.
  static const Expr *baseOf(const CallExpr &C) {
    const Expr *E = C.getCallee()->IgnoreParenImpCasts();
    if (const auto *M = dyn_cast<MemberExpr>(E))
      return M->isImplicitAccess() ? nullptr : M->getBase();
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E))
      return M->isImplicitAccess() ? nullptr : M->getBase();
    if (const auto *M = dyn_cast<UnresolvedMemberExpr>(E))
      return M->isImplicitAccess() ? nullptr : M->getBase();
    return nullptr;
  }

  /// An optional<T> of the pool's own, for a class T.
  static bool isSlot(const Expr &E) {
    QualType T = E.getType().getNonReferenceType();
    const CXXRecordDecl *R = recordOf(T);
    const auto *D = dyn_cast<DeclRefExpr>(E.IgnoreParenImpCasts());
    const auto *V = D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
    if (!R || !isStd(*R, "optional") ||
        (V && V->hasLocalStorage() && !V->getType()->isReferenceType()))
      return false;
    QualType Of = templateArgument(T, 0);
    return !Of.isNull() && (Of->isDependentType() || recordOf(Of));
  }

  bool isObject(const Expr *E) const {
    E = strip(E);
    if (isa<CXXThisExpr>(E))
      return ThisIsObject;
    const auto *R = dyn_cast<DeclRefExpr>(E);
    return R && Objects.count(R->getDecl());
  }

  /// The outermost member of the object that \p E is or lies in; empty when it
  /// is none.
  StringRef memberOf(const Expr *E) const {
    StringRef Outermost;
    while (true) {
      E = strip(E);
      const Expr *Base = nullptr;
      if (const auto *M = dyn_cast<MemberExpr>(E)) {
        Outermost = nameOf(M->getMemberDecl());
        Base = M->getBase();
      } else if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E)) {
        if (M->isImplicitAccess())
          return "";
        Outermost = nameOf(M->getMember());
        Base = M->getBase();
      } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
        Base = A->getBase();
      } else {
        return "";
      }
      if (isObject(Base))
        return Outermost;
      E = Base;
    }
  }

  /// The member of the object, and no part of one, that \p E is; or empty.
  StringRef wholeMember(const Expr *E) const {
    E = strip(E);
    if (const auto *M = dyn_cast<MemberExpr>(E); M && isObject(M->getBase()))
      return isFresh(M->getBase()) ? "" : nameOf(M->getMemberDecl());
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E);
        M && !M->isImplicitAccess() && isObject(M->getBase()))
      return isFresh(M->getBase()) ? "" : nameOf(M->getMember());
    return "";
  }

  /// A variable that this body gave a new object at once.
  static bool isFresh(const Expr *E) {
    const auto *R = dyn_cast<DeclRefExpr>(strip(E));
    const auto *V = R ? dyn_cast<VarDecl>(R->getDecl()) : nullptr;
    const Expr *Init = V && V->hasInit() ? strip(V->getInit()) : nullptr;
    if (const auto *C = dyn_cast_or_null<CallExpr>(Init))
      return isOneOf(calleeName(*C), {"make_unique", "make_shared"});
    return isa_and_nonnull<CXXNewExpr>(Init);
  }

  void clears(const Expr *E) {
    if (StringRef Member = wholeMember(E); !Member.empty())
      Out.Clears.insert(Member);
  }

  /// True when \p C may change what it is called on.
  static bool changes(const CallExpr &C, StringRef Name) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(C.getCalleeDecl());
    return M ? !M->isConst() && !M->isStatic()
             : isResetName(Name) || isFillName(Name);
  }

  /// True when the object itself and not a smart pointer around it is meant.
  bool reachesInto(const CallExpr &C) const {
    const Expr *Base = baseOf(C);
    if (!Base || !isObject(Base)) {
      const auto *M = dyn_cast<CXXMemberCallExpr>(&C);
      return ThisIsObject && M && isa<CXXThisExpr>(strip(M->getImplicitObjectArgument()));
    }
    const auto *R = dyn_cast<DeclRefExpr>(strip(Base));
    if (!R)
      return true;
    QualType T = R->getDecl()->getType().getNonReferenceType();
    if (T->isPointerType() || T->isDependentType() ||
        shapeOfResult(T).As != Shape::Smart)
      return true;
    const Expr *Direct = Base->IgnoreParenImpCasts();
    return !isa<DeclRefExpr>(Direct);
  }

  /// The member or static variable that \p E names: `free_`, `shard.free_[i]`.
  static StringRef storeOf(const Expr *E) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
      return storeOf(A->getBase());
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E))
      return O->getOperator() == OO_Subscript || O->getOperator() == OO_Arrow
                 ? storeOf(O->getArg(0))
                 : "";
    if (const auto *M = dyn_cast<MemberExpr>(E))
      return nameOf(M->getMemberDecl());
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E))
      return nameOf(M->getMember());
    // `idle().pop_back()`: the store behind a function that shows it.
    if (const auto *C = dyn_cast<CallExpr>(E))
      return C->isGLValue() ? calleeName(*C) : "";
    if (const auto *R = dyn_cast<DeclRefExpr>(E))
      if (const auto *V = dyn_cast<VarDecl>(R->getDecl()))
        if (V->hasGlobalStorage())
          return nameOf(V);
    return "";
  }

  static bool isNull(const Expr *E) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
      return true;
    if (const auto *L = dyn_cast<IntegerLiteral>(E))
      return L->getValue() == 0;
    if (const CXXRecordDecl *R = recordOf(E->getType()); R && isStd(*R, "unexpected"))
      return true;
    if (const auto *C = dyn_cast<ConditionalOperator>(E))
      return isNull(C->getTrueExpr()) || isNull(C->getFalseExpr());
    if (const auto *I = dyn_cast<InitListExpr>(E))
      return I->getNumInits() == 0;
    if (const auto *C = dyn_cast<CXXConstructExpr>(E))
      return C->getNumArgs() == 0 || isNull(C->getArg(0));
    if (const auto *C = dyn_cast<CXXUnresolvedConstructExpr>(E))
      return C->getNumArgs() == 0 || isNull(C->getArg(0));
    if (const auto *R = dyn_cast<DeclRefExpr>(E))
      return nameOf(R->getDecl()) == "nullopt";
    return isa<CXXScalarValueInitExpr, ImplicitValueInitExpr>(E);
  }

  static bool isNegative(const Expr *E) {
    const auto *U = dyn_cast<UnaryOperator>(E->IgnoreParenCasts()->IgnoreImplicit());
    return U && U->getOpcode() == UO_Minus &&
           isa<IntegerLiteral>(U->getSubExpr()->IgnoreParenCasts());
  }

  /// The model says that \p Name resets an object.
  bool isModelled(StringRef Name) const {
    return llvm::any_of(Resets, [&](const Operation &Op) {
      StringRef Call = Op.Call;
      return globMatch(Call.drop_front(Call.rfind(':') + 1), Name);
    });
  }

  void visitCall(const CallExpr &C) {
    StringRef Name = calleeName(C);
    const Expr *Base = baseOf(C);
    if (Base) {
      StringRef Store = storeOf(Base);
      if (!Store.empty() && !isObject(Base) && !ThisIsObject) {
        if (isFillName(Name) || isExchangeName(Name))
          Out.Fills.insert(Store);
        if (isDrainName(Name) || isExchangeName(Name))
          Out.Drains.insert(Store);
      }
      if (isOneOf(Name, {"wait", "wait_for", "wait_until", "acquire"}) &&
          !Store.empty())
        Out.Waits = true;
    }
    if (StringRef Member = Base ? memberOf(Base) : ""; !Member.empty())
      Out.TouchesObject |= !isBookkeeping(Member) && changes(C, Name);
    if (Base && (isResetName(Name) ||
                 isOneOf(Name, {"assign", "store", "join", "detach"})))
      clears(Base);
    if (isCapacityWord(Name))
      (Base && !namesObject(Base) ? Out.LimitsCount : Out.LimitsCapacity) = true;
    if (isOneOf(Name, {"full", "is_full", "isFull", "try_push", "try_enqueue"}))
      Out.LimitsCount = true;
    if (reachesInto(C)) {
      bool Resets = isResetName(Name) || isModelled(Name) ||
                    isOneOf(Name, {"init", "Init", "initialize"});
      if (Resets)
        Out.ResetsObject = true;
      else if (isOneOf(Name, {"unref", "decref", "DecRef", "Unref", "ref",
                              "addref", "AddRef", "IncRef"}))
        Out.CountsReferences = true;
      followMethod(C, Name, Resets);
    }
    // In slots of optional<T> an object begins and ends.
    if (Base && isSlot(*Base)) {
      if (Name == "emplace")
        Out.Constructs = true;
      else if (Name == "reset")
        Out.Destroys = true;
    }
    if (isOneOf(Name, {"make_unique", "make_shared"}))
      Out.Creates = true;
    if (isOneOf(Name, {"construct_at", "construct"}))
      Out.Constructs = true;
    visitArguments(C, Name);
  }

  /// What a method of the object does to it; it may lead on to a reset.
  void followMethod(const CallExpr &C, StringRef Name, bool Resets) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(calleeOf(C));
    if (!M || M->isConst() || M->isStatic() || isSystem(*M) || Level >= 3)
      return;
    const FunctionDecl *Definition = nullptr;
    if (!bodyOf(*M, Definition) || M->isVirtual()) {
      Out.PassesObject |= !Resets && !Out.CountsReferences && !isBookkeeping(Name);
      return;
    }
    BodyFacts Does;
    BodyReader Reader(Does, *M, this->Resets);
    Reader.ThisIsObject = true;
    Reader.read(*M, -1, Level + 1);
    Out.LimitsCapacity |= Does.LimitsCapacity;
    if (Resets)
      return;
    Out.ResetsObject |= Does.ResetsObject;
    Out.TouchesObject |= Does.TouchesObject;
    Out.PassesObject |= Does.PassesObject;
    for (StringRef Member : Does.Clears.keys())
      Out.Clears.insert(Member);
  }

  void visitArguments(const CallExpr &C, StringRef Name) {
    int Given = -1;
    for (unsigned I = 0; I != C.getNumArgs(); ++I)
      if (isObject(C.getArg(I)))
        Given = I;
    const FunctionDecl *Callee = calleeOf(C);
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
      if (O->getOperator() != OO_Call)
        return; // comparisons, assignments, `->`
      Name = storeOf(O->getArg(0));
      Callee = nullptr;
    }
    if (Given >= 0) {
      if (isOneOf(Name, {"destroy_at", "destroy"}))
        Out.Destroys = true;
      else if (isOneOf(Name, {"memset", "bzero", "explicit_bzero"}) ||
               mentionsReset(Name) || isModelled(Name))
        Out.ResetsObject = true;
      else if (!isFillName(Name) && !isDrainName(Name) &&
               !isOneOf(Name, {"move", "forward", "find", "count", "contains",
                               "assert", "__assert_fail", "addressof"}) &&
               !(Callee && (follow(*Callee, Given) || isSystem(*Callee))))
        Out.PassesObject = true;
    } else if (Callee && isOwnHelper(*Callee) && Level < 3 &&
               ResultForm != Shape::None &&
               shapeOfResult(Callee->getReturnType()).As == ResultForm) {
      // In an acquire a helper may be what finds the object.
      read(*Callee, -1, Level + 1);
    }
  }

  bool isOwnHelper(const FunctionDecl &Callee) const {
    const auto *M = dyn_cast<CXXMethodDecl>(&Callee);
    const auto *Of = dyn_cast<CXXMethodDecl>(&Origin);
    return M && Of && !isa<CXXConstructorDecl, CXXDestructorDecl>(M) &&
           patternOf(*M->getParent())->getCanonicalDecl() ==
               patternOf(*Of->getParent())->getCanonicalDecl();
  }

  bool follow(const FunctionDecl &Callee, int Object) {
    const FunctionDecl *Definition = nullptr;
    if (Level >= 3 || !bodyOf(Callee, Definition) || isSystem(*Definition))
      return false;
    read(Callee, Object, Level + 1);
    return true;
  }

  void visitAssignment(const Expr *To, const Expr *From) {
    const Expr *Left = To->IgnoreParenImpCasts();
    clears(Left);
    if (const auto *U = dyn_cast<UnaryOperator>(Left);
        U && U->getOpcode() == UO_Deref && isObject(U->getSubExpr())) {
      Out.ResetsObject = true; // *x = T();
      return;
    }
    if (const auto *M = dyn_cast<MemberExpr>(Left); M && isObject(M->getBase())) {
      Out.TouchesObject |= !isBookkeeping(nameOf(M->getMemberDecl()));
      return;
    }
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Left);
        M && !M->isImplicitAccess() && isObject(M->getBase())) {
      Out.TouchesObject |= !isBookkeeping(nameOf(M->getMember()));
      return;
    }
    StringRef Store = storeOf(Left);
    if (Store.empty() || ThisIsObject)
      return;
    // head_ = x;   head_ = head_->next;   slots_[n++] = x;
    if (isObject(From))
      Out.Fills.insert(Store);
    if (!storeOf(From).empty())
      Out.Drains.insert(Store);
  }

  void visitVariable(const VarDecl &V) {
    const Expr *Init = V.getInit();
    if (Init && isObject(Init))
      Objects.insert(&V);
    QualType T = V.getType().getNonReferenceType();
    if (!Acquire || Result.isNull())
      return;
    Shape S = shapeOfResult(T);
    if (T->isDependentType() || T->getContainedAutoType() ||
        (S && S.As != Shape::Integer && S.Object == Result))
      Objects.insert(&V);
  }

  void visit(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *R = dyn_cast<ReturnStmt>(S)) {
      const Expr *Value = R->getRetValue();
      const auto *Truth = dyn_cast_or_null<CXXBoolLiteralExpr>(
          Value ? Value->IgnoreParenCasts()->IgnoreImplicit() : nullptr);
      Out.ReturnsNull |=
          Truth ? !Acquire && !Truth->getValue() : Value && isNull(Value);
      Out.ReturnsNegative |= Value && isNegative(Value);
      Out.ReturnsOther |=
          Value && !Truth &&
          !isa<IntegerLiteral>(Value->IgnoreParenCasts()->IgnoreImplicit()) &&
          !isNegative(Value);
    } else if (const auto *D = dyn_cast<DeclStmt>(S)) {
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each))
          visitVariable(*V);
    } else if (isa<CXXThrowExpr>(S)) {
      Out.Throws = true;
    } else if (const auto *N = dyn_cast<CXXNewExpr>(S)) {
      bool Placed = N->getNumPlacementArgs() == 1 &&
                    (N->getPlacementArg(0)->getType()->isPointerType() ||
                     N->getPlacementArg(0)->isTypeDependent());
      (Placed ? Out.Constructs : Out.Creates) = true;
    } else if (const auto *D = dyn_cast<CXXDeleteExpr>(S)) {
      Out.Deletes |= isObject(D->getArgument());
    } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(S)) {
      if (StringRef Store = storeOf(A->getBase()); Acquire && !Store.empty())
        Out.Drains.insert(Store);
    } else if (const auto *U = dyn_cast<UnaryOperator>(S)) {
      if (U->isIncrementDecrementOp())
        Out.CountsReferences |= isCounter(storeOf(U->getSubExpr()));
    } else if (const auto *B = dyn_cast<BinaryOperator>(S)) {
      if (B->getOpcode() == BO_Assign)
        visitAssignment(B->getLHS(), B->getRHS());
      if (B->isRelationalOp() && Level < 3)
        visitComparison(*B);
    } else if (const auto *C = dyn_cast<CallExpr>(S)) {
      visitAnyCall(*C);
    }
    for (const Stmt *Child : S->children())
      visit(Child);
  }

  /// How large the object is, or how many the pool has.
  void visitComparison(const BinaryOperator &B) {
    bool OfObject = false;
    for (const Expr *Side : {B.getLHS(), B.getRHS()})
      OfObject |= namesObject(Side);
    if (OfObject)
      Out.LimitsCapacity |= mentions(&B, [](StringRef N) {
        return isCapacityWord(N) || isOneOf(N, {"size", "length", "Size", "Length",
                                              "tellp"});
      });
    else
      Out.LimitsCount |= mentions(&B, isCountWord);
  }

  bool namesObject(const Stmt *S) const {
    if (!S)
      return false;
    if (const auto *R = dyn_cast<DeclRefExpr>(S); R && Objects.count(R->getDecl()))
      return true;
    if (isa<CXXThisExpr>(S))
      return ThisIsObject;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return namesObject(C); });
  }

  void visitAnyCall(const CallExpr &C) {
    const Expr *Callee = C.getCallee()->IgnoreParenImpCasts();
    if (const auto *P = dyn_cast<CXXPseudoDestructorExpr>(Callee)) {
      Out.Destroys |= isObject(P->getBase());
      return;
    }
    if (isa_and_nonnull<CXXDestructorDecl>(C.getCalleeDecl())) {
      Out.Destroys = true;
      return;
    }
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
      if (M->getMember().getNameKind() ==
          DeclarationName::CXXDestructorName) {
        Out.Destroys = true;
        return;
      }
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
      if (O->getOperator() == OO_Equal && O->getNumArgs() == 2) {
        visitAssignment(O->getArg(0), O->getArg(1));
        return;
      }
      if (O->getOperator() == OO_Subscript) {
        if (StringRef Store = storeOf(O->getArg(0)); Acquire && !Store.empty())
          Out.Drains.insert(Store);
        return;
      }
    }
    visitCall(C);
  }

  BodyFacts &Out;
  const FunctionDecl &Origin;
  llvm::ArrayRef<Operation> Resets;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Entered;
  llvm::SmallPtrSet<const ValueDecl *, 8> Objects;
  bool Acquire = false;
  bool ThisIsObject = false; ///< a method of the object is read
  QualType Result;
  Shape::Form ResultForm = Shape::None; ///< of the acquire; None in a put
  unsigned Level = 0;
};

} // namespace

bool asksCapacity(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Body = bodyOf(F, Definition);
  return Body && mentions(Body, isCapacityWord);
}

BodyFacts readBody(const FunctionDecl &F, int Object,
                   llvm::ArrayRef<Operation> Resets) {
  BodyFacts Out;
  BodyReader(Out, F, Resets).read(F, Object, 0);
  return Out;
}

} // namespace pooltidy::model

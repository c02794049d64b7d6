//===- Callbacks.cpp - what a pool's bodies call for their users ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Callbacks.h"
#include "Names.h"
#include "Shapes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>
#include <type_traits>

using namespace clang;
using llvm::StringRef;

namespace pooltidy::model {

namespace {

/// Helpers of helpers are read this deep.
constexpr unsigned MaxDepth = 3;

bool hasWord(StringRef Name, std::initializer_list<StringRef> Of) {
  return llvm::any_of(splitWords(Name),
                      [&](StringRef W) { return llvm::is_contained(Of, W); });
}

bool isMakeName(StringRef Name) {
  Words W = splitWords(Name);
  return !W.empty() &&
         llvm::is_contained({"create", "make", "new", "alloc", "allocate",
                             "build", "construct", "produce", "generate",
                             "instantiate", "connect", "open"},
                            StringRef(W[0]));
}

/// The type that a name is looked up in; the classes differ between versions of
/// clang.
template <typename Specifier> const Type *typeOf(Specifier Q) {
  if constexpr (std::is_pointer_v<Specifier>)
    return Q ? Q->getAsType() : nullptr;
  else
    return Q.getKind() == Specifier::Kind::Type ? Q.getAsType() : nullptr;
}

/// What a callable of type \p T gives, null when the type does not say.
QualType resultOf(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  else if (const CXXRecordDecl *R = recordOf(T); R && R->isInStdNamespace())
    T = templateArgument(T, 0);
  const auto *F = T.isNull() ? nullptr : T->getAs<FunctionType>();
  return F ? F->getReturnType() : QualType();
}

/// \p E without what does not change which object it speaks of.
const Expr *strip(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts()->IgnoreImplicit();
    if (const auto *U = dyn_cast<UnaryOperator>(E);
        U && (U->getOpcode() == UO_Deref || U->getOpcode() == UO_AddrOf)) {
      E = U->getSubExpr();
    } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(E);
               O && O->getNumArgs() == 1 &&
               (O->getOperator() == OO_Arrow || O->getOperator() == OO_Star)) {
      E = O->getArg(0);
    } else if (const auto *C = dyn_cast<CXXMemberCallExpr>(E);
               C && C->getMethodDecl() && C->getNumArgs() == 0 &&
               nameOf(C->getMethodDecl()->getDeclName()) == "get") {
      E = C->getImplicitObjectArgument();
    } else if (const auto *C = dyn_cast<CallExpr>(E);
               C && C->getNumArgs() == 1 && C->getDirectCallee() &&
               (nameOf(C->getDirectCallee()->getDeclName()) == "move" ||
                nameOf(C->getDirectCallee()->getDeclName()) == "forward")) {
      E = C->getArg(0);
    } else if (const auto *O = dyn_cast<CallExpr>(E);
               O && O->getNumArgs() == 1 &&
               isa<UnresolvedLookupExpr>(O->getCallee()->IgnoreParenImpCasts())) {
      E = O->getArg(0); // std::forward<F>(f) in a template
    } else if (const auto *K = dyn_cast<CXXConstructExpr>(E);
               K && K->getNumArgs() == 1) {
      E = K->getArg(0);
    } else if (const auto *L = dyn_cast<InitListExpr>(E);
               L && L->getNumInits() == 1) {
      E = L->getInit(0);
    } else if (const auto *L = dyn_cast<ParenListExpr>(E);
               L && L->getNumExprs() == 1) {
      E = L->getExpr(0);
    } else {
      return E;
    }
  }
}

class Reader {
public:
  Reader(const CXXRecordDecl &Pool, FoundCallbacks &Out)
      : Pattern(*patternOf(Pool)), Out(Out) {}

  void read(const FunctionDecl &F, bool IsAcquire) {
    Acquire = IsAcquire;
    Object = IsAcquire ? shapeOfResult(patternOf(F)->getReturnType()).Object
                       : QualType();
    Calls.clear();
    Conditions.clear();
    PassedOn.clear();
    Locked = false;
    enter(F, 0);
    for (Made &Each : Calls) {
      for (const VarDecl *V = Each.Into; V && !Each.Found.Nullable;
           V = PassedOn.lookup(V))
        Each.Found.Nullable = Conditions.lookup(V) > Each.At;
      add(Out.Factory, Each.Found);
    }
  }

private:
  /// A call that makes an object.
  struct Made {
    Callback Found;
    const VarDecl *Into; ///< gets it
    unsigned At;         ///< when, on the clock of the conditions
  };

  static void add(std::vector<Callback> &To, const Callback &C) {
    for (Callback &Old : To)
      if (Old.By == C.By && Old.Index == C.Index && Old.Name == C.Name &&
          Old.Call == C.Call) {
        Old.Nullable &= C.Nullable;
        Old.Locked &= C.Locked;
        return;
      }
    To.push_back(C);
  }

  void enter(const FunctionDecl &F, unsigned Depth) {
    const FunctionDecl *Definition = nullptr;
    const Stmt *Body = bodyOf(*patternOf(F), Definition);
    if (!Body || Depth > MaxDepth || !Entered.insert(Definition).second)
      return;
    Out.Seen = true;
    unsigned Was = Level;
    Level = Depth;
    visit(Body, nullptr);
    Level = Was;
    Entered.erase(Definition);
  }

  /// \p Into is the variable that gets the value of \p S.
  void visit(const Stmt *S, const VarDecl *Into) {
    if (!S)
      return;
    if (isa<CompoundStmt>(S)) {
      bool Was = Locked;
      for (const Stmt *Child : S->children())
        visit(Child, nullptr);
      Locked = Was;
      return;
    }
    if (const auto *D = dyn_cast<DeclStmt>(S)) {
      for (const Decl *Each : D->decls())
        if (const auto *V = dyn_cast<VarDecl>(Each)) {
          visit(V->getInit(), V);
          if (isLockVariable(*V))
            Out.Synchronised = Locked = true;
        }
      return;
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      visit(If->getInit(), nullptr);
      visit(If->getConditionVariableDeclStmt(), nullptr);
      visit(If->getCond(), nullptr);
      condition(If->getCond());
      if (If->getConditionVariable())
        Conditions[If->getConditionVariable()] = ++Clock;
      visit(If->getThen(), nullptr);
      return visit(If->getElse(), nullptr);
    }
    if (const auto *C = dyn_cast<ConditionalOperator>(S)) {
      visit(C->getCond(), nullptr);
      condition(C->getCond());
      visit(C->getTrueExpr(), Into);
      return visit(C->getFalseExpr(), Into);
    }
    if (isa<WhileStmt, DoStmt, ForStmt>(S))
      return loop(*S);
    if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isAssignmentOp())
      if (const auto *D = dyn_cast<DeclRefExpr>(strip(B->getLHS())))
        Into = dyn_cast<VarDecl>(D->getDecl());
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S);
        O && O->getOperator() == OO_Equal)
      if (const auto *D = dyn_cast<DeclRefExpr>(strip(O->getArg(0))))
        Into = dyn_cast<VarDecl>(D->getDecl());
    if (const auto *C = dyn_cast<CallExpr>(S)) {
      call(*C, Into);
      if (const FunctionDecl *Helper = helper(*C))
        return given(*C, *Helper, Into);
    }
    for (const Stmt *Child : S->children())
      visit(Child, Into);
  }

  /// What it asks anywhere, it asks again after all that it does.
  void loop(const Stmt &S) {
    unsigned Before = Clock;
    for (const Stmt *Child : S.children())
      visit(Child, nullptr);
    if (const auto *W = dyn_cast<WhileStmt>(&S)) {
      condition(W->getCond());
      if (W->getConditionVariable())
        Conditions[W->getConditionVariable()] = ++Clock;
    } else if (const auto *D = dyn_cast<DoStmt>(&S)) {
      condition(D->getCond());
    } else {
      condition(cast<ForStmt>(S).getCond());
    }
    ++Clock;
    for (auto &[Variable, At] : Conditions)
      if (At > Before)
        At = Clock;
  }

  /// A function of user code that \p C gives its arguments to.
  static const FunctionDecl *helper(const CallExpr &C) {
    const Expr *Callee = strip(C.getCallee());
    const NamedDecl *D = nullptr;
    if (const auto *R = dyn_cast<DeclRefExpr>(Callee))
      D = R->getDecl();
    else if (const auto *M = dyn_cast<MemberExpr>(Callee))
      D = M->getMemberDecl();
    else if (const auto *O = dyn_cast<OverloadExpr>(Callee);
             O && O->getNumDecls() == 1)
      D = (*O->decls_begin())->getUnderlyingDecl();
    if (const auto *T = dyn_cast_or_null<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    const auto *F = dyn_cast_or_null<FunctionDecl>(D);
    const FunctionDecl *Definition = nullptr;
    if (!F || isa<CXXOperatorCallExpr>(C) || !bodyOf(*patternOf(*F), Definition) ||
        F->getASTContext().getSourceManager().isInSystemHeader(
            Definition->getLocation()))
      return nullptr;
    return Definition;
  }

  /// `return checked(make_());`: the parameter gets what is made, and may be
  /// asked about.
  void given(const CallExpr &C, const FunctionDecl &Helper, const VarDecl *Into) {
    visit(C.getCallee(), Into);
    size_t Known = Calls.size();
    for (unsigned I = 0; I < C.getNumArgs(); ++I) {
      const ParmVarDecl *P =
          I < Helper.getNumParams() ? Helper.getParamDecl(I) : nullptr;
      if (P && Into)
        PassedOn[P] = Into;
      visit(C.getArg(I), P ? P : Into);
    }
    if (Calls.size() != Known)
      enter(Helper, Level + 1);
  }

  void condition(const Stmt *S) {
    if (!S)
      return;
    if (const auto *D = dyn_cast<DeclRefExpr>(S))
      Conditions[D->getDecl()] = ++Clock;
    for (const Stmt *Child : S->children())
      condition(Child);
  }

  void call(const CallExpr &C, const VarDecl *Into) {
    const Expr *Callee = strip(C.getCallee());
    StringRef Name;
    const FunctionDecl *Own = nullptr;
    if (const auto *M = dyn_cast<MemberExpr>(Callee)) {
      Name = nameOf(M->getMemberDecl()->getDeclName());
      if (isa<CXXThisExpr>(M->getBase()->IgnoreParenImpCasts()))
        Own = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
    } else if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Callee)) {
      Name = nameOf(M->getMember());
    } else if (const auto *M = dyn_cast<UnresolvedMemberExpr>(Callee);
               M && M->isImplicitAccess() && M->getNumDecls() == 1) {
      Own = dyn_cast<CXXMethodDecl>((*M->decls_begin())->getUnderlyingDecl());
    }
    if (Name == "unlock" || Name == "Unlock")
      Locked = false;
    else if (Name == "lock" || Name == "Lock")
      Out.Synchronised = Locked = true;
    else if (hasWord(Name, {"exchange", "fetch", "load", "store"}))
      Out.Synchronised = true;
    std::optional<Callback> Found = callback(C, Callee);
    if (!Found) {
      if (Own)
        enter(*Own, Level + 1);
      return;
    }
    Found->Locked = Locked;
    bool GivenObject = llvm::any_of(C.arguments(), [&](const Expr *A) {
      const auto *D = dyn_cast<DeclRefExpr>(strip(A));
      return D && isa<VarDecl>(D->getDecl()) &&
             !cast<VarDecl>(D->getDecl())->hasGlobalStorage() &&
             isObject(D->getDecl()->getType());
    });
    StringRef What = Found->Call.empty() ? StringRef(Found->Name)
                                         : StringRef(Found->Call);
    What = What.drop_front(What.rfind(':') + 1);
    if (GivenObject) {
      bool Other = hasWord(What, {"destroy", "delete", "dispose", "free", "valid",
                                  "validate", "check", "alive", "close"});
      if (!Other && (Found->Call.empty() || mentionsReset(What) ||
                     hasWord(What, {"passivate", "deactivate"})))
        add(Out.Reset, *Found);
    } else if (Acquire && gives(C, *Found, What)) {
      Calls.push_back({*Found, Into, Clock});
    }
  }

  bool isObject(QualType T) const {
    if (T.getNonReferenceType()->isPointerType() || T->isReferenceType())
      return true;
    const CXXRecordDecl *R = recordOf(T);
    return T->isDependentType() || (R && shapeOfResult(T).As == Shape::Smart);
  }

  /// True when what \p C calls gives an object of this pool.
  bool gives(const CallExpr &C, const Callback &Found, StringRef What) const {
    QualType Result = C.getType();
    if (Result->isDependentType())
      Result = MemberType.isNull() ? QualType() : resultOf(MemberType);
    if (Result.isNull()) // the name is all there is
      return Found.Call.empty() || isMakeName(What);
    if (!Found.Call.empty() && !isMakeName(What))
      return false;
    Shape S = shapeOfResult(Result);
    if (!S || S.As == Shape::Integer)
      return false;
    return Object.isNull() || S.Object->isDependentType() ||
           Object->isDependentType() ||
           S.Object.getUnqualifiedType() == Object.getUnqualifiedType();
  }

  std::optional<Callback> callback(const CallExpr &C, const Expr *Callee) {
    MemberType = QualType();
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&C)) {
      if (O->getOperator() != OO_Call)
        return std::nullopt;
      return stored(strip(O->getArg(0)));
    }
    if (const auto *M = dyn_cast<MemberExpr>(Callee)) {
      const auto *Method = dyn_cast<CXXMethodDecl>(M->getMemberDecl());
      if (!Method)
        return stored(Callee);
      const Expr *Base = strip(M->getBase());
      if (isa<CXXThisExpr>(Base)) {
        if (!Method->isVirtual())
          return std::nullopt;
        Callback Own;
        Own.Call = modelName(*Method);
        return Own;
      }
      return member(Base, nameOf(Method->getDeclName()));
    }
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(Callee)) {
      if (M->isImplicitAccess())
        return std::nullopt;
      const Expr *Base = strip(M->getBase());
      if (const auto *U = dyn_cast<CXXUnresolvedConstructExpr>(Base))
        return policy(U->getTypeAsWritten(), nameOf(M->getMember()));
      // `static_cast<Derived *>(this)->make()`
      if (isa<CXXThisExpr>(Base) && !M->getBaseType().isNull()) {
        QualType Derived = M->getBaseType();
        if (Derived->isPointerType())
          Derived = Derived->getPointeeType();
        return policy(Derived, nameOf(M->getMember()));
      }
      return member(Base, nameOf(M->getMember()));
    }
    if (const auto *D = dyn_cast<DependentScopeDeclRefExpr>(Callee))
      if (const Type *T = typeOf(D->getQualifier()))
        return policy(QualType(T, 0), nameOf(D->getDeclName()));
    if (const auto *U = dyn_cast<CXXUnresolvedConstructExpr>(Callee))
      return policy(U->getTypeAsWritten(), "");
    return std::nullopt;
  }

  /// `make_`, or `options_.make`, which is a function of the struct in a member.
  std::optional<Callback> stored(const Expr *E) {
    if (std::optional<Callback> Own = member(E, ""))
      return Own;
    const auto *M = dyn_cast<MemberExpr>(E);
    const auto *F = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
    if (!F || !F->getIdentifier())
      return std::nullopt;
    std::optional<Callback> Of = member(strip(M->getBase()), F->getName());
    MemberType = F->getType();
    return Of;
  }

  std::optional<Callback> member(const Expr *E, StringRef Call) {
    const auto *M = dyn_cast<MemberExpr>(E);
    const auto *F = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
    if (!F || !F->getIdentifier() ||
        patternOf(*cast<CXXRecordDecl>(F->getParent()))->getCanonicalDecl() !=
            Pattern.getCanonicalDecl())
      return std::nullopt;
    // A container's own calls are no user's.
    if (!Call.empty())
      if (const CXXRecordDecl *R = recordOf(F->getType().getNonReferenceType());
          R && R->isInStdNamespace() && !isStd(*R, "unique_ptr") &&
          !isStd(*R, "shared_ptr"))
        return std::nullopt;
    Callback C;
    C.By = Callback::Member;
    C.Name = F->getName().str();
    C.Call = Call.str();
    if (Call.empty())
      MemberType = F->getType();
    return C;
  }

  std::optional<Callback> policy(QualType T, StringRef Call) {
    const auto *P = T->getAs<TemplateTypeParmType>();
    if (!P || P->getDepth() != 0)
      return std::nullopt;
    Callback C;
    C.By = Callback::Policy;
    C.Index = P->getIndex();
    C.Call = Call.str();
    return C;
  }

  const CXXRecordDecl &Pattern;
  FoundCallbacks &Out;
  bool Acquire = false, Locked = false;
  unsigned Level = 0;
  QualType Object;     ///< what the acquire hands out
  QualType MemberType; ///< of the member that is called
  std::vector<Made> Calls;
  unsigned Clock = 0;
  llvm::DenseMap<const ValueDecl *, unsigned> Conditions; ///< asked last then
  llvm::DenseMap<const VarDecl *, const VarDecl *> PassedOn; ///< by a helper
  llvm::SmallPtrSet<const FunctionDecl *, 4> Entered;
};

} // namespace

bool isSynchronisation(const CXXRecordDecl &R) {
  return R.getIdentifier() &&
         hasWord(R.getName(), {"mutex", "atomic", "lock", "spinlock", "spin",
                               "semaphore", "condition", "rwlock", "latch",
                               "synchronized", "concurrent"});
}

bool isSynchronised(const CXXRecordDecl &R) {
  const CXXRecordDecl *D = R.getDefinition();
  if (!D)
    return false;
  auto Is = [](QualType T) {
    while (const auto *A = T->getAsArrayTypeUnsafe())
      T = A->getElementType();
    if (T->isAtomicType() || StringRef(T.getAsString()).contains("mutex"))
      return true;
    const CXXRecordDecl *Of = recordOf(T.getNonReferenceType());
    return Of && (isSynchronisation(*Of) ||
                  (!Of->isInStdNamespace() && T->isRecordType() && isSynchronised(*Of)));
  };
  for (const FieldDecl *F : D->fields())
    if (Is(F->getType()))
      return true;
  for (const Decl *Each : D->decls())
    if (const auto *V = dyn_cast<VarDecl>(Each); V && Is(V->getType()))
      return true;
  return llvm::any_of(D->bases(), [&](const CXXBaseSpecifier &B) {
    const CXXRecordDecl *Base = recordOf(B.getType());
    return Base && (isSynchronisation(*Base) || isSynchronised(*Base));
  });
}

bool isLockVariable(const VarDecl &V) {
  const CXXRecordDecl *R = recordOf(V.getType());
  return R && R->getIdentifier() && !V.hasGlobalStorage() &&
         hasWord(R->getName(), {"lock", "guard", "locker", "autolock", "synchronized"});
}

int parameterFor(const FunctionDecl &F, StringRef Member) {
  const FunctionDecl *Definition = nullptr;
  const Stmt *Body = bodyOf(*patternOf(F), Definition);
  if (!Body)
    return -1;
  auto Index = [&](const Expr *E) {
    const auto *D = E ? dyn_cast<DeclRefExpr>(strip(E)) : nullptr;
    const auto *P = D ? dyn_cast<ParmVarDecl>(D->getDecl()) : nullptr;
    return P && P->getDeclContext() == Definition
               ? int(P->getFunctionScopeIndex())
               : -1;
  };
  if (const auto *C = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *I : C->inits())
      if (I->getAnyMember() && I->getAnyMember()->getName() == Member)
        if (int At = Index(I->getInit()); At >= 0)
          return At;
  auto Is = [&](const Expr *E) {
    const auto *M = dyn_cast<MemberExpr>(strip(E));
    return M && nameOf(M->getMemberDecl()->getDeclName()) == Member;
  };
  auto Find = [&](auto &&Self, const Stmt *S) -> int {
    if (!S)
      return -1;
    int At = -1;
    if (const auto *B = dyn_cast<BinaryOperator>(S); B && B->isAssignmentOp() &&
                                                     Is(B->getLHS()))
      At = Index(B->getRHS());
    else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S);
             O && O->getOperator() == OO_Equal && Is(O->getArg(0)))
      At = Index(O->getArg(1));
    for (const Stmt *Child : S->children())
      if (At < 0)
        At = Self(Self, Child);
    return At;
  };
  return Find(Find, Body);
}

FoundCallbacks readCallbacks(const CXXRecordDecl &Pool, Classifier &Classes) {
  FoundCallbacks Out;
  Out.Synchronised = isSynchronised(*patternOf(Pool));
  Reader Read(Pool, Out);
  auto One = [&](const FunctionDecl &F) {
    Role What = Classes.classify(F).What;
    if (What == Role::Acquire || What == Role::Put)
      Read.read(F, What == Role::Acquire);
  };
  for (const Decl *D : Pool.decls()) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      D = T->getTemplatedDecl();
    if (const auto *M = dyn_cast<CXXMethodDecl>(D))
      One(*M);
  }
  return Out;
}

} // namespace pooltidy::model

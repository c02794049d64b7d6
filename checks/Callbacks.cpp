//===- Callbacks.cpp - the functions that pools are told to call ----------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Callbacks.h"
#include "CallTargets.h"
#include "ClassUses.h"
#include "OwnedPools.h"
#include "Pooled.h"
#include "model/Callbacks.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

using namespace clang;

namespace pooltidy {

using model::nameOf;

namespace {

/// From an expression up to what it stands in: this far.
constexpr unsigned MaxSteps = 12;

using Found = CallTargets::Found;
using Sharing = PoolCallback::Sharing;

class Collector {
public:
  Collector(ASTContext &Context, model::Classifier &Classes,
            const FunctionSet &Functions, bool Acquires = false)
      : Context(Context), Classes(Classes), Functions(Functions),
        Resolve(Context, Functions), Acquires(Acquires) {}

  void run() {
    llvm::SmallSetVector<const CXXRecordDecl *, 8> Pools;
    auto Add = [&](const CXXRecordDecl *R) {
      if (R && R->getDefinition() && !R->isDependentContext())
        Pools.insert(R->getDefinition());
    };
    for (const CXXRecordDecl *R : Functions.PoolClasses)
      Add(R);
    for (const CXXRecordDecl *R : Functions.PoolInstances)
      Add(R);
    for (const DeclaratorDecl *D : Functions.Pools)
      Add(model::recordOf(D->getType().getNonReferenceType()));
    for (const FunctionSet::PoolExpr &S : Functions.Setups)
      Add(poolOf(*S.At));
    for (const CXXRecordDecl *R : Pools)
      pool(*R);
  }

  std::vector<PoolCallback> Out;

private:
  struct Asked {
    const model::Callback &C;
    bool IsFactory;
    const CXXRecordDecl &In; ///< the pool, or its base, that calls
  };

  void pool(const CXXRecordDecl &R) {
    const model::Pool *Family = Classes.classify(R).PoolOf;
    model::FoundCallbacks Read;
    std::vector<std::pair<model::FoundCallbacks, const CXXRecordDecl *>> All;
    // The bases of a pool call too: what they call is the derived pool's.
    for (const CXXRecordDecl *Each = &R; Each;) {
      if (!Context.getSourceManager().isInSystemHeader(Each->getLocation())) {
        model::FoundCallbacks More = model::readCallbacks(*Each, Classes);
        Read.Seen |= More.Seen;
        Read.Synchronised |= More.Synchronised;
        All.push_back({std::move(More), Each});
      }
      const CXXRecordDecl *Base =
          Each->getNumBases() ? model::recordOf(Each->bases_begin()->getType())
                              : nullptr;
      Each = Base ? Base->getDefinition() : nullptr;
    }
    // A pool without a lock is not used by several threads, or its user locks.
    // Of one whose callbacks a model tells, the lock may be anywhere.
    llvm::SmallPtrSet<const CXXRecordDecl *, 8> Looked;
    bool Told = !Family->Factory.empty() || !Family->ResetCallback.empty();
    Alone = Read.Seen && !Read.Synchronised &&
            !(Functions.StartsThreads && (Told || leadsToLock(R, Looked)));
    if (Acquires) {
      for (const auto &[More, In] : All)
        for (const Decl *D : In->decls())
          acquires(*D, R, *Family);
      return;
    }
    bool GivesNull = llvm::all_of(Family->Acquire, [](const model::Operation &Op) {
      return Op.Fails == model::Failure::Null;
    });
    auto Each = [&](llvm::ArrayRef<model::Callback> Calls, bool IsFactory,
                    const CXXRecordDecl &In) {
      for (const model::Callback &C : Calls)
        ask({C, IsFactory, In}, R, *Family,
            GivesNull && !Family->Acquire.empty());
    };
    Each(Family->Factory, true, R);
    for (const auto &[More, In] : All)
      Each(More.Factory, true, *In);
    Each(Family->ResetCallback, false, R);
    for (const auto &[More, In] : All)
      Each(More.Reset, false, *In);
  }

  /// \p D, of the pool \p R or of its base, when it acquires: a template in each of
  /// its forms.
  void acquires(const Decl &D, const CXXRecordDecl &R, const model::Pool &Family) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(&D)) {
      for (const FunctionDecl *Each : T->specializations())
        acquires(*Each, R, Family);
      return;
    }
    const auto *M = dyn_cast<CXXMethodDecl>(&D);
    const FunctionDecl *Body = nullptr;
    if (!M || M->isDependentContext() || !M->hasBody(Body) ||
        Context.getSourceManager().isInSystemHeader(Body->getLocation()))
      return;
    const model::CallMeaning &Means = Classes.classify(*M);
    if (Means.What != model::Role::Acquire)
      return;
    Now = {};
    Now.Family = &Family;
    Now.IsFactory = true;
    Now.Pool = &R;
    Now.Object = handedOut(*M, *Means.Op);
    Found Functions;
    Functions.insert(Body);
    if (Now.Object)
      add(Functions, byType(R), {});
  }

  /// True when \p R is made of parts, in it or somewhere else, that have a lock.
  static bool leadsToLock(const CXXRecordDecl &R,
                          llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Looked) {
    const CXXRecordDecl *D = R.getDefinition();
    if (!D || !Looked.insert(D).second)
      return false;
    if (model::isSynchronised(*D))
      return true;
    return llvm::any_of(D->fields(), [&](const FieldDecl *F) {
             return typeLeadsToLock(F->getType(), Looked);
           }) ||
           llvm::any_of(D->bases(), [&](const CXXBaseSpecifier &B) {
             return typeLeadsToLock(B.getType(), Looked);
           });
  }
  static bool
  typeLeadsToLock(QualType T, llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Looked) {
    T = T.getNonReferenceType();
    while (const auto *Array = T->getAsArrayTypeUnsafe())
      T = Array->getElementType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const CXXRecordDecl *R = model::recordOf(T);
    if (!R || !R->isInStdNamespace())
      return R && leadsToLock(*R, Looked);
    const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
    return S && llvm::any_of(S->getTemplateArgs().asArray(),
                             [&](const TemplateArgument &Each) {
                               return Each.getKind() == TemplateArgument::Type &&
                                      typeLeadsToLock(Each.getAsType(), Looked);
                             });
  }

  void ask(const Asked &A, const CXXRecordDecl &R, const model::Pool &Family,
           bool Nullable) {
    Now = {};
    Now.Family = &Family;
    Now.IsFactory = A.IsFactory;
    Now.Nullable = Nullable || A.C.Nullable;
    Now.Locked = A.C.Locked;
    Found Functions;
    switch (A.C.By) {
    case model::Callback::Function:
      Resolve.named(A.C.Call, Functions);
      return add(Functions, byType(R), {});
    case model::Callback::Policy:
      if (QualType Policy = model::templateArgument(A.In, A.C.Index); !Policy.isNull())
        Resolve.type(Policy, A.C.Call, Functions);
      return add(Functions, byType(R), {});
    case model::Callback::Member:
      setups(A.C, R);
      // Where it is seen what pools are given, nothing else of the type is meant.
      if (const FieldDecl *F = AllKnown ? nullptr : field(R, A.C.Name)) {
        Resolve.type(F->getType(), A.C.Call, Functions);
        if (Functions.empty())
          Resolve.value(F->getInClassInitializer(), A.C.Call, Functions);
        add(Functions, byType(R), {});
      }
      return;
    case model::Callback::Argument:
      break;
    }
    setups(A.C, R);
  }

  void setups(const model::Callback &C, const CXXRecordDecl &R) {
    bool Any = false, All = true;
    for (const FunctionSet::PoolExpr &S : Functions.Setups)
      if (const CXXRecordDecl *Of = poolOf(*S.At);
          Of && (Of->getDefinition() == &R || isBaseOf(*Of, R))) {
        std::optional<bool> Known = setup(C, R, S);
        Any |= Known.has_value();
        All &= Known.value_or(true);
      }
    AllKnown = Any && All;
  }

  static bool isBaseOf(const CXXRecordDecl &Base, const CXXRecordDecl &R) {
    return Base.getDefinition() && R.isDerivedFrom(Base.getDefinition());
  }

  static const FieldDecl *field(const CXXRecordDecl &R, StringRef Name) {
    for (const FieldDecl *F : R.fields())
      if (nameOf(F) == Name)
        return F;
    for (const CXXBaseSpecifier &B : R.bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType());
          Base && Base->getDefinition())
        if (const FieldDecl *F = field(*Base->getDefinition(), Name))
          return F;
    return nullptr;
  }

  /// The pool class that a setup is about.
  static const CXXRecordDecl *poolOf(const Expr &E) {
    if (const auto *C = dyn_cast<CXXConstructExpr>(&E))
      return C->getConstructor()->getParent();
    const Expr *Left = nullptr;
    if (const auto *B = dyn_cast<BinaryOperator>(&E))
      Left = B->getLHS();
    else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(&E))
      Left = O->getArg(0);
    if (Left)
      return dyn_cast<CXXRecordDecl>(
          cast<MemberExpr>(Left->IgnoreParenImpCasts())->getMemberDecl()->getDeclContext());
    const FunctionDecl *F = cast<CallExpr>(E).getDirectCallee();
    if (const auto *M = dyn_cast<CXXMethodDecl>(F))
      return M->getParent();
    return model::recordOf(model::templateArgument(F->getReturnType(), 0));
  }

  /// Whether what is given here is known; nothing where it is another setup.
  std::optional<bool> setup(const model::Callback &C, const CXXRecordDecl &R,
                            const FunctionSet::PoolExpr &S) {
    Found Given;
    const Expr *Argument = nullptr;
    if (const auto *K = dyn_cast<CXXConstructExpr>(S.At)) {
      Argument = argument(C, *K->getConstructor(), {K->getArgs(), K->getNumArgs()});
    } else if (const auto *B = dyn_cast<BinaryOperator>(S.At)) {
      if (C.By == model::Callback::Member && memberOf(*B->getLHS()) == C.Name)
        Argument = B->getRHS();
    } else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S.At)) {
      if (C.By == model::Callback::Member && memberOf(*O->getArg(0)) == C.Name)
        Argument = O->getArg(1);
    } else if (const auto *Call = dyn_cast<CallExpr>(S.At)) {
      ArrayRef<const Expr *> Args{Call->getArgs(), Call->getNumArgs()};
      if (isa<CXXMemberCallExpr>(Call))
        Argument = argument(C, *Call->getDirectCallee(), Args);
      else // make_unique and the like: what they are given the constructor is
        for (const CXXConstructorDecl *K : R.ctors())
          if (!Argument && K->getNumParams() >= Args.size() &&
              K->getMinRequiredArguments() <= Args.size() &&
              !K->isCopyOrMoveConstructor())
            Argument = argument(C, *K, Args);
    }
    if (!Argument)
      return std::nullopt;
    Resolve.value(Argument, C.Call, Given);
    add(Given, bySetup(S), Argument->getExprLoc());
    return !Given.empty();
  }

  static StringRef memberOf(const Expr &E) {
    const auto *M = dyn_cast<MemberExpr>(E.IgnoreParenImpCasts());
    return M ? nameOf(M->getMemberDecl()) : "";
  }

  /// The argument of a call of \p F that becomes the callback.
  static const Expr *argument(const model::Callback &C, const FunctionDecl &F,
                              ArrayRef<const Expr *> Args) {
    int Index = -1;
    if (C.By == model::Callback::Member)
      Index = model::parameterFor(F, C.Name);
    else if (C.To.empty() ? isa<CXXConstructorDecl>(F) : nameOf(&F) == C.To)
      Index = C.Index;
    return Index >= 0 && unsigned(Index) < Args.size() &&
                   !isa<CXXDefaultArgExpr>(Args[Index])
               ? Args[Index]
               : nullptr;
  }

  // --- who uses the pool

  Sharing ofVariable(const VarDecl &V) const {
    if (V.getTLSKind() != VarDecl::TLS_None)
      return Sharing::Own;
    if (V.hasGlobalStorage())
      return Sharing::Shared;
    if (isa<ParmVarDecl>(V) || V.getType()->isReferenceType())
      return Sharing::Unsure;
    return givenToThread(V) ? Sharing::Shared : Sharing::Own;
  }

  /// Captured by reference, or given by reference, in a file with threads.
  bool givenToThread(const VarDecl &V) const {
    const auto *F = dyn_cast<FunctionDecl>(V.getDeclContext());
    if (!Functions.StartsThreads || !F || !F->getBody())
      return false;
    class Finder : public RecursiveASTVisitor<Finder> {
    public:
      explicit Finder(const VarDecl &V) : V(V) {}
      bool Found = false;
      bool VisitLambdaExpr(LambdaExpr *L) {
        for (const LambdaCapture &C : L->captures())
          Found |= C.capturesVariable() && C.getCapturedVar() == &V &&
                   (C.getCaptureKind() == LCK_ByRef || leadsToPool(V.getType()));
        return true;
      }
      /// A copy of it is the same pool.
      static bool leadsToPool(QualType T) {
        const CXXRecordDecl *R = model::recordOf(T);
        return T->isPointerType() || (R && model::isStd(*R, "shared_ptr"));
      }
      bool VisitCallExpr(CallExpr *C) {
        StringRef Name = nameOf(C->getDirectCallee());
        if ((Name == "ref" || Name == "addressof") && C->getNumArgs() == 1)
          if (const auto *D =
                  dyn_cast<DeclRefExpr>(C->getArg(0)->IgnoreParenImpCasts()))
            Found |= D->getDecl() == &V;
        return true;
      }
      const VarDecl &V;
    } Find(V);
    Find.TraverseStmt(F->getBody());
    return Find.Found;
  }

  /// For what belongs to a type: as the pools of that type are used.
  Sharing byType(const CXXRecordDecl &R) const {
    bool Any = false;
    Sharing Most = Sharing::Own;
    for (const DeclaratorDecl *D : Functions.Pools) {
      QualType T = D->getType();
      const CXXRecordDecl *Of = model::recordOf(T);
      if (!Of || Of->getDefinition() != &R)
        continue;
      Any = true;
      const auto *V = dyn_cast<VarDecl>(D);
      const auto *F = dyn_cast<FieldDecl>(D);
      Most = std::max(Most, V   ? ofVariable(*V)
                            : F ? ofField(*F)
                                : ofMember(D->getDeclContext()));
    }
    return adjusted(Any ? Most : Sharing::Unsure);
  }

  /// Who has the objects of which the pool is a member: each thread its own, where
  /// all that the file shows are thread_local. What a local starts is not seen.
  Sharing ofMember(const DeclContext *Class) const {
    const auto *R = dyn_cast_or_null<CXXRecordDecl>(Class);
    if (!R)
      return Sharing::Shared;
    auto [It, New] = Owners.try_emplace(R, Sharing::Shared);
    if (!New)
      return It->second;
    ClassUses Uses = usesOf(Context, *R);
    bool Own = !Uses.Elsewhere && !Uses.Variables.empty() &&
               llvm::all_of(Uses.Variables, [](const VarDecl *V) {
                 return V->getTLSKind() != VarDecl::TLS_None;
               });
    return Owners[R] = Own ? Sharing::Own : Sharing::Shared;
  }

  /// A pool that is a member. One without a lock is used as its owner does.
  Sharing ofField(const FieldDecl &F) const {
    return Alone && isUsedByOneThread(F) ? Sharing::Own
                                         : ofMember(F.getDeclContext());
  }

  /// The member that \p C initialises by \p With.
  static const FieldDecl *initialised(const CXXConstructorDecl &C,
                                      const Expr &With) {
    auto Has = [&](auto &&Self, const Stmt *S) -> bool {
      if (const auto *D = dyn_cast_or_null<CXXDefaultInitExpr>(S))
        return Self(Self, D->getExpr());
      return S && (S == &With || llvm::any_of(S->children(), [&](const Stmt *Child) {
                     return Self(Self, Child);
                   }));
    };
    for (const CXXCtorInitializer *I : C.inits())
      if (I->getMember() && Has(Has, I->getInit()))
        return I->getMember();
    return nullptr;
  }

  Sharing bySetup(const FunctionSet::PoolExpr &S) const {
    if (!isa<CXXConstructExpr>(S.At) && !isMade(*S.At)) {
      // A setter or assignment: by the pool that it is called on.
      const Expr *Base = nullptr;
      if (const auto *C = dyn_cast<CXXMemberCallExpr>(S.At))
        Base = C->getImplicitObjectArgument();
      else if (const auto *B = dyn_cast<BinaryOperator>(S.At))
        Base = cast<MemberExpr>(B->getLHS()->IgnoreParenImpCasts())->getBase();
      else if (const auto *O = dyn_cast<CXXOperatorCallExpr>(S.At))
        Base = cast<MemberExpr>(O->getArg(0)->IgnoreParenImpCasts())->getBase();
      return adjusted(Base ? ofExpr(*Base) : Sharing::Unsure);
    }
    DynTypedNodeList Parents = Context.getParents(*S.At);
    for (unsigned I = 0; I < MaxSteps && !Parents.empty(); ++I) {
      const DynTypedNode &Above = Parents[0];
      if (const auto *V = Above.get<VarDecl>())
        return adjusted(ofVariable(*V));
      if (const auto *F = Above.get<FieldDecl>())
        return adjusted(ofField(*F));
      if (const auto *I = Above.get<CXXCtorInitializer>())
        return adjusted(I->getMember() ? ofField(*I->getMember())
                                       : Sharing::Shared);
      if (const auto *C = Above.get<CXXConstructorDecl>(); C) {
        const FieldDecl *F = initialised(*C, *S.At);
        return adjusted(F ? ofField(*F) : ofMember(C->getParent()));
      }
      if (const auto *B = Above.get<BinaryOperator>(); B && B->isAssignmentOp())
        return adjusted(ofExpr(*B->getLHS()));
      if (const auto *O = Above.get<CXXOperatorCallExpr>();
          O && O->getOperator() == OO_Equal)
        return adjusted(ofExpr(*O->getArg(0)));
      if (const auto *D = Above.get<Decl>(); D)
        break;
      Parents = Context.getParents(Above);
    }
    return Sharing::Unsure;
  }

  static bool isMade(const Expr &E) {
    const auto *C = dyn_cast<CallExpr>(&E);
    return C && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(C);
  }

  Sharing ofExpr(const Expr &E) const {
    const Expr *Bare = E.IgnoreParenImpCasts();
    if (const auto *O = dyn_cast<CXXOperatorCallExpr>(Bare))
      return ofExpr(*O->getArg(0)); // `pool->` of an owner
    if (const auto *D = dyn_cast<DeclRefExpr>(Bare))
      if (const auto *V = dyn_cast<VarDecl>(D->getDecl()))
        return ofVariable(*V);
    if (const auto *M = dyn_cast<MemberExpr>(Bare)) {
      const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
      return F && Alone && isUsedByOneThread(*F) ? Sharing::Own : Sharing::Shared;
    }
    return Sharing::Unsure;
  }

  Sharing adjusted(Sharing S) const {
    return Alone && S == Sharing::Shared ? Sharing::Unsure : S;
  }

  void add(const Found &Functions, Sharing Threads, SourceLocation Given) {
    for (const FunctionDecl *F : Functions) {
      auto Old = llvm::find_if(Out, [&](const PoolCallback &C) {
        return C.Function == F && C.IsFactory == Now.IsFactory;
      });
      if (Old == Out.end()) {
        Out.push_back(Now);
        Old = std::prev(Out.end());
        Old->Function = F;
        Old->Threads = Threads;
        Old->Given = Given;
        continue;
      }
      // One pool that does not expect null is enough, and one that is shared.
      Old->Nullable &= Now.Nullable;
      Old->Locked &= Now.Locked;
      Old->Threads = std::max(Old->Threads, Threads);
    }
  }

  ASTContext &Context;
  model::Classifier &Classes;
  const FunctionSet &Functions;
  CallTargets Resolve;
  PoolCallback Now;
  mutable llvm::DenseMap<const CXXRecordDecl *, Sharing> Owners;
  bool Acquires; ///< they are asked for, not what they call
  bool Alone = false;    ///< the pool that is asked about has no lock
  bool AllKnown = false; ///< what those pools are given, all that are seen
};

} // namespace

static std::vector<PoolCallback> collect(ASTContext &Context,
                                         model::Classifier &Classes,
                                         const FunctionSet &Functions,
                                         bool Acquires) {
  Collector C(Context, Classes, Functions, Acquires);
  C.run();
  const SourceManager &Sources = Context.getSourceManager();
  llvm::stable_sort(C.Out, [&](const PoolCallback &A, const PoolCallback &B) {
    return Sources.isBeforeInTranslationUnit(A.Function->getLocation(),
                                             B.Function->getLocation());
  });
  return std::move(C.Out);
}

std::vector<PoolCallback> poolCallbacks(ASTContext &Context,
                                        model::Classifier &Classes,
                                        const FunctionSet &Functions) {
  return collect(Context, Classes, Functions, false);
}

std::vector<PoolCallback> makingAcquires(ASTContext &Context,
                                         model::Classifier &Classes,
                                         const FunctionSet &Functions) {
  return collect(Context, Classes, Functions, true);
}

} // namespace pooltidy

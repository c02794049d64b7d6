//===- pool-running-worker.cpp -----------------------------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// A pooled object that starts a thread, a timer or an operation while it is
// leased, which goes on when the lease has ended: it works on an object that is
// idle, or somebody else's. What a constructor starts runs by design.
//
//===----------------------------------------------------------------------===//
#include "../Finalizers.h"
#include "model/ActionWords.h"
#include "model/Names.h"
#include "model/Shapes.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

using namespace clang;

namespace pooltidy {

using model::Action;
using model::ActionKind;

namespace {

/// What no member holds is told by a flag; a flag may be for any.
bool areOfOne(const Action &A, const Action &B) {
  return !A.Member || !B.Member || A.Member == B.Member;
}

/// What is started with a weak pointer to this goes no further without it.
bool isToken(const FieldDecl &F) {
  const CXXRecordDecl *R = model::recordOf(F.getType());
  return R && R->getIdentifier() && R->getName() == "shared_ptr";
}

bool isStopped(const Action &Start, llvm::ArrayRef<Action> By) {
  return llvm::any_of(By, [&](const Action &S) {
    if (S.Kind == ActionKind::Stop)
      return areOfOne(S, Start);
    if (S.Kind != ActionKind::Renew)
      return false;
    // A new value ends what the old one held, nothing else.
    return !S.Member || (Start.Member ? model::areOfOnePart(S, Start)
                                      : isToken(*S.Member));
  });
}

/// The same within the body that starts it, where a new value is what starts.
bool isOverWithin(const Action &Start, llvm::ArrayRef<Action> Body) {
  return llvm::any_of(Body, [&](const Action &S) {
    return (S.Kind == ActionKind::Stop && S.Member && areOfOne(S, Start)) ||
           // A thread in a variable, joined at once.
           (!Start.Member && !S.Member && S.Kind == ActionKind::Block);
  });
}

/// The methods that a function calls, but for those that it calls once for all.
class Methods : public RecursiveASTVisitor<Methods> {
public:
  bool TraverseCallExpr(CallExpr *C) {
    if (!model::saysOnce(model::nameOf(C->getDirectCallee())))
      return RecursiveASTVisitor::TraverseCallExpr(C);
    SawOnce = true;
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *C) {
    if (const CXXMethodDecl *M = C->getMethodDecl())
      All.push_back(M);
    return true;
  }
  std::vector<const CXXMethodDecl *> All;
  bool SawOnce = false;
};

class WorkerFinder {
public:
  WorkerFinder(const Analysis &A, const PooledType &P,
               model::ActionReader &Reader)
      : A(A), P(P), Reader(Reader) {}

  struct Worker {
    const CXXMethodDecl *By;
    Action Start;
    bool Called; ///< by somebody who has a lease, as far as is seen
  };
  std::vector<Worker> find() {
    methodsOf(*P.Object);
    return std::move(Found);
  }

private:
  void methodsOf(const CXXRecordDecl &R) {
    for (const CXXMethodDecl *M : R.methods())
      if (!M->isStatic() && !M->isImplicit() &&
          !isa<CXXConstructorDecl, CXXDestructorDecl>(M) &&
          !A.classifier().isReset(*M))
        method(*M);
    for (const CXXBaseSpecifier &B : R.bases())
      if (const CXXRecordDecl *Base = model::recordOf(B.getType()))
        if (Base = Base->getDefinition(); Base)
          methodsOf(*Base);
  }

  void method(const CXXMethodDecl &M) {
    model::Actions Read = Reader.method(M);
    if (llvm::none_of(Read.All, [](const Action &Each) {
          return Each.Kind == ActionKind::Start;
        }))
      return;
    const FunctionDecl *Definition = nullptr;
    model::bodyOf(M, Definition);
    for (const Action &Each : Read.All) {
      if (Each.Kind != ActionKind::Start || isOverWithin(Each, Read.All))
        continue;
      std::optional<bool> Called = isCalled(*Definition, Each, 0);
      if (Called)
        Found.push_back({&M, Each, *Called});
    }
  }

  /// True when a user of a lease calls \p F and does not stop what it starts;
  /// false when nobody is seen to call it; nothing when all who call it are the
  /// pool, constructors, or stop it themselves.
  std::optional<bool> isCalled(const FunctionDecl &F, const Action &Start,
                               unsigned Depth) {
    auto It = A.functions().Callers.find(&F);
    if (It == A.functions().Callers.end())
      return F.getAccess() == AS_private ? std::nullopt : std::optional(false);
    std::optional<bool> Called;
    for (const FunctionDecl *Each : It->second) {
      const FunctionDecl *Caller = around(*Each);
      if (onlyOnce(*Caller, F))
        continue;
      if (isa<CXXConstructorDecl>(Caller) || Caller == &F ||
          A.classifier().isPoolCode(*Caller))
        continue;
      const auto *M = dyn_cast<CXXMethodDecl>(Caller);
      if (M && M->getParent() == P.Object) {
        // Another method of the object: who calls that?
        if (Depth < 3 && !A.classifier().isReset(*M))
          if (std::optional<bool> Deeper = isCalled(*M, Start, Depth + 1))
            Called = Called.value_or(false) || *Deeper;
        continue;
      }
      if (stopsItself(*Caller, Start))
        continue;
      // Who lends it the object may wait.
      if (Depth < 3 && llvm::any_of(Caller->parameters(), [&](const ParmVarDecl *P) {
            return leadsToObject(P->getType());
          }) &&
          !isCalled(*Caller, Start, Depth + 1))
        continue;
      return true;
    }
    return Called;
  }

  /// Who makes the lambda \p F; any other function itself.
  static const FunctionDecl *around(const FunctionDecl &F) {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    const auto *Maker = M && M->getParent()->isLambda()
                            ? dyn_cast<FunctionDecl>(M->getParent()->getDeclContext())
                            : nullptr;
    return Maker ? around(*Maker) : &F;
  }

  /// True when \p Caller calls \p F in a `call_once` and nowhere else.
  static bool onlyOnce(const FunctionDecl &Caller, const FunctionDecl &F) {
    const auto *M = dyn_cast<CXXMethodDecl>(&F);
    if (!M || !Caller.getBody())
      return false;
    Methods Calls;
    Calls.TraverseStmt(Caller.getBody());
    bool Elsewhere = llvm::any_of(Calls.All, [&](const CXXMethodDecl *Called) {
      return Called->getCanonicalDecl() == M->getCanonicalDecl();
    });
    return Calls.SawOnce && !Elsewhere;
  }

  /// True when \p User, or for what a member holds another member of its class,
  /// waits for the end by himself.
  bool stopsItself(const FunctionDecl &User, const Action &Start) {
    if (isStopped(Start, stopsOf(User)))
      return true;
    const auto *M = dyn_cast<CXXMethodDecl>(&User);
    return M && llvm::any_of(M->getParent()->fields(), [&](const FieldDecl *F) {
             return leadsToObject(F->getType());
           }) &&
           llvm::any_of(M->getParent()->methods(), [&](const CXXMethodDecl *Other) {
             return isStopped(Start, stopsOf(*Other));
           });
  }

  /// What a user does to a lease that may end something.
  std::vector<Action> stopsOf(const FunctionDecl &User) {
    std::vector<Action> Does = Reader.user(User, *P.Object).All;
    std::vector<Action> Starts;
    llvm::copy_if(Does, std::back_inserter(Starts), [](const Action &Each) {
      return Each.Kind == ActionKind::Start;
    });
    // A new worker is no end.
    llvm::erase_if(Does, [&](const Action &Each) {
      return llvm::any_of(Starts, [&](const Action &S) { return S.Loc == Each.Loc; });
    });
    return Does;
  }

  bool leadsToObject(QualType T) const {
    model::Shape S = model::shapeOfParameter(T);
    const CXXRecordDecl *R = S ? model::recordOf(S.Object) : nullptr;
    return R && R->getCanonicalDecl() == P.Object->getCanonicalDecl();
  }

  const Analysis &A;
  const PooledType &P;
  model::ActionReader &Reader;
  std::vector<Worker> Found;
};

} // namespace

void checkRunningWorker(const Analysis &A, Reporter &Out) {
  model::ActionReader Reader = actionReader(A);
  llvm::SmallVector<const PooledType *, 4> Told;
  for (const PooledType &P : A.pooled()) {
    if (!keepsObjects(*P.Family) ||
        llvm::any_of(Told, [&](const PooledType *T) {
          return T->Loc == P.Loc && T->Object == P.Object;
        }))
      continue;
    auto Workers = WorkerFinder(A, P, Reader).find();
    if (Workers.empty())
      continue;
    LeaseEnd End = leaseEnd(A, P, Reader);
    llvm::erase_if(Workers, [&](const WorkerFinder::Worker &W) {
      return isStopped(W.Start, End.Done);
    });
    if (Workers.empty())
      continue;
    Told.push_back(&P);
    const WorkerFinder::Worker &First = Workers.front();
    Report R;
    R.Loc = P.Loc;
    R.Types = typesOf(P);
    R.Sure = First.Called ? sureOf(P, End) : Confidence::Possible;
    R.Message = "'" + P.Object->getNameAsString() +
                "' is pooled, but neither its reset nor the put stops what '" +
                First.By->getNameAsString() + "' starts";
    for (const WorkerFinder::Worker &W : Workers)
      if (llvm::none_of(R.Notes, [&](const Report::Note &N) {
            return N.Loc == W.Start.Loc;
          }))
        R.Notes.push_back(
            {W.Start.Loc,
             "started by '" + model::simpleName(*W.Start.What) + "' here"});
    for (const FunctionDecl *F : End.Resets)
      R.Notes.push_back({F->getLocation(), "not stopped by the reset here"});
    for (const FunctionDecl *F : End.Puts)
      R.Notes.push_back({F->getLocation(), "not stopped by the put here"});
    Out.report(R);
  }
}

} // namespace pooltidy

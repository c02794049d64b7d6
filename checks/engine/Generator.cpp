//===- Generator.cpp - blocks and statements as facts ---------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Generator.h"
#include "Questions.h"
#include "Scratch.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace pooltidy {

namespace {
/// Largest body that is looked at, in CFG blocks; beyond it even reading the
/// facts once costs more than a compile.
constexpr unsigned MaxBlocks = 200'000;

CFG::BuildOptions cfgOptions() {
  CFG::BuildOptions O;
  O.AddImplicitDtors = true;
  O.AddTemporaryDtors = true;
  O.AddLifetime = true;
  O.AddInitializers = true;
  O.AddCXXDefaultInitExprInCtors = true;
  O.PruneTriviallyFalseEdges = true;
  O.setAllAlwaysAdd();
  return O;
}

} // namespace

SiteId FactsGenerator::site(SourceLocation L, const Stmt *At) {
  G->Sites.push_back({L, At});
  return G->Sites.size() - 1;
}

SiteId FactsGenerator::site(const Stmt *At) {
  if (InCleanup)
    return G->Facts.Leaving;
  if (!At)
    return G->Facts.End;
  auto [It, New] = SiteOf.try_emplace(At, 0);
  if (New) {
    SourceLocation L = At->getBeginLoc();
    if (const auto *M = dyn_cast<CXXMemberCallExpr>(At))
      L = M->getExprLoc();
    else if (const auto *C = dyn_cast<CompoundStmt>(At))
      L = C->getRBracLoc();
    It->second = site(L, At);
  }
  return It->second;
}

Fact &FactsGenerator::emit(FactKind K, const Stmt *At, uint32_t Flags) {
  Fact F;
  F.Kind = K;
  F.Flags = Flags;
  F.Site = site(At);
  auto &Facts = G->Facts.Blocks[Now].Facts;
  Facts.push_back(F);
  return Facts.back();
}

Fact &FactsGenerator::emitCall(FactKind K, CallSite C, const Stmt *At,
                               uint32_t Flags) {
  Fact &F = emit(K, At, Flags);
  F.Index = G->Facts.Calls.size();
  G->Facts.Calls.push_back(std::move(C));
  return F;
}

/// Temporaries end after their destructors, which come behind the expression.
void FactsGenerator::endTemporaries() {
  if (Ended) {
    emit(FactKind::TempsEnd, Ended);
    Temporaries.clear();
  }
  Ended = nullptr;
}

void FactsGenerator::element(const CFGElement &E) {
  if (E.getKind() != CFGElement::TemporaryDtor)
    endTemporaries();
  switch (E.getKind()) {
  case CFGElement::Statement:
  case CFGElement::Constructor:
  case CFGElement::CXXRecordTypedCall: {
    const Stmt *S = E.castAs<CFGStmt>().getStmt();
    tellAsserted(AssertsBefore, S);
    statement(S);
    tellAsserted(AssertsAfter, S);
    return;
  }
  case CFGElement::Initializer: {
    const CXXCtorInitializer *I = E.castAs<CFGInitializer>().getInitializer();
    if (const FieldDecl *F = I->getAnyMember()) {
      PlaceId This = T.Places.step(PlaceKind::Deref, thisPlace());
      PlaceId P = field(This, *F);
      if (F->getType()->isReferenceType()) {
        Fact &C = emit(FactKind::Copy, I->getInit());
        C.Dst = P;
        C.Src = bound(I->getInit());
      } else {
        initialise(P, F->getType(), I->getInit(), I->getInit());
      }
    }
    Ended = I->getInit();
    return;
  }
  case CFGElement::AutomaticObjectDtor: {
    auto D = E.castAs<CFGAutomaticObjDtor>();
    const VarDecl *V = D.getVarDecl();
    // Parameters are destroyed at the exit, where clang has only returns do it.
    if (V->getType()->isReferenceType() || isa<ParmVarDecl>(V))
      return;
    auto It = DeclaredAt.find(V);
    destroy(variable(*V), V->getType(), D.getTriggerStmt(),
            It == DeclaredAt.end() ? NoSite : It->second);
    return;
  }
  case CFGElement::CleanupFunction: {
    auto C = E.castAs<CFGCleanupFunction>();
    if (const FunctionDecl *With = C.getFunctionDecl())
      cleanUp(*C.getVarDecl(), *With, nullptr);
    return;
  }
  case CFGElement::TemporaryDtor: {
    const CXXBindTemporaryExpr *B =
        E.castAs<CFGTemporaryDtor>().getBindTemporaryExpr();
    PlaceId P = place(B);
    if (P != NoPlace && T.Places[P].Kind == PlaceKind::Temp)
      destroy(P, B->getType(), B, NoSite);
    return;
  }
  case CFGElement::MemberDtor: {
    const FieldDecl *F = E.castAs<CFGMemberDtor>().getFieldDecl();
    destroy(field(T.Places.step(PlaceKind::Deref, thisPlace()), *F), F->getType(),
            nullptr, NoSite);
    return;
  }
  case CFGElement::LifetimeEnds: {
    auto L = E.castAs<CFGLifetimeEnds>();
    const VarDecl *V = L.getVarDecl();
    PlaceId P = T.Places.root(PlaceKind::Local, T.symbol(*V), V->getName());
    endExtended(*V, L.getTriggerStmt());
    emit(FactKind::ScopeEnd, L.getTriggerStmt()).Dst = P;
    endBefore(*V, L.getTriggerStmt());
    return;
  }
  default:
    return;
  }
}

/// True for a member of a class of which some part is not known, as of one whose
/// header is missing: clang makes no graph of its destructor, it crashes.
static bool isOfBrokenClass(const FunctionDecl &Fn) {
  const auto *M = dyn_cast<CXXMethodDecl>(&Fn);
  if (!M)
    return false;
  auto IsUnknown = [](QualType Ty) {
    const auto *R = Ty->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    return R && !R->hasDefinition();
  };
  const CXXRecordDecl &Class = *M->getParent();
  return Class.isInvalidDecl() ||
         llvm::any_of(Class.fields(), [&](const FieldDecl *F) {
           return F->isInvalidDecl() || IsUnknown(F->getType());
         });
}

/// True where the temporaries of a branch's condition end in the blocks behind it.
static bool endsBehind(const Stmt *Terminator) {
  return isa_and_nonnull<IfStmt, WhileStmt, ForStmt, DoStmt, SwitchStmt>(Terminator);
}

/// Adds \p B to \p Out behind the switches that it is a case of.
static void addBehindSwitch(const CFGBlock &B, std::vector<bool> &Seen,
                            std::vector<const CFGBlock *> &Out) {
  if (Seen[B.getBlockID()])
    return;
  Seen[B.getBlockID()] = true;
  for (const CFGBlock::AdjacentBlock &A : B.preds())
    if (const CFGBlock *Pred = A.getReachableBlock();
        Pred && isa_and_nonnull<SwitchStmt>(Pred->getTerminatorStmt()))
      addBehindSwitch(*Pred, Seen, Out);
  Out.push_back(&B);
}

/// The blocks of \p Graph, so that what an expression uses has been seen before it:
/// clang numbers them backwards, but for a switch, whose cases have higher numbers.
static std::vector<const CFGBlock *> inOrder(const CFG &Graph) {
  std::vector<const CFGBlock *> ById(Graph.getNumBlockIDs()), Out;
  for (const CFGBlock *B : Graph)
    ById[B->getBlockID()] = B;
  std::vector<bool> Seen(ById.size());
  for (const CFGBlock *B : llvm::reverse(ById))
    if (B)
      addBehindSwitch(*B, Seen, Out);
  return Out;
}

std::unique_ptr<Generated> FactsGenerator::run(std::string &Why) {
  Stmt *Body = Fn.getBody();
  if (!Body)
    return nullptr;
  if (isa<CoroutineBodyStmt>(Body))
    Body = cast<CoroutineBodyStmt>(Body)->getBody();
  if (Fn.isInvalidDecl() || Fn.willHaveBody() || isOfBrokenClass(Fn)) {
    HasErrors = true;
    Why = "it has errors";
    return nullptr;
  }
  Graph = CFG::buildCFG(&Fn, Body, &T.Context, cfgOptions());
  if (!Graph) {
    Why = "clang makes no control flow graph of it";
    return nullptr;
  }
  if (Graph->getNumBlockIDs() > MaxBlocks) {
    Why = "it is too large";
    return nullptr;
  }
  G = std::make_unique<Generated>();
  FunctionFacts &Facts = G->Facts;
  Facts.Name = Fn.getQualifiedNameAsString();
  Facts.Blocks.resize(Graph->getNumBlockIDs());
  Facts.Entry = Graph->getEntry().getBlockID();
  Facts.Exit = Graph->getExit().getBlockID();
  Facts.End = site(Body->getEndLoc(), Body);
  Facts.Leaving = site(Body->getEndLoc(), Body);
  Facts.ThrowExit = Facts.Blocks.size();
  Facts.Blocks.emplace_back();
  if (!Fn.getReturnType()->isVoidType())
    Facts.Result = T.Places.root(PlaceKind::Result, T.symbol(*Fn.getCanonicalDecl()), "");
  if (const auto *P = Fn.getType()->getAs<FunctionProtoType>())
    NoThrowFunction = P->isNothrow();
  if (const auto *C = dyn_cast<CXXConstructorDecl>(&Fn))
    for (const CXXCtorInitializer *I : C->inits()) {
      survey(I->getInit());
      // Bases and delegated-to constructors work on the object itself.
      if (!I->getAnyMember())
        if (const auto *K = dyn_cast_or_null<CXXConstructExpr>(
                I->getInit()->IgnoreUnlessSpelledInSource()))
          Targets[K] = T.Places.step(PlaceKind::Deref, thisPlace());
    }
  survey(Body);
  findCounters(*Body);
  findSoleOwners(*Body);
  logicalValues();
  if (HasErrors) {
    Why = "it has errors";
    return nullptr;
  }
  Scope *Outermost = nullptr;
  if (const auto *C = dyn_cast<CXXConstructorDecl>(&Fn))
    Outermost = constructorScopes(*C);
  if (const auto *Try = dyn_cast<CXXTryStmt>(Body); Try && Outermost)
    scopes(Try->getTryBlock(), Outermost);
  else
    scopes(Body, Outermost);
  for (const CFGBlock *B : Graph->try_blocks())
    if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(B->getTerminatorStmt()))
      Dispatch[Try] = B;
  const bool Shares = sharesCleanups();
  for (const CFGBlock *B : inOrder(*Graph)) {
    const unsigned Id = B->getBlockID();
    enterBlock(Id);
    for (const CFGBlock::AdjacentBlock &A : B->preds())
      if (const CFGBlock *Pred = A.getReachableBlock()) {
        const Stmt *S = Pred->getTerminatorStmt();
        if (endsBehind(S)) {
          const Stmt *Cond = Pred->getTerminatorCondition();
          emit(FactKind::TempsEnd, Cond ? Cond : S);
          break;
        }
      }
    llvm::SmallVector<CFGElement, 16> Elements(B->begin(), B->end());
    size_t Own = Shares ? Elements.size() - cleanupsAtEnd(*B, *Graph)
                        : Elements.size();
    for (const CFGElement &E : llvm::ArrayRef(Elements).take_front(Own))
      element(E);
    // A branch over conditional temporaries still has their destructors ahead, and
    // what was known of a condition's is asked yet.
    if (B->getTerminator().isTemporaryDtorsBranch()) {
      Ended = nullptr;
    } else if (Ended && endsBehind(B->getTerminatorStmt())) {
      Ended = nullptr;
      Temporaries.clear();
    }
    endTemporaries();
    enterBlock(Id);
    // Parameters of class type are destroyed when the function is left.
    if (Id == Facts.Exit)
      for (const ParmVarDecl *P : Fn.parameters())
        if (P->getType()->isRecordType())
          destroy(variable(*P), P->getType(), nullptr,
                  site(P->getLocation(), nullptr));
    if (Id == Facts.Exit)
      for (const FieldDecl *F : scratchViews(Fn))
        emit(FactKind::ScopeEnd, nullptr).Dst =
            field(T.Places.step(PlaceKind::Deref, thisPlace()), *F);
    if (Own == Elements.size()) {
      terminator(*B);
    } else {
      BlockId To = cleanup(llvm::ArrayRef(Elements).drop_front(Own));
      Facts.Blocks[Id].Out.push_back({To, {}});
    }
  }
  rounds();
  finishLeaving();
  waitBehindLoops();
  noteWaits();
  markQuestions(*G, T.Places);
  tellInFlight();
  finish();
  return std::move(G);
}

} // namespace pooltidy

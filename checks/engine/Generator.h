//===- Generator.h - one function as facts ----------------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
// FactsGenerator: the only part that knows C++ statements. Walks the clang CFG
// of one function (without EH edges; Unwind.cpp adds the exception paths) and
// emits facts. Its files: Survey.cpp (one look at the statement tree before),
// Generator.cpp (blocks), Statements.cpp, Expressions.cpp (which place or value an
// expression is), Conditions.cpp (what a branch knows), Calls.cpp (calls by their
// meaning), Leases.cpp (acquires and puts), SummaryCalls.cpp (calls of what has a
// body), UnknownCalls.cpp (calls nobody explains), Construction.cpp, Tasks.cpp and
// Waits.cpp (threads), Closures.cpp, Handles.cpp (RAII owners), Derivations.cpp (what looks into what), Holders.cpp
// (views in containers and the like), Coroutines.cpp (what they hand out and wait for),
// SoleOwners.cpp (shared owners that nobody shares), HeldViews.cpp (views in members),
// Unwind.cpp (exceptions), Cleanups.cpp (returns), Entities.cpp (what the function is given),
// Sizes.cpp (what grows containers, and what asks how large they are), Loops.cpp
// (what ends loops).
//
//===----------------------------------------------------------------------===//
#ifndef POOLTIDY_ENGINE_GENERATOR_H
#define POOLTIDY_ENGINE_GENERATOR_H

#include "Facts.h"
#include "Tu.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseSet.h"
#include <tuple>

namespace pooltidy {

/// How many elements at the end of \p B destroy variables because the function
/// is left there.
unsigned cleanupsAtEnd(const clang::CFGBlock &B, const clang::CFG &Graph);

/// Facts of one function with the source places behind them.
struct Generated {
  FunctionFacts Facts;
  struct Site {
    clang::SourceLocation Loc;
    const clang::Stmt *At = nullptr;
  };
  std::vector<Site> Sites;
  std::vector<PlaceId> Entities; ///< places that hold something at the entry
  llvm::DenseMap<SiteId, const clang::CXXRecordDecl *> TypeAt;
  Summary Known; ///< the parts of the summary that need no simulation
};

class FactsGenerator {
public:
  FactsGenerator(Tu &T, const clang::FunctionDecl &F) : T(T), Fn(F) {}
  /// Null when the function has no body to speak of, has errors, or clang
  /// makes no CFG of it; \p Why then says so for the user.
  std::unique_ptr<Generated> run(std::string &Why);
  /// True when run() met what does not compile.
  bool hasErrors() const { return HasErrors; }

private:
  // --- Survey.cpp, Generator.cpp, Statements.cpp, Entities.cpp
  void survey(const clang::Stmt *S);
  void surveyTasks(const clang::Stmt *S);
  void endExtended(const clang::VarDecl &V, const clang::Stmt *At);
  void endBefore(const clang::VarDecl &Range, const clang::Stmt *At);
  void enterBlock(BlockId B) { Now = B; }
  void endTemporaries();
  Fact &emit(FactKind K, const clang::Stmt *At, uint32_t Flags = NoFlags);
  /// A fact about the call \p C: an Apply or a Capture.
  Fact &emitCall(FactKind K, CallSite C, const clang::Stmt *At,
                 uint32_t Flags = NoFlags);
  SiteId site(clang::SourceLocation L, const clang::Stmt *At);
  SiteId site(const clang::Stmt *At);
  void element(const clang::CFGElement &E);
  void statement(const clang::Stmt *S);
  void declare(const clang::VarDecl &V, const clang::Stmt *At);
  void nameBindings(const clang::DecompositionDecl &D);
  void initialise(PlaceId Dst, clang::QualType Type, const clang::Expr *Init,
                  const clang::Stmt *At);
  void assign(const clang::BinaryOperator &B);
  void finish();
  bool isTracked(clang::QualType T) const;
  bool isPartOfObject(PlaceId P) const;

  // --- Expressions.cpp
  /// Where a glvalue (or class prvalue) lives; NoPlace when nothing is known.
  PlaceId place(const clang::Expr *E);
  /// What an expression's value is.
  Operand operand(const clang::Expr *E);
  /// What binding a reference to \p E gives the reference: an address.
  Operand bound(const clang::Expr *E);
  /// What argument \p E gives a parameter of type \p Param.
  Operand argument(const clang::Expr *E, clang::QualType Param);
  PlaceId behind(const Operand &Pointer);
  Operand addressOf(PlaceId P);
  PlaceId variable(const clang::VarDecl &V);
  PlaceId captured(const clang::VarDecl &V);
  PlaceId field(PlaceId Of, const clang::FieldDecl &F);
  PlaceId temp(const clang::Expr *E);
  PlaceId thisPlace();
  /// True when \p E names one of many (an element by variable index): a store
  /// there must not be taken for a name.
  bool isOneOfMany(const clang::Expr *E);
  /// What makes the object that a prvalue initialises, without its wrapping.
  static const clang::Expr *maker(const clang::Expr *E);
  /// The one value that a list in braces stands for: `T x{f()}`; or null.
  static const clang::Expr *onlyValue(const clang::InitListExpr &L);

  // --- Conditions.cpp
  Operand truth(const clang::Expr *E);
  void compose(const clang::BinaryOperator &B);
  void logicalValues();
  void terminator(const clang::CFGBlock &B);
  Operand opaque(const clang::Expr *E);
  Operand difference(const clang::Expr *E, uint32_t Hash, Cmp Op, bool Swapped);
  void condition(const clang::Expr *E, Predicate &Test,
                 llvm::SmallVectorImpl<PlaceId> &Reads);
  void readsOf(const clang::Expr *E, llvm::SmallVectorImpl<PlaceId> &Reads,
               bool Answers = true);
  Predicate constAnswer(const clang::Expr *E);
  bool isTurned(const clang::BinaryOperator &Comparison) const;

  // --- Calls.cpp
  void call(const clang::CallExpr &C);
  // (Construction.cpp)
  void construct(const clang::CXXConstructExpr &C);
  void newExpr(const clang::CXXNewExpr &N);
  bool copiesPointer(clang::QualType Class);
  void deleteExpr(const clang::CXXDeleteExpr &D);
  void listed(const clang::CXXStdInitializerListExpr &L);
  void lambda(const clang::LambdaExpr &L);
  struct CallShape {
    const clang::Expr *Expr = nullptr;
    const clang::FunctionDecl *Callee = nullptr;
    PlaceId This = NoPlace;      ///< storage of the object called on
    const clang::Expr *ThisExpr = nullptr;
    llvm::SmallVector<const clang::Expr *, 4> Args;
    PlaceId Ret = NoPlace;       ///< where the result goes
    bool ResultUsed = true;
  };
  CallShape shapeOf(const clang::CallExpr &C);
  void callFacts(const CallShape &S);
  bool wellKnown(const CallShape &S);
  bool tied(const CallShape &S);
  bool makesParts(PlaceId Dst, clang::QualType Pair,
                 llvm::ArrayRef<const clang::Expr *> Args, const clang::Stmt *At);
  bool byMeaning(const CallShape &S);
  void acquire(const CallShape &S, const model::CallMeaning &M);
  PlaceId movedFrom(const clang::Expr &Arg);
  // (Failures.cpp)
  static std::optional<uint8_t> othersRemain(const clang::Expr *Cond);
  enum class Fit { No, Perhaps, Yes };
  Fit fits(const CallSite &C,
           llvm::ArrayRef<std::pair<PlaceId, Range>> Given) const;
  Fit givesNull(const clang::FunctionDecl &Body, const CallSite &C);
  bool givesDeleter(const CallShape &S);
  void mayTake(const CallShape &S, unsigned I);
  void mayLink(const CallShape &S, PlaceId Part, clang::QualType Ty, unsigned Index);
  uint32_t failure(const CallShape &S, const model::Operation &Op,
                   Predicate &Test);
  void keepAnswer(const CallShape &S);
  void need(const Operand &O, const clang::Stmt *At);
  void needIndex(const clang::Expr *Index, const clang::Stmt *At);
  bool isNonNull(const CallShape &S, unsigned Index) const;
  void put(const CallShape &S, const model::CallMeaning &M);
  bool resets(const CallShape &S);
  void renewPointers(const CallShape &S);
  bool bySummary(const CallShape &S);
  Operand slotOperand(const CallShape &S, const model::Slot &Slot);
  PlaceId poolOf(const CallShape &S, const model::Operation &Op);
  void childOf(const CallShape &S, const model::CallMeaning &M, PlaceId Lease);
  uint32_t limitFlags(const CallShape &S, const model::Operation &Op);
  uint32_t takenPointer(const CallShape &S, const model::CallMeaning &M);
  Operand substitute(const Operand &O, const CallSite &C);
  PlaceId substitutePlace(PlaceId P, const CallSite &C);
  void bindCall(const CallShape &S, CallSite &Site);
  bool keptAsLeft(const CallShape &S, const model::CallMeaning &M);
  uint32_t resetFlags(const model::Pool &P, const clang::FunctionDecl *Put,
                      clang::QualType Object);
  void mayThrow(const CallShape &S, const CallSite *Known);
  void freshLeases(const CallShape &S, const Summary &Sum, const CallSite &C);
  bool putsAtEnd(const clang::FunctionDecl &Constructor, const FreshLease &L);

  // --- FreshValues.cpp
  bool isFreshValue(const clang::Expr *E);
  bool renews(const CallShape &S);
  bool copiesBytes(const CallShape &S);
  // (ZeroFills.cpp)
  bool fillsWithZero(const CallShape &S);
  PlaceId walkedFrom(const clang::Expr *Begin);

  // --- Optionals.cpp
  bool optionalCall(const CallShape &S);
  bool optionalConstruct(const clang::CXXConstructExpr &C, PlaceId Dst);
  bool optionalOf(PlaceId Dst, clang::QualType Ty, const clang::Expr *Given,
                  const clang::Stmt *At);
  // (Statuses.cpp)
  bool statusCall(const CallShape &S, const clang::CXXMethodDecl &M);
  Predicate succeeded(clang::QualType Status, PlaceId At);
  Predicate toldByFields(const FreshLease &L, const CallSite &C);
  bool copiesStatus(clang::QualType Class);
  Operand emptiness(const clang::Expr *L, const clang::Expr *R, bool Equal);

  // --- Asserts.cpp
  /// A test of an assertion, by the names that it uses.
  struct AssertedTest {
    const clang::VarDecl *Var = nullptr; ///< null: a member of this
    llvm::SmallVector<std::pair<const clang::FieldDecl *, bool>, 2>
        Path; ///< members, each with whether it is reached by `->`
    Cmp Op = Cmp::NE;
    int64_t Number = 0;
    bool Known = false; ///< Op and Number say it; else it is just about Var
  };
  struct Assertion {
    llvm::SmallVector<AssertedTest, 2> Tests;
    bool Never = false; ///< nobody gets past it
    bool Told = false;
    const clang::Stmt *At = nullptr;
  };
  friend class AssertReader;
  void findAssertion(const clang::CompoundStmt &In, unsigned Index);
  void assertBefore(const clang::Stmt *S, unsigned Which);
  void tellAssertion(Assertion &A);
  void tellAsserted(const llvm::DenseMap<const clang::Stmt *, unsigned> &Where,
                    const clang::Stmt *S);
  std::vector<Assertion> Assertions;
  llvm::DenseMap<const clang::Stmt *, unsigned> AssertsBefore, AssertsAfter;
  std::vector<const clang::VarDecl *> Visible; ///< variables, while surveying
  // --- Sizes.cpp
  void growth(const CallShape &S);
  bool streamGrowth(const CallShape &S);
  PlaceId streamAsked(const clang::Expr *E);
  void sized(PlaceId Of, const clang::Expr *Count,
             const clang::CXXRecordDecl &Container, const clang::Stmt *At);
  void sizesIn(const clang::Expr *E, llvm::SmallVectorImpl<Operand> &Out);
  void asked(const Operand &O, bool Compared, const clang::Stmt *At);
  void comparing(const clang::BinaryOperator &B);
  void atMost(const clang::Expr *Cond, Edge &Then, Edge &Else);
  void assignedSize(PlaceId Dst, const clang::Expr *E, const clang::Stmt *At);
  void resetStorage(const CallShape &S, PlaceId Object);
  void freshStorage(PlaceId Object, const clang::CXXMethodDecl &Assign,
                    const clang::Stmt *At);
  bool movesStorage(const clang::CXXRecordDecl &R);
  void noteSizes(const clang::Stmt *S);

  // --- Counters.cpp
  void findCounters(const clang::Stmt &Body);
  void counted(const clang::Expr &Condition, Predicate Test);

  // --- Loops.cpp
  PlaceId roundOf(const clang::VarDecl &Begin);
  LoopFacts loop(const clang::Stmt &S);
  PlaceId walked(const clang::Expr *E);
  void rounds();

  // --- Derivations.cpp
  void looks(PlaceId Dst, const Operand &O, const clang::Stmt *At,
             uint32_t Flags = NoFlags);
  Operand lookedAt(const clang::Expr *E);
  PlaceId lookedInto(PlaceId P) const;
  void noteLook(PlaceId Dst, PlaceId Of);
  void derive(const CallShape &S, PlaceId Dst);
  void lookThrough(const CallShape &S, const clang::CXXMethodDecl &M);
  void passView(const CallShape &S, const clang::Expr *Arg, clang::QualType Param);

  // --- Holders.cpp
  PlaceId part(PlaceId Whole, clang::QualType Of, unsigned I);
  PlaceId elements(PlaceId Of);
  Operand partGot(const CallShape &S);
  void madeOf(PlaceId Dst, clang::QualType Kept,
              llvm::ArrayRef<const clang::Expr *> Args, const clang::Stmt *At);
  void filledWith(PlaceId Dst, clang::QualType Element,
                  llvm::ArrayRef<const clang::Expr *> Args, const clang::Stmt *At);
  void looksNowhere(PlaceId P, const clang::Stmt *At);
  bool leavesElements(const clang::CXXMethodDecl &M);
  void holds(const CallShape &S, const clang::CXXMethodDecl &M);
  void keysAdded(const CallShape &S, const clang::CXXMethodDecl &M);

  // --- HeldViews.cpp
  bool keepsViews(clang::QualType T, unsigned Depth = 0);
  void copyViews(PlaceId Dst, PlaceId From, const clang::CXXRecordDecl &R,
                 const clang::Stmt *At, unsigned Depth = 0);
  void makesWithViews(PlaceId Dst, clang::QualType Made,
                      llvm::ArrayRef<const clang::Expr *> Args,
                      const clang::Stmt *At);

  // --- Coroutines.cpp
  bool isPromise(const clang::VarDecl &V) const;
  void handOver(const clang::CallExpr *To, const clang::Stmt *At);
  void yields(const clang::CoyieldExpr &Y);
  void coReturns(const clang::CoreturnStmt &R);
  void awaitedViews(PlaceId Of, const clang::CXXRecordDecl &R,
                    const clang::Stmt *At, unsigned Depth = 0);

  // --- SoleOwners.cpp
  void findSoleOwners(const clang::Stmt &Body);

  // --- TestPoints.cpp
  bool testPoint(const CallShape &S);

  // --- UnknownCalls.cpp
  void unknownCall(const CallShape &S);
  void unknownMethod(const CallShape &S, const clang::CXXMethodDecl &M);
  void unknownArgument(const CallShape &S, const clang::Expr *Arg,
                       clang::QualType Param, unsigned Index);
  void assignObject(const CallShape &S, const clang::CXXMethodDecl &M);
  void giveAway(PlaceId P, bool Empties, const clang::Stmt *At,
                PlaceId Into = NoPlace, Predicate Kept = {});

  // --- Closures.cpp
  void closureArgument(const CallShape &S, const clang::Expr *Arg);
  void keepClosure(PlaceId Closure, const clang::CXXRecordDecl &R,
                   const clang::Stmt *At);
  void keepDeleter(const clang::Expr *Deleter, const clang::Stmt *At);

  // --- Tasks.cpp, Waits.cpp
  bool isTaskType(clang::QualType Ty);
  bool mayHoldTasks(clang::QualType Ty, unsigned Depth = 0);
  bool startTask(const CallShape &S);
  bool emplacesTask(const CallShape &S);
  void waits(const CallShape &S);
  void waitByName(const CallShape &S);
  void mayWait(const CallShape &S);
  void waitAtEnd(PlaceId P, clang::QualType Ty, const clang::Stmt *At);
  void waitOn(PlaceId On, const clang::Stmt *At, uint32_t Flags = NoFlags);
  void waitBehindLoops();
  void noteWaits();

  // --- Handles.cpp
  struct HandleShape {
    bool Is = false;
    bool Shared = false;          ///< copies share: not followed
    FamilyId Puts = NoFamily;     ///< what its destructor puts to
    const model::Pool *Family = nullptr;
    const model::Handle *Model = nullptr;
    bool Deletes = false;         ///< std::default_delete
    const clang::FunctionDecl *Deleter = nullptr; ///< whose body says how
  };
  HandleShape handleOf(clang::QualType T, PlaceId P);
  bool handleCall(const CallShape &S);
  bool handleConstruct(const clang::CXXConstructExpr &C, PlaceId Dst);
  void destroy(PlaceId P, clang::QualType T, const clang::Stmt *At,
               SiteId Decl, unsigned Depth = 0);
  void cleanUp(const clang::VarDecl &V, const clang::FunctionDecl &With,
               const clang::Stmt *At);
  void dropHandle(PlaceId P, const HandleShape &H, const clang::Stmt *At,
                  SiteId Decl, bool AtScopeEnd);
  const clang::FunctionDecl *deleterFunction(const clang::Expr *Deleter);
  const model::Pool *deleterFamily(const clang::FunctionDecl &Deleter);

  // --- Unwind.cpp
  /// One variable or member that is alive, or one try that catches, and what is
  /// around.
  struct Scope {
    Scope *Outer = nullptr;
    const clang::VarDecl *Var = nullptr;
    const clang::CXXTryStmt *Try = nullptr;
    const clang::CXXCtorInitializer *Part = nullptr;
  };
  Scope *constructorScopes(const clang::CXXConstructorDecl &C);
  void leaveScope(const Scope &S);
  void scopes(const clang::Stmt *S, Scope *&Current);
  /// \p Thrown is the canonical type of the exception, null when unknown.
  BlockId unwindFrom(Scope *S, const clang::Type *Thrown);
  BlockId leaveTemporaries(BlockId Next);
  void throwFrom(const clang::Stmt *At, bool IsAssumed,
                 const clang::Type *Thrown = nullptr,
                 const CallSite *Callee = nullptr);
  void finishLeaving();
  void rethrow(const clang::CXXThrowExpr &E);
  void allocationMayThrow(const clang::CXXNewExpr &N);

  // --- Uncaught.cpp
  PlaceId inFlight();
  bool asksInFlight(const CallSite &C) const;
  void tellInFlight();

  // --- Cleanups.cpp
  bool sharesCleanups() const;
  BlockId cleanup(llvm::ArrayRef<clang::CFGElement> Destroyed);

  Tu &T;
  const clang::FunctionDecl &Fn;
  std::unique_ptr<Generated> G;
  std::unique_ptr<clang::CFG> Graph;
  BlockId Now = NoBlock;
  bool NoThrowFunction = false;
  bool HasErrors = false;
  bool NamesIds = false; ///< an acquire of an id that can fail was met
  bool GrowsAnything = false; ///< some call may make a container larger
  /// A side of what a loop asks is stepped by 1 or -1.
  struct Counter {
    int By = 0;
    bool Left = false;
  };
  llvm::DenseMap<const clang::Expr *, Counter> Counters;
  /// Conditions of loops that walk: what they compare is no question of size.
  llvm::DenseSet<const clang::Stmt *> Rounds;
  llvm::DenseMap<const clang::Expr *, Operand> Results;
  llvm::DenseMap<const clang::Expr *, PlaceId> Targets; ///< of constructions
  llvm::DenseMap<const clang::Expr *, PlaceId> Arms;    ///< of ?:
  /// The first and the last operand of && and ||.
  llvm::DenseMap<const clang::Expr *, PlaceId> Firsts, Lasts;
  /// Conditional operators of which the value is read at once, and their arms.
  llvm::DenseSet<const clang::Expr *> Loaded;
  llvm::DenseSet<const clang::Stmt *> FullExpressions;
  unsigned StmtExprs = 0; ///< around what is surveyed
  /// Statements in `({ … })`: the full-expression goes on behind them.
  llvm::DenseSet<const clang::Stmt *> WithinExpr;
  llvm::DenseSet<const clang::Stmt *> Discarded; ///< result is not looked at
  llvm::DenseMap<const clang::VarDecl *, PlaceId> Aliases; ///< references
  /// Temporaries that live as long as a variable, by the variable.
  llvm::DenseMap<const clang::VarDecl *,
                 llvm::SmallVector<std::pair<PlaceId, clang::QualType>, 1>>
      Extended;
  /// What a range-for declares before its range, by the variable of the range.
  llvm::DenseMap<const clang::VarDecl *, const clang::DeclStmt *> EndsWith;
  /// References to parts of objects: what is behind them, by the reference.
  llvm::DenseMap<PlaceId, PlaceId> BoundTo;
  llvm::DenseMap<const clang::VarDecl *, unsigned> Assigned;
  llvm::DenseMap<PlaceId, const clang::FunctionDecl *> Deleters; ///< by handle
  llvm::DenseSet<PlaceId> SoleOwners; ///< shared_ptr variables that nobody shares
  llvm::DenseMap<const clang::Stmt *, SiteId> SiteOf;
  llvm::DenseMap<const clang::VarDecl *, SiteId> DeclaredAt;
  std::vector<std::unique_ptr<Scope>> Scopes;
  llvm::DenseMap<const clang::Stmt *, Scope *> ScopeOf;
  /// The handler around, while scopes are read, and that of each `throw;`.
  const clang::CXXCatchStmt *Handler = nullptr;
  llvm::DenseMap<const clang::Stmt *, const clang::CXXCatchStmt *> Rethrows;
  llvm::DenseMap<const clang::CXXTryStmt *, const clang::CFGBlock *> Dispatch;
  llvm::DenseMap<std::pair<Scope *, const clang::Type *>, BlockId> Unwinding;
  struct Leaving {
    BlockId Block;
    uint32_t Index;
    Scope *From;
    llvm::SmallVector<const clang::CXXBindTemporaryExpr *, 2> Temporaries;
  };
  std::vector<Leaving> MayLeave; ///< facts that still want their way out
  /// Temporaries of the full-expression that have destructors, as they come.
  llvm::SmallVector<const clang::CXXBindTemporaryExpr *, 2> Temporaries;
  /// The loops around each call that is in one.
  llvm::DenseMap<const clang::Stmt *, llvm::SmallVector<const clang::Stmt *, 2>>
      LoopExits;
  llvm::SmallVector<const clang::Stmt *, 4> LoopsAround; ///< in the survey
  llvm::SmallVector<const clang::Stmt *, 4> Waiting; ///< in loops
  bool StartsTasks = false; ///< some call starts a task, or gives one
  /// What an iterator or view was taken of; NoPlace where that differs.
  llvm::DenseMap<PlaceId, PlaceId> LooksInto;
  bool HasPromises = false; ///< some call gives the future of a promise
  const clang::Stmt *Ended = nullptr; ///< a full-expression just evaluated
  /// Blocks that destroy a variable (or end its lifetime) and go on to another.
  llvm::DenseMap<std::tuple<const clang::VarDecl *, unsigned, BlockId>, BlockId>
      Cleanups;
  bool InCleanup = false;
  llvm::SmallVector<BlockId, 4> UnwindBlocks; ///< those made for exceptions
  unsigned NextTemp = 0;
  llvm::DenseMap<const clang::Expr *, unsigned> TempNumbers;
};

} // namespace pooltidy

#endif

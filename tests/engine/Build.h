//===- Build.h - functions written as facts by hand -------------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
//
//   Build B;
//   PlaceId b = B.local("b");
//   B.acquire(b);
//   B.either(B.unknown(), [&] { B.put(b); });
//   B.leave();
//   EXPECT_EQ(B.run(), "leak of b at acquire");
//
// Facts go to the current block; each gets a site that is spelled by its kind
// and, from the second on, its number: "put", "put 2".
//
//===----------------------------------------------------------------------===//
#ifndef TESTS_ENGINE_BUILD_H
#define TESTS_ENGINE_BUILD_H

#include "Describe.h"
#include "engine/Solver.h"
#include <gtest/gtest.h>
#include <set>

namespace pooltidy {

class Build {
public:
  Build() {
    F.Name = "f";
    F.Blocks.resize(3);
    F.Entry = 0;
    F.Exit = 1;
    F.ThrowExit = 2;
    F.End = site("end");
    Families.resize(2);
    Now = F.Entry;
  }

  PlaceTable Places;
  FunctionFacts F;
  std::vector<FamilyFacts> Families; ///< two, and the facts here use the first
  SolverLimits Limits;
  Summary Sum;                       ///< what the last run() made

  // --- places
  PlaceId local(const char *Name) { return root(PlaceKind::Local, Name); }
  PlaceId param(const char *Name) { return root(PlaceKind::Param, Name); }
  PlaceId global(const char *Name) { return root(PlaceKind::Global, Name); }
  PlaceId temp() { return root(PlaceKind::Temp, ""); }
  PlaceId thisPointer() { return root(PlaceKind::This, "this"); }
  /// What the function returns; asking makes it return something.
  PlaceId result() {
    if (F.Result == NoPlace)
      F.Result = root(PlaceKind::Result, "");
    return F.Result;
  }
  PlaceId deref(PlaceId P) { return Places.step(PlaceKind::Deref, P); }
  SymbolId fieldNamed(const char *Name, bool Bounds = false,
                      bool TrivialStorage = false, bool Kept = false) {
    auto [It, New] = Fields.try_emplace(Name, 0);
    if (New)
      It->second = Places.addField({Name, TrivialStorage, Bounds, Kept, false});
    return It->second;
  }
  PlaceId field(PlaceId P, const char *Name) {
    return Places.step(PlaceKind::Field, P, fieldNamed(Name), Name);
  }
  /// `P->Name`
  PlaceId arrow(PlaceId P, const char *Name) { return field(deref(P), Name); }

  // --- predicates
  Predicate is(PlaceId P, int64_t N) { return {P, Cmp::EQ, N}; }
  Predicate nonNull(PlaceId P) { return {P, Cmp::NE, 0}; }
  Predicate null(PlaceId P) { return {P, Cmp::EQ, 0}; }
  /// A condition nobody knows anything of; as a loop's, in each round anew.
  Predicate unknown() {
    PlaceId P = root(PlaceKind::Local, "?");
    Unknown.insert(P);
    return nonNull(P);
  }

  // --- facts
  SiteId site(const char *Word) {
    unsigned N = ++SitesOf[Word];
    Sites.push_back(N == 1 ? Word
                           : std::string(Word) + " " + std::to_string(N));
    return Sites.size() - 1;
  }
  Fact &fact(FactKind K, const char *Word, uint32_t Flags = NoFlags) {
    Fact New;
    New.Kind = K;
    New.Flags = Flags;
    New.Site = site(Word);
    F.Blocks[Now].Facts.push_back(New);
    return F.Blocks[Now].Facts.back();
  }
  Fact &acquire(PlaceId Dst, uint32_t Flags = NoFlags, Predicate Test = {}) {
    Fact &A = fact(FactKind::Acquire, "acquire", Flags);
    A.Dst = Dst;
    A.Family = 0;
    A.Test = Test;
    return A;
  }
  Fact &put(Operand Src, uint32_t Flags = NoFlags, Predicate Test = {}) {
    Fact &P = fact(FactKind::Put, "put", Flags);
    P.Src = Src;
    P.Family = 0;
    P.Test = Test;
    return P;
  }
  Fact &put(PlaceId Of, uint32_t Flags = NoFlags, Predicate Test = {}) {
    return put(Operand::value(Of), Flags, Test);
  }
  void reset(PlaceId Dst) { fact(FactKind::Reset, "reset").Dst = Dst; }
  Fact &write(PlaceId Dst, uint32_t Flags = NoFlags) {
    Fact &W = fact(FactKind::Write, "write", Flags);
    W.Dst = Dst;
    return W;
  }
  void read(PlaceId Dst) { fact(FactKind::Read, "read").Dst = Dst; }
  void use(PlaceId Of) { fact(FactKind::Use, "use").Src = Operand::value(Of); }
  void copy(PlaceId Dst, PlaceId From) {
    set(FactKind::Copy, "copy", Dst, Operand::value(From));
  }
  void point(PlaceId Dst, PlaceId To) {
    set(FactKind::Copy, "copy", Dst, Operand::address(To));
  }
  void move(PlaceId Dst, PlaceId From) {
    set(FactKind::Move, "move", Dst, Operand::value(From));
  }
  /// \p Dst comes to look into what \p Src is.
  Fact &derive(PlaceId Dst, Operand Src, uint32_t Flags = NoFlags) {
    Fact &D = fact(FactKind::Derive, "derive");
    D.Flags = Flags;
    D.Dst = Dst;
    D.Src = Src;
    return D;
  }
  void swap(PlaceId A, PlaceId B) {
    set(FactKind::Swap, "swap", A, Operand::value(B));
  }
  void assign(PlaceId Dst, Operand O = {}) {
    set(FactKind::Assign, "assign", Dst, O);
  }
  void assign(PlaceId Dst, int64_t N) { assign(Dst, Operand::constant(N)); }
  void assign(PlaceId Dst, Predicate T) { assign(Dst, Operand::truth(T)); }
  void store(PlaceId Of) {
    fact(FactKind::Store, "store").Src = Operand::value(Of);
  }
  /// An unknown body may take \p Of; it returns \p Ret.
  void take(PlaceId Of, PlaceId Ret = NoPlace) {
    set(FactKind::Take, "take", Ret, Operand::value(Of));
  }
  /// A task starts and is given \p Given; \p Body is what it does, when known.
  void capture(PlaceId Task, llvm::ArrayRef<Operand> Given,
               uint32_t Flags = NoFlags) {
    CallSite C;
    for (const Operand &O : Given)
      C.Bindings.push_back({NoPlace, O});
    capture(Task, std::move(C), Flags);
  }
  void capture(PlaceId Task, CallSite C, uint32_t Flags = NoFlags) {
    Fact &New = fact(FactKind::Capture, "start", Flags);
    New.Dst = Task;
    New.Index = F.Calls.size();
    F.Calls.push_back(std::move(C));
  }
  void wait(PlaceId On, uint32_t Flags = NoFlags) {
    fact(FactKind::Wait, "wait", Flags).Dst = On;
  }
  void clobber() { fact(FactKind::Clobber, "clobber"); }
  void tempsEnd() { fact(FactKind::TempsEnd, "temps end"); }
  void scopeEnd(PlaceId Of) { fact(FactKind::ScopeEnd, "scope end").Dst = Of; }
  void mayThrow(BlockId To, uint32_t Flags = NoFlags) {
    fact(FactKind::MayThrow, "throw", Flags).Index = To;
  }
  Fact &apply(CallSite C, uint32_t Flags = NoFlags) {
    Fact &A = fact(FactKind::Apply, "call", Flags);
    A.Index = F.Calls.size();
    F.Calls.push_back(std::move(C));
    return A;
  }
  void test(uint32_t Point) {
    fact(FactKind::TestPoint, "point").Index = Point;
  }

  // --- the way through; after these four the current block is closed
  void go(BlockId To) {
    F.Blocks[Now].Out.push_back({To, {}});
    Now = NoBlock;
  }
  void leave() { go(F.Exit); }
  void giveBack(Operand O = {}) {
    fact(FactKind::Return, "return").Src = O;
    leave();
  }
  void giveBack(PlaceId P) { giveBack(Operand::value(P)); }
  void stop() {
    fact(FactKind::Stop, "stop");
    Now = NoBlock;
  }

  BlockId block() {
    F.Blocks.emplace_back();
    return F.Blocks.size() - 1;
  }
  /// Facts go to \p B from now on.
  void in(BlockId B) { Now = B; }
  /// Two edges that assume \p P and its contrary.
  void branch(Predicate P, BlockId Then, BlockId Else) {
    Block &B = F.Blocks[Now];
    B.Branch = site("branch");
    B.Reads.push_back(P.Place);
    B.Out.push_back({Then, {P}});
    B.Out.push_back({Else, {P.negated()}});
    Now = NoBlock;
  }
  void either(Predicate P, llvm::function_ref<void()> Then,
              llvm::function_ref<void()> Else = [] {}) {
    BlockId T = block(), E = block(), Join = block();
    branch(P, T, E);
    in(T);
    Then();
    if (Now != NoBlock)
      go(Join);
    in(E);
    Else();
    if (Now != NoBlock)
      go(Join);
    in(Join);
  }
  void loop(Predicate P, llvm::function_ref<void()> Body) {
    BlockId Head = block(), In = block(), After = block();
    go(Head);
    in(Head);
    F.Blocks[Head].Loop = true;
    if (Unknown.count(P.Place))
      assign(P.Place);
    branch(P, In, After);
    in(In);
    Body();
    if (Now != NoBlock)
      go(Head);
    in(After);
  }

  // --- running and asking
  /// The findings, sorted, one per line.
  std::string run(llvm::ArrayRef<PlaceId> Entities = {}) {
    Solver S(Places, F, Families, Limits);
    Points.clear();
    Doubts.clear();
    Reached.clear();
    Calls = 0;
    S.OnTestPoint = [&](uint32_t Point, const PathState &State) {
      ++Calls;
      if (State.Is == Life::None) {
        Reached.insert(Point);
        return;
      }
      Points[Point].insert(describe(Places, State));
      Doubts[Point].insert(doubts(State.Caveats));
    };
    Sum = {};
    S.run(Entities, Sum);
    Findings = S.findings();
    Ends = S.ends();
    GaveUp = S.gaveUp().str();
    std::vector<std::string> Lines;
    for (const EngineFinding &E : Findings)
      Lines.push_back(std::string(pooltidy::describe(E.Kind)) + " of " +
                      E.Object + " at " + spell(E.Site) +
                      (E.Sure == Confidence::Definite ? "" : "?"));
    std::sort(Lines.begin(), Lines.end());
    return llvm::join(Lines, "\n");
  }
  /// The states of leases at a test point; the empty text when none came by.
  std::string at(uint32_t Point) const { return joined(Points, Point); }
  std::string doubtsAt(uint32_t Point) const { return joined(Doubts, Point); }
  /// True when the function without a lease can come there.
  bool reached(uint32_t Point) const { return Reached.count(Point); }
  /// What became of an entity, one outcome per line.
  std::string outcomes(PlaceId Entity) const {
    std::vector<std::string> Lines;
    for (const EntitySummary &E : Sum.Entities)
      if (E.Entity == Entity)
        for (const Outcome &O : E.Outcomes)
          Lines.push_back(pooltidy::describe(Places, O));
    std::sort(Lines.begin(), Lines.end());
    return llvm::join(Lines, "\n");
  }
  std::string fresh() const {
    std::vector<std::string> Lines;
    for (const FreshLease &L : Sum.Fresh)
      Lines.push_back(pooltidy::describe(Places, L));
    std::sort(Lines.begin(), Lines.end());
    return llvm::join(Lines, "\n");
  }
  /// The way of the first finding: "acquired acquire > put put".
  std::string path() const {
    std::vector<std::string> Steps;
    if (!Findings.empty())
      for (const Step &S : Findings.front().Path)
        Steps.push_back(std::string(pooltidy::describe(S.Kind)) +
                        (S.What.empty() ? "" : "(" + S.What + ")") + " @ " +
                        spell(S.Site));
    return llvm::join(Steps, " > ");
  }

  std::vector<EngineFinding> Findings;
  std::vector<LeaseFate> Ends;
  std::string GaveUp;
  unsigned Calls = 0; ///< how many states came by test points

private:
  PlaceId root(PlaceKind K, const char *Name) {
    if (K == PlaceKind::This)
      return Places.root(K, 0, Name);
    return Places.root(K, NextSymbol++, Name);
  }
  void set(FactKind K, const char *Word, PlaceId Dst, Operand Src) {
    Fact &New = fact(K, Word);
    New.Dst = Dst;
    New.Src = Src;
  }
  std::string spell(SiteId S) const {
    return S == NoSite ? "nowhere" : Sites[S];
  }
  using Texts = std::map<uint32_t, std::set<std::string>>;
  std::string joined(const Texts &All, uint32_t Point) const {
    auto It = All.find(Point);
    return It == All.end() ? "" : llvm::join(It->second, " | ");
  }

  BlockId Now = NoBlock;
  SymbolId NextSymbol = 1;
  std::map<std::string, SymbolId> Fields;
  std::map<std::string, unsigned> SitesOf;
  std::vector<std::string> Sites;
  Texts Points, Doubts;
  std::set<uint32_t> Reached;
  std::set<PlaceId> Unknown;
};

} // namespace pooltidy

#endif

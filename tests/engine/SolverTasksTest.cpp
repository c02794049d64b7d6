//===- SolverTasksTest.cpp - tasks that have the lease --------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverTasksTest : testing::Test {
  SolverTasksTest() { B.Families[0].Pooled = true; }
  /// A closure of `c`, captured by copy.
  PlaceId closureOf(PlaceId Captured) {
    PlaceId Closure = B.local("closure");
    B.copy(capturedIn(Closure), Captured);
    return Closure;
  }
  PlaceId capturedIn(PlaceId Closure) {
    SymbolId S = B.Places.addField({.Name = "c", .Capture = true});
    return B.Places.step(PlaceKind::Field, Closure, S, "c");
  }
  Build B;
  PlaceId b = B.local("b"), t = B.local("t"), done = B.local("done");
};

TEST_F(SolverTasksTest, PutWhileItRuns) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.test(1);
  B.put(b, NoResetNeeded);
  B.wait(t);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b in t");
  EXPECT_EQ(B.path(), "acquired @ acquire > handed to task @ start");
  EXPECT_EQ(B.Findings[0].Other, "t");
}

TEST_F(SolverTasksTest, PutAfterTheWait) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.wait(t);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, OnlyPoolsAsk) {
  B.Families[0].Pooled = false;
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, NobodysTask) {
  B.acquire(b);
  B.capture(NoPlace, {Operand::value(b)});
  B.test(1);
  B.wait(t);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b in nobody's");
}

TEST_F(SolverTasksTest, SomethingUnknownIsWaitedFor) {
  B.acquire(b);
  B.capture(NoPlace, {Operand::value(b)});
  B.wait(NoPlace);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, OtherThingsAreWaitedFor) {
  PlaceId u = B.local("u");
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.wait(u);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, TaskThatHasSomethingElse) {
  PlaceId c = B.local("c");
  B.acquire(b);
  B.capture(t, {Operand::value(c)});
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, InAClosure) {
  B.acquire(b);
  PlaceId Closure = closureOf(b);
  B.capture(t, {Operand::address(Closure)});
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, ByTheAddressOfItsName) {
  B.acquire(b);
  PlaceId Closure = B.local("closure");
  B.point(capturedIn(Closure), b);
  B.capture(t, {Operand::address(Closure)});
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, InAStructThatABodyDoesNotLookAt) {
  PlaceId Box = B.local("box");
  Summary Body; // mentions nothing that it is given
  CallSite C;
  C.Callee = &Body;
  C.Bindings.push_back({B.param("p"), Operand::address(Box)});
  B.acquire(b);
  B.copy(B.field(Box, "buffer"), b);
  B.capture(t, std::move(C));
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b, box.buffer");
}

TEST_F(SolverTasksTest, InAStructThatABodyLooksAt) {
  PlaceId Box = B.local("box"), p = B.param("p");
  Summary Body;
  Body.Entities.push_back({B.arrow(p, "buffer"), {Outcome{.Used = true}}});
  CallSite C;
  C.Callee = &Body;
  C.Bindings.push_back({p, Operand::address(Box)});
  B.acquire(b);
  B.copy(B.field(Box, "buffer"), b);
  B.capture(t, std::move(C));
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

// --- by what it was given beside

TEST_F(SolverTasksTest, SignalsByWhatItWasGiven) {
  B.acquire(b);
  B.capture(t, {Operand::value(b), Operand::address(done)});
  B.test(1);
  B.wait(done);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b in t, signal done");
}

TEST_F(SolverTasksTest, SignalsByAMember) {
  B.acquire(b);
  B.capture(t, {Operand::value(b), Operand::address(done)});
  B.wait(B.field(done, "zero"));
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, SignalsByTheObjectItself) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.wait(B.arrow(b, "zero"));
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, BranchAsksTheSignal) {
  B.acquire(b);
  B.capture(t, {Operand::value(b), Operand::address(done)});
  B.either(B.nonNull(done), [&] { B.put(b, NoResetNeeded); });
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
}

TEST_F(SolverTasksTest, UnknownCodeMayWaitForWhatItCanReach) {
  PlaceId g = B.global("g");
  B.acquire(b);
  B.capture(t, {Operand::value(b), Operand::address(g)});
  B.clobber();
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, UnknownCodeCannotWaitForALocal) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.clobber();
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, UnknownCodeGetsTheTask) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.write(t, Unsure);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

// --- where the task goes

TEST_F(SolverTasksTest, MovedAndWaitedFor) {
  PlaceId u = B.local("u");
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.move(u, t);
  B.test(1);
  B.wait(u);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b in u");
}

TEST_F(SolverTasksTest, MovedOutOfSight) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.store(t);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, OutOfScopeItIsNobodys) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.scopeEnd(t);
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b in nobody's");
}

TEST_F(SolverTasksTest, DestructorThatWaits) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)}, ByHandle);
  B.wait(t, ByHandle);
  B.scopeEnd(t);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, DestructorThatDoesNotWait) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.wait(t, ByHandle);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, WaitedForOnOnePathOnly) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.either(B.unknown(), [&] { B.wait(t); });
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
}

TEST_F(SolverTasksTest, SameConditionStartsAndWaits) {
  PlaceId flag = B.param("flag");
  B.acquire(b);
  B.either(B.nonNull(flag), [&] { B.capture(t, {Operand::value(b)}); });
  B.either(B.nonNull(flag), [&] { B.wait(t); });
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverTasksTest, TwoTasksOneWait) {
  PlaceId u = B.local("u");
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.capture(u, {Operand::value(b)});
  B.wait(t);
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b in u");
}

TEST_F(SolverTasksTest, PutByAHandle) {
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.put(b, NoResetNeeded | ByHandle);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.path(),
            "acquired @ acquire > handed to task @ start > put at scope end @ put");
}

// --- through calls

TEST_F(SolverTasksTest, OutcomeOfAParameter) {
  PlaceId p = B.param("p");
  B.capture(B.result(), {Operand::value(p), Operand::address(done)});
  B.leave();
  B.run({p});
  EXPECT_EQ(B.outcomes(p), "as-given in result");
}

TEST_F(SolverTasksTest, StartedByACallee) {
  PlaceId p = B.param("p"), Result = B.result();
  Summary Starts;
  Starts.Returns = true;
  Outcome O;
  O.Tasks.push_back({0, Result, Task::Itself});
  O.Names.push_back(p);
  Starts.Entities.push_back({p, {O}});
  CallSite C;
  C.Callee = &Starts;
  C.Bindings.push_back({p, Operand::value(b)});
  C.Ret = t;
  B.acquire(b);
  B.apply(C);
  B.test(1);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "shared-across of b at put");
  EXPECT_EQ(B.at(1), "live clean owned: b in t");
}

TEST_F(SolverTasksTest, CalleeWaitsForItsParameter) {
  PlaceId p = B.param("p");
  Summary Joins;
  Joins.Returns = true;
  Joins.Waits.push_back(B.deref(p));
  CallSite C;
  C.Callee = &Joins;
  C.Bindings.push_back({p, Operand::address(t)});
  B.acquire(b);
  B.capture(t, {Operand::value(b)});
  B.apply(C);
  B.put(b, NoResetNeeded);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

} // namespace
} // namespace pooltidy

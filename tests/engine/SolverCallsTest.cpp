//===- SolverCallsTest.cpp - calls through summaries ----------------------===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//
#include "Build.h"

namespace pooltidy {
namespace {

struct SolverCallsTest : testing::Test {
  Build B;
  PlaceId b = B.local("b"), c = B.local("c"), r = B.local("r");
  // The callee: f(q, out), written by hand.
  PlaceId q = B.param("q"), Out = B.param("out");
  Summary Callee;

  Outcome &outcome(Outcome O = {}) {
    if (Callee.Entities.empty())
      Callee.Entities.push_back({q, {}});
    Callee.Entities[0].Outcomes.push_back(O);
    return Callee.Entities[0].Outcomes.back();
  }
  Outcome &puts(bool Fresh = false) {
    Outcome O;
    O.Put = true;
    O.PutFresh = Fresh;
    O.Family = 0;
    return outcome(O);
  }
  /// r = f(P)
  void call(PlaceId P, bool Maybe = false) {
    CallSite C;
    C.Callee = &Callee;
    C.Bindings.push_back({q, Operand::value(P)});
    C.Ret = r;
    C.Maybe = Maybe;
    B.apply(C);
  }
};

TEST_F(SolverCallsTest, CalleePuts) {
  puts();
  B.acquire(b);
  call(b);
  B.test(1);
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at call 2");
  EXPECT_EQ(B.at(1), "returned clean owned: b");
}

TEST_F(SolverCallsTest, CalleePutsWhenItSaysSo) {
  puts().Result = Range::exactly(1);
  outcome().Result = Range::exactly(0);
  B.acquire(b);
  call(b);
  B.either(B.is(r, 0), [&] { B.test(1); B.put(b); }, [&] { B.test(2); });
  B.use(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverCallsTest, CallersWhoDoNotAskPutTwice) {
  puts().Result = Range::exactly(1);
  outcome().Result = Range::exactly(0);
  B.acquire(b);
  call(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put");
}

TEST_F(SolverCallsTest, CalleePutsWhatTheCallerChanged) {
  puts();
  B.acquire(b);
  B.write(B.deref(b));
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at call");
}

TEST_F(SolverCallsTest, CalleeThatMayAskForAReset) {
  puts().PutUnsure = true;
  B.acquire(b);
  B.write(B.deref(b));
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at call?");
}

TEST_F(SolverCallsTest, CallerPassesTheGuessOn) {
  PlaceId p = B.param("p");
  puts().PutUnsure = true;
  call(p);
  B.leave();
  EXPECT_EQ(B.run({p}), "");
  EXPECT_EQ(B.outcomes(p), "as-given put");
  EXPECT_TRUE(B.Sum.Entities[0].Outcomes[0].PutUnsure);
}

TEST_F(SolverCallsTest, CalleeThatResetsAndPuts) {
  puts(/*Fresh=*/true);
  B.acquire(b);
  B.write(B.deref(b));
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverCallsTest, CalleePutsToAnotherFamily) {
  puts().Family = 1;
  B.acquire(b);
  call(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverCallsTest, CalleeUsesWhatWasPut) {
  outcome().Used = true;
  B.acquire(b);
  call(b);
  B.put(b);
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "use-after-put of b at call 2");
}

TEST_F(SolverCallsTest, CalleeThatDoesNothingWithIt) {
  outcome();
  B.acquire(b);
  B.put(b);
  call(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
}

TEST_F(SolverCallsTest, CalleeChangesAField) {
  Outcome &O = outcome();
  O.State = Dirt::Dirty;
  O.Changed.push_back(B.fieldNamed("len"));
  B.acquire(b);
  call(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put");
  EXPECT_EQ(B.at(1), "live dirty(len) owned: b");
}

TEST_F(SolverCallsTest, CalleeMayChange) {
  Outcome &O = outcome();
  O.State = Dirt::Dirty;
  O.ChangedWhole = O.UnsureChange = true;
  B.acquire(b);
  call(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at put?");
  EXPECT_EQ(B.at(1), "live dirty? owned: b");
}

TEST_F(SolverCallsTest, CalleeResets) {
  outcome().State = Dirt::Clean;
  B.acquire(b);
  B.write(B.deref(b));
  call(b);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverCallsTest, CalleeClearsAField) {
  outcome().Cleared.push_back(B.fieldNamed("len"));
  B.acquire(b);
  B.write(B.arrow(b, "len"));
  B.write(B.arrow(b, "name"));
  call(b);
  B.test(1);
  B.reset(B.arrow(b, "name"));
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live dirty(name) owned: b");
}

TEST_F(SolverCallsTest, CalleeTakesItOver) {
  outcome().Escaped = true;
  B.acquire(b);
  call(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean escaped: b");
}

TEST_F(SolverCallsTest, CalleeReturnsItsArgument) {
  outcome().Names.push_back(B.result());
  B.F.Result = NoPlace; // it is the callee's result
  B.acquire(b);
  call(b);
  B.test(1);
  B.put(r);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put 2");
  EXPECT_EQ(B.at(1), "live clean owned: b, r");
}

TEST_F(SolverCallsTest, CalleeStoresItInAnOutParameter) {
  outcome().Names.push_back(B.deref(Out));
  B.acquire(b);
  CallSite C;
  C.Callee = &Callee;
  C.Bindings = {{q, Operand::value(b)}, {Out, Operand::address(c)}};
  B.apply(C);
  B.test(1);
  B.put(c);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b, c");
}

TEST_F(SolverCallsTest, CalleeStoresItInACallersGlobal) {
  outcome().Names.push_back(B.global("g"));
  B.acquire(b);
  call(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean escaped: b, g");
}

TEST_F(SolverCallsTest, CalleeMovesItOutOfAMember) {
  // f(s) { g = s->buf; s->buf = 0; }
  EntitySummary E{B.arrow(q, "buf"), {}};
  Outcome O;
  O.Escaped = true;
  E.Outcomes.push_back(O);
  Callee.Entities.push_back(E);
  PlaceId s = B.local("s");
  B.acquire(B.field(s, "buf"));
  CallSite C;
  C.Callee = &Callee;
  C.Bindings = {{q, Operand::address(s)}};
  B.test(1);
  B.apply(C);
  B.test(2);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: s.buf");
  EXPECT_EQ(B.at(2), "");
}

TEST_F(SolverCallsTest, CalleePutsWhenAFlagSaysSo) {
  // f(s) { if (s->open) { put(s->buf); s->open = false; } }
  PlaceId Buf = B.arrow(q, "buf"), Open = B.arrow(q, "open");
  EntitySummary E{Buf, {}};
  Outcome O;
  O.Put = true;
  O.Family = 0;
  O.Names = {Buf};
  Range NotZero;
  NotZero.keep(Cmp::NE, 0);
  O.Given = {{Open, NotZero}};
  O.Left = {{Open, Range::exactly(0)}};
  E.Outcomes.push_back(O);
  Outcome Not;
  Not.Names = {Buf};
  Not.Given = {{Open, Range::exactly(0)}};
  E.Outcomes.push_back(Not);
  Callee.Entities.push_back(E);
  Callee.Writes = {B.fieldNamed("open")};
  PlaceId s = B.local("s");
  B.acquire(B.field(s, "buf"));
  B.assign(B.field(s, "open"), 1);
  CallSite C;
  C.Callee = &Callee;
  C.Bindings = {{q, Operand::address(s)}};
  B.apply(C);
  B.test(1);
  B.apply(C);
  B.test(2);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "returned clean owned: s.buf");
  EXPECT_EQ(B.at(2), "returned clean owned: s.buf");
}

TEST_F(SolverCallsTest, CallThatMayNotHappen) {
  puts();
  B.acquire(b);
  call(b, /*Maybe=*/true);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "leak of b at acquire");
  EXPECT_EQ(B.at(1), "live clean owned: b | returned clean owned: b");
}

TEST_F(SolverCallsTest, UnsureOutcomeIsOnlyPossible) {
  puts().Unsure = true;
  B.acquire(b);
  call(b);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "double-put of b at put?");
}

TEST_F(SolverCallsTest, CalleeKnowsNothingOfTheArgument) {
  puts();
  B.acquire(b);
  call(c);
  B.test(1);
  B.put(b);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "live clean owned: b");
}

TEST_F(SolverCallsTest, CalleeThatNeverReturns) {
  Callee.Entities.push_back({q, {}});
  B.acquire(b);
  call(b);
  B.test(1);
  B.leave();
  EXPECT_EQ(B.run(), "");
  EXPECT_EQ(B.at(1), "");
}

TEST_F(SolverCallsTest, CallForgetsWhatTheCalleeWrites) {
  PlaceId g = B.global("g"), h = B.global("h");
  Callee.Writes.push_back(B.Places[g].Symbol);
  B.assign(g, 1);
  B.assign(h, 1);
  call(c);
  B.either(B.is(g, 0), [&] { B.test(1); });
  B.either(B.is(h, 0), [&] { B.test(2); });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
  EXPECT_FALSE(B.reached(2));
}

TEST_F(SolverCallsTest, CallForgetsEverythingShared) {
  PlaceId g = B.global("g");
  Callee.WritesUnknown = true;
  B.assign(g, 1);
  B.assign(c, 1);
  call(b);
  B.either(B.is(g, 0), [&] { B.test(1); });
  B.either(B.is(c, 0), [&] { B.test(2); });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
  EXPECT_FALSE(B.reached(2));
}

TEST_F(SolverCallsTest, CallForgetsOutParameters) {
  B.assign(c, 1);
  CallSite C;
  C.Callee = &Callee;
  C.Bindings = {{Out, Operand::address(c)}};
  B.apply(C);
  B.either(B.is(c, 0), [&] { B.test(1); });
  B.leave();
  B.run();
  EXPECT_TRUE(B.reached(1));
}

TEST_F(SolverCallsTest, PutByAHandlesDestructor) {
  puts();
  B.acquire(b);
  B.write(B.deref(b));
  SiteId Declared = B.site("declaration");
  CallSite C;
  C.Callee = &Callee;
  C.Bindings = {{q, Operand::value(b)}};
  B.apply(C, ByHandle).Decl = Declared;
  B.leave();
  EXPECT_EQ(B.run(), "put-without-reset of b at declaration");
  EXPECT_TRUE(B.Findings[0].ByHandle);
}

} // namespace
} // namespace pooltidy

//===- ActionsTest.cpp - what bodies do beside memory -----------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Tu.h"
#include "model/Actions.h"
#include "model/Locks.h"

namespace pooltidy::model {
namespace {

/// Handles are numbers, `end` closes one, `rest` blocks.
ModelSet models() {
  ModelSet Set;
  Pool P = family("handle", "", {}, {takes("end")});
  P.What = Kind::Resource;
  Set.Pools.push_back(std::move(P));
  FunctionRule Rest;
  Rest.Call = "rest";
  Rest.Blocks = true;
  Set.Functions.push_back(Rest);
  FunctionRule Spawn;
  Spawn.Call = "spawn";
  Spawn.StartsThread = true;
  Set.Functions.push_back(Spawn);
  return Set;
}

const char *const Prelude = "void end(int); void rest(); void *spawn(void *);\n";

class Code : public Tu {
public:
  explicit Code(const std::string &Text)
      : Tu(Prelude + Text, models()), Reader(classes(), {}) {}

  Actions destruction(llvm::StringRef Class) {
    return Reader.destruction(*record(Class));
  }
  Actions method(llvm::StringRef Name) {
    return Reader.method(*clang::cast<clang::CXXMethodDecl>(function(Name)));
  }

  ActionReader Reader;
};

/// `close fd, block`: kinds and members, in order; of a destruction without what
/// it renews, which is all gone.
std::string told(const Actions &Of, bool WithRenewed = false) {
  static const char *const Kinds[] = {"callback", "unregister", "close", "block",
                                      "start",    "stop",       "renew"};
  std::string Out;
  for (const Action &A : Of.All) {
    if (A.Kind == ActionKind::Renew && !WithRenewed)
      continue;
    if (!Out.empty())
      Out += ", ";
    Out += Kinds[unsigned(A.Kind)];
    if (A.Member)
      Out += " " + A.Member->getNameAsString();
  }
  return Out;
}

TEST(Destruction, FreeingMemoryIsNothing) {
  Code C("struct Text { char *p; ~Text() { delete[] p; } };"
         "struct A { Text t; Text *all; ~A() { delete[] all; } };");
  EXPECT_EQ(told(C.destruction("A")), "");
  EXPECT_TRUE(C.destruction("A").Seen);
}

TEST(Destruction, NamesTheMemberOfTheObjectAsked) {
  Code C("struct Fd { int n; ~Fd() { end(n); } };"
         "struct Pair { Fd in, out; };"
         "struct A { int x; Pair both; Fd more[2]; };");
  Actions A = C.destruction("A");
  EXPECT_EQ(told(A), "close both, close both, close more");
  // Each part of a member by itself.
  EXPECT_EQ(A.All[0].Path.front()->getName(), "in");
  EXPECT_EQ(A.All[1].Path.front()->getName(), "out");
  EXPECT_EQ(A.All[2].Path.front()->getName(), "n");
  EXPECT_TRUE(A.All[0].ByMember);
  // Through the members and the destructor.
  EXPECT_EQ(A.All[0].Through.size(), 3u);
  EXPECT_EQ(A.All[0].Through[0].Kind, ActionStep::Member);
  EXPECT_EQ(A.All[0].Through[2].Kind, ActionStep::Destructor);
  EXPECT_EQ(told(C.destruction("Pair")), "close in, close out");
}

TEST(Destruction, EndsWithinItself) {
  Code C("struct B; struct A { B *b; int n; ~A(); void f(); void g(); };"
         "struct B { A *a; ~B() { delete a; } };"
         "A::~A() { f(); delete b; } void A::f() { g(); } void A::g() { f(); end(n); }");
  EXPECT_EQ(told(C.destruction("A")), "close n, close b");
}

TEST(Destruction, GoesOnlySoDeep) {
  std::string Chain = "struct A { int n; ~A() { f0(); }";
  for (int I = 0; I < 12; ++I)
    Chain += "void f" + std::to_string(I) + "() { f" + std::to_string(I + 1) +
             "(); }";
  Code C(Chain + "void f12() { end(n); } };");
  EXPECT_EQ(told(C.destruction("A")), "");
  Code Near("struct A { int n; ~A() { f(); } void f() { g(); }"
            "void g() { end(n); } };");
  EXPECT_EQ(told(Near.destruction("A")), "close n");
}

TEST(Destruction, AVirtualCallOnAListenerIsACallback) {
  Code C("struct L { virtual void on_end() = 0; virtual void free(int) = 0; };"
         "struct A { L *l; int n; ~A() { l->on_end(); l->free(n); } };"
         "struct B { virtual void on_end() {} virtual ~B() { on_end(); } };");
  EXPECT_EQ(told(C.destruction("A")), "callback l");
  // In a destructor the object is its class's.
  EXPECT_EQ(told(C.destruction("B")), "");
}

TEST(Destruction, WhatIsPointedToIsNotDestroyed) {
  Code C("struct Fd { int n; ~Fd() { end(n); } };"
         "struct A { Fd *fd; Fd &other; ~A() {} };"
         "struct B { Fd *fd; ~B() { Fd *mine = fd; delete mine; } };");
  EXPECT_EQ(told(C.destruction("A")), "");
  EXPECT_EQ(told(C.destruction("B")), "close fd");
}

TEST(Method, TellsWhatIsRenewedStartedAndStopped) {
  Code C("struct T { void join(); T &operator=(void *); };"
         "struct A { T t; void *p; bool stop_; int n;"
         " void go() { p = spawn(this); } void halt() { t.join(); stop_ = true; }"
         " void fresh() { *this = A(); } void some() { unseen(); } void unseen();"
         " int look() const; void none() { look(); } };");
  EXPECT_EQ(told(C.method("A::go"), true), "start p, renew p");
  EXPECT_EQ(told(C.method("A::halt"), true), "stop t, renew stop_, stop");
  EXPECT_EQ(told(C.method("A::fresh"), true), "renew");
  EXPECT_TRUE(C.method("A::some").Unseen);
  EXPECT_FALSE(C.method("A::none").Unseen);
  EXPECT_FALSE(C.method("A::unseen").Seen);
}

TEST(Function, FollowsTheObjectThroughATemplateAsItIsWritten) {
  Code C("struct A { int n; void done() { end(n); } };"
         "template <class T> struct Keep { T *last; void put(T *o) {"
         "  o->done(); last = o; } };");
  Actions Put = C.Reader.function(*C.function("Keep::put"), 0, *C.record("A"));
  EXPECT_TRUE(Put.Seen);
  EXPECT_EQ(told(Put), "close n");
}

TEST(IsDoneBy, TheSameMember) {
  Code C("struct Fd { int n; Fd &operator=(int); void reset() { end(n); }"
         " ~Fd() { reset(); } };"
         "struct A { Fd a, b; int raw; ~A() { end(raw); }"
         " void one() { a.reset(); } void two() { b = 0; }"
         " void both() { raw = 0; } void all() { end(raw); one(); two(); } };");
  Actions End = C.destruction("A");
  ASSERT_EQ(told(End), "close raw, close a, close b");
  auto Done = [&](llvm::StringRef By) {
    std::string Out;
    Actions Of = C.method(By);
    for (const Action &A : End.All)
      if (A.Kind != ActionKind::Renew)
        Out += isDoneBy(A, Of.All) ? '+' : '-';
    return Out;
  };
  EXPECT_EQ(Done("A::one"), "-+-");
  EXPECT_EQ(Done("A::two"), "--+");
  // A number that is forgotten is not closed.
  EXPECT_EQ(Done("A::both"), "---");
  EXPECT_EQ(Done("A::all"), "+++");
}

TEST(Locks, AreHeldToTheEndOfTheirBlock) {
  Code C("struct Mutex {}; struct Lock { Lock(Mutex &); ~Lock(); };"
         "struct Quick { Mutex m; void f() { { Lock l(m); } rest(); } };"
         "struct Slow { Mutex m; void g() { rest(); }"
         " void f() { Lock l(m); if (true) { g(); } } };"
         "struct Other { Mutex m, n; void f() { Lock l(n); rest(); } };");
  Locks L(C.classes(), {});
  EXPECT_FALSE(L.heldAcross(*C.field("Quick", "m")).Callee);
  ASSERT_TRUE(L.heldAcross(*C.field("Slow", "m")).Callee);
  EXPECT_EQ(L.heldAcross(*C.field("Slow", "m")).Callee->getName(), "g");
  EXPECT_FALSE(L.heldAcross(*C.field("Other", "m")).Callee);
  EXPECT_TRUE(L.heldAcross(*C.field("Other", "n")).Callee);
}

} // namespace
} // namespace pooltidy::model

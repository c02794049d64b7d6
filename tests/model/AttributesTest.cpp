//===- AttributesTest.cpp - pools that the code itself declares -*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Tu.h"

using namespace pooltidy::model;

namespace {

TEST(Attributes, OnMembersOfAClass) {
  Tu T(R"(
    struct Buf { void scrub(); };
    class [[clang::annotate("pool::pool", "resource")]] Shelf {
    public:
      [[clang::annotate("pool::acquire")]] Buf *one();
      [[clang::annotate("pool::put")]] void two(int why, Buf *b);
      [[clang::annotate("pool::acquire")]] bool try_one(Buf **out);
      [[clang::annotate("pool::put")]] void three(
          Buf *not_this, [[clang::annotate("pool::put")]] Buf *&b);
      Buf *peek();
    };
  )");
  const CallMeaning &One = T.call("Shelf::one"), &Two = T.call("Shelf::two");
  EXPECT_EQ(One.What, Role::Acquire);
  EXPECT_EQ(Two.What, Role::Put);
  EXPECT_EQ(Two.Op->Object.Index, 1u);
  EXPECT_EQ(One.Family, Two.Family);
  EXPECT_EQ(One.Family->Source, "attribute");
  EXPECT_EQ(One.Family->What, Kind::Resource);
  EXPECT_EQ(One.Family->Object, "Buf");
  EXPECT_FALSE(One.Family->Possible);
  EXPECT_EQ(T.type("Shelf").PoolOf, One.Family);
  const CallMeaning &Try = T.call("Shelf::try_one");
  EXPECT_TRUE(Try.Op->Object.Indirect);
  EXPECT_EQ(Try.Op->Object.Where, Slot::Argument);
  EXPECT_EQ(Try.Op->Fails, Failure::False);
  const CallMeaning &Three = T.call("Shelf::three");
  EXPECT_EQ(Three.Op->Object.Index, 1u);
  EXPECT_TRUE(Three.Op->Nulls);
  EXPECT_EQ(T.call("Shelf::peek").What, Role::None);
}

TEST(Attributes, OnAClassWithoutMarkedMembers) {
  Tu T(R"cc(
    struct Buf {};
    struct [[clang::annotate("pool::pool(\"object\")")]] Rack {
      Buf *get(); void put(Buf *);
    };
    struct Plain { Buf *get(); void put(Buf *); };
  )cc");
  EXPECT_EQ(T.call("Rack::get").What, Role::Acquire);
  EXPECT_EQ(T.call("Rack::put").What, Role::Put);
  EXPECT_EQ(T.call("Rack::put").Family->What, Kind::Object);
  EXPECT_EQ(T.call("Plain::get").What, Role::None);
}

TEST(Attributes, OnTemplatesAndOverriders) {
  Tu T(R"(
    template <class X> struct Shelf {
      [[clang::annotate("pool::acquire")]] X *take();
      [[clang::annotate("pool::put")]] virtual void back(X *);
      template <class A> [[clang::annotate("pool::acquire")]] X *make(A);
    };
    struct Sub : Shelf<int> { void back(int *) override; };
    void f(Shelf<int> &s, Sub &t) { s.back(s.take()); t.back(t.make('c')); }
  )");
  Role Expected[] = {Role::Put, Role::Acquire, Role::Put, Role::Acquire};
  const Pool *Family = nullptr;
  for (int I = 0; I != 4; ++I) {
    const CallMeaning &M = T.classes().classify(*T.calls("f")[I]);
    EXPECT_EQ(M.What, Expected[I]) << I;
    Family = Family ? Family : M.Family;
    EXPECT_EQ(M.Family, Family) << I;
  }
}

TEST(Attributes, FreeFunctionsJoinByObject) {
  Tu T(R"(
    struct A {}; struct B {};
    [[clang::annotate("pool::acquire")]] A *new_a();
    [[clang::annotate("pool::put")]] void drop_a(A *);
    [[clang::annotate("pool::put")]] void drop_b(B *);
    struct Shelf { [[clang::annotate("pool::acquire")]] B *get(); };
    struct PoolOfA;
    [[clang::annotate("pool::put")]] void back(PoolOfA &p, A *a);
    struct C { [[clang::annotate("pool::put")]] void leave(); };
    [[clang::annotate("pool::acquire")]] C *new_c();
  )");
  EXPECT_EQ(T.call("new_a").Family, T.call("drop_a").Family);
  EXPECT_EQ(T.call("drop_b").Family, T.call("Shelf::get").Family);
  EXPECT_NE(T.call("drop_a").Family, T.call("drop_b").Family);
  EXPECT_EQ(T.call("back").Op->Object.Index, 1u);
  EXPECT_EQ(T.call("back").Op->Pool.Index, 0u);
  EXPECT_EQ(T.call("C::leave").Op->Object.Where, Slot::This);
  EXPECT_EQ(T.call("C::leave").Family, T.call("new_c").Family);
  EXPECT_FALSE(T.type("C").PoolOf);
}

TEST(Attributes, BeatModels) {
  ModelSet Set;
  Set.Pools.push_back(family("m", "", {gives("get")}, {takes("get")}));
  Tu T(R"(
    [[clang::annotate("pool::put")]] void get(int *);
    struct S { [[clang::annotate("pool::not_a_pool")]] int *get(); };
  )",
       Set);
  EXPECT_EQ(T.call("get").What, Role::Put);
  EXPECT_EQ(T.call("get").Family->Source, "attribute");
}

TEST(Attributes, NotAPool) {
  Tu T(R"(
    struct Buf {};
    struct [[clang::annotate("pool::not_a_pool")]] BufPool {
      Buf *get(); void put(Buf *);
    };
    struct [[clang::annotate("pool::long_lived")]] Config {};
  )");
  EXPECT_EQ(T.call("BufPool::get").What, Role::None);
  EXPECT_FALSE(T.type("BufPool").PoolOf);
  EXPECT_TRUE(T.type("BufPool").Rule->NotAPool);
  EXPECT_TRUE(T.type("Config").Rule->LongLived);
}

TEST(Attributes, ResetAndKeep) {
  Tu T(R"(
    struct Buf {
      [[clang::annotate("pool::reset")]] void scrub();
      [[clang::reinitializes]] void fresh();
      void clear();
      [[clang::annotate("pool::keep")]] int id;
      int other;
    };
    struct One { [[clang::annotate("pool::reset")]] void scrub(); void clear(); };
    [[clang::annotate("pool::reset")]] void prepare(One *, int);
  )");
  Classifier &C = T.classes();
  EXPECT_TRUE(C.isReset(*T.function("Buf::scrub")));
  EXPECT_TRUE(C.isReset(*T.function("Buf::fresh")));
  EXPECT_TRUE(C.isReset(*T.function("prepare")));
  EXPECT_EQ(T.call("Buf::scrub").What, Role::None);
  EXPECT_EQ(C.resetMethod(*T.record("Buf")), nullptr);
  EXPECT_EQ(C.resetMethod(*T.record("One")), T.function("One::scrub"));
  EXPECT_TRUE(C.isKept(*T.field("Buf", "id")));
  EXPECT_FALSE(C.isKept(*T.field("Buf", "other")));
}

TEST(Attributes, Handles) {
  Tu T(R"(
    [[clang::acquire_handle("door")]] int open_door();
    int make_door(int *out [[clang::acquire_handle("door")]]);
    void close_door(int d [[clang::release_handle("door")]]);
    void knock(int d [[clang::use_handle("door")]]);
    void shut(int w [[clang::release_handle("window")]]);
  )");
  const CallMeaning &Open = T.call("open_door"), &Close = T.call("close_door");
  EXPECT_EQ(Open.What, Role::Acquire);
  EXPECT_TRUE(Open.Op->Id);
  EXPECT_EQ(Open.Op->Object.Where, Slot::Return);
  EXPECT_EQ(Close.What, Role::Put);
  EXPECT_EQ(Close.Family, Open.Family);
  EXPECT_EQ(Open.Family->Name, "door");
  EXPECT_EQ(Open.Family->What, Kind::Resource);
  EXPECT_EQ(T.call("knock").What, Role::Use);
  const CallMeaning &Make = T.call("make_door");
  EXPECT_EQ(Make.What, Role::Acquire);
  EXPECT_TRUE(Make.Op->Object.Indirect);
  EXPECT_TRUE(Make.Op->Id);
  EXPECT_NE(T.call("shut").Family, Open.Family);
}

TEST(Attributes, Ownership) {
  Tu T(R"(
    void *my_alloc(unsigned long) __attribute__((ownership_returns(malloc)));
    void my_free(void *) __attribute__((ownership_takes(malloc, 1)));
    void *db_get() __attribute__((ownership_returns(db)));
    void db_drop(int, void *) __attribute__((ownership_takes(db, 2)));
    void keep(int, void *) __attribute__((ownership_holds(db, 2)));
  )");
  EXPECT_EQ(T.call("my_alloc").What, Role::Acquire);
  EXPECT_EQ(T.call("my_free").What, Role::Put);
  EXPECT_EQ(T.call("my_alloc").Family, T.call("my_free").Family);
  EXPECT_EQ(T.call("my_free").Family->What, Kind::Memory);
  EXPECT_EQ(T.call("my_free").Family->At, Level::Strict);
  EXPECT_EQ(T.call("db_get").Family->What, Kind::Resource);
  EXPECT_EQ(T.call("db_drop").Op->Object.Index, 1u);
  EXPECT_EQ(T.call("keep").What, Role::None);
  ASSERT_TRUE(T.call("keep").Rule);
  EXPECT_EQ(T.call("keep").Rule->Takes, 1);
}

} // namespace

//===- ClassifierTest.cpp - joining models with the AST ---------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Tu.h"

using namespace pooltidy::model;

namespace {

ModelSet one(Pool P) {
  ModelSet Set;
  Set.Pools.push_back(std::move(P));
  return Set;
}

TEST(ModelName, LeavesOutWhatModelsDoNotSpell) {
  Tu T(R"(
    namespace a { inline namespace v1 { namespace {
      template <class X> struct Box { void put(X); Box(); ~Box(); };
    } } }
    extern "C" { namespace c { void plain(); } }
    struct Own { void *operator new(unsigned long); void operator()(int); };
    void f() { a::Box<int> b; b.put(1); }
  )");
  EXPECT_EQ(modelName(*T.calls("f")[0]), "a::Box::put");
  EXPECT_EQ(modelName(*T.record("a::Box")), "a::Box");
  EXPECT_TRUE(T.function("a::Box::Box"));
  EXPECT_TRUE(T.function("a::Box::~Box"));
  EXPECT_TRUE(T.function("plain"));
  EXPECT_TRUE(T.function("Own::operator new"));
  EXPECT_TRUE(T.function("Own::operator()"));
}

TEST(ResetName, IsToldByTheFirstWord) {
  for (const char *Yes :
       {"clear", "Clear", "reset", "Reset", "reuse", "recycle", "reinit",
        "reinitialize", "wipe", "zero", "clean", "cleanup", "clear_all",
        "ResetForReuse", "resetState", "clean_up", "renew", "zero_out"})
    EXPECT_TRUE(isResetName(Yes)) << Yes;
  for (const char *No :
       {"set_reset_hook", "is_clear", "rewind", "init", "clearance", "",
        "preset", "zero_copy_send", "resetter", "on_reset", "Cleaner"})
    EXPECT_FALSE(isResetName(No)) << No;
}

TEST(Models, PlainFunctionsOfC) {
  Pool P = family("result", "", {gives("PQexec"), gives("EVP_*_new")},
                  {takes("PQclear")});
  Tu T(R"(
    struct R; struct K;
    extern "C" { R *PQexec(void *, const char *); void PQclear(R *); }
    namespace n { void PQclear(R *); }
    extern "C" { K *EVP_PKEY_new(); K *EVP_new(); void other(); }
  )",
       one(P));
  EXPECT_EQ(T.call("PQexec").What, Role::Acquire);
  EXPECT_EQ(T.call("PQclear").What, Role::Put);
  EXPECT_EQ(T.call("PQclear").Op->Call, "PQclear");
  EXPECT_EQ(T.call("PQclear").Family->Name, "result");
  EXPECT_EQ(T.call("n::PQclear").What, Role::None);
  EXPECT_EQ(T.call("EVP_PKEY_new").What, Role::Acquire);
  EXPECT_EQ(T.call("EVP_new").What, Role::None);
  EXPECT_EQ(T.call("other").What, Role::None);
}

TEST(Models, WorkInC) {
  Tu T("struct s; struct s *s_get(void); void s_put(struct s *);",
       one(family("s", "", {gives("s_get")}, {takes("s_put")})), "input.c");
  EXPECT_EQ(T.call("s_get").What, Role::Acquire);
  EXPECT_EQ(T.call("s_put").What, Role::Put);
  EXPECT_TRUE(T.classes().explain().size() == 2);
}

TEST(Models, TheFirstThatAnswersWins) {
  ModelSet Set;
  Set.Pools = {family("first", "", {}, {takes("drop")}),
               family("second", "", {}, {takes("dr*"), takes("drop")})};
  Tu T("void drop(int *); void drain(int *);", Set);
  EXPECT_EQ(T.call("drop").Family->Name, "first");
  EXPECT_EQ(T.call("drain").Family->Name, "second");
}

TEST(Models, MembersOfClassTemplatesAndBases) {
  Tu T(R"(
    namespace lib { inline namespace v2 {
      template <class X> struct Store {
        X *get();
        void back(X *);
        virtual void release(X *);
        void release();
        template <class... A> X *make(A...);
      };
    } }
    struct Mine : lib::Store<int> {
      void release(int *) override;
      int *get();
    };
    void f(lib::Store<int> &s, Mine &m) {
      s.back(s.get());
      m.release(m.get());
      m.back(m.make(1, 2));
    }
  )",
       one(family("thing", "lib::Store", {gives("get"), gives("make")},
                  {takes("back"), takes("release")})));
  std::vector<const clang::FunctionDecl *> Calls = T.calls("f");
  ASSERT_EQ(Calls.size(), 6u);
  Role Expected[] = {Role::Put, Role::Acquire, Role::Put,
                     Role::Acquire, Role::Put, Role::Acquire};
  for (int I = 0; I != 6; ++I)
    EXPECT_EQ(T.classes().classify(*Calls[I]).What, Expected[I]) << I;
  // Without the argument that the model names it is another function.
  EXPECT_EQ(T.call("lib::Store::release", 0).What, Role::None);
  EXPECT_EQ(T.type("Mine").PoolOf, T.type("lib::Store").PoolOf);
  EXPECT_TRUE(T.type("Mine").PoolOf);
}

TEST(Models, FunctionTemplates) {
  Tu T(R"(
    namespace butil { template <class X> X *get_object();
                      template <class X> int return_object(X *); }
    void f() { butil::return_object(butil::get_object<int>()); }
  )",
       one(family("object", "butil::ObjectPool", {gives("butil::get_object")},
                  {takes("butil::return_object")})));
  EXPECT_EQ(T.classes().classify(*T.calls("f")[0]).What, Role::Put);
  EXPECT_EQ(T.classes().classify(*T.calls("f")[1]).What, Role::Acquire);
}

TEST(Models, CallsOnTheObjectItself) {
  Pool P = family("socket", "Sockets", {gives("open")}, {});
  P.Object = "Socket *";
  Operation Back;
  Back.Call = "ReturnToPool";
  Back.Object.Where = Slot::This;
  P.Put.push_back(Back);
  Tu T(R"(
    struct Socket { void ReturnToPool(); };
    struct Other { void ReturnToPool(); };
    struct Sockets { Socket *open(); };
    void open(int);
  )",
       one(P));
  EXPECT_EQ(T.call("Socket::ReturnToPool").What, Role::Put);
  EXPECT_EQ(T.call("Other::ReturnToPool").What, Role::None);
  EXPECT_EQ(T.call("Sockets::open").What, Role::Acquire);
  EXPECT_EQ(T.call("open").What, Role::None);
}

TEST(Models, OverloadsAreToldApartByTheirShape) {
  Pool P = family("t", "Manager", {gives("TryAcquire")}, {});
  Operation Out;
  Out.Call = "TryAcquire";
  Out.Object = {Slot::Argument, 0, true};
  P.Acquire.push_back(Out);
  Tu T(R"(
    struct X {};
    struct Manager { X *TryAcquire(); bool TryAcquire(X &); };
  )",
       one(P));
  EXPECT_EQ(T.call("Manager::TryAcquire", 0).Op->Object.Where, Slot::Return);
  EXPECT_EQ(T.call("Manager::TryAcquire", 1).Op->Object.Where, Slot::Argument);
}

TEST(Models, BuiltinPlainNamesAreCFunctions) {
  Pool P = family("descriptor", "", {}, {takes("close")});
  P.Source = "built-in posix";
  Tu T(R"(
    struct Widget {};
    extern "C" int close(int);
    void close(Widget &);
    struct Stream { void close(int); };
  )",
       one(P));
  EXPECT_EQ(T.classes().classify(*T.function("Stream::close")).What,
            Role::None);
  int Puts = 0;
  for (const Classifier::Answer &A : T.classes().explain())
    Puts += A.What == "put";
  EXPECT_EQ(Puts, 1);
}

TEST(Models, RulesOfFunctionsAndTypes) {
  ModelSet Set;
  FunctionRule Starts;
  Starts.Call = "std::thread::thread";
  Starts.StartsThread = true;
  Set.Functions.push_back(Starts);
  TypeRule A, B;
  A.Type = "lib::*";
  A.LongLived = true;
  B.Type = "lib::Message";
  B.Reset = {"Forget"};
  B.Keep = {"arena"};
  Set.Types = {A, B};
  Tu T(R"(
    namespace std { inline namespace __1 {
      struct thread { template <class F> thread(F) {} };
    } }
    namespace lib { struct Message { void Forget(); void Erase(); int arena, x; };
                    struct Derived : Message { int y; }; }
    void f() { std::thread t([] {}); }
  )",
       Set);
  EXPECT_TRUE(T.call("std::thread::thread").Rule);
  EXPECT_EQ(T.call("std::thread::thread").What, Role::None);
  EXPECT_TRUE(T.type("lib::Message").Rule->LongLived);
  EXPECT_TRUE(T.classes().isReset(*T.function("lib::Message::Forget")));
  EXPECT_FALSE(T.classes().isReset(*T.function("lib::Message::Erase")));
  EXPECT_EQ(T.classes().resetMethod(*T.record("lib::Message")),
            T.function("lib::Message::Forget"));
  EXPECT_TRUE(T.classes().isKept(*T.field("lib::Message", "arena")));
  EXPECT_FALSE(T.classes().isKept(*T.field("lib::Message", "x")));
  EXPECT_TRUE(T.type("lib::Derived").Rule);
}

TEST(Models, UsersCanDenyBuiltinPools) {
  ModelSet Set = one(family("p", "Shelf", {gives("get")}, {takes("put")}));
  Set.Pools[0].Source = "built-in shelf";
  TypeRule No;
  No.Type = "Shelf";
  No.NotAPool = true;
  No.Source = ".pool-tidy.yaml";
  Set.Types.push_back(No);
  Tu T("struct Shelf { int *get(); void put(int *); };", Set);
  EXPECT_EQ(T.call("Shelf::get").What, Role::None);
  EXPECT_FALSE(T.type("Shelf").PoolOf);
}

TEST(Models, ClassOperatorsNewAndDelete) {
  Tu T(R"(
    struct Item { void *operator new(unsigned long); void operator delete(void *); };
  )",
       one(family("item", "Item", {gives("operator new")},
                  {takes("operator delete")})));
  EXPECT_EQ(T.call("Item::operator new").What, Role::Acquire);
  EXPECT_EQ(T.call("Item::operator delete").What, Role::Put);
}

TEST(Reset, ByNameOfMethodsAndFunctions) {
  Tu T(R"(
    struct Buf { int *data_; int len; void clear(); void clear_len();
                 void reset() const; void init(); void init(int); };
    struct Two { void clear(); void reset(); };
    struct Over { void reset(int); void reset(); };
    struct Sub : Over {};
    struct Hidden { private: void clear(); };
    struct Needs { void clear(int); };
    void wipe_buf(Buf &);
    void buf_reset(Buf *);
    void clear_and_put(Buf *, int);
    void show(const Buf &);
  )");
  Classifier &C = T.classes();
  EXPECT_TRUE(C.isReset(*T.function("Buf::clear")));
  EXPECT_FALSE(C.isReset(*T.function("Buf::clear_len")));
  EXPECT_FALSE(C.isReset(*T.function("Buf::reset")));
  EXPECT_TRUE(C.isReset(*T.function("Buf::init", 0)));
  EXPECT_FALSE(C.isReset(*T.function("Buf::init", 1)));
  EXPECT_TRUE(C.isReset(*T.function("wipe_buf")));
  EXPECT_TRUE(C.isReset(*T.function("buf_reset")));
  EXPECT_FALSE(C.isReset(*T.function("clear_and_put")));
  EXPECT_FALSE(C.isReset(*T.function("show")));
  EXPECT_EQ(C.resetMethod(*T.record("Buf")), T.function("Buf::clear"));
  EXPECT_EQ(C.resetMethod(*T.record("Two")), nullptr);
  EXPECT_EQ(C.resetMethod(*T.record("Over")), T.function("Over::reset", 0));
  EXPECT_EQ(C.resetMethod(*T.record("Sub")), T.function("Over::reset", 0));
  EXPECT_EQ(C.resetMethod(*T.record("Hidden")), nullptr);
  EXPECT_EQ(C.resetMethod(*T.record("Needs")), nullptr);
}

TEST(PoolCode, OfAModelledClass) {
  Tu T(R"(
    struct Obj {};
    class Guard;
    class Store {
    public:
      Obj *get(); void put(Obj *);
      struct Deleter { void operator()(Obj *); };
      friend class Guard;
      friend void drain(Store &) {}
    };
    class Guard { public: Guard(Store &); ~Guard(); Store &s; };
    struct User { Store s; void work() { [] {}(); } };
    void Store::put(Obj *) { auto l = [](int) { return 1; }; l(2); }
    void outside(Store &s) { s.put(s.get()); }
    void caller(Store &s) { drain(s); }
  )",
       one(family("obj", "Store", {gives("get")}, {takes("put")})));
  const Pool *P = T.type("Store").PoolOf;
  for (const char *Yes : {"Store::get", "Store::Deleter::operator()",
                          "Guard::Guard", "Guard::~Guard", "drain"}) {
    EXPECT_TRUE(T.isPoolCode(Yes)) << Yes;
    EXPECT_TRUE(T.isPoolCode(Yes, P)) << Yes;
  }
  EXPECT_TRUE(T.classes().isPoolCode(*T.calls("Store::put")[0], P));
  EXPECT_FALSE(T.isPoolCode("User::work"));
  EXPECT_FALSE(T.isPoolCode("outside"));
  Pool Another;
  EXPECT_FALSE(T.isPoolCode("Store::get", &Another));
}

} // namespace

//===- HeuristicsTest.cpp - classes that look like pools --------*- C++ -*-===//
// Part of pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "Tu.h"

using namespace pooltidy::model;

namespace {

/// A little of the standard library, as a system header.
const char *const Std = R"(
# 1 "/usr/include/std.h" 1 3
namespace std { inline namespace __1 {
  using size_t = decltype(sizeof(0));
  using nullptr_t = decltype(nullptr);
  template <class T> struct vector {
    bool empty() const; T &back(); void push_back(const T &); void pop_back();
    T &operator[](size_t);
  };
  template <class T> struct default_delete { void operator()(T *) const; };
  template <class T, class D = default_delete<T>> struct unique_ptr {
    unique_ptr(); unique_ptr(nullptr_t); explicit unique_ptr(T *, D = D());
    unique_ptr(unique_ptr &&); ~unique_ptr();
    T *operator->() const; T *get() const; T *release(); void reset(T * = nullptr);
  };
  template <class T> struct shared_ptr { ~shared_ptr(); T *operator->() const; };
  template <class T> T &&move(T &);
  template <class F> struct function;
  template <class C> struct basic_string { ~basic_string(); };
  using string = basic_string<char>;
} }
inline void *operator new(std::size_t, void *p) noexcept { return p; }
struct SystemPool { int *get(); void put(int *); };
# 1 "input.cpp" 2
struct Buffer {
  void clear(); void sweep() { clear(); } void shorten() { len = 0; }
  void unseen(); void show() const; int len; Buffer *next;
};
struct Connection { void ping(); };
)";

std::string with(const char *Code) { return std::string(Std) + Code; }

/// The family of class `Name` in \p Code; null when it is taken for none.
struct Asked {
  Tu T;
  const Pool *P;
  Asked(const char *Code, const char *Name)
      : T(with(Code)), P(T.type(Name).PoolOf) {}
};

TEST(Heuristics, TheClassicPool) {
  Asked A(R"(
    class BufferPool {
      std::vector<Buffer *> free_;
    public:
      Buffer *get() {
        if (free_.empty()) return new Buffer;
        Buffer *b = free_.back(); free_.pop_back(); return b;
      }
      void release(Buffer *b) { free_.push_back(b); }
      int size() const;
    };
  )", "BufferPool");
  ASSERT_TRUE(A.P);
  EXPECT_FALSE(A.P->Possible);
  EXPECT_EQ(A.P->What, Kind::Object);
  EXPECT_EQ(A.P->Resets, Convention::CallerBeforePut);
  EXPECT_EQ(A.P->Name, "Buffer");
  EXPECT_EQ(A.P->Object, "Buffer");
  EXPECT_EQ(A.P->Source, "heuristic: class 'BufferPool' has acquire 'get' and "
                         "put 'release' of Buffer*");
  EXPECT_EQ(A.T.call("BufferPool::get").What, Role::Acquire);
  EXPECT_EQ(A.T.call("BufferPool::get").Op->Fails, Failure::Never);
  EXPECT_EQ(A.T.call("BufferPool::release").What, Role::Put);
  EXPECT_EQ(A.T.call("BufferPool::release").Family, A.P);
  EXPECT_TRUE(A.T.isPoolCode("BufferPool::release", A.P));
}

TEST(Heuristics, Names) {
  const char *Code = R"(
    struct %s { Buffer *get(); void put(Buffer *); };
  )";
  auto Ask = [&](std::string Name) {
    std::string Text = Code;
    Text.replace(Text.find("%s"), 2, Name);
    Asked A(Text.c_str(), Name.c_str());
    return !A.P ? 0 : A.P->Possible ? 1 : 2;
  };
  for (const char *Sure : {"BufferPool", "buffer_pool", "bufpool", "Pool"})
    EXPECT_EQ(Ask(Sure), 2) << Sure;
  for (const char *Maybe : {"PoolBase", "BufferRecycler", "FreeList",
                            "free_list", "ThreadSafeBufferPoolImpl"})
    EXPECT_EQ(Ask(Maybe), 1) << Maybe;
  for (const char *No : {"ThreadPool", "worker_pool", "StringPool", "Spool",
                         "constant_pool", "DescriptorPool", "EntropyPool",
                         "ObjectCache", "PooledBuffer", "Buffers", "SymbolPool",
                         "InternPool", "PoolCache"})
    EXPECT_EQ(Ask(No), 0) << No;
}

TEST(Heuristics, NotAPool) {
  const char *Classes[] = {
      // runs tasks
      "struct P_pool { template <class F> void submit(F f); Buffer *get(); "
      "void put(Buffer *); };",
      "struct P_pool { void post(std::function<void()> f); Buffer *get(); "
      "void put(Buffer *); };",
      // a reference count
      "struct P_pool { Buffer *get(); void release(); };",
      // pins pages
      "struct P_pool { Buffer *fetch(int page); void unpin(int page); "
      "void free(Buffer *); };",
      // looks things up
      "struct P_pool { Buffer *get(int index); void release(Buffer *); };",
      "struct P_pool { Buffer *get() const; void release(Buffer *); };",
      // different types
      "struct P_pool { Buffer *get(); void release(Connection *); };",
      // counts
      "struct P_pool { std::size_t get_size(); void release(std::size_t); };",
      // a container
      "struct P_pool { Buffer *begin(); Buffer *end(); };",
      // goes back by a deleter that nobody sees
      "struct P_pool { std::shared_ptr<Buffer> get(); void put(Buffer *); };",
  };
  for (const char *Code : Classes)
    EXPECT_FALSE(Asked(Code, "P_pool").P) << Code;
}

TEST(Heuristics, SystemHeadersHaveNone) {
  EXPECT_FALSE(Asked("", "SystemPool").P);
}

TEST(Heuristics, ATypeRuleSilencesThem) {
  ModelSet Set;
  TypeRule No;
  No.Type = "Mempool*";
  No.NotAPool = true;
  No.Source = ".pool-tidy.yaml";
  Set.Types.push_back(No);
  Tu T(with("struct MempoolMain { Buffer *get(); void put(Buffer *); };"), Set);
  EXPECT_FALSE(T.type("MempoolMain").PoolOf);
  EXPECT_EQ(T.call("MempoolMain::get").What, Role::None);
}

TEST(Heuristics, WeakEvidenceNeedsAFreeList) {
  Asked Body(R"(
    struct BufferRecycler {
      Buffer *head_ = nullptr;
      Buffer *take() { Buffer *b = head_; head_ = head_->next; return b; }
      void back(Buffer *b) { b->next = head_; head_ = b; }
    };
  )", "BufferRecycler");
  ASSERT_TRUE(Body.P);
  EXPECT_FALSE(Body.P->Possible);
  EXPECT_EQ(Body.P->Resets, Convention::CallerBeforePut);
  Asked Array(R"(
    struct PoolImpl {
      Buffer *slots_[8]; int n_ = 0;
      Buffer *take() { return n_ == 0 ? nullptr : slots_[--n_]; }
      void back(Buffer *b) { slots_[n_++] = b; }
    };
  )", "PoolImpl");
  ASSERT_TRUE(Array.P);
  EXPECT_FALSE(Array.P->Possible);
  EXPECT_EQ(Array.T.call("PoolImpl::take").Op->Fails, Failure::Null);
  EXPECT_EQ(Array.T.call("PoolImpl::take").Op->FailsBy, Operation::Seen);
  Asked Slots(R"(
    struct SlotPool {
      int used_[8];
      int acquire() {
        for (int i = 0; i < 8; ++i)
          if (!used_[i]) { used_[i] = 1; return i; }
        return -1;
      }
      void release(int slot) { used_[slot] = 0; }
    };
  )", "SlotPool");
  ASSERT_TRUE(Slots.P);
  EXPECT_EQ(Slots.T.call("SlotPool::acquire").Op->Fails, Failure::Negative);
  Asked Keyed("struct TexturePool { Buffer *get(const std::string &name); "
              "void release(Buffer *); };",
              "TexturePool");
  ASSERT_TRUE(Keyed.P);
  EXPECT_TRUE(Keyed.P->Possible);
}

TEST(Heuristics, Conventions) {
  auto Ask = [](std::string Get, std::string Put) {
    std::string Code = "struct BufPool { std::vector<Buffer *> free_; "
                       "void wash(Buffer *b) { b->clear(); } "
                       "std::function<void(Buffer *)> *hook_; "
                       "void unseen(Buffer *); "
                       "Buffer *get() { Buffer *b = free_.back(); "
                       "free_.pop_back(); " + Get + " return b; } "
                       "void put(Buffer *b) { " + Put + " } };";
    Asked A(Code.c_str(), "BufPool");
    return A.P ? A.P->Resets : Convention::Never;
  };
  std::string Back = "free_.push_back(b);";
  EXPECT_EQ(Ask("", Back), Convention::CallerBeforePut);
  EXPECT_EQ(Ask("", "b->clear();" + Back), Convention::PoolOnPut);
  EXPECT_EQ(Ask("", "wash(b);" + Back), Convention::PoolOnPut);
  EXPECT_EQ(Ask("", "*b = Buffer();" + Back), Convention::PoolOnPut);
  EXPECT_EQ(Ask("b->clear();", Back), Convention::PoolOnAcquire);
  EXPECT_EQ(Ask("", "b->~Buffer();" + Back), Convention::ConstructDestroy);
  EXPECT_EQ(Ask("new (b) Buffer;", Back), Convention::ConstructDestroy);
  EXPECT_EQ(Ask("", "unseen(b);" + Back), Convention::Unknown);
  EXPECT_EQ(Ask("", "b->len = 0;" + Back), Convention::Unknown);
  EXPECT_EQ(Ask("", "b->next = nullptr;" + Back), Convention::CallerBeforePut);
  // What a method does that no name tells of.
  EXPECT_EQ(Ask("", "b->sweep();" + Back), Convention::PoolOnPut);
  EXPECT_EQ(Ask("", "b->shorten();" + Back), Convention::Unknown);
  EXPECT_EQ(Ask("", "b->unseen();" + Back), Convention::Unknown);
  EXPECT_EQ(Ask("", "b->show();" + Back), Convention::CallerBeforePut);
  EXPECT_EQ(Ask("", "if (free_.empty()) delete b; else " + Back),
            Convention::CallerBeforePut);
  EXPECT_EQ(Asked("struct BufPool { Buffer *get() { return new Buffer; } "
                  "void put(Buffer *b) { delete b; } };",
                  "BufPool").P->Resets,
            Convention::ConstructDestroy);
  EXPECT_EQ(Asked("struct BufPool { Buffer *get(); void put(Buffer *b); };",
                  "BufPool").P->Resets,
            Convention::Unknown);
}

TEST(Heuristics, Templates) {
  Tu T(with(R"(
    template <class X> class ObjectPool {
      std::vector<X *> free_;
    public:
      template <class... A> X *acquire(A... a) {
        if (free_.empty()) return nullptr;
        auto *x = free_.back(); free_.pop_back(); return x;
      }
      X *acquire_or_make();
      void release(X *x) { x->clear(); free_.push_back(x); }
    };
    void f(ObjectPool<Buffer> &p) { p.release(p.acquire(1, 2)); }
    void g(ObjectPool<Connection> &p) { p.acquire(); }
  )"));
  auto Calls = T.calls("f");
  const CallMeaning &Put = T.classes().classify(*Calls[0]);
  const CallMeaning &Get = T.classes().classify(*Calls[1]);
  EXPECT_EQ(Put.What, Role::Put);
  ASSERT_EQ(Get.What, Role::Acquire);
  EXPECT_EQ(Get.Op->Fails, Failure::Null);
  EXPECT_EQ(Get.Family, Put.Family);
  EXPECT_EQ(Get.Family->Resets, Convention::PoolOnPut);
  EXPECT_FALSE(Get.Family->Possible);
  EXPECT_EQ(Get.Family->What, Kind::Object);
  EXPECT_TRUE(T.classes().isPoolCode(*Calls[0], Get.Family));
  EXPECT_FALSE(T.isPoolCode("f"));
  const CallMeaning &Conn = T.classes().classify(*T.calls("g")[0]);
  ASSERT_EQ(Conn.What, Role::Acquire);
  EXPECT_NE(Conn.Family, Get.Family);
  EXPECT_EQ(Conn.Family->What, Kind::Resource);
}

TEST(Heuristics, Handles) {
  Tu T(with(R"(
    class ConnPool {
    public:
      struct Deleter { ConnPool *pool; void operator()(Connection *c) const { pool->put(c); } };
      using Ptr = std::unique_ptr<Connection, Deleter>;
      Ptr get();
    private:
      void put(Connection *c);
    };
    class BufPool;
    class Lease {
      BufPool *pool_; Buffer *b_;
    public:
      Lease(BufPool *p, Buffer *b); Lease(Lease &&); ~Lease();
      Buffer *operator->() const; Buffer *get() const;
      Buffer *detach(); void reset();
    };
    class BufPool { public: Lease get(); void put(Buffer *); };
    void f(ConnPool &p) { ConnPool::Ptr c = p.get(); }
  )"));
  // The handle is asked for before its pool.
  const TypeMeaning &L = T.type("Lease");
  EXPECT_TRUE(T.isPoolCode("Lease::~Lease"));
  const TypeMeaning &Again = T.type("Lease");
  ASSERT_TRUE(Again.HandleOf);
  EXPECT_FALSE(L.PoolOf);
  EXPECT_EQ(Again.HandleOf->Type, "Lease");
  EXPECT_EQ(Again.HandleOf->Release, std::vector<std::string>{"detach"});
  EXPECT_EQ(Again.HandleOf->Put, std::vector<std::string>{"reset"});
  EXPECT_EQ(Again.HandleOf->Get, std::vector<std::string>{"get"});
  EXPECT_FALSE(Again.HandleOf->Copyable);
  EXPECT_EQ(Again.HandleFamily, T.type("BufPool").PoolOf);

  const CallMeaning &Get = T.call("ConnPool::get");
  ASSERT_EQ(Get.What, Role::Acquire);
  EXPECT_EQ(Get.Family->What, Kind::Resource);
  ASSERT_EQ(Get.Family->Handles.size(), 1u);
  const clang::CXXRecordDecl *Ptr =
      T.function("ConnPool::get")->getReturnType()->getAsCXXRecordDecl();
  EXPECT_EQ(T.classes().classify(*Ptr).HandleFamily, Get.Family);
  EXPECT_TRUE(T.isPoolCode("ConnPool::Deleter::operator()", Get.Family));
  EXPECT_FALSE(T.isPoolCode("f"));
}

TEST(Heuristics, TwoWaysToAcquire) {
  for (std::string Acquires :
       {"Buffer *acquire(); Ptr lease();", "Ptr lease(); Buffer *acquire();"}) {
    std::string Code = "class BufPool { public: struct Back { void operator()(Buffer "
                       "*b) const; }; using Ptr = std::unique_ptr<Buffer, Back>; " +
                       Acquires + " void release(Buffer *b); };";
    Tu T(with(Code.c_str()));
    const CallMeaning &Put = T.call("BufPool::release");
    ASSERT_EQ(Put.What, Role::Put);
    EXPECT_EQ(T.call("BufPool::acquire").Family, Put.Family);
    EXPECT_EQ(T.call("BufPool::lease").Family, Put.Family);
    EXPECT_EQ(T.call("BufPool::lease").What, Role::Acquire);
    EXPECT_EQ(Put.Family->Handles.size(), 1u);
  }
}

TEST(Heuristics, UniquePtrWhoseDeleterPuts) {
  Tu T(with(R"(
    struct BufPool { Buffer *get(); void put(Buffer *); };
    struct PutBack { BufPool *pool; void operator()(Buffer *b) const { if (b) pool->put(b); } };
    struct Frees { void operator()(Buffer *b) const { delete b; } };
    std::unique_ptr<Buffer, PutBack> one();
    std::unique_ptr<Buffer, Frees> two();
    std::unique_ptr<Buffer> three();
  )"));
  auto Ask = [&](const char *Name) {
    return T.classes()
        .classify(*T.function(Name)->getReturnType()->getAsCXXRecordDecl())
        .HandleFamily;
  };
  EXPECT_EQ(Ask("one"), T.type("BufPool").PoolOf);
  EXPECT_TRUE(Ask("one"));
  EXPECT_FALSE(Ask("two"));
  EXPECT_FALSE(Ask("three"));
  EXPECT_FALSE(T.isPoolCode("PutBack::operator()"));
}

TEST(Heuristics, OtherShapes) {
  Asked Id("struct SessionPool { std::size_t lease(); void give_back(std::size_t); };",
           "SessionPool");
  ASSERT_TRUE(Id.P);
  EXPECT_TRUE(Id.P->Possible);
  EXPECT_EQ(Id.P->What, Kind::Resource);
  EXPECT_TRUE(Id.T.call("SessionPool::lease").Op->Id);
  Asked Ref("struct BufPool { Buffer &get(); void release(Buffer &); };", "BufPool");
  ASSERT_TRUE(Ref.P);
  EXPECT_TRUE(Ref.P->Possible);
  Asked Out("struct BufPool { bool try_get(Buffer *&out); void put(Buffer *); };",
            "BufPool");
  ASSERT_TRUE(Out.P);
  EXPECT_EQ(Out.T.call("BufPool::try_get").Op->Fails, Failure::False);
  EXPECT_TRUE(Out.T.call("BufPool::try_get").Op->Object.Indirect);
  Asked Memory("struct MemPool { void *alloc(std::size_t n); void free(void *); };",
               "MemPool");
  ASSERT_TRUE(Memory.P);
  EXPECT_EQ(Memory.P->What, Kind::Memory);
  Asked Allocator("struct IntPool { Buffer *allocate(std::size_t n); "
                  "void deallocate(Buffer *, std::size_t n); };",
                  "IntPool");
  ASSERT_TRUE(Allocator.P);
  EXPECT_EQ(Allocator.P->What, Kind::Memory);
  EXPECT_TRUE(Allocator.P->Possible);
  Asked Owner("struct ConnPool { std::unique_ptr<Connection> getConnection(); "
              "void returnConnection(std::unique_ptr<Connection>); };",
              "ConnPool");
  ASSERT_TRUE(Owner.P);
  EXPECT_EQ(Owner.T.call("ConnPool::returnConnection").What, Role::Put);
  EXPECT_TRUE(Owner.P->Handles.empty());
}

TEST(Heuristics, TwoFamiliesOfOneClass) {
  Tu T(with(R"(
    struct NetPool { Buffer *getBuffer(); void putBuffer(Buffer *);
                     Connection *getConn(); void putConn(Connection *); };
  )"));
  EXPECT_EQ(T.call("NetPool::getConn").Family, T.call("NetPool::putConn").Family);
  EXPECT_NE(T.call("NetPool::getConn").Family, T.call("NetPool::getBuffer").Family);
  EXPECT_TRUE(T.isPoolCode("NetPool::putConn", T.call("NetPool::getBuffer").Family));
  EXPECT_TRUE(T.isPoolCode("NetPool::putBuffer", T.call("NetPool::getConn").Family));
}

TEST(Heuristics, BasesAndInterfaces) {
  Tu T(with(R"(
    struct IPool { virtual Buffer *acquire() = 0; virtual void release(Buffer *) = 0; };
    struct RealPool : IPool { Buffer *acquire() override; void release(Buffer *) override; };
    struct Holder { RealPool pool; Buffer *mine; void work(); };
    struct Hidden : private RealPool { void work(); };
  )"));
  EXPECT_EQ(T.call("RealPool::acquire").Family, T.call("IPool::acquire").Family);
  EXPECT_TRUE(T.call("RealPool::acquire").Family);
  EXPECT_TRUE(T.isPoolCode("RealPool::release"));
  EXPECT_FALSE(T.isPoolCode("Holder::work"));
  EXPECT_FALSE(T.isPoolCode("Hidden::work"));
}

TEST(Heuristics, TemplateHandlesAndHelpers) {
  Tu T(with(R"(
    template <class X> class Pool;
    template <class X> class Lease {
      Pool<X> *pool_; X *x_;
    public:
      Lease(Pool<X> *p, X *x) : pool_(p), x_(x) {}
      Lease(Lease &&); ~Lease() { pool_->give_back(x_); }
      X *operator->() const; X *get() const; X *release();
    };
    template <class X> class Pool {
      struct Node { Node *next; };
      Node *free_;
      template <class> friend class Lease;
      X *pop() { auto *n = free_; if (!n) return nullptr; free_ = free_->next; return (X *)n; }
      void push(X *x) { auto *n = (Node *)x; n->next = free_; free_ = n; }
      void give_back(X *x) { x->clear(); push(x); }
    public:
      Lease<X> get() { return Lease<X>(this, pop()); }
    };
    void f(Pool<Buffer> &p) { p.get(); }
  )"));
  const CallMeaning &Get = T.classes().classify(*T.calls("f")[0]);
  ASSERT_EQ(Get.What, Role::Acquire);
  EXPECT_EQ(Get.Family->Resets, Convention::PoolOnPut);
  EXPECT_FALSE(Get.Family->Possible);
  const clang::CXXRecordDecl *L =
      T.calls("f")[0]->getReturnType()->getAsCXXRecordDecl();
  EXPECT_EQ(T.classes().classify(*L).HandleFamily, Get.Family);
  EXPECT_TRUE(T.classes().isPoolCode(*L->getDestructor(), Get.Family));
  EXPECT_FALSE(T.isPoolCode("f", Get.Family));
}

TEST(Explain, UserCodeInSourceOrder) {
  Tu T(with(R"(
    struct BufPool { Buffer *get(); void put(Buffer *); };
    struct Quiet { void clear(); };
  )"));
  std::vector<std::string> Said;
  for (const Classifier::Answer &A : T.classes().explain()) {
    Said.push_back(A.What + " " + modelName(*A.Decl));
    EXPECT_FALSE(A.Why.empty());
  }
  EXPECT_EQ(Said, (std::vector<std::string>{"reset Buffer::clear",
                                            "pool BufPool", "acquire BufPool::get",
                                            "put BufPool::put"}));
}

} // namespace

// RUN: %check %s --models %S/../models/policies.yaml
// Pools that reset by what they are given: a virtual function, a functor of
// their deleter, a method that they find by its name.

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// --- a factory that resets what comes back, bare pointers in between

struct DataFactory {
  virtual ~DataFactory();
  virtual void *CreateData() const = 0;
  virtual bool ResetData(void *data) const = 0;
  virtual void DestroyData(void *data) const = 0;
};
class DataPool {
public:
  explicit DataPool(const DataFactory *factory);
  void *Borrow();
  void Return(void *data);
};
struct Counter {
  int hits = 0;
};

void good_borrowed(DataPool &pool) {
  auto *c = static_cast<Counter *>(pool.Borrow());
  if (!c)
    return;
  ++c->hits;
  pool.Return(c);
}

void bad_borrowed(DataPool &pool, int n) {
  void *data = pool.Borrow(); // expect: resource-leak "'data' is not put back on some path"
  if (!data)
    return;
  if (n < 0)
    return;
  pool.Return(data);
}

// --- an interface with several pools behind it

struct Messages {
  std::string request, response;
};
struct MessageFactory {
  virtual ~MessageFactory();
  virtual Messages *Get(int service) = 0;
  virtual void Return(Messages *messages) = 0;
};
struct ArenaFactory : MessageFactory {
  Messages *Get(int service) override;
  void Return(Messages *messages) override;
};

void good_by_interface(MessageFactory &f) {
  Messages *m = f.Get(1);
  m->request = "a";
  m->request.clear();
  f.Return(m);
}

void bad_by_interface(MessageFactory &f) {
  Messages *m = f.Get(1);
  f.Return(m);
  f.Return(m); // expect: double-put "'m' is put back twice"
}

std::size_t bad_by_override(ArenaFactory &f) {
  Messages *m = f.Get(2);
  f.Return(m);
  return m->response.size(); // expect: use-after-put "'m' is used after it was put back"
}

// --- its owner's deleter resets, then puts

struct Context {
  std::vector<char> window;
  int level = 0;
};
class ContextPool {
public:
  struct ReturnContext {
    ContextPool *pool;
    void operator()(Context *c) const {
      c->window.clear();
      c->level = 0;
      pool->put(c);
    }
  };
  using Ref = std::unique_ptr<Context, ReturnContext>;
  Ref get() {
    if (idle_.empty())
      return Ref(new Context, ReturnContext{this});
    Context *c = idle_.back();
    idle_.pop_back();
    return Ref(c, ReturnContext{this});
  }
  Ref getNull() { return Ref(nullptr, ReturnContext{this}); }

private:
  void put(Context *c) { idle_.push_back(c); }
  std::vector<Context *> idle_;
};

void good_by_deleter(ContextPool &pool) {
  ContextPool::Ref c = pool.get();
  c->level = 3;
  c->window.push_back('x');
}

void bad_after_reset_of_the_owner(ContextPool &pool) {
  ContextPool::Ref c = pool.get();
  Context *raw = c.get();
  c.reset();
  raw->level = 1; // expect: use-after-put "'raw' is used after it was put back"
}

// --- the pool calls clear() when the type has one; a guard beside

template <typename T> class ReflectingPool {
public:
  T *Acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void Release(T *t) {
    if constexpr (requires { t->clear(); })
      t->clear();
    free_.push_back(t);
  }

private:
  std::vector<T *> free_;
};
struct Note {
  std::string text;
  void clear() { text.clear(); }
};

void good_by_reflection(ReflectingPool<Note> &pool) {
  Note *n = pool.Acquire();
  n->text = "b";
  pool.Release(n);
}

void bad_by_reflection(ReflectingPool<Note> &pool, int i) {
  Note *n = pool.Acquire(); // expect: resource-leak "'n' is not put back on some path"
  if (i < 0)
    return;
  pool.Release(n);
}

// --- begin and end; what grew too large is deleted instead

struct Bytes {
  std::vector<char> data;
};
class BytesPool {
public:
  Bytes *beginBuffer(std::size_t size = 0) {
    if (free_.empty())
      return new Bytes;
    Bytes *b = free_.back();
    free_.pop_back();
    b->data.resize(size);
    return b;
  }
  void endBuffer(Bytes *b) {
    if (b->data.capacity() > 4096) {
      delete b;
      return;
    }
    b->data.clear();
    free_.push_back(b);
  }

private:
  std::vector<Bytes *> free_;
};

void good_begun(BytesPool &pool) {
  Bytes *b = pool.beginBuffer(16);
  b->data.push_back('y');
  pool.endBuffer(b);
}

std::size_t bad_begun(BytesPool &pool) {
  Bytes *b = pool.beginBuffer();
  pool.endBuffer(b);
  return b->data.size(); // expect: use-after-put "'b' is used after it was put back"
}

// RUN: %check %s
// Pools that the heuristics find by their names and types: a class with an
// acquire-like and a put-like member of the same T*, and a free list.

#include <memory>
#include <string>
#include <vector>

namespace net {

struct Message {
  int id = 0;
  std::string body;
  void Clear() {
    id = 0;
    body.clear();
  }
};

template <class T> class ObjectPool {
public:
  T *borrowObject() {
    if (idle_.empty())
      return new T;
    T *t = idle_.back();
    idle_.pop_back();
    return t;
  }
  void returnObject(T *t) { idle_.push_back(t); }

private:
  std::vector<T *> idle_;
};

class MessageRecycler {
public:
  Message *obtain() {
    if (first_ == last_)
      return new Message;
    return slots_[--last_];
  }
  void recycle(Message *m) {
    if (last_ < 16)
      slots_[last_++] = m;
    else
      delete m;
  }

private:
  Message *slots_[16];
  int first_ = 0, last_ = 0;
};

// A pool of owners: acquire releases the smart pointer, put wraps it again.
class ParserPool {
public:
  Message *Checkout() {
    if (all_.empty())
      return new Message;
    Message *m = all_.back().release();
    all_.pop_back();
    return m;
  }
  void Return(Message *m) { all_.push_back(std::unique_ptr<Message>(m)); }

private:
  std::vector<std::unique_ptr<Message>> all_;
};

struct Server {
  ObjectPool<Message> messages_;
  MessageRecycler recycler_;
  ParserPool *parsers_ = nullptr;

  void good_template(int id) {
    Message *m = messages_.borrowObject();
    m->id = id;
    m->Clear();
    messages_.returnObject(m);
  }
  void bad_template_dirty(int id) {
    Message *m = messages_.borrowObject();
    m->id = id;                // note: "changed here"
    messages_.returnObject(m); // expect: pool-put-without-reset "'m' is put back without a reset since it was changed"
  }
  void bad_template_leak(bool stop) {
    Message *m = messages_.borrowObject(); // expect: pool-resource-leak "'m' is not put back on some path"
    if (stop)
      return; // note: "returns here without putting it back"
    messages_.returnObject(m);
  }
  void good_recycler() {
    Message *m = recycler_.obtain();
    m->body = "x";
    m->Clear();
    recycler_.recycle(m);
  }
  void bad_recycler_twice() {
    Message *m = recycler_.obtain();
    recycler_.recycle(m); // note: "first put back here"
    recycler_.recycle(m); // expect: pool-double-put "'m' is put back twice"
  }
  int bad_owner_pool_use() {
    Message *m = parsers_->Checkout();
    parsers_->Return(m); // note: "put back here"
    return m->id;        // expect: pool-use-after-put "'m' is used after it was put back"
  }
  void good_owner_pool() {
    Message *m = parsers_->Checkout();
    int id = m->id;
    parsers_->Return(m);
    recycler_.recycle(recycler_.obtain());
    messages_.returnObject(messages_.borrowObject());
    if (id == 0)
      parsers_ = nullptr;
  }
};

} // namespace net

// RUN: %check %s --models %S/../models/refcounts.yaml --confidence possible
// get and release that count references are no pool: nothing here is a finding.

#include <atomic>
#include <string>

class DataUnit {
public:
  DataUnit *get() {
    ++refs_;
    return this;
  }
  void release() {
    if (--refs_ == 0)
      delete this;
  }
  std::string text;

private:
  std::atomic<int> refs_{1};
};

void good_counted() {
  DataUnit *d = new DataUnit;
  d->get();
  d->text = "x";
  d->release();
  d->text.clear();
  d->release();
}

class ImagePoolRef {
public:
  void acquire() { ++count_; }
  void release() {
    if (--count_ == 0)
      delete this;
  }
  int width = 0;

private:
  int count_ = 0;
};

void good_two_owners(ImagePoolRef *r) {
  r->acquire();
  r->acquire();
  r->width = 3;
  r->release();
  r->release();
}

struct Msg {
  int locks = 0;
  int kind = 0;
};
void msg_lock(Msg *m);
void msg_unlock(Msg *m);
#define MSGLOCK(m) msg_lock(m)
#define MSGUNLOCK(m) msg_unlock(m)

void good_lock_macros(Msg *m) {
  MSGLOCK(m);
  MSGLOCK(m);
  m->kind = 1;
  MSGUNLOCK(m);
  MSGUNLOCK(m);
}

// Named like a pool, but a user model says that it is none.
class SharedBufferPool {
public:
  DataUnit *acquire();
  void release(DataUnit *d);
};

void good_said_to_be_none(SharedBufferPool &shared) {
  DataUnit *d = shared.acquire();
  d->text = "x";
  shared.release(d);
  shared.release(d);
}

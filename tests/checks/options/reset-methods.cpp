// RUN: %check %s --models reset-methods.yaml
// Members that reset although their names do not say so. None has a body that
// could tell.
#include <string>
#include <vector>

namespace app {

struct Cursor {
  std::string row;
  void home();
  void rewind();
};

struct Journal {
  std::string text;
  void start_over();
};

struct Diary {
  std::string text;
  void start_over();
};

template <typename T> class Pool {
public:
  T *acquire() {
    if (free_.empty())
      return new T;
    T *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(T *t) { free_.push_back(t); }

private:
  std::vector<T *> free_;
};

void good_home(Pool<Cursor> &pool) {
  Cursor *cursor = pool.acquire();
  cursor->row = "first";
  cursor->home();
  pool.release(cursor);
}

void good_qualified(Pool<Journal> &pool) {
  Journal *journal = pool.acquire();
  journal->text = "first";
  journal->start_over();
  pool.release(journal);
}

void bad(Pool<Cursor> &pool) {
  Cursor *cursor = pool.acquire();
  cursor->row = "first";
  pool.release(cursor); // expect: pool-put-without-reset "'cursor' is put back without a reset"
}

} // namespace app

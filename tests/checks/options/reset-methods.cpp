// RUN: %check %s --models reset-methods.yaml --confidence possible
// Members that reset although their names do not say so. None has a body that
// could tell.
#include <string>
#include <vector>

namespace app {

struct Sheet {
  std::string row;
  void home();
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

void good_home(Pool<Sheet> &pool) {
  Sheet *sheet = pool.acquire();
  sheet->row = "first";
  sheet->home();
  pool.release(sheet);
}

void good_qualified(Pool<Journal> &pool) {
  Journal *journal = pool.acquire();
  journal->text = "first";
  journal->start_over();
  pool.release(journal);
}

// A name that goes with its class resets nothing of another class. Nor has that
// one anything like a reset, so that nobody may owe one: possible only.
void unsure(Pool<Diary> &pool) {
  Diary *diary = pool.acquire();
  diary->text = "first";
  diary->start_over();
  pool.release(diary); // expect: pool-put-without-reset "'diary' is put back without a reset since it was changed (possible)"
}

void bad(Pool<Sheet> &pool) {
  Sheet *sheet = pool.acquire();
  sheet->row = "first";
  pool.release(sheet); // expect: pool-put-without-reset "'sheet' is put back without a reset"
}

} // namespace app

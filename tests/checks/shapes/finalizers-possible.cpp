// RUN: %check %s --checks=pool-finalizer-object --confidence possible
// Destructors that do more than free memory, where something that matters is
// not seen.

#include "finalizers.h"

// The reset may do the same.
struct Closed {
  std::FILE *file = nullptr;
  ~Closed() {
    if (file)
      std::fclose(file);
  }
  void reset();
};
KeepPool<Closed> maybe_closed; // expect: pool-finalizer-object "'Closed' is pooled, but its destructor closes a file (possible)"

// So may a part of it.
struct Partly {
  std::FILE *file = nullptr;
  std::string text;
  ~Partly() {
    if (file)
      std::fclose(file);
  }
  void reset() {
    text.clear();
    finish();
  }
  void finish();
};
KeepPool<Partly> maybe_partly; // expect: pool-finalizer-object "'Partly' is pooled, but its destructor closes a file (possible)"

// What is seen of this reset, is all of it.
struct Sure {
  std::FILE *file = nullptr;
  std::string text;
  ~Sure() {
    if (file)
      std::fclose(file);
  }
  bool empty() const;
  void reset() {
    if (!empty())
      text.clear();
  }
};
KeepPool<Sure> surely; // expect: pool-finalizer-object "'Sure' is pooled, but its destructor closes a file"

struct Logged {
  std::FILE *file = nullptr;
  ~Logged() {
    if (file)
      std::fclose(file);
  }
};

// A pool that may destroy what comes back, for all that is seen.
class LoggedPool { // expect: pool-finalizer-object "'Logged' is pooled, but its destructor closes a file (possible)"
public:
  Logged *acquire();
  void release(Logged *l);
};
LoggedPool unseen;

// Weak evidence of a pool.
class LoggedRecycler { // expect: pool-finalizer-object "'Logged' is pooled, but its destructor closes a file (possible)"
public:
  Logged *get();
  void recycle(Logged *l);
};
LoggedRecycler weak;

// A put that hands it to a hook, which may close it.
struct Hooks {
  virtual ~Hooks() = default;
  virtual void deactivate(Logged *l) = 0;
};
class HookedPool { // expect: pool-finalizer-object "'Logged' is pooled, but its destructor closes a file (possible)"
public:
  explicit HookedPool(Hooks &hooks) : hooks_(hooks) {}
  Logged *acquire() {
    Logged *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(Logged *l) {
    hooks_.deactivate(l);
    free_.push_back(l);
  }

private:
  Hooks &hooks_;
  std::vector<Logged *> free_;
};
HookedPool *hooked;

// A put that hands it to a stored function.
template <typename T> class ToldPool {
public:
  explicit ToldPool(std::function<void(T &)> reset) : reset_(std::move(reset)) {}
  T *acquire() {
    T *last = free_.back();
    free_.pop_back();
    return last;
  }
  void release(T *object) {
    reset_(*object);
    free_.push_back(object);
  }

private:
  std::function<void(T &)> reset_;
  std::vector<T *> free_;
};
ToldPool<Logged> told_by([](Logged &) {}); // expect: pool-finalizer-object "'Logged' is pooled, but its destructor closes a file (possible)"

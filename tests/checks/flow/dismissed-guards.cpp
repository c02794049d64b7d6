// RUN: %check %s
// Guards that are called off, and other flags that a callee leaves as it likes.

#include "buffer_pool.h"
#include <memory>
#include <utility>

// ---- a flag of the guard, in all the ways that it gets its first value

struct Armed {
  BufferPool &pool;
  Buffer *b;
  bool on = true;
  Armed(BufferPool &p, Buffer *x) : pool(p), b(x) {}
  Armed(const Armed &) = delete;
  Armed &operator=(const Armed &) = delete;
  ~Armed() {
    if (on)
      pool.release(b);
  }
  void dismiss() { on = false; }
  void maybe_dismiss(bool really) {
    if (really)
      on = false;
  }
};

void good_dismissed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b);
  guard.dismiss();
  pool.release(b);
}

Buffer *good_returned(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b);
  if (ready())
    return nullptr;
  guard.dismiss();
  return b;
}

void good_called_off_by_hand(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b);
  guard.on = false;
  pool.release(b);
}

void good_dismissed_by_another(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b);
  auto off = [&guard] { guard.dismiss(); };
  off();
  pool.release(b);
}

void bad_not_dismissed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b); // expect: pool-double-put "'guard' is put back twice"
  pool.release(b);
}

void bad_dismissed_on_one_way(BufferPool &pool, bool done) {
  Buffer *b = pool.acquire();
  Armed guard(pool, b); // expect: pool-double-put "'guard' is put back twice"
  guard.maybe_dismiss(done);
  pool.release(b);
}

void bad_dismissed_and_lost(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  Armed guard(pool, b);
  guard.dismiss();
}

struct Released {
  BufferPool &pool;
  Buffer *b;
  bool done;
  Released(BufferPool &p, Buffer *x) : pool(p), b(x), done(false) {}
  Released(const Released &) = delete;
  Released &operator=(const Released &) = delete;
  ~Released() {
    if (!done)
      pool.release(b);
  }
  void release() { done = true; }
};

void good_released(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Released guard(pool, b);
  guard.release();
  pool.release(b);
}

void bad_not_released(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Released guard(pool, b); // expect: pool-double-put "'guard' is put back twice"
  pool.release(b);
}

enum class Then { Put, Keep, Ask };

struct Chosen {
  BufferPool &pool;
  Buffer *b;
  Then then;
  Chosen(BufferPool &p, Buffer *x, Then t) : pool(p), b(x), then(t) {}
  Chosen(const Chosen &) = delete;
  Chosen &operator=(const Chosen &) = delete;
  ~Chosen() {
    if (then == Then::Put)
      pool.release(b);
  }
  void commit() { then = Then::Keep; }
};

void good_chosen_at_first(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Chosen guard(pool, b, Then::Ask);
  pool.release(b);
}

void good_chosen_by_a_flag(BufferPool &pool, Then then) {
  Buffer *b = pool.acquire();
  Chosen guard(pool, b, then);
  if (then != Then::Put)
    pool.release(b);
}

void good_chosen_later(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Chosen guard(pool, b, Then::Put);
  guard.commit();
  pool.release(b);
}

void bad_chosen(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Chosen guard(pool, b, Then::Put); // expect: pool-double-put "'guard' is put back twice"
  pool.release(b);
}

void bad_chosen_to_keep(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  Chosen guard(pool, b, Then::Keep);
}

// ---- the flag lies deeper, or is set by what the method calls

struct Switch {
  bool on = true;
  void off() { on = false; }
};

class Deep {
public:
  Deep(BufferPool &pool, Buffer *b) : pool_(pool), b_(b) {}
  Deep(const Deep &) = delete;
  Deep &operator=(const Deep &) = delete;
  ~Deep() {
    if (switch_.on)
      pool_.release(b_);
  }
  void cancel() { disarm(); }

private:
  void disarm() { switch_.off(); }
  BufferPool &pool_;
  Buffer *b_;
  Switch switch_;
};

void good_cancelled(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Deep guard(pool, b);
  guard.cancel();
  pool.release(b);
}

// ---- a template that is given what to do

template <class F> class OnExit {
public:
  explicit OnExit(F f) : f_(std::move(f)) {}
  OnExit(const OnExit &) = delete;
  OnExit &operator=(const OnExit &) = delete;
  ~OnExit() {
    if (on_)
      f_();
  }
  void dismiss() { on_ = false; }

private:
  F f_;
  bool on_ = true;
};

void good_action_dismissed(BufferPool &pool) {
  Buffer *b = pool.acquire();
  OnExit guard([&] { pool.release(b); });
  guard.dismiss();
  pool.release(b);
}

Buffer *good_action_on_failure(BufferPool &pool) {
  Buffer *b = pool.acquire();
  OnExit guard([&] { pool.release(b); });
  if (!ready())
    return nullptr;
  guard.dismiss();
  return b;
}

void bad_action_too(BufferPool &pool) {
  Buffer *b = pool.acquire();
  OnExit guard([&] { pool.release(b); }); // expect: pool-double-put "'b' is put back twice"
  pool.release(b);
}

// ---- a guard that can be moved

class Moved {
public:
  explicit Moved(BufferPool &pool)
      : pool_(&pool), b_(pool.acquire()), owned_(true) {}
  Moved(Moved &&other) noexcept
      : pool_(other.pool_), b_(other.b_),
        owned_(std::exchange(other.owned_, false)) {}
  Moved &operator=(Moved &&) = delete;
  ~Moved() {
    if (owned_)
      pool_->release(b_);
  }
  Buffer *get() const { return b_; }
  Buffer *take() {
    owned_ = false;
    return b_;
  }

private:
  BufferPool *pool_;
  Buffer *b_;
  bool owned_;
};

void good_moved(BufferPool &pool) {
  Moved first(pool);
  Moved second(std::move(first));
  consume(*second.get());
}

void good_taken(BufferPool &pool) {
  Moved lease(pool);
  Buffer *b = lease.take();
  pool.release(b);
}

void bad_not_taken(BufferPool &pool) {
  Moved lease(pool); // expect: pool-double-put "'lease' is put back twice"
  pool.release(lease.get());
}

// ---- a flag of the function's own, by reference

void off(bool &flag) { flag = false; }
void off_by_pointer(bool *flag) { *flag = false; }
void keep(bool &flag) { flag = true; }

void good_flag_by_reference(BufferPool &pool) {
  bool on = true;
  Buffer *b = pool.acquire();
  off(on);
  if (on)
    pool.release(b);
  pool.release(b);
}

void good_flag_by_pointer(BufferPool &pool) {
  bool on = true;
  Buffer *b = pool.acquire();
  off_by_pointer(&on);
  if (on)
    pool.release(b);
  pool.release(b);
}

void bad_flag_stays(BufferPool &pool) {
  bool on = false;
  Buffer *b = pool.acquire();
  keep(on);
  if (on)
    pool.release(b);
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

// ---- copies of a flag are asked for the flag

void good_copied_flag(BufferPool &pool, bool mine) {
  const bool owned = mine;
  Buffer *b = mine ? pool.acquire() : nullptr;
  work();
  if (owned)
    pool.release(b);
}

void bad_flag_changed_since(BufferPool &pool, bool mine) {
  const bool owned = mine;
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  mine = ready();
  if (mine)
    work();
  if (owned)
    pool.release(b);
}

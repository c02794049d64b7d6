// RUN: %check %s --level strict --checks=pool-unbalanced-put
// New objects that go into a pool again and again.

#include "text_pool.h"
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

void bad_loop(TextPool &pool) {
  while (running()) {
    Text *t = new Text;
    send(*t);
    t->clear();
    pool.release(t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

void bad_for_ever(FreeList<std::vector<int>> &pool) {
  for (;;)
    pool.release(new std::vector<int>); // expect: unbalanced-put "is put into the pool in each round, and none is acquired"
}

void bad_owner(TextPool &pool) {
  std::string line;
  while (next_line(line)) {
    auto t = std::make_unique<Text>();
    t->append(line);
    send(*t);
    t->clear();
    pool.release(t.release()); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

static Text *made(const std::string &line) {
  Text *t = new Text;
  t->append(line);
  return t;
}
void bad_made_elsewhere(TextPool &pool) {
  std::string line;
  while (next_line(line)) {
    Text *t = made(line);
    t->clear();
    pool.release(t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

static void put(TextPool &pool, Text *t) {
  t->clear();
  pool.release(t);
}
void bad_put_elsewhere(TextPool &pool) {
  while (running()) {
    Text *t = new Text;
    send(*t);
    put(pool, t); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}

// --- as many as are counted, and once

void good_counted(TextPool &pool) {
  for (int i = 0; i < 16; ++i)
    pool.release(new Text);
}

void good_counted_by_whoever_calls(TextPool &pool, int n) {
  while (n-- > 0)
    pool.release(new Text);
}

void good_one_for_each(TextPool &pool, const std::vector<int> &kinds) {
  for (int kind : kinds) {
    Text *t = new Text;
    t->kind = kind;
    pool.release(t);
  }
}

class Server {
public:
  explicit Server(TextPool &pool) : pool_(pool) {
    pool_.release(new Text);
  }
  void prewarm() {
    while (running())
      pool_.release(new Text);
  }

private:
  TextPool &pool_;
};

int main() {
  TextPool pool;
  pool.release(new Text);
}

// --- balanced

void good_acquired_where_there_is_one(TextPool &pool, bool fresh) {
  while (running()) {
    Text *t = fresh ? new Text : pool.acquire();
    send(*t);
    t->clear();
    pool.release(t);
  }
}

void good_replaced(FreeList<Text> &pool) {
  while (running()) {
    Text *t = pool.acquire();
    if (t->kind) {
      delete t;
      t = new Text;
    }
    t->clear();
    pool.release(t);
  }
}

// The pool keeps no more than it wants.
void good_bounded(BoundedPool &pool) {
  while (running())
    pool.release(new Text);
}

void good_filled_up(BoundedPool &pool) {
  while (pool.size() < 8)
    pool.release(new Text);
}

// Once, whatever the loop is for.
void good_leaves(TextPool &pool) {
  Text *t = new Text;
  while (running())
    send(*t);
  t->clear();
  pool.release(t);
}

// --- as many as the pool itself says

class LevelPool {
public:
  Text *acquire();
  void release(Text *t);
  std::size_t size() const;
  bool full() const;
};
class SeenLevelPool {
public:
  Text *acquire() {
    if (free_.empty())
      return new Text;
    Text *t = free_.back();
    free_.pop_back();
    return t;
  }
  void release(Text *t) { free_.push_back(t); }
  std::size_t size() const { return free_.size(); }
  bool wants_more() { return free_.size() < 8; }
  void replenish() {
    while (running())
      if (size() < 8)
        release(new Text);
  }

private:
  std::vector<Text *> free_;
};

void good_until_full(LevelPool &pool) {
  while (!pool.full())
    pool.release(new Text);
}
void good_when_low(LevelPool &pool, SeenLevelPool &seen, std::size_t low) {
  while (running())
    if (pool.size() < low)
      pool.release(new Text);
  while (running()) {
    if (!seen.wants_more())
      continue;
    Text *t = new Text;
    send(*t);
    t->clear();
    seen.release(t);
  }
}
void good_filled_within(LevelPool &pool, SeenLevelPool &seen, std::size_t low) {
  while (running())
    while (pool.size() < low)
      pool.release(new Text);
  while (running())
    while (seen.wants_more())
      seen.release(new Text);
}
void good_counted_from_level(LevelPool &pool, std::size_t low) {
  while (running())
    for (std::size_t n = pool.size(); n < low; ++n)
      pool.release(new Text);
}
void good_lacking(LevelPool *pool, std::size_t low) {
  for (;;) {
    bool lacks = pool->size() < low;
    if (lacks && running())
      pool->release(new Text);
  }
}

// Another one is asked, or this one is asked too late, or either way adds to it.
void bad_other_level(LevelPool &pool, LevelPool &other, std::size_t low) {
  while (running())
    if (other.size() < low)
      pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
void bad_asked_before(LevelPool &pool, std::size_t low) {
  if (pool.size() < low)
    while (running())
      pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
void bad_asked_behind(LevelPool &pool, std::size_t low) {
  while (running()) {
    pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
    if (pool.size() < low)
      continue;
    send(Text());
  }
}
void bad_asked_for_something_else(LevelPool &pool, std::size_t low) {
  while (running()) {
    if (pool.size() < low)
      send(Text());
    pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}
void bad_or_for_another_reason(LevelPool &pool, bool anyway) {
  while (running())
    if (anyway || !pool.full())
      pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
void bad_if_there_is_a_pool(LevelPool *pool) {
  while (running())
    if (pool)
      pool->release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
}

// --- put by a function, asked by its caller

static void add(LevelPool &pool) { pool.release(new Text); }
static void add_one(SeenLevelPool *pool) {
  Text *t = new Text;
  send(*t);
  t->clear();
  pool->release(t);
}
static void add_again(LevelPool &pool) { add(pool); }

void good_added_until_full(LevelPool &pool) {
  while (!pool.full())
    add(pool);
}
void good_added_when_low(LevelPool *pool, SeenLevelPool &seen, std::size_t low) {
  while (running())
    if (pool->size() < low)
      add(*pool);
  while (running())
    if (seen.wants_more())
      add_one(&seen);
}
void good_added_through_two(LevelPool &pool, std::size_t low) {
  for (;;) {
    bool lacks = pool.size() < low;
    if (lacks && running())
      add_again(pool);
  }
}
void good_added_by_a_closure(LevelPool &pool) {
  auto one_more = [&] { pool.release(new Text); };
  while (!pool.full())
    one_more();
}
void good_own_object_put_elsewhere(LevelPool &pool) {
  auto back = [](LevelPool &to, Text *t) {
    t->clear();
    to.release(t);
  };
  while (!pool.full())
    back(pool, new Text);
}
void good_known_by_pointer(LevelPool &pool) {
  LevelPool *here = &pool;
  while (!here->full())
    add(pool);
}

void bad_added(LevelPool &pool) {
  while (running())
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
void bad_added_to_another(LevelPool &pool, LevelPool &other) {
  while (!other.full())
    add_again(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
void bad_added_before_asking(LevelPool &pool, std::size_t low) {
  while (running()) {
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
    if (pool.size() < low)
      send(Text());
  }
}
static LevelPool shared;
static void add_shared() { shared.release(new Text); }
void good_shared(std::size_t low) {
  while (running())
    if (shared.size() < low)
      add_shared();
}
void bad_shared(LevelPool &pool, std::size_t low) {
  while (running())
    if (pool.size() < low)
      add_shared(); // expect: unbalanced-put "a new Text is put into the pool in each round"
}

// Members that ask, and members that put.
class Feeder {
public:
  void good_asked_by_a_member() {
    while (running())
      if (low())
        pool_.release(new Text);
    while (running())
      if (lacks_any())
        more();
  }
  void good_asked_by_a_free_function() {
    while (running())
      if (is_low(pool_, low_))
        more();
  }
  void bad_asked_for_something_else() {
    while (!quits())
      more(); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
  void bad_asked_of_another() {
    while (running())
      if (other_low())
        more(); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }

private:
  bool low() const { return pool_.size() < low_; }
  bool lacks_any() {
    if (pool_.full())
      return false;
    std::size_t now = pool_.size();
    return now < low_;
  }
  static bool is_low(const LevelPool &pool, std::size_t low) {
    return pool.size() < low;
  }
  bool other_low() const { return other_.size() < low_; }
  bool quits() const { return low_ == 0; }
  void more() { pool_.release(new Text); }

  LevelPool pool_, other_;
  std::size_t low_ = 8;
};

// --- asked by a switch, by a closure, and by what waits for the answer

void good_by_a_switch(LevelPool &pool) {
  while (running())
    switch (pool.size()) {
    case 0:
    case 1:
      add(pool);
      break;
    default:
      break;
    }
}
void bad_by_a_switch_on_something_else(LevelPool &pool, std::size_t n) {
  while (running())
    switch (n) {
    case 0:
      add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
      break;
    default:
      break;
    }
}
void bad_by_a_switch_that_adds_always(LevelPool &pool) {
  while (running()) {
    switch (pool.size()) {
    case 0:
      send(Text());
      break;
    default:
      break;
    }
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}
void good_asked_by_a_closure(LevelPool &pool, std::size_t low) {
  auto lacks = [&](std::size_t n) { return pool.size() < n; };
  while (running())
    if (lacks(low))
      add(pool);
}
void good_asked_by_a_held_closure(LevelPool &pool) {
  std::function<bool()> full = [&] { return pool.full(); };
  while (running())
    if (!full())
      add(pool);
}
void bad_a_held_closure_asks_another(LevelPool &pool, LevelPool &other) {
  std::function<bool()> full = [&] { return other.full(); };
  while (running())
    if (!full())
      add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
}
struct Stocker {
  LevelPool pool_, other_;
  std::mutex mutex_;
  std::condition_variable taken_;

  void good_closure_of_this() {
    auto full = [this] { return pool_.full(); };
    while (running())
      if (!full())
        add(pool_);
  }
  void bad_closure_of_this_asks_another() {
    auto full = [this] { return other_.full(); };
    while (running())
      if (!full())
        add(pool_); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
  void good_waits_until_there_is_room() {
    std::unique_lock lock(mutex_);
    while (running()) {
      taken_.wait(lock, [this] { return !pool_.full(); });
      pool_.release(new Text);
    }
  }
};
void good_waits_before_it_adds(LevelPool &pool, std::mutex &mutex,
                               std::condition_variable &taken) {
  while (running()) {
    {
      std::unique_lock lock(mutex);
      taken.wait(lock, [&] { return !pool.full(); });
    }
    Text *t = new Text;
    send(*t);
    t->clear();
    pool.release(t);
  }
}
void good_waits_for_a_while(LevelPool &pool, std::mutex &mutex,
                            std::condition_variable &taken) {
  std::unique_lock lock(mutex);
  while (running())
    if (taken.wait_for(lock, std::chrono::seconds(1), [&] { return !pool.full(); }))
      add(pool);
}
void bad_adds_even_so(LevelPool &pool, std::mutex &mutex,
                      std::condition_variable &taken) {
  std::unique_lock lock(mutex);
  while (running()) {
    taken.wait_for(lock, std::chrono::seconds(1), [&] { return !pool.full(); });
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}
void bad_waits_for_another(LevelPool &pool, LevelPool &other, std::mutex &mutex,
                           std::condition_variable &taken) {
  std::unique_lock lock(mutex);
  while (running()) {
    taken.wait(lock, [&] { return !other.full(); });
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
}
void bad_waits_once(LevelPool &pool, std::mutex &mutex,
                    std::condition_variable &taken) {
  std::unique_lock lock(mutex);
  taken.wait(lock, [&] { return !pool.full(); });
  while (running())
    add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
}

// --- asked behind each put, where the answer ends the rounds

void good_at_least_one(LevelPool &pool, SeenLevelPool &seen) {
  do {
    pool.release(new Text);
  } while (!pool.full());
  for (;;) {
    Text *t = new Text;
    send(*t);
    t->clear();
    seen.release(t);
    if (!seen.wants_more())
      break;
  }
}
void bad_at_least_one_in_each_round(LevelPool &pool) {
  while (running())
    do
      pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
    while (!pool.full());
}
void bad_asked_now_and_then(LevelPool &pool) {
  std::string text;
  while (running()) {
    pool.release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
    if (next_line(text) && pool.full())
      break;
  }
}

// --- the one pool of the program

LevelPool &the_pool();
LevelPool &other_pool();
static void add_to_the_pool() { the_pool().release(new Text); }
static bool is_low() { return the_pool().size() < 8; }

void good_the_pool_asked() {
  while (running())
    if (!the_pool().full())
      the_pool().release(new Text);
  while (running())
    if (the_pool().size() < 8)
      add_to_the_pool();
  while (running())
    if (is_low())
      add_to_the_pool();
}
void bad_another_asked() {
  while (running())
    if (other_pool().size() < 8)
      the_pool().release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
  while (running())
    if (is_low())
      other_pool().release(new Text); // expect: unbalanced-put "a new Text is put into the pool in each round"
}

// --- pools behind owners, one of several

class Shards {
public:
  void good_each() {
    for (;;)
      for (LevelPool &pool : pools_)
        if (pool.size() < low_)
          add(pool);
  }
  void good_owned() {
    while (running())
      if (lacks() > 0)
        more();
  }
  void bad_owned() {
    while (running())
      more(); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }
  void bad_each() {
    for (;;)
      for (LevelPool &pool : pools_)
        add(pool); // expect: unbalanced-put "a new Text is put into the pool in each round"
  }

private:
  std::size_t lacks() {
    std::size_t now = owned_->size();
    return now < low_ ? low_ - now : 0;
  }
  void more() { owned_->release(std::make_unique<Text>().release()); }

  std::vector<LevelPool> pools_;
  std::unique_ptr<LevelPool> owned_;
  std::size_t low_ = 8;
};

// RUN: %check %s
// Resets that stand one level up, in a deleter, in a base, or under another
// name, and resets that leave fields on purpose.

#include "leases.h"

struct Span {
  std::vector<int> events;
  int id = 0;
  [[clang::annotate("pool::keep")]] int generation = 0;

  void Destroy() { events.clear(); }
  void BeforeRecycled() {
    events.clear();
    id = 0;
  }
  void clear() {
    events.clear();
    id = 0;
  }
};

class SpanPool {
public:
  Span *get() {
    if (free_.empty())
      return new Span;
    Span *s = free_.back();
    free_.pop_back();
    return s;
  }
  void put(Span *s) { free_.push_back(s); }

private:
  std::vector<Span *> free_;
};

struct SpanDeleter {
  SpanPool *pool;
  void operator()(Span *s) const {
    s->clear();
    pool->put(s);
  }
};

void good_deleter(SpanPool &pool) {
  std::unique_ptr<Span, SpanDeleter> s(pool.get(), SpanDeleter{&pool});
  s->id = 3;
  s->events.push_back(1);
}

void good_before_recycled(SpanPool &pool) {
  Span *s = pool.get();
  s->id = 3;
  s->BeforeRecycled();
  pool.put(s);
}

// Only the one field that was changed is put right: enough.
void good_partial_by_design(SpanPool &pool) {
  Span *s = pool.get();
  s->events.push_back(1);
  s->Destroy();
  pool.put(s);
}

void good_kept_field(SpanPool &pool) {
  Span *s = pool.get();
  ++s->generation;
  pool.put(s);
}

static void recycle(SpanPool &pool, Span *s) {
  s->clear();
  pool.put(s);
}

void good_one_level_up(SpanPool &pool) {
  Span *s = pool.get();
  s->id = 3;
  recycle(pool, s);
}

void good_swapped_with_fresh(SpanPool &pool, Span &out) {
  Span *s = pool.get();
  s->events.push_back(1);
  std::swap(*s, out);
  s->clear();
  pool.put(s);
}

void good_events_moved_out(SpanPool &pool, std::vector<int> &out) {
  Span *s = pool.get();
  s->events.push_back(1);
  out = std::move(s->events);
  s->events.clear();
  pool.put(s);
}

void bad_one_field_forgotten(SpanPool &pool) {
  Span *s = pool.get();
  s->id = 3;
  s->events.push_back(1);
  s->Destroy();
  pool.put(s); // expect: pool-put-without-reset "'s' is put back without a reset since 'id' was changed"
}

// RUN: %check %s --models %S/models/after-acquire.yaml
// Whoever acquires resets: what is read before is the last user's. The model
// says so of TicketDesk, an attribute of SlipDesk.

#include <cstring>
#include <string>
#include <vector>

struct Ticket {
  int number = 0;
  int uses = 0;
  std::size_t length = 0;
  char text[64];
  std::string owner;
  std::vector<int> marks;
  const int kind = 3;
  int limit = 10;
  [[clang::annotate("pool::keep")]] int seed = 0;
  Ticket *partner = nullptr;

  void reset() {
    number = uses = 0;
    length = 0;
    owner.clear();
    marks.clear();
    partner = nullptr;
  }
  int doubled() const { return number * 2; }
  int get_number() const { return number; }
  bool matches(int n) const;
  void load(int n);
};

struct TicketDesk {
  Ticket *take();
  void give(Ticket *t);
};

void print(int n);
void print(const std::string &s);
void look(const Ticket &t);
void prepare(Ticket &t);
bool ready();

// --- read first

void bad_read(TicketDesk &desk) {
  Ticket *t = desk.take(); // note: "acquired here"
  if (!t)
    return;
  print(t->number); // expect: pool-dirty-acquire "'t' is read before it was reset, its 'number' is what the last user left"
  desk.give(t);
}

void good_reset_first(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->reset();
  print(t->number);
  desk.give(t);
}

void good_fresh_value_first(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->~Ticket();
  new (t) Ticket;
  print(t->number);
  desk.give(t);
}

void good_never_read(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->number = 1;
  desk.give(t);
}

// Only the first read is told.
void bad_once(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(t->number); // expect: pool-dirty-acquire "'t' is read before it was reset"
  print(t->owner);
  print(t->number);
  desk.give(t);
}

// --- a field that was written is fresh, the others are not

void good_written_field(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->number = 4;
  print(t->number);
  t->owner.clear();
  print(t->owner);
  desk.give(t);
}

void bad_other_field(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->number = 4;
  print(t->owner); // expect: pool-dirty-acquire "'t' is read before it was reset, its 'owner' is what the last user left"
  desk.give(t);
}

void bad_counted_on(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  ++t->uses; // expect: pool-dirty-acquire "its 'uses' is what the last user left"
  desk.give(t);
}

void bad_added_to(TicketDesk &desk, int n) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->number += n; // expect: pool-dirty-acquire "its 'number' is what the last user left"
  desk.give(t);
}

void bad_size_asked(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  if (t->marks.empty()) // expect: pool-dirty-acquire "its 'marks' is what the last user left"
    t->marks.push_back(1);
  desk.give(t);
}

void good_bytes_within_a_new_length(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->length = 3;
  print(t->text[0]);
  desk.give(t);
}

// --- on some path

void bad_reset_on_one_arm(TicketDesk &desk, bool fresh) {
  Ticket *t = desk.take();
  if (!t)
    return;
  if (fresh)
    t->reset();
  print(t->number); // expect: pool-dirty-acquire "'t' is read before it was reset"
  desk.give(t);
}

void good_reset_on_both_arms(TicketDesk &desk, bool fresh) {
  Ticket *t = desk.take();
  if (!t)
    return;
  if (fresh)
    t->reset();
  else
    std::memset(static_cast<void *>(t), 0, sizeof(*t));
  print(t->number);
  desk.give(t);
}

void good_read_where_reset(TicketDesk &desk, bool fresh) {
  Ticket *t = desk.take();
  if (!t)
    return;
  if (fresh)
    t->reset();
  log:
  if (fresh)
    print(t->number);
  desk.give(t);
  if (ready())
    return;
  goto end;
  goto log;
end:;
}

// --- through functions

int sum(const Ticket &t) { return t.number + t.uses; }
void blank(Ticket &t) {
  t.number = 0;
  t.uses = 0;
}
int start(Ticket *t) {
  t->number = 1;
  return t->number;
}

void bad_callee_reads_first(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(sum(*t)); // expect: pool-dirty-acquire "'t' is read before it was reset"
  desk.give(t);
}

void good_callee_reads_what_was_set(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  blank(*t);
  print(sum(*t));
  desk.give(t);
}

void good_callee_sets_before_it_reads(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(start(t));
  desk.give(t);
}

void bad_getter(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(t->get_number()); // expect: pool-dirty-acquire "its 'number' is what the last user left"
  desk.give(t);
}

void bad_method(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(t->doubled()); // expect: pool-dirty-acquire "its 'number' is what the last user left"
  desk.give(t);
}

// Code that nobody sees is no read, and may have set everything.
void good_unknown_calls(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  look(*t);
  if (t->matches(3))
    print(1);
  prepare(*t);
  print(t->number);
  desk.give(t);
}

void good_unknown_method(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  t->load(3);
  print(t->number);
  desk.give(t);
}

// Through a wrapper: where the lease is read, not in the wrapper.
Ticket *wrapped(TicketDesk &desk) { return desk.take(); }
Ticket *wrapped_clean(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (t)
    t->reset();
  return t;
}

void bad_wrapped(TicketDesk &desk) {
  Ticket *t = wrapped(desk);
  if (!t)
    return;
  print(t->number); // expect: pool-dirty-acquire "'t' is read before it was reset"
  desk.give(t);
}

void good_wrapped(TicketDesk &desk) {
  Ticket *t = wrapped_clean(desk);
  if (!t)
    return;
  print(t->number);
  desk.give(t);
}

// --- settings and what a reset may leave

void good_settings(TicketDesk &desk) {
  Ticket *t = desk.take();
  if (!t)
    return;
  print(t->kind);
  print(t->limit);
  print(t->seed);
  desk.give(t);
}

// --- said by an attribute; the pool sets `slot` itself

struct Slip {
  int value = 0;
  int slot = 0;
  void clear();
};

class [[clang::annotate("pool::convention(\"caller-after-acquire\")")]] SlipDesk {
public:
  [[clang::annotate("pool::acquire")]] Slip *take() {
    Slip *s = free_.back();
    free_.pop_back();
    s->slot = int(free_.size());
    return s;
  }
  [[clang::annotate("pool::put")]] void give(Slip *s) { free_.push_back(s); }

private:
  std::vector<Slip *> free_;
};

void bad_slip(SlipDesk &desk) {
  Slip *s = desk.take();
  print(s->value); // expect: pool-dirty-acquire "'s' is read before it was reset"
  desk.give(s);
}

void good_slip(SlipDesk &desk) {
  Slip *s = desk.take();
  print(s->slot);
  s->clear();
  print(s->value);
  s->value = 2;
  desk.give(s);
}

// The same pool, but nobody says who resets: no question.
class PlainSlipPool {
public:
  Slip *acquire() {
    Slip *s = free_.back();
    free_.pop_back();
    return s;
  }
  void release(Slip *s) { free_.push_back(s); }

private:
  std::vector<Slip *> free_;
};

void good_caller_before_put(PlainSlipPool &pool) {
  Slip *s = pool.acquire();
  print(s->value);
  pool.release(s);
}

// --- looked at only to decide whether it must be reset

struct Stmt {
  std::string sql;
  std::vector<int> rows;
  int count = 0;
  bool dirty = false;
  std::size_t room() const { return rows.capacity(); }
  bool empty() const { return rows.empty(); }
  void reset() {
    sql.clear();
    rows.clear();
    count = 0;
    dirty = false;
  }
};
class [[clang::annotate("pool::convention(\"caller-after-acquire\")")]] StmtPool {
public:
  Stmt *acquire();
  void release(Stmt *s);
};

void good_room_by_a_getter(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->room() < 16)
    s->rows.reserve(16);
  s->reset();
  pool.release(s);
}
void good_reset_where_dirty(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->dirty)
    s->reset();
  print(s->sql);
  pool.release(s);
}
void good_reset_where_not_empty(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (!s->empty())
    s->reset();
  print(s->sql);
  pool.release(s);
}
void good_reset_where_either(StmtPool &pool, bool always) {
  Stmt *s = pool.acquire();
  if (s && (s->dirty || !s->sql.empty()))
    s->reset();
  if (always || s->dirty)
    s->reset();
  print(s->sql);
  pool.release(s);
}
void good_cleared_where_not_empty(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (!s->sql.empty())
    s->sql.clear();
  print(s->sql);
  if (s->count != 0)
    s->count = 0;
  print(s->count);
  pool.release(s);
}
void good_taken_out_one_by_one(StmtPool &pool) {
  Stmt *s = pool.acquire();
  while (!s->rows.empty())
    s->rows.pop_back();
  for (int n : s->rows)
    print(n);
  pool.release(s);
}
void empty_rows(Stmt &s) {
  if (!s.rows.empty())
    s.rows.clear();
}
void good_callee_decides(StmtPool &pool) {
  Stmt *s = pool.acquire();
  empty_rows(*s);
  print(int(s->rows.size()));
  pool.release(s);
}

void bad_the_reset_is_another_question(StmtPool &pool, bool fresh) {
  Stmt *s = pool.acquire();
  if (fresh && s->dirty)
    s->reset();
  print(s->sql); // expect: pool-dirty-acquire "its 'sql' is what the last user left"
  pool.release(s);
}
void bad_clears_something_else(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->dirty) // expect: pool-dirty-acquire "its 'dirty' is what the last user left"
    s->sql.clear();
  pool.release(s);
}
void bad_the_rest_stays(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (!s->sql.empty())
    s->sql.clear();
  print(s->count); // expect: pool-dirty-acquire "its 'count' is what the last user left"
  pool.release(s);
}
void bad_something_may_be_left(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->count > 10)
    s->count = 0;
  print(s->count); // expect: pool-dirty-acquire "its 'count' is what the last user left"
  pool.release(s);
}
void bad_the_other_arm_does_more(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->dirty) // expect: pool-dirty-acquire "its 'dirty' is what the last user left"
    s->reset();
  else
    print(1);
  pool.release(s);
}
void bad_used_before_the_reset(StmtPool &pool) {
  Stmt *s = pool.acquire();
  if (s->dirty) {
    print(s->sql); // expect: pool-dirty-acquire "its 'sql' is what the last user left"
    s->reset();
  }
  pool.release(s);
}

// --- a copy reads all of it

void bad_copied(StmtPool &pool, std::string &out) {
  Stmt *s = pool.acquire();
  Stmt copy = *s; // expect: pool-dirty-acquire "its 'sql' is what the last user left"
  out = copy.sql;
  pool.release(s);
}
void bad_copied_into_a_list(StmtPool &pool, std::vector<Stmt> &out) {
  Stmt *s = pool.acquire();
  out.push_back(*s); // expect: pool-dirty-acquire "its 'sql' is what the last user left"
  pool.release(s);
}
void bad_assigned(StmtPool &pool, Stmt &out) {
  Stmt *s = pool.acquire();
  s->sql = "x";
  out = *s; // expect: pool-dirty-acquire "its 'rows' is what the last user left"
  pool.release(s);
}
void good_copied_after_the_reset(StmtPool &pool, std::vector<Stmt> &out) {
  Stmt *s = pool.acquire();
  s->reset();
  Stmt copy = *s;
  out.push_back(*s);
  out.push_back(copy);
  pool.release(s);
}
void good_all_set_before_the_copy(StmtPool &pool, std::vector<Stmt> &out) {
  Stmt *s = pool.acquire();
  s->sql = "x";
  s->rows.clear();
  s->count = 0;
  s->dirty = false;
  out.push_back(*s);
  pool.release(s);
}
void good_overwritten_by_a_copy(StmtPool &pool, const Stmt &from) {
  Stmt *s = pool.acquire();
  *s = from;
  print(s->sql);
  pool.release(s);
}

// --- moved out: what nobody looks at is only thrown away

void good_thrown_away(StmtPool &pool) {
  Stmt *s = pool.acquire();
  auto old = std::move(s->sql);
  s->sql = "x";
  { std::vector<int> rows(std::move(s->rows)); }
  pool.release(s);
}
void good_swapped_away(StmtPool &pool) {
  Stmt *s = pool.acquire();
  std::string().swap(s->sql);
  s->reset();
  pool.release(s);
}
void bad_moved_and_read(StmtPool &pool) {
  Stmt *s = pool.acquire();
  auto old = std::move(s->sql); // expect: pool-dirty-acquire "its 'sql' is what the last user left"
  print(old);
  s->reset();
  pool.release(s);
}
void bad_copied_for_nobody(StmtPool &pool) {
  Stmt *s = pool.acquire();
  auto old = s->sql; // expect: pool-dirty-acquire "its 'sql' is what the last user left"
  s->reset();
  pool.release(s);
}

// RUN: %check %s
// Puts that answer, of pools that no model knows: who asks may hear no, and then
// nothing went back.

struct Item {
  int n = 0;
};
void wait_a_little();
void log_refused(const char *why);

/// No body in sight.
class ItemPool {
public:
  Item *acquire();
  bool release(Item *i);
};

void good_until_taken(ItemPool &pool) {
  Item *i = pool.acquire();
  while (!pool.release(i))
    wait_a_little();
}

void good_deleted_when_refused(ItemPool &pool) {
  Item *i = pool.acquire();
  if (!pool.release(i))
    delete i;
}

void good_a_few_times(ItemPool &pool) {
  Item *i = pool.acquire();
  for (int tries = 0; tries < 3; ++tries)
    if (pool.release(i))
      return;
  delete i;
}

void good_once_more(ItemPool &pool) {
  Item *i = pool.acquire();
  bool ok = pool.release(i);
  if (!ok)
    ok = pool.release(i);
}

void good_given_until_taken(ItemPool &pool, Item *i) {
  while (!pool.release(i))
    wait_a_little();
}

void bad_used_where_taken(ItemPool &pool) {
  Item *i = pool.acquire();
  if (pool.release(i)) // note: "put back here"
    i->n = 1; // expect: pool-use-after-put "'i' is used after it was put back"
}

void bad_again_where_taken(ItemPool &pool) {
  Item *i = pool.acquire();
  if (pool.release(i)) // note: "first put back here"
    pool.release(i); // expect: pool-double-put "'i' is put back twice"
}

void bad_nobody_asks(ItemPool &pool) {
  Item *i = pool.acquire();
  pool.release(i); // note: "first put back here"
  pool.release(i); // expect: pool-double-put "'i' is put back twice"
}

// --- through a function that passes the answer on

static bool give(ItemPool &pool, Item *i) { return pool.release(i); }

void good_helper_refused(ItemPool &pool) {
  Item *i = pool.acquire();
  if (!give(pool, i))
    delete i;
}

void good_helper_not_asked(ItemPool &pool) {
  Item *i = pool.acquire();
  give(pool, i);
}

void bad_helper_then_used(ItemPool &pool) {
  Item *i = pool.acquire();
  if (give(pool, i)) // note: "put back here"
    i->n = 1; // expect: pool-use-after-put "'i' is used after it was put back"
}

// --- a number, of which nobody says what it means

class CountPool {
public:
  Item *acquire();
  int release(Item *i);
};

void good_number_until_zero(CountPool &pool) {
  Item *i = pool.acquire();
  while (pool.release(i) != 0)
    wait_a_little();
}

void good_number_positive(CountPool &pool) {
  Item *i = pool.acquire();
  if (pool.release(i) <= 0)
    delete i;
}

void good_number_given(CountPool &pool, Item *i) {
  while (pool.release(i) != 0)
    wait_a_little();
}

void bad_number_ignored(CountPool &pool) {
  Item *i = pool.acquire();
  pool.release(i); // note: "put back here"
  i->n = 1; // expect: pool-use-after-put "'i' is used after it was put back"
}

// --- bodies say what no means

/// Refuses what is not its own.
class OwnItemPool {
public:
  Item *acquire();
  bool release(Item *i) {
    if (i < first_ || i >= last_)
      return false;
    free_[count_++] = i;
    return true;
  }

private:
  Item *first_ = nullptr, *last_ = nullptr, *free_[8] = {};
  int count_ = 0;
};

void good_not_its_own(OwnItemPool &pool) {
  Item *i = pool.acquire();
  if (!pool.release(i))
    delete i;
}

/// Ends what it has no room for.
class BoundedItemPool {
public:
  Item *acquire();
  bool release(Item *i) {
    if (count_ == 8) {
      delete i;
      return false;
    }
    free_[count_++] = i;
    return true;
  }

private:
  Item *free_[8] = {};
  int count_ = 0;
};

void bad_used_after_its_end(BoundedItemPool &pool) {
  Item *i = pool.acquire();
  if (!pool.release(i)) // note: "put back here"
    i->n = 1; // expect: pool-use-after-put "'i' is used after it was put back"
}

/// Never says no.
class WillingItemPool {
public:
  Item *acquire();
  bool release(Item *i) {
    free_[count_++] = i;
    return true;
  }

private:
  Item *free_[8] = {};
  int count_ = 0;
};

void bad_willing(WillingItemPool &pool) {
  Item *i = pool.acquire();
  if (!pool.release(i)) // note: "first put back here"
    log_refused("full");
  pool.release(i); // expect: pool-double-put "'i' is put back twice"
}

// --- by attribute

struct Depot {
  [[clang::annotate("pool::acquire")]] Item *fetch();
  [[clang::annotate("pool::put")]] bool hand_in(Item *i);
};

void good_annotated(Depot &depot) {
  Item *i = depot.fetch();
  if (!depot.hand_in(i))
    delete i;
}

void bad_annotated(Depot &depot) {
  Item *i = depot.fetch();
  if (depot.hand_in(i)) // note: "put back here"
    i->n = 1; // expect: pool-use-after-put "'i' is used after it was put back"
}

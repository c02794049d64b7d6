// RUN: %check %s --models %S/../models/conventions.yaml
// Who resets: only where the caller resets before the put, or nobody knows, is
// a dirty put a finding.

struct Item {
  int value = 0;
  void reset();
};

struct BeforePutPool {
  Item *take();
  void give(Item *i);
};
struct OnPutPool {
  Item *take();
  void give(Item *i);
};
struct OnAcquirePool {
  Item *take();
  void give(Item *i);
};
struct AfterAcquirePool {
  Item *take();
  void give(Item *i);
};
struct ConstructPool {
  Item *take();
  void give(Item *i);
};
struct NeverPool {
  Item *take();
  void give(Item *i);
};

void bad_caller_before_put(BeforePutPool &pool) {
  Item *i = pool.take();
  i->value = 1; // note: "changed here"
  pool.give(i); // expect: pool-put-without-reset "'i' is put back without a reset since it was changed"
}

void good_caller_before_put(BeforePutPool &pool) {
  Item *i = pool.take();
  i->value = 1;
  i->reset();
  pool.give(i);
}

void good_on_put(OnPutPool &pool) {
  Item *i = pool.take();
  i->value = 1;
  pool.give(i);
}

void good_on_acquire(OnAcquirePool &pool) {
  Item *i = pool.take();
  i->value = 1;
  pool.give(i);
}

void good_caller_after_acquire(AfterAcquirePool &pool) {
  Item *i = pool.take();
  i->reset();
  i->value = 1;
  pool.give(i);
}

void good_construct_destroy(ConstructPool &pool) {
  Item *i = pool.take();
  i->value = 1;
  pool.give(i);
}

void good_never(NeverPool &pool) {
  Item *i = pool.take();
  i->value = 1;
  pool.give(i);
}

// The convention says nothing about the other checks.
void bad_twice_all_the_same(OnPutPool &pool) {
  Item *i = pool.take();
  pool.give(i); // note: "first put back here"
  pool.give(i); // expect: pool-double-put "'i' is put back twice"
}

void bad_leak_all_the_same(ConstructPool &pool, bool stop) {
  Item *i = pool.take(); // expect: pool-resource-leak "'i' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  pool.give(i);
}

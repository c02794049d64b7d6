// RUN: %check %s --confidence possible
// A field is asked again behind code that nobody sees. Only that can have changed
// it, and it seldom does.

struct Item {
  int n;
};

class ItemPool {
public:
  Item *acquire();
  void release(Item *item);
};

struct Settings {
  bool tls;
  int mode;
};

void work();
void work_on(Settings &settings);
extern bool verbose;

void perhaps_behind_any_call(Settings &s, ItemPool &pool) {
  Item *i = nullptr;
  if (s.tls)
    i = pool.acquire(); // expect: pool-resource-leak "(possible)"
  work();
  if (s.tls)
    pool.release(i);
}

void perhaps_behind_one_that_has_it(Settings &s, ItemPool &pool) {
  Item *i = nullptr;
  if (s.tls)
    i = pool.acquire(); // expect: pool-resource-leak "(possible)"
  work_on(s);
  if (s.tls)
    pool.release(i);
}

void perhaps_of_a_global(ItemPool &pool) {
  Item *i = nullptr;
  if (verbose)
    i = pool.acquire(); // expect: pool-resource-leak "(possible)"
  work();
  if (verbose)
    pool.release(i);
}

class Session {
public:
  void perhaps_of_a_member() {
    Item *i = nullptr;
    if (tls_)
      i = pool_.acquire(); // expect: pool-resource-leak "(possible)"
    other();
    if (tls_)
      pool_.release(i);
  }
  void other();

private:
  bool tls_;
  ItemPool &pool_;
};

void perhaps_in_one_of_two(Settings &s, ItemPool &pool) {
  Item *i = pool.acquire(); // expect: pool-resource-leak "(possible)"
  if (s.mode == 1)
    pool.release(i);
  work();
  if (s.mode != 1)
    pool.release(i); // expect: pool-double-put "(possible)"
}

void bad_of_another_field(Settings &s, ItemPool &pool) {
  Item *i = nullptr;
  if (s.tls)
    i = pool.acquire(); // expect: pool-resource-leak "'i' is not put back on some path"
  work();
  if (s.mode)
    pool.release(i);
}

void bad_when_it_is_changed_here(Settings &s, ItemPool &pool, bool tls) {
  Item *i = nullptr;
  if (s.tls)
    i = pool.acquire(); // expect: pool-resource-leak "'i' is not put back on some path"
  work();
  s.tls = tls;
  if (s.tls)
    pool.release(i);
}

void bad_asked_first_behind_it(Settings &s, ItemPool &pool) {
  Item *i = pool.acquire(); // expect: pool-resource-leak "'i' is not put back on some path"
  work();
  if (s.tls)
    pool.release(i);
}

// What is set here and may be set by others is asked on purpose.
void bad_error_is_set_by_others(Settings &s, ItemPool &pool) {
  s.mode = 0;
  Item *i = pool.acquire(); // expect: pool-resource-leak "'i' is not put back on some path"
  work_on(s);
  if (s.mode)
    return;
  pool.release(i);
}

void ask(int *answer);
void bad_answer_is_asked_for(ItemPool &pool) {
  int answer = 0;
  Item *i = pool.acquire(); // expect: pool-resource-leak "'i' is not put back on some path"
  ask(&answer);
  if (answer)
    return;
  pool.release(i);
}

// Each round asks anew.
void bad_in_a_loop(Settings &s, ItemPool &pool) {
  Item *i = pool.acquire();
  for (;;) {
    work();
    if (s.tls)
      break;
    i->n = 1;
  }
  pool.release(i); // expect: pool-put-without-reset "(possible)"
  i->n = 2; // expect: pool-use-after-put "'i' is used after it was put back"
}

void perhaps_behind_a_loop(Settings &s, ItemPool &pool, int n) {
  Item *i = nullptr;
  if (s.tls)
    i = pool.acquire(); // expect: pool-resource-leak "(possible)"
  for (int k = 0; k < n; ++k)
    work();
  if (s.tls)
    pool.release(i);
}

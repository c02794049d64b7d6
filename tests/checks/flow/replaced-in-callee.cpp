// RUN: %check %s
// A callee puts what it finds and leaves a new one there, or fails and leaves all
// as it was.

#include <cstdio>

struct Item {
  int n = 0;
};
class ItemPool {
public:
  Item *acquire();
  Item *try_acquire();
  void release(Item *i);
};

struct Log {
  FILE *f;
};
static int reopen(Log *l, const char *path) {
  FILE *f = fopen(path, "a");
  if (!f)
    return -1;
  if (l->f)
    fclose(l->f);
  l->f = f;
  return 0;
}

void good_reopened() {
  Log l = {nullptr};
  if (reopen(&l, "a") == 0)
    reopen(&l, "b");
  if (l.f)
    fclose(l.f);
}

void bad_never_closed() {
  Log l = {nullptr};
  if (reopen(&l, "a") == 0) // expect: pool-resource-leak "'l.f' is not closed on some path"
    reopen(&l, "b"); // expect: pool-resource-leak "'l.f' is never closed"
}

static bool renew(ItemPool &pool, Item **at) {
  Item *fresh = pool.try_acquire();
  if (!fresh)
    return false;
  if (*at)
    pool.release(*at);
  *at = fresh;
  return true;
}

void good_renewed(ItemPool &pool) {
  Item *i = nullptr;
  renew(pool, &i);
  renew(pool, &i);
  if (i)
    pool.release(i);
}

void good_renewed_in_a_loop(ItemPool &pool, int rounds) {
  Item *i = nullptr;
  for (int k = 0; k < rounds; ++k)
    if (!renew(pool, &i))
      break;
  if (i)
    pool.release(i);
}

// --- one that forgets what was there

static int replace(Log *l, const char *path) {
  FILE *f = fopen(path, "a");
  if (!f)
    return -1;
  l->f = f;
  return 0;
}

void bad_overwritten() {
  Log l = {nullptr};
  if (replace(&l, "a") == 0) // expect: pool-resource-leak "'l.f' is not closed on some path"
    replace(&l, "b"); // note: "its last name is gone here"
  if (l.f)
    fclose(l.f);
}

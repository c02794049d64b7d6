// RUN: %check %s --models %S/../models/out-parameter.yaml
// Acquire writes the lease through an argument and says in its result whether
// there is one: by a bool, by an error code, by a number below zero.

struct Change {
  int sequence = 0;
  void clear();
};

class ChangePool {
public:
  bool reserve_cache(Change *&change); // false: none
  bool release_cache(Change *change);
};

struct mempool;
int mempool_get(mempool *mp, void **obj); // 0, or a negative code
void mempool_put(mempool *mp, void *obj);

enum Status { Ok, Timeout, Closed };
Status list_acquire(struct reslist *list, Change **out);
Status list_release(struct reslist *list, Change *c);
void show(const Change &c);

// --- bool

void good_bool(ChangePool &pool) {
  Change *c = nullptr;
  if (!pool.reserve_cache(c))
    return;
  c->sequence = 1;
  c->clear();
  pool.release_cache(c);
}

void good_bool_kept(ChangePool &pool) {
  Change *c = nullptr;
  bool ok = pool.reserve_cache(c);
  if (ok) {
    show(*c);
    pool.release_cache(c);
  }
}

void good_bool_inverse(ChangePool &pool, bool &missed) {
  Change *c;
  const bool failed = !pool.reserve_cache(c);
  missed = failed;
  if (failed)
    return;
  show(*c);
  pool.release_cache(c);
}

void bad_bool_leak(ChangePool &pool, bool skip) {
  Change *c = nullptr;
  if (!pool.reserve_cache(c)) // expect: pool-resource-leak "'c' is not put back on some path"
    return;
  if (skip)
    return; // note: "returns here without putting it back"
  pool.release_cache(c);
}

void bad_bool_twice(ChangePool &pool) {
  Change *c = nullptr;
  if (pool.reserve_cache(c)) {
    pool.release_cache(c); // note: "first put back here"
    pool.release_cache(c); // expect: pool-double-put "'c' is put back twice"
  }
}

void bad_bool_dirty(ChangePool &pool) {
  Change *c = nullptr;
  if (!pool.reserve_cache(c))
    return;
  c->sequence = 9;
  pool.release_cache(c); // expect: pool-put-without-reset "'c' is put back without a reset"
}

// --- below zero

int good_negative(mempool *mp) {
  void *obj;
  if (mempool_get(mp, &obj) < 0)
    return -1;
  mempool_put(mp, obj);
  return 0;
}

int bad_negative_leak(mempool *mp, bool skip) {
  void *obj;
  if (mempool_get(mp, &obj) < 0) // expect: pool-resource-leak "'obj' is not put back on some path"
    return -1;
  if (skip)
    return 0; // note: "returns here without putting it back"
  mempool_put(mp, obj);
  return 0;
}

int good_negative_in_a_variable(mempool *mp) {
  void *obj = nullptr;
  int rc = mempool_get(mp, &obj);
  if (rc < 0)
    return rc;
  mempool_put(mp, obj);
  return 0;
}

// --- an error code

Status good_code(reslist *list) {
  Change *c = nullptr;
  Status s = list_acquire(list, &c);
  if (s != Ok)
    return s;
  show(*c);
  return list_release(list, c);
}

Status bad_code_leak(reslist *list, bool skip) {
  Change *c = nullptr;
  Status s = list_acquire(list, &c); // expect: pool-resource-leak "'c' is not put back on some path"
  if (s != Ok)
    return s;
  if (skip)
    return Timeout; // note: "returns here without putting it back"
  return list_release(list, c);
}

int bad_code_used(reslist *list) {
  Change *c = nullptr;
  if (list_acquire(list, &c) == Ok) {
    list_release(list, c); // note: "put back here"
    return c->sequence;    // expect: pool-use-after-put "'c' is used after it was put back"
  }
  return 0;
}

Status good_code_by_switch(reslist *list) {
  Change *c = nullptr;
  Status s = list_acquire(list, &c);
  switch (s) {
  case Ok:
    show(*c);
    return list_release(list, c);
  case Timeout:
  case Closed:
    break;
  }
  return s;
}

Status good_handed_on(reslist *list, Change **out) {
  return list_acquire(list, out);
}

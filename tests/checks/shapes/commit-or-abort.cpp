// RUN: %check %s --models %S/../models/commit-or-abort.yaml
// Two ways to end a lease: exactly one of them on each path.

struct Txn;
int txn_begin(Txn **out); // 0: fine
int txn_commit(Txn *t);   // ends it, whatever it answers
void txn_abort(Txn *t);
int txn_write(Txn *t, int key, int value);
void sync_disk();

int good_commit_or_abort(int key, bool valid) {
  Txn *t = nullptr;
  int rc = txn_begin(&t);
  if (rc != 0)
    return rc;
  if (!valid) {
    txn_abort(t);
    return -1;
  }
  txn_write(t, key, 1);
  return txn_commit(t);
}

int good_abort_on_error(int key) {
  Txn *t = nullptr;
  if (int rc = txn_begin(&t))
    return rc;
  int rc = txn_write(t, key, 1);
  if (rc == 0)
    rc = txn_commit(t);
  else
    txn_abort(t);
  return rc;
}

int bad_abort_after_commit(int key) {
  Txn *t = nullptr;
  if (int rc = txn_begin(&t))
    return rc;
  txn_write(t, key, 1);
  int rc = txn_commit(t); // note: "first closed here"
  if (rc != 0)
    txn_abort(t); // expect: pool-double-put "'t' is closed twice"
  return rc;
}

int bad_neither(int key, bool dry) {
  Txn *t = nullptr;
  if (int rc = txn_begin(&t)) // expect: pool-resource-leak "'t' is not closed on some path"
    return rc;
  txn_write(t, key, 1);
  if (dry)
    return 0; // note: "returns here without closing it"
  return txn_commit(t);
}

int bad_written_after_commit(int key) {
  Txn *t = nullptr;
  if (int rc = txn_begin(&t))
    return rc;
  txn_commit(t);                // note: "closed here"
  return txn_write(t, key, 2);  // expect: pool-use-after-put "'t' is used after it was closed"
}

// A conditional expression ends it once on each arm.
void good_conditional_expression(bool ok) {
  Txn *t = nullptr;
  if (txn_begin(&t) != 0)
    return;
  ok ? (void)txn_commit(t) : txn_abort(t);
  sync_disk();
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: lmdb
// The functions that the built-in model lmdb names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <lmdb.h>

int environment() {
  MDB_env *Env = nullptr;
  int Rc = mdb_env_create(&Env);
  mdb_env_close(Env);
  return Rc;
}

int transaction(MDB_env *Env) {
  MDB_txn *Txn = nullptr;
  int Rc = mdb_txn_begin(Env, nullptr, 0, &Txn);
  Rc = mdb_txn_commit(Txn);
  mdb_txn_abort(Txn);
  return Rc;
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: rocksdb
// The functions that the built-in model rocksdb names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/iterator.h>

void database(rocksdb::DB *Db) { Db->~DB(); }

void iterator(rocksdb::DB &Db) {
  rocksdb::Iterator *I = Db.NewIterator(rocksdb::ReadOptions());
  I->~Iterator();
}

void snapshot(rocksdb::DB &Db) {
  const rocksdb::Snapshot *S = Db.GetSnapshot();
  Db.ReleaseSnapshot(S);
}

void cache(rocksdb::Cache &Cache) {
  rocksdb::Cache::Handle *H = Cache.Lookup("");
  Cache.Release(H);
}

void views(rocksdb::Iterator *I) {
  rocksdb::Slice S = I->key();
  S = I->value();
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: leveldb
// The functions that the built-in model leveldb names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/iterator.h>

void database(leveldb::DB *Db) { Db->~DB(); }

void iterator(leveldb::DB &Db) {
  leveldb::Iterator *I = Db.NewIterator(leveldb::ReadOptions());
  I->~Iterator();
}

void snapshot(leveldb::DB &Db) {
  const leveldb::Snapshot *S = Db.GetSnapshot();
  Db.ReleaseSnapshot(S);
}

void cache(leveldb::Cache &Cache) {
  leveldb::Cache::Handle *H = Cache.Lookup("");
  H = Cache.Insert("", nullptr, 0, nullptr);
  Cache.Release(H);
}

void views(leveldb::Iterator *I) {
  leveldb::Slice S = I->key();
  S = I->value();
}

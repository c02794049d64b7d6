// RUN: %check %s
// The same as in level-strict.cpp at the default level: other tools own new and
// delete.

#include <memory>

struct Thing {
  int n = 0;
};

void good_deleted() {
  Thing *t = new Thing;
  t->n = 1;
  delete t;
}

void good_default_leak(bool stop) {
  Thing *t = new Thing;
  if (stop)
    return;
  delete t;
}

void good_default_deleted_twice(bool early) {
  Thing *t = new Thing;
  if (early)
    delete t;
  delete t;
}

int good_default_used_after_delete() {
  Thing *t = new Thing;
  delete t;
  return t->n;
}

void good_delete_null() {
  Thing *t = nullptr;
  delete t;
  delete t;
}

std::unique_ptr<Thing> good_owned() {
  std::unique_ptr<Thing> t(new Thing);
  t->n = 2;
  return t;
}

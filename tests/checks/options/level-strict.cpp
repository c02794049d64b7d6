// RUN: %check %s --level strict
// new and delete are a family of the strict level only.

#include <memory>

struct Thing {
  int n = 0;
};

void good_deleted() {
  Thing *t = new Thing;
  t->n = 1;
  delete t;
}

void bad_leak(bool stop) {
  Thing *t = new Thing; // expect: pool-resource-leak "'t' is not"
  if (stop)
    return;
  delete t;
}

void bad_deleted_twice(bool early) {
  Thing *t = new Thing;
  if (early)
    delete t;
  delete t; // expect: pool-double-put "'t' is"
}

int bad_used_after_delete() {
  Thing *t = new Thing;
  delete t;
  return t->n; // expect: pool-use-after-put "'t' is used after it was"
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

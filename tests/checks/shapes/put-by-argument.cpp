// RUN: %check %s --models %S/../models/put-by-argument.yaml
// The object is not the first argument of the put.

struct Parent;
struct Field {
  int value;
};
Field *field_find(Parent *parent, const char *name);          // null: none
int field_release(Parent *parent, Parent *outer, Field *field); // the third
void *slab_alloc(int klass);
void slab_free(int klass, void *p); // the second
void print(const Field &f);

void good_field(Parent *p) {
  Field *f = field_find(p, "Host");
  if (!f)
    return;
  print(*f);
  field_release(p, nullptr, f);
}

void bad_field_leak(Parent *p, bool quiet) {
  Field *f = field_find(p, "Host"); // expect: pool-resource-leak "'f' is not closed on some path"
  if (!f)
    return;
  if (quiet)
    return; // note: "returns here without closing it"
  print(*f);
  field_release(p, nullptr, f);
}

void bad_field_twice(Parent *p) {
  Field *f = field_find(p, "Host");
  if (!f)
    return;
  field_release(p, nullptr, f); // note: "first closed here"
  field_release(p, nullptr, f); // expect: pool-double-put "'f' is closed twice"
}

int bad_field_used(Parent *p) {
  Field *f = field_find(p, "Host");
  if (!f)
    return 0;
  field_release(p, nullptr, f); // note: "closed here"
  return f->value;              // expect: pool-use-after-put "'f' is used after it was closed"
}

// The parent is used again and again, only the field is put.
void good_parent_is_not_put(Parent *p) {
  Field *f = field_find(p, "Host");
  if (f)
    field_release(p, nullptr, f);
  Field *g = field_find(p, "Via");
  if (g)
    field_release(p, nullptr, g);
}

void good_slab() {
  void *p = slab_alloc(3);
  slab_free(3, p);
}

void bad_slab_twice() {
  void *p = slab_alloc(3);
  slab_free(3, p); // note: "first put back here"
  slab_free(3, p); // expect: pool-double-put "'p' is put back twice"
}

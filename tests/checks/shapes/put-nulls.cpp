// RUN: %check %s --models %S/../models/put-nulls.yaml
// A put that sets its caller's pointer to null ends that name, not the others.

struct Ref {
  int size = 0;
};
Ref *ref_get(int pool);
void ref_unref(Ref **ref); // nulls *ref, does nothing for null
char *mem_get(int klass);
void mem_free(char *p);
#define FREE_AND_NULL(p)                                                       \
  do {                                                                         \
    mem_free(p);                                                               \
    (p) = nullptr;                                                             \
  } while (0)
void show(const Ref *r);

void good_nulled() {
  Ref *r = ref_get(1);
  show(r);
  ref_unref(&r);
  if (r)
    show(r);
}

void good_nulled_twice() {
  Ref *r = ref_get(1);
  show(r);
  ref_unref(&r);
  ref_unref(&r);
}

int bad_other_name() {
  Ref *r = ref_get(1);
  Ref *same = r;
  ref_unref(&r);     // note: "put back here"
  return same->size; // expect: pool-use-after-put "is used after it was put back"
}

void bad_other_name_put() {
  Ref *r = ref_get(1);
  Ref *same = r;
  ref_unref(&r);    // note: "first put back here"
  ref_unref(&same); // expect: pool-double-put "is put back twice"
}

void bad_nulled_leak(bool stop) {
  Ref *r = ref_get(1); // expect: pool-resource-leak "'r' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  ref_unref(&r);
}

void good_macro_nulls(bool error) {
  char *p = mem_get(2);
  if (error)
    FREE_AND_NULL(p);
  if (p)
    mem_free(p);
}

void bad_macro_then_copy() {
  char *p = mem_get(2);
  char *copy = p;
  FREE_AND_NULL(p); // note: "first put back here"
  mem_free(copy);   // expect: pool-double-put "is put back twice"
}

// RUN: %check %s --models %S/../models/realloc-moves.yaml
// Functions like realloc: the argument is gone when they succeed and still
// there when they fail.

#include <cstddef>

char *text_get(std::size_t n);              // null: none
char *text_grow(char *text, std::size_t n); // null: text stays as it was
void text_put(char *text);
void print(const char *text);

void good_same_name() {
  char *t = text_get(10);
  if (!t)
    return;
  char *bigger = text_grow(t, 100);
  if (!bigger) {
    text_put(t);
    return;
  }
  t = bigger;
  print(t);
  text_put(t);
}

void good_new_name() {
  char *t = text_get(10);
  if (!t)
    return;
  char *bigger = text_grow(t, 100);
  if (bigger)
    text_put(bigger);
  else
    text_put(t);
}

void bad_old_name_used() {
  char *t = text_get(10);
  if (!t)
    return;
  char *bigger = text_grow(t, 100);
  if (!bigger) {
    text_put(t);
    return;
  }
  print(t); // expect: pool-use-after-put "is used after it was put back"
  text_put(bigger);
}

// The well-known one: on failure the only name of the old text is lost.
void bad_overwritten_on_failure() {
  char *t = text_get(10); // expect: pool-resource-leak "'t' is not put back on some path"
  if (!t)
    return;
  t = text_grow(t, 100); // note: "overwritten here"
  if (!t)
    return;
  text_put(t);
}

// --- those that never tell by null that they failed

char *text_must_get(std::size_t n);                // aborts
char *text_must_grow(char *text, std::size_t n);   // aborts
char *text_try_grow(char *text, std::size_t n);    // throws
char *text_resize(char *text, std::size_t n);      // the model does not say

void good_aborts() {
  char *t = text_must_get(10);
  t = text_must_grow(t, 100);
  text_put(t);
}

void good_throws() {
  char *t = text_must_get(10);
  t = text_try_grow(t, 100);
  text_put(t);
}

void good_not_said() {
  char *t = text_must_get(10);
  t = text_resize(t, 100);
  text_put(t);
}

void good_never_null() {
  char *t = text_must_get(10);
  char *bigger = text_must_grow(t, 100);
  if (!bigger)
    return; // never
  text_put(bigger);
}

void good_as_argument() {
  char *t = text_must_get(10);
  for (int i = 0; i < 3; ++i)
    t = text_must_grow(t, 100u << i);
  text_put(t);
}

void bad_old_name_put() {
  char *t = text_must_get(10);
  char *bigger = text_must_grow(t, 100);
  text_put(t); // expect: pool-double-put "'t' is put back twice"
  text_put(bigger);
}

void bad_result_lost(bool more) {
  char *t = text_must_get(10); // expect: pool-resource-leak "'t' is not put back on some path"
  t = text_must_grow(t, 100);
  if (more)
    return;
  text_put(t);
}

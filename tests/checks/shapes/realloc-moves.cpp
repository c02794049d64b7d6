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

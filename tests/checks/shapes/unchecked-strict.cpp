// RUN: %check %s --checks=pool-unchecked-acquire --level strict
// malloc and its like, which count at the strict level only.

#include <cstdlib>
#include <new>

struct Point {
  int x, y;
};

int bad_malloc() {
  auto *p = static_cast<Point *>(std::malloc(sizeof(Point)));
  p->x = 1; // expect: unchecked-acquire "'p' is dereferenced"
  std::free(p);
  return 0;
}
int bad_nothrow() {
  auto *p = new (std::nothrow) Point;
  p->x = 1; // expect: unchecked-acquire "'p' is dereferenced"
  delete p;
  return 0;
}
int good_checked() {
  auto *p = static_cast<Point *>(std::malloc(sizeof(Point)));
  if (!p)
    return 1;
  p->x = 1;
  std::free(p);
  return 0;
}
int good_new() {
  auto *p = new Point;
  p->x = 1;
  delete p;
  return 0;
}

// --- a loop of no rounds

char *copy_of(const char *s);

char **good_nothing_to_end_yet(size_t want) {
  size_t n = 0, i = 0;
  auto **v = static_cast<char **>(std::malloc(want * sizeof(char *)));
  if (!v)
    goto fail;
  for (; n < want; n++)
    if (!(v[n] = copy_of("x")))
      goto fail;
  return v;
fail:
  for (i = 0; i < n; i++)
    std::free(v[i]);
  std::free(v);
  return nullptr;
}

char **bad_one_to_end(size_t want) {
  size_t n = 1, i = 0;
  auto **v = static_cast<char **>(std::malloc(want * sizeof(char *)));
  if (!v)
    goto fail;
  for (; n < want; n++)
    if (!(v[n] = copy_of("x")))
      goto fail;
  return v;
fail:
  for (i = 0; i < n; i++)
    std::free(v[i]); // expect: unchecked-acquire "'v' is dereferenced"
  std::free(v);
  return nullptr;
}

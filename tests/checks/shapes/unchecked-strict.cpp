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

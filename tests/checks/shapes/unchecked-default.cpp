// RUN: %check %s --checks=pool-unchecked-acquire
// malloc and its like count at the strict level only, see unchecked-strict.cpp.

#include <cstdlib>
#include <new>

struct Point {
  int x, y;
};

void good_malloc() {
  auto *p = static_cast<Point *>(std::malloc(sizeof(Point)));
  p->x = 1;
  std::free(p);
}
void good_nothrow() {
  auto *p = new (std::nothrow) Point;
  p->x = 1;
  delete p;
}

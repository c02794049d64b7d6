// RUN: %check %s
// REQUIRES: boost
// The built-in model of Boost.Pool against its real headers.

#include <boost/pool/object_pool.hpp>
#include <boost/pool/pool.hpp>
#include <boost/pool/singleton_pool.hpp>

struct Point {
  Point(int x, int y) : x(x), y(y) {}
  int x, y;
};
struct PointTag {};
using PointStore = boost::singleton_pool<PointTag, sizeof(Point)>;

int good_constructed(boost::object_pool<Point> &pool) {
  Point *p = pool.construct(1, 2);
  if (!p)
    return 0;
  const int x = p->x;
  pool.destroy(p);
  return x;
}

void bad_destroyed_twice(boost::object_pool<Point> &pool) {
  Point *p = pool.construct(1, 2);
  if (!p)
    return;
  pool.destroy(p); // note: "first put back here"
  pool.destroy(p); // expect: pool-double-put "'p' is put back twice"
}

int bad_used_after_destroy(boost::object_pool<Point> &pool) {
  Point *p = pool.construct(1, 2);
  if (!p)
    return 0;
  pool.destroy(p); // note: "put back here"
  return p->y;     // expect: pool-use-after-put "'p' is used after it was put back"
}

// The pool destroys what is left when it goes.
int good_destroyed_with_the_pool(int n) {
  boost::object_pool<Point> pool;
  int sum = 0;
  for (int i = 0; i < n; ++i)
    if (Point *p = pool.construct(i, i))
      sum += p->x;
  return sum;
}

void good_raw(boost::pool<> &pool) {
  void *p = pool.malloc();
  if (!p)
    return;
  pool.free(p);
}

void good_singleton() {
  void *p = PointStore::malloc();
  if (p)
    PointStore::free(p);
}

void bad_singleton_leak(bool dry) {
  void *p = PointStore::malloc(); // expect: pool-resource-leak "'p' is not put back on some path"
  if (!p)
    return;
  if (dry)
    return; // note: "returns here without putting it back"
  PointStore::free(p);
}

void bad_singleton_twice() {
  void *p = PointStore::malloc();
  if (!p)
    return;
  PointStore::free(p); // note: "first put back here"
  PointStore::free(p); // expect: pool-double-put "'p' is put back twice"
}

// RUN: %check %s --level all --checks=pool-short-lived-pool,pool-tiny-object,pool-empty-finalizer,pool-false-sharing -- -I%root/tests/reference_pool/include
// Where a pool gains nothing, and where it is built so that it loses.

#include <atomic>
#include <memory>
#include <mutex>
#include <pool_tidy/object_pool.h>
#include <string>
#include <vector>

using pool_tidy::object_pool;

// ---- pool-short-lived-pool --------------------------------------------------------------

struct Page {
  std::vector<char> bytes = std::vector<char>(4096);
  void clear() {}
};
void fill(Page &page);

void bad_pool_for_one_call() {
  object_pool<Page> pages; // expect: pool-short-lived-pool "'pages' is built for this call and acquired from only once"
  auto page = pages.get();
  fill(*page);
}

void good_pool_of_the_program() {
  static object_pool<Page> pages;
  auto page = pages.get();
  fill(*page);
}

void good_pool_of_a_loop(int count) {
  object_pool<Page> pages;
  for (int i = 0; i < count; ++i) {
    auto page = pages.get();
    fill(*page);
  }
}

// ---- pool-tiny-object ------------------------------------------------------------------

struct Point {
  int x = 0, y = 0;
  void clear() { x = y = 0; }
};

int bad_points(object_pool<Point> &points) { // expect: pool-tiny-object "the pool of 'Point' saves nothing, a local one of 8 bytes would do"
  auto point = points.get();
  point->x = 1;
  return point->x;
}

int good_point() {
  Point point;
  point.x = 1;
  return point.x;
}

// ---- pool-empty-finalizer ---------------------------------------------------------------

struct Sample {
  int values[64] = {};
  ~Sample() {} // expect: pool-empty-finalizer "the empty destructor of 'Sample', which is pooled, makes its destruction non-trivial"
  void clear() { values[0] = 0; }
};
void bad_samples(object_pool<Sample> &samples) {
  auto sample = samples.get();
  sample->values[0] = 1;
}

struct Plain {
  int values[64] = {};
  void clear() { values[0] = 0; }
};
void good_samples(object_pool<Plain> &samples) {
  auto sample = samples.get();
  sample->values[0] = 1;
}

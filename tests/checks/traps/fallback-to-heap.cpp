// RUN: %check %s --models %S/../models/fallback-to-heap.yaml
// Two different ends on exclusive branches: to the pool when it came from
// there or has the usual size, else to the heap.

#include <cstddef>
#include <cstdlib>

constexpr std::size_t DefaultSize = 2048;
struct Heap {
  std::size_t total = 0;
  void reset() { total = 0; }
};

Heap *heap_alloc(std::size_t n);
void heap_free(Heap *h);  // to the pool
void plain_free(Heap *h); // to the heap
bool valid_ptr(const void *p);

void good_by_size() {
  Heap *h = heap_alloc(DefaultSize);
  if (h->total == DefaultSize)
    heap_free(h);
  else
    plain_free(h);
}

void good_by_origin() {
  Heap *h = heap_alloc(10);
  if (valid_ptr(h)) {
    heap_free(h);
  } else {
    plain_free(h);
  }
}

void good_conditional_expression() {
  Heap *h = heap_alloc(10);
  h->total == DefaultSize ? heap_free(h) : plain_free(h);
}

void good_early(std::size_t n) {
  Heap *h = heap_alloc(n);
  if (n > DefaultSize) {
    plain_free(h);
    return;
  }
  heap_free(h);
}

void good_limit_then_delete(std::size_t n) {
  Heap *h = heap_alloc(n);
  if (h->total > DefaultSize)
    delete h;
  else
    heap_free(h);
}

void bad_both(std::size_t n) {
  Heap *h = heap_alloc(n);
  if (n > DefaultSize)
    plain_free(h); // note: "first put back here"
  heap_free(h);    // expect: pool-double-put "'h' is put back twice"
}

void bad_one_size_forgotten(std::size_t n) {
  Heap *h = heap_alloc(n); // expect: pool-resource-leak "'h' is not put back on some path"
  if (n == DefaultSize)
    heap_free(h);
  else if (n > DefaultSize)
    plain_free(h);
}

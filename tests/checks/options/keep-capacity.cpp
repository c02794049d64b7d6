// RUN: %check %s --models keep-capacity.yaml --confidence possible --checks=pool-oversized-put
// What a constant bounds is fine up to the option's bytes.
#include "text_pool.h"

void good_below(TextPool &pool, std::size_t n) {
  Text *t = pool.acquire();
  if (n <= 1000000)
    t->body.reserve(n);
  t->clear();
  pool.release(t);
}

void good_constant(TextPool &pool) {
  Text *t = pool.acquire();
  t->body.resize(1000000);
  t->clear();
  pool.release(t);
}

void possible_above(TextPool &pool, std::size_t n) {
  Text *t = pool.acquire();
  if (n <= 1000001)
    t->body.reserve(n);
  t->clear();
  pool.release(t); // expect: oversized-put "'body' has become (possible)"
}

// Four bytes each.
void possible_elements(TextPool &pool) {
  Text *t = pool.acquire();
  t->marks.resize(250001);
  t->clear();
  pool.release(t); // expect: oversized-put "'marks' has become (possible)"
}

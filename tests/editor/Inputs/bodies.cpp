#include "records.h"

void helper(RecordPool &pool) {
  Record *r = pool.acquire();
  give_back(pool, r);
  give_back(pool, r); // 6: twice
}

void destructor(RecordPool &pool) {
  Record *r = pool.acquire();
  Guard guard(pool, r);
  r->add("x");
  give_back(pool, r); // and again when the guard goes away
}

void changed(RecordPool &pool) {
  Record *r = pool.acquire();
  r->add("x");
  pool.release(r); // 19: without a reset
}

void cleaned(CleanPool &pool) {
  Record *r = pool.acquire();
  r->add("x");
  pool.release(r); // the pool resets
}

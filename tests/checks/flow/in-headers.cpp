// RUN: %check %s
// What happens stands in a user header: behind virtual calls, in templates and
// lambdas, in helpers of helpers, in members' destructors.

#include "enders.h"

void bad_overriders(BufferPool &pool, enders::Ender &ender) {
  Buffer *b = pool.acquire();
  ender.end(pool, b); // note: "first put back here"
  pool.release(b);    // expect: pool-double-put "'b' is put back twice"
}

void good_overriders(BufferPool &pool, enders::Ender &ender) {
  Buffer *b = pool.acquire();
  ender.end(pool, b);
}

void good_may_be_kept_elsewhere(BufferPool &pool, enders::Looker &looker) {
  Buffer *b = pool.acquire();
  looker.look(b);
  pool.release(b);
}

void bad_template(BufferPool &pool) {
  Buffer *b = pool.acquire();
  enders::put_in(pool, b); // note: "put back here"
  b->append("x");          // expect: pool-use-after-put "'b' is used after it was put back"
}

void good_template(BufferPool &pool) {
  Buffer *b = pool.acquire();
  enders::put_in(pool, b);
}

void bad_member_destructor(BufferPool &pool) {
  Buffer *b = pool.acquire();
  {
    enders::Held held(pool, b);
  }
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

void good_member_destructor(BufferPool &pool) {
  Buffer *b = pool.acquire();
  enders::Held held(pool, b);
}

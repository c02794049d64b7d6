#include "pool.h"

void clean(BufferPool &P) {
  Buffer *B = P.acquire();
  B->append(1);
  B->reset();
  P.release(B);
}

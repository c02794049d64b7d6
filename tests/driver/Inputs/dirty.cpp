#include "pool.h"

void dirty(BufferPool &P) {
  Buffer *B = P.acquire();
  B->append(1);
  P.release(B);
}

#include "pool.h"

void twice(BufferPool &P) {
  Buffer *B = P.acquire();
  P.release(B);
  P.release(B);
}

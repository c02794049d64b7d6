#include "pool.h"

void broken(BufferPool &P) {
  Buffer *B = P.acquire()
  P.release(B);
}

int wrong() { return Unknown; }

#ifndef INLINE_H
#define INLINE_H
#include "pool.h"

inline void twiceInHeader(BufferPool &P) {
  Buffer *B = P.acquire();
  P.release(B);
  P.release(B);
}

#endif

// RUN: %check %s
//
// Constants that no signed number of 64 bits holds.
#include "plain_pool.h"

constexpr unsigned long long Magic = 0xdb4775248b80fb57ull;

struct Header {
  unsigned long long magic = Magic;
  unsigned long long flags;
  Header() : flags(~0ull) {}
};

int by_magic(BufferPool &pool, unsigned long long magic) {
  Header header;
  Buffer *b = pool.acquire();
  switch (magic) {
  case Magic:
    pool.release(b);
    return 1;
  case ~0ull:
    return 2; // note: "returns here"
  default:
    break;
  }
  if (header.magic != Magic)
    header.flags = 0;
  pool.release(b);
  return 0;
} // expect@-14: resource-leak "'b' is not put back on some path"

int by_huge(BufferPool &pool, unsigned __int128 size) {
  Buffer *b = pool.acquire();
  switch (size) {
  case (unsigned __int128)1 << 100:
    pool.release(b);
    return 1;
  default:
    break;
  }
  pool.release(b);
  return 0;
}

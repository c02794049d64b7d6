// RUN: %check --level=strict %s
// Held by a raw name across what may throw, and put by hand.

#include "buffer_pool.h"
#include "leases.h"
#include <cstdio>
#include <string>

int parse(const std::string &text);
int count(const char *text) noexcept;
extern "C" int c_count(const char *text);

int bad_across_parse(BufferPool &pool, const std::string &text) {
  Buffer *b = pool.acquire(); // expect: pool-unguarded-resource "'b' is put back by hand, which an exception in between would skip"
  int n = parse(text);        // note: "an exception leaves here"
  pool.release(b);            // note: "put back here"
  return n;
}

int bad_file(const char *name, const std::string &text) {
  std::FILE *f = std::fopen(name, "r"); // expect: pool-unguarded-resource "'f' is closed by hand"
  if (!f)
    return -1;
  int n = parse(text);
  std::fclose(f);
  return n;
}

int good_nothing_throws(BufferPool &pool, const char *text) {
  Buffer *b = pool.acquire();
  int n = count(text) + c_count(text);
  pool.release(b);
  return n;
}

int good_put_first(BufferPool &pool, const std::string &text) {
  Buffer *b = pool.acquire();
  pool.release(b);
  return parse(text);
}

int good_handle(BufferPool &pool, const std::string &text) {
  BufferPtr b = make_buffer(pool);
  return parse(text);
}

int good_catch(BufferPool &pool, const std::string &text) {
  Buffer *b = pool.acquire();
  int n = 0;
  try {
    n = parse(text);
  } catch (...) {
    pool.release(b);
    throw;
  }
  pool.release(b);
  return n;
}

struct PutLater {
  BufferPool &pool;
  Buffer *b;
  PutLater(BufferPool &p, Buffer *q) : pool(p), b(q) {}
  PutLater(const PutLater &) = delete;
  ~PutLater() { pool.release(b); }
};
int good_guard(BufferPool &pool, const std::string &text) {
  Buffer *b = pool.acquire();
  PutLater later(pool, b);
  return parse(text);
}

Buffer *good_handed_over(BufferPool &pool, const std::string &text) {
  Buffer *b = pool.acquire();
  parse(text);
  return b;
}

int checked(int n) {
  if (n < 0)
    throw n;
  return n;
}
// A throw that is seen loses it for sure: that is a leak.
int bad_known_throw(BufferPool &pool, int n) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  int m = checked(n);
  pool.release(b);
  return m;
}

int good_noexcept(BufferPool &pool, const std::string &text) noexcept {
  Buffer *b = pool.acquire();
  int n = parse(text);
  pool.release(b);
  return n;
}

// --- used before

int bad_used_before(const char *name, std::string &text) {
  std::FILE *f = std::fopen(name, "r"); // expect: pool-unguarded-resource "'f' is closed by hand"
  if (!f)
    return -1;
  int c = std::fgetc(f);
  parse(text); // note: "an exception leaves here"
  std::fclose(f);
  return c;
}

int bad_used_in_a_loop(const char *name, std::string &text) {
  std::FILE *f = std::fopen(name, "r"); // expect: pool-unguarded-resource "'f' is closed by hand"
  if (!f)
    return -1;
  int c;
  while ((c = std::fgetc(f)) != EOF)
    text.push_back(char(c));
  std::fclose(f);
  return c;
}

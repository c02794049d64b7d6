// RUN: %check %s --confidence possible --checks=pool-oversized-put
// Numbers that nobody compared: the caller may know that they are small.

#include "text_pool.h"

static void pad(Text &t, int n) {
  for (int i = 0; i < n; ++i)
    t.append(" ");
}

void possible_number(TextPool &pool, std::size_t n) {
  Text *t = pool.acquire();
  t->body.resize(n);
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become (possible)"
}

void possible_by_a_large_constant(TextPool &pool, std::size_t n) {
  Text *t = pool.acquire();
  if (n < 64 * 1024 * 1024)
    t->body.reserve(n);
  t->clear();
  pool.release(t); // expect: oversized-put "'body' has become (possible)"
}

// A comparison that only asks for enough is no bound.
void possible_lower_bound(TextPool &pool, std::size_t n, std::size_t least) {
  if (n < least)
    return;
  Text *t = pool.acquire();
  t->body.resize(n);
  t->clear();
  pool.release(t); // expect: oversized-put "(possible)"
}

void possible_told_how_many(TextPool &pool, int n) {
  Text *t = pool.acquire();
  pad(*t, n);
  t->clear();
  pool.release(t); // expect: oversized-put "(possible)"
}

// A local container and a member may well be small.
class Header {
public:
  void possible_member(TextPool &pool) {
    Text *t = pool.acquire();
    for (const std::string &part : parts_)
      t->append(part);
    t->clear();
    pool.release(t); // expect: oversized-put "(possible)"
  }

private:
  std::vector<std::string> parts_;
};

void possible_until_its_end(TextPool &pool, const char *p, const char *end) {
  Text *t = pool.acquire();
  while (p != end)
    t->body.push_back(*p++);
  t->clear();
  pool.release(t); // expect: oversized-put "(possible)"
}

// As many as stand between two pointers.
void possible_between(TextPool &pool, const char *d, std::size_t n) {
  Text *t = pool.acquire();
  t->body.insert(t->body.end(), d, d + n);
  t->clear();
  pool.release(t); // expect: oversized-put "'t' is put back however large 'body' has become (possible)"
}
void possible_between_assigned(TextPool &pool, const char *d, std::size_t n) {
  Text *t = pool.acquire();
  t->body.assign(d, n + d);
  t->clear();
  pool.release(t); // expect: oversized-put "(possible)"
}
void good_between_few(TextPool &pool, const char *d, std::size_t n) {
  if (n > 512)
    return;
  Text *t = pool.acquire();
  t->body.assign(d, d + n);
  t->clear();
  pool.release(t);
}
void good_between_others(TextPool &pool, const char *d, const char *e, std::size_t n) {
  Text *t = pool.acquire();
  t->body.assign(e, d + n);
  t->clear();
  pool.release(t);
}

// RUN: %check %s
// A loop that looks for a pool which has one, and what is asked behind it.

#include "conn_pool.h"
#include <cstddef>

int good_iterator(std::vector<ConnPool *> &pools) {
  Conn *c = nullptr;
  auto it = pools.begin();
  for (; it != pools.end(); ++it)
    if ((c = (*it)->acquire()))
      break;
  if (it == pools.end())
    return -1;
  int r = c->exec();
  (*it)->release(c);
  return r;
}

int good_index(std::vector<ConnPool *> &pools) {
  Conn *c = nullptr;
  std::size_t i = 0;
  while (i < pools.size() && !(c = pools[i]->acquire()))
    ++i;
  if (i == pools.size())
    return -1;
  int r = c->exec();
  pools[i]->release(c);
  return r;
}

int good_count(ConnPool *pools, int n) {
  Conn *c = nullptr;
  int i;
  for (i = 0; i < n; i += 1)
    if ((c = pools[i].acquire()))
      break;
  if (n == i)
    return -1;
  int r = c->exec();
  pools[i].release(c);
  return r;
}

int good_constant_count(ConnPool &pool) {
  Conn *c = nullptr;
  int i = 0;
  for (; i < 5; ++i)
    if ((c = pool.acquire()))
      break;
  if (i == 5)
    return -1;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_countdown(ConnPool &pool) {
  Conn *c = nullptr;
  int left = 3;
  while (left > 0) {
    c = pool.acquire();
    if (c)
      break;
    --left;
  }
  if (left == 0)
    return -1;
  int r = c->exec();
  pool.release(c);
  return r;
}

int good_the_other_way_to_ask(ConnPool *pools, unsigned n) {
  Conn *c = nullptr;
  unsigned i = 0;
  for (; n != i; i++)
    if ((c = pools[i].acquire()))
      break;
  if (i >= n)
    return -1;
  int r = c->exec();
  pools[i].release(c);
  return r;
}

int good_pool_that_was_asked(std::vector<ConnPool *> &pools) {
  Conn *c = nullptr;
  ConnPool *from = nullptr;
  for (ConnPool *pool : pools)
    if ((c = pool->acquire())) {
      from = pool;
      break;
    }
  if (!from)
    return -1;
  int r = c->exec();
  from->release(c);
  return r;
}

int bad_asked_of_another(ConnPool *pools, int n, int m) {
  Conn *c = nullptr;
  int i = 0;
  for (; i < n; ++i)
    if ((c = pools[i].acquire())) // expect: pool-resource-leak "'c' is not put back on some path"
      break;
  if (i == m)
    return -1;
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pools[i].release(c);
  return r;
}

int bad_the_last_one(ConnPool *pools, int n) {
  Conn *c = nullptr;
  int i = 0;
  for (; i < n; ++i)
    if ((c = pools[i].acquire())) // expect: pool-resource-leak "'c' is never put back"
      break;
  if (i < n)
    return -1;
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pools[i].release(c);
  return r;
}

int bad_two_steps(ConnPool *pools, int n) {
  Conn *c = nullptr;
  int i = 0;
  for (; i < n; ++i) {
    if ((c = pools[i].acquire()))
      break;
    if (pools[i].acquire() == nullptr) // expect: pool-resource-leak "the result of 'acquire' is discarded and never put back"
      ++i;
  }
  if (i == n)
    return -1;
  int r = c->exec(); // expect: pool-unchecked-acquire "'c' is dereferenced without a check that its acquire succeeded"
  pools[i].release(c);
  return r;
}

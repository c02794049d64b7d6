// RUN: %check %s --confidence possible
// A std::array is the array that it is: its elements have names, loops over it are
// not left before their first round, and its size is a constant.

#include "buffer_pool.h"
#include <array>
#include <cstdio>
#include <memory>
#include <tuple>
#include <utility>

void good_put_in_a_loop(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()};
  for (Buffer *b : all)
    pool.release(b);
}

void good_put_by_index(BufferPool &pool) {
  std::array<Buffer *, 2> all{{pool.acquire(), pool.acquire()}};
  for (std::size_t i = 0; i < all.size(); ++i)
    pool.release(all[i]);
}

void good_put_one_by_one(BufferPool &pool) {
  std::array<Buffer *, 3> all = {pool.acquire(), pool.acquire(), pool.acquire()};
  pool.release(all[0]);
  pool.release(all.at(1));
  pool.release(all.back());
}

void good_put_by_get(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()};
  pool.release(std::get<0>(all));
  pool.release(std::get<1>(all));
}

void good_unpacked(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()};
  auto [a, b] = all;
  pool.release(a);
  pool.release(b);
}

void good_replaced(BufferPool &pool) {
  Buffer *a = pool.acquire();
  std::array<Buffer *, 1> all{a};
  all[0] = pool.acquire();
  pool.release(all[0]);
  pool.release(a);
}

void good_put_by_iterator(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()};
  for (auto it = all.begin(); it != all.end(); ++it)
    pool.release(*it);
}

void good_put_by_pointer(BufferPool &pool) {
  Buffer *all[2] = {pool.acquire(), pool.acquire()};
  for (Buffer **p = all; p != all + 2; ++p)
    pool.release(*p);
}

static void put_all(BufferPool &pool, std::array<Buffer *, 2> &all) {
  for (Buffer *b : all)
    pool.release(b);
}
void good_put_by_a_function(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()};
  put_all(pool, all);
}

std::array<Buffer *, 2> good_returned(BufferPool &pool) {
  return {pool.acquire(), pool.acquire()};
}
void good_put_by_the_caller(BufferPool &pool) {
  auto [a, b] = good_returned(pool);
  pool.release(a);
  pool.release(b);
}

void good_put_by_a_destructor(BufferPool &pool) {
  struct Both {
    BufferPool &pool;
    std::array<Buffer *, 2> all;
    explicit Both(BufferPool &p) : pool(p), all{p.acquire(), p.acquire()} {}
    Both(const Both &) = delete;
    ~Both() {
      for (Buffer *b : all)
        pool.release(b);
    }
  };
  Both both(pool);
  both.all[0]->size();
}

struct Return {
  BufferPool *pool;
  void operator()(Buffer *b) const { pool->release(b); }
};
using Lease = std::unique_ptr<Buffer, Return>;

void good_owners(BufferPool &pool) {
  std::array<Lease, 2> all{Lease(pool.acquire(), {&pool}), Lease(pool.acquire(), {&pool})};
  all[0]->size();
}
void good_array_of_owners(BufferPool &pool) {
  Lease all[2] = {Lease(pool.acquire(), {&pool}), Lease(pool.acquire(), {&pool})};
  all[0]->size();
}
void bad_owner_gives_up(BufferPool &pool) {
  std::array<Lease, 1> all{Lease(pool.acquire(), {&pool})}; // expect: pool-resource-leak "'all[0]' is never put back"
  (void)all[0].release();
}
void bad_owner_and_by_hand(BufferPool &pool) {
  Buffer *b = pool.acquire();
  Lease all[1] = {Lease(b, {&pool})};
  all[0]->size();
  pool.release(b); // expect: pool-foreign-put "what 'all' still owns is put into a pool"
}

class Holder {
public:
  void good_in_a_member(BufferPool &pool) {
    for (Buffer *&b : all_)
      b = pool.acquire();
  }

private:
  std::array<Buffer *, 4> all_{};
};

void bad_one_left(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), pool.acquire()}; // expect: pool-resource-leak "'all[1]' is never put back"
  pool.release(all[0]);
}

void bad_put_twice(BufferPool &pool) {
  std::array<Buffer *, 2> all{pool.acquire(), nullptr};
  pool.release(all[0]);
  pool.release(all.front()); // expect: pool-double-put "'all[0]' is put back twice"
}

void bad_used_after(BufferPool &pool) {
  std::array<Buffer *, 1> all{pool.acquire()};
  pool.release(all[0]);
  std::puts(all[0]->text.c_str()); // expect: pool-use-after-put "'all[0]' is used after it was put back"
}

void bad_unpacked(BufferPool &pool) {
  auto [a, b] = std::array<Buffer *, 2>{pool.acquire(), pool.acquire()}; // expect: pool-resource-leak "'b' is never put back"
  pool.release(a);
}

// RUN: %check %s
// Many leases at once: vectors, arrays, lists through the objects themselves.

#include "leases.h"
#include <algorithm>
#include <array>
#include <list>
#include <map>

void good_vector_of_leases(BufferPool &pool, int n) {
  std::vector<BufferPtr> all;
  for (int i = 0; i < n; ++i)
    all.push_back(make_buffer(pool));
  for (const BufferPtr &b : all)
    consume(*b);
}

void good_cleared_in_range_for(BufferPool &pool, std::vector<BufferPtr> &all) {
  all.push_back(make_buffer(pool));
  for (auto &b : all) {
    b->append("x");
    consume(*b);
    b->clear();
  }
}

void good_emplaced(BufferPool &pool) {
  std::list<BufferLease> leases;
  leases.emplace_back(pool);
  leases.emplace_back(pool);
  for (BufferLease &lease : leases)
    consume(*lease);
}

void good_put_all(BufferPool &pool, std::vector<Buffer *> &all) {
  for (Buffer *b : all)
    pool.release(b);
  all.clear();
}

void bad_used_in_range_for(BufferPool &pool, std::vector<Buffer *> &all) {
  for (Buffer *b : all) {
    pool.release(b); // note: "put back here"
    consume(*b);     // expect: pool-use-after-put "'b' is used after it was put back"
  }
  all.clear();
}

void bad_put_twice_in_range_for(BufferPool &pool, std::vector<Buffer *> &all, bool last) {
  for (Buffer *b : all) {
    if (last)
      pool.release(b); // note: "first put back here"
    pool.release(b);   // expect: pool-double-put "'b' is put back twice"
  }
  all.clear();
}

void good_put_some(BufferPool &pool, std::vector<Buffer *> &all) {
  for (auto it = all.begin(); it != all.end();) {
    if ((*it)->empty()) {
      pool.release(*it);
      it = all.erase(it);
    } else {
      ++it;
    }
  }
}

void good_erase_then_put(BufferPool &pool, std::map<int, Buffer *> &by_id, int id) {
  auto it = by_id.find(id);
  if (it == by_id.end())
    return;
  Buffer *b = it->second;
  by_id.erase(it);
  b->clear();
  pool.release(b);
}

void good_put_then_erase_value(BufferPool &pool, std::vector<Buffer *> &all) {
  Buffer *b = pool.acquire();
  all.push_back(b);
  consume(*b);
  all.erase(std::find(all.begin(), all.end(), b));
  pool.release(b);
}

void good_array(BufferPool &pool) {
  Buffer *two[2] = {pool.acquire(), pool.acquire()};
  consume(*two[0]);
  consume(*two[1]);
  pool.release(two[0]);
  pool.release(two[1]);
}

void good_std_array(BufferPool &pool) {
  std::array<Buffer *, 4> four{};
  for (Buffer *&b : four)
    b = pool.acquire();
  for (Buffer *b : four)
    pool.release(b);
}

void good_chain_next_saved(BufferPool &pool, Buffer *head) {
  for (Buffer *b = head; b;) {
    Buffer *next = b->next;
    b->clear();
    pool.release(b);
    b = next;
  }
}

void bad_chain_next_after_put(BufferPool &pool, Buffer *head) {
  for (Buffer *b = head; b;) {
    pool.release(b); // note: "put back here"
    b = b->next;     // expect: pool-use-after-put "'b' is used after it was put back"
  }
}

void good_chain_built(BufferPool &pool, Buffer *&head, int n) {
  for (int i = 0; i < n; ++i) {
    Buffer *b = pool.acquire();
    b->next = head;
    head = b;
  }
}

void good_pair(BufferPool &pool) {
  auto [in, out] = std::pair{pool.acquire(), pool.acquire()};
  consume(*in);
  pool.release(in);
  pool.release(out);
}

void bad_next_of_put(BufferPool &pool, Buffer *b) {
  pool.release(b->next); // note: "first put back here"
  pool.release(b->next); // expect: pool-double-put "'b->next' is put back twice"
  b->next = nullptr;
}

void good_put_both(BufferPool &pool, Buffer *b) {
  pool.release(b->next);
  b->clear();
  pool.release(b);
}

// --- an array of one function, put by an index

void good_array_by_index(BufferPool &pool) {
  Buffer *all[2];
  all[0] = pool.acquire();
  all[1] = pool.acquire();
  for (int i = 0; i < 2; ++i)
    pool.release(all[i]);
}

void good_array_filled_from(BufferPool &pool) {
  Buffer *first = pool.acquire();
  Buffer *all[] = {first};
  for (Buffer *b : all)
    pool.release(b);
}

void good_std_array_by_index(BufferPool &pool) {
  std::array<Buffer *, 1> all{pool.acquire()};
  pool.release(all[0]);
}

void bad_array_forgotten(BufferPool &pool, bool stop) {
  Buffer *all[2];
  all[0] = pool.acquire(); // expect: pool-resource-leak "'all[0]' is not put back on some path"
  if (stop)
    return;
  for (int i = 0; i < 1; ++i)
    pool.release(all[i]);
}

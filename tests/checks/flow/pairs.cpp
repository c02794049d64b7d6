// RUN: %check %s
// Pairs have what they are made of, and structured bindings are called by name.

#include "leases.h"
#include <map>
#include <utility>

struct Entry {
  int key;
  Buffer *buffer;
};

void good_pair(BufferPool &pool) {
  std::pair<Buffer *, int> entry(pool.acquire(), 1);
  consume(*entry.first);
  pool.release(entry.first);
}

std::pair<Buffer *, int> good_pair_returned(BufferPool &pool) {
  std::pair<Buffer *, int> entry(pool.acquire(), 1);
  return entry;
}

void good_pair_kept(BufferPool &pool, std::vector<std::pair<Buffer *, int>> &all) {
  all.push_back(std::make_pair(pool.acquire(), 1));
  all.push_back(std::pair<Buffer *, int>(pool.acquire(), 2));
  all.push_back({pool.acquire(), 3});
  std::pair<Buffer *, int> entry(pool.acquire(), 4);
  all.push_back(entry);
}

void good_pair_in_a_map(BufferPool &pool, std::map<int, Buffer *> &all) {
  all.insert(std::make_pair(1, pool.acquire()));
  all.insert(std::pair<const int, Buffer *>(2, pool.acquire()));
}

void good_pair_of_owners(BufferPool &pool) {
  std::pair<BufferPtr, int> entry(make_buffer(pool), 1);
  consume(*entry.first);
}

void good_bound(BufferPool &pool) {
  auto [buffer, number] = std::make_pair(pool.acquire(), 1);
  if (number > 0)
    consume(*buffer);
  pool.release(buffer);
}

void bad_pair_lost(BufferPool &pool) {
  std::pair<Buffer *, int> entry(pool.acquire(), 1); // expect: pool-resource-leak "'entry.first' is never put back"
  consume(*entry.first);
}

void bad_pair_put_twice(BufferPool &pool) {
  std::pair<int, Buffer *> entry{1, pool.acquire()};
  Buffer *same = entry.second;
  pool.release(same);
  pool.release(entry.second); // expect: pool-double-put "'entry.second' is put back twice"
}

void bad_bound_lost(BufferPool &pool) {
  auto [buffer, number] = std::make_pair(pool.acquire(), 1); // expect: pool-resource-leak "'buffer' is never put back"
  consume(*buffer);
}

void bad_bound_put_twice(BufferPool &pool) {
  auto [first, second] = std::pair(pool.acquire(), pool.acquire());
  pool.release(first);
  pool.release(first); // expect: pool-double-put "'first' is put back twice"
  pool.release(second);
}

void bad_bound_names(BufferPool &pool) {
  auto [mine, yours] = std::pair(pool.acquire(), pool.acquire());
  pool.release(yours);
  pool.release(mine);
  pool.release(yours); // expect: pool-double-put "'yours' is put back twice"
}

void bad_bound_to_a_structure(BufferPool &pool, Entry &entry) {
  auto &[key, buffer] = entry;
  if (key)
    pool.release(buffer);
  else
    return;
  consume(*buffer); // expect: pool-use-after-put "'buffer' is used after it was put back"
}

// ---- elements, by reference

void good_each(BufferPool &pool, std::vector<Entry> &all) {
  for (auto &entry : all) {
    consume(*entry.buffer);
    pool.release(entry.buffer);
    entry.buffer = pool.acquire();
    consume(*entry.buffer);
  }
}

void good_each_forgotten(BufferPool &pool, std::vector<Entry> &all) {
  for (auto &entry : all) {
    pool.release(entry.buffer);
    entry = Entry{};
  }
  for (const auto &entry : all)
    consume(*entry.buffer);
}

void good_first_and_next(BufferPool &pool, std::vector<Entry> &all) {
  for (auto &entry : all) {
    if (entry.key > 1)
      consume(*entry.buffer);
    pool.release(entry.buffer);
  }
}

void bad_each_used(BufferPool &pool, std::vector<Entry> &all) {
  for (auto &entry : all) {
    pool.release(entry.buffer);
    consume(*entry.buffer); // expect: pool-use-after-put "'entry.buffer' is used after it was put back"
  }
}

void bad_each_put_twice(BufferPool &pool, Entry (&all)[3]) {
  for (auto &entry : all) {
    pool.release(entry.buffer);
    pool.release(entry.buffer); // expect: pool-double-put "'entry.buffer' is put back twice"
  }
}

void bad_each_bound(BufferPool &pool, std::map<int, Buffer *> &all) {
  for (auto &[key, buffer] : all) {
    pool.release(buffer);
    consume(*buffer); // expect: pool-use-after-put "'buffer' is used after it was put back"
  }
}

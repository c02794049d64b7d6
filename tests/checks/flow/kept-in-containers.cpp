// RUN: %check %s --confidence possible
// What is put into containers, lists in braces and structures, and so has an owner
// there: pointers and ids, by every way in.

#include "buffer_pool.h"
#include <array>
#include <fcntl.h>
#include <map>
#include <pthread.h>
#include <queue>
#include <set>
#include <sys/epoll.h>
#include <tuple>
#include <unistd.h>
#include <unordered_map>
#include <utility>

struct Item {
  Buffer *buf;
  int id;
};
struct Opened {
  int fd;
  const char *name;
};

// --- ids

class Files {
public:
  bool good_pushed(const char *name) {
    int fd = ::open(name, O_RDONLY);
    if (fd < 0)
      return false;
    all_.push_back(fd);
    return true;
  }
  bool good_by_key(const std::string &name) {
    int fd = ::open(name.c_str(), O_RDONLY);
    if (fd < 0)
      return false;
    by_name_[name] = fd;
    return true;
  }
  void good_emplaced(const std::string &name) {
    if (int fd = ::open(name.c_str(), O_RDONLY); fd >= 0)
      by_name_.emplace(name, fd);
  }
  void good_inserted(const char *name) {
    if (int fd = ::open(name, O_RDONLY); fd >= 0)
      open_.insert(fd);
  }
  void good_queued(const char *name) {
    if (int fd = ::open(name, O_RDONLY); fd >= 0)
      waiting_.push(fd);
  }
  void good_in_a_struct(const char *name) {
    if (int fd = ::open(name, O_RDONLY); fd >= 0)
      files_.push_back({fd, name});
  }
  void good_in_a_pair(const char *name) {
    if (int fd = ::open(name, O_RDONLY); fd >= 0)
      pairs_.push_back(std::make_pair(fd, name));
  }
  bool bad_only_measured(const char *name) {
    int fd = ::open(name, O_RDONLY); // expect: pool-resource-leak "'fd' is never closed"
    if (fd < 0)
      return false;
    all_.reserve(all_.size() + 1);
    return all_.size() > 8;
  }

private:
  std::vector<int> all_;
  std::map<std::string, int> by_name_;
  std::set<int> open_;
  std::queue<int> waiting_;
  std::vector<Opened> files_;
  std::vector<std::pair<int, const char *>> pairs_;
};

// --- lists in braces

std::vector<Buffer *> good_two(BufferPool &pool) {
  return {pool.acquire(), pool.acquire()};
}

std::vector<Buffer *> good_one(BufferPool &pool) {
  Buffer *b = pool.acquire();
  return {b};
}

void good_inserted_list(BufferPool &pool, std::vector<Buffer *> &v) {
  v.insert(v.end(), {pool.acquire()});
}

void good_assigned_list(BufferPool &pool, std::vector<Buffer *> &v) {
  Buffer *b = pool.acquire();
  v = {b};
}

void good_filled(BufferPool &pool, std::vector<std::vector<Buffer *>> &all) {
  std::vector<Buffer *> row(1, pool.acquire());
  all.push_back(row);
}

void good_walked_list(BufferPool &pool) {
  Buffer *a = pool.acquire();
  for (Buffer *b : {a})
    pool.release(b);
}

void good_map_of_list(BufferPool &pool, std::map<int, Buffer *> &out) {
  Buffer *b = pool.acquire();
  out = {{1, b}};
}

// --- structures

void good_out(BufferPool &pool, Item *out) {
  Buffer *b = pool.acquire();
  *out = Item{b, 1};
}

void good_out_of_local(BufferPool &pool, Item &out) {
  Item item{pool.acquire(), 1};
  out = item;
}

Item *good_new(BufferPool &pool) { return new Item{pool.acquire(), 1}; }

struct Owner {
  Item current;
  void good_set(BufferPool &pool) {
    Buffer *b = pool.acquire();
    current = {b, 1};
  }
};

void good_by_key(BufferPool &pool, std::map<int, Item> &items, int key) {
  Buffer *b = pool.acquire();
  items[key] = {b, key};
}

void good_local_struct(BufferPool &pool) {
  Item item{};
  item = {pool.acquire(), 1};
  pool.release(item.buf);
}

void bad_local_struct(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  Item item{};
  item = {b, 1};
  consume(*item.buf);
}

void bad_local_struct_twice(BufferPool &pool) {
  Item item{};
  item = {pool.acquire(), 1};
  pool.release(item.buf);
  pool.release(item.buf); // expect: pool-double-put "'item.buf' is put back twice"
}

// --- maps that have the key already

class Live {
public:
  void good_refused_binding(int key) {
    Buffer *b = pool_.acquire();
    auto [it, fresh] = by_key_.emplace(key, b);
    if (!fresh)
      pool_.release(b);
  }
  void good_refused_at_once(int key) {
    Buffer *b = pool_.acquire();
    if (!by_key_.emplace(key, b).second)
      pool_.release(b);
  }
  void good_refused_insert(int key) {
    Buffer *b = pool_.acquire();
    auto r = by_key_.insert({key, b});
    if (!r.second)
      pool_.release(b);
  }
  void good_refused_try(int key) {
    Buffer *b = pool_.acquire();
    if (auto [it, fresh] = by_key_.try_emplace(key, b); !fresh)
      pool_.release(b);
  }
  void good_refused_flag(int key) {
    Buffer *b = pool_.acquire();
    bool kept = by_key_.emplace(key, b).second;
    if (!kept)
      pool_.release(b);
  }
  void bad_kept_and_put(int key) {
    Buffer *b = pool_.acquire();
    auto [it, fresh] = by_key_.emplace(key, b); // expect: pool-retained-object "'by_key_' keeps 'b', which is put back"
    if (fresh)
      pool_.release(b);
  }
  void bad_put_anyway(int key) {
    Buffer *b = pool_.acquire();
    by_key_.emplace(key, b); // expect: pool-retained-object "'by_key_' keeps 'b', which is put back"
    pool_.release(b);
  }

private:
  BufferPool pool_;
  std::unordered_map<int, Buffer *> by_key_;
};

// --- the kernel and the thread have it

void good_registered(BufferPool &pool, int ep, int fd) {
  Buffer *b = pool.acquire();
  epoll_event e{};
  e.events = EPOLLIN;
  e.data.ptr = b;
  if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e) < 0)
    pool.release(b);
}

void good_of_the_thread(BufferPool &pool, pthread_key_t key) {
  Buffer *b = pool.acquire();
  pthread_setspecific(key, b);
}

// --- by a function that puts it there

void add(std::vector<Buffer *> &all, Buffer *b) { all.push_back(b); }

void good_added_by_a_function(BufferPool &pool) {
  std::vector<Buffer *> all;
  add(all, pool.acquire());
  for (Buffer *b : all)
    pool.release(b);
}

class Batch {
public:
  explicit Batch(BufferPool &pool) : pool_(pool) {}
  Batch(const Batch &) = delete;
  ~Batch() {
    for (Buffer *b : all_)
      pool_.release(b);
  }
  void add(Buffer *b) { all_.push_back(b); }

private:
  BufferPool &pool_;
  std::vector<Buffer *> all_;
};

void good_added_to_an_owner(BufferPool &pool) {
  Batch batch(pool);
  batch.add(pool.acquire());
}

class Stack {
public:
  void push(Buffer *b) { all_[count_++] = b; }
  Buffer *pop() { return count_ ? all_[--count_] : nullptr; }

private:
  Buffer *all_[8];
  int count_ = 0;
};

void good_pushed_and_popped(BufferPool &pool) {
  Stack stack;
  stack.push(pool.acquire());
  while (Buffer *b = stack.pop())
    pool.release(b);
}

void bad_added_and_put(BufferPool &pool) {
  std::vector<Buffer *> all;
  Buffer *b = pool.acquire();
  add(all, b);
  pool.release(b);
  b->clear(); // expect: pool-use-after-put "'b' is used after it was put back"
}

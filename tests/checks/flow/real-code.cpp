// RUN: %check %s --confidence possible
// What real code does, reduced: each of these was told wrong once.

#include "buffer_pool.h"
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

// --- what a descriptor is given to

struct Socket {
  explicit Socket(int fd) : fd_(fd) {}
  Socket(const Socket &) = delete;
  ~Socket() { close(fd_); }
  int fd_;
};
struct Unseen {
  Unseen(int fd, const char *name);
  ~Unseen();
};

void good_descriptor_in_a_guard() { Socket s(socket(AF_INET, SOCK_STREAM, 0)); }

void good_descriptor_in_a_new_object(Unseen **out, const char *name) {
  int fd = open(name, O_RDONLY);
  if (fd < 0)
    return;
  *out = new Unseen(fd, name);
}

std::shared_ptr<Unseen> good_descriptor_in_a_shared_object(const char *name) {
  int fd = open(name, O_RDONLY);
  if (fd < 0)
    return nullptr;
  return std::make_shared<Unseen>(fd, name);
}

// --- owners whose bodies are elsewhere

class Result {
public:
  explicit Result(FILE *f) { init(f); }
  Result(const Result &) = delete;
  ~Result() { clear(); }
  void reset(FILE *f) {
    clear();
    init(f);
  }

private:
  void init(FILE *f) { file_ = f; }
  void clear(); // closes it
  FILE *file_;
};

void good_unseen_clear(const char *name) { Result r(fopen(name, "r")); }
void good_unseen_reset(Result &r, const char *name) { r.reset(fopen(name, "r")); }

// --- an out-parameter that was null before, and a deleter given by hand

bool make_scratch(FILE **out);

void good_function_pointer_deleter(const char *name) {
  FILE *f = nullptr;
  f = fopen(name, "r");
  std::unique_ptr<FILE, int (*)(FILE *)> owner(f, fclose);
  if (!f)
    throw std::runtime_error(name);
  if (std::fgetc(f) < 0)
    throw std::runtime_error("empty");
}

// --- elements by index and by a moving pointer

void good_all_by_index(FILE **files, int n) {
  for (int i = 0; i < n; ++i)
    fclose(files[i]);
}
void good_all_from_the_end(FILE **files, int n) {
  while (n)
    fclose(files[--n]);
}
void good_all_by_pointer(FILE **files) {
  for (FILE **f = files; f != files + 4; ++f)
    fclose(*f);
}

// --- the same condition twice, in forms that name no single variable

void good_bit_test_twice(BufferPool &pool, unsigned flags) {
  Buffer *b = pool.acquire();
  if (flags & 4)
    pool.release(b);
  if (flags & 4)
    return;
  pool.release(b);
}

void good_comparison_twice(BufferPool &pool, int n, int m) {
  Buffer *b = pool.acquire();
  if (n > m)
    pool.release(b);
  if (n <= m)
    pool.release(b);
}

void bad_comparison_changed_between(BufferPool &pool, int n, int m) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  if (n > m)
    pool.release(b); // note: "first put back here"
  ++n;
  if (n <= m)
    pool.release(b); // expect: pool-double-put "'b' is put back twice"
}

// --- a move that tells its source

class Session {
public:
  Session(BufferPool &pool, Buffer *b) : pool_(&pool), buffer_(b), mine_(true) {}
  Session(Session &&other)
      : pool_(other.pool_), buffer_(other.buffer_), mine_(other.mine_) {
    other.mine_ = false;
  }
  ~Session() {
    if (mine_)
      pool_->release(buffer_);
  }

private:
  BufferPool *pool_;
  Buffer *buffer_;
  bool mine_;
};

// --- three-way comparison and recovery after errors do not trip the engine

bool good_three_way(int a, int b) {
  int *p = new int;
  auto order = a <=> b;
  delete p;
  return order < 0;
}

// --- the early return that leaks, behind a library call that only looks

int bad_early_return(const char *name) {
  FILE *f = fopen(name, "r"); // expect: pool-resource-leak "'f' is not closed on some path"
  if (!f)
    return 1;
  char line[64];
  if (!std::fgets(line, sizeof line, f))
    return 2; // note: "returns here without closing it"
  fclose(f);
  return 0;
}

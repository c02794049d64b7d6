// RUN: %check %s
// Functions and destructors that put what they are given, but for one value that is
// nobody's: a lease that was just acquired is not it. What else they spare, a lease
// may be.

#include "buffer_pool.h"
#include <cstdio>
#include <cstdlib>

namespace {
Buffer none;
Buffer *const None = &none;
} // namespace
extern Buffer *shared_buffer;

// --- the address of an object

static void drop(BufferPool &pool, Buffer *b) {
  if (b != &none)
    pool.release(b);
}
void good_dropped(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop(pool, b);
}
void good_dropped_or_none(BufferPool &pool, bool any) {
  Buffer *b = any ? pool.acquire() : &none;
  drop(pool, b);
}
static void drop_by_name(BufferPool &pool, Buffer *b) {
  if (b == None)
    return;
  pool.release(b);
}
void good_by_name(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_by_name(pool, b);
}
static void drop_through(BufferPool &pool, Buffer *b) {
  if (b)
    drop(pool, b);
}
void good_through_a_wrapper(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_through(pool, b);
}
void bad_dropped_twice(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop(pool, b);
  pool.release(b); // expect: pool-double-put "'b' is put back twice"
}
static void drop_others(BufferPool &pool, Buffer *b, bool quick) {
  if (quick)
    return;
  if (b != &none)
    pool.release(b);
}
void bad_left_when_quick(BufferPool &pool, bool quick) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  drop_others(pool, b, quick);
}
static void drop_none(BufferPool &pool, Buffer *b) {
  if (b == &none)
    pool.release(b);
}
void bad_only_none_dropped(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  drop_none(pool, b);
}

// --- a global

static void drop_unless_shared(BufferPool &pool, Buffer *b) {
  if (b != shared_buffer)
    pool.release(b);
}
void good_not_shared(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_unless_shared(pool, b);
}
static void done(std::FILE *f) {
  if (f && f != stdout)
    std::fclose(f);
}
void good_not_stdout(const char *name) {
  std::FILE *f = std::fopen(name, "w");
  done(f);
}
void good_or_stdout(const char *name) {
  std::FILE *f = name ? std::fopen(name, "w") : stdout;
  if (!f)
    return;
  std::fputs("x", f);
  done(f);
}

static void done_or_flushed(std::FILE *f) {
  if (f == stdout) {
    std::fflush(f);
    return;
  }
  std::fclose(f);
}
void good_flushed(const char *name) {
  std::FILE *f = std::fopen(name, "w");
  if (f)
    done_or_flushed(f);
}
void told();
static void drop_or_tell(BufferPool &pool, Buffer *b) {
  if (b == shared_buffer) {
    told();
    return;
  }
  pool.release(b);
}
void good_told(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_or_tell(pool, b);
}

// --- another argument

static void drop_but(BufferPool &pool, Buffer *b, Buffer *keep) {
  if (b != keep)
    pool.release(b);
}
void good_unless_kept(BufferPool &pool, Buffer *old) {
  Buffer *b = pool.acquire();
  drop_but(pool, b, old); // who asks knows more
}
void good_but_null(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_but(pool, b, nullptr);
}
void good_but_none(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_but(pool, b, &none);
}
void good_two(BufferPool &pool) {
  Buffer *a = pool.acquire(), *b = pool.acquire();
  drop_but(pool, a, b);
  pool.release(b);
}
void bad_but_itself(BufferPool &pool) {
  Buffer *b = pool.acquire(); // expect: pool-resource-leak "'b' is never put back"
  drop_but(pool, b, b);
}

// --- by what the object says

static void drop_large(BufferPool &pool, Buffer *b) {
  if (b->size() < 100)
    return;
  b->clear();
  pool.release(b);
}
void good_asked(BufferPool &pool) {
  Buffer *b = pool.acquire();
  drop_large(pool, b); // as in one function: the object told that it stays
}

// --- destructors

struct Log {
  std::FILE *out = nullptr;
  Log() = default;
  Log(const Log &) = delete;
  ~Log() {
    if (out && out != stdout)
      std::fclose(out);
  }
};
void good_log(const char *name) {
  Log log;
  log.out = std::fopen(name, "w");
}
void good_log_or_stdout(const char *name) {
  Log log;
  log.out = std::fopen(name, "w");
  if (!log.out)
    log.out = stdout;
  std::fputs("x", log.out);
}
struct Sink {
  std::FILE *out = nullptr;
  Sink() = default;
  Sink(const Sink &) = delete;
  void set(std::FILE *f) {
    if (out && out != stdout)
      std::fclose(out);
    out = f;
  }
  ~Sink() { set(nullptr); }
};
void good_sink(const char *name) {
  Sink sink;
  sink.set(std::fopen(name, "w"));
  sink.set(stdout);
}
struct Opened {
  std::FILE *out;
  explicit Opened(const char *name) : out(name ? std::fopen(name, "w") : stderr) {}
  Opened(const Opened &) = delete;
  ~Opened() {
    if (out != stderr && out)
      std::fclose(out);
  }
};
void good_opened(const char *name) {
  Opened file(name);
  std::fputs("y", file.out);
}
struct Small {
  char local[16];
  char *text = local;
  Small() = default;
  Small(const Small &) = delete;
  ~Small() {
    if (text != local)
      std::free(text);
  }
};
void good_small(std::size_t size) {
  Small s;
  if (size > sizeof s.local)
    s.text = static_cast<char *>(std::malloc(size));
}
struct Forgetful {
  std::FILE *out = nullptr;
  bool open = false;
  Forgetful() = default;
  Forgetful(const Forgetful &) = delete;
  ~Forgetful() {
    if (open && out != stdout)
      std::fclose(out);
  }
};
void bad_never_open(const char *name) {
  Forgetful f;
  f.out = std::fopen(name, "w"); // expect: pool-resource-leak "'f.out' is not closed on some path"
}

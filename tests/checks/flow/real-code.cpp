// RUN: %check %s --confidence possible
// What real code does, reduced: each of these was told wrong once.

#include "buffer_pool.h"
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <queue>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

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

// --- a guard that asks whether it has a descriptor

class MaybeFile {
public:
  explicit MaybeFile(int fd) : fd_(fd) {}
  MaybeFile(const MaybeFile &) = delete;
  ~MaybeFile() {
    if (fd_ >= 0) {
      close(fd_);
      fd_ = -1;
    }
  }
  operator int() const { return fd_; }

private:
  int fd_;
};

int good_guard_asks(const char *name, char *into) {
  MaybeFile file(open(name, O_RDONLY));
  if (file < 0)
    return -1;
  if (read(file, into, 16) <= 0)
    return 0;
  return 1;
}

struct Opened {
  int fd;
};
static void end(Opened *o) {
  if (o->fd != -1)
    close(o->fd);
}

void good_helper_asks(const char *name) {
  Opened o;
  o.fd = open(name, O_RDONLY);
  end(&o);
}

class WrongTest {
public:
  explicit WrongTest(int fd) : fd_(fd) {}
  WrongTest(const WrongTest &) = delete;
  ~WrongTest() {
    if (fd_ > 2000)
      close(fd_);
  }

private:
  int fd_;
};

void bad_guard_asks_something_else(const char *name) {
  WrongTest file(open(name, O_RDONLY)); // expect: pool-resource-leak "'file.fd_' is not closed on some path"
} // note: "goes out of scope here"

// --- a predicate of another file that asks what the number itself tells

bool isValidHandle(int fd);
bool is_invalid_handle(int fd);
bool isPopular(int fd);

int good_asked_elsewhere(int server) {
  int fd = accept(server, nullptr, nullptr);
  if (!isValidHandle(fd))
    return -1;
  close(fd);
  return 0;
}

int good_asked_the_other_way(int server) {
  int fd = accept(server, nullptr, nullptr);
  if (is_invalid_handle(fd))
    return -1;
  close(fd);
  return 0;
}

int bad_asked_something_else(int server) {
  int fd = accept(server, nullptr, nullptr); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (!isPopular(fd)) // note: "taking the true branch"
    return -1; // note: "returns here"
  close(fd);
  return 0;
}

// --- an id within an id

struct Slot {
  unsigned value;
};
struct SlotPool {
  int acquire_slot();
  void release_slot(int id);
};
struct Task {
  unsigned long long id;
};

static unsigned long long make_id(unsigned version, int slot) {
  return ((unsigned long long)version << 32) | slot;
}

unsigned long long good_composed(SlotPool &pool, unsigned version) {
  int slot = pool.acquire_slot();
  return ((unsigned long long)version << 32) | slot;
}

unsigned long long good_composed_from_above(SlotPool &pool, unsigned version) {
  int slot = pool.acquire_slot();
  return ((unsigned long long)slot << 32) | version;
}

void good_composed_in_a_function(SlotPool &pool, Task *task) {
  int slot = pool.acquire_slot();
  task->id = make_id(1, slot);
}

int bad_flags_are_no_id(SlotPool &pool, int flags) {
  int slot = pool.acquire_slot(); // expect: pool-resource-leak "'slot' is never put back"
  return slot > 0 ? flags | 4 : 0; // note: "returns here"
}

// --- the address of a part, by which the whole is found again

struct Linked {
  int value;
  Linked *next;
};
class LinkedPool {
public:
  Linked *acquire();
  void release(Linked *l);
};

int *good_part_is_returned(LinkedPool &pool) {
  Linked *l = pool.acquire();
  return l ? &l->value : nullptr;
}

void good_part_is_linked(LinkedPool &pool, int **head) {
  Linked *l = pool.acquire();
  *head = &l->value;
}

int bad_part_is_copied(LinkedPool &pool) {
  Linked *l = pool.acquire(); // expect: pool-resource-leak "'l' is never put back"
  return l->value; // note: "returns here"
}

// --- placement new gives what it was given, and keeps what it is given

void *operator new(size_t, void *) noexcept;

template <typename T> struct Cell {
  Cell *next;
  alignas(T) char space[sizeof(T)];
  void init(const T &value) { new (space) T(value); }
};
template <typename T> struct Queue {
  Cell<T> *head = nullptr;
  void push(const T &value) {
    auto *cell = new Cell<T>;
    cell->init(value);
    cell->next = head;
    head = cell;
  }
};

void good_queue_of_pointers(BufferPool &pool, Queue<Buffer *> &queue) {
  Buffer *b = pool.acquire();
  queue.push(b);
}

struct Node {
  explicit Node(int n) : n(n) {}
  int n;
  Node *next = nullptr;
};
class NodePool {
public:
  Node *acquire();
  void release(Node *n);
};

void good_made_in_place(NodePool &pool, Node *&head) {
  head = new (pool.acquire()) Node(1);
}

void good_made_in_place_and_put(NodePool &pool) {
  Node *n = new (pool.acquire()) Node(1);
  pool.release(n);
}

void bad_made_in_place(NodePool &pool) {
  Node *n = new (pool.acquire()) Node(1); // expect: pool-resource-leak "'n' is never put back"
  n->n = 2;
} // note: "goes out of scope here"

// --- an object that puts itself when its collector says so

class Sample {
public:
  static Sample *take();
  void submit();
  void destroy();
  long count = 0;
};
class SamplePool {
public:
  static SamplePool &instance();
  Sample *acquire();
  void release(Sample *s);
};
inline void Sample::destroy() { SamplePool::instance().release(this); }

void good_puts_itself() {
  Sample *s = SamplePool::instance().acquire(); // expect: pool-resource-leak "'s' is never put back (possible)"
  s->submit();
} // note: "goes out of scope here"

// --- a class of which nobody can own a copy

class Only {
public:
  static Only *instance() {
    static Only only;
    return &only;
  }

private:
  Only() : file_(fopen("/dev/null", "r")) {}
  ~Only() { fclose(file_); }
  FILE *file_;
};

// --- a guard with a flag

class PerhapsOwner {
public:
  PerhapsOwner(FILE *f, bool owns) : file_(f), owns_(owns) {}
  PerhapsOwner(const PerhapsOwner &) = delete;
  ~PerhapsOwner() {
    if (owns_)
      fclose(file_);
  }

private:
  FILE *file_;
  bool owns_;
};

void good_owner(const char *name) { PerhapsOwner f(fopen(name, "r"), true); }
void bad_no_owner(const char *name) {
  PerhapsOwner f(fopen(name, "r"), false); // expect: pool-resource-leak "is never closed"
} // note: "goes out of scope here"

class Detachable {
public:
  explicit Detachable(FILE *f) : file_(f) {}
  Detachable(const Detachable &) = delete;
  ~Detachable() {
    if (owns_)
      fclose(file_);
  }
  FILE *detach() {
    owns_ = false;
    return file_;
  }

private:
  FILE *file_;
  bool owns_ = true;
};

void good_not_detached(const char *name) { Detachable f(fopen(name, "r")); }
FILE *good_detached(const char *name) {
  Detachable f(fopen(name, "r"));
  return f.detach();
}

class Closes {
public:
  explicit Closes(FILE *f) : file_(f), open_(f != nullptr) {}
  Closes(const Closes &) = delete;
  ~Closes() { shut(); }
  void shut() {
    if (open_) {
      fclose(file_);
      open_ = false;
    }
  }

private:
  FILE *file_;
  bool open_;
};

void good_closed_by_the_end(const char *name) { Closes f(fopen(name, "r")); }
void good_closed_by_hand(const char *name) {
  Closes f(fopen(name, "r"));
  f.shut();
}
void good_closed_twice(const char *name) {
  Closes f(fopen(name, "r"));
  f.shut();
  f.shut();
}

// --- && as a value: a do loop's condition, a flag

Buffer *good_until_there_is_one(BufferPool &pool, bool closing) {
  Buffer *b = nullptr;
  do {
    b = pool.acquire();
  } while (!b && !closing);
  return b;
}

void good_flag_of_two(BufferPool &pool, int n) {
  Buffer *b = pool.acquire();
  const bool mine = b != nullptr && n > 0;
  if (mine)
    pool.release(b);
  if (b && n <= 0)
    pool.release(b);
}

void good_flag_of_three(BufferPool &pool, bool a, bool c) {
  Buffer *b = pool.acquire();
  bool put = a || (b != nullptr && c);
  if (put)
    pool.release(b);
  if (!put)
    pool.release(b);
}

Buffer *bad_until_enough(BufferPool &pool, bool closing) {
  Buffer *b = nullptr;
  do {
    b = pool.acquire(); // expect: pool-resource-leak "'b' is not put back on some path"
  } while (b && !closing);
  return b;
}

// --- smart pointers of the project's own

template <typename T> class Counted {
public:
  Counted() = default;
  explicit Counted(T *t) : counter_(new int(1)), t_(t) {}
  Counted(const Counted &other) : counter_(other.counter_), t_(other.t_) { add(); }
  Counted(Counted &&other) noexcept : counter_(other.counter_), t_(other.t_) {
    other.counter_ = nullptr;
    other.t_ = nullptr;
  }
  Counted &operator=(const Counted &other) {
    Counted copy(other);
    swap(copy);
    return *this;
  }
  Counted &operator=(Counted &&other) noexcept {
    swap(other);
    return *this;
  }
  ~Counted() { drop(); }
  void swap(Counted &other);
  T *operator->() const { return t_; }
  T &operator*() const { return *t_; }

private:
  void add();
  void drop();
  int *counter_ = nullptr;
  T *t_ = nullptr;
};

class CountedPool {
public:
  Counted<Buffer> borrowObject();
  void returnObject(Counted<Buffer> b);
};

void good_counted(CountedPool &pool) {
  Counted<Buffer> b = pool.borrowObject();
  pool.returnObject(b);
}

void good_counted_again(CountedPool &pool) {
  Counted<Buffer> b = pool.borrowObject();
  pool.returnObject(b);
  b = pool.borrowObject();
  Counted<Buffer> other = b;
  pool.returnObject(other);
}

void bad_counted(CountedPool &pool) {
  Counted<Buffer> b = pool.borrowObject();
  pool.returnObject(b); // note: "first put back here"
  pool.returnObject(b); // expect: pool-double-put "'b' is put back twice"
}

// --- a number that a callee keeps

struct Accepted {
  bool add(int fd) {
    if (fds.size() > 100)
      return false;
    fds.push(fd);
    return true;
  }
  std::queue<int> fds;
};
void keep_all(std::vector<int> &all, int fd) { all.push_back(fd); }
void good_number_queued(Accepted &to) {
  int fd = open("x", O_RDONLY);
  if (fd >= 0 && !to.add(fd))
    close(fd);
}
void good_number_kept(std::vector<int> &all) {
  int fd = open("x", O_RDONLY);
  if (fd >= 0)
    keep_all(all, fd);
}
void bad_number_not_queued(Accepted &to) {
  int fd = open("x", O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd < 0)
    return;
  if (!to.add(fd))
    return;
}

// --- a number that is printed

int say(const char *format, ...);
int good_printed() {
  int fd = open("x", O_RDWR);
  if (fd < 0)
    return -1;
  if (close(fd) < 0)
    return say("close %d: failed", fd);
  printf("closed %d\n", fd);
  return 0;
}
int bad_passed_on(int other) {
  int fd = open("x", O_RDWR);
  if (fd < 0)
    return -1;
  close(fd);
  return fcntl(other, F_DUPFD, fd); // expect: pool-use-after-put "'fd' is used after it was closed"
}

// --- what is hooked in by a member

struct Hook {
  Hook *next;
};
struct Hooked {
  int id;
  Hook link;
  struct {
    int x, y;
  } at;
};
class HookedPool {
public:
  Hooked *acquire();
  void release(Hooked *l);
};
void link_in(Hook &list, Hook *one);
void link_first(Hook *one);
Hook hooked;
void perhaps_hooked(HookedPool &pool) {
  Hooked *l = pool.acquire(); // expect: pool-resource-leak "'l' is never put back (possible)"
  l->id = 1;
  link_in(hooked, &l->link);
}
void bad_not_hooked(HookedPool &pool) {
  Hooked *l = pool.acquire(); // expect: pool-resource-leak "'l' is never put back"
  l->id = 1;
  link_first(&l->link);
}

// RUN: %check %s --confidence possible --level strict --checks=pool-resource-leak,pool-use-after-put,pool-double-put,pool-unchecked-acquire
// What real code does with plain memory, reduced: each good one was told wrong once.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <unordered_map>

// --- what a callee hands out for some arguments only

struct List {
  explicit List(const std::string &name);
  std::string name;
  List *next;
  int count = 0;
};

static List *find(List **head, const std::string &name, bool insert) {
  for (List *l = *head; l; l = l->next)
    if (name == l->name)
      return l;
  if (insert) {
    List *l = new List(name);
    l->next = *head;
    *head = l;
    return l;
  }
  return nullptr;
}
void good_never_null(List **head) { find(head, "a", true)->count++; }
void good_nothing_new(List **head) {
  List *l = find(head, "a", false);
  if (l)
    l->count++;
}

static int *make(bool wanted) { return wanted ? new int(1) : nullptr; }
static int *make_if(bool wanted) {
  if (wanted)
    return new int(1);
  return nullptr;
}
void good_wanted() {
  int *n = make_if(true);
  ++*n;
  delete n;
}
void good_not_wanted() {
  int *n = make_if(false);
  (void)n;
}
void bad_wanted() {
  int *n = make_if(true); // expect: pool-resource-leak "'n' is never put back"
  ++*n;
}
void bad_perhaps_wanted(bool wanted) {
  int *n = make_if(wanted);
  ++*n; // expect: pool-unchecked-acquire "'n' is dereferenced without a check"
  delete n;
}

// --- what a callee did to its argument stays with what it returns

struct Target {
  int descriptor = 0;
};
static Target *accept_one(int descriptor, int mode) {
  if (mode > 2) {
    Target *t = new Target;
    t->descriptor = descriptor;
    return t;
  }
  close(descriptor);
  return nullptr;
}
void good_closed_when_null(int from) {
  int descriptor = dup(from);
  if (descriptor < 0)
    return;
  if (Target *t = accept_one(descriptor, from)) {
    close(descriptor);
    delete t;
  }
}
void bad_closed_when_null(int from) {
  int descriptor = dup(from);
  if (descriptor < 0)
    return;
  Target *t = accept_one(descriptor, from); // note: "first closed here"
  if (!t)
    close(descriptor); // expect: pool-double-put "'descriptor' is closed twice"
  else
    close(descriptor);
  delete t;
}

struct Entry {
  Target *target;
};
static Entry *entry_for(Target *t) {
  Entry *e = static_cast<Entry *>(malloc(sizeof(Entry)));
  if (e)
    e->target = t;
  return e;
}
Entry *good_in_what_comes_back() {
  Target *t = new Target;
  if (Entry *e = entry_for(t))
    return e;
  delete t;
  return nullptr;
}

// --- references that are counted

class Table {
public:
  explicit Table(int size);
  void ref() { ++refs; }
  void unref() {
    --refs;
    if (refs <= 0)
      delete this;
  }
  int use();

private:
  ~Table();
  int refs = 0;
};
int good_counted() {
  Table *t = new Table(1);
  t->ref();
  int n = t->use();
  t->unref();
  t = nullptr;
  return n;
}

struct Node {
  int refs;
};
static void drop(Node *n) {
  if (__sync_sub_and_fetch(&n->refs, 1) == 0)
    free(n);
}
void good_dropped() {
  Node *n = static_cast<Node *>(calloc(1, sizeof(Node)));
  if (n) {
    n->refs = 1;
    drop(n);
  }
}
void good_dropped_here() {
  Node *n = static_cast<Node *>(calloc(1, sizeof(Node)));
  if (n && --n->refs == 0)
    free(n);
}
static void drop_unless_busy(Node *n) {
  if (n->refs)
    return;
  free(n);
}
void bad_not_dropped() {
  Node *n = static_cast<Node *>(calloc(1, sizeof(Node))); // expect: pool-resource-leak "'n' is not put back on some path"
  if (n)
    drop_unless_busy(n);
}

// --- a pointer and what will free it

struct Iterator {
  void on_end(void (*call)(void *, void *), void *a, void *b);
};
static void free_node(void *a, void *) { delete static_cast<Node *>(a); }
void good_deleter_beside(Iterator *i) {
  Node *n = new Node;
  i->on_end(&free_node, n, nullptr);
}
void good_lambda_beside(Iterator *i) {
  Node *n = new Node;
  i->on_end([](void *a, void *) { delete static_cast<Node *>(a); }, n, nullptr);
}

// --- what nobody else could free

Iterator *both(Iterator *a, void *b);
struct Work {
  Work(Iterator *first, int n);
};
Iterator *good_made_for_the_call(void *b) { return both(new Iterator, b); }
void good_registers_itself(Iterator *i) { new Work(i, 1); }
void bad_made_for_nobody() {
  new Node; // expect: pool-resource-leak "is discarded and never put back"
}

// --- in a static variable, in a struct that is copied, in a list

struct Info {
  const Node *node = nullptr;
};
struct Type {
  Type(int id, const Info &info);
};
static Type *make_type() {
  Info i;
  return new Type(1, i);
}
Type *good_static() {
  static Type *t = make_type();
  return t;
}

struct Link {
  Link *next, *prev;
};
struct Block {
  Link link;
  int n;
};
static inline void insert(Link *entry, Link *prev, Link *next) {
  next->prev = entry;
  entry->next = next;
  entry->prev = prev;
  prev->next = entry;
}
static inline void append(Link *entry, Link *head) { insert(entry, head->prev, head); }
void good_appended(Link *head) {
  Block *b = new Block;
  b->n = 1;
  append(&b->link, head);
}

// --- one storage by several names

struct Action {
  explicit Action(Node *n) { data.node = n; }
  Action(Action &&other) : data(other.data) { other.data.any = nullptr; }
  ~Action() { delete data.node; }
  union {
    void *any;
    Node *node;
  } data;
};
void good_moved_union() {
  Action a(new Node);
  Action b(static_cast<Action &&>(a));
}

// --- in a view that somebody gets, in a list of values

struct Slice {
  Slice(const char *bytes, size_t size) : bytes(bytes), size(size) {}
  const char *bytes;
  size_t size;
};
struct Contents {
  Slice data{"", 0};
  bool owned = false;
};
void good_in_a_slice(Contents *out, size_t n) {
  char *bytes = new char[n];
  memset(bytes, 0, n);
  out->data = Slice(bytes, n);
  out->owned = true;
}
void good_in_a_map(std::unordered_map<std::string, Node *> &nodes) {
  nodes = {{"a", new Node}, {"b", new Node}};
}

// --- members that a method called init assigns

class Uri {
public:
  Uri() { init(); }
  ~Uri() { deinit(); }
  Uri(const Uri &other) { copy(other); }
  Uri &operator=(const Uri &other) {
    if (this != &other) {
      deinit();
      copy(other);
    }
    return *this;
  }

private:
  void init() { scheme = nullptr; }
  void deinit() { free(scheme); }
  void copy(const Uri &other) {
    init();
    if (other.scheme)
      scheme = strdup(other.scheme);
    if (!scheme) {
      deinit();
      init();
    }
  }
  char *scheme;
};

// --- elements of a list that is linked to itself

struct Record {
  Link link;
  int n;
};
static inline void unlink(Link *entry) {
  entry->next->prev = entry->prev;
  entry->prev->next = entry->next;
}
struct Records {
  Link head;
  int last = 0;
  void drop_first() {
    Link *first = head.next;
    if (first == &head)
      return;
    Record *r = reinterpret_cast<Record *>(first);
    unlink(first);
    free(r);
  }
  void drop_two() {
    drop_first();
    // Definite once; which record `entry->prev->next` was, nobody can say.
    last = reinterpret_cast<Record *>(head.next)->n; // expect: pool-use-after-put "'head.next' is used after it was put back (possible)"
  }
};

// --- a parameter is destroyed once, by a return, too

class Config {
public:
  Config() : node(new Node) {}
  ~Config() { delete node; }
  Config &operator=(Config &&other) {
    if (this != &other) {
      delete node;
      node = other.node;
      other.node = new Node;
    }
    return *this;
  }

private:
  Config(const Config &);
  Node *node;
};
struct Client {
  Config config;
  int init(Config given) {
    config = static_cast<Config &&>(given);
    return 0;
  }
};

// --- functions of the C library that give their first argument back

static void *must_malloc(size_t n) {
  void *p = malloc(n);
  if (!p)
    abort();
  return p;
}
char *good_copied(const char *s) {
  size_t n = strlen(s) + 1;
  return static_cast<char *>(memcpy(must_malloc(n), s, n));
}
char *good_string_copied(const char *s) {
  auto *d = static_cast<char *>(malloc(strlen(s) + 1));
  if (!d)
    return nullptr;
  return strcpy(d, s);
}
char *good_joined(const char *a, const char *b) {
  auto *d = static_cast<char *>(must_malloc(strlen(a) + strlen(b) + 1));
  return std::strcat(std::strcpy(d, a), b);
}
void *good_moved(const void *from, size_t n) {
  void *d = std::memmove(must_malloc(n), from, n);
  return d;
}
size_t bad_copy_dropped(const char *s) {
  size_t n = strlen(s) + 1;
  char *d = static_cast<char *>(memcpy(must_malloc(n), s, n)); // expect: pool-resource-leak "'d' is never put back"
  return strlen(d);
}
void bad_copy_put_twice(const char *s, size_t n) {
  void *d = must_malloc(n);
  void *same = memcpy(d, s, n);
  free(d);    // note: "first put back here"
  free(same); // expect: pool-double-put "'same' is put back twice"
}

// --- what a callee fills, with two ways out that fill nothing

struct Text {
  char *data;
};
char *make_text();
int fill(Text *out, bool bad) {
  if (bad)
    return -1;
  if (!out)
    return 0; // nobody gives null
  out->data = make_text();
  return 0;
}
char good_filled_again(bool a, bool b) {
  Text name;
  if (fill(&name, a) != 0)
    return 0;
  free(name.data);
  if (fill(&name, b) != 0)
    return 0;
  return name.data[0];
}
char bad_not_filled_again(bool a, bool b) {
  Text name;
  if (fill(&name, a) != 0)
    return 0;
  free(name.data);
  if (fill(&name, b) == 0)
    return 0;
  return name.data[0]; // expect: pool-use-after-put "'name.data' is used after it was put back"
}

// --- which member of a union is there, two fields may tell

struct Tagged {
  union {
    char *name;
    int *list;
  } u;
  unsigned name_length, list_length;
};
void perhaps_either(Tagged *r) {
  if (r->name_length)
    free(r->u.name);
  if (r->list_length > 1)
    free(r->u.list); // expect: pool-double-put "'r->u.name' is put back twice (possible)"
}
void bad_both(Tagged *r) {
  free(r->u.name);
  free(r->u.list); // expect: pool-double-put "'r->u.name' is put back twice"
}

// --- demangled names

void bad_demangled(const char *name, bool quiet) {
  char *text = abi::__cxa_demangle(name, nullptr, nullptr, nullptr); // expect: pool-resource-leak "'text' is not put back on some path"
  if (quiet)
    return;
  free(text);
}
std::string good_demangled(const char *name) {
  size_t n = 256;
  auto *text = static_cast<char *>(malloc(n));
  int status = 0;
  char *longer = abi::__cxa_demangle(name, text, &n, &status);
  if (status == 0)
    text = longer;
  free(text);
  return name;
}

// --- a mapping that could not be unmapped is still there

int complain(const char *format, ...);
int good_still_mapped(size_t n, char *first) {
  void *p = mmap(nullptr, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED)
    return -1;
  auto *text = static_cast<char *>(p);
  if (munmap(text, n) != 0)
    return complain("still mapped: %s", text);
  *first = 0;
  return 0;
}
char bad_unmapped(size_t n) {
  void *p = mmap(nullptr, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED)
    return -1;
  auto *text = static_cast<char *>(p);
  if (munmap(text, n) != 0)
    return -1;
  return text[0]; // expect: pool-use-after-put "'text' is used after it was put back"
}

// --- numbers that are counted on, and ids among them

void good_closes_each(int end) {
  for (int fd = 3; fd < end; ++fd)
    close(fd);
  for (int fd = end; fd > 2; fd--)
    close(fd);
}
void good_closes_down(int fd) {
  while (fd-- > 3)
    close(fd);
}
void good_closes_every_other(int lo, int hi) {
  for (; lo <= hi; lo += 2)
    close(lo);
  for (; hi > 2; hi -= 2)
    close(hi);
}
void bad_closes_one_again(int end) {
  for (int fd = 3; fd < end; ++fd) {
    close(fd);
    close(fd); // expect: pool-double-put "'fd' is closed twice"
  }
}
void bad_counts_something_else(int fd, int end) {
  for (int i = 0; i < end; ++i)
    close(fd); // expect: pool-double-put "'fd' is closed twice"
}

// --- what was asked before the place was assigned stays answered

int good_closes_its_own(const char *name, FILE *given) {
  bool own = given == nullptr;
  if (given == nullptr && (given = fopen(name, "r")) == nullptr)
    return -1;
  int first = fgetc(given);
  if (own)
    fclose(given);
  return first;
}
int good_closes_as_it_was(const char *name, int fd) {
  int before = fd;
  if (fd < 0)
    fd = open(name, O_RDONLY);
  if (fd < 0)
    return -1;
  char c = 0;
  long n = read(fd, &c, 1);
  if (before < 0)
    close(fd);
  return n == 1 ? c : -1;
}
int bad_closes_the_given(const char *name, FILE *given) {
  bool theirs = given != nullptr;
  if (given == nullptr && (given = fopen(name, "r")) == nullptr) // expect: pool-resource-leak "'given' is never closed"
    return -1;
  int first = fgetc(given);
  if (theirs)
    fclose(given);
  return first;
}

// --- what an atomic exchange stores

struct Ring {
  char *storage;
};
int good_exchanged(Ring *ring, size_t n) {
  auto *fresh = static_cast<char *>(malloc(n));
  if (!fresh)
    return -1;
  fresh = __atomic_exchange_n(&ring->storage, fresh, __ATOMIC_ACQ_REL);
  free(fresh);
  return 0;
}

// --- given back, and left in a slot where there is one

struct Addr {
  int port;
};
struct Peer {
  Addr *source;
};
Addr *addr_in(Addr **slot) {
  if (slot && *slot)
    return *slot;
  auto *a = static_cast<Addr *>(malloc(sizeof(Addr)));
  if (!a)
    return a;
  if (slot)
    *slot = a;
  return a;
}
int good_left_in_its_slot(Peer *peer) {
  if (!addr_in(&peer->source))
    return -1;
  peer->source->port = 1;
  return 0;
}

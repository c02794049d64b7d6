// RUN: %check %s --models %S/../models/memory-nodes.yaml
// Raw storage: sizes and counts beside the pointer, allocators given to the
// call, arrays, what goes all at once.

#include <cstddef>

void fill(void *p, std::size_t n);

// --- a node, or null from the one that says so

struct NodePool {
  void *allocate_node();
  void *try_allocate_node() noexcept;
  void *allocate_array(std::size_t n);
  void deallocate_node(void *p) noexcept;
  void deallocate_array(void *p, std::size_t n) noexcept;
};

void good_node(NodePool &pool) {
  void *p = pool.allocate_node();
  pool.deallocate_node(p);
}

bool good_tried(NodePool &pool) {
  void *p = pool.try_allocate_node();
  if (!p)
    return false;
  pool.deallocate_node(p);
  return true;
}

void good_array(NodePool &pool, std::size_t n) {
  void *p = pool.allocate_array(n);
  pool.deallocate_array(p, n);
}

bool bad_node(NodePool &pool, int n) {
  void *p = pool.allocate_node(); // expect: resource-leak "'p' is not put back on some path"
  if (n < 0)
    return false;
  pool.deallocate_node(p);
  return true;
}

void bad_array(NodePool &pool) {
  void *p = pool.allocate_array(4);
  pool.deallocate_array(p, 4);
  pool.deallocate_array(p, 4); // expect: double-put "'p' is put back twice"
}

// --- bytes and alignment come back with it

struct Resource {
  void *allocate(std::size_t bytes, std::size_t align = 16);
  void deallocate(void *p, std::size_t bytes, std::size_t align = 16);
  void release();
};

void good_bytes(Resource &r, std::size_t n) {
  void *p = r.allocate(n, 8);
  r.deallocate(p, n, 8);
}

bool bad_bytes(Resource &r, std::size_t n) {
  void *p = r.allocate(n); // expect: resource-leak "'p' is not put back on some path"
  if (n > 10)
    return false;
  r.deallocate(p, n);
  return true;
}

// --- the allocator is an argument of the recycler

struct Node {
  int value;
  Node *next;
};
struct Slabs;
struct NodeRecycler {
  Node *Allocate(Slabs &from);
  void Deallocate(Slabs &from, Node *node);
  void clear(Slabs &from);
};

int good_recycled(NodeRecycler &r, Slabs &slabs) {
  Node *n = r.Allocate(slabs);
  n->value = 1;
  int value = n->value;
  r.Deallocate(slabs, n);
  return value;
}

int bad_recycled(NodeRecycler &r, Slabs &slabs) {
  Node *n = r.Allocate(slabs);
  r.Deallocate(slabs, n);
  return n->value; // expect: use-after-put "'n' is used after it was put back"
}

// --- how much there is comes by an argument, and goes back before the pointer

void *mem_alloc_buf(std::size_t size, std::size_t *gross);
void mem_free_buf(std::size_t size, void *p);

void good_gross(std::size_t n) {
  std::size_t gross = 0;
  void *p = mem_alloc_buf(n, &gross);
  fill(p, gross);
  mem_free_buf(gross, p);
}

void bad_gross(std::size_t n) {
  std::size_t gross = 0;
  void *p = mem_alloc_buf(n, &gross);
  mem_free_buf(gross, p);
  mem_free_buf(gross, p); // expect: double-put "'p' is put back twice"
}

// --- nothing is put: all of it goes with the arena

struct Arena {
  Node *create();
  void reset();
};

int good_arena(Arena &arena) {
  Node *n = arena.create();
  n->value = 2;
  return n->value;
}

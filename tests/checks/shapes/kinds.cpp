// RUN: %check %s --models %S/../models/kinds.yaml
// Objects are reset, put back; resources are closed; memory has no state.

#include <cstddef>
#include <cstring>

struct Block {
  char bytes[64];
};
struct Cursor {
  int row = 0;
  void clear();
};
struct Packet {
  int size = 0;
  void clear();
};

Packet *packet_take();
void packet_give(Packet *p);
Cursor *cursor_open(const char *query);
void cursor_close(Cursor *c);
void *block_alloc(std::size_t n);
void block_free(void *p);

void bad_object() {
  Packet *p = packet_take();
  p->size = 1;
  packet_give(p); // expect: pool-put-without-reset "'p' is put back without a reset"
}

void good_resource_needs_no_reset() {
  Cursor *c = cursor_open("select 1");
  c->row = 7;
  cursor_close(c);
}

void good_memory_has_no_state() {
  Block *b = static_cast<Block *>(block_alloc(sizeof(Block)));
  std::memset(b->bytes, 'x', sizeof(b->bytes));
  block_free(b);
}

void bad_resource_leak(bool stop) {
  Cursor *c = cursor_open("select 1"); // expect: pool-resource-leak "'c' is not closed on some path"
  if (stop)
    return; // note: "returns here without closing it"
  cursor_close(c);
}

void bad_resource_never() {
  Cursor *c = cursor_open("select 1"); // expect: pool-resource-leak "'c' is never closed"
  c->row = 1;
}

void bad_resource_discarded() {
  cursor_open("select 1"); // expect: pool-resource-leak "the result of 'cursor_open' is discarded"
}

void bad_resource_twice() {
  Cursor *c = cursor_open("select 1");
  cursor_close(c); // note: "first closed here"
  cursor_close(c); // expect: pool-double-put "'c' is closed twice"
}

int bad_resource_used() {
  Cursor *c = cursor_open("select 1");
  cursor_close(c); // note: "closed here"
  return c->row;   // expect: pool-use-after-put "'c' is used after it was closed"
}

Cursor *bad_resource_returned() {
  Cursor *c = cursor_open("select 1");
  cursor_close(c); // note: "closed here"
  return c;        // expect: pool-use-after-put "'c' is returned after it was closed"
}

void bad_memory_twice() {
  void *p = block_alloc(10);
  block_free(p); // note: "first put back here"
  block_free(p); // expect: pool-double-put "'p' is put back twice"
}

void bad_memory_through_cast(bool stop) {
  auto *b = static_cast<Block *>(block_alloc(sizeof(Block))); // expect: pool-resource-leak "'b' is not put back on some path"
  if (stop)
    return; // note: "returns here without putting it back"
  block_free(b);
}

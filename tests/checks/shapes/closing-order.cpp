// RUN: %check %s --models %S/../models/closing-order.yaml
// What is opened on something else goes first: readers before their buffer,
// fields before the message, iterators before the store.

struct Buffer;
struct Reader;
Buffer *new_buffer(int size);
void free_buffer(Buffer *b);
Reader *alloc_reader(Buffer *b);
void dealloc_reader(Reader *r);
int peek(const Reader *r);

int good_reader_first() {
  Buffer *b = new_buffer(1);
  Reader *r = alloc_reader(b);
  int n = peek(r);
  dealloc_reader(r);
  free_buffer(b);
  return n;
}

int bad_buffer_first() {
  Buffer *b = new_buffer(1);
  Reader *r = alloc_reader(b);
  int n = peek(r);
  free_buffer(b); // expect: nested-close-order "is closed while"
  dealloc_reader(r);
  return n;
}

// --- the put names the parent too

struct Message;
struct Field;
Message *message_create();
void message_destroy(Message *m);
Field *field_find(Message *m, const char *name);
void field_release(Message *m, Field *f);

void good_field() {
  Message *m = message_create();
  if (Field *f = field_find(m, "host"))
    field_release(m, f);
  message_destroy(m);
}

void bad_field_lost(int n) {
  Message *m = message_create();
  Field *f = field_find(m, "host"); // expect: resource-leak "'f' is not closed on some path"
  if (f && n > 0)
    field_release(m, f);
  message_destroy(m); // expect: nested-close-order "is closed while"
}

// --- a store, its iterators by new and delete alike

struct Store {
  struct Iterator *iterate();
};
Store *store_open(const char *path);
void store_close(Store *s);
struct Iterator {
  ~Iterator();
  bool next();
};
void iterator_close(Iterator *i);

int good_iterator() {
  Store *s = store_open("db");
  Iterator *i = s->iterate();
  int n = 0;
  while (i->next())
    ++n;
  iterator_close(i);
  store_close(s);
  return n;
}

void bad_iterator() {
  Store *s = store_open("db");
  Iterator *i = s->iterate();
  store_close(s); // expect: nested-close-order "is closed while"
  iterator_close(i);
}

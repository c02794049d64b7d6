// RUN: %check %s --models models/c-structs.yaml --checks=pool-incomplete-reset
// The reset of a struct of C, by a function.

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* --- acquired in this file */

struct frame {
  struct frame *next; /* the free list */
  struct pool *home;
  unsigned refcount;
  char data[256];
  size_t len;
  size_t cap;
  char *more;
  int flags; // note: "'flags' is left, 'frame_mark' changes it"
  int priority; /* set by each acquire */
  void *user; // note: "'user' is left, 'frame_attach' changes it"
  unsigned total_writes;
};
struct pool {
  struct frame *free;
};

void frame_init(struct frame *f, size_t cap) {
  f->cap = cap;
  f->more = malloc(cap);
}

void frame_start(struct frame *f, int priority) { f->priority = priority; }

struct frame *frame_get(struct pool *p) {
  struct frame *f = p->free;
  if (f) {
    p->free = f->next;
    frame_start(f, 3);
  }
  return f;
}
void frame_put(struct pool *p, struct frame *f) {
  f->next = p->free;
  p->free = f;
}

void frame_reset(struct frame *f) { // expect: incomplete-reset "'frame_reset' leaves members of the pooled 'frame' as they were"
  f->len = 0;
}

void frame_grow(struct frame *f, size_t cap) {
  f->more = realloc(f->more, cap);
  f->cap = cap;
}
void frame_mark(struct frame *f, int flag) { f->flags |= flag; }
void frame_attach(struct frame *f, void *user) { f->user = user; }
void frame_write(struct frame *f, const char *text) {
  f->len = strlen(text);
  memcpy(f->data, text, f->len);
  f->total_writes++;
}
void frame_raise(struct frame *f) { f->priority++; }

/* --- handed out by a parameter; all is cleared */

struct packet {
  int kind;
  size_t size;
  unsigned char bytes[64];
};
int packet_get(struct pool *p, struct packet **out);
void packet_put(struct packet *k);
void packet_clear(struct packet *k) {
  k->kind = 0;
  k->size = 0;
}
int packet_fill(struct pool *p) {
  struct packet *k;
  if (packet_get(p, &k))
    return -1;
  k->kind = 2;
  k->bytes[k->size++] = 1;
  packet_clear(k);
  packet_put(k);
  return 0;
}

/* --- a model says where it lives, and what may stay */

struct inner {
  int a;
  int b; // note: "'in.b' is left"
};
struct record {
  int id; // note: "'id' is left"
  int label;
  struct inner in;
};
void record_reset(struct record *r) { // expect: incomplete-reset "'record_reset' leaves members of the pooled 'record' as they were"
  r->in.a = 0;
}
void record_set(struct record *r) {
  r->id = 1;
  r->label = 2;
  r->in.a = 3;
  r->in.b = 4;
}

/* --- the whole of it */

struct whole {
  int a, b;
  char *c;
};
struct whole *whole_get(void);
void whole_put(struct whole *w);
void whole_reset(struct whole *w) { memset(w, 0, sizeof *w); }
void whole_wipe(struct whole *w) { *w = (struct whole){0}; }
void whole_set(struct whole *w) { w->a = w->b = 1; }

/* --- not asked: made anew each time, a resource, in no pool */

struct fresh {
  int a, b;
};
struct fresh *fresh_get(void);
void fresh_put(struct fresh *f);
void fresh_reset(struct fresh *f) { f->a = 0; }
void fresh_set(struct fresh *f) {
  f = fresh_get();
  f->a = f->b = 1;
  fresh_put(f);
}

struct sock {
  int fd, state;
};
struct sock *sock_get(void);
void sock_put(struct sock *s);
void sock_reset(struct sock *s) { s->fd = 0; }
void sock_set(void) {
  struct sock *s = sock_get();
  s->state = 1;
  sock_put(s);
}

struct plain {
  int a, b;
};
void plain_reset(struct plain *p) { p->a = 0; }
void plain_set(struct plain *p) { p->a = p->b = 1; }

/* --- set where the object is made, and not each time that it comes */

struct req {
  struct req *next;
  int status;
  int retries; // note: "'retries' is left, 'req_retry' changes it"
};
struct req_pool {
  struct req *head;
};
void req_init(struct req *r) { memset(r, 0, sizeof *r); }
void req_reset(struct req *r) { r->status = 0; } // expect: incomplete-reset "'req_reset' leaves members of the pooled 'req' as they were"
__attribute__((annotate("pool::acquire"))) struct req *req_get(struct req_pool *p) {
  struct req *r = p->head;
  if (!r) {
    r = malloc(sizeof *r);
    req_init(r);
    return r;
  }
  p->head = r->next;
  return r;
}
__attribute__((annotate("pool::put"))) void req_put(struct req_pool *p,
                                                    struct req *r) {
  req_reset(r);
  r->next = p->head;
  p->head = r;
}
void req_retry(struct req *r) { r->retries++; }
void req_done(struct req *r, int s) { r->status = s; }

struct task {
  struct task *next;
  int status;
  int retries; // note: "'retries' is left, 'task_retry' changes it"
};
struct task_pool {
  struct task *head;
};
void task_reset(struct task *r) { r->status = 0; } // expect: incomplete-reset "'task_reset' leaves members of the pooled 'task' as they were"
__attribute__((annotate("pool::acquire"))) struct task *
task_get(struct task_pool *p) {
  struct task *r = p->head;
  if (r) {
    p->head = r->next;
    return r;
  }
  if (!(r = malloc(sizeof *r)))
    return NULL;
  r->next = NULL;
  r->status = r->retries = 0;
  return r;
}
__attribute__((annotate("pool::put"))) void task_put(struct task_pool *p,
                                                     struct task *r) {
  task_reset(r);
  r->next = p->head;
  p->head = r;
}
void task_retry(struct task *r) { r->retries++; }
void task_done(struct task *r, int s) { r->status = s; }

/* whatever it is, it is set before it goes out */
struct call {
  struct call *next;
  int status;
  int retries;
};
struct call_pool {
  struct call *head;
};
void call_start(struct call *r) { r->retries = 0; }
void call_reset(struct call *r) { r->status = 0; }
__attribute__((annotate("pool::acquire"))) struct call *
call_get(struct call_pool *p) {
  struct call *r = p->head;
  if (r)
    p->head = r->next;
  else if (!(r = malloc(sizeof *r)))
    return NULL;
  call_start(r);
  return r;
}
__attribute__((annotate("pool::put"))) void call_put(struct call_pool *p,
                                                     struct call *r) {
  call_reset(r);
  r->next = p->head;
  p->head = r;
}
void call_retry(struct call *r) { r->retries++; }
void call_done(struct call *r, int s) { r->status = s; }

struct mail {
  struct mail *next;
  int status;
  int retries;
};
struct mail_pool {
  struct mail *head;
};
void mail_start(struct mail *r) { r->retries = 0; }
void mail_reset(struct mail *r) { r->status = 0; }
__attribute__((annotate("pool::acquire"))) struct mail *
mail_get(struct mail_pool *p) {
  struct mail *r = p->head;
  if (r)
    goto found;
  r = malloc(sizeof *r);
  if (!r)
    return NULL;
  r->next = NULL;
  p->head = r;
found:
  mail_start(r);
  p->head = r->next;
  return r;
}
__attribute__((annotate("pool::put"))) void mail_put(struct mail_pool *p,
                                                     struct mail *r) {
  mail_reset(r);
  r->next = p->head;
  p->head = r;
}
void mail_retry(struct mail *r) { r->retries++; }
void mail_done(struct mail *r, int s) { r->status = s; }

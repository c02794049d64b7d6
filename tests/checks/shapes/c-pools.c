// RUN: %check %s --models %S/../models/c-pools.yaml
// C: one and many at once, two ways to give back, a status beside an
// out-parameter, a pool that hands out none when all are used up.

#include <stddef.h>

struct obj {
  int state;
};
struct pool;
int parse(const struct obj *o);

/* --- into a table: what is in it is not followed one by one */

int pool_get(struct pool *mp, void **out); /* 0, or a negative code */
int pool_get_bulk(struct pool *mp, void **table, unsigned n);
void pool_put(struct pool *mp, void *object);
void pool_put_bulk(struct pool *mp, void *const *table, unsigned n);

int good_one(struct pool *mp) {
  void *o;
  if (pool_get(mp, &o) < 0)
    return -1;
  pool_put(mp, o);
  return 0;
}

int bad_one(struct pool *mp, int n) {
  void *o;
  if (pool_get(mp, &o) < 0) // expect: resource-leak "'o' is not put back on some path"
    return -1;
  if (n < 0)
    return -1;
  pool_put(mp, o);
  return 0;
}

int good_bulk(struct pool *mp) {
  void *table[8];
  if (pool_get_bulk(mp, table, 8) < 0)
    return -1;
  for (int i = 0; i < 4; ++i)
    pool_put(mp, table[i]);
  pool_put_bulk(mp, table + 4, 4);
  return 0;
}

/* --- given back whole, or as broken */

struct list;
int list_acquire(struct list *l, void **out);
int list_release(struct list *l, void *object);
int list_invalidate(struct list *l, void *object);

int good_either_way(struct list *l) {
  void *o = NULL;
  if (list_acquire(l, &o) != 0)
    return 1;
  int status = parse(o);
  if (status)
    list_invalidate(l, o);
  else
    list_release(l, o);
  return status;
}

int bad_both_ways(struct list *l) {
  void *o = NULL;
  if (list_acquire(l, &o) != 0)
    return 1;
  int status = parse(o);
  if (status)
    list_invalidate(l, o);
  list_release(l, o); // expect: double-put "'o' is put back twice"
  return status;
}

/* --- none left: null; freed, and closed by a function that frees */

struct conn {
  int fd;
  unsigned close : 1;
};
struct conn *get_conn(int fd);
void free_conn(struct conn *c);
void close_conn(struct conn *c);

int good_conn(int fd) {
  struct conn *c = get_conn(fd);
  if (c == NULL)
    return -1;
  if (c->close) {
    close_conn(c);
    return 0;
  }
  free_conn(c);
  return 1;
}

int bad_conn(int fd) {
  struct conn *c = get_conn(fd);
  if (c == NULL)
    return -1;
  close_conn(c);
  free_conn(c); // expect: double-put "'c' is closed twice"
  return 0;
}

/* --- a status, and the buffer by address; the pool resets it */

enum flow { FLOW_OK, FLOW_FLUSHING };
struct buffer {
  int size;
};
struct buffers;
enum flow buffers_acquire(struct buffers *p, struct buffer **out, void *params);
void buffers_release(struct buffers *p, struct buffer *b);

enum flow good_buffer(struct buffers *p) {
  struct buffer *b = NULL;
  enum flow status = buffers_acquire(p, &b, NULL);
  if (status != FLOW_OK)
    return status;
  b->size = 3;
  buffers_release(p, b);
  return status;
}

int bad_buffer(struct buffers *p) {
  struct buffer *b = NULL;
  if (buffers_acquire(p, &b, NULL) != FLOW_OK)
    return -1;
  buffers_release(p, b);
  return b->size; // expect: use-after-put "'b' is used after it was put back"
}

/* --- samples on loan, given back by the address of what holds them */

struct writer;
int loan_sample(struct writer *w, void **sample);
int discard_loan(struct writer *w, void **sample);
int write_loan(struct writer *w, void *sample);

int good_loan(struct writer *w, int keep) {
  void *sample = NULL;
  if (loan_sample(w, &sample) != 0)
    return -1;
  if (!keep)
    return discard_loan(w, &sample);
  return write_loan(w, sample);
}

int bad_loan(struct writer *w, int keep) {
  void *sample = NULL;
  if (loan_sample(w, &sample) != 0) // expect: resource-leak "'sample' is not put back on some path"
    return -1;
  if (!keep)
    return 0;
  return write_loan(w, sample);
}

/* --- many at once, which a model says: put one by one, together, or given on */

struct slab;
int slab_get_bulk(struct slab *s, void **table, unsigned n);
void slab_put(struct slab *s, void *object);
void slab_put_bulk(struct slab *s, void **table, unsigned n);
void transmit(void *object);

int good_one_by_one(struct slab *s) {
  void *table[32];
  if (slab_get_bulk(s, table, 32))
    return -1;
  for (int i = 0; i < 32; ++i)
    slab_put(s, table[i]);
  return 0;
}

int good_all_together(struct slab *s) {
  void *table[32];
  if (slab_get_bulk(s, table, 32))
    return -1;
  slab_put_bulk(s, table, 32);
  return 0;
}

int good_given_on(struct slab *s) {
  void *table[32];
  if (slab_get_bulk(s, table, 32))
    return -1;
  for (int i = 0; i < 32; ++i)
    transmit(table[i]);
  return 0;
}

static void give_back(struct slab *s, void *object) { slab_put(s, object); }

int good_put_by_helper(struct slab *s) {
  void *table[32];
  if (slab_get_bulk(s, table, 32))
    return -1;
  for (int i = 0; i < 32; ++i)
    give_back(s, table[i]);
  return 0;
}

int bad_all_lost(struct slab *s) {
  void *table[32];
  if (slab_get_bulk(s, table, 32)) // expect: resource-leak "'table' is never put back"
    return -1;
  return 0;
}

// RUN: %check %s --models %S/../models/c-api.yaml
// A pool in C: no destructors, goto for clean-up, error codes.

#include <stddef.h>
#include <string.h>

struct cbuf {
  char data[512];
  size_t len;
  struct cbuf *next;
};
struct cpool;

struct cbuf *cpool_get(struct cpool *pool); /* NULL: empty */
void cpool_put(struct cpool *pool, struct cbuf *b);
void cbuf_reset(struct cbuf *b);
int parse(const struct cbuf *b);
int check_config(void);

int good_put(struct cpool *pool, const char *text) {
  struct cbuf *b = cpool_get(pool);
  if (b == NULL)
    return -1;
  b->len = strlen(text);
  memcpy(b->data, text, b->len);
  cbuf_reset(b);
  cpool_put(pool, b);
  return 0;
}

int good_goto_out(struct cpool *pool) {
  int rc = -1;
  struct cbuf *b = cpool_get(pool);
  if (!b)
    return -1;
  if (check_config() < 0)
    goto out;
  rc = 0;
out:
  cpool_put(pool, b);
  return rc;
}

int bad_return_not_goto(struct cpool *pool) {
  int rc = -1;
  struct cbuf *b = cpool_get(pool); // expect: pool-resource-leak "'b' is not put back on some path"
  if (!b)
    return -1;
  if (check_config() < 0)
    return -2; // note: "returns here without putting it back"
  if (check_config() > 3)
    goto out;
  rc = 0;
out:
  cpool_put(pool, b);
  return rc;
}

int good_two_labels(struct cpool *pool) {
  int rc = -1;
  struct cbuf *out = NULL;
  struct cbuf *in = cpool_get(pool);
  if (!in)
    goto done;
  out = cpool_get(pool);
  if (!out)
    goto put_in;
  rc = 0;
  cpool_put(pool, out);
put_in:
  cpool_put(pool, in);
done:
  return rc;
}

int bad_wrong_label(struct cpool *pool, int limit) {
  int rc = -1;
  struct cbuf *in = cpool_get(pool); // expect: pool-resource-leak "'in' is not put back on some path"
  if (!in)
    goto done;
  if (limit > 10)
    goto done;
  rc = 0;
  cpool_put(pool, in);
done:
  return rc;
}

int bad_put_then_label(struct cpool *pool, int error) {
  struct cbuf *b = cpool_get(pool);
  if (!b)
    return -1;
  if (error) {
    cpool_put(pool, b); // note: "first put back here"
    goto out;
  }
  check_config();
out:
  cpool_put(pool, b); // expect: pool-double-put "'b' is put back twice"
  return error;
}

int bad_used(struct cpool *pool) {
  struct cbuf *b = cpool_get(pool);
  if (!b)
    return -1;
  cpool_put(pool, b); // note: "put back here"
  return parse(b);    // expect: pool-use-after-put "'b' is used after it was put back"
}

void bad_dirty(struct cpool *pool, struct cbuf *chain) {
  struct cbuf *b = cpool_get(pool);
  if (!b)
    return;
  b->next = chain;
  cpool_put(pool, b); // expect: pool-put-without-reset "'b' is put back without a reset"
}

void good_memset(struct cpool *pool, struct cbuf *chain) {
  struct cbuf *b = cpool_get(pool);
  if (!b)
    return;
  b->next = chain;
  memset(b, 0, sizeof(*b));
  cpool_put(pool, b);
}

/* Put as the list is walked: the next one is read before. */
void good_put_chain(struct cpool *pool, struct cbuf *head) {
  while (head) {
    struct cbuf *next = head->next;
    cpool_put(pool, head);
    head = next;
  }
}

void bad_put_chain(struct cpool *pool, struct cbuf *head) {
  for (struct cbuf *b = head; b; b = b->next) // expect: pool-use-after-put "'b' is used after it was put back"
    cpool_put(pool, b);                       // note: "put back here"
}

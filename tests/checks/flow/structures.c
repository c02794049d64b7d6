// RUN: %check %s --confidence possible --models %S/../models/packets.yaml
// Structures that are copied whole, compound literals, and the cleanup attribute.

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct reader {
  FILE *file;
  int line;
};

struct packet {
  int kind, size;
  char data[16];
};
struct packet_pool;
struct packet *packet_pool_get(struct packet_pool *pool);
void packet_pool_put(struct packet_pool *pool, struct packet *p);
void packet_reset(struct packet *p);

// --- who has it

struct reader good_literal(const char *name) {
  return (struct reader){fopen(name, "r"), 0};
}

int good_literal_out(struct reader *out, const char *name) {
  FILE *f = fopen(name, "r");
  if (!f)
    return -1;
  *out = (struct reader){.file = f};
  return 0;
}

int good_bytes_out(struct reader *out, const char *name) {
  struct reader r = {0};
  r.file = fopen(name, "r");
  if (!r.file)
    return -1;
  memcpy(out, &r, sizeof r);
  return 0;
}

int bad_literal_local(const char *name) {
  FILE *f = fopen(name, "r"); // expect: pool-resource-leak "'f' is never closed"
  if (!f)
    return -1;
  struct reader r = (struct reader){.file = f};
  return fgetc(r.file);
}

int bad_bytes_local(const char *name) {
  struct reader r = {0}, copy;
  r.file = fopen(name, "r");
  if (!r.file)
    return -1;
  memcpy(&copy, &r, sizeof copy);
  fclose(copy.file);
  fclose(r.file); // expect: pool-double-put "'r.file' is closed twice"
  return 0;
}

// --- as good as new

static const struct packet empty;

void good_reset_by_literal(struct packet_pool *pool) {
  struct packet *p = packet_pool_get(pool);
  p->kind = 3;
  *p = (struct packet){0};
  packet_pool_put(pool, p);
}

void good_reset_by_constant(struct packet_pool *pool) {
  struct packet *p = packet_pool_get(pool);
  p->kind = 3;
  *p = empty;
  packet_pool_put(pool, p);
}

void good_reset_by_local(struct packet_pool *pool) {
  struct packet zero = {0};
  struct packet *p = packet_pool_get(pool);
  p->kind = 3;
  *p = zero;
  packet_pool_put(pool, p);
}

void good_reset_in_chain(struct packet_pool *pool) {
  struct packet *p = packet_pool_get(pool);
  p->kind = 3;
  p->kind = p->size = 0;
  packet_pool_put(pool, p);
}

void bad_copied_from(struct packet_pool *pool, const struct packet *other) {
  struct packet *p = packet_pool_get(pool);
  *p = *other;
  packet_pool_put(pool, p); // expect: pool-put-without-reset "'p' is put back without a reset"
}

// --- the cleanup attribute

static void close_file(FILE **f) {
  if (*f)
    fclose(*f);
}
static void close_fd(int *fd) {
  if (*fd >= 0)
    close(*fd);
}
void finish_file(FILE **f); // in another file

int good_cleaned(const char *name) {
  __attribute__((cleanup(close_file))) FILE *f = fopen(name, "r");
  if (!f)
    return -1;
  return fgetc(f);
}

int good_cleaned_fd(const char *name, char *to, size_t n) {
  __attribute__((cleanup(close_fd))) int fd = open(name, O_RDONLY);
  if (fd < 0)
    return -1;
  return (int)read(fd, to, n);
}

int good_cleaned_elsewhere(const char *name) {
  __attribute__((cleanup(finish_file))) FILE *f = fopen(name, "r");
  return f ? fgetc(f) : -1;
}

FILE *good_stolen(const char *name) {
  __attribute__((cleanup(close_file))) FILE *f = fopen(name, "r");
  if (!f)
    return NULL;
  FILE *mine = f;
  f = NULL;
  return mine;
}

int bad_cleaned_twice(const char *name) {
  __attribute__((cleanup(close_file))) FILE *f = fopen(name, "r");
  if (!f)
    return -1;
  fclose(f);
  return 0;
} // expect: pool-double-put "'f' is closed twice"

// --- the kernel has it

void good_registered(int ep, int s) {
  struct epoll_event e = {0};
  int fd = accept(s, 0, 0);
  if (fd < 0)
    return;
  e.events = EPOLLIN;
  e.data.fd = fd;
  if (epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e) < 0)
    close(fd);
}

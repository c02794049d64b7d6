// RUN: %check %s --confidence possible
// Descriptors: -1 is none, 0 is one.

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int good_read(const char *path, char *buf, size_t n) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  ssize_t got = read(fd, buf, n);
  close(fd);
  return got < 0 ? -1 : 0;
}

int bad_read(const char *path, char *buf, size_t n) {
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd == -1)
    return -1;
  if (read(fd, buf, n) < 0)
    return -1; // note: "returns here without closing it"
  close(fd);
  return 0;
}

int bad_zero_is_a_descriptor(const char *path) {
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd > 0) {
    close(fd);
    return 0;
  }
  return -1;
}

int good_zero_is_a_descriptor(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd >= 0) {
    close(fd);
    return 0;
  }
  return -1;
}

int good_listen(unsigned short port) {
  struct sockaddr_in a = {0};
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0)
    return -1;
  a.sin_family = AF_INET;
  a.sin_port = htons(port);
  if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 16) < 0)
    goto fail;
  return s;
fail:
  close(s);
  return -1;
}

int bad_listen(unsigned short port) {
  struct sockaddr_in a = {0};
  int s = socket(AF_INET, SOCK_STREAM, 0); // expect: pool-resource-leak "'s' is not closed on some path"
  if (s < 0)
    return -1;
  a.sin_family = AF_INET;
  a.sin_port = htons(port);
  if (bind(s, (struct sockaddr *)&a, sizeof a) < 0)
    return -1; // note: "returns here without closing it"
  return s;
}

int bad_closed_twice(int listener) {
  char c;
  int s = accept(listener, NULL, NULL);
  if (s < 0)
    return -1;
  if (recv(s, &c, 1, 0) <= 0)
    close(s); // note: "first closed here"
  return close(s); // expect: pool-double-put "'s' is closed twice"
}

int bad_sent_after_close(int listener) {
  int s = accept(listener, NULL, NULL);
  if (s < 0)
    return -1;
  close(s);                            // note: "closed here"
  return (int)send(s, "bye", 3, 0); // expect: pool-use-after-put "'s' is used after it was closed"
}

void good_accept_loop(int listener) {
  for (;;) {
    int s = accept(listener, NULL, NULL);
    if (s < 0)
      break;
    send(s, "hello", 5, 0);
    close(s);
  }
}

/* The number alone is no use. */
int good_number_compared(int listener, int watched) {
  int s = accept(listener, NULL, NULL);
  if (s < 0)
    return 0;
  close(s);
  return s == watched;
}

struct client {
  int fd;
};

int good_stored(struct client *c, const char *path) {
  c->fd = open(path, O_RDWR);
  return c->fd < 0 ? -1 : 0;
}

void good_dropped(struct client *c) {
  if (c->fd >= 0) {
    close(c->fd);
    c->fd = -1;
  }
}

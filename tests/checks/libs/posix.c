// RUN: %check %s --confidence possible
// Descriptors: -1 is none, 0 is one.

#define _GNU_SOURCE /* pipe2 */
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
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path (possible)"
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

/* --- calls that fill an array of two */

int good_pipe(char *text) {
  int ends[2];
  ssize_t got;
  if (pipe(ends) < 0)
    return -1;
  got = write(ends[1], text, 1);
  close(ends[0]);
  close(ends[1]);
  return got == 1;
}

int bad_pipe(void) {
  int ends[2];
  if (pipe(ends) == -1) // expect: pool-resource-leak "'ends[0]' is never closed"
    return -1;
  return close(ends[1]); // note: "returns here without closing it"
}

int bad_pipe_on_error(char *text) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) // expect: pool-resource-leak "'ends[1]' is not closed on some path"
    return -1;
  if (write(ends[1], text, 1) != 1) {
    close(ends[0]);
    return -1; // note: "returns here without closing it"
  }
  close(ends[0]);
  close(ends[1]);
  return 0;
}

int bad_end_closed_twice(void) {
  int ends[2];
  if (pipe(ends))
    return -1;
  close(ends[0]); // note: "first closed here"
  close(ends[1]);
  return close(ends[0]); // expect: pool-double-put "'ends[0]' is closed twice"
}

int good_socketpair(void) {
  int ends[2] = {-1, -1}, ok = -1;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    goto out;
  ok = (int)send(ends[0], "x", 1, 0);
out:
  if (ends[0] >= 0)
    close(ends[0]);
  if (ends[1] >= 0)
    close(ends[1]);
  return ok;
}

int good_closed_in_a_loop(void) {
  int ends[2], i;
  if (pipe(ends) != 0)
    return -1;
  for (i = 0; i < 2; ++i)
    close(ends[i]);
  return 0;
}

void adopt(int *ends);
int good_given_away(void) {
  int ends[2];
  if (pipe(ends) != 0)
    return -1;
  adopt(ends);
  return 0;
}

/* Whoever asks for the ends closes them. */
int good_filled_for_the_caller(int ends[2]) {
  if (pipe(ends) != 0)
    return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  return 0;
}

int good_filled_by_a_helper(void) {
  int ends[2];
  if (good_filled_for_the_caller(ends) != 0)
    return -1;
  close(ends[0]);
  close(ends[1]);
  return 0;
}

struct waker {
  int ends[2];
};

int good_kept_in_a_member(struct waker *w) {
  return pipe(w->ends);
}

int good_two_names(int *reader) {
  int ends[2];
  if (pipe(ends) != 0)
    return -1;
  *reader = ends[0];
  return ends[1];
}

int good_as_output(void) {
  int ends[2];
  if (pipe(ends) != 0)
    return -1;
  if (dup2(ends[1], 1) < 0) {
    close(ends[0]);
    close(ends[1]);
    return -1;
  }
  close(ends[1]);
  return ends[0];
}

/* Behind a parameter nobody can say which element is which. */
static void close_both(const int *ends) {
  close(ends[0]);
  close(ends[1]);
}

int good_closed_by_a_helper(void) {
  int ends[2];
  if (pipe(ends) != 0)
    return -1;
  close_both(ends);
  return 0;
}

int good_asked_in_a_loop(int wanted) {
  int ends[2] = {-1, -1}, i;
  if (wanted && pipe(ends) != 0)
    return -1;
  for (i = 0; i < 2; ++i)
    if (ends[i] >= 0)
      close(ends[i]);
  return 0;
}

int good_many_pairs(void) {
  int ends[3][2], n, i;
  for (n = 0; n < 3; ++n)
    if (pipe(ends[n]) != 0)
      break;
  for (i = 0; i < n; ++i) {
    close(ends[i][0]);
    close(ends[i][1]);
  }
  return n;
}

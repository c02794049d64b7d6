// RUN: %check %s
// GNU C: `({ … })` has the value of its last expression, whatever went out of
// scope within.

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define TAKE_FD(fd) ({ int taken_ = (fd); (fd) = -1; taken_; })
#define TAKE_PTR(p) ({ __typeof__(p) *at_ = &(p), taken_ = *at_; *at_ = NULL; taken_; })
#define RETRY(call) ({ long r_; do r_ = (call); while (r_ == -1); r_; })

int check_header(int fd);
void trace(const char *what);

int good_taken_descriptor(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  if (check_header(fd) < 0) {
    close(fd);
    return -1;
  }
  return TAKE_FD(fd);
}

FILE *good_taken_file(const char *path) {
  FILE *f = fopen(path, "r");
  if (!f)
    return NULL;
  return TAKE_PTR(f);
}

int good_kept_for_later(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  int mine = TAKE_FD(fd);
  int bad = check_header(mine);
  close(mine);
  return bad;
}

void good_opened_within(const char *path) {
  int fd = ({ trace(path); open(path, O_RDONLY); });
  if (fd >= 0)
    close(fd);
}

int good_returns_from_within(const char *path) {
  FILE *f = ({
    FILE *opened = fopen(path, "r");
    if (!opened)
      return -1;
    opened;
  });
  int first = fgetc(f);
  fclose(f);
  return first;
}

int good_closed_within(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  int bad = check_header(fd);
  return ({ close(fd); bad; });
}

int bad_taken_and_dropped(const char *path) {
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is never closed"
  if (fd < 0)
    return -1;
  int mine = TAKE_FD(fd);
  return mine > 7; // note: "returns here without closing it"
}

int bad_left_within(const char *path, int wanted) {
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd < 0)
    return -1;
  int n = ({
    if (!wanted)
      return 0; // note: "returns here without closing it"
    wanted + 1;
  });
  close(fd);
  return n;
}

int bad_closed_twice(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  int same = ({ int t = fd; t; });
  close(fd);   // note: "first closed here"
  close(same); // expect: pool-double-put "'same' is closed twice"
  return 0;
}

long good_retried(const char *path, char *to) {
  int fd = (int)RETRY(open(path, O_RDONLY));
  if (fd < 0)
    return -1;
  long n = RETRY(read(fd, to, 16));
  close(fd);
  return n;
}

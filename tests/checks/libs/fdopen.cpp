// RUN: %check %s
// A stream has its descriptor for its own where there is one; whoever has seen that
// there is none has the descriptor still.

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

int good_fdopen_opened(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  FILE *f = fdopen(fd, "r");
  if (!f) {
    perror(path);
    close(fd);
    return -1;
  }
  fclose(f);
  return 0;
}

int bad_fdopen_opened(const char *path) {
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd < 0)
    return -1;
  FILE *f = fdopen(fd, "r");
  if (!f)
    return -1;
  fclose(f);
  return 0;
}

int bad_fdopen_in_condition(const char *path) {
  FILE *f = nullptr;
  int fd = open(path, O_RDONLY); // expect: pool-resource-leak "'fd' is not closed on some path"
  if (fd < 0 || (f = fdopen(fd, "r")) == nullptr) {
    perror(path);
    return -1;
  }
  fclose(f);
  return 0;
}

int good_fdopen_in_condition(const char *path) {
  FILE *f = nullptr;
  int fd = open(path, O_RDONLY);
  if (fd < 0 || (f = fdopen(fd, "r")) == nullptr) {
    perror(path);
    if (fd >= 0)
      close(fd);
    return -1;
  }
  fclose(f);
  return 0;
}

FILE *good_fdopen_given_back(const char *path) { // whether it failed, nobody asks here
  int fd = open(path, O_RDONLY);
  return fd < 0 ? nullptr : fdopen(fd, "r");
}

FILE *good_fdopen_kept(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return nullptr;
  FILE *f = fdopen(fd, "r");
  return f;
}

[[noreturn]] void die(const char *why);
void complain(const char *why); // may well not come back
int good_fdopen_or_die(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  FILE *f = fdopen(fd, "r");
  if (!f)
    die(path);
  int c = fgetc(f);
  fclose(f);
  return c;
}

int good_fdopen_or_complain(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  FILE *f = fdopen(fd, "r");
  if (!f)
    complain(path);
  int c = fgetc(f);
  fclose(f);
  return c;
}

int bad_fdopen_and_closed(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  FILE *f = fdopen(fd, "r");
  if (!f) {
    close(fd);
    close(fd); // expect: pool-double-put "'fd' is closed twice"
    return -1;
  }
  fclose(f);
  return 0;
}

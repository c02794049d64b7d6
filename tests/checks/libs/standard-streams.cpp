// RUN: %check %s
// What the program was given is not closed; what it opened is, when it tells
// the two apart by comparing.

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

void good_stdout_or_file(const char *path) {
  FILE *f = path ? fopen(path, "w") : stdout;
  if (!f)
    return;
  fputs("x", f);
  if (f != stdout)
    fclose(f);
}

void good_flag_says_whose(const char *path) {
  FILE *f = stdin;
  bool own = false;
  if (path) {
    f = fopen(path, "r");
    if (!f)
      return;
    own = true;
  }
  std::getc(f);
  if (own)
    fclose(f);
}

int good_moved_to_standard_input(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0)
    return -1;
  if (fd != 0) {
    dup2(fd, 0);
    close(fd);
  }
  return 0;
}

void good_standard_streams(bool quiet) {
  fputs("x", stderr);
  if (quiet)
    fclose(stdout);
}

int good_one_of_three() {
  close(0);
  return open("/dev/null", O_RDONLY);
}

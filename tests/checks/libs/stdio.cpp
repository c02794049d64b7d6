// RUN: %check %s --confidence possible
// Streams, pipes and directories.

#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <string>
#include <unistd.h>

bool good_read(const char *path, std::string &out) {
  std::FILE *f = std::fopen(path, "r");
  if (!f)
    return false;
  char line[256];
  while (std::fgets(line, sizeof line, f))
    out += line;
  const bool ok = !std::ferror(f);
  std::fclose(f);
  return ok;
}

bool bad_empty_file(const char *path) {
  FILE *f = fopen(path, "r"); // expect: pool-resource-leak "'f' is not closed on some path"
  if (!f)
    return false;
  char line[256];
  if (!fgets(line, sizeof line, f))
    return false; // note: "returns here without closing it"
  fclose(f);
  return true;
}

bool bad_never_closed(const char *path) {
  FILE *f = fopen(path, "w"); // expect: pool-resource-leak "'f' is never closed"
  if (!f)
    return false;
  fputs("x", f);
  return true;
}

bool bad_only_existence(const char *path) {
  return fopen(path, "r") != nullptr; // expect: pool-resource-leak "never"
}

int bad_closed_twice(const char *path) {
  FILE *f = fopen(path, "w");
  if (!f)
    return -1;
  if (fputs("x", f) < 0)
    fclose(f); // note: "first closed here"
  return fclose(f); // expect: pool-double-put "'f' is closed twice"
}

void bad_written_after_close(const char *path) {
  FILE *f = fopen(path, "w");
  if (!f)
    return;
  fclose(f);     // note: "closed here"
  fputs("x", f); // expect: pool-use-after-put "'f' is used after it was closed"
}

int good_close_error_looked_at(const char *path) {
  FILE *f = fopen(path, "w");
  if (!f)
    return -1;
  int rc = fputs("x", f);
  if (fclose(f) != 0)
    rc = -1;
  return rc;
}

FILE *good_returned(const char *path) {
  FILE *f = fopen(path, "r");
  if (!f)
    std::perror(path);
  return f;
}

// The stream owns the descriptor once there is one.
bool good_fdopen(int fd) {
  FILE *f = fdopen(fd, "r");
  if (!f) {
    close(fd);
    return false;
  }
  fclose(f);
  return true;
}

struct Close {
  void operator()(FILE *f) const { fclose(f); }
};

long good_owned(const char *path) {
  std::unique_ptr<FILE, Close> f(fopen(path, "r"));
  if (!f || fseek(f.get(), 0, SEEK_END) != 0)
    return -1;
  return ftell(f.get());
}

long good_owned_by_function(const char *path) {
  std::unique_ptr<FILE, int (*)(FILE *)> f(fopen(path, "r"), &fclose);
  return f ? ftell(f.get()) : -1;
}

std::string good_pipe(const char *command) {
  FILE *p = popen(command, "r");
  if (!p)
    return {};
  char line[128] = "";
  std::string out = fgets(line, sizeof line, p) ? line : "";
  pclose(p);
  return out;
}

int good_directory(const char *path) {
  DIR *d = opendir(path);
  if (!d)
    return -1;
  int n = 0;
  while (readdir(d))
    ++n;
  closedir(d);
  return n;
}

bool bad_directory_search(const char *path, const char *name) {
  DIR *d = opendir(path); // expect: pool-resource-leak "'d' is not closed on some path"
  if (!d)
    return false;
  while (dirent *e = readdir(d))
    if (std::strcmp(e->d_name, name) == 0)
      return true; // note: "returns here without closing it"
  closedir(d);
  return false;
}

std::string bad_entry_kept(const char *path) {
  DIR *d = opendir(path);
  if (!d)
    return {};
  dirent *e = readdir(d);
  closedir(d); // note: "closed here"
  return e ? e->d_name : ""; // expect: pool-dangling-view "a view of 'd' is used after it was closed"
}

std::string good_entry_copied(const char *path) {
  DIR *d = opendir(path);
  if (!d)
    return {};
  dirent *e = readdir(d);
  std::string name = e ? e->d_name : "";
  closedir(d);
  return name;
}

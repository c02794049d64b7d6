// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model stdio names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <cstdio>
#include <dirent.h>

void file() {
  FILE *F = std::fopen("", "r");
  F = fopen64("", "r");
  F = fdopen(0, "r");
  F = std::tmpfile();
  F = tmpfile64();
  F = fmemopen(nullptr, 1, "r");
  char *Text = nullptr;
  size_t Size = 0;
  F = open_memstream(&Text, &Size);
  F = std::freopen("", "r", F);
  F = freopen64("", "r", F);
  std::fclose(F);
}

void pipe() {
  FILE *P = popen("", "r");
  pclose(P);
}

void directory() {
  DIR *D = opendir("");
  D = fdopendir(0);
  closedir(D);
}

void views(DIR *D) {
  dirent *E = readdir(D);
  E = reinterpret_cast<dirent *>(readdir64(D));
  (void)E;
}

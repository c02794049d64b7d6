// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model memory_malloc names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <cxxabi.h>
#include <execinfo.h>
#include <malloc.h>
#include <unistd.h>

int memory(va_list Arguments) {
  void *P = std::malloc(1);
  P = std::calloc(1, 1);
  P = std::realloc(P, 1);
  P = reallocarray(P, 1, 1);
  P = std::aligned_alloc(1, 1);
  P = memalign(1, 1);
  P = valloc(1);
  int Rc = posix_memalign(&P, 1, 1);
  P = wcsdup(L"");
  P = backtrace_symbols(&P, 0);
  char *S = strdup("");
  S = strndup("", 1);
  Rc = asprintf(&S, "%s", "");
  Rc = vasprintf(&S, "%s", Arguments);
  S = get_current_dir_name();
  S = getcwd(nullptr, 0);
  S = realpath("", nullptr);
  S = __cxxabiv1::__cxa_demangle("", nullptr, nullptr, nullptr);
  std::free(S);
  return Rc;
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model memory_new names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <new>

void memory() {
  void *P = ::operator new(1);
  ::operator delete(P);
  P = ::operator new[](1);
  ::operator delete[](P);
}

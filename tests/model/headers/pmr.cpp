// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model pmr names, called with the arguments
// where the model says they are. A name or a place that is wrong does not
// compile.
#include <memory_resource>

void memory(std::pmr::memory_resource &Resource) {
  void *P = Resource.allocate(1);
  Resource.deallocate(P, 1);
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// The functions that the built-in model googletest names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <gtest/gtest.h>

void failed(const testing::internal::AssertHelper &Helper) {
  Helper.operator=(testing::Message());
}

// RUN: %clangxx -std=c++20 -Wall -Werror -fsyntax-only %s
// REQUIRES: boost
// The functions that the built-in model boost_pool names, called with the
// arguments where the model says they are. A name or a place that is wrong does
// not compile.
#include <boost/pool/object_pool.hpp>
#include <boost/pool/pool.hpp>
#include <boost/pool/singleton_pool.hpp>

void object(boost::object_pool<int> &Pool) {
  int *P = Pool.construct();
  Pool.destroy(P);
  P = Pool.malloc();
  Pool.free(P);
}

void chunk(boost::pool<> &Pool) {
  void *P = Pool.malloc();
  P = Pool.ordered_malloc();
  Pool.free(P);
  Pool.ordered_free(P);
}

void single() {
  struct Tag {};
  using Pool = boost::singleton_pool<Tag, 8>;
  void *P = Pool::malloc();
  P = Pool::ordered_malloc();
  Pool::free(P);
  Pool::ordered_free(P);
}
